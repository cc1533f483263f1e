//! Somebody is called differently from here on: every row that shows them says so.

use crate::{
    channels::{add, ask, channel, copy, opens, private, remove, team},
    friends::{self, block},
    host::{Database, Host, PASSWORD, sign_up},
    invitations::invitation,
    person::Person,
};
use hearth_protocol::{
    account::PeopleFound,
    error::{ApiError, ErrorCode},
    frame::ServerFrame,
    ids::{GroupId, MutationId, UserId},
    limits::NAME_CHARS_MAX,
    mutation::{Mutation, Outcome, Part},
    mutations::{AddGroupMembers, CreateGroup, RemoveGroupMember, SetName},
    row::Row,
    rows::{Person as PersonRow, RowData},
    stream::StreamId,
    sync::{From, Page},
};
use hearth_server::Rate;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

on_both_databases!(
    every_row_that_shows_somebody_says_their_new_name,
    a_name_is_held_to_the_rules_of_signing_up,
    the_last_name_that_arrives_stands,
    a_batch_sees_the_new_name,
    names_are_changed_so_often_and_not_more_often,
    who_has_changed_their_name_can_still_go,
);

fn name(first: &str, last: &str) -> SetName {
    SetName { first_name: first.into(), last_name: last.into() }
}

async fn call(person: &Person, first: &str, last: &str) -> Result<Vec<Part>, ApiError> {
    ask(person, name(first, last)).await
}

