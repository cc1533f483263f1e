use super::{
    Action, Context, Refusal,
    scheduled::{change, conflict, find, key},
};
use crate::commit::{View, change::Performed};
use hearth_protocol::{error::ApiError, mutations::CancelScheduled, rows::ScheduledState, stream::StreamId};

/// Gives a scheduled message up, and its words with it. Whoever believes that it is not said must hear when it was.
impl Action for CancelScheduled {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let found = find(view, context, self.message).await?.filter(|found| found.row.conversation == self.conversation);
        let Some(found) = found else { return Err(ApiError::not_found().into()) };
        match found.row.state {
            ScheduledState::Waiting | ScheduledState::Failed => {
                Ok(vec![change(context, found.row.ended(ScheduledState::Cancelled))].into())
            }
            ScheduledState::Cancelled => {
                Ok(Performed { existing: vec![(StreamId::User(context.actor), key(self.message))], ..Performed::default() })
            }
            ScheduledState::Sent | ScheduledState::Unknown => {
                let message = "It has been sent in the meantime. Delete the message in its conversation if nobody is to read it.";
                Err(conflict(context, found, message))
            }
        }
    }
}
