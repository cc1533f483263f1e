use crate::{
    app::App,
    jobs,
    store::{block, membership},
};
use hearth_protocol::{
    ephemeral::{Ephemeral, EphemeralFrom},
    error::ApiError,
    frame::ServerFrame,
    ids::UserId,
    limits,
    stream::StreamId,
};

/// Tells those who are in a conversation and connected what somebody does there just now. Nobody hears of it who may not see it, and whoever
/// may not see the conversation is heard by nobody.
pub(crate) async fn pass_on(app: &App, user: UserId, ephemeral: Ephemeral) -> Result<(), ApiError> {
    let Ephemeral { conversation, signal } = ephemeral;
    let stream = StreamId::Conversation(conversation);
    let mut snapshot = app.store().snapshot().await?;
    if membership::sight(&mut snapshot, stream, user).await?.is_none() {
        return Err(ApiError::not_found());
    }
    let (group, audience) = jobs::audience(&mut snapshot, stream).await?;
    if audience.len() > limits::TYPING_MEMBERS_MAX {
        return Ok(());
    }
    let barred = block::either_way(&mut snapshot, user).await?;
    let frame = ServerFrame::Ephemeral(EphemeralFrom { conversation, user, signal, ttl_ms: limits::TYPING_TTL_MS });
    app.fanout.offer((conversation, group), &frame, audience.into_iter().filter(|other| *other != user && !barred.contains(other)));
    Ok(())
}
