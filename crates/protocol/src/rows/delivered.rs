use super::RowKind;
use crate::{Millis, Pos, ids::UserId, stream::StreamKind};
use serde::{Deserialize, Serialize};

/// How far messages have reached a device of somebody's: one high-water mark a member. It never goes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveredRow {
    pub user: UserId,
    /// The newest message that is there.
    pub pos: Pos,
    pub at: Millis,
}

impl RowKind for DeliveredRow {
    const KIND: &'static str = "delivered";
    const HOME: StreamKind = StreamKind::Receipts;

    fn id(&self) -> String {
        self.user.to_string()
    }

    fn pos(&self) -> Option<Pos> {
        Some(self.pos)
    }
}
