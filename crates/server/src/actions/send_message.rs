use super::{
    Action, Context, Refusal,
    circle::floor,
    look_up::look_up,
    mentions::{may_call, said},
};
use crate::{
    authority::{Act, authorize},
    commit::{View, change::Performed},
    store::message::{Message, UNPLACED},
};
use hearth_protocol::{
    body::Body,
    error::{ApiError, ErrorCode},
    limits,
    mutations::SendMessage,
    rows::{ConversationKind, MessageRow},
};

/// Writes a message into a conversation that its author is in. What it answers they can see there, or could before it was deleted: a reply
/// that was written meanwhile is not lost. What is forwarded tells nobody that they are named or answered: those who were meant are elsewhere.
impl Action for SendMessage {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        self.body.check().map_err(|message| ApiError::new(code(&self.body), message))?;
        authorize(context.actor, Act::SendMessage, floor(view, context, self.conversation).await?)?;
        if view
            .conversation(self.conversation)
            .await?
            .is_some_and(|facts| facts.kind == ConversationKind::Direct && facts.present().count() < 2)
        {
            return Err(ApiError::new(ErrorCode::NotAllowed, "Nobody is there to read it: the account was deleted.").into());
        }
        if self.forwarded && (self.reply_to.is_some() || self.body.names_somebody()) {
            let message = "What is forwarded names nobody and answers nothing. Update the app, then forward it again.";
            return Err(ApiError::new(ErrorCode::BadRequest, message).into());
        }
        if let Some(original) = self.reply_to {
            look_up(view, context, self.conversation, original).await?;
        }
        may_call(view, context, self.conversation, (None, &self.body)).await?;
        let row = MessageRow {
            id: context.id,
            pos: UNPLACED,
            sender: context.actor,
            body: Some(self.body.clone()),
            created_at: context.now,
            edited_at: None,
            revision: 0,
            reply_to: self.reply_to,
            forwarded: self.forwarded,
        };
        Ok(said(view, context, self.conversation, None, Message::sent(row)).await?.into())
    }
}

pub(super) fn code(body: &Body) -> ErrorCode {
    match body {
        Body::Text { text, .. } if text.chars().count() > limits::TEXT_CHARS_MAX => ErrorCode::MessageTooLong,
        _ => ErrorCode::BadRequest,
    }
}
