//! Deleting an account: what ends at once, what goes afterwards, and what others are left with.

use crate::{
    host::{Database, Host, PASSWORD, sign_up},
    person::{Person, message},
    socket::Socket,
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    frame::ServerFrame,
    ids::{ConversationId, GroupId, MutationId, UserId},
    mutation::Mutation,
    mutations::{AddGroupMembers, CreateDirect, CreateGroup, MarkDelivered, RemoveGroupMember},
    rows::{MemberRole, Person as PersonRow, RowData},
    stream::StreamId,
};
use serde_json::{Value, json};

on_both_databases!(
    a_deleted_account_is_gone_at_once_and_for_good,
    what_was_written_goes_with_it,
    what_is_left_when_the_server_stops_goes_after_the_next_start,
    others_keep_their_conversations,
    an_account_that_others_depend_on_stays,
);

pub async fn delete(person: &Person, password: &str) -> Result<(), ApiError> {
    person.post::<Value>("/v1/account/delete", &json!({ "password": password })).await.map(drop)
}

/// Reads until nothing that the person has written is left; everybody's messages as they are then.
async fn erased(
    reader: &Person,
    socket: &mut Socket,
    conversation: ConversationId,
    gone: UserId,
) -> Vec<hearth_protocol::rows::MessageRow> {
    loop {
        let all = reader.messages(conversation).await;
        if all.iter().all(|message| message.sender != gone || message.body.is_none()) {
            return all;
        }
        socket.rows(StreamId::Conversation(conversation)).await;
    }
}

async fn people(reader: &Person, stream: StreamId) -> Vec<(PersonRow, bool, MemberRole)> {
    let rows = reader.changes(stream, 0, 1_000).await.0.rows;
    let person = |data: RowData| match data {
        RowData::Member(row) => Some((row.person, row.left_at.is_some(), row.role)),
        RowData::GroupMember(row) => Some((row.person, row.left_at.is_some(), row.role)),
        _ => None,
    };
    rows.into_iter().filter_map(|row| person(row.data)).collect()
}

async fn a_deleted_account_is_gone_at_once_and_for_good(database: Database) {
    let host = Host::start(database).await;
    let (_admin, alice) = (host.resident("ada").await, host.resident("alice").await);
    let other = host.returning("alice").await;
    let mut socket = other.socket().await;
    assert_eq!(delete(&alice, "wrong").await.unwrap_err().code, ErrorCode::WrongCredentials);
    assert!(alice.get::<Value>("/v1/people?q=ada").await.is_ok(), "nothing has happened");
    delete(&alice, PASSWORD).await.unwrap();
    let mut last = None;
    while let Some(frame) = socket.next().await {
        last = Some(frame);
    }
    assert!(matches!(&last, Some(ServerFrame::Bye { error: Some(error), .. }) if error.code == ErrorCode::AccountDeleted), "{last:?}");
    for person in [&alice, &other] {
        assert_eq!(person.get::<Value>("/v1/people?q=ada").await.unwrap_err().code, ErrorCode::AccountDeleted);
    }
    assert_eq!(host.sign_in("alice", PASSWORD).await.map(drop).unwrap_err().code, ErrorCode::WrongCredentials);
    for taken in ["alice", "ALICE", "аlісе"] {
        let refused = host.sign_up(&sign_up(taken)).await.map(drop).unwrap_err().code;
        assert!(matches!(refused, ErrorCode::UsernameTaken | ErrorCode::InvalidUsername), "nobody takes her place: {taken} {refused:?}");
    }
}

async fn what_was_written_goes_with_it(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let (direct, group) = (bob.direct(&alice).await, alice.group("Lab", &[&bob], true).await);
    for text in ["one", "two"] {
        bob.send(direct, text).await;
        alice.send(direct, "mine").await;
        bob.send(group, text).await;
    }
    bob.mark_read(direct, 3).await;
    bob.perform(MutationId::new(), MarkDelivered { conversation: direct, pos: 4 }.into()).await.unwrap();
    bob.remove(group, &bob).await.unwrap();
    let mut socket = alice.socket().await;
    delete(&bob, PASSWORD).await.unwrap();
    for (conversation, mine) in [(direct, 2), (group, 0)] {
        let left = erased(&alice, &mut socket, conversation, bob.user).await;
        assert_eq!(left.iter().filter(|message| message.body.is_some()).count(), mine, "also where he had left before");
    }
    // The receipts go last, before the server says that nothing is left: a second deletion waits for the first.
    let carol = host.resident("carol").await;
    let shared = carol.direct(&alice).await;
    carol.send(shared, "bye").await;
    delete(&carol, PASSWORD).await.unwrap();
    erased(&alice, &mut socket, shared, carol.user).await;
    let receipts = alice.changes(StreamId::Receipts(direct), 0, 1_000).await.0.rows;
    let of_bob = receipts.iter().filter(|row| row.data.key().id.contains(&bob.user.to_string())).count();
    assert_eq!(of_bob, 0, "{receipts:?}");
}

