use super::{Pending, Shows};
use crate::{Result, outbox::table};
use hearth_protocol::mutations::CancelScheduled;
use sqlx::SqliteConnection;

impl Pending for CancelScheduled {
    const CONTENT: bool = true;

    fn shows(&self) -> Shows {
        Shows::Unscheduled { message: self.message }
    }

    /// What has never gone out just does not go.
    async fn make_room(&self, tx: &mut SqliteConnection) -> Result<bool> {
        Ok(!table::unschedule(tx, self.message).await?)
    }
}
