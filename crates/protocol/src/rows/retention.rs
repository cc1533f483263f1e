use super::RowKind;
use crate::{Millis, Pos, stream::StreamKind};
use serde::{Deserialize, Serialize};

/// From where on a conversation is kept: every message below was removed by the server's policy, for everybody. One row of its stream;
/// it never goes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetentionRow {
    /// The first place that is kept.
    pub pos: Pos,
    pub at: Millis,
}

impl RowKind for RetentionRow {
    const KIND: &'static str = "retention";
    const HOME: StreamKind = StreamKind::Conversation;

    fn id(&self) -> String {
        String::new()
    }
}
