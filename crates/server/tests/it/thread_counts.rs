//! What counts in threads equals what one counts by hand, over random histories: mentions in heads, the conversation's own unread without
//! asides, and who stands to which thread once its root is gone.

use crate::{
    channels,
    host::{Database, Host},
    person::Person,
};
use fastrand::Rng;
use hearth_protocol::{
    Pos,
    body::Body,
    ids::{ConversationId, MessageId, MutationId},
    mutations::{AddMembers, FollowThread, Intent, MarkRead, ReadThread, SendMessage, SetChannelPrivate, UnreadThread},
    rows::{MessageRow, NotificationKind, NotificationRow, RowData, ThreadRow},
    stream::StreamId,
};
use std::collections::BTreeMap;

on_both_databases!(
    what_counts_in_threads_is_what_one_counts_by_hand,
    a_thread_is_unread_from_a_message_on_and_nobody_is_told,
    a_mention_in_a_thread_that_was_left_from_outside_is_read,
);

/// What somebody's own stream says of a conversation.
struct Own {
    read: Pos,
    threads: BTreeMap<MessageId, ThreadRow>,
    told: Vec<NotificationRow>,
}

async fn own(person: &Person, conversation: ConversationId) -> Own {
    let mut own = Own { read: 0, threads: BTreeMap::new(), told: vec![] };
    for row in person.changes(StreamId::User(person.user), 0, 1_000).await.0.rows {
        match row.data {
            RowData::ReadMarker(row) if row.conversation == conversation => own.read = row.pos,
            RowData::Thread(row) if row.ended_at.is_none() => drop(own.threads.insert(row.id, row)),
            RowData::Notification(row) if row.conversation == Some(conversation) => own.told.push(row),
            _ => {}
        }
    }
    own
}

/// Unread of the conversation, and how much of what is unread names or answers somebody.
fn by_hand(person: &Person, own: &Own, rows: &[MessageRow]) -> (u32, u32) {
    let said = |row: &MessageRow| row.body.as_ref().is_some_and(|body| !body.is_system());
    let unread = |row: &&MessageRow| row.sender != person.user && said(row) && !row.is_aside() && row.pos > own.read;
    let marker = |told: &NotificationRow| {
        let thread = told.thread_root.and_then(|root| own.threads.get(&root));
        thread.map_or(own.read, |thread| if thread.following { thread.read } else { Pos::MAX })
    };
    let names = |told: &&NotificationRow| {
        let kind = matches!(told.kind, NotificationKind::Mention | NotificationKind::Reply);
        kind && told.read_at.is_none() && told.pos.is_some_and(|pos| pos > marker(told))
    };
    let count = |many: usize| u32::try_from(many).expect("few");
    (count(rows.iter().filter(unread).count()), count(own.told.iter().filter(names).count()))
}

async fn counted(person: &Person, conversation: ConversationId) -> (u32, u32) {
    let heads = person.heads(None).await.heads;
    let head = heads.iter().find(|head| head.stream == StreamId::Conversation(conversation)).expect("its head");
    let unread = head.unread.expect("a count");
    (unread.count, unread.mentions)
}

async fn what_counts_in_threads_is_what_one_counts_by_hand(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let people = [&alice, &bob, &carol];
    let (mut asides, mut named, mut over, mut back) = (0, 0, 0, 0);
    for seed in 1..=3 {
        let conversation = alice.group("Walks", &[&bob, &carol], true).await;
        let mut dice = Rng::with_seed(seed);
        for _ in 0..60 {
            let by = people[dice.usize(..3)];
            let rows = alice.messages(conversation).await;
            let last = rows.last().map_or(0, |row| row.pos);
            let said: Vec<(MessageId, Pos)> = rows.iter().filter(|row| row.body.is_some()).map(|row| (row.id, row.pos)).collect();
            // What happened to the conversation has no thread.
            let of_none = |row: &&MessageRow| row.thread_root.is_none() && !row.body.as_ref().is_some_and(Body::is_system);
            let roots: Vec<MessageId> = rows.iter().filter(of_none).map(|row| row.id).collect();
            let body = match dice.usize(..3) {
                0 => Body::naming("you, @carol?", [carol.user].into()),
                _ => Body::text("so it is"),
            };
            let intent: Intent = match (dice.usize(..8), dice.choice(&roots).copied(), dice.choice(&said).copied()) {
                (0..3, Some(root), _) => {
                    let in_conversation = dice.usize(..3) == 0;
                    SendMessage { in_conversation, ..SendMessage::in_thread(conversation, root, body) }.into()
                }
                (3, Some(root), Some((_, pos))) => ReadThread { conversation, root, pos }.into(),
                (4, Some(root), _) => FollowThread { conversation, root, on: dice.usize(..2) == 0 }.into(),
                (5, _, Some((_, from))) if dice.usize(..2) == 0 => {
                    let threads = own(by, conversation).await.threads.into_values();
                    let read: Vec<_> = threads.filter(|row| row.following && row.read >= from).map(|row| row.id).collect();
                    let Some(root) = dice.choice(&read).copied() else { continue };
                    back += 1;
                    UnreadThread { conversation, root, from }.into()
                }
                (5, _, Some((_, pos))) => MarkRead { conversation, pos: pos.min(last) }.into(),
                (6, _, Some((message, _))) => {
                    let mine = rows.iter().find(|row| row.id == message).is_some_and(|row| row.sender == by.user);
                    if mine && !rows.iter().any(|row| row.id == message && row.body.as_ref().is_some_and(Body::is_system)) {
                        by.delete((conversation, message)).await.unwrap();
                        for person in people {
                            let own = own(person, conversation).await;
                            assert!(!own.threads.contains_key(&message), "it is over for everybody");
                        }
                        over += 1;
                    }
                    continue;
                }
                _ => SendMessage::new(conversation, body).into(),
            };
            by.perform(MutationId::new(), intent).await.unwrap();
            let rows = alice.messages(conversation).await;
            for person in people {
                let own = own(person, conversation).await;
                let wanted = by_hand(person, &own, &rows);
                named += wanted.1;
                assert_eq!(counted(person, conversation).await, wanted, "seed {seed}");
            }
        }
        asides += alice.messages(conversation).await.iter().filter(|row| row.is_aside()).count();
    }
    assert!(asides > 10 && named > 10 && over > 0, "the histories have {asides} asides, {named} mentions and {over} deletions");
    assert!(back > 0, "something read is unread again");
}

