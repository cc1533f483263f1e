//! One batch at a time: cursors, gaps, guards, heads, what the caller is told.

use crate::support::{Server, account, local, membership, parts, places, ready, texts};
use hearth_protocol::{
    ids::{ConversationId, Epoch, MessageId},
    mutation::{Acked, Outcome},
    rows::{ConversationKind, MembershipRow, RowData},
    stream::StreamId,
    sync::{From, Want},
};
use hearth_replica::{Apply, At, Edge, StreamCopy, StreamState, Tail};

async fn copy(replica: &hearth_replica::Replica, stream: StreamId) -> StreamCopy {
    replica.streams().await.unwrap().into_iter().find(|copy| copy.stream == stream).unwrap()
}

#[tokio::test]
async fn a_part_moves_the_cursor_and_tells_what_is_new_once() {
    let (replica, mut server) = ready().await;
    let part = server.direct.say(server.bob.user, "hello");
    let applied = replica.apply(parts(vec![part.clone()])).await.unwrap();
    assert_eq!(applied.conversations, [server.conversation()].into());
    assert_eq!(applied.new_messages.len(), 1);
    assert!(applied.gaps.is_empty() && !applied.outbox_changed);
    assert_eq!(copy(&replica, server.direct.id).await.cursor, server.direct.head);

    let before = replica.dump().await.unwrap();
    let again = replica.apply(parts(vec![part])).await.unwrap();
    assert_eq!(again, hearth_replica::Applied::default());
    assert_eq!(replica.dump().await.unwrap(), before);
}

#[tokio::test]
async fn my_own_messages_edits_and_history_are_no_news() {
    let (replica, mut server) = ready().await;
    let mine = server.direct.say(server.alice.user, "mine");
    let first = server.direct.say(server.bob.user, "first");
    replica.apply(parts(vec![mine, first])).await.unwrap();
    let edit = server.direct.edit(2, "first, edited");
    assert!(replica.apply(parts(vec![edit])).await.unwrap().new_messages.is_empty());
    let fresh = local().await;
    let applied = fresh.apply(server.everything()).await.unwrap();
    assert!(applied.new_messages.is_empty());
}

#[tokio::test]
async fn across_a_gap_rows_come_the_cursor_stays_and_the_gap_shows() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(5);
    replica.apply(parts(vec![frames[0].clone()])).await.unwrap();
    let applied = replica.apply(parts(vec![frames[3].clone()])).await.unwrap();
    assert_eq!(applied.gaps, [server.direct.id]);
    assert_eq!(applied.new_messages.len(), 1);
    assert_eq!(copy(&replica, server.direct.id).await.cursor, frames[0].seq);

    let end = replica.timeline(server.conversation(), At::End, 10).await.unwrap();
    assert_eq!((places(&end), end.before, end.after), (vec![4], Edge::Gap, Edge::End));
    let start = replica.timeline(server.conversation(), At::Before(2), 10).await.unwrap();
    assert_eq!((places(&start), start.before, start.after), (vec![1], Edge::End, Edge::Gap));
    let want = Want { stream: server.direct.id, from: From::Cursor { seq: frames[0].seq, vis_ver: 1 } };
    assert!(replica.wants(None, 10, 50).await.unwrap().contains(&want));

    replica.apply(parts(vec![frames[1].clone(), frames[2].clone(), frames[4].clone()])).await.unwrap();
    let end = replica.timeline(server.conversation(), At::End, 10).await.unwrap();
    assert_eq!((places(&end), end.before), ((1..=5).collect(), Edge::End));
    assert_eq!(copy(&replica, server.direct.id).await.cursor, server.direct.head);
}

#[tokio::test]
async fn an_empty_frame_moves_the_cursor() {
    let (replica, mut server) = ready().await;
    let mut part = server.direct.say(server.bob.user, "not for me");
    part.rows.clear();
    replica.apply(parts(vec![part])).await.unwrap();
    assert_eq!(copy(&replica, server.direct.id).await.cursor, server.direct.head);
}

