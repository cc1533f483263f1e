use super::{Pending, Shows};
use hearth_protocol::{mutations::CreateConversation, rows::ConversationKind};

impl Pending for CreateConversation {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Conversation { kind: ConversationKind::Group, name: self.name.clone(), peer: None, group: None }
    }
}
