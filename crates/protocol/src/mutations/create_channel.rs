use super::{Lane, MutationKind};
use crate::ids::{ConversationId, GroupId, UserId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Makes a channel in a group: for the group's owner and admins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateChannel {
    pub group: GroupId,
    /// A new id, made at random.
    pub conversation: ConversationId,
    pub name: String,
    /// May be empty.
    pub topic: String,
    /// For its members alone; a public channel is everybody's who is in the group.
    pub private: bool,
    /// Of a private channel: everybody else in it, each of them in the group. Nobody for a public one.
    pub members: BTreeSet<UserId>,
}

impl MutationKind for CreateChannel {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