/// The names under which somebody stands in a row: at most once each.
fn names_in(row: &RowData, user: UserId) -> Vec<String> {
    fn look(value: &Value, user: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) if fields.get("user").is_some_and(|id| id == user) && fields.contains_key("first_name") => {
                let word = |field: &str| fields[field].as_str().unwrap_or_default().to_owned();
                found.push(format!("{} {}", word("first_name"), word("last_name")).trim().to_owned());
            }
            Value::Object(fields) => fields.values().for_each(|value| look(value, user, found)),
            Value::Array(values) => values.iter().for_each(|value| look(value, user, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    look(&serde_json::to_value(Row { seq: 1, data: row.clone() }).expect("a row"), &user.to_string(), &mut found);
    found
}

/// How far a device that follows everything is.
async fn cursors(person: &Person) -> BTreeMap<StreamId, (u64, u64)> {
    let mut cursors = BTreeMap::new();
    for head in person.heads(None).await.heads {
        cursors.insert(head.stream, (head.head, head.vis_ver));
        if let StreamId::Conversation(id) = head.stream {
            let members = StreamId::Members(id);
            let Page::Tail { part, .. } = person.page(members, From::Tail { messages: 0 }, 1_000).await else { panic!("no members") };
            cursors.insert(members, (part.seq, part.vis_ver));
        }
    }
    cursors
}

async fn every_row_that_shows_somebody_says_their_new_name(database: Database) {
    let host = Host::start(database).await;
    let alice = host.resident("alice").await;
    let mut others = Vec::new();
    for username in ["bob", "carol", "dave", "erin", "frank"] {
        others.push(host.resident(username).await);
    }
    let [bob, carol, dave, erin, frank] = others.as_slice() else { unreachable!() };
    // Where she is, where she was, who knows her, whom she asks and who asks her, and who wants nothing to do with her.
    alice.direct(bob).await;
    let (lab, left) = (alice.group("Lab", &[bob, carol], true).await, bob.group("Left", &[&alice, carol], true).await);
    alice.send(left, "bye").await;
    alice.remove(left, &alice).await.unwrap();
    let (ours, gone) = (team(&alice, &[bob]).await, team(bob, &[&alice, carol]).await);
    opens(&alice, channel(ours, "all")).await;
    opens(&alice, private(ours, "secret", &[bob])).await;
    remove(bob, gone, &alice).await.unwrap();
    friends::ask(&alice, bob).await;
    friends::answer(bob, &alice, true).await.unwrap();
    friends::ask(&alice, carol).await;
    friends::ask(dave, &alice).await;
    ask(&alice, invitation(ours, &alice, dave.user, "come")).await.unwrap();
    block(erin, &alice).await;
    let everybody = [&alice, bob, carol, dave, erin, frank];
    let mut before = Vec::new();
    for person in everybody {
        before.push(cursors(person).await);
    }
    let mut socket = carol.socket().await;

    let parts = call(&alice, "Alice Maria", "Sørensen").await.unwrap();
    let streams: BTreeSet<StreamId> = parts.iter().map(|part| part.stream).collect();
    assert_eq!(streams, [StreamId::User(alice.user)].into(), "the answer is as short in a thousand places");
    let pushed = socket
        .until(|frame| match frame {
            ServerFrame::Rows(part) if part.stream == StreamId::Members(lab) => Some(part.rows),
            _ => None,
        })
        .await;
    assert_eq!(pushed.len(), 1, "she alone is different: {pushed:?}");

    let mut shown: BTreeMap<String, usize> = BTreeMap::new();
    for (person, before) in everybody.into_iter().zip(before) {
        for (stream, (head, vis_ver)) in before {
            let (whole, _) = copy(person, stream).await.expect("nothing is out of sight");
            let showing: Vec<&RowData> = whole.iter().filter(|row| !names_in(row, alice.user).is_empty()).collect();
            for row in &showing {
                assert!(names_in(row, alice.user).iter().all(|name| name == "Alice Maria Sørensen"), "{stream:?} {row:?}");
                *shown.entry(row.key().kind).or_default() += 1;
            }
            let (part, _) = person.changes_under(vis_ver, stream, head, 1_000).await;
            let told: Vec<&RowData> = part.rows.iter().map(|row| &row.data).collect();
            for row in showing {
                assert!(told.contains(&row), "a device that follows is told as well: {stream:?} {row:?} is not in {told:?}");
            }
            assert!(told.iter().all(|row| !names_in(row, alice.user).is_empty()), "and of nothing else: {stream:?} {told:?}");
        }
    }
    let expected = [
        ("account", 1),
        ("block", 1),
        ("contact", 1),
        // The team by two, and the one that she has left by two.
        ("group_member", 4),
        // Both copies of four.
        ("invitation", 8),
        // Of the direct conversation, of Lab, of Left without her, and of the private channel.
        ("member", 2 + 3 + 2 + 2),
        ("membership", 1),
    ];
    assert_eq!(shown, expected.map(|(kind, rows)| (kind.to_owned(), rows)).into());
    let find = async |word: &str| frank.get::<PeopleFound>(&format!("/v1/people?q={word}")).await.unwrap().people;
    assert_eq!(find("maria").await.into_iter().map(|person| person.user).collect::<Vec<_>>(), [alice.user]);
    let found = find("alice").await;
    let (first, last) = ("Alice Maria".to_owned(), "Sørensen".to_owned());
    assert_eq!(found, [PersonRow { user: alice.user, username: "alice".into(), first_name: first, last_name: last }], "by her username");
    call(&alice, "Ally", "").await.unwrap();
    assert_eq!(find("maria").await, []);
    let again = host.sign_in("alice", PASSWORD).await.unwrap().account;
    assert_eq!((again.username.as_str(), again.first_name.as_str(), again.last_name.as_str()), ("alice", "Ally", ""));
}

async fn a_name_is_held_to_the_rules_of_signing_up(database: Database) {
    let host = Host::start(database).await;
    let alice = host.resident("alice").await;
    let mine = async || {
        let rows = copy(&alice, StreamId::User(alice.user)).await.unwrap().0;
        let account = rows.into_iter().find_map(|row| if let RowData::Account(row) = row { Some(row) } else { None }).unwrap();
        (account.first_name, account.last_name)
    };
    let before = mine().await;
    let long = "x".repeat(NAME_CHARS_MAX + 1);
    for (first, last) in [("", "Berg"), ("  ", ""), ("\u{202e}\u{200b}", ""), ("\u{3164}", ""), (&long, ""), ("Ada", &long)] {
        let mut signing_up = sign_up("somebody");
        (signing_up.first_name, signing_up.last_name) = (first.into(), last.into());
        let refused = call(&alice, first, last).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::InvalidName, "{first:?} {last:?}");
        assert_eq!(host.sign_up(&signing_up).await.map(drop).unwrap_err(), refused, "in the same words");
    }
    assert_eq!(mine().await, before, "nothing has happened");
    call(&alice, " Ada\u{202e}\n ", "\u{2066}Lovelace\0\u{2069} ").await.unwrap();
    assert_eq!(mine().await, ("Ada".to_owned(), "Lovelace".to_owned()));
    let most = "é".repeat(NAME_CHARS_MAX);
    call(&alice, &most, &most).await.unwrap();
    assert_eq!(mine().await, (most.clone(), most.clone()));
    // Who is called so already has changed nothing, and is told so.
    let head = cursors(&alice).await[&StreamId::User(alice.user)];
    let parts = call(&alice, &format!(" {most}\u{200b}"), &most).await.unwrap();
    assert!(matches!(parts[0].rows[0].data, RowData::Account(_)), "{parts:?}");
    assert_eq!(cursors(&alice).await[&StreamId::User(alice.user)], head);
}

async fn the_last_name_that_arrives_stands(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let elsewhere = host.returning("alice").await;
    let direct = alice.direct(&bob).await;
    let id = MutationId::new();
    alice.perform(id, name("One", "").into()).await.unwrap();
    call(&elsewhere, "Two", "").await.unwrap();
    // A retry of what has arrived does nothing any more.
    let parts = alice.perform(id, name("One", "").into()).await.unwrap();
    assert_eq!(parts.iter().flat_map(|part| &part.rows).flat_map(|row| names_in(&row.data, alice.user)).collect::<Vec<_>>(), ["Two"]);
    let members = copy(&bob, StreamId::Members(direct)).await.unwrap().0;
    assert_eq!(members.iter().flat_map(|row| names_in(row, alice.user)).collect::<Vec<_>>(), ["Two"]);
}

/// What earlier mutations of a batch have changed is not written yet.
async fn a_batch_sees_the_new_name(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let (made, direct) = (GroupId::new(), alice.direct(&carol).await);
    let known = team(&bob, &[&alice]).await;
    let mutations = [
        CreateGroup { group: made, name: "New".into(), about: String::new() }.into(),
        AddGroupMembers { group: made, people: [bob.user].into() }.into(),
        name("Anna", "").into(),
        name("Hanna", "Berg").into(),
        RemoveGroupMember { group: known, person: alice.user }.into(),
    ];
    let mutations = mutations.into_iter().map(|intent| Mutation { id: MutationId::new(), after: None, intent }).collect();
    let acked = alice.try_mutate(mutations).await.unwrap();
    assert!(acked.iter().all(|acked| matches!(acked.outcome, Outcome::Applied(_))), "{acked:?}");
    add(&bob, known, &[&carol]).await.unwrap();
    for (person, stream) in [(&bob, StreamId::Group(made)), (&bob, StreamId::Group(known)), (&carol, StreamId::Members(direct))] {
        let rows = copy(person, stream).await.unwrap().0;
        assert_eq!(rows.iter().flat_map(|row| names_in(row, alice.user)).collect::<Vec<_>>(), ["Hanna Berg"], "{stream:?}");
    }
}

async fn names_are_changed_so_often_and_not_more_often(database: Database) {
    let host = Host::start_with(database, |config| config.limits.costs = Rate { burst: 25_000, per_minute: 1 }).await;
    let alice = host.resident("alice").await;
    for first in ["One", "Two"] {
        call(&alice, first, "").await.unwrap();
    }
    assert_eq!(call(&alice, "Three", "").await.unwrap_err().code, ErrorCode::RateLimited);
    assert!(alice.get::<Value>("/v1/people?q=one").await.is_ok(), "something is left for all else");
}

/// Deleting an account goes through the same rows.
async fn who_has_changed_their_name_can_still_go(database: Database) {
    let host = Host::start(database).await;
    let (_admin, alice, bob) = (host.resident("ada").await, host.resident("alice").await, host.resident("bob").await);
    let direct = alice.direct(&bob).await;
    friends::ask(&alice, &bob).await;
    call(&alice, "Anna", "Berg").await.unwrap();
    crate::deletions::delete(&alice, PASSWORD).await.unwrap();
    for stream in [StreamId::Members(direct), StreamId::User(bob.user)] {
        let rows = copy(&bob, stream).await.unwrap().0;
        let names: Vec<String> = rows.iter().flat_map(|row| names_in(row, alice.user)).collect();
        assert!(!names.is_empty() && names.iter().all(String::is_empty), "{stream:?} {names:?}");
    }
}
