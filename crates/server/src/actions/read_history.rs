use crate::{
    app::App,
    rates::Cost,
    store::{membership, message, reaction, session::Session, stream},
};
use hearth_protocol::{Pos, error::ApiError, ids::ConversationId, limits, stream::StreamId, sync::HistoryPage};

/// The messages just before a place, oldest first.
pub(crate) async fn read_history(
    app: &App,
    session: Session,
    conversation: ConversationId,
    before_pos: Option<Pos>,
    limit: u32,
) -> Result<HistoryPage, ApiError> {
    let limit = limit.clamp(1, limits::ROWS_PER_PAGE_MAX);
    app.rates().spend(session.user, Cost::History { rows: limit })?;
    let mut snapshot = app.store().snapshot().await?;
    let stream = StreamId::Conversation(conversation);
    let sight = membership::sight(&mut snapshot, stream, session.user).await?.ok_or_else(ApiError::not_found)?;
    let (as_of, _) = stream::head(&mut snapshot, stream).await?;
    let mut rows = message::before(&mut snapshot, &sight, before_pos, limit).await?;
    let complete = rows.len() < limit as usize;
    let complete = !reaction::bring(&mut snapshot, conversation, &mut rows).await? && complete;
    let from_pos = match rows.first().and_then(|row| row.data.pos()) {
        Some(pos) if !complete => pos,
        // There is nothing below that they may see.
        _ => 1,
    };
    app.rates().charge(session.user, rows.len(), limit);
    Ok(HistoryPage { epoch: app.epoch(), vis_ver: sight.vis_ver, as_of, from_pos, rows })
}
