use super::{Lane, MutationKind};
use crate::ids::{ConversationId, UserId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Takes people into a group conversation or a private channel: for its owner and admins. Those who are in it already stay as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddMembers {
    pub conversation: ConversationId,
    pub members: BTreeSet<UserId>,
}

impl MutationKind for AddMembers {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
