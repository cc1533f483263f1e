use super::{Context, Refusal, delete_message::tombstone, look_up::key};
use crate::{
    commit::{
        View,
        change::{Change, Performed},
    },
    store::{reaction::Reaction, rows::Record},
};
use hearth_protocol::{
    ids::{ConversationId, MessageId},
    row::{Row, RowKey},
    rows::{ReactionRow, RowData, RowKind},
    stream::StreamId,
};
use serde::Serialize;

/// What somebody has left behind who is gone.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Erase {
    pub conversation: ConversationId,
    pub messages: Vec<MessageId>,
    /// What they have put on messages, by the rows' names.
    pub reactions: Vec<String>,
}

/// Leaves tombstones of it: only the server asks for it, once their account is deleted.
pub(super) async fn erase(view: &mut View<'_>, context: &Context, command: &Erase) -> Result<Performed, Refusal> {
    let stream = StreamId::Conversation(command.conversation);
    let mut changes = Vec::with_capacity(command.messages.len());
    for message in &command.messages {
        if let Some(Row { data: RowData::Message(row), .. }) = view.row(stream, key(*message)).await?
            && row.body.is_some()
        {
            changes.extend(tombstone(view, context, command.conversation, row).await?);
        }
    }
    for id in &command.reactions {
        let key = RowKey { kind: ReactionRow::KIND.into(), id: id.clone() };
        if let Some(Row { data: RowData::Reaction(row), .. }) = view.row(stream, key).await?
            && row.at.is_some()
        {
            changes.push(Change::new(stream, Record::Reaction(Reaction::tombstone(row, context.now))));
        }
    }
    Ok(changes.into())
}
