//! What a message answers: what may be answered, and who is told.

use crate::{
    host::{Database, Host},
    person::{Person, messages},
};
use hearth_protocol::{
    body::Body,
    error::{ApiError, ErrorCode},
    ids::{ConversationId, MessageId, MutationId},
    mutations::{BlockUser, DeleteMessage, EditMessage, ScheduleMessage, SendMessage},
    rows::{MessageRow, NotificationKind, NotificationRow, RowData},
    stream::StreamId,
};

on_both_databases!(
    a_reply_keeps_what_it_answers_through_edits_and_loses_it_when_deleted,
    only_what_one_sees_there_can_be_answered,
    what_answers_something_that_is_kept_no_longer_answers_nothing,
    who_is_answered_is_told_once_until_they_have_read_it,
    nobody_is_told_who_does_not_want_to_or_is_not_there,
);

async fn try_reply(by: &Person, conversation: ConversationId, to: MessageId, body: Body) -> Result<MessageRow, ApiError> {
    let intent = SendMessage { reply_to: Some(to), ..SendMessage::new(conversation, body) };
    let parts = by.perform(MutationId::new(), intent.into()).await?;
    let rows: Vec<_> =
        parts.into_iter().filter(|part| part.stream == StreamId::Conversation(conversation)).flat_map(|part| part.rows).collect();
    Ok(messages(&rows).remove(0))
}

async fn replies(by: &Person, conversation: ConversationId, to: MessageId, text: &str) -> MessageRow {
    try_reply(by, conversation, to, Body::text(text)).await.expect("it is sent")
}

/// What somebody was told of messages, and whether it waits to be read, by the message's place.
async fn told(person: &Person) -> Vec<(NotificationKind, MessageId, bool)> {
    let rows = person.changes(StreamId::User(person.user), 0, 1_000).await.0.rows;
    let of = |data| if let RowData::Notification(row) = data { Some(row) } else { None };
    let mut rows: Vec<NotificationRow> = rows.into_iter().filter_map(|row| of(row.data)).filter(|row| row.pos.is_some()).collect();
    rows.sort_by_key(|row| (row.conversation, row.pos));
    rows.into_iter().map(|row| (row.kind, MutationId(row.id.0), row.read_at.is_none())).collect()
}

async fn counted(person: &Person, conversation: ConversationId) -> u32 {
    let heads = person.heads(None).await.heads;
    let head = heads.iter().find(|head| head.stream == StreamId::Conversation(conversation)).expect("its head");
    head.unread.expect("a count").mentions
}

async fn a_reply_keeps_what_it_answers_through_edits_and_loses_it_when_deleted(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let original = alice.send(conversation, "shall we?").await.id;
    let reply = replies(&bob, conversation, original, "we shall").await;
    assert_eq!(reply.reply_to, Some(original));
    bob.edit((conversation, reply.id), 0, "we shall not").await.unwrap();
    let of = async |id| alice.messages(conversation).await.into_iter().find(|row| row.id == id).expect("the message").reply_to;
    assert_eq!(of(reply.id).await, Some(original));
    let page = alice.history(conversation, None, 10).await.unwrap();
    assert_eq!(messages(&page.rows).pop().and_then(|row| row.reply_to), Some(original));
    let newest = alice.heads(None).await.heads.into_iter().find_map(|head| head.last_message).expect("the last message");
    assert!(matches!(newest.data, RowData::Message(MessageRow { reply_to: Some(to), .. }) if to == original), "{newest:?}");
    // What it answered is gone: the id stays, whoever reads it finds a tombstone.
    alice.delete((conversation, original)).await.unwrap();
    assert_eq!(of(reply.id).await, Some(original));
    bob.delete((conversation, reply.id)).await.unwrap();
    assert_eq!(of(reply.id).await, None);
    // Written meanwhile, and not lost.
    assert_eq!(replies(&bob, conversation, original, "too late").await.reply_to, Some(original));
}

async fn only_what_one_sees_there_can_be_answered(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let (here, elsewhere) = (alice.group("Walks", &[&bob], false).await, alice.direct(&bob).await);
    let before = alice.send(here, "before she came").await.id;
    let other = alice.send(elsewhere, "elsewhere").await.id;
    alice.add(here, &carol).await.unwrap();
    let since = alice.send(here, "welcome").await.id;
    for (by, to) in [(&bob, other), (&bob, MutationId::new()), (&carol, before), (&carol, other)] {
        let refused = try_reply(by, here, to, Body::text("what?")).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::NotFound);
    }
    replies(&carol, here, since, "thanks").await;
    replies(&bob, here, before, "yes").await;
}

