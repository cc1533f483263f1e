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

/// Whether a message that [`look_up`] does not find was once before the eyes of who asks, and is kept no longer. Where it stood nobody knows
/// once its row is gone: it counts if it was sent while they were there, or if they see all that was ever said there. Whoever does not gets
/// the same `not_found` as for what never was: that it was said is nothing that they can try out.
pub(super) async fn is_kept_no_longer(
    view: &mut View<'_>,
    context: &Context,
    conversation: ConversationId,
    message: MessageId,
) -> Result<bool, Refusal> {
    let Some(member) = view.seat(conversation, context.actor).await? else { return Ok(false) };
    let Some(retained) = view.conversation(conversation).await?.map(|facts| facts.retained) else { return Ok(false) };
    match view.row(StreamId::Conversation(conversation), key(message)).await? {
        // It goes within the hour.
        Some(Row { data: RowData::Message(row), .. }) => {
            Ok(row.pos < retained && member.windows.contains(row.pos) && !row.body.as_ref().is_some_and(Body::is_system))
        }
        Some(_) => Ok(false),
        None => {
            let sent_at = view.sent_at(conversation, message).await?;
            Ok(sent_at.is_some_and(|at| member.windows.contains_from(1) || at > member.joined_at))
        }
    }
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
