//! Threads: asides stay out of the conversation, a thread has its own window and unread, and what waits is laid over both.

use crate::support::{Local, Server, Stream, answer, local, mutation, parts, ready, refusal};
use hearth_protocol::{
    Pos,
    body::Body,
    error::ErrorCode,
    ids::{MessageId, NotificationId, UserId},
    mutation::{Mutation, Outcome, Part},
    mutations::{ArrangeConversation, FollowThread, HideMessage, Intent, ReadThread, SendMessage},
    row::Row,
    rows::{Arrangement, BlockRow, MemberRole, MemberRow, MessageRow, NotificationKind, NotificationRow, ReadReceiptRow, ThreadRow},
    stream::StreamId,
    sync::Head,
};
use hearth_replica::{Apply, At, Delivery, Edge, Filter, FollowedThread, Item, Thread, ThreadRows};

/// Alice's replica with a root of Bob's, and that she follows its thread from there on.
async fn following() -> (Local, Server, MessageId) {
    let (replica, mut server) = ready().await;
    let mut frames = server.bob_says(1);
    let root = server.direct.message(1).id;
    frames.push(stands(&mut server, root, 1, true));
    replica.apply(parts(frames)).await.unwrap();
    (replica, server, root)
}

fn stands(server: &mut Server, root: MessageId, read: Pos, following: bool) -> Part {
    let conversation = server.conversation();
    server.user.commit(ThreadRow { id: root, conversation, pos: 1, read, following, at: 5, ended_at: None })
}

/// Somebody says something in the thread alone.
async fn say(replica: &Local, server: &mut Server, by: UserId, root: MessageId, text: &str) -> MessageId {
    let frame = server.direct.say_in_thread(by, root, text, false);
    replica.apply(parts(vec![frame])).await.unwrap();
    server.direct.message(server.direct.last_pos).id
}

fn aside(server: &Server, root: MessageId, text: &str) -> Mutation {
    mutation(SendMessage::in_thread(server.conversation(), root, Body::text(text)).into())
}

fn follow(server: &Server, root: MessageId, on: bool) -> Mutation {
    mutation(FollowThread { conversation: server.conversation(), root, on }.into())
}

fn read(server: &Server, root: MessageId, pos: Pos) -> Mutation {
    mutation(ReadThread { conversation: server.conversation(), root, pos }.into())
}

async fn thread(replica: &Local, server: &Server, root: MessageId) -> ThreadRows {
    replica.thread(server.conversation(), root, None, 50).await.unwrap()
}

/// What the window of a thread says, `*` before what is only in the outbox.
async fn words(replica: &Local, server: &Server, root: MessageId) -> Vec<String> {
    let said = |item: &Item| match item {
        Item::Row(row) => row.body.as_ref().and_then(Body::searchable).unwrap_or("-").to_owned(),
        Item::Outbox(entry) => match &entry.intent {
            Intent::SendMessage(message) => format!("*{}", message.body.searchable().unwrap()),
            other => panic!("{other:?} among the messages"),
        },
    };
    thread(replica, server, root).await.messages.iter().map(|message| said(&message.item)).collect()
}

/// The places of the conversation's own window.
async fn places(replica: &Local, server: &Server) -> Vec<Pos> {
    let rows = replica.timeline(server.conversation(), At::End, 50).await.unwrap();
    rows.messages.iter().filter_map(|message| if let Item::Row(row) = &message.item { Some(row.pos) } else { None }).collect()
}

/// What the root shows of its thread.
async fn shown(replica: &Local, server: &Server) -> Option<Thread> {
    replica.timeline(server.conversation(), At::End, 50).await.unwrap().messages.remove(0).thread
}

/// Unread of the conversation, and of its threads.
async fn unread(replica: &Local, server: &Server) -> (u32, u32) {
    let line = replica.conversation(server.conversation()).await.unwrap().unwrap();
    (line.unread, line.asides)
}

