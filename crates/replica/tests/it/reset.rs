//! New copies: a changed view, a new epoch, a refused cursor.

use crate::support::{account, parts, places, ready, texts, typed_now};
use hearth_protocol::{
    ids::Epoch,
    mutation::{Acked, Outcome},
    rows::AccountRow,
    sync::From,
};
use hearth_replica::{Apply, At, Edge, SearchOrder, StreamState};

#[tokio::test]
async fn a_new_copy_replaces_the_old_one_range_by_range_and_leaves_what_was_typed() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(30);
    replica.apply(parts(frames)).await.unwrap();
    replica.enqueue(&server.send("unsent"), 1).await.unwrap();
    replica.save_draft(server.conversation(), "half a", None).await.unwrap();
    server.direct.vis_ver = 2;
    // Of the first fifteen every other one is not mine to see any more.
    server.direct.rows.retain(|_, row| row.seq == 1 || row.seq > 16 || row.seq % 2 == 0);
    let tail = server.direct.tail(10);

    // Whoever reads meanwhile sees whole copies of each range, never a mixture.
    let reader = replica.replica.clone();
    let conversation = server.conversation();
    let reading = tokio::spawn(async move {
        for _ in 0..50 {
            let rows = reader.timeline(conversation, At::End, 100).await.unwrap();
            let found = reader.search(&typed_now("message"), SearchOrder::Newest, None, 100).await.unwrap().hits.len();
            assert!([30, 26, 23].contains(&found), "{found}");
            assert!([30, 26, 23].contains(&places(&rows).len()), "{:?}", places(&rows));
            tokio::task::yield_now().await;
        }
    });
    let applied = replica.reset_stream(server.direct.id, tail).await.unwrap();
    assert!(applied.new_messages.is_empty());
    let rows = replica.timeline(conversation, At::End, 100).await.unwrap();
    assert_eq!((places(&rows), rows.before), ((1..=30).collect(), Edge::End));
    assert_eq!(texts(&rows).last().unwrap(), "*unsent");
    assert_eq!(replica.search("\"message 5\"", None, 10).await.unwrap().hits.len(), 1);
    // What is readable of the old copy is still to be fetched.
    assert_eq!(replica.incomplete(None, 4).await.unwrap(), [(conversation, 21)]);
    assert!(!replica.coverage(conversation).await.unwrap().complete);
    replica.apply(Apply { history: vec![server.direct.history(21, 14)], ..Apply::default() }).await.unwrap();
    assert_eq!(replica.incomplete(None, 4).await.unwrap(), [(conversation, 7)]);
    replica.apply(Apply { history: vec![server.direct.history(7, 100)], ..Apply::default() }).await.unwrap();
    reading.await.unwrap();

    let rows = replica.timeline(conversation, At::End, 100).await.unwrap();
    assert_eq!(places(&rows), (1..=30).filter(|pos| *pos > 15 || pos % 2 == 1).collect::<Vec<_>>());
    assert_eq!(replica.search("message", None, 100).await.unwrap().hits.len(), 23);
    assert_eq!(replica.backfill_progress().await.unwrap().messages, 23);
    assert_eq!(replica.draft(conversation).await.unwrap().as_deref(), Some("half a"));
    assert_eq!(replica.incomplete(None, 4).await.unwrap(), []);
}

#[tokio::test]
async fn what_the_new_copy_says_of_a_place_goes_before_what_the_old_one_said() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(20);
    replica.apply(parts(frames)).await.unwrap();
    let mut backup = server.direct.clone();
    let gone = server.direct.delete(3);
    replica.apply(parts(vec![gone])).await.unwrap();
    // A backup from before: the third message is there again, the last nine never were, and others took their places.
    backup.rows.retain(|_, row| row.seq <= 12);
    (backup.head, backup.last_pos, server.epoch) = (12, 11, Epoch::new());
    server.direct = backup;
    (server.direct.epoch, server.user.epoch) = (server.epoch, server.epoch);
    for n in 0..9 {
        server.direct.say(server.bob.user, &format!("other {n}"));
    }
    replica.apply(server.heads(vec![server.user.head_of(), server.direct.full_head(3)], true)).await.unwrap();
    replica.apply(Apply { tails: vec![server.user.tail(0), server.direct.tail(4)], ..Apply::default() }).await.unwrap();
    let rows = replica.timeline(server.conversation(), At::End, 100).await.unwrap();
    assert_eq!(texts(&rows).last().unwrap(), "other 8");
    // An edit of a message that is not here takes the place of the one that was.
    let edit = server.direct.edit(14, "other 2, edited");
    replica.apply(parts(vec![edit])).await.unwrap();
    let rows = replica.timeline(server.conversation(), At::End, 100).await.unwrap();
    assert_eq!(places(&rows), (1..=20).collect::<Vec<_>>());
    assert!(texts(&rows).contains(&"other 2, edited".to_owned()));
    while let Some((_, before)) = replica.incomplete(None, 1).await.unwrap().pop() {
        replica.apply(Apply { history: vec![server.direct.history(before, 5)], ..Apply::default() }).await.unwrap();
    }
    let rows = replica.timeline(server.conversation(), At::End, 100).await.unwrap();
    let others = (0..9).map(|n| if n == 2 { "other 2, edited".to_owned() } else { format!("other {n}") });
    let wanted: Vec<String> = (1..=11).map(|n| format!("message {n}")).chain(others).collect();
    assert_eq!(texts(&rows), wanted);
    assert_eq!(replica.search("message", None, 100).await.unwrap().hits.len(), 11);
}

