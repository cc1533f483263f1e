use super::{Lane, MutationKind};
use crate::ids::{ConversationId, UserId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Makes a public channel one of its members alone: for the group's owner and admins. Those who stay see all of it, for the others of
/// the group it is gone. A channel that is private already stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetChannelPrivate {
    pub conversation: ConversationId,
    /// Everybody who stays, each of them in the group; whoever asks need not be named, and owns it.
    pub members: BTreeSet<UserId>,
}

impl MutationKind for SetChannelPrivate {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
