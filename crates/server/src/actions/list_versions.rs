use super::look_up::key;
use crate::{
    app::App,
    rates::Cost,
    store::{membership, rows, session::Session, version},
};
use hearth_protocol::{
    error::ApiError,
    ids::{ConversationId, MessageId},
    row::Row,
    rows::RowData,
    stream::StreamId,
    versions::{MessageVersion, MessageVersions},
};

/// What a message said before it was edited, and what it says, for whoever sees the message. Of a tombstone there is nothing.
pub(crate) async fn list_versions(
    app: &App,
    session: Session,
    conversation: ConversationId,
    message: MessageId,
) -> Result<MessageVersions, ApiError> {
    app.rates().spend(session.user, Cost::Versions)?;
    let mut snapshot = app.store().snapshot().await?;
    let stream = StreamId::Conversation(conversation);
    let sight = membership::sight(&mut snapshot, stream, session.user).await?.ok_or_else(ApiError::not_found)?;
    let row = rows::one(&mut snapshot, stream, &key(message)).await?.filter(|row| sight.show(row));
    let Some(Row { data: RowData::Message(row), .. }) = row else { return Err(ApiError::not_found()) };
    let Some(body) = row.body else { return Ok(MessageVersions::default()) };
    let mut versions = version::of_message(&mut snapshot, message).await?;
    versions.push(MessageVersion { revision: row.revision, body, edited_at: row.edited_at });
    Ok(MessageVersions { versions })
}
