//! What somebody collects is theirs alone.

use super::{
    Cells,
    deeds::{intend, word},
    town::Town,
};
use crate::person::Person;
use hearth_protocol::{
    error::ApiError,
    ids::{CollectionId, ConversationId, MessageId},
    mutations::{Collect, CreateCollection, DeleteCollection, RenameCollection},
};

pub fn create(collection: CollectionId) -> CreateCollection {
    CreateCollection { collection, name: "Recipes".into() }
}

/// Puts a message into a collection of one's own.
pub async fn collect(who: &Person, conversation: ConversationId, message: MessageId) -> Result<(), ApiError> {
    let collection = CollectionId::new();
    intend(who, create(collection)).await.expect("everybody makes collections");
    intend(who, Collect { collection, conversation, message, on: true }).await
}

pub async fn ask_of_collections(town: &Town, cells: &mut Cells) {
    let (owner, other, admin) = (&town.owner, &town.other, town.person("server_admin"));
    let conversation = owner.group("Kitchen", &[other, admin], true).await;
    let message = owner.send(conversation, "a recipe").await.id;
    let collection = CollectionId::new();
    cells.insert("create_collection own anybody".into(), word(intend(owner, create(collection)).await));
    for (standing, who, collection) in [
        ("nowhere anybody", owner, CollectionId::new()),
        ("anothers anybody", other, collection),
        ("anothers server_admin", admin, collection),
        // Last: it is deleted then.
        ("own anybody", owner, collection),
    ] {
        let put = Collect { collection, conversation, message, on: true };
        cells.insert(format!("collect into {standing}"), word(intend(who, put).await));
        let rename = RenameCollection { collection, name: "Cakes".into() };
        cells.insert(format!("rename_collection {standing}"), word(intend(who, rename).await));
        cells.insert(format!("delete_collection {standing}"), word(intend(who, DeleteCollection { collection }).await));
    }
}
