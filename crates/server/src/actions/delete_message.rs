use super::{
    Action, Context, Refusal,
    look_up::{key, look_up},
};
use crate::{
    commit::{
        View,
        change::{Change, Performed},
    },
    store::{message::Message, rows::Record},
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    mutations::DeleteMessage,
    rows::MessageRow,
    stream::StreamId,
};

/// Leaves a tombstone of a message: its place stays, its body goes.
impl Action for DeleteMessage {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let found = look_up(view, context, self.conversation, self.message).await?;
        if found.row.sender != context.actor && !found.manages {
            let message = "Only who wrote a message can delete it, or in a group its owner and admins.";
            return Err(ApiError::new(ErrorCode::NotAllowed, message).into());
        }
        let stream = StreamId::Conversation(self.conversation);
        if found.row.body.is_none() {
            return Ok(Performed { changes: Vec::new(), existing: vec![(stream, key(self.message))] });
        }
        let row = MessageRow { body: None, ..found.row };
        Ok(vec![Change::new(stream, Record::Message(Message { row, deleted_at: Some(context.now) }))].into())
    }
}
