//! Replies: quoted from the rows that are here, sent after what they answer, remembered by drafts.

use crate::support::{KEY, Local, Server, answer, mutation, parts, ready, refusal, texts};
use hearth_protocol::{
    body::Body,
    error::ErrorCode,
    ids::{Epoch, MessageId, MutationId, NotificationId},
    mutation::{Mutation, Outcome},
    mutations::{BlockUser, DeleteMessage, EditMessage, Intent, SendMessage},
    rows::{ArrangementRow, BlockRow, NotificationKind, NotificationLevel, NotificationRow},
};
use hearth_replica::{Apply, At, Discarded, Item, Key, Quote, Quoted, Replica, TakingBack, ToldOf};

fn reply(server: &Server, to: MessageId, text: &str) -> Mutation {
    let intent = SendMessage { reply_to: Some(to), ..SendMessage::new(server.conversation(), Body::text(text)) };
    mutation(Intent::SendMessage(intent))
}

/// What a quote says: who before a colon, `-` for what was deleted, `#` for what a block hides.
fn words(quote: &Quote) -> String {
    match &quote.of {
        Quoted::Missing { coming: true } => "?".into(),
        Quoted::Missing { coming: false } => "never".into(),
        Quoted::Hidden => "hidden".into(),
        Quoted::Said { person, blocked, body, .. } => {
            let said = body.as_ref().and_then(Body::searchable).unwrap_or("-");
            let name = person.as_ref().map(|person| person.first_name.clone()).unwrap_or_default();
            format!("{name}: {}", if *blocked { "#" } else { said })
        }
    }
}

/// The quotes of a conversation's newest messages, without those that answer nothing.
async fn quotes(replica: &Replica, server: &Server) -> Vec<String> {
    let rows = replica.timeline(server.conversation(), At::End, 50).await.unwrap();
    rows.messages.iter().filter_map(|message| message.quote.as_ref().map(words)).collect()
}

async fn ids(replica: &Replica) -> Vec<MutationId> {
    replica.claim(1, 10).await.unwrap().mutations.into_iter().map(|mutation| mutation.id).collect()
}

#[tokio::test]
async fn a_quote_is_what_stands_there_now_for_its_reader() {
    let (replica, mut server) = ready().await;
    let (alice, bob) = (server.alice.user, server.bob.user);
    let (his, hers) = (MessageId::new(), MessageId::new());
    let said = [server.direct.say_as(his, bob, "shall we?"), server.direct.answer_as(hers, alice, "we shall", Some(his))];
    replica.apply(parts(said.to_vec())).await.unwrap();
    let part = server.direct.answer_as(MessageId::new(), bob, "good", Some(hers));
    replica.apply(parts(vec![part])).await.unwrap();
    assert_eq!(quotes(&replica, &server).await, ["Bob: shall we?", "Alice: we shall"]);
    // As it is changed: by him, and by what of mine waits.
    let part = server.direct.edit(1, "shall we go?");
    replica.apply(parts(vec![part])).await.unwrap();
    let body = Body::text("we will");
    let edit = mutation(EditMessage { conversation: server.conversation(), message: hers, based_on: 0, body }.into());
    replica.enqueue(&edit, 5).await.unwrap();
    assert_eq!(quotes(&replica, &server).await, ["Bob: shall we go?", "Alice: we will"]);
    let delete = mutation(DeleteMessage { conversation: server.conversation(), message: hers }.into());
    replica.enqueue(&delete, 6).await.unwrap();
    assert_eq!(quotes(&replica, &server).await, ["Alice: -"], "what is deleted answers nothing");
    replica.discard(delete.id, TakingBack::Discard, false).await.unwrap();
    let part = server.direct.delete(1);
    replica.apply(parts(vec![part])).await.unwrap();
    assert_eq!(quotes(&replica, &server).await, ["Bob: -", "Alice: we will"]);
}

