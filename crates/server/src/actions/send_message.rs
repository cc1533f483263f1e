use super::{Context, Refusal};
use crate::commit::{
    View,
    change::{Change, Performed},
};
use hearth_protocol::{
    body::Body,
    error::{ApiError, ErrorCode},
    limits,
    mutations::SendMessage,
};

/// Writes a message into a conversation that its author is in.
pub(super) async fn send_message(view: &mut View<'_>, context: &Context, intent: &SendMessage) -> Result<Performed, Refusal> {
    intent.body.check().map_err(|message| ApiError::new(code(&intent.body), message))?;
    if view.conversation_of(intent.conversation, context.actor).await?.is_none() {
        return Err(ApiError::not_found().into());
    }
    let message = Change::Message {
        conversation: intent.conversation,
        id: context.id,
        sender: context.actor,
        body: intent.body.clone(),
        at: context.now,
    };
    Ok(vec![message].into())
}

fn code(body: &Body) -> ErrorCode {
    match body {
        Body::Text { text } if text.chars().count() > limits::TEXT_CHARS_MAX => ErrorCode::MessageTooLong,
        _ => ErrorCode::BadRequest,
    }
}
