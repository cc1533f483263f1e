use super::{Lane, MutationKind};
use crate::{
    body::Body,
    ids::{ConversationId, MessageId},
};
use serde::{Deserialize, Serialize};

/// Writes a message. Its id is the mutation's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SendMessage {
    pub conversation: ConversationId,
    pub body: Body,
    /// The message of the same conversation that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
    /// Its words were said elsewhere, and passed on as they are. Such a message names nobody and answers none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub forwarded: bool,
    /// The message of the same conversation in whose thread it is said; one that is itself of no thread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread_root: Option<MessageId>,
    /// Of one in a thread: it is to stand among the messages of the conversation as well.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_conversation: bool,
}

impl SendMessage {
    /// One that answers no other.
    pub fn new(conversation: ConversationId, body: Body) -> Self {
        Self { conversation, body, reply_to: None, forwarded: false, thread_root: None, in_conversation: false }
    }

    /// One that is said in the thread of this message alone.
    pub fn in_thread(conversation: ConversationId, root: MessageId, body: Body) -> Self {
        Self { thread_root: Some(root), ..Self::new(conversation, body) }
    }

    /// What was said elsewhere, in these words alone.
    pub fn forwarding(conversation: ConversationId, text: impl Into<String>) -> Self {
        Self { forwarded: true, ..Self::new(conversation, Body::text(text)) }
    }
}

impl MutationKind for SendMessage {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
