//! Taking back what may have arrived, and what was sent too long ago.

use crate::support::{Local, Server, answer, mutation, person, ready, refusal, texts};
use hearth_protocol::{
    body::Body,
    error::ErrorCode,
    ids::MutationId,
    limits,
    mutation::{Mutation, Outcome},
    mutations::{EditMessage, Intent, SendMessage, SetStatus},
};
use hearth_replica::{At, Claimed, Discarded, Fate, Key, OutboxState, Replica, TakingBack};

async fn waiting(replica: &Replica) -> Vec<(MutationId, OutboxState)> {
    replica.outbox().await.unwrap().into_iter().map(|entry| (entry.id, entry.state)).collect()
}

/// A replica with one message that is on its way.
async fn under_way(text: &str) -> (Local, Server, Mutation) {
    let (replica, server) = ready().await;
    let sent = server.send(text);
    replica.enqueue(&sent, 1).await.unwrap();
    assert_eq!(replica.claim(2, 10).await.unwrap().mutations, std::slice::from_ref(&sent));
    (replica, server, sent)
}

#[tokio::test]
async fn what_was_never_sent_goes_at_once() {
    let (replica, server) = ready().await;
    let (gone, edited) = (server.send("oops"), server.send("almost"));
    replica.enqueue(&gone, 1).await.unwrap();
    replica.enqueue(&edited, 1).await.unwrap();
    assert_eq!(replica.discard(gone.id, TakingBack::Discard, false).await.unwrap(), Discarded::Gone(gone.intent));
    assert_eq!(replica.discard(gone.id, TakingBack::Discard, false).await.unwrap(), Discarded::Missing);
    replica.save_draft(server.conversation(), "before ", None).await.unwrap();
    assert_eq!(replica.discard(edited.id, TakingBack::Edit, false).await.unwrap(), Discarded::Gone(edited.intent));
    assert_eq!(replica.draft(server.conversation()).await.unwrap().as_deref(), Some("before\nalmost"));
    assert!(replica.timeline(server.conversation(), At::End, 10).await.unwrap().messages.is_empty());
    assert!(replica.conversation(server.conversation()).await.unwrap().unwrap().last.is_none());
}

#[tokio::test]
async fn what_was_sent_is_asked_about_through_restarts_and_its_text_comes_back() {
    let (local, server, sent) = under_way("not like this").await;
    assert_eq!(local.discard(sent.id, TakingBack::Edit, false).await.unwrap(), Discarded::TakingBack);
    assert_eq!(waiting(&local).await, [(sent.id, OutboxState::Canceling)]);
    assert_eq!(texts(&local.timeline(server.conversation(), At::End, 9).await.unwrap()), ["*not like this"], "it is in sight until then");
    assert!(!local.retry(sent.id).await.unwrap());
    local.replica.clone().close().await;

    let path = local.folder.path().join("replica.db");
    let replica = Replica::open(&path, &Key::from_bytes(crate::support::KEY)).await.unwrap();
    assert_eq!(waiting(&replica).await, [(sent.id, OutboxState::Canceling)]);
    let cancel = Claimed { cancels: vec![sent.id], ..Claimed::default() };
    assert_eq!(replica.claim(3, 10).await.unwrap(), cancel);
    assert_eq!(replica.claim(3, 10).await.unwrap(), Claimed::default(), "once per connection");
    replica.requeue_in_flight().await.unwrap();
    assert_eq!(replica.claim(3, 10).await.unwrap(), cancel);
    replica.apply(refusal(sent.id, ErrorCode::Unavailable)).await.unwrap();
    assert_eq!(waiting(&replica).await, [(sent.id, OutboxState::Canceling)]);

    let applied = replica.apply(refusal(sent.id, ErrorCode::Cancelled)).await.unwrap();
    assert!(matches!(&applied.taken_back[..], [back] if back.id == sent.id && back.fate == Fate::Returned));
    assert_eq!(waiting(&replica).await, []);
    assert_eq!(replica.draft(server.conversation()).await.unwrap().as_deref(), Some("not like this"));
    replica.close().await;
}

