//! Answering from the system's notification, without the window.

use super::Client;
use crate::{engine::wall_ms, session::Session, view::Problem};
use hearth_protocol::{
    ids::{ConversationId, MessageId, MutationId},
    mutation::Mutation,
    mutations::SendMessage,
    rows::MessageRow,
};

impl Client {
    /// Says something where the message of a notification stands, in its thread if it stands there alone, and reads up to it: whoever
    /// answers has read. What is written in the window meanwhile stays as it is.
    ///
    /// # Errors
    /// As [`Client::send_message`]; the text is in the conversation's draft then, after what stood there.
    pub async fn answer_notice(&self, conversation: ConversationId, message: MessageId, text: &str) -> Result<MessageId, Problem> {
        let session = self.session()?;
        let answered = session.checked(session.replica.message_row(conversation, message).await)?;
        let thread = answered.as_ref().filter(|row| row.is_aside()).and_then(|row| row.thread_root);
        let said = match self.answer(&session, conversation, thread, text).await {
            Ok(said) => said,
            Err(problem) => {
                self.keep_in_draft(&session, conversation, text).await?;
                return Err(problem);
            }
        };
        match (answered, thread) {
            (Some(MessageRow { pos, .. }), Some(root)) => self.read_thread(conversation, root, pos).await?,
            (Some(MessageRow { pos, .. }), None) => self.mark_read(conversation, pos).await?,
            // Deleted since: how far to read, nobody knows.
            (None, _) => {}
        }
        Ok(said)
    }

    async fn answer(
        &self,
        session: &Session,
        conversation: ConversationId,
        thread: Option<MessageId>,
        text: &str,
    ) -> Result<MessageId, Problem> {
        let body = self.body(conversation, text).await?;
        let message = match thread {
            Some(root) => SendMessage::in_thread(conversation, root, body),
            None => SendMessage::new(conversation, body),
        };
        let mutation = Mutation::new(MutationId::new(), message);
        // Not as a composer sends, which would empty the draft and hold the message for as long as it can be undone: a notice is gone with
        // its answer, and has no place from which that could be had back (decision 34).
        session.checked(session.replica.enqueue_all(std::slice::from_ref(&mutation), wall_ms()).await)?;
        session.enqueued().await;
        self.changed_here(session, Some(conversation)).await;
        Ok(mutation.id)
    }

    async fn keep_in_draft(&self, session: &Session, conversation: ConversationId, text: &str) -> Result<(), Problem> {
        let line = session.checked(session.replica.conversation(conversation).await)?;
        let (before, quote) = line.map(|line| (line.draft, line.draft_quote)).unwrap_or_default();
        let draft = match before.as_deref().map(str::trim_end) {
            Some(before) if !before.is_empty() => format!("{before}\n{text}"),
            _ => text.to_owned(),
        };
        self.save_draft(conversation, &draft, quote.map(|quote| quote.message)).await
    }
}
