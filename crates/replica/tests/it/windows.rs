//! What I may see changes: joining, leaving, being removed, coming back.

use crate::support::{Local, Server, Stream, membership, mutation, parts, places, ready, texts};
use hearth_protocol::{
    body::Body,
    error::{ApiError, ErrorCode},
    mutation::{Acked, Mutation, Outcome, Part},
    mutations::{CreateConversation, MarkRead, SendMessage},
    rows::{ConversationKind, MembershipRow},
    stream::StreamId,
    sync::From,
};
use hearth_replica::{Apply, At, Filter, OutboxState};

/// Alice in a group in which Bob wrote "one" to "three".
async fn group() -> (Local, Server, Stream) {
    let (replica, mut server) = ready().await;
    let (mut group, part) = server.group("Climbing");
    for text in ["one", "two", "three"] {
        group.say(server.bob.user, text);
    }
    replica.apply(Apply { parts: vec![part], tails: vec![group.tail(50)], ..Apply::default() }).await.unwrap();
    (replica, server, group)
}

/// My membership row of the group as it is from now on.
fn belongs(server: &mut Server, group: &mut Stream, vis_ver: u64, left_at: Option<i64>) -> Part {
    group.vis_ver = vis_ver;
    let conversation = group.id.conversation().unwrap();
    server.user.commit(MembershipRow { kind: ConversationKind::Group, left_at, vis_ver, ..membership(conversation, None) })
}

fn say(group: &Stream, text: &str) -> Mutation {
    mutation(SendMessage::new(group.id.conversation().unwrap(), Body::text(text)).into())
}

async fn found(replica: &Local, word: &str) -> usize {
    replica.search(word, None, 10).await.unwrap().hits.len()
}

#[tokio::test]
async fn removed_while_offline_the_copy_goes_and_what_was_typed_waits_for_me() {
    let (replica, mut server, mut group) = group().await;
    let conversation = group.id.conversation().unwrap();
    let (typed, sent, other) = (say(&group, "typed offline"), say(&group, "on its way"), server.send("elsewhere"));
    let mark = mutation(MarkRead { conversation, pos: 2 }.into());
    replica.enqueue(&sent, 1).await.unwrap();
    assert_eq!(replica.claim(1, 10).await.unwrap().mutations.len(), 1);
    replica.requeue_in_flight().await.unwrap();
    for waiting in [&typed, &mark, &other] {
        replica.enqueue(waiting, 1).await.unwrap();
    }
    replica.save_draft(conversation, "half a", None).await.unwrap();
    assert_eq!(found(&replica, "three").await, 1);

    let left = belongs(&mut server, &mut group, 2, Some(9));
    let applied = replica.apply(parts(vec![left])).await.unwrap();
    assert!(applied.outbox_changed && applied.conversations.contains(&conversation));
    assert_eq!(found(&replica, "three").await, 0);
    assert!(replica.timeline(conversation, At::End, 10).await.unwrap().messages.iter().all(|shown| shown.mine));
    assert!(replica.conversations(Filter::Groups, 10).await.unwrap().is_empty());
    assert!(replica.streams().await.unwrap().iter().all(|copy| copy.stream.conversation() != Some(conversation)));
    assert_eq!(replica.draft(conversation).await.unwrap().as_deref(), Some("half a"));

    // What was never sent waits for the person; what may have arrived asks the server; a mark means nothing any more.
    let outbox = replica.outbox().await.unwrap();
    let state = |id| outbox.iter().find(|entry| entry.id == id).map(|entry| entry.state);
    assert_eq!((state(typed.id), state(sent.id)), (Some(OutboxState::Failed), Some(OutboxState::Queued)));
    assert_eq!((state(other.id), state(mark.id)), (Some(OutboxState::Queued), None));
    let error = outbox.iter().find(|entry| entry.id == typed.id).unwrap().error.clone().unwrap();
    assert_eq!(error.code, ErrorCode::NotAMember);
    assert!(replica.claim(1, 10).await.unwrap().mutations.contains(&sent));
    let refused = Acked { id: sent.id, outcome: Outcome::Refused(ApiError::not_found()) };
    replica.apply(Apply { acked: vec![refused], ..Apply::default() }).await.unwrap();
    let entry = replica.outbox().await.unwrap().into_iter().find(|entry| entry.id == sent.id).unwrap();
    assert_eq!((entry.state, entry.error.unwrap().code), (OutboxState::Failed, ErrorCode::NotAMember));
    // Had it arrived before the removal, the retry's answer has no rows.
    assert!(replica.retry(sent.id).await.unwrap());
    replica.claim(1, 10).await.unwrap();
    replica.apply(Apply { acked: vec![Acked { id: sent.id, outcome: Outcome::Applied(vec![]) }], ..Apply::default() }).await.unwrap();
    assert!(replica.outbox().await.unwrap().iter().all(|entry| entry.id != sent.id));
}

