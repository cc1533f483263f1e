use super::{Pending, Shows};
use crate::{Result, outbox::table};
use hearth_protocol::mutations::MarkDelivered;
use sqlx::SqliteConnection;

impl Pending for MarkDelivered {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Delivered(self.pos)
    }

    /// A later one replaces an earlier one that has not gone out.
    async fn make_room(&self, tx: &mut SqliteConnection) -> Result<bool> {
        table::replace_marks(tx, self.conversation, "delivered", self.pos).await?;
        Ok(true)
    }
}
