use super::{Pending, Shows};
use crate::{Result, tables::hidden};
use hearth_protocol::mutations::HideMessage;
use sqlx::SqliteConnection;

impl Pending for HideMessage {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Hiding { message: self.message, on: self.on }
    }

    /// It replaces what was decided about the message and has not gone out, or was refused; nothing goes where that leaves it as it is.
    async fn make_room(&self, tx: &mut SqliteConnection) -> Result<bool> {
        hidden::replace_waiting(tx, self.message).await?;
        Ok(hidden::is_put_away(tx, self.message).await? != self.on)
    }
}
