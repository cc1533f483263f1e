//! What happens to a conversation is told in it, in the same commit.

use super::Context;
use crate::{
    commit::change::Change,
    store::{
        message::{Message, UNPLACED},
        rows::Record,
    },
};
use hearth_protocol::{body::Body, ids::ConversationId, rows::MessageRow, stream::StreamId, system::SystemEvent};

/// The message by which the conversation tells what the actor has done to it. It is the only one of its mutation, and has its id.
pub(super) fn happened(context: &Context, conversation: ConversationId, event: SystemEvent) -> Change {
    let row = MessageRow {
        id: context.id,
        pos: UNPLACED,
        sender: context.actor,
        body: Some(Body::System(event)),
        created_at: context.now,
        edited_at: None,
        revision: 0,
        reply_to: None,
        forwarded: false,
        thread_root: None,
        in_conversation: false,
    };
    Change::new(StreamId::Conversation(conversation), Record::Message(Message::sent(row)))
}
