use super::{
    Action, Context, Refusal, bad_request,
    circle::floor,
    look_up::look_up,
    scheduled::{change, find, key},
    send_message::code,
};
use crate::{
    authority::{Act, authorize},
    commit::{View, change::Performed},
};
use hearth_protocol::{
    error::ApiError,
    limits,
    mutations::ScheduleMessage,
    rows::{ScheduledRow, ScheduledState},
    stream::StreamId,
};

/// Keeps a message until its time, for who could send it now. Whether they may is asked again then.
impl Action for ScheduleMessage {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        self.body.check().map_err(|message| ApiError::new(code(&self.body), message))?;
        authorize(context.actor, Act::SendMessage, floor(view, context, self.conversation).await?)?;
        if let Some(original) = self.reply_to {
            look_up(view, context, self.conversation, original).await?;
        }
        if find(view, context, context.id).await?.is_some() {
            return Ok(Performed { existing: vec![(StreamId::User(context.actor), key(context.id))], ..Performed::default() });
        }
        too_far(context, self.send_at)?;
        if view.count_scheduled(context.actor).await? >= limits::SCHEDULED_MAX {
            return Err(
                bad_request("100 messages of yours wait for their time. Give one of them up before you schedule another one.").into()
            );
        }
        let row = ScheduledRow {
            id: context.id,
            conversation: self.conversation,
            body: Some(self.body.clone()),
            reply_to: self.reply_to,
            // What was changed or given up offline is right behind what was scheduled offline: it has some seconds to arrive.
            send_at: if self.send_at < context.now { context.now.saturating_add(limits::SCHEDULE_LATE_MS) } else { self.send_at },
            revision: 0,
            created_at: context.now,
            state: ScheduledState::Waiting,
            reason: None,
        };
        Ok(vec![change(context, row)].into())
    }
}

pub(super) fn too_far(context: &Context, send_at: i64) -> Result<(), ApiError> {
    if send_at > context.now.saturating_add(limits::SCHEDULE_MS_MAX) {
        return Err(bad_request("A message waits for its time for a year at most. Choose an earlier one."));
    }
    Ok(())
}
