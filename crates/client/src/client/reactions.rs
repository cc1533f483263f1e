//! What people put on messages.

use super::{Client, people::person_view};
use crate::view::{Problem, ReactorsView};
use hearth_protocol::{
    ids::{ConversationId, MessageId},
    mutations::React,
};

impl Client {
    /// Puts my emoji on a message, or takes it back; it goes out by itself. What was decided before and has not gone out is forgotten.
    pub async fn react(&self, conversation: ConversationId, message: MessageId, emoji: &str, on: bool) -> Result<(), Problem> {
        self.enqueue(React { conversation, message, emoji: emoji.to_owned(), on }.into()).await?;
        Ok(())
    }

    /// Everybody who has put something on a message, by emoji.
    pub async fn list_reactions(&self, conversation: ConversationId, message: MessageId) -> Result<Vec<ReactorsView>, Problem> {
        let session = self.session()?;
        let reactions = session.checked(session.replica.reactions(conversation, message).await)?;
        Ok(reactions.into_iter().map(|(emoji, people)| ReactorsView { emoji, people: people.iter().map(person_view).collect() }).collect())
    }
}
