use super::{Pending, Shows};
use crate::{Result, outbox::table};
use hearth_protocol::mutations::EditMessage;
use sqlx::SqliteConnection;

impl Pending for EditMessage {
    const CONTENT: bool = true;

    fn shows(&self) -> Shows {
        Shows::Edit { message: self.message, body: self.body.clone() }
    }

    /// A message that is held so that it can be taken back has been seen by nobody: it just says something else then.
    async fn make_room(&self, tx: &mut SqliteConnection) -> Result<bool> {
        Ok(!table::reword(tx, self.conversation, self.message, &self.body).await?)
    }
}