#[tokio::test]
async fn what_had_arrived_stays_and_is_told() {
    let (replica, mut server, sent) = under_way("too late").await;
    replica.discard(sent.id, TakingBack::Edit, false).await.unwrap();
    let part = server.direct.say_as(sent.id, server.alice.user, "too late");
    let applied = replica.apply(answer(sent.id, Outcome::Applied(vec![part.clone()]))).await.unwrap();
    assert_eq!(applied.taken_back.iter().map(|back| back.fate).collect::<Vec<_>>(), [Fate::Arrived]);
    // The answer to its sending came before the one to its taking back, which changes nothing more.
    let again = replica.apply(answer(sent.id, Outcome::Applied(vec![part]))).await.unwrap();
    assert!(again.taken_back.is_empty());
    assert_eq!(texts(&replica.timeline(server.conversation(), At::End, 9).await.unwrap()), ["too late"]);
    assert_eq!((waiting(&replica).await, replica.draft(server.conversation()).await.unwrap()), (vec![], None));
}

#[tokio::test]
async fn an_answered_refusal_says_that_nothing_arrived() {
    let (replica, _, sent) = under_way("once").await;
    replica.apply(refusal(sent.id, ErrorCode::NotFound)).await.unwrap();
    assert!(matches!(replica.discard(sent.id, TakingBack::Discard, false).await.unwrap(), Discarded::Gone(_)));

    // Sent twice, one refusal says nothing about the other.
    let (replica, _, sent) = under_way("twice").await;
    replica.requeue_in_flight().await.unwrap();
    replica.claim(3, 10).await.unwrap();
    replica.apply(refusal(sent.id, ErrorCode::NotFound)).await.unwrap();
    assert_eq!(replica.discard(sent.id, TakingBack::Discard, false).await.unwrap(), Discarded::TakingBack);
    // Nor does another one that comes now.
    replica.apply(refusal(sent.id, ErrorCode::NotFound)).await.unwrap();
    assert_eq!(waiting(&replica).await, [(sent.id, OutboxState::Canceling)]);
    let applied = replica.apply(refusal(sent.id, ErrorCode::Cancelled)).await.unwrap();
    assert_eq!(applied.taken_back[0].fate, Fate::Discarded);
    assert_eq!(waiting(&replica).await, []);
}

#[tokio::test]
async fn what_needs_a_discarded_one_goes_along_only_with_the_persons_word() {
    let (replica, server) = ready().await;
    let create = server.start_direct(person("Dan").user);
    let Intent::CreateDirect(direct) = create.intent.clone() else { unreachable!() };
    let hello = mutation(SendMessage::new(direct.conversation, Body::text("hello")).into());
    let edit = EditMessage { conversation: direct.conversation, message: hello.id, based_on: 0, body: Body::text("hi") };
    let edit = mutation(edit.into());
    for (mutation, at) in [&create, &hello, &edit].into_iter().zip(1..) {
        replica.enqueue(mutation, at).await.unwrap();
    }
    let Discarded::Needed(others) = replica.discard(create.id, TakingBack::Discard, false).await.unwrap() else { panic!("it has others") };
    assert_eq!(others.iter().map(|entry| entry.id).collect::<Vec<_>>(), [hello.id, edit.id]);
    assert_eq!(waiting(&replica).await.len(), 3, "nothing changed");
    assert!(matches!(replica.discard(create.id, TakingBack::Discard, true).await.unwrap(), Discarded::Gone(_)));
    assert_eq!(waiting(&replica).await, []);
}

#[tokio::test]
async fn what_was_added_while_its_need_was_taken_back_waits_for_the_person() {
    let (replica, server) = ready().await;
    let create = server.start_direct(person("Dan").user);
    let Intent::CreateDirect(direct) = create.intent.clone() else { unreachable!() };
    replica.enqueue(&create, 1).await.unwrap();
    replica.claim(1, 10).await.unwrap();
    assert_eq!(replica.discard(create.id, TakingBack::Discard, true).await.unwrap(), Discarded::TakingBack);
    let hello = mutation(SendMessage::new(direct.conversation, Body::text("hello")).into());
    replica.enqueue(&hello, 2).await.unwrap();
    assert_eq!(replica.claim(3, 10).await.unwrap(), Claimed { cancels: vec![create.id], ..Claimed::default() });
    replica.apply(refusal(create.id, ErrorCode::Cancelled)).await.unwrap();
    assert_eq!(waiting(&replica).await, [(hello.id, OutboxState::Failed)]);
    assert_eq!(replica.outbox().await.unwrap()[0].error.as_ref().unwrap().code, ErrorCode::NeedIsGone);
}

