//! What messages said before they were edited: for whoever sees them, for as long as they are there.

use crate::{
    channels,
    deletions::delete,
    group_life::count,
    host::{Database, Host, PASSWORD},
    person::{Person, message},
};
use hearth_protocol::{
    body::Body,
    error::ApiError,
    ids::{ConversationId, MutationId},
    limits::MESSAGE_VERSIONS_MAX,
    mutation::{Mutation, Outcome},
    mutations::{DeleteGroup, DeleteMessage, EditMessage},
    stream::StreamId,
};

on_both_databases!(
    what_a_message_said_can_be_looked_up,
    edits_of_one_batch_are_all_kept,
    the_first_version_is_told_whatever_comes_after_it,
    only_who_sees_the_message_sees_what_it_said,
    versions_go_with_their_message,
    versions_go_with_the_account_that_wrote_them,
);

/// Revisions and texts.
async fn said(reader: &Person, of: (ConversationId, MutationId)) -> Vec<(u32, String)> {
    let versions = reader.versions(of).await.unwrap().versions;
    versions.into_iter().map(|version| (version.revision, version.body.searchable().unwrap_or_default().to_owned())).collect()
}

fn texts(of: &[&str]) -> Vec<(u32, String)> {
    (0..).zip(of.iter().map(|text| (*text).to_owned())).collect()
}

/// How many versions the database holds, of all messages.
async fn held(host: &Host) -> i64 {
    count(host, "SELECT COUNT(*) FROM message_version").await
}

fn change((conversation, message): (ConversationId, MutationId), based_on: u32, text: &str) -> Mutation {
    Mutation::new(MutationId::new(), EditMessage { conversation, message, based_on, body: Body::text(text) })
}

async fn what_a_message_said_can_be_looked_up(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let sent = alice.send(conversation, "at noon").await;
    let of = (conversation, sent.id);
    assert_eq!(said(&bob, of).await, texts(&["at noon"]), "one that was never edited has one");
    alice.edit(of, 0, "at one").await.unwrap();
    alice.edit(of, 1, "at two").await.unwrap();
    // What is refused is no version.
    assert!(alice.edit(of, 1, "at three").await.is_err() && bob.edit(of, 2, "at four").await.is_err());
    for reader in [&alice, &bob] {
        assert_eq!(said(reader, of).await, texts(&["at noon", "at one", "at two"]));
    }
    let versions = bob.versions(of).await.unwrap().versions;
    let row = bob.messages(conversation).await.remove(0);
    assert_eq!((versions[0].edited_at, versions[2].edited_at), (None, row.edited_at));
    assert!(versions[1].edited_at.is_some_and(|at| at >= sent.created_at && Some(at) <= row.edited_at));
}

async fn edits_of_one_batch_are_all_kept(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let id = MutationId::new();
    let (of, sent) = ((conversation, id), Mutation::new(id, message(conversation, "one")));
    let batch = vec![sent, change(of, 0, "two"), change(of, 1, "three")];
    let again = batch.clone();
    for round in [batch, again] {
        let acked = alice.try_mutate(round).await.unwrap();
        assert!(acked.iter().all(|acked| matches!(acked.outcome, Outcome::Applied(_))), "{acked:?}");
        assert_eq!(said(&bob, of).await, texts(&["one", "two", "three"]), "once each, also when it comes again");
    }
}

async fn the_first_version_is_told_whatever_comes_after_it(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let of = (conversation, alice.send(conversation, "what I said").await.id);
    let edits = u32::try_from(MESSAGE_VERSIONS_MAX).unwrap() + 5;
    let all: Vec<Mutation> = (0..edits).map(|based_on| change(of, based_on, &based_on.to_string())).collect();
    for batch in all.chunks(35) {
        alice.try_mutate(batch.to_vec()).await.unwrap();
    }
    let told = said(&bob, of).await;
    assert_eq!(told.len(), MESSAGE_VERSIONS_MAX);
    assert_eq!(told[0], (0, "what I said".to_owned()));
    let newest: Vec<u32> = told.iter().skip(1).map(|(revision, _)| *revision).collect();
    assert_eq!(newest, (7..=edits).collect::<Vec<_>>(), "those between the first and the newest are left out");
}