#[tokio::test]
async fn the_text_of_somebody_blocked_is_in_no_quote() {
    let (replica, mut server) = ready().await;
    let (alice, bob) = (server.alice.user, server.bob.user);
    let his = MessageId::new();
    let said = [server.direct.say_as(his, bob, "buy this"), server.direct.answer_as(MessageId::new(), alice, "no", Some(his))];
    replica.apply(parts(said.to_vec())).await.unwrap();
    let part = server.user.commit(BlockRow { person: server.bob.clone(), since: 1, ended_at: None });
    replica.apply(parts(vec![part])).await.unwrap();
    assert_eq!(quotes(&replica, &server).await, ["Bob: #"]);
    let blocks = mutation(BlockUser { user: bob }.into());
    replica.enqueue(&blocks, 1).await.unwrap();
    assert_eq!(words(&replica.quote(server.conversation(), his).await.unwrap()), "Bob: #");
}

#[tokio::test]
async fn what_is_not_here_yet_comes_and_what_never_does_is_said() {
    let (replica, mut server) = (crate::support::local().await, Server::new());
    let (alice, bob, his) = (server.alice.user, server.bob.user, MessageId::new());
    server.direct.say_as(his, bob, "long ago");
    server.bob_says(3);
    server.direct.answer_as(MessageId::new(), alice, "yes", Some(his));
    server.direct.answer_as(MessageId::new(), alice, "to nothing", Some(MessageId::new()));
    let tails = vec![server.user.tail(0), server.direct.tail(2)];
    replica.apply(Apply { tails, ..Apply::default() }).await.unwrap();
    assert_eq!(quotes(&replica, &server).await, ["?", "?"]);
    let history = vec![server.direct.history(5, 10)];
    replica.apply(Apply { history, ..Apply::default() }).await.unwrap();
    assert_eq!(quotes(&replica, &server).await, ["Bob: long ago", "never"]);
}

#[tokio::test]
async fn a_reply_to_what_waits_goes_after_it_and_with_it() {
    let (replica, mut server) = ready().await;
    let first = server.send("first");
    replica.enqueue(&first, 1).await.unwrap();
    let second = reply(&server, first.id, "to myself");
    replica.enqueue(&second, 2).await.unwrap();
    assert_eq!(quotes(&replica, &server).await, ["Alice: first"]);
    assert_eq!(ids(&replica).await, [first.id]);
    let part = server.direct.say_as(first.id, server.alice.user, "first");
    replica.apply(answer(first.id, Outcome::Applied(vec![part]))).await.unwrap();
    assert_eq!(ids(&replica).await, [second.id]);
    assert_eq!(quotes(&replica, &server).await, ["Alice: first"]);
    let part = server.direct.answer_as(second.id, server.alice.user, "to myself", Some(first.id));
    replica.apply(answer(second.id, Outcome::Applied(vec![part]))).await.unwrap();
    assert_eq!(quotes(&replica, &server).await, ["Alice: first"]);

    // What is given up takes along what answers it, or is kept.
    let third = server.send("third");
    replica.enqueue(&third, 3).await.unwrap();
    let fourth = reply(&server, third.id, "to that");
    replica.enqueue(&fourth, 4).await.unwrap();
    replica.save_draft(server.conversation(), "and", Some(third.id)).await.unwrap();
    let Discarded::Needed(others) = replica.discard(third.id, TakingBack::Discard, false).await.unwrap() else { panic!("it is needed") };
    assert_eq!(others.iter().map(|entry| entry.id).collect::<Vec<_>>(), [fourth.id]);
    assert!(matches!(replica.discard(third.id, TakingBack::Discard, true).await.unwrap(), Discarded::Gone(_)));
    assert_eq!(replica.outbox().await.unwrap(), []);
    let line = replica.conversation(server.conversation()).await.unwrap().unwrap();
    assert_eq!((line.draft.as_deref(), line.draft_quote), (Some("and"), None));
}

