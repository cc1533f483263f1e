//! Whether those who come later see what was said before, and that it can be changed.

use crate::{
    channels::{ask, channel, copy, opens, private, reads, team},
    host::{Database, Host},
    person::{Person, happened},
};
use hearth_protocol::{
    error::ErrorCode,
    ids::ConversationId,
    mutations::{SetMemberRole, SetSharedHistory},
    rows::{MemberRole, RowData},
    stream::StreamId,
    sync::{From, Page},
    system::SystemEvent,
};

on_both_databases!(
    it_holds_for_who_comes_from_then_on,
    who_comes_back_sees_what_it_says_by_then,
    those_who_edit_change_it_and_of_public_channels_nobody,
);

async fn sets(person: &Person, conversation: ConversationId, on: bool) -> Result<(), ErrorCode> {
    ask(person, SetSharedHistory { conversation, on }).await.map(drop).map_err(|error| error.code)
}

async fn texts(person: &Person, conversation: ConversationId) -> Vec<String> {
    reads(person, conversation).await.expect("a copy").0
}

async fn events(person: &Person, conversation: ConversationId) -> Vec<SystemEvent> {
    let Page::Tail { part, .. } = person.page(StreamId::Conversation(conversation), From::Tail { messages: 100 }, 1_000).await else {
        panic!("not a tail");
    };
    happened(&part.rows)
}

async fn it_holds_for_who_comes_from_then_on(database: Database) {
    let mut host = Host::start(database).await;
    let mut people = vec![];
    for name in ["alice", "bob", "carol", "dora"] {
        people.push(host.resident(name).await);
    }
    let [alice, bob, ..] = &people[..] else { panic!("four people") };
    let talk = alice.group("Walks", &[bob], true).await;
    alice.send(talk, "first").await;
    sets(alice, talk, false).await.unwrap();
    sets(alice, talk, false).await.unwrap();
    let told = events(bob, talk).await;
    assert_eq!(told, [SystemEvent::HistorySet { shared: false }], "what is so already is not told again");
    host.restart().await;
    let people: Vec<Person> = people.iter().map(|person| person.at(&host)).collect();
    let [alice, bob, carol, dora] = &people[..] else { panic!("four people") };
    alice.add(talk, carol).await.unwrap();
    alice.send(talk, "second").await;
    assert_eq!(texts(carol, talk).await, ["second"]);
    assert!(!events(carol, talk).await.contains(&SystemEvent::HistorySet { shared: false }), "that was before her time");
    sets(alice, talk, true).await.unwrap();
    alice.add(talk, dora).await.unwrap();
    assert_eq!(texts(dora, talk).await, ["first", "second"]);
    assert_eq!(texts(carol, talk).await, ["second"], "who is there sees what they saw");
    assert_eq!(texts(bob, talk).await, ["first", "second"]);
    let rows = copy(dora, StreamId::Conversation(talk)).await.expect("a copy").0;
    assert!(rows.iter().any(|row| matches!(row, RowData::Conversation(row) if row.shared_history)));
}

async fn who_comes_back_sees_what_it_says_by_then(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let talk = alice.group("Walks", &[&bob], true).await;
    alice.send(talk, "first").await;
    alice.remove(talk, &bob).await.unwrap();
    alice.send(talk, "while he was away").await;
    sets(&alice, talk, false).await.unwrap();
    alice.add(talk, &bob).await.unwrap();
    alice.send(talk, "again").await;
    assert_eq!(texts(&bob, talk).await, ["first", "again"]);
    alice.remove(talk, &bob).await.unwrap();
    sets(&alice, talk, true).await.unwrap();
    alice.add(talk, &bob).await.unwrap();
    assert_eq!(texts(&bob, talk).await, ["first", "while he was away", "again"]);
}

async fn those_who_edit_change_it_and_of_public_channels_nobody(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let talk = alice.group("Walks", &[&bob], true).await;
    assert_eq!(sets(&bob, talk, false).await, Err(ErrorCode::NotAllowed));
    assert_eq!(sets(&carol, talk, false).await, Err(ErrorCode::NotFound));
    ask(&alice, SetMemberRole { conversation: talk, member: bob.user, role: MemberRole::Admin }).await.unwrap();
    assert_eq!(sets(&bob, talk, false).await, Ok(()));
    let direct = alice.direct(&bob).await;
    let group = team(&alice, &[&bob]).await;
    let (plans, secret) = (opens(&alice, channel(group, "plans")).await, opens(&alice, private(group, "secret", &[&bob])).await);
    assert_eq!(sets(&alice, direct, false).await, Err(ErrorCode::BadRequest));
    assert_eq!(sets(&alice, plans, false).await, Err(ErrorCode::BadRequest));
    assert_eq!(sets(&bob, secret, false).await, Err(ErrorCode::NotAllowed));
    assert_eq!(sets(&alice, secret, false).await, Ok(()));
}