async fn only_who_sees_the_message_sees_what_it_said(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let (carol, eve) = (host.resident("carol").await, host.resident("eve").await);
    let group = alice.group("Readers", &[&bob], false).await;
    let early = (group, alice.send(group, "early").await.id);
    alice.edit(early, 0, "earlier").await.unwrap();
    alice.add(group, &carol).await.unwrap();
    let late = (group, alice.send(group, "late").await.id);
    alice.edit(late, 0, "later").await.unwrap();
    assert_eq!(said(&bob, early).await.len(), 2);
    assert_eq!(carol.versions(early).await.unwrap_err(), ApiError::not_found(), "from before she came");
    assert_eq!(said(&carol, late).await, texts(&["late", "later"]));
    assert_eq!(eve.versions(late).await.unwrap_err(), ApiError::not_found());
    // In another conversation there is no such message.
    let elsewhere = alice.direct(&eve).await;
    assert_eq!(alice.versions((elsewhere, late.1)).await.unwrap_err(), ApiError::not_found());
    alice.remove(group, &bob).await.unwrap();
    assert_eq!(bob.versions(early).await.unwrap_err(), ApiError::not_found());
}

async fn versions_go_with_their_message(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let mut sent = vec![];
    for text in ["deleted", "removed by the policy", "kept"] {
        let of = (conversation, alice.send(conversation, text).await.id);
        alice.edit(of, 0, "another text").await.unwrap();
        sent.push(of);
    }
    assert_eq!(held(&host).await, 3);
    alice.delete(sent[0]).await.unwrap();
    assert_eq!((said(&bob, sent[0]).await, held(&host).await), (vec![], 2));
    // Edited and deleted in one batch: nothing of it is written.
    let brief = (conversation, MutationId::new());
    let ended = Mutation::new(MutationId::new(), DeleteMessage { conversation, message: brief.1 });
    let batch = vec![Mutation::new(brief.1, message(conversation, "brief")), change(brief, 0, "briefer"), ended];
    alice.try_mutate(batch).await.unwrap();
    assert_eq!((said(&bob, brief).await, held(&host).await), (vec![], 2));
    let rows = bob.messages(conversation).await;
    let last = rows.iter().find(|row| row.id == sent[2].1).unwrap();
    host.server().retain_now(last.created_at).await.unwrap();
    let left = rows.iter().filter(|row| row.body.is_some() && row.created_at >= last.created_at).count();
    assert_eq!(held(&host).await, i64::try_from(left).unwrap(), "what the policy removes goes with its versions");
    assert_eq!(said(&bob, sent[2]).await, texts(&["kept", "another text"]));
    // With a group go its channels, and what was said there.
    let before = held(&host).await;
    let team = channels::team(&alice, &[&bob]).await;
    let plans = channels::opens(&alice, channels::channel(team, "plans")).await;
    let of = (plans, alice.send(plans, "one").await.id);
    alice.edit(of, 0, "two").await.unwrap();
    assert_eq!(held(&host).await, before + 1);
    channels::ask(&alice, DeleteGroup { group: team }).await.unwrap();
    host.server().purge_groups_now().await.unwrap();
    assert_eq!(held(&host).await, before);
}

async fn versions_go_with_the_account_that_wrote_them(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    for (who, text) in [(&alice, "mine"), (&bob, "his")] {
        let of = (conversation, who.send(conversation, text).await.id);
        who.edit(of, 0, "another text").await.unwrap();
    }
    let mut socket = alice.socket().await;
    delete(&bob, PASSWORD).await.unwrap();
    let stream = StreamId::Conversation(conversation);
    while alice.messages(conversation).await.iter().any(|row| row.sender == bob.user && row.body.is_some()) {
        socket.rows(stream).await;
    }
    assert_eq!(held(&host).await, 1, "what others wrote stays");
}
