//! How people have their conversations: theirs alone, one thing at a time.

use crate::{
    host::{Database, Host},
    person::Person,
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::{ConversationId, MutationId},
    limits::FOR_EVER,
    mutations::ArrangeConversation,
    rows::{Arrangement, ArrangementRow, NotificationLevel, RowData},
    stream::StreamId,
};

on_both_databases!(each_thing_is_changed_by_itself_and_is_its_persons_alone, what_is_put_away_ends_with_the_newest_message,);

async fn arrange(person: &Person, conversation: ConversationId, change: Arrangement) -> Result<(), ApiError> {
    person.perform(MutationId::new(), ArrangeConversation { conversation, change }.into()).await.map(drop)
}

async fn arranged(person: &Person) -> Vec<ArrangementRow> {
    let (part, _) = person.changes(StreamId::User(person.user), 0, 1_000).await;
    part.rows.into_iter().filter_map(|row| if let RowData::Arrangement(row) = row.data { Some(row) } else { None }).collect()
}

async fn each_thing_is_changed_by_itself_and_is_its_persons_alone(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let conversation = alice.direct(&bob).await;
    for change in [Arrangement::Pinned(true), Arrangement::Muted(Some(FOR_EVER)), Arrangement::Level(NotificationLevel::Mentions)] {
        arrange(&alice, conversation, change).await.unwrap();
    }
    let [row] = &arranged(&alice).await[..] else { panic!("one row") };
    assert!(row.pinned_at.is_some());
    assert_eq!((row.archived_to, row.muted_until, row.level), (None, Some(FOR_EVER), NotificationLevel::Mentions));
    let before = alice.changes(StreamId::User(alice.user), 0, 1_000).await.1;
    arrange(&alice, conversation, Arrangement::Pinned(true)).await.unwrap();
    assert_eq!(alice.changes(StreamId::User(alice.user), 0, 1_000).await.1, before, "it is so already");
    // A time that has passed mutes nothing.
    arrange(&alice, conversation, Arrangement::Muted(Some(1))).await.unwrap();
    assert_eq!(arranged(&alice).await.pop().map(|row| row.muted_until), Some(None));
    assert_eq!(arranged(&bob).await, []);
    assert_eq!(arrange(&carol, conversation, Arrangement::Pinned(true)).await.unwrap_err().code, ErrorCode::NotFound);
    let unknown = arrange(&alice, conversation, Arrangement::Level(NotificationLevel::Unknown)).await.unwrap_err();
    assert_eq!(unknown.code, ErrorCode::BadRequest);
}

async fn what_is_put_away_ends_with_the_newest_message(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    bob.send(conversation, "hello").await;
    arrange(&alice, conversation, Arrangement::Pinned(true)).await.unwrap();
    arrange(&alice, conversation, Arrangement::Archived(Some(1_000))).await.unwrap();
    let [row] = &arranged(&alice).await[..] else { panic!("one row") };
    assert_eq!((row.archived_to, row.pinned_at), (Some(1), None), "what is put away is not pinned");
    arrange(&alice, conversation, Arrangement::Pinned(true)).await.unwrap();
    assert_eq!(arranged(&alice).await.pop().and_then(|row| row.archived_to), None, "and the other way round");
}