#[tokio::test]
async fn what_came_alone_before_the_first_copy_is_fetched_again_and_stays_readable() {
    let (replica, mut server) = ready().await;
    let mut frames = server.bob_says(1);
    let _lost = server.direct.edit(1, "edited");
    frames.extend(server.bob_says(6));
    let first = frames.remove(0);
    replica.apply(server.heads(vec![server.direct.head_of()], false)).await.unwrap();
    replica.apply(parts(vec![first])).await.unwrap();
    assert_eq!(places(&replica.timeline(server.conversation(), At::End, 10).await.unwrap()), [1]);
    replica.apply(Apply { tails: vec![server.direct.tail(3)], ..Apply::default() }).await.unwrap();
    assert_eq!(replica.search("message", None, 10).await.unwrap().hits.len(), 4);
    replica.apply(Apply { history: vec![server.direct.history(5, 10)], ..Apply::default() }).await.unwrap();
    assert_eq!(texts(&replica.timeline(server.conversation(), At::End, 10).await.unwrap())[0], "edited");
}

#[tokio::test]
async fn frames_of_a_newer_view_ask_for_a_copy_and_of_an_older_one_are_late() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(3);
    replica.apply(parts(frames)).await.unwrap();
    let mut old = server.direct.say(server.bob.user, "old view");
    server.direct.vis_ver = 2;
    let new = server.direct.say(server.bob.user, "new view");
    let applied = replica.apply(parts(vec![new])).await.unwrap();
    assert_eq!(applied.gaps, [server.direct.id]);
    assert!(applied.new_messages.is_empty());
    let wants = replica.wants(None, 10, 50).await.unwrap();
    assert!(wants.iter().any(|want| want.stream == server.direct.id && want.from == From::Tail { messages: 50 }));
    // The old rows stay readable meanwhile.
    assert_eq!(replica.timeline(server.conversation(), At::End, 10).await.unwrap().messages.len(), 3);
    replica.apply(Apply { tails: vec![server.direct.tail(50)], ..Apply::default() }).await.unwrap();
    old.vis_ver = 1;
    assert!(replica.apply(parts(vec![old])).await.unwrap().gaps.is_empty());
    assert_eq!(places(&replica.timeline(server.conversation(), At::End, 10).await.unwrap()), [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn history_of_another_copy_is_dropped() {
    let (replica, mut server) = ready().await;
    server.bob_says(20);
    replica.apply(Apply { tails: vec![server.direct.tail(5)], ..Apply::default() }).await.unwrap();
    let stale = server.direct.history(16, 10);
    server.direct.vis_ver = 2;
    replica.apply(Apply { tails: vec![server.direct.tail(5)], ..Apply::default() }).await.unwrap();
    replica.apply(Apply { history: vec![stale], ..Apply::default() }).await.unwrap();
    assert_eq!(places(&replica.timeline(server.conversation(), At::End, 50).await.unwrap()), [16, 17, 18, 19, 20]);
}

#[tokio::test]
async fn a_new_epoch_replaces_everything_stream_by_stream() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(5);
    replica.apply(parts(frames)).await.unwrap();
    replica.apply(server.heads(vec![server.direct.head_of()], false)).await.unwrap();
    // The backup that was restored knows three messages, and counts from there again.
    server.epoch = Epoch::new();
    for stream in [&mut server.user, &mut server.direct] {
        stream.epoch = server.epoch;
    }
    server.direct.rows.retain(|_, row| row.seq <= 4);
    (server.direct.head, server.direct.last_pos) = (4, 3);
    let applied = replica.apply(server.heads(vec![server.user.head_of(), server.direct.full_head(3)], true)).await.unwrap();
    assert!(applied.conversations.contains(&server.conversation()));
    assert_eq!(replica.epoch().await.unwrap(), Some(server.epoch));
    assert_eq!(places(&replica.timeline(server.conversation(), At::End, 10).await.unwrap()), [1, 2, 3, 4, 5]);
    let wants = replica.wants(None, 10, 50).await.unwrap();
    assert!(wants.len() >= 2 && wants.iter().all(|want| want.from == From::Tail { messages: 50 }));
    replica.apply(server.everything()).await.unwrap();
    assert_eq!(places(&replica.timeline(server.conversation(), At::End, 10).await.unwrap()), [1, 2, 3]);
    assert_eq!(replica.me().await.unwrap().unwrap().user, server.alice.user);
    assert_eq!(replica.search("message", None, 10).await.unwrap().hits.len(), 3);
}

#[tokio::test]
async fn a_copy_fetched_again_keeps_what_is_newer_than_it() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(3);
    replica.apply(parts(frames)).await.unwrap();
    let tail = server.direct.tail(2);
    let sent = server.send("mine");
    replica.enqueue(&sent, 1).await.unwrap();
    let part = server.direct.say_as(sent.id, server.alice.user, "mine");
    let acked = Acked { id: sent.id, outcome: Outcome::Applied(vec![part]) };
    replica.apply(Apply { acked: vec![acked], ..Apply::default() }).await.unwrap();
    replica.apply(Apply { resets: vec![server.direct.id], ..Apply::default() }).await.unwrap();
    replica.apply(Apply { tails: vec![tail], ..Apply::default() }).await.unwrap();
    let rows = replica.timeline(server.conversation(), At::End, 10).await.unwrap();
    assert_eq!(texts(&rows).last().unwrap(), "mine");
    let wants = replica.wants(None, 10, 50).await.unwrap();
    assert!(wants.iter().any(|want| want.stream == server.direct.id && matches!(want.from, From::Cursor { .. })), "{wants:?}");
    replica.apply(parts(vec![server.direct.part(4, 5)])).await.unwrap();
    assert_eq!(places(&replica.timeline(server.conversation(), At::End, 10).await.unwrap()), [1, 2, 3, 4]);
    assert_eq!(replica.incomplete(None, 4).await.unwrap(), [(server.conversation(), 2)]);
    let copies = replica.streams().await.unwrap();
    assert!(copies.iter().any(|copy| copy.stream == server.direct.id && copy.state == StreamState::Tail));
}

