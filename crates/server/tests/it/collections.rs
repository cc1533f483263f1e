//! Lists of messages that people make for themselves.

use crate::{
    host::{Database, Host},
    person::{Person, message},
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::{CollectionId, ConversationId, MessageId, MutationId},
    limits,
    mutation::{Acked, Mutation, Outcome, Part},
    mutations::{Collect, CreateCollection, DeleteCollection, Intent, RenameCollection},
    rows::{CollectedKind, CollectedRow, CollectionRow, RowData},
    stream::StreamId,
    sync::{From, Page},
};

on_both_databases!(
    a_collection_is_its_persons_alone,
    what_is_collected_goes_with_its_message,
    what_is_in_a_deleted_collection_goes_with_it,
    two_of_one_name_are_two,
    names_are_checked,
    there_are_so_many_and_no_more,
    what_one_does_not_see_one_does_not_collect,
    much_that_is_no_longer_kept_leaves_collections_some_hundreds_at_a_time,
    what_has_ended_is_purged_and_older_cursors_are_reset,
);

async fn act(person: &Person, intent: impl Into<Intent>) -> Result<Vec<Part>, ApiError> {
    person.perform(MutationId::new(), intent.into()).await
}

async fn make(person: &Person, name: &str) -> CollectionId {
    let collection = CollectionId::new();
    act(person, CreateCollection { collection, name: name.into() }).await.unwrap();
    collection
}

async fn put(
    person: &Person,
    collection: CollectionId,
    (conversation, message): (ConversationId, MessageId),
    on: bool,
) -> Result<Vec<Part>, ApiError> {
    act(person, Collect { collection, conversation, message, on }).await
}

async fn rows(person: &Person) -> Vec<RowData> {
    let (part, _) = person.changes(StreamId::User(person.user), 0, 1_000).await;
    part.rows.into_iter().map(|row| row.data).collect()
}

/// Also those that are deleted.
async fn collections(person: &Person) -> Vec<CollectionRow> {
    rows(person).await.into_iter().filter_map(|row| if let RowData::Collection(row) = row { Some(row) } else { None }).collect()
}

/// Also what has ended.
async fn collected(person: &Person) -> Vec<CollectedRow> {
    rows(person).await.into_iter().filter_map(|row| if let RowData::Collected(row) = row { Some(row) } else { None }).collect()
}

async fn a_collection_is_its_persons_alone(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let sent = alice.send(conversation, "the recipe").await;
    let recipes = make(&bob, "Recipes").await;
    let told = put(&bob, recipes, (conversation, sent.id), true).await.unwrap();
    assert!(told.iter().all(|part| part.stream == StreamId::User(bob.user)), "nobody else is told");
    let [row] = &collected(&bob).await[..] else { panic!("one row") };
    assert_eq!((row.collection, row.item, row.kind), (recipes, sent.id, CollectedKind::Message));
    assert_eq!((row.conversation, row.pos, row.ended_at), (conversation, sent.pos, None));
    assert_eq!((collections(&alice).await, collected(&alice).await), (vec![], vec![]));
    let head = bob.changes(StreamId::User(bob.user), 0, 1_000).await.1;
    put(&bob, recipes, (conversation, sent.id), true).await.unwrap();
    act(&bob, RenameCollection { collection: recipes, name: "Recipes".into() }).await.unwrap();
    act(&bob, CreateCollection { collection: recipes, name: "Again".into() }).await.unwrap();
    assert_eq!(bob.changes(StreamId::User(bob.user), 0, 1_000).await.1, head, "it is so already");
    put(&bob, recipes, (conversation, sent.id), false).await.unwrap();
    assert!(collected(&bob).await[0].ended_at.is_some());
    assert_eq!(put(&bob, recipes, (conversation, MutationId::new()), false).await.unwrap(), [], "there is nothing to take out");
    put(&bob, recipes, (conversation, sent.id), true).await.unwrap();
    assert_eq!(collected(&bob).await[0].ended_at, None);
    // Her collection of the same id is another one.
    act(&alice, CreateCollection { collection: recipes, name: "Hers".into() }).await.unwrap();
    act(&alice, DeleteCollection { collection: recipes }).await.unwrap();
    assert_eq!((collections(&bob).await[0].ended_at, collected(&bob).await[0].ended_at), (None, None));
}

