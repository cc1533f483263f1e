//! What is forwarded: that it was is told, and no more; it names nobody, and nobody gives it other words.

use crate::{
    host::{Database, Host},
    person::{Person, messages},
};
use hearth_protocol::{
    body::Body,
    error::{ApiError, ErrorCode},
    ids::{ConversationId, MutationId},
    mutations::SendMessage,
    rows::{MessageRow, RowData},
    stream::StreamId,
};

on_both_databases!(
    the_mark_is_in_every_answer_and_goes_with_the_message,
    what_is_forwarded_names_nobody_and_answers_nothing,
    nobody_gives_it_other_words,
);

async fn try_send(by: &Person, message: SendMessage) -> Result<MessageRow, ApiError> {
    let conversation = message.conversation;
    let parts = by.perform(MutationId::new(), message.into()).await?;
    let rows: Vec<_> =
        parts.into_iter().filter(|part| part.stream == StreamId::Conversation(conversation)).flat_map(|part| part.rows).collect();
    Ok(messages(&rows).remove(0))
}

async fn forwards(by: &Person, to: ConversationId, text: &str) -> MessageRow {
    try_send(by, SendMessage::forwarding(to, text)).await.expect("it is sent")
}

async fn the_mark_is_in_every_answer_and_goes_with_the_message(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let row = forwards(&alice, conversation, "said elsewhere").await;
    assert!(row.forwarded);
    assert!(!alice.send(conversation, "my own").await.forwarded);
    let marks = |rows: Vec<MessageRow>| rows.into_iter().map(|row| row.forwarded).collect::<Vec<_>>();
    assert_eq!(marks(bob.messages(conversation).await), [true, false]);
    assert_eq!(marks(messages(&bob.history(conversation, None, 10).await.unwrap().rows)), [true, false]);
    forwards(&bob, conversation, "and this").await;
    let newest = alice.heads(None).await.heads.into_iter().find_map(|head| head.last_message).expect("the last message");
    assert!(matches!(&newest.data, RowData::Message(row) if row.forwarded), "{newest:?}");
    alice.delete((conversation, row.id)).await.unwrap();
    assert_eq!(marks(bob.messages(conversation).await), [false, true, false], "what changed last comes last");
}

async fn what_is_forwarded_names_nobody_and_answers_nothing(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.group("Walks", &[&bob], true).await;
    let naming = Body::naming("@bob has the map", [bob.user].into());
    let original = alice.send(conversation, "who?").await.id;
    for wrong in [
        SendMessage { forwarded: true, ..SendMessage::new(conversation, naming) },
        SendMessage { reply_to: Some(original), ..SendMessage::forwarding(conversation, "bob has the map") },
    ] {
        assert_eq!(try_send(&alice, wrong).await.unwrap_err().code, ErrorCode::BadRequest);
    }
    // The words may stand there: nobody is told of them.
    forwards(&alice, conversation, "@bob has the map").await;
    let told = bob.changes(StreamId::User(bob.user), 0, 1_000).await.0.rows;
    assert!(!told.iter().any(|row| matches!(&row.data, RowData::Notification(row) if row.pos.is_some())), "{told:?}");
}

async fn nobody_gives_it_other_words(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let row = forwards(&alice, conversation, "said elsewhere").await;
    for person in [&alice, &bob] {
        assert_eq!(person.edit((conversation, row.id), 0, "never said").await.unwrap_err().code, ErrorCode::NotAllowed);
    }
    assert_eq!(bob.messages(conversation).await[0].body, Some(Body::text("said elsewhere")));
}
