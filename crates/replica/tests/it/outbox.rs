//! The outbox: durable, in order, never twice, never lost.

use crate::support::{parts, person, ready, texts};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::{ConversationId, MutationId},
    mutation::{Acked, Mutation, Outcome},
    mutations::{Intent, SendMessage},
};
use hearth_replica::{Apply, At, Edge, Failure, Filter, OutboxState, TakingBack};

fn acked(id: MutationId, outcome: Outcome) -> Apply {
    Apply { acked: vec![Acked { id, outcome }], ..Apply::default() }
}

fn refused(id: MutationId, code: ErrorCode) -> Apply {
    acked(id, Outcome::Refused(ApiError::new(code, "No.")))
}

#[tokio::test]
async fn a_message_is_shown_once_from_the_first_moment_on() {
    let (replica, mut server) = ready().await;
    let sent = server.send("hi");
    replica.save_draft(server.conversation(), "hi", None).await.unwrap();
    replica.enqueue(&sent, 50).await.unwrap();
    replica.enqueue(&sent, 51).await.unwrap();
    assert_eq!(replica.draft(server.conversation()).await.unwrap(), None);
    let conversation = server.conversation();
    let shown = async || texts(&replica.timeline(conversation, At::End, 10).await.unwrap());
    assert_eq!(shown().await, ["*hi"]);
    let line = replica.conversation(server.conversation()).await.unwrap().unwrap();
    assert!(line.last.is_some_and(|last| last.mine && last.pos.is_none() && last.outbox.is_some()));

    assert_eq!(replica.claim(60, 10).await.unwrap().mutations, std::slice::from_ref(&sent));
    assert_eq!(replica.claim(60, 10).await.unwrap().mutations, []);
    // The frame overtakes the acknowledgement.
    let part = server.direct.say_as(sent.id, server.alice.user, "hi");
    replica.apply(parts(vec![part.clone()])).await.unwrap();
    assert_eq!(shown().await, ["hi"]);
    assert_eq!(replica.outbox_count().await.unwrap().all, 1);
    let applied = replica.apply(acked(sent.id, Outcome::Applied(vec![part]))).await.unwrap();
    assert!(applied.outbox_changed);
    assert_eq!(shown().await, ["hi"]);
    assert_eq!(replica.outbox_count().await.unwrap().all, 0);
}

#[tokio::test]
async fn an_acknowledged_message_does_not_vanish_behind_a_gap() {
    let (replica, mut server) = ready().await;
    let sent = server.send("mine");
    replica.enqueue(&sent, 1).await.unwrap();
    server.bob_says(2);
    let part = server.direct.say_as(sent.id, server.alice.user, "mine");
    let applied = replica.apply(acked(sent.id, Outcome::Applied(vec![part]))).await.unwrap();
    assert_eq!(applied.gaps, [server.direct.id]);
    let rows = replica.timeline(server.conversation(), At::End, 10).await.unwrap();
    assert_eq!((texts(&rows), rows.before), (vec!["mine".to_owned()], Edge::Gap));
}

#[tokio::test]
async fn lanes_keep_order_through_refusals_and_reconnects() {
    let (replica, server) = ready().await;
    let (first, second) = (server.send("1"), server.send("2"));
    let other =
        crate::support::mutation(Intent::SendMessage(SendMessage::new(ConversationId::new(), hearth_protocol::body::Body::text("3"))));
    for mutation in [&first, &second, &other] {
        replica.enqueue(mutation, 1).await.unwrap();
    }
    assert_eq!(replica.claim(10, 1).await.unwrap().mutations, std::slice::from_ref(&first));
    let mut batch = refused(first.id, ErrorCode::RateLimited);
    batch.now_local = 1_000;
    assert!(replica.apply(batch).await.unwrap().outbox_changed);
    // The first waits, so the second does too; the other lane goes.
    assert_eq!(replica.claim(1_500, 10).await.unwrap().mutations, std::slice::from_ref(&other));
    let follows = |mutation: &Mutation| Mutation { after: Some(mutation.id), ..second.clone() };
    assert_eq!(replica.claim(2_000, 10).await.unwrap().mutations, [first.clone(), follows(&first)]);
    replica.requeue_in_flight().await.unwrap();
    assert_eq!(replica.claim(2_000, 10).await.unwrap().mutations, [first.clone(), follows(&first), other.clone()]);
    let entry = &replica.outbox().await.unwrap()[0];
    assert_eq!((entry.tries, entry.state), (3, OutboxState::InFlight));

    // A permanent refusal blocks nothing else.
    replica.requeue_in_flight().await.unwrap();
    replica.apply(refused(first.id, ErrorCode::NotFound)).await.unwrap();
    assert_eq!(replica.claim(2_000, 10).await.unwrap().mutations, [second, other]);
    let count = replica.outbox_count().await.unwrap();
    assert_eq!((count.all, count.failed), (3, 1));
    assert_eq!(replica.outbox().await.unwrap()[0].error.as_ref().unwrap().code, ErrorCode::NotFound);
    assert!(replica.retry(first.id).await.unwrap());
    assert_eq!(replica.claim(2_000, 10).await.unwrap().mutations, [first]);
}

