//! My collections: from the server, and laid over it while they wait.

use crate::support::{Server, answer, local, mutation, parts, ready, refusal};
use hearth_protocol::{
    Pos,
    error::ErrorCode,
    ids::{CollectionId, ConversationId, MessageId},
    mutation::{Mutation, Outcome},
    mutations::{Collect, CreateCollection, DeleteCollection, DeleteMessage, RenameCollection, Star},
    rows::{CollectedKind, CollectedRow, CollectionRow, RetentionRow, RowData, StarRow},
};
use hearth_replica::{Collection, Discarded, Marked, Replica, TakingBack};

fn create(collection: CollectionId, name: &str) -> Mutation {
    mutation(CreateCollection { collection, name: name.into() }.into())
}

fn collect(collection: CollectionId, conversation: ConversationId, message: MessageId, on: bool) -> Mutation {
    mutation(Collect { collection, conversation, message, on }.into())
}

fn made(id: CollectionId, name: &str) -> CollectionRow {
    CollectionRow { id, name: name.into(), at: 1_000, ended_at: None }
}

fn inside(server: &Server, collection: CollectionId, pos: Pos, at: i64) -> CollectedRow {
    let (item, conversation) = (server.direct.message(pos).id, server.conversation());
    CollectedRow { collection, item, kind: CollectedKind::Message, conversation, pos, at, ended_at: None }
}

fn ids(marked: &[Marked]) -> Vec<MessageId> {
    marked.iter().map(|marked| marked.message).collect()
}

async fn named(replica: &Replica) -> Vec<String> {
    replica.collections().await.unwrap().into_iter().map(|collection| collection.name).collect()
}

#[tokio::test]
async fn a_collection_is_there_while_it_waits_and_once_the_server_has_it() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(3);
    replica.apply(parts(frames)).await.unwrap();
    let (conversation, first, third) = (server.conversation(), server.direct.message(1).id, server.direct.message(3).id);
    let recipes = CollectionId::new();
    let (make, put) = (create(recipes, "Recipes"), collect(recipes, conversation, first, true));
    replica.enqueue(&make, 70).await.unwrap();
    replica.enqueue(&put, 71).await.unwrap();
    assert_eq!(replica.collections().await.unwrap(), [Collection { id: recipes, name: "Recipes".into() }]);
    let [waiting] = &replica.collected(recipes).await.unwrap()[..] else { panic!("one message") };
    assert_eq!((waiting.message, waiting.at, waiting.said.as_ref().unwrap().row.pos), (first, 71, 1));
    assert_eq!(replica.collections_of(first).await.unwrap(), [recipes].into());
    let row = server.user.commit(made(recipes, "Recipes"));
    let applied = replica.apply(answer(make.id, Outcome::Applied(vec![row]))).await.unwrap();
    assert!(applied.collections, "the page asks again");
    let row = inside(&server, recipes, 1, 2_000);
    let row = server.user.commit(row);
    replica.apply(answer(put.id, Outcome::Applied(vec![row]))).await.unwrap();
    // Another device puts a later one there, and calls it something else.
    let row = inside(&server, recipes, 3, 3_000);
    let frames = vec![server.user.commit(row), server.user.commit(made(recipes, "Cakes"))];
    assert!(replica.apply(parts(frames)).await.unwrap().collections);
    assert_eq!((named(&replica).await, ids(&replica.collected(recipes).await.unwrap())), (vec!["Cakes".into()], vec![third, first]));
    // What waits lies over it; what was refused shows nothing.
    let rename = mutation(RenameCollection { collection: recipes, name: "Pies".into() }.into());
    let out = collect(recipes, conversation, third, false);
    replica.enqueue(&rename, 80).await.unwrap();
    replica.enqueue(&out, 81).await.unwrap();
    assert_eq!((named(&replica).await, ids(&replica.collected(recipes).await.unwrap())), (vec!["Pies".into()], vec![first]));
    assert!(replica.collections_of(third).await.unwrap().is_empty());
    replica.apply(refusal(rename.id, ErrorCode::InvalidName)).await.unwrap();
    replica.apply(refusal(out.id, ErrorCode::BadRequest)).await.unwrap();
    assert_eq!((named(&replica).await, ids(&replica.collected(recipes).await.unwrap())), (vec!["Cakes".into()], vec![third, first]));
    replica.enqueue(&mutation(DeleteCollection { collection: recipes }.into()), 82).await.unwrap();
    assert_eq!(named(&replica).await, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_not_there_any_more_is_in_no_collection() {
    let (replica, mut server) = ready().await;
    let mut frames = server.bob_says(4);
    let list = CollectionId::new();
    frames.push(server.user.commit(made(list, "List")));
    for pos in 1..=4 {
        let row = inside(&server, list, pos, i64::try_from(pos).unwrap());
        frames.push(server.user.commit(row));
    }
    // A kind of a newer build is kept, and shown nowhere.
    let later = CollectedRow { item: MessageId::new(), kind: CollectedKind::Unknown, ..inside(&server, list, 4, 9) };
    frames.push(server.user.commit(later));
    let conversation = server.conversation();
    frames.push(server.direct.commit(RetentionRow { pos: 2, at: 7 }));
    frames.push(server.direct.delete(2));
    replica.apply(parts(frames)).await.unwrap();
    let (third, fourth) = (server.direct.message(3).id, server.direct.message(4).id);
    assert_eq!(ids(&replica.collected(list).await.unwrap()), [fourth, third]);
    replica.enqueue(&mutation(DeleteMessage { conversation, message: fourth }.into()), 70).await.unwrap();
    assert_eq!(ids(&replica.collected(list).await.unwrap()), [third]);
}

#[tokio::test]
async fn what_goes_into_a_new_collection_needs_it() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(1);
    replica.apply(parts(frames)).await.unwrap();
    let list = CollectionId::new();
    let (make, put) = (create(list, "List"), collect(list, server.conversation(), server.direct.message(1).id, true));
    replica.enqueue(&make, 70).await.unwrap();
    replica.enqueue(&put, 71).await.unwrap();
    let found = replica.discard(make.id, TakingBack::Discard, false).await.unwrap();
    assert!(matches!(&found, Discarded::Needed(others) if others.iter().map(|other| other.id).eq([put.id])), "{found:?}");
}

