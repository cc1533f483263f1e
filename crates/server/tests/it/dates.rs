//! Where a conversation goes on at a moment: for each viewer in what they see.

use crate::{
    channels::ask,
    host::{Database, Host},
    person::Person,
};
use hearth_protocol::{
    Millis, Pos, body::Body, error::ErrorCode, ids::ConversationId, limits::ROWS_PER_PAGE_MAX, mutations::SendMessage, rows::RowData,
};

on_both_databases!(
    each_moment_leads_to_the_first_message_from_then_on,
    only_what_one_sees_is_led_to,
    what_stands_in_a_thread_alone_is_led_to_where_that_is_wanted,
    a_time_that_is_none_is_refused,
);

/// Places and times of the messages that somebody sees and that are not deleted.
async fn said(reader: &Person, conversation: ConversationId) -> Vec<(Pos, Millis)> {
    let page = reader.history(conversation, None, ROWS_PER_PAGE_MAX).await.unwrap();
    assert_eq!(page.from_pos, 1, "one page has it all");
    let place = |data: RowData| match data {
        RowData::Message(row) if row.body.is_some() => Some((row.pos, row.created_at)),
        _ => None,
    };
    page.rows.into_iter().filter_map(|row| place(row.data)).collect()
}

/// Asks for every moment at which something was said, and for those beside it.
async fn is_led_to_each(reader: &Person, conversation: ConversationId, times: &[Millis]) {
    let said = said(reader, conversation).await;
    let moments = times.iter().flat_map(|at| [at - 1, *at, at + 1]).chain([Millis::MIN, 0, Millis::MAX]);
    for at in moments {
        let first = said.iter().find(|(_, sent)| *sent >= at).map(|(pos, _)| *pos);
        assert_eq!(reader.place_at(conversation, at).await.unwrap(), first, "{at} in {said:?}");
    }
}

async fn each_moment_leads_to_the_first_message_from_then_on(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    assert_eq!(alice.place_at(conversation, 0).await.unwrap(), None, "nothing was said");
    let mut sent = vec![];
    for number in 0..23 {
        sent.push(alice.send(conversation, &number.to_string()).await);
    }
    let times: Vec<Millis> = sent.iter().map(|row| row.created_at).collect();
    is_led_to_each(&bob, conversation, &times).await;
    // The first, a few in a row, and the last are deleted.
    for at in [0, 1, 9, 10, 11, 12, 22] {
        alice.delete((conversation, sent[at].id)).await.unwrap();
    }
    is_led_to_each(&bob, conversation, &times).await;
    for row in said(&bob, conversation).await {
        let row = sent.iter().find(|sent| sent.pos == row.0).unwrap();
        alice.delete((conversation, row.id)).await.unwrap();
    }
    assert_eq!(bob.place_at(conversation, 0).await.unwrap(), None, "nothing is left");
}

async fn only_what_one_sees_is_led_to(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let talk = alice.group("Walks", &[&bob], false).await;
    let mut times = vec![];
    for round in 0..4 {
        for number in 0..3 {
            times.push(alice.send(talk, &format!("{round}.{number}")).await.created_at);
        }
        if round % 2 == 0 {
            alice.add(talk, &carol).await.unwrap();
        } else if round == 1 {
            alice.remove(talk, &carol).await.unwrap();
            let refused = carol.place_at(talk, 0).await.unwrap_err();
            assert_eq!(refused.code, ErrorCode::NotFound);
        }
    }
    let theirs = (said(&bob, talk).await.len(), said(&carol, talk).await.len());
    assert!(theirs.1 > 0 && theirs.1 < theirs.0, "she was away for some of it: {theirs:?}");
    for reader in [&alice, &bob, &carol] {
        is_led_to_each(reader, talk, &times).await;
    }
}

async fn what_stands_in_a_thread_alone_is_led_to_where_that_is_wanted(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let talk = alice.direct(&bob).await;
    let root = alice.send(talk, "the trip").await;
    for _ in 0..3 {
        ask(&alice, SendMessage::in_thread(talk, root.id, Body::text("aside"))).await.unwrap();
    }
    let said = said(&alice, talk).await;
    let first = |at: Millis| said.iter().find(|(_, sent)| *sent >= at).map(|(pos, _)| *pos);
    for at in said.iter().flat_map(|(_, at)| [*at, at + 1]) {
        let shown = (at <= root.created_at).then_some(root.pos);
        assert_eq!(bob.place_at(talk, at).await.unwrap(), shown, "{at} in {said:?}");
        assert_eq!(bob.place_of(talk, &format!("at={at}&asides=true")).await.unwrap(), first(at), "{at} in {said:?}");
    }
    let both = SendMessage { in_conversation: true, ..SendMessage::in_thread(talk, root.id, Body::text("for all")) };
    ask(&alice, both).await.unwrap();
    assert_eq!(bob.place_at(talk, root.created_at + 1).await.unwrap(), Some(root.pos + 4));
}

async fn a_time_that_is_none_is_refused(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    for query in ["", "?at=", "?at=noon", "?at=1.5", "?at=99999999999999999999", "?at=1&asides=maybe"] {
        let answer = alice.get::<serde_json::Value>(&format!("/v1/conversations/{conversation}/place{query}")).await;
        assert_eq!(answer.unwrap_err().code, ErrorCode::BadRequest, "{query:?}");
    }
}
