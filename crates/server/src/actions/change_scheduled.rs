use super::{
    Action, Context, Refusal,
    schedule_message::too_far,
    scheduled::{change, conflict, find},
    send_message::code,
};
use crate::commit::{View, change::Performed};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    limits,
    mutations::ChangeScheduled,
    rows::{ScheduledRow, ScheduledState},
};

/// Changes a message that waits for its time, if it still is as its author saw it. What could not be sent waits for its time anew: its new
/// one, or, as the old one has passed, for the server's next look.
impl Action for ChangeScheduled {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        if let Some(body) = &self.body {
            body.check().map_err(|message| ApiError::new(code(body), message))?;
        }
        let found = find(view, context, self.message).await?.filter(|found| found.row.conversation == self.conversation);
        let Some(found) = found else { return Err(ApiError::not_found().into()) };
        if !found.row.state.is_open() {
            let message = "By now it has been sent or given up. Your text is kept here: copy it if you need it, then discard it.";
            return Err(conflict(context, found, message));
        }
        if found.row.revision != self.based_on {
            let message = "The scheduled message was changed elsewhere in between. Look at it as it is now, then change it again.";
            return Err(conflict(context, found, message));
        }
        if let Some(send_at) = self.send_at {
            too_far(context, send_at)?;
        }
        let row = found.row;
        // What was done to it after the backup comes again piece by piece: the last may be that it was given up.
        let room = if row.reason == Some(ErrorCode::Restored) { limits::SCHEDULE_LATE_MS } else { 0 };
        let row = ScheduledRow {
            body: self.body.clone().or(row.body),
            send_at: self.send_at.unwrap_or(row.send_at).max(context.now.saturating_add(room)),
            revision: row.revision.saturating_add(1),
            state: ScheduledState::Waiting,
            reason: None,
            ..row
        };
        Ok(vec![change(context, row)].into())
    }
}
