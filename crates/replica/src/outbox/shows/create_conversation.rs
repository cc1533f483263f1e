use super::{Pending, Shows};
use hearth_protocol::{mutations::CreateGroup, rows::ConversationKind};

impl Pending for CreateGroup {
    fn shows(&self) -> Shows {
        Shows::Conversation { kind: ConversationKind::Group, name: self.name.clone(), peer: None }
    }
}