#[tokio::test]
async fn what_is_said_in_a_thread_alone_stands_there_alone() {
    let (replica, mut server, root) = following().await;
    let (alice, bob) = (server.alice.user, server.bob.user);
    assert_eq!(shown(&replica, &server).await, None);
    say(&replica, &mut server, bob, root, "by train?").await;
    say(&replica, &mut server, alice, root, "by boat").await;
    let both = server.direct.say_in_thread(bob, root, "by boat, all", true);
    replica.apply(parts(vec![both])).await.unwrap();
    assert_eq!(words(&replica, &server, root).await, ["by train?", "by boat", "by boat, all"]);
    assert_eq!(places(&replica, &server).await, [1, 4], "the root and what the conversation sees");
    assert_eq!(unread(&replica, &server).await, (2, 1), "nothing counts twice, and mine not at all");
    let line = replica.conversation(server.conversation()).await.unwrap().unwrap();
    assert_eq!(line.last.map(|last| last.pos), Some(Some(4)));
    let under = shown(&replica, &server).await.unwrap();
    assert_eq!((under.messages, under.following, under.unread), (3, true, 1));
    let faces: Vec<UserId> = under.people.iter().map(|person| person.user).collect();
    assert_eq!((faces, under.last_at), (vec![bob, alice], server.direct.message(4).created_at));
    let rows = thread(&replica, &server, root).await;
    assert!(matches!(&rows.root.unwrap().item, Item::Row(row) if row.id == root));
    assert_eq!((rows.read_pos, rows.following, rows.unread, rows.before), (1, true, 1, Edge::End));
    // It is found where everything is.
    assert_eq!(replica.search("train", None, 9).await.unwrap().hits.len(), 1);
    // Of what is said last a deletion leaves a place in the thread, and none elsewhere.
    let gone = server.direct.delete(2);
    replica.apply(parts(vec![gone])).await.unwrap();
    assert_eq!(words(&replica, &server, root).await, ["-", "by boat", "by boat, all"]);
    assert_eq!((places(&replica, &server).await, unread(&replica, &server).await), (vec![1, 4], (2, 0)));
    assert_eq!(shown(&replica, &server).await.unwrap().messages, 2);
}

#[tokio::test]
async fn an_aside_is_not_the_last_message_and_brings_nothing_back() {
    let (replica, mut server, root) = following().await;
    let bob = server.bob.user;
    let away = ArrangeConversation { conversation: server.conversation(), change: Arrangement::Archived(Some(1)) };
    replica.enqueue(&mutation(away.into()), 70).await.unwrap();
    say(&replica, &mut server, bob, root, "by train?").await;
    let line = replica.conversation(server.conversation()).await.unwrap().unwrap();
    assert_eq!((line.last.map(|last| last.id), line.archived), (Some(root), true));
    let more = server.bob_says(1);
    replica.apply(parts(more)).await.unwrap();
    let line = replica.conversation(server.conversation()).await.unwrap().unwrap();
    assert_eq!((line.last.map(|last| last.pos), line.archived), (Some(Some(3)), false));
}

#[tokio::test]
async fn mine_waits_in_the_thread_until_the_server_has_it() {
    let (replica, mut server, root) = following().await;
    let mine = aside(&server, root, "by boat");
    replica.save_draft(server.conversation(), "something else", None).await.unwrap();
    replica.enqueue(&mine, 70).await.unwrap();
    assert_eq!(words(&replica, &server, root).await, ["*by boat"]);
    let rows = replica.timeline(server.conversation(), At::End, 50).await.unwrap();
    assert_eq!(rows.messages.len(), 1, "the conversation does not see it");
    let line = replica.conversation(server.conversation()).await.unwrap().unwrap();
    assert_eq!(line.last.map(|last| last.id), Some(root));
    assert_eq!(replica.draft(server.conversation()).await.unwrap().as_deref(), Some("something else"), "it was written elsewhere");
    let alice = server.alice.user;
    let sent = server.direct.say_in_thread(alice, root, "by boat", false);
    let said = server.direct.message(2);
    let sent = Part { rows: vec![Row::new(sent.seq, MessageRow { id: mine.id, ..said })], ..sent };
    replica.apply(answer(mine.id, Outcome::Applied(vec![sent]))).await.unwrap();
    assert_eq!((words(&replica, &server, root).await, places(&replica, &server).await), (vec!["by boat".to_owned()], vec![1]));
}

#[tokio::test]
async fn reading_a_thread_waits_and_reading_the_conversation_reads_no_thread() {
    let (replica, mut server, root) = following().await;
    let bob = server.bob.user;
    for text in ["one", "two", "three"] {
        say(&replica, &mut server, bob, root, text).await;
    }
    replica.enqueue(&server.mark(4), 69).await.unwrap();
    assert_eq!((unread(&replica, &server).await, replica.total_unread(0).await.unwrap()), ((0, 3), 3));
    assert_eq!(replica.conversations(Filter::Unread, 9).await.unwrap().len(), 1);
    replica.enqueue(&read(&server, root, 2), 70).await.unwrap();
    assert_eq!(unread(&replica, &server).await, (0, 2));
    // Further replaces what has not gone out; back is nothing.
    let further = read(&server, root, 3);
    replica.enqueue(&further, 71).await.unwrap();
    replica.enqueue(&read(&server, root, 2), 72).await.unwrap();
    assert_eq!(unread(&replica, &server).await, (0, 1));
    let waiting: Vec<_> = replica.outbox().await.unwrap().into_iter().map(|entry| entry.id).collect();
    assert!(waiting.len() == 2 && waiting.contains(&further.id), "{waiting:?}");
    assert_eq!(replica.outbox_count().await.unwrap().all, 0, "nobody would say that they wait for it");
    let row = stands(&mut server, root, 4, true);
    replica.apply(parts(vec![row])).await.unwrap();
    assert_eq!(unread(&replica, &server).await, (0, 0), "read on another device");
}

