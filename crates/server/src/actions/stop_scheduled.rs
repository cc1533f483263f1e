//! A scheduled message that a restored backup has brought back.

use super::{
    Context, Refusal,
    scheduled::{change, find},
};
use crate::commit::{View, change::Performed};
use hearth_protocol::{
    error::ErrorCode,
    ids::MessageId,
    rows::{ScheduledRow, ScheduledState},
};
use serde::Serialize;

/// Has what the actor has scheduled wait for them, and not for its time.
#[derive(Debug, Serialize)]
pub(crate) struct StopScheduled {
    pub message: MessageId,
}

/// After the backup its author may have changed it or given it up, and the server knows nothing of that any more. The revision stays: what
/// they did then comes again from their devices, and is done to what they saw.
pub(super) async fn stop_scheduled(view: &mut View<'_>, context: &Context, command: &StopScheduled) -> Result<Performed, Refusal> {
    let Some(found) = find(view, context, command.message).await? else { return Ok(Performed::default()) };
    let row = found.row;
    if row.state != ScheduledState::Waiting {
        return Ok(Performed::default());
    }
    let row = if view.is_deleted(context.actor).await? {
        row.ended(ScheduledState::Cancelled)
    } else {
        ScheduledRow { state: ScheduledState::Failed, reason: Some(ErrorCode::Restored), ..row }
    };
    Ok(vec![change(context, row)].into())
}
