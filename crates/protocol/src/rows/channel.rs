use super::RowKind;
use crate::{ids::ConversationId, stream::StreamKind};
use serde::{Deserialize, Serialize};

/// A public channel, on its group's stream: whoever is in the group finds it here. Private ones never stand here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelRow {
    pub conversation: ConversationId,
    pub name: String,
    /// May be empty.
    pub topic: String,
    /// It is not public any more: a tombstone, without name and topic.
    #[serde(default)]
    pub closed: bool,
}

impl RowKind for ChannelRow {
    const KIND: &'static str = "channel";
    const HOME: StreamKind = StreamKind::Group;

    fn id(&self) -> String {
        self.conversation.to_string()
    }
}