#[tokio::test]
async fn following_waits_too_and_what_was_there_before_is_not_unread() {
    let (replica, mut server) = ready().await;
    let bob = server.bob.user;
    let frames = server.bob_says(1);
    replica.apply(parts(frames)).await.unwrap();
    let root = server.direct.message(1).id;
    say(&replica, &mut server, bob, root, "by train?").await;
    assert_eq!((unread(&replica, &server).await, replica.threads(9).await.unwrap()), ((1, 0), vec![]), "she does not follow it");
    // Nothing is marked of a thread that nobody follows.
    replica.enqueue(&read(&server, root, 2), 70).await.unwrap();
    assert_eq!(replica.outbox().await.unwrap(), []);
    let mine = follow(&server, root, true);
    replica.enqueue(&mine, 71).await.unwrap();
    assert!(thread(&replica, &server, root).await.following);
    assert_eq!(unread(&replica, &server).await, (1, 0));
    let row = stands(&mut server, root, 2, true);
    replica.apply(answer(mine.id, Outcome::Applied(vec![row]))).await.unwrap();
    say(&replica, &mut server, bob, root, "or by boat?").await;
    assert_eq!(unread(&replica, &server).await, (1, 1));
    let [followed] = &replica.threads(9).await.unwrap()[..] else { panic!("one thread") };
    assert_eq!((followed.root, followed.unread, followed.last_at), (root, 1, server.direct.message(3).created_at));
    // Left, it counts nothing at once; what was decided and taken back before it went does not go.
    replica.enqueue(&follow(&server, root, false), 72).await.unwrap();
    assert_eq!((unread(&replica, &server).await, replica.threads(9).await.unwrap()), ((1, 0), vec![]));
    replica.enqueue(&follow(&server, root, true), 73).await.unwrap();
    assert_eq!((replica.outbox().await.unwrap(), unread(&replica, &server).await), (vec![], (1, 1)));
    // What was refused shows nothing.
    let refused = follow(&server, root, false);
    replica.enqueue(&refused, 74).await.unwrap();
    replica.apply(refusal(refused.id, ErrorCode::BadRequest)).await.unwrap();
    assert_eq!(unread(&replica, &server).await, (1, 1));
}

#[tokio::test]
async fn what_is_hidden_and_who_is_blocked_is_not_unread_in_a_thread() {
    let (replica, mut server, root) = following().await;
    let bob = server.bob.user;
    let first = say(&replica, &mut server, bob, root, "one").await;
    say(&replica, &mut server, bob, root, "two").await;
    let hide = HideMessage { conversation: server.conversation(), message: first, on: true };
    replica.enqueue(&mutation(hide.into()), 70).await.unwrap();
    assert_eq!((unread(&replica, &server).await, words(&replica, &server, root).await), ((1, 1), vec!["two".to_owned()]));
    let block = server.user.commit(BlockRow { person: server.bob.clone(), since: 9, ended_at: None });
    replica.apply(parts(vec![block])).await.unwrap();
    assert_eq!(unread(&replica, &server).await, (0, 0));
    assert_eq!(shown(&replica, &server).await, None);
}

#[tokio::test]
async fn being_named_in_a_thread_is_read_with_the_thread() {
    let (replica, mut server, root) = following().await;
    let bob = server.bob.user;
    let said = say(&replica, &mut server, bob, root, "you, @alice?").await;
    let told = NotificationRow {
        conversation: Some(server.conversation()),
        pos: Some(2),
        thread_root: Some(root),
        sender: Some(bob),
        ..NotificationRow::new(NotificationId(said.0), NotificationKind::Mention, 7)
    };
    let told = server.user.commit(told);
    replica.apply(parts(vec![told])).await.unwrap();
    let mentions = async || replica.conversation(server.conversation()).await.unwrap().unwrap().mentions;
    let inbox = async || replica.inbox(9).await.unwrap().iter().map(|told| told.read).collect::<Vec<_>>();
    replica.enqueue(&server.mark(2), 70).await.unwrap();
    assert_eq!((mentions().await, inbox().await), (1, vec![false]), "the conversation was read, not the thread");
    replica.enqueue(&read(&server, root, 2), 71).await.unwrap();
    assert_eq!((mentions().await, inbox().await), (0, vec![true]));
}