async fn a_thread_is_unread_from_a_message_on_and_nobody_is_told(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.group("Walks", &[&bob], true).await;
    let root = bob.send(conversation, "the trip").await.id;
    let mut places = vec![];
    for text in ["by train", "by boat", "@bob, and you?"] {
        let body = if text.starts_with('@') { Body::naming(text, [bob.user].into()) } else { Body::text(text) };
        alice.perform(MutationId::new(), SendMessage::in_thread(conversation, root, body).into()).await.unwrap();
        places.extend(alice.messages(conversation).await.last().map(|row| row.pos));
    }
    let [first, second, third] = places[..] else { panic!("{places:?}") };
    let unread = async |from| bob.perform(MutationId::new(), UnreadThread { conversation, root, from }.into()).await.unwrap();
    let read = async |pos| bob.perform(MutationId::new(), ReadThread { conversation, root, pos }.into()).await.unwrap();
    let stands = async || own(&bob, conversation).await.threads[&root].read;
    unread(second).await;
    assert_eq!(stands().await, first - 1, "what is unread before it stays unread");
    read(third).await;
    assert_eq!((stands().await, counted(&bob, conversation).await.1), (third, 0));
    let watermark = async || alice.changes(StreamId::User(alice.user), 0, 1_000).await.0.rows.len();
    let before = watermark().await;
    unread(second).await;
    assert_eq!((stands().await, counted(&bob, conversation).await.1), (second - 1, 1), "the mention is unread again");
    unread(third).await;
    assert_eq!(stands().await, second - 1, "it goes back alone");
    assert_eq!(watermark().await, before, "it is his own");
    read(second).await;
    assert_eq!(stands().await, second, "and is read forward again");
    unread(0).await;
    assert_eq!(stands().await, 0);
    // What he has left stays read, and what he never followed has no marker.
    bob.perform(MutationId::new(), FollowThread { conversation, root, on: false }.into()).await.unwrap();
    let left = stands().await;
    unread(first).await;
    assert_eq!((stands().await, counted(&bob, conversation).await.1), (left, 0));
    let other = alice.send(conversation, "the cake").await.id;
    let nothing = bob.perform(MutationId::new(), UnreadThread { conversation, root: other, from: first }.into()).await.unwrap();
    assert_eq!((nothing, own(&bob, conversation).await.threads.contains_key(&other)), (vec![], false));
}

/// Who is out of a channel and leaves a thread there is not told how far it is by then.
async fn a_mention_in_a_thread_that_was_left_from_outside_is_read(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let group = channels::team(&alice, &[&bob]).await;
    let conversation = channels::opens(&alice, channels::channel(group, "plans")).await;
    let root = alice.send(conversation, "who comes?").await.id;
    let named = SendMessage::in_thread(conversation, root, Body::naming("@bob?", [bob.user].into()));
    channels::ask(&alice, named).await.unwrap();
    let pos = alice.messages(conversation).await.last().map_or(0, |row| row.pos);
    channels::ask(&alice, SetChannelPrivate { conversation, members: [].into() }).await.unwrap();
    channels::ask(&bob, FollowThread { conversation, root, on: false }).await.unwrap();
    channels::ask(&alice, AddMembers { conversation, members: [bob.user].into() }).await.unwrap();
    let stands = own(&bob, conversation).await.threads.remove(&root).expect("he has left it");
    assert!(!stands.following && stands.read < pos, "{stands:?}");
    assert_eq!(counted(&bob, conversation).await.1, 0);
}