async fn what_is_collected_goes_with_its_message(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let (old, new) = (alice.send(conversation, "old").await, alice.send(conversation, "new").await);
    let (walks, cakes) = (make(&bob, "Walks").await, make(&bob, "Cakes").await);
    for (collection, message) in [(walks, old.id), (walks, new.id), (cakes, new.id)] {
        put(&bob, collection, (conversation, message), true).await.unwrap();
    }
    let told = alice.delete((conversation, new.id)).await.unwrap();
    assert!(told.iter().all(|part| part.stream != StreamId::User(bob.user)), "nobody is told who has collected it");
    let left: Vec<_> =
        collected(&bob).await.into_iter().filter(|row| row.ended_at.is_none()).map(|row| (row.collection, row.item)).collect();
    assert_eq!(left, [(walks, old.id)]);
    assert_eq!(put(&bob, walks, (conversation, new.id), true).await.unwrap(), [], "what is deleted is not collected");
    host.server().retain_now(i64::MAX).await.unwrap();
    assert!(collected(&bob).await.iter().all(|row| row.ended_at.is_some()));
    assert_eq!(put(&bob, walks, (conversation, old.id), true).await.unwrap_err(), ApiError::not_found());
}

async fn what_is_in_a_deleted_collection_goes_with_it(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let sent = alice.send(conversation, "the recipe").await;
    let (recipes, other) = (make(&bob, "Recipes").await, make(&bob, "Other").await);
    for collection in [recipes, other] {
        put(&bob, collection, (conversation, sent.id), true).await.unwrap();
    }
    act(&bob, DeleteCollection { collection: recipes }).await.unwrap();
    let gone = collections(&bob).await.into_iter().find(|row| row.id == recipes).unwrap();
    assert_eq!((gone.name.as_str(), gone.ended_at.is_some()), ("", true), "its name goes");
    let left: Vec<_> = collected(&bob).await.into_iter().filter(|row| row.ended_at.is_none()).map(|row| row.collection).collect();
    assert_eq!(left, [other]);
    // In one batch as well: what was put there just before.
    let (short, last) = (CollectionId::new(), MutationId::new());
    let create = CreateCollection { collection: short, name: "Short".into() };
    let collect = Collect { collection: short, conversation, message: sent.id, on: true };
    let batch = vec![
        Mutation::new(MutationId::new(), create),
        Mutation::new(MutationId::new(), collect),
        Mutation::new(last, DeleteCollection { collection: short }),
    ];
    bob.try_mutate(batch).await.unwrap();
    assert!(collected(&bob).await.iter().filter(|row| row.collection == short).all(|row| row.ended_at.is_some()));
    for refused in [
        put(&bob, recipes, (conversation, sent.id), true).await,
        act(&bob, RenameCollection { collection: recipes, name: "Again".into() }).await,
        act(&bob, DeleteCollection { collection: CollectionId::new() }).await,
    ] {
        assert_eq!(refused.unwrap_err(), ApiError::not_found());
    }
    act(&bob, DeleteCollection { collection: recipes }).await.unwrap();
}

async fn two_of_one_name_are_two(database: Database) {
    let host = Host::start(database).await;
    let bob = host.resident("bob").await;
    let (one, other) = (make(&bob, "Recipes").await, make(&bob, "Recipes").await);
    let mut found: Vec<_> = collections(&bob).await.into_iter().map(|row| (row.id, row.name)).collect();
    found.sort();
    let mut both = [(one, "Recipes".to_owned()), (other, "Recipes".to_owned())];
    both.sort();
    assert_eq!(found, both);
}

async fn names_are_checked(database: Database) {
    let host = Host::start(database).await;
    let bob = host.resident("bob").await;
    let collection = make(&bob, "  Recipes ").await;
    assert_eq!(collections(&bob).await[0].name, "Recipes");
    for name in [String::new(), "  ".into(), "x".repeat(limits::COLLECTION_NAME_CHARS_MAX + 1)] {
        let made = act(&bob, CreateCollection { collection: CollectionId::new(), name: name.clone() }).await;
        assert_eq!(made.unwrap_err().code, ErrorCode::InvalidName);
        assert_eq!(act(&bob, RenameCollection { collection, name }).await.unwrap_err().code, ErrorCode::InvalidName);
    }
    act(&bob, RenameCollection { collection, name: "Cakes".into() }).await.unwrap();
    assert_eq!(collections(&bob).await[0].name, "Cakes");
}