#[tokio::test]
async fn a_thread_is_read_page_by_page() {
    let (replica, mut server, root) = following().await;
    let bob = server.bob.user;
    for n in 0..5 {
        say(&replica, &mut server, bob, root, &format!("aside {n}")).await;
    }
    let place = |rows: &ThreadRows| -> Vec<Pos> {
        rows.messages.iter().filter_map(|message| if let Item::Row(row) = &message.item { Some(row.pos) } else { None }).collect()
    };
    let newest = replica.thread(server.conversation(), root, None, 2).await.unwrap();
    assert_eq!((place(&newest), newest.before), (vec![5, 6], Edge::More));
    let older = replica.thread(server.conversation(), root, Some(5), 3).await.unwrap();
    assert_eq!((place(&older), older.before), (vec![2, 3, 4], Edge::End));
}

#[tokio::test]
async fn nobody_is_told_to_have_read_an_aside_of_mine() {
    let (replica, mut server, root) = following().await;
    let (alice, bob, conversation) = (server.alice.user, server.bob.user, server.conversation());
    let aside = say(&replica, &mut server, alice, root, "by boat").await;
    let plain = server.direct.say(alice, "and here");
    replica.apply(parts(vec![plain])).await.unwrap();
    let mut members = Stream::new(StreamId::Members(conversation), server.epoch);
    for person in [server.alice.clone(), server.bob.clone()] {
        members.commit(MemberRow { person, role: MemberRole::Member, joined_at: 2, left_at: None });
    }
    let mut receipts = Stream::new(StreamId::Receipts(conversation), server.epoch);
    receipts.commit(ReadReceiptRow { user: bob, from: 0, to: 3, at: 103 });
    let head = Head { receipts_head: Some(receipts.head), ..server.direct.head_of() };
    replica.apply(server.heads(vec![head], false)).await.unwrap();
    replica.apply(Apply { tails: vec![members.tail(0), receipts.tail(0)], ..Apply::default() }).await.unwrap();
    assert_eq!(thread(&replica, &server, root).await.messages[0].delivery, Delivery::Delivered, "he read the conversation so far");
    let rows = replica.timeline(conversation, At::End, 50).await.unwrap();
    assert_eq!(rows.messages.last().unwrap().delivery, Delivery::Read);
    let read_at = async |message| {
        let readers = replica.readers(conversation, message).await.unwrap();
        readers.iter().map(|reader| (reader.person.user, reader.read_at)).collect::<Vec<_>>()
    };
    assert_eq!(read_at(aside).await, [(bob, None)]);
    assert_eq!(read_at(server.direct.message(3).id).await, [(bob, Some(103))]);
}

#[tokio::test]
async fn whichever_way_they_come_the_copy_is_the_same() {
    let (replica, mut server) = ready().await;
    let bob = server.bob.user;
    let mut frames = server.bob_says(1);
    let root = server.direct.message(1).id;
    frames.push(server.direct.say_in_thread(bob, root, "one", false));
    frames.push(server.direct.say_in_thread(bob, root, "two", true));
    frames.push(stands(&mut server, root, 1, true));
    frames.push(stands(&mut server, root, 2, true));
    for frame in frames.into_iter().rev() {
        replica.apply(parts(vec![frame])).await.unwrap();
    }
    let fresh = local().await;
    fresh.apply(server.everything()).await.unwrap();
    assert_eq!(replica.dump().await.unwrap(), fresh.dump().await.unwrap());
    assert_eq!(words(&replica, &server, root).await, ["one", "two"]);
}

/// The threads that are followed: their roots, how much is said in them and is new, and what the roots say.
async fn followed(replica: &Local) -> Vec<(MessageId, u32, u32, Option<String>, bool)> {
    let line = |thread: FollowedThread| {
        let said = thread.said.and_then(|said| said.row.body).and_then(|body| body.searchable().map(str::to_owned));
        (thread.root, thread.messages, thread.unread, said, thread.gone)
    };
    replica.threads(9).await.unwrap().into_iter().map(line).collect()
}