#[tokio::test]
async fn what_was_sent_sixty_days_ago_asks_and_goes_under_another_id() {
    let (replica, server, old) = under_way("remember me").await;
    let edit = EditMessage { conversation: server.conversation(), message: old.id, based_on: 0, body: Body::text("forget me not") };
    let edit = mutation(edit.into());
    replica.enqueue(&edit, 3).await.unwrap();
    replica.requeue_in_flight().await.unwrap();
    let due = 2 + limits::RESEND_MS_MAX;
    assert_eq!(replica.claim(due, 10).await.unwrap().mutations, std::slice::from_ref(&old), "the server still knows it");
    replica.requeue_in_flight().await.unwrap();
    let stale = replica.claim(due + 1, 10).await.unwrap();
    assert_eq!(stale, Claimed { stale: Some([server.conversation()].into()), ..Claimed::default() });
    let entry = &replica.outbox().await.unwrap()[0];
    assert_eq!((entry.state, entry.error.as_ref().unwrap().code), (OutboxState::Failed, ErrorCode::TriedLongAgo));

    // The person wants it sent again: first the old id is claimed, so that it cannot arrive beside the new one.
    assert!(replica.retry(old.id).await.unwrap());
    assert_eq!(replica.claim(due + 2, 10).await.unwrap(), Claimed { cancels: vec![old.id], ..Claimed::default() });
    let applied = replica.apply(refusal(old.id, ErrorCode::Cancelled)).await.unwrap();
    let Fate::Renewed(new) = applied.taken_back[0].fate else { panic!("{applied:?}") };
    assert_ne!(new, old.id);
    assert_eq!(replica.claim(due + 3, 10).await.unwrap().mutations, [Mutation::new(new, old.intent)]);
    // What changes the message changes the new one.
    replica.apply(answer(new, Outcome::Applied(vec![]))).await.unwrap();
    let edits = replica.claim(due + 4, 10).await.unwrap().mutations;
    assert!(matches!(&edits[..], [Mutation { intent: Intent::EditMessage(edit), .. }] if edit.message == new), "{edits:?}");
}

#[tokio::test]
async fn what_belongs_to_no_conversation_asks_too() {
    let (replica, _) = ready().await;
    let status = mutation(SetStatus { text: "here".into(), until: None }.into());
    replica.enqueue(&status, 1).await.unwrap();
    replica.claim(2, 10).await.unwrap();
    replica.requeue_in_flight().await.unwrap();
    let stale = replica.claim(3 + limits::RESEND_MS_MAX, 10).await.unwrap();
    assert_eq!(stale, Claimed { stale: Some([].into()), ..Claimed::default() });
    assert_eq!(replica.outbox().await.unwrap()[0].state, OutboxState::Failed);
}

#[tokio::test]
async fn an_id_that_is_used_up_is_replaced_and_how_far_one_has_read_is_never_asked_about() {
    let (replica, mut server, sent) = under_way("again").await;
    replica.apply(refusal(sent.id, ErrorCode::IdReused)).await.unwrap();
    assert!(replica.retry(sent.id).await.unwrap());
    let again = replica.claim(4, 10).await.unwrap().mutations;
    assert!(again.len() == 1 && again[0].id != sent.id && again[0].intent == sent.intent);

    let frames = server.bob_says(3);
    replica.apply(crate::support::parts(frames)).await.unwrap();
    replica.enqueue(&server.mark(2), 5).await.unwrap();
    assert_eq!(replica.outbox_count().await.unwrap().all, 1, "the message alone");
    let mark = replica.claim(6, 10).await.unwrap().mutations;
    replica.requeue_in_flight().await.unwrap();
    let claimed = replica.claim(7 + limits::RESEND_MS_MAX, 10).await.unwrap();
    assert_eq!(claimed.mutations.iter().map(|mutation| mutation.id).collect::<Vec<_>>(), [mark[0].id]);
    replica.apply(refusal(mark[0].id, ErrorCode::NotFound)).await.unwrap();
    assert_eq!(waiting(&replica).await.len(), 1, "a mark that is refused means nothing any more");
}