async fn there_are_so_many_and_no_more(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let first = make(&bob, "0").await;
    for number in 1..limits::COLLECTIONS_MAX {
        make(&bob, &number.to_string()).await;
    }
    let another = CreateCollection { collection: CollectionId::new(), name: "another".into() };
    assert_eq!(act(&bob, another.clone()).await.unwrap_err().code, ErrorCode::BadRequest);
    // A device that did not hear that it was made asks again.
    act(&bob, CreateCollection { collection: first, name: "0".into() }).await.unwrap();
    act(&bob, DeleteCollection { collection: first }).await.unwrap();
    act(&bob, another.clone()).await.unwrap();
    let conversation = alice.direct(&bob).await;
    let mut ids = Vec::new();
    for _ in 0..limits::COLLECTED_MAX.div_ceil(100) {
        let sent: Vec<MutationId> = (0..100).map(|_| MutationId::new()).collect();
        alice.try_mutate(sent.iter().map(|id| Mutation::new(*id, message(conversation, "old"))).collect()).await.unwrap();
        let put = |message: &MutationId| {
            Mutation::new(MutationId::new(), Collect { collection: another.collection, conversation, message: *message, on: true })
        };
        bob.try_mutate(sent.iter().map(put).collect()).await.unwrap();
        ids.extend(sent);
    }
    let last = (conversation, alice.send(conversation, "one more").await.id);
    assert_eq!(put(&bob, another.collection, last, true).await.unwrap_err().code, ErrorCode::BadRequest);
    put(&bob, another.collection, (conversation, ids[0]), false).await.unwrap();
    put(&bob, another.collection, last, true).await.unwrap();
    // In one batch: what was taken out makes room, and what is put in again counts once.
    let mut asked = vec![];
    for (message, on) in [(ids[1], false), (ids[1], true), (ids[1], false), (ids[0], true), (ids[1], true)] {
        let item = Collect { collection: another.collection, conversation, message, on };
        asked.push(Mutation::new(MutationId::new(), item));
    }
    let answers = bob.try_mutate(asked).await.unwrap();
    let refused = |acked: &Acked| matches!(acked.outcome, Outcome::Refused(_));
    assert_eq!(answers.iter().map(refused).collect::<Vec<_>>(), [false, false, false, false, true]);
}

async fn what_one_does_not_see_one_does_not_collect(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let conversation = alice.group("Secrets", &[&bob], false).await;
    let before = alice.send(conversation, "before").await;
    alice.add(conversation, &carol).await.unwrap();
    let after = alice.send(conversation, "after").await;
    let mine = make(&carol, "Mine").await;
    put(&carol, mine, (conversation, after.id), true).await.unwrap();
    assert_eq!(put(&carol, mine, (conversation, before.id), true).await.unwrap_err(), ApiError::not_found());
    alice.remove(conversation, &carol).await.unwrap();
    put(&carol, mine, (conversation, after.id), false).await.unwrap();
    assert!(collected(&carol).await[0].ended_at.is_some(), "who has left can still take it out");
    assert_eq!(put(&carol, mine, (conversation, after.id), true).await.unwrap_err(), ApiError::not_found());
}

async fn much_that_is_no_longer_kept_leaves_collections_some_hundreds_at_a_time(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let collection = make(&bob, "Much").await;
    for _ in 0..6 {
        let ids: Vec<MutationId> = (0..100).map(|_| MutationId::new()).collect();
        alice.try_mutate(ids.iter().map(|id| Mutation::new(*id, message(conversation, "old"))).collect()).await.unwrap();
        let put =
            |message: &MutationId| Mutation::new(MutationId::new(), Collect { collection, conversation, message: *message, on: true });
        bob.try_mutate(ids.iter().map(put).collect()).await.unwrap();
    }
    let stream = StreamId::User(bob.user);
    let head = bob.changes(stream, 0, 1_000).await.1;
    assert_eq!(collected(&bob).await.len(), 600);
    host.server().retain_now(i64::MAX).await.unwrap();
    assert!(collected(&bob).await.iter().all(|row| row.ended_at.is_some()));
    assert_eq!(bob.changes(stream, head, 1_000).await.1, head + 2, "500 in the first commit, the others in the next");
}

async fn what_has_ended_is_purged_and_older_cursors_are_reset(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let sent = alice.send(conversation, "the recipe").await;
    let (kept, gone) = (make(&bob, "Kept").await, make(&bob, "Gone").await);
    for collection in [kept, gone] {
        put(&bob, collection, (conversation, sent.id), true).await.unwrap();
    }
    let mine = StreamId::User(bob.user);
    let early = bob.changes(mine, 0, 1_000).await.1;
    act(&bob, DeleteCollection { collection: gone }).await.unwrap();
    host.server().purge_tombstones_now().await.unwrap();
    let Page::Tail { part, .. } = bob.page(mine, From::Tail { messages: 0 }, 1_000).await else { panic!("no copy") };
    let left: Vec<CollectionId> = part
        .rows
        .into_iter()
        .filter_map(|row| match row.data {
            RowData::Collection(row) => Some(row.id),
            RowData::Collected(row) => Some(row.collection),
            _ => None,
        })
        .collect();
    assert_eq!(left, [kept, kept]);
    let page = bob.page(mine, From::Cursor { seq: early, vis_ver: 1 }, 10).await;
    assert_eq!(page, Page::Reset { stream: mine, vis_ver: 1 }, "who has not heard that it was deleted");
}