#[tokio::test]
async fn what_is_followed_is_listed_by_its_newest_message_with_what_it_is_about() {
    let (replica, mut server, first) = following().await;
    let bob = server.bob.user;
    assert!(followed(&replica).await.is_empty(), "nothing is said in it yet");
    let more = server.bob_says(1);
    replica.apply(parts(more)).await.unwrap();
    let second = server.direct.message(2);
    let row = stands(&mut server, second.id, 2, true);
    replica.apply(parts(vec![row])).await.unwrap();
    let said = say(&replica, &mut server, bob, second.id, "one").await;
    say(&replica, &mut server, bob, first, "two").await;
    let words = |root: &MessageRow| root.body.as_ref().and_then(Body::searchable).map(str::to_owned);
    let [about_first, about_second] = [words(&server.direct.message(1)), words(&second)];
    assert_eq!(
        followed(&replica).await,
        [(first, 1, 1, about_first.clone(), false), (second.id, 1, 1, about_second.clone(), false)],
        "what was said last comes first"
    );
    assert_eq!(replica.threads(1).await.unwrap().len(), 1);

    // With what waits.
    replica.enqueue(&read(&server, second.id, 3), 70).await.unwrap();
    assert_eq!(followed(&replica).await[1], (second.id, 1, 0, about_second.clone(), false));
    let hide = HideMessage { conversation: server.conversation(), message: first, on: true };
    replica.enqueue(&mutation(hide.into()), 71).await.unwrap();
    assert_eq!(followed(&replica).await[0], (first, 1, 1, None, true), "what one has hidden is not quoted, and its thread goes on");
    replica.enqueue(&follow(&server, first, false), 72).await.unwrap();
    assert_eq!(followed(&replica).await, [(second.id, 1, 0, about_second, false)]);

    // A root that is deleted has its thread still; one of whose messages none is left has nothing to show.
    let gone = server.direct.delete(2);
    replica.apply(parts(vec![gone])).await.unwrap();
    assert_eq!(followed(&replica).await, [(second.id, 1, 0, None, true)]);
    assert_eq!(server.direct.message(3).id, said);
    let gone = server.direct.delete(3);
    replica.apply(parts(vec![gone])).await.unwrap();
    assert!(followed(&replica).await.is_empty());
}

#[tokio::test]
async fn an_answer_in_a_thread_quotes_what_it_answers_before_it_is_sent() {
    let (replica, mut server, root) = following().await;
    let bob = server.bob.user;
    let question = say(&replica, &mut server, bob, root, "by train?").await;
    let said = SendMessage::in_thread(server.conversation(), root, Body::text("by boat"));
    replica.enqueue(&mutation(SendMessage { reply_to: Some(question), ..said }.into()), 70).await.unwrap();
    assert_eq!(words(&replica, &server, root).await, ["by train?", "*by boat"]);
    let answer = thread(&replica, &server, root).await.messages.pop().unwrap();
    assert_eq!(answer.quote.map(|quote| quote.message), Some(question));
}

#[tokio::test]
async fn a_thread_that_is_over_counts_nothing_and_its_mentions_are_the_conversations() {
    let (replica, mut server, root) = following().await;
    let (bob, conversation) = (server.bob.user, server.conversation());
    let said = say(&replica, &mut server, bob, root, "you, @alice?").await;
    let told = NotificationRow::new(NotificationId(said.0), NotificationKind::Mention, 7);
    let told = NotificationRow { conversation: Some(conversation), pos: Some(2), thread_root: Some(root), sender: Some(bob), ..told };
    let over = ThreadRow { id: root, conversation, pos: 1, read: 1, following: false, at: 6, ended_at: Some(6) };
    let frames = vec![server.user.commit(told), server.user.commit(over.clone())];
    replica.enqueue(&read(&server, root, 2), 70).await.unwrap();
    replica.apply(parts(frames)).await.unwrap();
    assert_eq!((unread(&replica, &server).await, replica.threads(9).await.unwrap()), ((1, 0), vec![]));
    assert!(!thread(&replica, &server, root).await.following);
    let mentions = async || replica.conversation(conversation).await.unwrap().unwrap().mentions;
    assert_eq!(mentions().await, 1, "what was read of the thread says nothing any more");
    // What shows nowhere is no difference to a fresh copy, which may lack it.
    assert!(!replica.dump().await.unwrap().lines().any(|line| line.starts_with("thread ")));
    replica.enqueue(&server.mark(2), 71).await.unwrap();
    assert_eq!(mentions().await, 0);
    // It begins anew.
    let again = server.user.commit(ThreadRow { read: 2, following: true, ended_at: None, ..over });
    replica.apply(parts(vec![again])).await.unwrap();
    say(&replica, &mut server, bob, root, "or not").await;
    assert_eq!(unread(&replica, &server).await, (0, 1));
}