#[tokio::test]
async fn a_refusal_that_comes_before_its_reason_is_explained_by_it() {
    let (replica, mut server, mut group) = group().await;
    let sent = say(&group, "too late");
    replica.enqueue(&sent, 1).await.unwrap();
    replica.claim(1, 10).await.unwrap();
    let refused = Acked { id: sent.id, outcome: Outcome::Refused(ApiError::not_found()) };
    replica.apply(Apply { acked: vec![refused], ..Apply::default() }).await.unwrap();
    let left = belongs(&mut server, &mut group, 2, Some(9));
    replica.apply(parts(vec![left])).await.unwrap();
    assert_eq!(replica.outbox().await.unwrap()[0].error.as_ref().unwrap().code, ErrorCode::NotAMember);
}

#[tokio::test]
async fn frames_copies_and_pages_of_the_old_version_are_late() {
    let (replica, mut server, mut group) = group().await;
    let conversation = group.id.conversation().unwrap();
    let late = group.say(server.bob.user, "said before I left");
    let late_tail = group.tail(50);
    let late_page = group.history(3, 10);
    let left = belongs(&mut server, &mut group, 2, Some(9));
    let frames = parts(vec![left, late.clone()]);
    assert!(replica.apply(frames).await.unwrap().new_messages.is_empty());
    assert_eq!(found(&replica, "said").await, 0);

    // Back: "secret" was said meanwhile, and is none of mine.
    group.say(server.bob.user, "secret");
    let back = belongs(&mut server, &mut group, 3, None);
    replica.apply(parts(vec![back])).await.unwrap();
    let batch = Apply { parts: vec![late], tails: vec![late_tail], history: vec![late_page], ..Apply::default() };
    assert!(replica.apply(batch).await.unwrap().new_messages.is_empty());
    assert!(replica.timeline(conversation, At::End, 10).await.unwrap().messages.is_empty());
    let wants = replica.wants(None, 10, 50).await.unwrap();
    assert!(wants.iter().any(|want| want.stream == group.id && want.from == From::Tail { messages: 50 }), "{wants:?}");

    let live = group.say(server.bob.user, "welcome back");
    group.rows.retain(|_, row| row.data.pos() != Some(5));
    replica.apply(Apply { parts: vec![live], ..Apply::default() }).await.unwrap();
    replica.apply(Apply { tails: vec![group.tail(50)], ..Apply::default() }).await.unwrap();
    let rows = replica.timeline(conversation, At::End, 10).await.unwrap();
    assert_eq!(texts(&rows), ["one", "two", "three", "said before I left", "welcome back"]);
    assert_eq!(places(&rows), [1, 2, 3, 4, 6]);
    assert_eq!(found(&replica, "secret").await, 0);
}

