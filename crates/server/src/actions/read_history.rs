use crate::{
    app::App,
    store::{member, message, session::Session, stream},
};
use hearth_protocol::{Pos, error::ApiError, ids::ConversationId, limits, rows::RowData, stream::StreamId, sync::HistoryPage};

/// The messages just before a place, oldest first.
pub(crate) async fn read_history(
    app: &App,
    session: Session,
    conversation: ConversationId,
    before_pos: Option<Pos>,
    limit: u32,
) -> Result<HistoryPage, ApiError> {
    let limit = limit.clamp(1, limits::ROWS_PER_PAGE_MAX);
    let mut snapshot = app.store().snapshot().await?;
    let window = member::window(&mut snapshot, conversation, session.user).await?.ok_or_else(ApiError::not_found)?;
    let (as_of, _) = stream::head(&mut snapshot, StreamId::Conversation(conversation)).await?;
    let rows = message::before(&mut snapshot, conversation, window, before_pos, limit).await?;
    let complete = rows.len() < limit as usize;
    let from_pos = match rows.first().map(|row| &row.data) {
        Some(RowData::Message(message)) if !complete => message.pos,
        _ => window.from_pos,
    };
    Ok(HistoryPage { epoch: app.epoch(), vis_ver: window.vis_ver, as_of, from_pos, rows })
}
