//! A conversation that somebody deleted for everybody.

use crate::support::{local, membership, mutation, parts, ready, refusal};
use hearth_protocol::{
    body::Body,
    error::ErrorCode,
    ids::NotificationId,
    mutations::{DeleteConversation, Intent, SendMessage},
    rows::{ConversationKind, MembershipRow, NotificationKind, NotificationRow},
};
use hearth_replica::{Apply, OutboxState, ToldOf};

#[tokio::test]
async fn it_is_gone_and_what_waits_for_it_says_why_and_keeps_its_text() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(1);
    replica.apply(parts(frames)).await.unwrap();
    let conversation = server.conversation();
    let typed = mutation(SendMessage::new(conversation, Body::text("typed offline")).into());
    replica.enqueue(&typed, 1).await.unwrap();
    replica.save_draft(conversation, "half a", None).await.unwrap();
    let gone = MembershipRow {
        kind: ConversationKind::Group,
        left_at: Some(9),
        gone: true,
        gone_name: "Runs".into(),
        vis_ver: 2,
        ..membership(conversation, None)
    };
    let told = NotificationRow {
        sender: Some(server.bob.user),
        ..NotificationRow::new(NotificationId(conversation.0), NotificationKind::ConversationDeleted, 9)
    };
    let frames = vec![server.user.commit(gone), server.user.commit(told)];
    let applied = replica.apply(parts(frames)).await.unwrap();
    assert!(applied.outbox_changed && applied.conversations.contains(&conversation));
    assert_eq!(replica.draft(conversation).await.unwrap(), None, "nobody can go on writing there");
    let unsent = async || {
        let outbox = replica.outbox().await.unwrap();
        let [_, half] = &outbox[..] else { panic!("{outbox:?}") };
        assert_eq!((half.state, half.error.as_ref().unwrap().code), (OutboxState::Failed, ErrorCode::ConversationIsGone));
        let Intent::SendMessage(message) = &half.intent else { panic!("{half:?}") };
        (half.id, message.body.searchable().unwrap().to_owned())
    };
    let (half, text) = unsent().await;
    assert_eq!(text, "half a", "what stood in the composer can be copied");
    // The composer is open yet, and keeps what was typed until it closes.
    replica.save_draft(conversation, "half a word", None).await.unwrap();
    assert!(replica.give_up_draft(conversation, 9).await.unwrap());
    assert_eq!((unsent().await, replica.draft(conversation).await.unwrap()), ((half, "half a word".into()), None));
    assert!(!replica.give_up_draft(conversation, 9).await.unwrap());
    assert_eq!(replica.search("three", None, 10).await.unwrap().hits.len(), 0);
    let failed = async || {
        let [entry, _] = &replica.outbox().await.unwrap()[..] else { panic!("two entries") };
        assert_eq!((entry.state, entry.intent == typed.intent), (OutboxState::Failed, true));
        entry.error.as_ref().unwrap().code
    };
    assert_eq!(failed().await, ErrorCode::ConversationIsGone);
    // Tried again, the server knows nothing of it; why is known here.
    replica.retry(typed.id).await.unwrap();
    replica.claim(9, 10).await.unwrap();
    replica.apply(refusal(typed.id, ErrorCode::NotFound)).await.unwrap();
    assert_eq!(failed().await, ErrorCode::ConversationIsGone);
    let [told] = &replica.inbox(9).await.unwrap()[..] else { panic!("one entry") };
    let ToldOf::ConversationDeleted { conversation: which, name, by } = &told.what else { panic!("{told:?}") };
    assert_eq!((*which, name.as_str(), by.as_ref().map(|by| by.user)), (conversation, "Runs", Some(server.bob.user)));

    let fresh = local().await;
    fresh.apply(Apply { tails: vec![server.user.tail(0)], ..Apply::default() }).await.unwrap();
    assert_eq!(fresh.inbox(9).await.unwrap().len(), 1, "a device that comes later reads the same");
}

#[tokio::test]
async fn my_own_deletion_leaves_everything_until_the_server_has_heard_of_it() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(1);
    replica.apply(parts(frames)).await.unwrap();
    let conversation = server.conversation();
    replica.save_draft(conversation, "half a", None).await.unwrap();
    replica.enqueue(&mutation(DeleteConversation { conversation }.into()), 1).await.unwrap();
    assert!(!replica.give_up_draft(conversation, 2).await.unwrap());
    assert_eq!(replica.draft(conversation).await.unwrap().as_deref(), Some("half a"));
    assert!(replica.conversation(conversation).await.unwrap().is_some_and(|line| line.last.is_some()));
}
