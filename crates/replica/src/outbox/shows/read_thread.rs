use super::{Pending, Shows};
use crate::{Result, tables::thread};
use hearth_protocol::mutations::ReadThread;
use sqlx::SqliteConnection;

impl Pending for ReadThread {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::ThreadRead { root: self.root, pos: self.pos }
    }

    /// Reading further replaces an earlier mark that has not gone out, unless that went further still before something was marked as unread.
    /// Of a thread that I do not follow nothing is marked.
    async fn make_room(&self, tx: &mut SqliteConnection) -> Result<bool> {
        let goes_on = thread::now(tx, self.root).await?.is_some_and(|now| now.following && now.read_pos < self.pos);
        if goes_on {
            thread::replace_marks(tx, self.root, self.pos).await?;
        }
        Ok(goes_on)
    }
}