async fn what_is_left_when_the_server_stops_goes_after_the_next_start(database: Database) {
    let mut host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let direct = bob.direct(&alice).await;
    for _ in 0..13 {
        let batch = (0..50).map(|n| Mutation::new(MutationId::new(), message(direct, &n.to_string()))).collect();
        bob.try_mutate(batch).await.unwrap();
    }
    delete(&bob, PASSWORD).await.unwrap();
    host.restart().await;
    let alice = alice.at(&host);
    let mut socket = alice.socket().await;
    let left = erased(&alice, &mut socket, direct, bob.user).await;
    assert_eq!(left.len(), 650, "each leaves a tombstone");
}

async fn others_keep_their_conversations(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let (direct, lab) = (bob.direct(&alice).await, bob.group("Lab", &[&alice, &carol], true).await);
    let team = GroupId::new();
    let perform = async |by: &Person, intent: hearth_protocol::mutations::Intent| by.perform(MutationId::new(), intent).await;
    perform(&alice, CreateGroup { group: team, name: "Team".into(), about: String::new() }.into()).await.unwrap();
    perform(&alice, AddGroupMembers { group: team, people: [bob.user].into() }.into()).await.unwrap();
    alice.send(direct, "hello").await;
    delete(&bob, PASSWORD).await.unwrap();

    let gone = PersonRow::deleted(bob.user);
    for stream in [StreamId::Members(direct), StreamId::Members(lab), StreamId::Group(team)] {
        let found = people(&alice, stream).await;
        assert!(found.iter().any(|(person, left, _)| *person == gone && *left), "{stream:?} {found:?}");
    }
    let owner = people(&alice, StreamId::Members(lab)).await.into_iter().find(|(_, left, role)| !left && *role == MemberRole::Owner);
    assert_eq!(owner.map(|(person, ..)| person.user), Some(alice.user), "somebody owns what he owned");
    let mine = alice.changes(StreamId::User(alice.user), 0, 1_000).await.0.rows;
    let peer = mine.iter().find_map(|row| match &row.data {
        RowData::Membership(row) if row.conversation == direct => row.peer.clone(),
        _ => None,
    });
    assert_eq!(peer, Some(gone), "the list names nobody");
    assert_eq!(alice.messages(direct).await.len(), 1, "what she wrote is hers");
    let refused = alice.try_send(direct, "are you there?").await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowed, "{refused:?}");
    let again = CreateDirect { conversation: ConversationId::direct(carol.user, bob.user), peer: bob.user };
    assert_eq!(perform(&carol, again.into()).await.unwrap_err(), ApiError::not_found());
    assert_eq!(carol.add(lab, &bob).await.unwrap_err().code, ErrorCode::NotAllowed, "she is no owner");
    assert_eq!(alice.add(lab, &bob).await.unwrap_err(), ApiError::not_found());
    assert_eq!(
        perform(&alice, AddGroupMembers { group: team, people: [bob.user].into() }.into()).await.unwrap_err(),
        ApiError::not_found()
    );
    let found: Value = alice.get("/v1/people?q=bob").await.unwrap();
    assert!(!found.to_string().contains(&bob.user.to_string()), "{found}");
}

async fn an_account_that_others_depend_on_stays(database: Database) {
    let host = Host::start(database).await;
    let admin = host.resident("ada").await;
    delete(&admin, PASSWORD).await.unwrap();
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let refused = delete(&alice, PASSWORD).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::OnlyOwner, "the first who came after a server was empty is its admin: {refused:?}");
    let team = GroupId::new();
    bob.perform(MutationId::new(), CreateGroup { group: team, name: "Team".into(), about: String::new() }.into()).await.unwrap();
    bob.perform(MutationId::new(), AddGroupMembers { group: team, people: [alice.user].into() }.into()).await.unwrap();
    assert_eq!(delete(&bob, PASSWORD).await.unwrap_err().code, ErrorCode::OnlyOwner);
    assert!(bob.get::<Value>("/v1/people?q=ada").await.is_ok(), "nothing has happened");
    alice.perform(MutationId::new(), RemoveGroupMember { group: team, person: alice.user }.into()).await.unwrap();
    delete(&bob, PASSWORD).await.unwrap();
}
