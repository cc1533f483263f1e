use super::{Pending, Shows};
use crate::{Result, tables::thread};
use hearth_protocol::mutations::ReadThread;
use sqlx::SqliteConnection;

impl Pending for ReadThread {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::ThreadRead { root: self.root, pos: self.pos }
    }

    /// Reading further replaces an earlier mark that has not gone out. Of a thread that I do not follow nothing is marked.
    async fn make_room(&self, tx: &mut SqliteConnection) -> Result<bool> {
        let Some(now) = thread::now(tx, self.root).await?.filter(|now| now.following && now.read_pos < self.pos) else { return Ok(false) };
        thread::replace_marks(tx, self.root, now.read_pos).await?;
        Ok(true)
    }
}
