//! My collections of messages, which are mine alone.

use super::{
    Client,
    conversations::item_view,
    marked::{line, page},
};
use crate::view::{CollectionList, CollectionView, Problem, StarredIn, StarredPage};
use hearth_protocol::{
    ids::{CollectionId, ConversationId, MessageId},
    limits,
    mutations::{Collect, CreateCollection, DeleteCollection, RenameCollection},
    name::visible,
};
use std::collections::BTreeSet;

impl Client {
    /// Makes a collection for me, on all my devices; it goes out by itself.
    ///
    /// # Errors
    /// `invalid_name`, `too_many_collections`: then nothing changed.
    pub async fn create_collection(&self, name: &str) -> Result<CollectionId, Problem> {
        let name = checked_name(name)?;
        let session = self.session()?;
        if session.checked(session.replica.collections().await)?.len() >= limits::COLLECTIONS_MAX {
            let message = "You have 100 collections. Delete one before you make another one.";
            return Err(Problem::new("too_many_collections", message));
        }
        let collection = CollectionId::new();
        self.enqueue(CreateCollection { collection, name }.into()).await?;
        Ok(collection)
    }

    /// Calls one of mine something else; it goes out by itself.
    ///
    /// # Errors
    /// `invalid_name`: then nothing changed.
    pub async fn rename_collection(&self, collection: CollectionId, name: &str) -> Result<(), Problem> {
        let name = checked_name(name)?;
        let session = self.session()?;
        let known = session.checked(session.replica.collections().await)?;
        if known.iter().any(|one| one.id == collection && one.name != name) {
            self.enqueue(RenameCollection { collection, name }.into()).await?;
        }
        Ok(())
    }

    /// Deletes one of mine; the messages in it stay what they are. It goes out by itself.
    pub async fn delete_collection(&self, collection: CollectionId) -> Result<(), Problem> {
        self.enqueue(DeleteCollection { collection }.into()).await.map(drop)
    }

    /// Puts a message into one of mine, or takes it out; it goes out by itself.
    pub async fn collect(
        &self,
        collection: CollectionId,
        conversation: ConversationId,
        message: MessageId,
        on: bool,
    ) -> Result<(), Problem> {
        self.enqueue(Collect { collection, conversation, message, on }.into()).await.map(drop)
    }

    /// The conversations in which I have starred something and that I am in, and the collections that I have made, with whether a message is
    /// in them. Answers offline like online.
    pub async fn list_collections(&self, message: Option<MessageId>) -> Result<CollectionList, Problem> {
        let session = self.session()?;
        let mut conversations = Vec::new();
        for conversation in session.checked(session.replica.starred_conversations().await)? {
            // What I am not in any more has no line, and comes back with it.
            conversations.extend(line(&session, conversation).await?.map(|line| StarredIn { conversation, name: item_view(line).name }));
        }
        let holding = match message {
            Some(message) => session.checked(session.replica.collections_of(message).await)?,
            None => BTreeSet::new(),
        };
        let made = session.checked(session.replica.collections().await)?.into_iter();
        let made = made.map(|one| CollectionView { holds: holding.contains(&one.id), id: one.id, name: one.name }).collect();
        Ok(CollectionList { conversations, made })
    }

    /// What is in a collection, what was put there last first, in the conversations that I am in. Answers offline like online.
    pub async fn list_collected(&self, collection: CollectionId, limit: u32) -> Result<StarredPage, Problem> {
        let session = self.session()?;
        let collected = session.checked(session.replica.collected(collection).await)?;
        page(&session, collected, limit).await
    }
}

/// The server's own rule: nothing goes out that it would refuse.
fn checked_name(typed: &str) -> Result<String, Problem> {
    let name = visible(typed);
    if !(1..=limits::COLLECTION_NAME_CHARS_MAX).contains(&name.chars().count()) || typed.trim().chars().any(char::is_control) {
        let message = format!("A collection's name has 1 to {} characters.", limits::COLLECTION_NAME_CHARS_MAX);
        return Err(Problem::new("invalid_name", message));
    }
    Ok(name)
}
