use super::{Pending, Shows};
use crate::{Result, outbox::table, tables::line};
use hearth_protocol::mutations::MarkRead;
use sqlx::SqliteConnection;

impl Pending for MarkRead {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Read(self.pos)
    }

    /// Reading further replaces an earlier mark that has not gone out, unless that went further still before something was marked as unread.
    async fn make_room(&self, tx: &mut SqliteConnection) -> Result<bool> {
        if self.pos <= line::read_pos(tx, self.conversation).await? {
            return Ok(false);
        }
        table::replace_marks(tx, self.conversation, "read", self.pos).await?;
        Ok(true)
    }
}