#[tokio::test]
async fn what_is_under_way_is_named_by_the_next_of_its_lane_until_it_is_answered() {
    let (replica, server) = ready().await;
    let sent = [server.send("1"), server.send("2"), server.send("3")];
    replica.enqueue(&sent[0], 1).await.unwrap();
    let after = async |now| replica.claim(now, 10).await.unwrap().mutations.into_iter().map(|claimed| claimed.after).collect::<Vec<_>>();
    assert_eq!(after(1).await, [None]);
    for later in &sent[1..] {
        replica.enqueue(later, 1).await.unwrap();
    }
    assert_eq!(after(1).await, [Some(sent[0].id), Some(sent[1].id)]);
    // The first is refused for good, and the server would not take the others before they knew.
    replica.apply(refused(sent[0].id, ErrorCode::NotFound)).await.unwrap();
    for later in &sent[1..] {
        replica.apply(refused(later.id, ErrorCode::OutOfOrder)).await.unwrap();
    }
    assert_eq!(after(1).await, [None, Some(sent[1].id)]);
}

#[tokio::test]
async fn a_local_failure_waits_for_its_time() {
    let (replica, server) = ready().await;
    let sent = server.send("x");
    replica.enqueue(&sent, 1).await.unwrap();
    replica.claim(1, 1).await.unwrap();
    replica.failed(sent.id, &ApiError::new(ErrorCode::Unavailable, "Later."), Failure::RetryAt(500)).await.unwrap();
    assert_eq!(replica.claim(499, 1).await.unwrap().mutations, []);
    assert_eq!(replica.claim(500, 1).await.unwrap().mutations, [sent]);
}

#[tokio::test]
async fn what_is_marked_as_unread_is_so_at_once_and_reading_goes_on_from_there() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(9);
    replica.apply(parts(frames)).await.unwrap();
    let marker = server.read_to(3);
    replica.apply(parts(vec![marker])).await.unwrap();
    let unread = async || replica.total_unread(1).await.unwrap();
    let counted = async || replica.count_unread().await.unwrap()[0].counted;
    let steps =
        [(server.mark(8), 1), (server.mark_unread(9), 1), (server.mark_unread(5), 5), (server.mark_unread(7), 5), (server.mark(7), 2)];
    for (step, expected) in steps {
        replica.enqueue(&step, 1).await.unwrap();
        assert_eq!((unread().await, counted().await), (expected, u64::from(expected)), "{:?}", step.intent);
    }
    // The first reading stays, for those who are told of it; what changes nothing is not taken.
    let names: Vec<&str> = replica.outbox().await.unwrap().iter().map(|entry| entry.intent.name()).collect();
    assert_eq!(names, ["mark_read", "mark_unread", "mark_read"]);
    assert_eq!(replica.outbox_count().await.unwrap().all, 0, "nobody waits for it");
    // One after the other is acknowledged, and nothing changes with it.
    for pos in [8, 4, 7] {
        let claimed = replica.claim(1, 1).await.unwrap().mutations;
        let marker = server.read_to(pos);
        replica.apply(acked(claimed[0].id, Outcome::Applied(vec![marker]))).await.unwrap();
        assert_eq!((unread().await, counted().await), (2, 2));
    }
    assert_eq!(replica.unread_place(server.conversation(), None).await.unwrap(), Some(9));
}