#[tokio::test]
async fn what_gets_another_id_is_answered_under_that() {
    let (replica, server) = ready().await;
    let first = server.send("first");
    replica.enqueue(&first, 1).await.unwrap();
    let second = reply(&server, first.id, "to myself");
    replica.enqueue(&second, 2).await.unwrap();
    replica.save_draft(server.conversation(), "", Some(first.id)).await.unwrap();
    assert_eq!(ids(&replica).await, [first.id]);
    replica.apply(refusal(first.id, ErrorCode::IdReused)).await.unwrap();
    assert!(replica.retry(first.id).await.unwrap());
    let [new, waits] = &replica.outbox().await.unwrap()[..] else { panic!("two") };
    assert_ne!(new.id, first.id);
    assert_eq!(waits.after, [new.id]);
    assert!(matches!(&waits.intent, Intent::SendMessage(message) if message.reply_to == Some(new.id)), "{waits:?}");
    assert_eq!(quotes(&replica, &server).await, ["Alice: first"]);
    let line = replica.conversation(server.conversation()).await.unwrap().unwrap();
    assert_eq!(line.draft_quote.map(|quote| quote.message), Some(new.id));
}

#[tokio::test]
async fn a_draft_remembers_what_it_answers_and_what_is_rewritten_answers_it_again() {
    let (local, mut server): (Local, Server) = ready().await;
    let his = MessageId::new();
    let part = server.direct.say_as(his, server.bob.user, "shall we?");
    local.apply(parts(vec![part])).await.unwrap();
    local.save_draft(server.conversation(), "", Some(his)).await.unwrap();
    local.replica.clone().close().await;
    let replica = Replica::open(&local.folder.path().join("replica.db"), &Key::from_bytes(KEY)).await.unwrap();
    let line = async || replica.conversation(server.conversation()).await.unwrap().unwrap();
    let now = line().await;
    assert_eq!((now.draft, now.draft_quote.as_ref().map(words).as_deref()), (None, Some("Bob: shall we?")));
    let sent = reply(&server, his, "we shall");
    replica.enqueue(&sent, 1).await.unwrap();
    assert_eq!(line().await.draft_quote, None, "it goes with the draft");
    replica.discard(sent.id, TakingBack::Edit, false).await.unwrap();
    let now = line().await;
    assert_eq!((now.draft.as_deref(), now.draft_quote.map(|quote| quote.message)), (Some("we shall"), Some(his)));
    replica.save_draft(server.conversation(), "", None).await.unwrap();
    assert_eq!(replica.drafts().await.unwrap(), []);
    replica.close().await;
}

#[tokio::test]
async fn after_a_backup_a_reply_waits_for_what_it_answers_and_lets_others_pass() {
    const LOCAL: i64 = 1_000_000;
    let (replica, mut server) = ready().await;
    let his = MessageId::new();
    let part = server.direct.say_as(his, server.bob.user, "shall we?");
    replica.apply(parts(vec![part])).await.unwrap();
    let (first, second) = (reply(&server, his, "we shall"), server.send("at nine"));
    for (mutation, text, to) in [(&first, "we shall", Some(his)), (&second, "at nine", None)] {
        replica.enqueue(mutation, LOCAL).await.unwrap();
        replica.claim(LOCAL, 10).await.unwrap();
        let part = server.direct.answer_as(mutation.id, server.alice.user, text, to);
        replica.apply(Apply { now_local: LOCAL, ..answer(mutation.id, Outcome::Applied(vec![part])) }).await.unwrap();
    }
    replica.welcome(Epoch::new(), LOCAL, LOCAL).await.unwrap();
    let claimed = async |at| replica.claim(at, 10).await.unwrap().mutations.into_iter().map(|one| one.id).collect::<Vec<_>>();
    assert_eq!(claimed(LOCAL).await, [first.id]);
    replica.apply(Apply { now_local: LOCAL, ..refusal(first.id, ErrorCode::NotFound) }).await.unwrap();
    assert_eq!(claimed(LOCAL).await, [second.id], "what it answers may never come again");
    assert_eq!(texts(&replica.timeline(server.conversation(), At::End, 9).await.unwrap()).len(), 3);
}

