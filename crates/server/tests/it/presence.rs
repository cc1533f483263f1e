//! Who is here, and who is told.

use crate::{
    friends::{answer, ask, block, unblock},
    host::{Database, Host},
    person::Person,
    socket::Socket,
};
use hearth_protocol::{
    frame::ServerFrame,
    ids::{MutationId, UserId},
    limits::WATCHED_MAX,
    mutations::SetPrivacy,
    presence::Presence::{self, Away, Offline, Online, Unknown},
    profile::{PrivacyField, SeenBy},
};

on_both_databases!(
    who_watches_is_told_how_people_are,
    nobody_is_told_who_may_not_know_when_they_were_seen,
    what_may_not_be_seen_any_more_is_told_no_further,
);

/// How somebody is told to be, sooner or later.
async fn becomes(socket: &mut Socket, user: UserId, presence: Presence) {
    while !socket.presence().await.contains(&(user, presence)) {}
}

/// Asks, and again whenever the server says so, until somebody is told to be so.
async fn settles(socket: &mut Socket, of: &Person, wanted: Presence) {
    socket.watch(&[of]).await;
    loop {
        match socket.next().await.expect("an open socket") {
            ServerFrame::Profiles => socket.watch(&[of]).await,
            ServerFrame::Presence(people) if people.iter().any(|one| (one.user, one.presence) == (of.user, wanted)) => return,
            _ => {}
        }
    }
}

async fn let_see(person: &Person, to: SeenBy) {
    person.perform(MutationId::new(), SetPrivacy { field: PrivacyField::LastSeen, to }.into()).await.unwrap();
}

async fn who_watches_is_told_how_people_are(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    alice.direct(&bob).await;
    let mut watching = alice.socket().await;
    watching.watch(&[&bob]).await;
    assert_eq!(watching.presence().await, [(bob.user, Offline)]);
    let mut first = bob.socket().await;
    becomes(&mut watching, bob.user, Online).await;
    first.idle(true).await;
    becomes(&mut watching, bob.user, Away).await;
    // In front of another computer of his.
    let second = host.returning("bob").await.socket().await;
    becomes(&mut watching, bob.user, Online).await;
    drop(second);
    becomes(&mut watching, bob.user, Away).await;
    first.idle(false).await;
    becomes(&mut watching, bob.user, Online).await;
    drop(first);
    becomes(&mut watching, bob.user, Offline).await;
    watching.watch(&[]).await;
    assert_eq!(watching.presence().await, []);
}

async fn nobody_is_told_who_may_not_know_when_they_were_seen(database: Database) {
    let host = Host::start(database).await;
    let (alice, contact, colleague, stranger, blocked) = (
        host.resident("alice").await,
        host.resident("contact").await,
        host.resident("colleague").await,
        host.resident("stranger").await,
        host.resident("blocked").await,
    );
    ask(&alice, &contact).await;
    answer(&contact, &alice, true).await.unwrap();
    alice.group("Climbing", &[&colleague, &blocked], true).await;
    block(&alice, &blocked).await;
    let _here = alice.socket().await;
    for to in [SeenBy::Everyone, SeenBy::Contacts, SeenBy::Nobody] {
        let_see(&alice, to).await;
        for (viewer, sees) in
            [(&alice, true), (&contact, to != SeenBy::Nobody), (&colleague, to == SeenBy::Everyone), (&stranger, false), (&blocked, false)]
        {
            let mut socket = viewer.socket().await;
            socket.watch(&[&alice]).await;
            let told = socket.presence().await;
            assert_eq!(told, [(alice.user, if sees { Online } else { Unknown })], "{to:?} {}", viewer.user);
        }
    }
    // Of more people than a screen has the first are told.
    let mut socket = stranger.socket().await;
    socket.watch(&vec![&alice; WATCHED_MAX + 1]).await;
    assert_eq!(socket.presence().await.len(), WATCHED_MAX);
}

async fn what_may_not_be_seen_any_more_is_told_no_further(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let group = alice.group("Climbing", &[&bob, &carol], true).await;
    let mut watching = bob.socket().await;
    settles(&mut watching, &alice, Offline).await;
    let_see(&alice, SeenBy::Nobody).await;
    let _here = alice.socket().await;
    settles(&mut watching, &alice, Unknown).await;
    let_see(&alice, SeenBy::Everyone).await;
    settles(&mut watching, &alice, Online).await;
    block(&alice, &bob).await;
    settles(&mut watching, &alice, Unknown).await;
    unblock(&alice, &bob).await;
    settles(&mut watching, &alice, Online).await;
    alice.remove(group, &bob).await.unwrap();
    settles(&mut watching, &alice, Unknown).await;
}
