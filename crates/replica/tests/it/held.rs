//! What was just sent is held: so long it can be had back, changed without a trace, and nothing of its lane passes it. And what is forwarded.

use crate::support::{KEY, Local, Server, mutation, parts, person, ready, refusal, texts};
use hearth_protocol::{
    body::Body,
    error::ErrorCode,
    ids::{ConversationId, MessageId, MutationId},
    mutation::Mutation,
    mutations::{DeleteMessage, EditMessage, Intent, SendMessage},
    rows::{MessageRow, RowData},
};
use hearth_replica::{Apply, At, Claimed, Discarded, Item, Key, OutboxState, Replica, TakingBack, is_whole, rescue};

/// A message that is held until 5,000, and one behind it that is not.
async fn two() -> (Local, Server, Mutation, Mutation) {
    let (replica, server) = ready().await;
    let (held, behind) = (server.send("too fast"), server.send("after it"));
    replica.enqueue_later(&held, 1_000, Some(5_000)).await.unwrap();
    replica.enqueue(&behind, 1_100).await.unwrap();
    (replica, server, held, behind)
}

async fn claims(replica: &Replica, now: i64) -> (Vec<MutationId>, Option<i64>) {
    let Claimed { mutations, due_local, .. } = replica.claim(now, 10).await.unwrap();
    (mutations.into_iter().map(|mutation| mutation.id).collect(), due_local)
}

fn edit(server: &Server, message: MessageId, text: &str) -> Mutation {
    let body = Body::text(text);
    mutation(EditMessage { conversation: server.conversation(), message, based_on: 0, body }.into())
}

async fn shown(replica: &Replica, server: &Server) -> Vec<String> {
    texts(&replica.timeline(server.conversation(), At::End, 9).await.unwrap())
}

#[tokio::test]
async fn it_waits_through_a_restart_keeps_its_place_and_goes_when_it_is_due() {
    let (local, server, held, behind) = two().await;
    // Another lane goes on.
    let direct = server.start_direct(person("Dan").user);
    local.enqueue(&direct, 1_200).await.unwrap();
    assert_eq!(claims(&local, 1_300).await, (vec![direct.id], Some(5_000)));
    assert_eq!(shown(&local, &server).await, ["*too fast", "*after it"], "its author sees it");
    local.replica.clone().close().await;

    let replica = Replica::open(&local.folder.path().join("replica.db"), &Key::from_bytes(KEY)).await.unwrap();
    assert_eq!(replica.outbox().await.unwrap()[0].held_until(4_999), Some(5_000));
    assert_eq!(claims(&replica, 4_999).await, (vec![], Some(5_000)));
    assert_eq!(claims(&replica, 5_000).await, (vec![held.id, behind.id], None));
    replica.close().await;
}

#[tokio::test]
async fn it_comes_back_at_once_with_its_text_and_what_was_typed_meanwhile_stays() {
    let (replica, server, held, behind) = two().await;
    replica.save_draft(server.conversation(), "typed meanwhile", None).await.unwrap();
    assert_eq!(replica.discard(held.id, TakingBack::Edit, false).await.unwrap(), Discarded::Gone(held.intent));
    assert_eq!(replica.draft(server.conversation()).await.unwrap().as_deref(), Some("typed meanwhile\ntoo fast"));
    assert_eq!(claims(&replica, 2_000).await, (vec![behind.id], None), "nothing holds up the next");
}

#[tokio::test]
async fn an_edit_just_changes_it_until_it_has_gone_out() {
    let (replica, server, held, behind) = two().await;
    replica.enqueue(&edit(&server, held.id, "at leisure"), 1_200).await.unwrap();
    let outbox = replica.outbox().await.unwrap();
    assert_eq!(outbox.iter().map(|entry| entry.id).collect::<Vec<_>>(), [held.id, behind.id]);
    assert_eq!((outbox[0].made_at_local, outbox[0].not_before_local), (1_000, Some(5_000)));
    assert_eq!(shown(&replica, &server).await, ["*at leisure", "*after it"]);
    // The one that is not held gets an edit of its own, as ever.
    replica.enqueue(&edit(&server, behind.id, "right after it"), 1_300).await.unwrap();
    assert_eq!(replica.outbox().await.unwrap().len(), 3);
    let sent = replica.claim(5_000, 10).await.unwrap().mutations;
    let Intent::SendMessage(first) = &sent[0].intent else { panic!("it is the message") };
    assert_eq!(first.body, Body::text("at leisure"));
    replica.enqueue(&edit(&server, held.id, "too late"), 5_100).await.unwrap();
    assert_eq!(replica.outbox().await.unwrap().len(), 4, "it may have arrived: an edit is an edit");
}