#[tokio::test]
async fn a_tombstone_takes_the_words_and_never_comes_back() {
    let (replica, mut server) = ready().await;
    let said = server.direct.say(server.bob.user, "secret words");
    let gone = server.direct.delete(1);
    replica.apply(parts(vec![said.clone(), gone])).await.unwrap();
    replica.apply(parts(vec![said])).await.unwrap();
    let rows = replica.timeline(server.conversation(), At::End, 10).await.unwrap();
    assert_eq!(texts(&rows), ["-"]);
    assert!(replica.search("secret", None, 10).await.unwrap().hits.is_empty());
    assert!(!replica.dump().await.unwrap().contains("secret"));

    // Not even by a later row.
    let mut risen = server.direct.message(1);
    risen.body = Some(hearth_protocol::body::Body::text("secret words"));
    let part = server.direct.commit(risen);
    replica.apply(parts(vec![part])).await.unwrap();
    assert!(replica.search("secret", None, 10).await.unwrap().hits.is_empty());
    assert_eq!(texts(&replica.timeline(server.conversation(), At::End, 10).await.unwrap()), ["-"]);
}

#[tokio::test]
async fn kinds_of_the_future_are_kept_raw() {
    let (replica, mut server) = ready().await;
    let raw = serde_json::value::RawValue::from_string(r#"{"id":"p1","x":[1, 2]}"#.into()).unwrap();
    let part = server.direct.commit(RowData::Unknown { kind: "poll".into(), raw });
    replica.apply(parts(vec![part])).await.unwrap();
    assert!(replica.dump().await.unwrap().contains(r#"poll p1 2 {"id":"p1","x":[1, 2]}"#));
}

#[tokio::test]
async fn a_message_of_another_conversation_cannot_be_taken_over() {
    let (replica, mut server) = ready().await;
    let (mut group, joined) = server.group("Team");
    let part = server.direct.say(server.bob.user, "ours");
    replica.apply(Apply { tails: vec![group.tail(0)], parts: vec![part, joined], ..Apply::default() }).await.unwrap();
    let id = server.direct.message(1).id;
    let stolen = group.say_as(id, server.bob.user, "stolen");
    replica.apply(parts(vec![stolen])).await.unwrap();
    let rows = replica.timeline(server.conversation(), At::End, 10).await.unwrap();
    assert_eq!(texts(&rows), ["ours"]);
}

#[tokio::test]
async fn a_new_conversation_needs_no_pull_when_its_frames_come_from_the_beginning() {
    let (replica, mut server) = ready().await;
    let (mut group, joined) = server.group("Team");
    let created = group.part(0, 1);
    let said = group.say(server.bob.user, "welcome");
    let applied = replica.apply(parts(vec![joined, created, said])).await.unwrap();
    assert!(applied.gaps.is_empty());
    assert_eq!(applied.new_messages.len(), 1);
    assert_eq!(copy(&replica, group.id).await.state, StreamState::Complete);
    let wants = replica.wants(None, 10, 50).await.unwrap();
    assert!(wants.iter().all(|want| matches!(want.stream, StreamId::Members(_))), "{wants:?}");
}

#[tokio::test]
async fn a_frame_before_the_first_copy_is_shown_and_not_lost_by_it() {
    let replica = local().await;
    let mut server = Server::new();
    server.bob_says(20);
    let mut heads = server.direct.full_head(20);
    replica.apply(server.heads(vec![server.user.head_of(), heads.clone()], true)).await.unwrap();
    let tail = server.direct.tail(5);
    let frame = server.direct.say(server.bob.user, "just now");
    let applied = replica.apply(parts(vec![frame])).await.unwrap();
    assert_eq!(applied.gaps, [server.direct.id]);
    assert_eq!(applied.new_messages.len(), 1);
    replica.apply(Apply { tails: vec![server.user.tail(0), tail], ..Apply::default() }).await.unwrap();
    let rows = replica.timeline(server.conversation(), At::End, 50).await.unwrap();
    assert_eq!(places(&rows), (16..=21).collect::<Vec<_>>());
    assert_eq!(copy(&replica, server.direct.id).await.cursor, server.direct.head);
    // Heads that were asked for before change nothing; whether they are only late, the server is asked.
    heads.unread = None;
    let before = replica.dump().await.unwrap();
    replica.apply(server.heads(vec![heads], false)).await.unwrap();
    assert_eq!(replica.dump().await.unwrap(), before);
    let wants = replica.wants(None, 10, 50).await.unwrap();
    let asked = wants.iter().find(|want| want.stream == server.direct.id).unwrap();
    assert_eq!(asked.from, From::Cursor { seq: server.direct.head, vis_ver: 1 });
}

#[tokio::test]
async fn heads_show_the_last_message_and_nothing_else_of_it() {
    let replica = local().await;
    let mut server = Server::new();
    server.bob_says(80);
    let mut batch = server.heads(vec![server.user.head_of(), server.direct.full_head(80)], true);
    batch.tails.push(server.user.tail(0));
    replica.apply(batch).await.unwrap();
    let line = replica.conversation(server.conversation()).await.unwrap().unwrap();
    assert_eq!(line.unread, 80);
    let last = line.last.unwrap();
    assert_eq!((last.pos, last.sender_first_name, last.body.unwrap().searchable()), (Some(80), Some("Bob".to_owned()), Some("message 80")));
    assert!(replica.search("message", None, 10).await.unwrap().hits.is_empty());
    let rows = replica.timeline(server.conversation(), At::End, 10).await.unwrap();
    assert_eq!((rows.messages.len(), rows.before, rows.after), (0, Edge::Gap, Edge::Gap));
    assert_eq!(replica.watermark().await.unwrap(), [(0, 1)].into());
    let wants = replica.wants(None, 10, 50).await.unwrap();
    assert!(wants.contains(&Want { stream: server.direct.id, from: From::Tail { messages: 50 } }), "{wants:?}");
}

#[tokio::test]
async fn wants_come_in_the_order_of_what_people_look_at() {
    let (replica, mut server) = ready().await;
    let mut heads = vec![];
    let mut ids = vec![];
    for at in 0..4 {
        let (mut group, joined) = server.group(&format!("Group {at}"));
        for _ in 0..=at {
            group.say(server.bob.user, "x");
        }
        replica.apply(parts(vec![joined])).await.unwrap();
        heads.push(group.full_head(1));
        ids.push(group.id);
    }
    let mut user = server.user.head_of();
    user.head += 1;
    heads.push(user);
    replica.apply(server.heads(heads, false)).await.unwrap();
    let StreamId::Conversation(open) = ids[0] else { unreachable!() };
    let order: Vec<StreamId> = replica.wants(Some(open), 6, 50).await.unwrap().into_iter().map(|want| want.stream).collect();
    assert_eq!(order, [server.user.id, ids[0], StreamId::Members(open), ids[3], ids[2], ids[1]]);
}

#[tokio::test]
async fn leaving_removes_the_copy_and_late_frames_do_not_bring_it_back() {
    let (replica, mut server) = ready().await;
    let parts_before = server.bob_says(3);
    replica.apply(parts(parts_before)).await.unwrap();
    replica.enqueue(&server.send("unsent"), 1).await.unwrap();
    replica.save_draft(server.conversation(), "unsaid", None).await.unwrap();
    let conversation = server.conversation();
    let left = server.user.commit(MembershipRow { left_at: Some(9), ..membership(conversation, Some(&server.bob)) });
    replica.apply(parts(vec![left])).await.unwrap();
    let late = server.direct.say(server.bob.user, "late");
    replica.apply(Apply { parts: vec![late], tails: vec![server.direct.tail(50)], ..Apply::default() }).await.unwrap();
    assert!(replica.conversation(conversation).await.unwrap().is_none());
    assert!(replica.search("message", None, 10).await.unwrap().hits.is_empty());
    assert!(!replica.dump().await.unwrap().contains("message 1"));
    assert_eq!(replica.draft(conversation).await.unwrap().as_deref(), Some("unsaid"));
    assert_eq!(replica.outbox_count().await.unwrap().all, 1);
    assert_eq!(replica.backfill_progress().await.unwrap().messages, 0);
}

#[tokio::test]
async fn full_heads_and_gone_end_what_they_do_not_name() {
    for by_heads in [true, false] {
        let (replica, mut server) = ready().await;
        let frames = server.bob_says(3);
        replica.apply(parts(frames)).await.unwrap();
        let batch = if by_heads {
            server.heads(vec![server.user.head_of()], true)
        } else {
            Apply { gone: vec![server.direct.id], ..Apply::default() }
        };
        let applied = replica.apply(batch).await.unwrap();
        assert_eq!(applied.conversations, [server.conversation()].into());
        assert!(replica.conversations(hearth_replica::Filter::All, 10).await.unwrap().is_empty());
        assert!(replica.search("message", None, 10).await.unwrap().hits.is_empty());
    }
}

#[tokio::test]
async fn parts_of_another_epoch_are_dropped_and_reported() {
    let (replica, mut server) = ready().await;
    let mut part = server.direct.say(server.bob.user, "from another world");
    part.epoch = Epoch::new();
    let applied = replica.apply(parts(vec![part])).await.unwrap();
    assert_eq!(applied.gaps, [server.direct.id]);
    assert!(applied.conversations.is_empty() && applied.new_messages.is_empty());
    assert_eq!(replica.epoch().await.unwrap(), Some(server.epoch));
}

#[tokio::test]
async fn an_acknowledgement_with_unknown_id_or_strange_rows_is_harmless() {
    let (replica, mut server) = ready().await;
    let part = server.direct.say(server.bob.user, "x");
    let acked = Acked { id: MessageId::new(), outcome: Outcome::Applied(vec![part]) };
    let applied = replica.apply(Apply { acked: vec![acked], ..Apply::default() }).await.unwrap();
    assert!(!applied.outbox_changed && applied.new_messages.is_empty());
    let mut huge = server.direct.say(server.bob.user, "far");
    if let RowData::Message(row) = &mut huge.rows[0].data {
        row.pos = u64::MAX;
        row.created_at = i64::MIN;
    }
    huge.seq = u64::MAX;
    replica.apply(parts(vec![huge])).await.unwrap();
    let nowhere = ConversationId::new();
    let tail = Tail { part: server.group("g").0.part(0, 1), from_pos: u64::MAX };
    replica.apply(Apply { tails: vec![tail], ..Apply::default() }).await.unwrap();
    replica.timeline(nowhere, At::End, 10).await.unwrap();
    replica.timeline(server.conversation(), At::After(u64::MAX), 10).await.unwrap();
    assert_eq!(ConversationKind::parse("direct"), Some(ConversationKind::Direct));
}

/// A page brings each row at its newest: what was edited since comes after what stands behind it.
#[tokio::test]
async fn a_page_that_ends_before_an_edit_hides_nothing_behind_a_gap() {
    let (replica, mut server) = ready().await;
    let (from, bob) = (server.direct.head, server.bob.user);
    server.direct.say(bob, "first");
    server.direct.say(bob, "second");
    let between = server.direct.head;
    server.direct.edit(1, "first, edited");
    let head = server.direct.head;

    let page = server.direct.part(from, between);
    assert_eq!(page.rows.len(), 1, "the first comes later");
    let page_heads = [(page.stream, head)].into();
    replica.apply(Apply { page_heads, ..parts(vec![page]) }).await.unwrap();
    assert!(!replica.dump().await.unwrap().lines().any(|line| line.starts_with("known") && line.ends_with(" 1 3")), "1 is not here yet");

    replica.apply(parts(vec![server.direct.part(between, head)])).await.unwrap();
    let rows = replica.timeline(server.conversation(), At::End, 10).await.unwrap();
    assert_eq!(texts(&rows), ["first, edited", "second"]);
    let fresh = local().await;
    fresh.remember_me(&account(&server.alice)).await.unwrap();
    fresh.apply(server.everything()).await.unwrap();
    assert_eq!(replica.dump().await.unwrap(), fresh.dump().await.unwrap());
}
