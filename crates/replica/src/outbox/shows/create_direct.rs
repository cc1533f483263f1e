use super::{Pending, Shows};
use hearth_protocol::{mutations::CreateDirect, rows::ConversationKind};

impl Pending for CreateDirect {
    const CONTENT: bool = true;

    fn shows(&self) -> Shows {
        Shows::Conversation { kind: ConversationKind::Direct, name: String::new(), peer: Some(self.peer), group: None }
    }
}
