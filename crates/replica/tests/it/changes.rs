//! My own edits and deletions before they are acknowledged, and what becomes of tombstones.

use crate::support::{Server, mutation, parts, ready, texts};
use hearth_protocol::{
    body::Body,
    error::{ApiError, ErrorCode},
    ids::MessageId,
    mutation::{Acked, Mutation, Outcome},
    mutations::{DeleteMessage, EditMessage},
    sync::Head,
};
use hearth_replica::{Apply, At, Filter, Item, OutboxState, TakingBack, TimelineRows};

fn edit(server: &Server, message: MessageId, based_on: u32, text: &str) -> Mutation {
    mutation(EditMessage { conversation: server.conversation(), message, based_on, body: Body::text(text) }.into())
}

fn delete(server: &Server, message: MessageId) -> Mutation {
    mutation(DeleteMessage { conversation: server.conversation(), message }.into())
}

/// Whether each shown message waits for an answer to a change, and the revision that it shows.
fn changes(rows: &TimelineRows) -> Vec<(bool, u32)> {
    let of = |item: &Item| if let Item::Row(row) = item { row.revision } else { 0 };
    rows.messages.iter().map(|message| (message.change.is_some(), of(&message.item))).collect()
}

#[tokio::test]
async fn my_changes_show_at_once_and_are_no_rows() {
    let (replica, mut server) = ready().await;
    let frames = vec![server.direct.say(server.alice.user, "one"), server.direct.say(server.alice.user, "two")];
    replica.apply(parts(frames)).await.unwrap();
    let conversation = server.conversation();
    let (first, second) = (server.direct.message(1), server.direct.message(2));
    let shown = async || replica.timeline(conversation, At::End, 10).await.unwrap();
    let before = replica.dump().await.unwrap();
    let edits = [edit(&server, first.id, 0, "1"), edit(&server, first.id, 1, "1st")];
    for edit in &edits {
        replica.enqueue(edit, 5).await.unwrap();
    }
    let deletion = delete(&server, second.id);
    replica.enqueue(&deletion, 6).await.unwrap();
    assert_eq!(texts(&shown().await), ["1st", "-"]);
    assert_eq!(changes(&shown().await), [(true, 2), (true, 0)]);
    assert_eq!(replica.dump().await.unwrap(), before, "what waits is laid over the rows, and never stored among them");
    let last = replica.conversation(conversation).await.unwrap().unwrap().last.unwrap();
    assert!(last.id == second.id && last.body.is_none() && last.outbox.is_some());

    // The frame first, then the answer: no moment shows it twice or not at all.
    let frame = server.direct.edit(1, "1");
    replica.apply(parts(vec![frame.clone()])).await.unwrap();
    assert_eq!(texts(&shown().await), ["1st", "-"]);
    let acked = Acked { id: edits[0].id, outcome: Outcome::Applied(vec![frame]) };
    replica.apply(Apply { acked: vec![acked], ..Apply::default() }).await.unwrap();
    assert_eq!((texts(&shown().await), changes(&shown().await)[0]), (vec!["1st".into(), "-".into()], (true, 2)));
    // What the person takes back shows no more.
    for mine in [edits[1].id, deletion.id] {
        replica.discard(mine, TakingBack::Discard, false).await.unwrap();
    }
    assert_eq!((texts(&shown().await), changes(&shown().await)), (vec!["1".into(), "two".into()], vec![(false, 1), (false, 0)]));
}

#[tokio::test]
async fn what_is_not_sent_yet_can_be_changed_too() {
    let (replica, server) = ready().await;
    let (first, second) = (server.send("one"), server.send("two"));
    let edit = edit(&server, first.id, 0, "1");
    for waiting in [&first, &second, &edit, &delete(&server, second.id)] {
        replica.enqueue(waiting, 5).await.unwrap();
    }
    assert_eq!(texts(&replica.timeline(server.conversation(), At::End, 10).await.unwrap()), ["*1"]);
    // Each waits for the message that it changes.
    assert_eq!(replica.claim(9, 10).await.unwrap().mutations, [first.clone(), Mutation { after: Some(first.id), ..second.clone() }]);
    replica.apply(Apply { acked: vec![Acked { id: first.id, outcome: Outcome::Applied(vec![]) }], ..Apply::default() }).await.unwrap();
    assert_eq!(replica.claim(9, 10).await.unwrap().mutations, [Mutation { after: Some(second.id), ..edit }]);
}

