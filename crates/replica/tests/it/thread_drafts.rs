//! What is being written in threads: kept beside the conversation's draft, gone with what is sent, back with what is taken back, and there
//! after everything that leaves drafts alone.

use crate::support::{KEY, Local, Server, account, local, membership, mutation, parts, ready};
use hearth_protocol::{
    body::Body,
    ids::{ConversationId, MessageId},
    mutations::{Intent, SendMessage},
    rows::{ConversationKind, MembershipRow, ThreadRow},
};
use hearth_replica::{Draft, Key, Replica, TakingBack};

/// Alice's replica with a root of Bob's, whose thread she follows and in which he has said something.
async fn with_thread() -> (Local, Server, MessageId) {
    let (replica, mut server) = ready().await;
    let mut frames = server.bob_says(1);
    let (root, bob, conversation) = (server.direct.message(1).id, server.bob.user, server.conversation());
    frames.push(server.user.commit(ThreadRow { id: root, conversation, pos: 1, read: 1, following: true, at: 5, ended_at: None }));
    frames.push(server.direct.say_in_thread(bob, root, "by train?", false));
    replica.apply(parts(frames)).await.unwrap();
    (replica, server, root)
}

/// What is being written in the thread, and what that answers.
async fn typed(replica: &Replica, conversation: ConversationId, root: MessageId) -> (Option<String>, Option<MessageId>) {
    let rows = replica.thread(conversation, root, None, 9).await.unwrap();
    (rows.draft, rows.draft_quote.map(|quote| quote.message))
}

#[tokio::test]
async fn what_is_typed_in_a_thread_is_kept_beside_the_conversations_and_shown_in_the_list() {
    let (replica, server, root) = with_thread().await;
    let (here, question) = (server.conversation(), server.direct.message(2).id);
    replica.save_draft(here, "to all", None).await.unwrap();
    replica.save_thread_draft(here, root, "by bo", Some(question)).await.unwrap();
    replica.save_thread_draft(here, question, "elsewhere", None).await.unwrap();
    assert_eq!(typed(&replica, here, root).await, (Some("by bo".into()), Some(question)));
    assert_eq!(replica.draft(here).await.unwrap().as_deref(), Some("to all"));
    assert_eq!(replica.threads(9).await.unwrap()[0].draft.as_deref(), Some("by bo"));
    let line = replica.conversation(here).await.unwrap().unwrap();
    assert_eq!((line.draft.as_deref(), line.draft_quote), (Some("to all"), None), "one line, with its own");

    // An answer alone is kept, and is no text.
    replica.save_thread_draft(here, root, "", Some(question)).await.unwrap();
    assert_eq!(typed(&replica, here, root).await, (None, Some(question)));
    assert_eq!(replica.threads(9).await.unwrap()[0].draft, None);

    // Another copy of everything leaves it alone, and so does the next start.
    replica.apply(server.everything()).await.unwrap();
    let path = replica.folder.path().join("replica.db");
    replica.replica.clone().close().await;
    let again = Replica::open(&path, &Key::from_bytes(KEY)).await.unwrap();
    assert_eq!(typed(&again, here, root).await, (None, Some(question)));
    again.save_thread_draft(here, root, "", None).await.unwrap();
    again.save_thread_draft(here, question, "", None).await.unwrap();
    assert_eq!(again.drafts().await.unwrap(), [Draft { conversation: here, thread_root: None, text: "to all".into(), reply_to: None }]);
    again.close().await;
}