async fn what_answers_something_that_is_kept_no_longer_answers_nothing(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let (here, elsewhere) = (alice.group("Walks", &[&bob], false).await, alice.direct(&bob).await);
    let before = alice.send(here, "before she came").await.id;
    let other = alice.send(elsewhere, "elsewhere").await.id;
    alice.add(here, &carol).await.unwrap();
    let rows = carol.changes(StreamId::User(carol.user), 0, 1_000).await.0.rows;
    let joined = |data: &RowData| if let RowData::Membership(row) = data { Some(row.joined_at) } else { None };
    let joined_at = rows.iter().find_map(|row| joined(&row.data)).expect("her membership");
    let since = loop {
        let sent = alice.send(here, "welcome").await;
        if sent.created_at > joined_at {
            break sent.id;
        }
    };
    let later = MutationId::new();
    let schedule = ScheduleMessage { conversation: here, body: Body::text("from the schedule"), reply_to: None, send_at: 0 };
    alice.perform(later, schedule.into()).await.unwrap();
    host.server().send_scheduled_now(joined_at + 60_000).await.unwrap();
    assert!(bob.messages(here).await.iter().any(|row| row.id == later));
    host.server().retain_now(i64::MAX).await.unwrap();
    for (by, to) in [(&bob, before), (&bob, since), (&carol, since), (&bob, later), (&carol, later)] {
        assert_eq!(replies(by, here, to, "late").await.reply_to, None);
    }
    assert_eq!(told(&alice).await, [], "nobody is answered by it");
    // Whoever never saw it does not learn that it was there.
    for (by, to) in [(&carol, before), (&carol, other), (&bob, other), (&bob, MutationId::new())] {
        assert_eq!(try_reply(by, here, to, Body::text("what?")).await.unwrap_err(), ApiError::not_found());
    }
    // What was deleted so long ago that nothing of it is left.
    let deleted = alice.send(here, "a slip").await.id;
    alice.delete((here, deleted)).await.unwrap();
    host.server().purge_tombstones_now().await.unwrap();
    assert_eq!(replies(&bob, here, deleted, "which one?").await.reply_to, None);
}

async fn who_is_answered_is_told_once_until_they_have_read_it(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let conversation = alice.group("Walks", &[&bob, &carol], true).await;
    let original = alice.send(conversation, "who has the map?").await.id;
    let first = replies(&bob, conversation, original, "I do").await.id;
    // Named as well: it is one thing that she is told.
    let both = [alice.user, carol.user].into();
    let second = try_reply(&bob, conversation, original, Body::naming("@alice and @carol, here", both)).await.unwrap().id;
    assert_eq!(told(&alice).await, [(NotificationKind::Reply, first, true), (NotificationKind::Reply, second, true)]);
    assert_eq!(told(&carol).await, [(NotificationKind::Mention, second, true)]);
    assert_eq!((counted(&alice, conversation).await, counted(&carol, conversation).await), (2, 1));
    // An edit changes whom it names, and not whom it answers.
    let edit = EditMessage { conversation, message: second, based_on: 0, body: Body::text("here") };
    bob.perform(MutationId::new(), edit.into()).await.unwrap();
    assert_eq!((counted(&alice, conversation).await, counted(&carol, conversation).await), (2, 0));
    bob.perform(MutationId::new(), DeleteMessage { conversation, message: second }.into()).await.unwrap();
    assert_eq!(told(&alice).await, [(NotificationKind::Reply, first, true), (NotificationKind::Reply, second, false)]);
    assert_eq!(counted(&alice, conversation).await, 1);
    alice.mark_read(conversation, 3).await;
    assert_eq!(counted(&alice, conversation).await, 0);
}

async fn nobody_is_told_who_does_not_want_to_or_is_not_there(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let conversation = alice.group("Walks", &[&bob, &carol], true).await;
    let (hers, his) = (carol.send(conversation, "mine").await.id, bob.send(conversation, "his").await.id);
    alice.remove(conversation, &carol).await.unwrap();
    bob.perform(MutationId::new(), BlockUser { user: alice.user }.into()).await.unwrap();
    let own = alice.send(conversation, "my own").await.id;
    for to in [hers, his, own] {
        replies(&alice, conversation, to, "so it is").await;
    }
    // Of two each knows that it is for them.
    let direct = alice.direct(&carol).await;
    let question = carol.send(direct, "is it?").await.id;
    replies(&alice, direct, question, "it is").await;
    for person in [&alice, &bob, &carol] {
        assert_eq!(told(person).await, []);
    }
}
