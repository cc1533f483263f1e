use super::{
    Action, Context, Refusal,
    look_up::{key, look_up},
    mentions::said,
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

/// A message's place without its body, without what it answers and without anybody whom it names.
pub(super) async fn tombstone(
    view: &mut View<'_>,
    context: &Context,
    conversation: ConversationId,
    before: MessageRow,
) -> Result<Vec<Change>, Refusal> {
    let row = MessageRow { body: None, reply_to: None, ..before.clone() };
    said(view, context, conversation, Some(&before), Message { row, deleted_at: Some(context.now) }).await
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
