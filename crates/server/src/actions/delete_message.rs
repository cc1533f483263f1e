use super::{
    Action, Context, Refusal,
    look_up::{key, look_up},
    mentions::said,
    unmark::unmark,
};
use crate::{
    authority::{Act, authorize},
    commit::{
        View,
        change::{Change, Performed},
    },
    store::message::Message,
};
use hearth_protocol::{ids::ConversationId, mutations::DeleteMessage, rows::MessageRow, stream::StreamId};

/// A message's place without its body, without what it answers, whom it names and that it was forwarded, without stars and pin.
pub(super) async fn tombstone(
    view: &mut View<'_>,
    context: &Context,
    conversation: ConversationId,
    before: MessageRow,
) -> Result<Vec<Change>, Refusal> {
    let unmarked = unmark(view, context, conversation, before.id).await?;
    let row = MessageRow { body: None, reply_to: None, forwarded: false, ..before.clone() };
    let deleted = Message { deleted_at: Some(context.now), ..Message::sent(row) };
    let mut changes = said(view, context, conversation, Some(&before), deleted).await?;
    changes.extend(unmarked);
    Ok(changes)
}

/// Leaves a tombstone of a message: its place stays, its body goes.
impl Action for DeleteMessage {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let found = look_up(view, context, self.conversation, self.message).await?;
        authorize(context.actor, Act::DeleteMessage, found.object())?;
        if found.row.body.is_none() {
            let stream = StreamId::Conversation(self.conversation);
            return Ok(Performed { existing: vec![(stream, key(self.message))], ..Performed::default() });
        }
        Ok(tombstone(view, context, self.conversation, found.row).await?.into())
    }
}
