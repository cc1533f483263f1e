use super::{Pending, Shows};
use crate::{Result, tables::thread};
use hearth_protocol::mutations::UnreadThread;
use sqlx::SqliteConnection;

impl Pending for UnreadThread {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::ThreadUnread { root: self.root, pos: self.from.saturating_sub(1) }
    }

    /// Of a thread that I do not follow nothing is marked.
    async fn make_room(&self, tx: &mut SqliteConnection) -> Result<bool> {
        Ok(thread::now(tx, self.root).await?.is_some_and(|now| now.following && self.from <= now.read_pos))
    }
}
