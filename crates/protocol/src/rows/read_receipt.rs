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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_ends_with_what_was_read_and_begins_after_what_was_read_before() {
        let row = ReadReceiptRow { user: UserId::new(), from: 3, to: 5, at: 1 };
        assert_eq!([3, 4, 5, 6].map(|pos| row.covers(pos)), [false, true, true, false]);
        assert_eq!((row.id(), row.pos()), (format!("{}.5", row.user), Some(5)));
    }
}
