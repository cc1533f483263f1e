use crate::{
    app::App,
    rates::Cost,
    store::{membership, moment, session::Session},
};
use hearth_protocol::{Millis, error::ApiError, ids::ConversationId, stream::StreamId, sync::PlaceAt};

/// Where the first message stands that is of a moment or later, of those that somebody sees; `asides`: in a thread alone, too. What it
/// says is fetched like all history.
pub(crate) async fn find_place(
    app: &App,
    session: Session,
    conversation: ConversationId,
    at: Millis,
    asides: bool,
) -> Result<PlaceAt, ApiError> {
    app.rates().spend(session.user, Cost::Place)?;
    let mut snapshot = app.store().snapshot().await?;
    let stream = StreamId::Conversation(conversation);
    let sight = membership::sight(&mut snapshot, stream, session.user).await?.ok_or_else(ApiError::not_found)?;
    Ok(PlaceAt { pos: moment::place(&mut snapshot, &sight, at, asides).await? })
}