/// The one row that stays while a copy is fetched again.
#[tokio::test]
async fn what_i_say_of_myself_stays_before_an_older_copy() {
    let (replica, mut server) = ready().await;
    let tail = server.user.tail(50);
    replica.apply(Apply { resets: vec![server.user.id], ..Apply::default() }).await.unwrap();
    let said = server.user.commit(AccountRow { about: "I bake".into(), ..account(&server.alice) });
    replica.apply(parts(vec![said])).await.unwrap();
    replica.apply(Apply { tails: vec![tail], ..Apply::default() }).await.unwrap();
    assert_eq!(replica.me().await.unwrap().unwrap().about, "I bake");
    // What is in no copy and came before it is as old as the rest.
    replica.apply(Apply { resets: vec![server.user.id], ..Apply::default() }).await.unwrap();
    server.user.commit(AccountRow { about: "I baked".into(), ..account(&server.alice) });
    replica.apply(Apply { tails: vec![server.user.tail(50)], ..Apply::default() }).await.unwrap();
    assert_eq!(replica.me().await.unwrap().unwrap().about, "I baked");
}

#[tokio::test]
async fn a_cursor_above_the_head_is_asked_about_and_the_copy_goes_when_it_is_refused() {
    let (replica, mut server) = ready().await;
    let early = server.direct.head_of();
    let frames = server.bob_says(3);
    replica.apply(parts(frames)).await.unwrap();
    let wanted = async || replica.wants(None, 10, 50).await.unwrap().into_iter().find(|want| want.stream == server.direct.id);
    let (before, head) = (server.direct.head - 3, server.direct.head);
    // The answer is older than the frames: the server takes the cursor, and all is well.
    replica.apply(server.heads(vec![early.clone()], false)).await.unwrap();
    assert_eq!(wanted().await.unwrap().from, From::Cursor { seq: head, vis_ver: 1 });
    let page = Apply { page_heads: [(server.direct.id, head)].into(), ..parts(vec![server.direct.part(head, head)]) };
    replica.apply(page).await.unwrap();
    assert_eq!(wanted().await, None);
    // The database was set back under its epoch: it refuses the cursor, and what it does not have is not kept.
    replica.apply(server.heads(vec![early], false)).await.unwrap();
    replica.apply(Apply { resets: vec![server.direct.id], ..Apply::default() }).await.unwrap();
    assert_eq!(wanted().await.unwrap().from, From::Tail { messages: 50 });
    assert_eq!(places(&replica.timeline(server.conversation(), At::End, 10).await.unwrap()), [1, 2, 3]);
    server.direct.rows.retain(|_, row| row.seq <= before);
    (server.direct.head, server.direct.last_pos) = (before, 0);
    let said = server.direct.say(server.bob.user, "instead");
    replica.apply(Apply { tails: vec![server.direct.tail(50)], ..Apply::default() }).await.unwrap();
    assert_eq!(texts(&replica.timeline(server.conversation(), At::End, 10).await.unwrap()), ["instead"]);
    let wanted = replica.wants(None, 10, 50).await.unwrap().into_iter().find(|want| want.stream == server.direct.id);
    assert_eq!(wanted, None);
    let copies = replica.streams().await.unwrap();
    assert!(copies.iter().any(|copy| copy.stream == server.direct.id && copy.cursor == said.seq && copy.head == said.seq));
}
