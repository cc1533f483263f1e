//! Passing on what was said elsewhere.

use super::Client;
use crate::{engine::wall_ms, view::Problem};
use hearth_protocol::{
    body::Body,
    ids::{ConversationId, MessageId, MutationId},
    limits,
    mutation::Mutation,
    mutations::SendMessage,
};
use hearth_replica::Quoted;
use std::collections::BTreeSet;

impl Client {
    /// Forwards a message into other conversations, with words of mine after it if there are any. All of it is safe on this computer's disk
    /// when this returns, or none; drafts there stay. Its words go as they are shown here, and name nobody any more.
    ///
    /// # Errors
    /// `not_found`: the message was deleted or is not on this computer, or a conversation is not mine. `bad_request`: into none or too many.
    /// The comment is too long, or the disk is full.
    pub async fn forward_message(
        &self,
        conversation: ConversationId,
        message: MessageId,
        to: &[ConversationId],
        comment: &str,
    ) -> Result<(), Problem> {
        let session = self.session()?;
        let text = self.words_to_forward(conversation, message).await?;
        let to: BTreeSet<ConversationId> = to.iter().copied().collect();
        if to.is_empty() || to.len() > limits::FORWARDS_MAX {
            let message = format!("Choose between one and {} conversations.", limits::FORWARDS_MAX);
            return Err(Problem::new("bad_request", message));
        }
        let mut mutations = vec![];
        for &there in &to {
            if session.checked(session.replica.conversation(there).await)?.is_none() {
                return Err(Problem::new("not_found", "You are not in one of these conversations any more. Choose again."));
            }
            mutations.push(Mutation::new(MutationId::new(), SendMessage::forwarding(there, text.as_str())));
            if !comment.trim().is_empty() {
                let body = self.body(there, comment).await?;
                mutations.push(Mutation::new(MutationId::new(), SendMessage::new(there, body)));
            }
        }
        session.checked(session.replica.enqueue_all(&mutations, wall_ms()).await)?;
        session.enqueued().await;
        for there in to {
            self.changed_here(&session, Some(there)).await;
        }
        Ok(())
    }

    /// What a message says, as it is shown here.
    async fn words_to_forward(&self, conversation: ConversationId, message: MessageId) -> Result<String, Problem> {
        let session = self.session()?;
        let quote = session.checked(session.replica.quote(conversation, message).await)?;
        match quote.of {
            Quoted::Said { body: Some(Body::Text { text, .. }), .. } => Ok(text),
            Quoted::Said { body: Some(Body::Unknown(_)), .. } => {
                Err(Problem::new("bad_request", "This version does not know that kind of message. Update the app, then forward it."))
            }
            Quoted::Said { body: Some(Body::System(_)), .. } => {
                Err(Problem::new("bad_request", "Nobody wrote this, so it cannot be forwarded. Choose a message."))
            }
            Quoted::Said { body: None, .. } => Err(Problem::new("not_found", "This message was deleted, so it cannot be forwarded.")),
            Quoted::Hidden => Err(Problem::new("not_found", "You have hidden this message, so it cannot be forwarded.")),
            Quoted::Missing { .. } => {
                Err(Problem::new("not_found", "This message is not on this computer any more. Look for it in the conversation."))
            }
        }
    }
}
