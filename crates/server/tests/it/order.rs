//! The order of a lane: what follows another mutation waits for that one's answer.

use crate::{
    host::{Database, Host},
    person::{message, texts},
};
use hearth_protocol::{
    error::{ErrorClass, ErrorCode},
    ids::{ConversationId, MutationId},
    mutation::{Acked, Mutation, Outcome},
};

on_both_databases!(what_was_refused_for_now_is_not_overtaken, every_final_answer_lets_the_next_go);

fn after(after: MutationId, conversation: ConversationId, text: &str) -> Mutation {
    Mutation { after: Some(after), ..Mutation::new(MutationId::new(), message(conversation, text)) }
}

fn refusal(acked: &Acked) -> Option<ErrorCode> {
    if let Outcome::Refused(error) = &acked.outcome { Some(error.code) } else { None }
}

async fn what_was_refused_for_now_is_not_overtaken(database: Database) {
    let mut host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let first = Mutation::new(MutationId::new(), message(conversation, "first"));
    let second = after(first.id, conversation, "second");
    let third = after(second.id, conversation, "third");
    for _ in 0..2 {
        let acked = alice.try_mutate(vec![second.clone(), third.clone()]).await.unwrap();
        assert_eq!(acked.iter().map(refusal).collect::<Vec<_>>(), [Some(ErrorCode::OutOfOrder); 2]);
        assert_eq!(ErrorCode::OutOfOrder.class(), ErrorClass::Retry);
    }
    assert!(alice.messages(conversation).await.is_empty(), "nothing of it is kept");
    // All of them together, then again, the last with another one before it: it is the same mutation.
    let batch = vec![first.clone(), second.clone(), third.clone()];
    assert!(alice.try_mutate(batch).await.unwrap().iter().all(|acked| refusal(acked).is_none()));
    host.restart().await;
    let alice = alice.at(&host);
    let again = Mutation { after: Some(MutationId::new()), ..third.clone() };
    assert_eq!(refusal(&alice.try_mutate(vec![again]).await.unwrap()[0]), None);
    let next = after(third.id, conversation, "fourth");
    assert_eq!(refusal(&alice.try_mutate(vec![next]).await.unwrap()[0]), None, "what was applied before the restart counts");
    assert_eq!(texts(&alice.messages(conversation).await), ["first", "second", "third", "fourth"]);
}

async fn every_final_answer_lets_the_next_go(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let wrong = Mutation::new(MutationId::new(), message(conversation, " "));
    let acked = alice.try_mutate(vec![wrong.clone(), after(wrong.id, conversation, "in its batch")]).await.unwrap();
    assert_eq!(acked.iter().map(refusal).collect::<Vec<_>>(), [Some(ErrorCode::BadRequest), None]);
    let next = after(wrong.id, conversation, "later");
    assert_eq!(refusal(&alice.try_mutate(vec![next]).await.unwrap()[0]), None);
    let taken_back = MutationId::new();
    alice.cancel(vec![taken_back]).await;
    let next = after(taken_back, conversation, "after what was taken back");
    assert_eq!(refusal(&alice.try_mutate(vec![next]).await.unwrap()[0]), None);
    // What somebody else has done is nothing to wait for, and nothing is learned of it.
    let foreign = after(taken_back, conversation, "bob's");
    assert_eq!(refusal(&bob.try_mutate(vec![foreign]).await.unwrap()[0]), Some(ErrorCode::OutOfOrder));
    assert_eq!(texts(&alice.messages(conversation).await), ["in its batch", "later", "after what was taken back"]);
}