#[tokio::test]
async fn reading_further_replaces_the_mark_that_waits_and_is_believed_at_once() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(5);
    replica.apply(parts(frames)).await.unwrap();
    assert_eq!(replica.total_unread(1).await.unwrap(), 5);
    for pos in [2, 4, 3] {
        replica.enqueue(&server.mark(pos), 1).await.unwrap();
    }
    let outbox = replica.outbox().await.unwrap();
    assert!(matches!(&outbox[..], [only] if matches!(&only.intent, Intent::MarkRead(mark) if mark.pos == 4)), "{outbox:?}");
    let rows = replica.timeline(server.conversation(), At::End, 10).await.unwrap();
    assert_eq!((rows.read_pos, rows.unread, replica.total_unread(1).await.unwrap()), (4, 1, 1));

    // One on its way stays, and a later one follows it.
    let claimed = replica.claim(1, 10).await.unwrap().mutations;
    replica.enqueue(&server.mark(5), 1).await.unwrap();
    assert_eq!(replica.outbox().await.unwrap().len(), 2);
    assert_eq!(replica.outbox_count().await.unwrap().all, 0, "reading is nothing that one waits for");
    let marker = server.read_to(4);
    replica.apply(acked(claimed[0].id, Outcome::Applied(vec![marker]))).await.unwrap();
    assert_eq!(replica.total_unread(1).await.unwrap(), 0);
    assert_eq!(replica.outbox().await.unwrap().len(), 1);
    let last = replica.claim(1, 10).await.unwrap().mutations;
    replica.apply(refused(last[0].id, ErrorCode::NotFound)).await.unwrap();
    assert_eq!(replica.total_unread(1).await.unwrap(), 1);
    assert_eq!(replica.outbox().await.unwrap(), [], "nobody could do anything about it");
}

#[tokio::test]
async fn a_conversation_begun_offline_is_in_the_list_and_its_messages_wait_for_it() {
    let (replica, server) = ready().await;
    let carol = person("Carol");
    replica.remember_people(std::slice::from_ref(&carol), replica.names_told()).await.unwrap();
    let create = server.start_direct(carol.user);
    let Intent::CreateDirect(direct) = create.intent.clone() else { unreachable!() };
    replica.enqueue(&create, 2_000_000).await.unwrap();
    let hello =
        crate::support::mutation(Intent::SendMessage(SendMessage::new(direct.conversation, hearth_protocol::body::Body::text("hello"))));
    replica.enqueue(&hello, 2_000_001).await.unwrap();

    let list = replica.conversations(Filter::Direct, 10).await.unwrap();
    assert_eq!(list[0].id, direct.conversation);
    assert_eq!(list[0].peer.as_ref(), Some(&carol));
    let rows = replica.timeline(direct.conversation, At::End, 10).await.unwrap();
    assert_eq!((texts(&rows), rows.before, rows.after), (vec!["*hello".to_owned()], Edge::End, Edge::End));
    assert_eq!(replica.claim(1, 10).await.unwrap().mutations, std::slice::from_ref(&create));

    // Refused for good: the message waits with it, until the person gives the conversation up.
    replica.apply(refused(create.id, ErrorCode::NotFound)).await.unwrap();
    assert_eq!(replica.claim(1, 10).await.unwrap().mutations, []);
    assert!(replica.retry(create.id).await.unwrap());
    replica.claim(1, 10).await.unwrap();
    let membership = crate::support::membership(direct.conversation, Some(&carol));
    let mut user = server.user.clone();
    let part = user.commit(membership);
    replica.apply(acked(create.id, Outcome::Applied(vec![part]))).await.unwrap();
    assert_eq!(replica.claim(1, 10).await.unwrap().mutations, [hello]);
    assert_eq!(replica.conversation(direct.conversation).await.unwrap().unwrap().peer, Some(carol));
}

#[tokio::test]
async fn a_discarded_conversation_leaves_the_list() {
    let (replica, server) = ready().await;
    let create = server.start_direct(person("Dan").user);
    replica.enqueue(&create, 1).await.unwrap();
    assert_eq!(replica.conversations(Filter::All, 10).await.unwrap().len(), 2);
    replica.discard(create.id, TakingBack::Discard, false).await.unwrap();
    assert_eq!(replica.conversations(Filter::All, 10).await.unwrap().len(), 1);
}