#[tokio::test]
async fn gone_and_back_while_offline_swaps_the_copy() {
    let (replica, mut server, mut group) = group().await;
    let conversation = group.id.conversation().unwrap();
    group.say(server.bob.user, "secret");
    // Only the newest state of the membership row is told.
    let back = belongs(&mut server, &mut group, 3, None);
    group.say(server.bob.user, "welcome back");
    replica.apply(parts(vec![back])).await.unwrap();
    assert_eq!(places(&replica.timeline(conversation, At::End, 10).await.unwrap()), [1, 2, 3], "the old copy stays readable");
    let wants = replica.wants(None, 10, 50).await.unwrap();
    assert!(wants.iter().any(|want| want.stream == group.id && want.from == From::Tail { messages: 50 }), "{wants:?}");
    group.rows.retain(|_, row| row.data.pos() != Some(4));
    replica.apply(Apply { tails: vec![group.tail(50)], ..Apply::default() }).await.unwrap();
    assert_eq!(places(&replica.timeline(conversation, At::End, 10).await.unwrap()), [1, 2, 3, 5]);
}

#[tokio::test]
async fn a_group_made_offline_is_in_the_list_and_its_messages_wait_for_it() {
    let (replica, server) = ready().await;
    let conversation = hearth_protocol::ids::ConversationId::new();
    let make = CreateConversation { conversation, name: "Climbing".into(), members: [server.bob.user].into(), shared_history: true };
    let make = mutation(make.into());
    replica.enqueue(&make, 5).await.unwrap();
    let hello = mutation(SendMessage::new(conversation, Body::text("hello")).into());
    replica.enqueue(&hello, 6).await.unwrap();
    let list = replica.conversations(Filter::Groups, 10).await.unwrap();
    assert_eq!((list[0].id, list[0].name.as_str(), list[0].kind), (conversation, "Climbing", ConversationKind::Group));
    assert_eq!(replica.claim(9, 10).await.unwrap().mutations, [make]);
    assert_eq!(StreamId::Conversation(conversation).conversation(), Some(conversation));
}

#[tokio::test]
async fn what_was_answered_before_my_view_changed_stays_in_sight_until_the_new_copy_has_it() {
    let (replica, mut server, mut group) = group().await;
    let conversation = group.id.conversation().unwrap();
    let (first, second) = (say(&group, "first"), say(&group, "second"));
    for sent in [&first, &second] {
        replica.enqueue(sent, 1).await.unwrap();
    }
    assert_eq!(replica.claim(1, 10).await.unwrap().mutations.len(), 2);
    // One commit has both messages and the change; the answers tell what I saw at each of them.
    let me = server.alice.user;
    let mut answer = |sent: &Mutation, text| Acked { id: sent.id, outcome: Outcome::Applied(vec![group.say_as(sent.id, me, text)]) };
    let answers = vec![answer(&first, "first"), answer(&second, "second")];
    let changed = belongs(&mut server, &mut group, 2, None);
    replica.apply(Apply { parts: vec![changed], ..Apply::default() }).await.unwrap();
    replica.apply(Apply { tails: vec![group.tail(1)], ..Apply::default() }).await.unwrap();
    replica.apply(Apply { acked: answers, ..Apply::default() }).await.unwrap();
    let shown = async || texts(&replica.timeline(conversation, At::End, 10).await.unwrap());
    assert_eq!(shown().await, ["second", "*first"]);
    // It is asked about again, and gone from the outbox once the copy has it.
    let again = replica.claim(100_000, 10).await.unwrap().mutations;
    assert_eq!(again.iter().map(|mutation| mutation.id).collect::<Vec<_>>(), [first.id]);
    let answer = Acked { id: first.id, outcome: Outcome::Applied(vec![group.part(3, 4)]) };
    replica.apply(Apply { history: vec![group.history(5, 10)], acked: vec![answer], ..Apply::default() }).await.unwrap();
    assert_eq!(shown().await, ["one", "two", "three", "first", "second"]);
    assert!(replica.outbox().await.unwrap().is_empty());
}
