use super::{Pending, Shows};
use crate::{Result, outbox::table};
use hearth_protocol::mutations::ChangeScheduled;
use sqlx::SqliteConnection;

impl Pending for ChangeScheduled {
    const CONTENT: bool = true;

    fn shows(&self) -> Shows {
        Shows::Rescheduled { message: self.message, body: self.body.clone() }
    }

    /// What has never gone out is just scheduled otherwise: were its time to pass first, it would be sent as it was.
    async fn make_room(&self, tx: &mut SqliteConnection) -> Result<bool> {
        Ok(!table::reschedule(tx, self).await?)
    }
}