#[tokio::test]
async fn it_goes_with_what_is_said_there_and_comes_back_with_what_is_taken_back() {
    let (replica, server, root) = with_thread().await;
    let (here, question) = (server.conversation(), server.direct.message(2).id);
    for aside in [true, false] {
        replica.save_draft(here, "to all", None).await.unwrap();
        replica.save_thread_draft(here, root, "by boat", Some(question)).await.unwrap();
        let said = SendMessage::in_thread(here, root, Body::text("by boat"));
        let said = mutation(SendMessage { reply_to: Some(question), in_conversation: !aside, ..said }.into());
        replica.enqueue(&said, 70).await.unwrap();
        assert_eq!(typed(&replica, here, root).await, (None, None));
        assert_eq!(replica.draft(here).await.unwrap().as_deref(), Some("to all"), "it was written elsewhere");
        replica.save_thread_draft(here, root, "or", None).await.unwrap();
        replica.discard(said.id, TakingBack::Edit, false).await.unwrap();
        assert_eq!(typed(&replica, here, root).await, (Some("or\nby boat".into()), Some(question)), "behind what was typed meanwhile");
        assert_eq!(replica.draft(here).await.unwrap().as_deref(), Some("to all"));
    }
    // What is said to the conversation leaves it alone.
    replica.enqueue(&server.send("to all"), 71).await.unwrap();
    assert_eq!((replica.draft(here).await.unwrap(), typed(&replica, here, root).await.0), (None, Some("or\nby boat".into())));
}

#[tokio::test]
async fn what_was_being_written_under_a_message_that_is_given_up_is_the_conversations() {
    let (replica, server, _) = with_thread().await;
    let here = server.conversation();
    let never = server.send("never sent");
    replica.enqueue(&never, 70).await.unwrap();
    replica.save_draft(here, "to all", None).await.unwrap();
    replica.save_thread_draft(here, never.id, "under it", None).await.unwrap();
    replica.discard(never.id, TakingBack::Discard, true).await.unwrap();
    let drafts = replica.drafts().await.unwrap();
    assert_eq!(drafts, [Draft { conversation: here, thread_root: None, text: "to all\nunder it".into(), reply_to: None }]);
}

#[tokio::test]
async fn of_a_conversation_that_is_gone_it_comes_into_the_outbox() {
    let (replica, mut server, root) = with_thread().await;
    let here = server.conversation();
    replica.save_draft(here, "to all", None).await.unwrap();
    replica.save_thread_draft(here, root, "by bo", None).await.unwrap();
    let kind = ConversationKind::Group;
    let left = MembershipRow { kind, left_at: Some(9), gone: true, gone_name: "Walks".into(), vis_ver: 2, ..membership(here, None) };
    let gone = server.user.commit(left);
    replica.apply(parts(vec![gone])).await.unwrap();
    assert_eq!(replica.drafts().await.unwrap(), []);
    let waiting = async || {
        let said = |intent: Intent| if let Intent::SendMessage(said) = intent { Some(said) } else { None };
        let all = replica.outbox().await.unwrap().into_iter().filter_map(|entry| said(entry.intent));
        let mut all: Vec<_> = all.map(|said| (said.body.searchable().unwrap_or_default().to_owned(), said.thread_root)).collect();
        all.sort();
        all
    };
    assert_eq!(waiting().await, [("by bo".to_owned(), Some(root)), ("to all".to_owned(), None)]);
    // Who goes on typing goes on there, each text in its place.
    replica.save_thread_draft(here, root, "by boat", None).await.unwrap();
    assert!(replica.give_up_draft(here, 70).await.unwrap());
    assert_eq!(waiting().await, [("by boat".to_owned(), Some(root)), ("to all".to_owned(), None)]);
}

#[tokio::test]
async fn it_is_rescued_from_a_damaged_file() {
    let (replica, server, root) = with_thread().await;
    let here = server.conversation();
    replica.save_draft(here, "to all", None).await.unwrap();
    replica.save_thread_draft(here, root, "by bo", None).await.unwrap();
    let path = replica.folder.path().join("replica.db");
    replica.replica.clone().close().await;
    let rescued = hearth_replica::rescue(&path, &Key::from_bytes(KEY)).await;
    assert!(rescued.whole && rescued.drafts() == 2);
    let fresh = local().await;
    fresh.remember_me(&account(&server.alice)).await.unwrap();
    fresh.restore(&rescued).await.unwrap();
    let text = |draft: Draft| (draft.thread_root, draft.text);
    let drafts: Vec<_> = fresh.drafts().await.unwrap().into_iter().map(text).collect();
    assert_eq!(drafts, [(None, "to all".to_owned()), (Some(root), "by bo".to_owned())]);
}