/// What one is told of comes on another way than what it is about.
#[tokio::test]
async fn the_inbox_changes_with_the_messages_that_it_tells_of() {
    let (replica, mut server) = ready().await;
    let (mut group, membership) = server.group("Walks");
    let (hers, his) = (MessageId::new(), MessageId::new());
    let row = NotificationRow {
        conversation: Some(group.id.conversation().unwrap()),
        pos: Some(2),
        sender: Some(server.bob.user),
        ..NotificationRow::new(NotificationId(his.0), NotificationKind::Reply, 7)
    };
    let told = server.user.commit(row);
    assert!(replica.apply(parts(vec![membership, told])).await.unwrap().inbox);
    group.say_as(hers, server.alice.user, "who has the map?");
    group.answer_as(his, server.bob.user, "I do", Some(hers));
    let came = replica.apply(Apply { tails: vec![group.tail(u64::MAX)], ..Apply::default() }).await.unwrap();
    assert!(came.inbox, "what it says has come");
    assert!(replica.apply(parts(vec![group.edit(2, "I have it")])).await.unwrap().inbox, "it says something else");
    assert!(!replica.apply(parts(vec![group.edit(1, "who has got the map?")])).await.unwrap().inbox, "nobody is told of that one");
    assert!(replica.apply(parts(vec![group.delete(2)])).await.unwrap().inbox, "it is gone");
    assert!(replica.inbox(10).await.unwrap().is_empty());
}

#[tokio::test]
async fn who_is_answered_is_told_and_it_counts_until_it_is_read() {
    let (replica, mut server) = ready().await;
    let (mut group, membership) = server.group("Walks");
    let conversation = group.id.conversation().unwrap();
    let (hers, his) = (MessageId::new(), MessageId::new());
    group.say_as(hers, server.alice.user, "who has the map?");
    group.answer_as(his, server.bob.user, "I do", Some(hers));
    let row = NotificationRow {
        conversation: Some(conversation),
        pos: Some(2),
        sender: Some(server.bob.user),
        ..NotificationRow::new(NotificationId(his.0), NotificationKind::Reply, 7)
    };
    let told = server.user.commit(row);
    let tails = vec![group.tail(u64::MAX)];
    replica.apply(Apply { tails, parts: vec![membership, told], ..Apply::default() }).await.unwrap();
    let line = async || replica.conversation(conversation).await.unwrap().unwrap();
    assert_eq!((line().await.mentions, line().await.unread), (1, 1));
    // Muted, it counts for those who want to be told of it all the same, as long as it is muted.
    let counts = async |now| (replica.total_unread(now).await.unwrap(), replica.muted_mentions(now).await.unwrap());
    assert_eq!(counts(1).await, (1, 0));
    let muted = ArrangementRow { muted_until: Some(50), ..ArrangementRow::new(conversation) };
    replica.apply(parts(vec![server.user.commit(muted)])).await.unwrap();
    assert_eq!((counts(49).await, counts(50).await), ((0, 1), (1, 0)));
    let nothing = ArrangementRow { muted_until: Some(50), level: NotificationLevel::Nothing, ..ArrangementRow::new(conversation) };
    replica.apply(parts(vec![server.user.commit(nothing)])).await.unwrap();
    assert_eq!(counts(49).await, (0, 0), "of nothing is of nothing");
    let inbox = replica.inbox(10).await.unwrap();
    assert!(matches!(&inbox[..], [one] if !one.read && matches!(&one.what, ToldOf::Reply { body: Some(_), .. })), "{inbox:?}");
    assert!(replica.is_mine(hers).await.unwrap() && !replica.is_mine(his).await.unwrap());
    let mark = mutation(hearth_protocol::mutations::MarkRead { conversation, pos: 2 }.into());
    replica.enqueue(&mark, 9).await.unwrap();
    assert_eq!(line().await.mentions, 0);
    assert!(replica.inbox(10).await.unwrap()[0].read);
    let rows = replica.timeline(conversation, At::End, 9).await.unwrap();
    assert!(matches!(&rows.messages[1].item, Item::Row(row) if row.reply_to == Some(hers)));
}