#[tokio::test]
async fn the_last_line_says_what_was_given_to_it_and_the_person_may_send_it_now() {
    let (replica, server, held, behind) = two().await;
    replica.discard(behind.id, TakingBack::Discard, false).await.unwrap();
    replica.enqueue(&edit(&server, held.id, "at leisure"), 1_200).await.unwrap();
    let last = replica.conversation(server.conversation()).await.unwrap().unwrap().last.unwrap();
    assert_eq!(last.body, Some(Body::text("at leisure")));
    assert!(replica.retry(held.id).await.unwrap());
    assert_eq!(claims(&replica, 1_300).await, (vec![held.id], None));
    replica.apply(refusal(held.id, ErrorCode::NotFound)).await.unwrap();
    assert_eq!(replica.outbox().await.unwrap()[0].state, OutboxState::Failed);
}

#[tokio::test]
async fn a_rescue_keeps_until_when() {
    let (old, _, held, _) = two().await;
    old.replica.clone().close().await;
    let path = old.folder.path().join("replica.db");
    assert!(is_whole(&path, &Key::from_bytes(KEY)).await.unwrap());
    let rescued = rescue(&path, &Key::from_bytes(KEY)).await;
    let new = crate::support::local().await;
    new.restore(&rescued).await.unwrap();
    let entry = new.outbox().await.unwrap().remove(0);
    assert_eq!((entry.id, entry.not_before_local), (held.id, Some(5_000)));
}

#[tokio::test]
async fn what_is_forwarded_goes_into_several_at_once_and_leaves_drafts_alone() {
    let (replica, mut server) = ready().await;
    let (group, part) = server.group("Walks");
    let there = ConversationId(group.id.owner());
    replica.apply(Apply { tails: vec![group.tail(10)], ..parts(vec![part]) }).await.unwrap();
    for conversation in [server.conversation(), there] {
        replica.save_draft(conversation, "half a thought", None).await.unwrap();
    }
    let forwards: Vec<Mutation> = [server.conversation(), there]
        .into_iter()
        .flat_map(|to| [SendMessage::forwarding(to, "*said* elsewhere"), SendMessage::new(to, Body::text("as she says"))])
        .map(|message| mutation(message.into()))
        .collect();
    replica.enqueue_all(&forwards, 1).await.unwrap();
    for conversation in [server.conversation(), there] {
        assert_eq!(replica.draft(conversation).await.unwrap().as_deref(), Some("half a thought"));
        let shown = replica.timeline(conversation, At::End, 9).await.unwrap();
        let forwarded =
            |item: &Item| matches!(item, Item::Outbox(entry) if matches!(&entry.intent, Intent::SendMessage(sent) if sent.forwarded));
        assert_eq!(shown.messages.iter().map(|message| forwarded(&message.item)).collect::<Vec<_>>(), [true, false]);
        let last = replica.conversation(conversation).await.unwrap().unwrap().last.unwrap();
        assert_eq!(last.body, Some(Body::text("as she says")));
    }
    let sent = replica.claim(2, 10).await.unwrap().mutations;
    assert_eq!(sent.len(), 4);
}

#[tokio::test]
async fn the_mark_is_kept_with_the_row_and_goes_with_it() {
    let (replica, mut server) = ready().await;
    let (bob, conversation) = (server.bob.user, server.conversation());
    let part = server.direct.say(bob, "my own");
    replica.apply(parts(vec![part])).await.unwrap();
    let id = MessageId::new();
    server.direct.last_pos += 1;
    let row = MessageRow { id, pos: 2, forwarded: true, ..server.direct.message(1) };
    let part = server.direct.commit(row);
    replica.apply(parts(vec![part])).await.unwrap();
    // As it came over the wire: for the archive.
    let kept = replica.messages_before(conversation, 10, 10).await.unwrap();
    let marks = kept.iter().filter_map(|row| if let RowData::Message(row) = &row.data { Some(row.forwarded) } else { None });
    assert_eq!(marks.collect::<Vec<_>>(), [false, true]);
    let delete = mutation(DeleteMessage { conversation, message: id }.into());
    replica.enqueue(&delete, 3).await.unwrap();
    let shown = replica.timeline(conversation, At::End, 9).await.unwrap();
    assert!(matches!(&shown.messages[1].item, Item::Row(row) if !row.forwarded && row.body.is_none()));
    assert!(replica.message_row(conversation, id).await.unwrap().unwrap().forwarded, "until it is done");
    let part = server.direct.delete(2);
    replica.apply(parts(vec![part])).await.unwrap();
    assert!(!replica.message_row(conversation, id).await.unwrap().unwrap().forwarded);
}
