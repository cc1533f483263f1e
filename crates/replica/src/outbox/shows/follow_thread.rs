use super::{Pending, Shows};
use crate::{Result, tables::thread};
use hearth_protocol::mutations::FollowThread;
use sqlx::SqliteConnection;

impl Pending for FollowThread {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Following { root: self.root, on: self.on }
    }

    /// It replaces what was decided about the thread and has not gone out, or was refused; nothing goes where that leaves it as it is.
    async fn make_room(&self, tx: &mut SqliteConnection) -> Result<bool> {
        thread::replace_following(tx, self.root).await?;
        Ok(thread::now(tx, self.root).await?.is_none_or(|now| now.following != self.on))
    }
}
