//! A message that somebody wants to change: found only where they may see it.

use super::{Context, Refusal, bad_request};
use crate::{authority::Object, commit::View};
use hearth_protocol::{
    body::Body,
    error::ApiError,
    ids::{ConversationId, MessageId},
    mutation::Part,
    row::{Row, RowKey},
    rows::{MemberRole, MessageRow, RowData, RowKind},
    stream::StreamId,
};

/// The message, and what who asks may do there.
pub(super) struct Found {
    pub row: MessageRow,
    /// The place of its last change in the stream.
    pub seq: u64,
    /// Of who asks, in the conversation; in a channel also what they are in its group.
    role: MemberRole,
    vis_ver: u64,
    stream: StreamId,
}

pub(super) fn key(message: MessageId) -> RowKey {
    RowKey { kind: MessageRow::KIND.into(), id: message.to_string() }
}

/// # Errors
/// The same `not_found` for what is missing, elsewhere, or outside the windows of who asks. `bad_request` for what nobody said: to a message
/// that tells what happened to the conversation nothing can be done.
pub(super) async fn look_up(
    view: &mut View<'_>,
    context: &Context,
    conversation: ConversationId,
    message: MessageId,
) -> Result<Found, Refusal> {
    let not_found = || Refusal::Api(ApiError::not_found());
    let member = view.seat(conversation, context.actor).await?.ok_or_else(not_found)?;
    let facts = view.conversation(conversation).await?.ok_or_else(not_found)?;
    let retained = facts.retained;
    let stream = StreamId::Conversation(conversation);
    let row = view.row(stream, key(message)).await?.filter(|row| member.windows.show(row));
    let Some(Row { seq, data: RowData::Message(row) }) = row.filter(|row| row.data.pos() >= Some(retained)) else {
        return Err(not_found());
    };
    if row.body.as_ref().is_some_and(Body::is_system) {
        return Err(bad_request("This tells what happened to the conversation. It stays as it is.").into());
    }
    Ok(Found { row, seq, role: member.role, vis_ver: member.vis_ver, stream })
}

impl Found {
    /// The message as who asks stands to it.
    pub fn object(&self) -> Object {
        Object::Message { role: Some(self.role), sender: self.row.sender }
    }

    /// What who asks is there.
    pub fn role(&self) -> MemberRole {
        self.role
    }

    /// The message as it is, for who wanted to change another state of it.
    pub fn current(self, context: &Context) -> Part {
        let Self { row, seq, vis_ver, stream, .. } = self;
        Part { stream, epoch: context.epoch, vis_ver, prev: seq, seq, rows: vec![Row::new(seq, row)] }
    }
}
