use super::{
    Action, Context, Refusal,
    circle::floor,
    look_up::look_up,
    mentions::{may_call, said},
    send_message::code,
};
use crate::{
    authority::{Act, authorize},
    commit::{View, change::Performed},
    store::message::Message,
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    mutations::EditMessage,
    rows::MessageRow,
    rule::{Rule, holds},
    versions::MessageVersion,
};

/// Gives a message another text, if it still is as its author saw it. What it said is kept beside it. What was forwarded are somebody else's
/// words: nobody gives it others.
impl Action for EditMessage {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        self.body.check().map_err(|message| ApiError::new(code(&self.body), message))?;
        let found = look_up(view, context, self.conversation, self.message).await?;
        authorize(context.actor, Act::EditMessage, found.object())?;
        // Another text is something said.
        authorize(context.actor, Act::SendMessage, floor(view, context, self.conversation).await?)?;
        if found.row.body.is_none() || (found.row.revision != self.based_on && holds(Rule::EditConflict)) {
            let message = "The message was changed or deleted elsewhere in between. Look at it as it is now, then edit it again.";
            return Err(ApiError::new(ErrorCode::EditConflict, message).with_current(found.current(context)).into());
        }
        if found.row.forwarded {
            let message = "What was forwarded stays as it was said. Delete it, and write your own words.";
            return Err(ApiError::new(ErrorCode::NotAllowed, message).into());
        }
        may_call(view, context, self.conversation, (found.row.body.as_ref(), &self.body)).await?;
        let before = found.row;
        let earlier = before.body.clone().map(|body| MessageVersion { revision: before.revision, body, edited_at: before.edited_at });
        let revision = before.revision.saturating_add(1);
        let row = MessageRow { body: Some(self.body.clone()), edited_at: Some(context.now), revision, ..before.clone() };
        let message = Message { earlier: earlier.into_iter().collect(), ..Message::sent(row) };
        Ok(said(view, context, self.conversation, Some(&before), message).await?.into())
    }
}
