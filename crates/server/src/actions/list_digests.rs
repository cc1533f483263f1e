use super::bad_request;
use crate::{
    app::App,
    rates::Cost,
    store::{membership, message, session::Session, stream},
};
use hearth_protocol::{
    digest::{DigestsRequest, DigestsResponse, Segment, SegmentDigest, digest},
    error::{ApiError, ErrorCode},
    limits,
    stream::StreamId,
};

/// What is in segments of conversations, as somebody sees them. One snapshot for the whole answer.
pub(crate) async fn list_digests(app: &App, session: Session, request: &DigestsRequest) -> Result<DigestsResponse, ApiError> {
    let epoch = app.epoch();
    if request.epoch != epoch {
        return Err(ApiError::new(ErrorCode::EpochChanged, "The server's database was restored. Ask for the heads again."));
    }
    let too_long = |segment: &Segment| segment.to_pos.saturating_sub(segment.from_pos) > limits::SEGMENT_PLACES_MAX;
    if request.segments.len() > limits::SEGMENTS_PER_REQUEST_MAX || request.segments.iter().any(too_long) {
        return Err(bad_request("A question for digests has at most 50 segments of at most 1,000 places."));
    }
    app.rates().spend(session.user, Cost::Digests { segments: request.segments.len() })?;
    let mut snapshot = app.store().snapshot().await?;
    let mut digests = Vec::with_capacity(request.segments.len());
    for segment in &request.segments {
        let id = StreamId::Conversation(segment.conversation);
        let sight = membership::sight(&mut snapshot, id, session.user).await?.filter(|sight| sight.vis_ver == segment.vis_ver);
        digests.push(match sight {
            Some(sight) => {
                let (as_of, _) = stream::head(&mut snapshot, id).await?;
                let entries = message::entries(&mut snapshot, &sight, segment.from_pos, segment.to_pos).await?;
                Some(SegmentDigest { as_of, digest: digest(entries) })
            }
            None => None,
        });
    }
    Ok(DigestsResponse { epoch, digests })
}
