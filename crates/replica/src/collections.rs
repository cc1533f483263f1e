//! My collections and what is in them, as the server has told it, with what of mine waits in the outbox laid over it.

use crate::{
    Marked, Replica, Result,
    marked::{Marks, Reader, newest_first},
    outbox::{shown, table},
    tables::{collected, collection, retention, star},
};
use hearth_protocol::{
    Millis,
    ids::{CollectionId, ConversationId, MessageId},
    mutations::{CreateCollection, DeleteCollection, Intent, RenameCollection},
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// A list of messages that I have made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collection {
    pub id: CollectionId,
    pub name: String,
}

/// What changes which there are.
const NAMES: [&str; 3] = ["create_collection", "rename_collection", "delete_collection"];

impl Replica {
    /// All of them, in the order in which they were made; those of which the server has not heard come last.
    pub async fn collections(&self) -> Result<Vec<Collection>> {
        let mut tx = self.read().await?;
        let rows = collection::present(&mut tx).await?.into_iter();
        let mut all: Vec<Collection> = rows.map(|row| Collection { id: row.id, name: row.name }).collect();
        for intent in table::of_names(&mut tx, &NAMES).await? {
            match intent {
                Intent::CreateCollection(CreateCollection { collection: id, name }) if all.iter().all(|made| made.id != id) => {
                    all.push(Collection { id, name });
                }
                Intent::RenameCollection(RenameCollection { collection, name }) => {
                    all.iter_mut().filter(|made| made.id == collection).for_each(|made| made.name.clone_from(&name));
                }
                Intent::DeleteCollection(DeleteCollection { collection }) => all.retain(|made| made.id != collection),
                _ => {}
            }
        }
        Ok(all)
    }

    /// Those that a message is in.
    pub async fn collections_of(&self, message: MessageId) -> Result<BTreeSet<CollectionId>> {
        let mut tx = self.read().await?;
        let mut all: BTreeSet<CollectionId> = collected::of(&mut tx, message).await?.into_iter().collect();
        for (waiting, _) in shown::collected(&mut tx).await? {
            if waiting.message == message && waiting.on {
                all.insert(waiting.collection);
            } else if waiting.message == message {
                all.remove(&waiting.collection);
            }
        }
        Ok(all)
    }

    /// What is in a collection, what was put there last first, also of conversations that I am not in any more. Not what is deleted or
    /// removed by now.
    pub async fn collected(&self, collection: CollectionId) -> Result<Vec<Marked>> {
        let mut tx = self.read().await?;
        let mut inside: BTreeMap<MessageId, (ConversationId, Millis)> = BTreeMap::new();
        for row in collected::inside(&mut tx, collection).await? {
            if row.pos >= retention::pos(&mut tx, row.conversation).await? {
                inside.insert(row.item, (row.conversation, row.at));
            }
        }
        for (waiting, at) in shown::collected(&mut tx).await?.into_iter().filter(|(waiting, _)| waiting.collection == collection) {
            if waiting.on {
                inside.entry(waiting.message).or_insert((waiting.conversation, at));
            } else {
                inside.remove(&waiting.message);
            }
        }
        let mut reader = Reader::new(&mut tx).await?;
        let mut marked: Vec<Marked> = Vec::with_capacity(inside.len());
        for (message, (conversation, at)) in inside {
            marked.extend(reader.marked(conversation, message, at).await?);
        }
        Ok(newest_first(marked))
    }

    /// The conversations in which I have starred something, that with the newest star first.
    pub async fn starred_conversations(&self) -> Result<Vec<ConversationId>> {
        let mut tx = self.read().await?;
        let mut newest: BTreeMap<ConversationId, Millis> = star::conversations(&mut tx).await?.into_iter().collect();
        let waiting = shown::marks(&mut tx, None).await?.into_iter().filter(|waiting| !waiting.pin);
        let moved: BTreeMap<ConversationId, Millis> = waiting.map(|waiting| (waiting.conversation, waiting.at)).collect();
        for (conversation, at) in moved {
            if Marks::of(&mut tx, conversation).await?.stars.is_empty() {
                newest.remove(&conversation);
            } else {
                newest.entry(conversation).or_insert(at);
            }
        }
        let mut all: Vec<(ConversationId, Millis)> = newest.into_iter().collect();
        all.sort_by_key(|(conversation, at)| Reverse((*at, *conversation)));
        Ok(all.into_iter().map(|(conversation, _)| conversation).collect())
    }
}
