use super::RowKind;
use crate::{Millis, Pos, ids::UserId, stream::StreamKind};
use serde::{Deserialize, Serialize};

/// That somebody has read the messages in `(from, to]`: what others may see of their reading. One row for each time that they read on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadReceiptRow {
    pub user: UserId,
    /// What they had read before.
    pub from: Pos,
    /// The newest message read.
    pub to: Pos,
    pub at: Millis,
}

impl ReadReceiptRow {
    /// Whether a place is among what was read.
    pub fn covers(&self, pos: Pos) -> bool {
        self.from < pos && pos <= self.to
    }
}

impl RowKind for ReadReceiptRow {
    const KIND: &'static str = "read_receipt";
    const HOME: StreamKind = StreamKind::Receipts;

    /// Nobody reads up to the same place twice.
    fn id(&self) -> String {
        format!("{}.{}", self.user, self.to)
    }

    fn pos(&self) -> Option<Pos> {
        Some(self.to)
    }
}
