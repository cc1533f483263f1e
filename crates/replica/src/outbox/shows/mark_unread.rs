use super::{Pending, Shows};
use crate::{Result, tables::line};
use hearth_protocol::mutations::MarkUnread;
use sqlx::SqliteConnection;

impl Pending for MarkUnread {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Unread(self.from.saturating_sub(1))
    }

    async fn make_room(&self, tx: &mut SqliteConnection) -> Result<bool> {
        Ok(self.from <= line::read_pos(tx, self.conversation).await?)
    }
}