#[tokio::test]
async fn a_conflict_keeps_both_texts() {
    let (replica, mut server) = ready().await;
    let frame = server.direct.say(server.alice.user, "one");
    replica.apply(parts(vec![frame])).await.unwrap();
    let mine = edit(&server, server.direct.message(1).id, 0, "on the laptop");
    replica.enqueue(&mine, 5).await.unwrap();
    replica.claim(5, 1).await.unwrap();
    let mut current = server.direct.edit(1, "on the phone");
    current.prev = current.seq;
    let error = ApiError::new(ErrorCode::EditConflict, "Changed.").with_current(current);
    let refused = Acked { id: mine.id, outcome: Outcome::Refused(error) };
    replica.apply(Apply { acked: vec![refused], ..Apply::default() }).await.unwrap();
    assert_eq!(texts(&replica.timeline(server.conversation(), At::End, 10).await.unwrap()), ["on the phone"]);
    let entry = &replica.outbox().await.unwrap()[0];
    assert_eq!((entry.state, &entry.intent), (OutboxState::Failed, &mine.intent));
    let error = entry.error.as_ref().unwrap();
    assert!(error.code == ErrorCode::EditConflict && error.current.is_none());
    assert_eq!(replica.search("phone", None, 10).await.unwrap().hits.len(), 1);
}

#[tokio::test]
async fn deletions_lower_unread_before_everything_is_here() {
    let (replica, mut server) = ready().await;
    server.bob_says(30);
    let head = server.direct.full_head(30);
    replica.apply(server.heads(vec![server.user.head_of(), head], true)).await.unwrap();
    replica.apply(Apply { tails: vec![server.direct.tail(5)], ..Apply::default() }).await.unwrap();
    assert_eq!(replica.total_unread(1).await.unwrap(), 30);
    // One that is here, one that was never fetched, and one that came and went since.
    let mut frames = vec![server.direct.delete(28), server.direct.delete(3)];
    let new = server.direct.say(server.bob.user, "a mistake");
    frames.extend([new, server.direct.delete(31)]);
    replica.apply(parts(frames)).await.unwrap();
    assert_eq!(replica.total_unread(1).await.unwrap(), 28);
    assert_eq!(replica.conversations(Filter::Unread, 5).await.unwrap()[0].unread, 28);
}

#[tokio::test]
async fn a_raised_floor_takes_tombstones_and_what_is_older_is_late() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(5);
    replica.apply(parts(frames.clone())).await.unwrap();
    let late_page = server.direct.history(4, 3);
    let tombstone = server.direct.delete(2);
    replica.apply(parts(vec![tombstone.clone()])).await.unwrap();
    let conversation = server.conversation();
    let shown = async || texts(&replica.timeline(conversation, At::End, 10).await.unwrap());
    assert_eq!(shown().await, ["message 1", "-", "message 3", "message 4", "message 5"]);
    let floor = server.direct.head;
    server.direct.rows.retain(|_, row| row.data.pos() != Some(2));
    let head = Head { floor, ..server.direct.head_of() };
    assert!(replica.apply(server.heads(vec![head], false)).await.unwrap().conversations.contains(&conversation));
    let purged = ["message 1", "message 3", "message 4", "message 5"];
    assert_eq!(shown().await, purged);
    assert_eq!(replica.backfill_progress().await.unwrap().messages, 4);
    // Nothing brings it back: neither the live message nor its tombstone.
    let late = Apply { parts: [frames, vec![tombstone]].concat(), history: vec![late_page], ..Apply::default() };
    replica.apply(late).await.unwrap();
    assert_eq!(shown().await, purged);
    assert_eq!(replica.search("\"message 2\"", None, 10).await.unwrap().hits.len(), 0);
    let fresh = crate::support::local().await;
    fresh.apply(server.everything()).await.unwrap();
    assert_eq!(replica.dump().await.unwrap(), fresh.dump().await.unwrap());

    // A cursor below the floor asks for a new copy.
    let behind = crate::support::local().await;
    let mut old = server.direct.tail(50);
    old.part.seq = 3;
    behind.apply(Apply { tails: vec![server.user.tail(0), old], ..Apply::default() }).await.unwrap();
    let head = Head { floor, ..server.direct.head_of() };
    behind.apply(server.heads(vec![head], false)).await.unwrap();
    let wants = behind.wants(None, 10, 50).await.unwrap();
    assert!(wants.iter().any(|want| want.stream == server.direct.id && matches!(want.from, hearth_protocol::sync::From::Tail { .. })));
}
