//! How I have my conversations: pinned, put away, muted, told of or not.

use super::Client;
use crate::view::{Arrange, Problem};
use hearth_protocol::{ids::ConversationId, mutations::ArrangeConversation, rows::Arrangement};

impl Client {
    /// Changes one thing of how I have a conversation, on all my devices; it goes out by itself.
    pub async fn arrange_conversation(&self, conversation: ConversationId, change: Arrange) -> Result<(), Problem> {
        let session = self.session()?;
        let change = match change {
            Arrange::Pinned(pinned) => Arrangement::Pinned(pinned),
            Arrange::Archived(true) => Arrangement::Archived(Some(session.checked(session.replica.newest_place(conversation).await)?)),
            Arrange::Archived(false) => Arrangement::Archived(None),
            Arrange::Muted(until) => Arrangement::Muted(until),
            Arrange::Level(level) => Arrangement::Level(level),
        };
        self.enqueue(ArrangeConversation { conversation, change }.into()).await?;
        Ok(())
    }
}
