use super::{Context, Refusal, delete_message::tombstone, look_up::key};
use crate::commit::{View, change::Performed};
use hearth_protocol::{
    ids::{ConversationId, MessageId},
    row::Row,
    rows::RowData,
    stream::StreamId,
};
use serde::Serialize;

/// Messages of somebody who is gone.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Erase {
    pub conversation: ConversationId,
    pub messages: Vec<MessageId>,
}

/// Leaves tombstones of messages: only the server asks for it, once their author's account is deleted.
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
    Ok(changes.into())
}
