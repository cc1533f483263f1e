//! New copies: a changed view, a new epoch, a refused cursor.

use crate::support::{parts, places, ready, texts};
use hearth_protocol::{
    ids::Epoch,
    mutation::{Acked, Outcome},
    sync::From,
};
use hearth_replica::{Apply, At, Edge, StreamState};

#[tokio::test]
async fn a_reset_swaps_rows_in_one_transaction_and_leaves_what_was_typed() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(30);
    replica.apply(parts(frames)).await.unwrap();
    replica.enqueue(&server.send("unsent"), 1).await.unwrap();
    replica.save_draft(server.conversation(), "half a").await.unwrap();
    server.direct.vis_ver = 2;
    server.direct.rows.retain(|_, row| row.seq > 10);
    let tail = server.direct.tail(10);

    // Whoever reads meanwhile sees the old copy or the new one, never a mixture.
    let reader = replica.replica.clone();
    let conversation = server.conversation();
    let reading = tokio::spawn(async move {
        let mut seen = vec![];
        for _ in 0..50 {
            let rows = reader.timeline(conversation, At::End, 100).await.unwrap();
            let found = reader.search("message", None, 100).await.unwrap().hits.len();
            assert!(found == 30 || found == 10, "{found}");
            seen.push(places(&rows).len());
            tokio::task::yield_now().await;
        }
        seen
    });
    let applied = replica.reset_stream(server.direct.id, tail).await.unwrap();
    assert!(applied.new_messages.is_empty());
    assert!(reading.await.unwrap().iter().all(|count| *count == 30 || *count == 10));

    let rows = replica.timeline(conversation, At::End, 100).await.unwrap();
    assert_eq!((places(&rows), rows.before), ((21..=30).collect(), Edge::Gap));
    assert_eq!(texts(&rows).last().unwrap(), "*unsent");
    assert_eq!(replica.draft(conversation).await.unwrap().as_deref(), Some("half a"));
    assert_eq!(replica.search("\"message 5\"", None, 10).await.unwrap().hits.len(), 0);
    assert_eq!(replica.backfill_progress().await.unwrap().messages, 10);
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
    assert_eq!(places(&replica.timeline(server.conversation(), At::End, 10).await.unwrap()), [2, 3, 4]);
    let copies = replica.streams().await.unwrap();
    assert!(copies.iter().any(|copy| copy.stream == server.direct.id && copy.state == StreamState::Tail));
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
