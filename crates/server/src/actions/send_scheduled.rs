//! A scheduled message whose time has come.

use super::{
    Action, Context, Refusal,
    scheduled::{change, find},
};
use crate::commit::{View, change::Performed};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::MessageId,
    mutations::SendMessage,
    rows::{ScheduledRow, ScheduledState},
};
use serde::Serialize;

/// Sends what the actor has scheduled, if it is due.
#[derive(Debug, Serialize)]
pub(crate) struct SendScheduled {
    pub message: MessageId,
}

/// Says it as its author would say it now, by every rule of that, and ends its row with the same commit: it is sent once, however often a
/// crash has this asked again. What is refused keeps its words, and says why. Where what it answers is not there any more it is said
/// without that.
pub(super) async fn send_scheduled(view: &mut View<'_>, context: &Context, command: &SendScheduled) -> Result<Performed, Refusal> {
    let Some(found) = find(view, context, command.message).await? else { return Ok(Performed::default()) };
    let row = found.row;
    if row.state != ScheduledState::Waiting || row.send_at > context.now {
        return Ok(Performed::default());
    }
    if view.is_deleted(context.actor).await? {
        // It was scheduled in the commit that deleted the account.
        return Ok(vec![change(context, row.ended(ScheduledState::Cancelled))].into());
    }
    let said = if view.server_standing(context.actor).await?.deactivated {
        Err(ApiError::deactivated(false).into())
    } else {
        say(view, context, &row).await
    };
    match said {
        Ok(mut said) => {
            said.changes.push(change(context, row.ended(ScheduledState::Sent)));
            Ok(said)
        }
        Err(Refusal::Api(error)) => {
            let revision = row.revision.saturating_add(1);
            Ok(vec![change(context, ScheduledRow { state: ScheduledState::Failed, reason: Some(error.code), revision, ..row })].into())
        }
        Err(error) => Err(error),
    }
}

async fn say(view: &mut View<'_>, context: &Context, row: &ScheduledRow) -> Result<Performed, Refusal> {
    // The message has the id under which it was scheduled.
    let context = Context { actor: context.actor, id: row.id, now: context.now, epoch: context.epoch };
    let body = row.body.clone().ok_or_else(|| ApiError::new(ErrorCode::Internal, "A message that waits has words."))?;
    let message = SendMessage { reply_to: row.reply_to, ..SendMessage::new(row.conversation, body) };
    match message.perform(view, &context).await {
        Err(Refusal::Api(error)) if error.code == ErrorCode::NotFound && row.reply_to.is_some() => {
            SendMessage { reply_to: None, ..message }.perform(view, &context).await
        }
        said => said,
    }
}
