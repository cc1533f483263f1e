use super::{
    Action, Context, Refusal, bad_request,
    circle::floor,
    look_up::{is_kept_no_longer, look_up},
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
    ids::{ConversationId, MessageId},
    limits,
    mutations::SendMessage,
    rows::{ConversationKind, MessageRow},
};

/// Writes a message into a conversation that its author is in. What it answers they can see there, or could before it was deleted: a
/// reply that was written meanwhile is not lost, nor one to what is kept no longer: it answers nothing then. What is forwarded tells
/// nobody that they are named or answered: those who were meant are elsewhere. A thread is under a message that they can see, also under one
/// that was deleted.
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
        if self.forwarded && self.thread_root.is_some() {
            return Err(bad_request("What is forwarded goes to a conversation, not into a thread.").into());
        }
        if let Some(root) = self.thread_root {
            under(view, context, self.conversation, root).await?;
        }
        let reply_to = match self.reply_to {
            Some(original) => answers(view, context, self.conversation, original).await?,
            None => None,
        };
        may_call(view, context, self.conversation, (None, &self.body)).await?;
        let row = MessageRow {
            id: context.id,
            pos: UNPLACED,
            sender: context.actor,
            body: Some(self.body.clone()),
            created_at: context.now,
            edited_at: None,
            revision: 0,
            reply_to,
            forwarded: self.forwarded,
            thread_root: self.thread_root,
            in_conversation: self.thread_root.is_some() && self.in_conversation,
        };
        Ok(said(view, context, self.conversation, None, Message::sent(row)).await?.into())
    }
}

/// What a message can answer of what it was meant to.
async fn answers(
    view: &mut View<'_>,
    context: &Context,
    conversation: ConversationId,
    original: MessageId,
) -> Result<Option<MessageId>, Refusal> {
    match look_up(view, context, conversation, original).await {
        Ok(_) => Ok(Some(original)),
        Err(Refusal::Api(error))
            if error.code == ErrorCode::NotFound && is_kept_no_longer(view, context, conversation, original).await? =>
        {
            Ok(None)
        }
        Err(refused) => Err(refused),
    }
}

/// Whether a thread can be under this message: who says something sees it, or saw it before it was deleted, and it is of none itself.
async fn under(view: &mut View<'_>, context: &Context, conversation: ConversationId, root: MessageId) -> Result<(), Refusal> {
    let found = look_up(view, context, conversation, root).await?;
    if found.row.thread_root.is_some() {
        return Err(bad_request("This is said in a thread itself. Write in that one.").into());
    }
    Ok(())
}

pub(super) fn code(body: &Body) -> ErrorCode {
    match body {
        Body::Text { text, .. } if text.chars().count() > limits::TEXT_CHARS_MAX => ErrorCode::MessageTooLong,
        _ => ErrorCode::BadRequest,
    }
}
