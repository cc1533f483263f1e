use super::{
    Action, Context, Refusal,
    look_up::{key, look_up},
};
use crate::{
    authority::{Act, authorize},
    commit::{
        View,
        change::{Change, Performed},
    },
    store::{message::Message, rows::Record},
};
use hearth_protocol::{mutations::DeleteMessage, rows::MessageRow, stream::StreamId};

/// Leaves a tombstone of a message: its place stays, its body goes.
impl Action for DeleteMessage {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let found = look_up(view, context, self.conversation, self.message).await?;
        authorize(context.actor, Act::DeleteMessage, found.object())?;
        let stream = StreamId::Conversation(self.conversation);
        if found.row.body.is_none() {
            return Ok(Performed { existing: vec![(stream, key(self.message))], ..Performed::default() });
        }
        let row = MessageRow { body: None, ..found.row };
        Ok(vec![Change::new(stream, Record::Message(Message { row, deleted_at: Some(context.now) }))].into())
    }
}
