use super::{Pending, Shows};
use hearth_protocol::{mutations::CreateChannel, rows::ConversationKind};

impl Pending for CreateChannel {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Conversation { kind: ConversationKind::Channel, name: self.name.clone(), peer: None, group: Some(self.group) }
    }
}