#[tokio::test]
async fn the_order_in_which_rows_come_does_not_matter() {
    let (replica, mut server) = ready().await;
    let mut frames = server.bob_says(2);
    let (kept, gone) = (CollectionId::new(), CollectionId::new());
    let rows = (inside(&server, kept, 1, 10), inside(&server, gone, 2, 11));
    frames.push(server.user.commit(made(kept, "Kept")));
    frames.push(server.user.commit(made(gone, "Gone")));
    frames.push(server.user.commit(rows.0.clone()));
    frames.push(server.user.commit(rows.1.clone()));
    frames.push(server.user.commit(CollectionRow { ended_at: Some(12), ..made(gone, "") }));
    frames.push(server.user.commit(CollectedRow { ended_at: Some(12), ..rows.1 }));
    for frame in frames.into_iter().rev() {
        replica.apply(parts(vec![frame])).await.unwrap();
    }
    let fresh = local().await;
    fresh.apply(server.everything()).await.unwrap();
    assert_eq!(replica.dump().await.unwrap(), fresh.dump().await.unwrap());
    assert_eq!(named(&replica).await, ["Kept"]);
    assert_eq!(ids(&replica.collected(kept).await.unwrap()), [rows.0.item]);
}

#[tokio::test]
async fn conversations_with_stars_are_listed_while_those_wait() {
    let (replica, mut server) = ready().await;
    let mut frames = server.bob_says(1);
    let (conversation, message) = (server.conversation(), server.direct.message(1).id);
    frames.push(server.user.commit(StarRow { id: message, conversation, pos: 1, at: 5, ended_at: None }));
    replica.apply(parts(frames)).await.unwrap();
    assert_eq!(replica.starred_conversations().await.unwrap(), [conversation]);
    assert_eq!(ids(&replica.starred_in(conversation, 9).await.unwrap()), [message]);
    assert_eq!(replica.starred_in(ConversationId::new(), 9).await.unwrap(), []);
    replica.enqueue(&mutation(Star { conversation, message, on: false }.into()), 70).await.unwrap();
    assert_eq!(replica.starred_conversations().await.unwrap(), []);
    replica.enqueue(&mutation(Star { conversation, message, on: true }.into()), 71).await.unwrap();
    assert_eq!(replica.starred_conversations().await.unwrap(), [conversation]);
}

#[tokio::test]
async fn what_was_deleted_or_taken_out_before_the_first_copy_came_is_not_there() {
    let (replica, mut server) = (local().await, Server::new());
    server.bob_says(2);
    let (recipes, walks) = (CollectionId::new(), CollectionId::new());
    let mut frames = vec![server.user.commit(made(recipes, "Recipes")), server.user.commit(made(walks, "Walks"))];
    for pos in [1, 2] {
        let row = inside(&server, recipes, pos, 2_000);
        frames.push(server.user.commit(row));
    }
    replica.apply(parts(frames)).await.unwrap();
    let out = server.direct.message(1).id;
    // One was taken out, and the other collection deleted, which the server has forgotten by now.
    server.user.rows.retain(|_, row| match &row.data {
        RowData::Collection(row) => row.id == recipes,
        RowData::Collected(row) => row.item != out,
        _ => true,
    });
    replica.apply(server.everything()).await.unwrap();
    assert_eq!(named(&replica).await, ["Recipes"]);
    assert_eq!(ids(&replica.collected(recipes).await.unwrap()), [server.direct.message(2).id]);
}
