//! Sockets: who gets one, what arrives on it, and how it ends.

use crate::{
    host::{Database, Host},
    person::{message, messages, texts},
    socket::Socket,
};
use hearth_protocol::{
    error::ErrorCode,
    frame::ServerFrame,
    ids::{DeviceId, MutationId},
    mutation::{Mutation, Outcome, Part},
    stream::StreamId,
};

on_both_databases!(
    a_ticket_opens_one_socket_of_its_device,
    a_strange_page_may_not_connect,
    rows_arrive_without_gaps_and_mutations_are_acked_in_order,
    rows_reach_nobody_else,
    a_lost_push_is_hinted,
    typing_is_told_to_those_who_are_there,
    signing_out_closes_the_socket,
    a_server_that_stops_says_goodbye,
);

async fn a_ticket_opens_one_socket_of_its_device(database: Database) {
    let host = Host::start(database).await;
    let alice = host.resident("alice").await;
    let ticket = alice.ticket().await;
    let mut first = Socket::connect(&host.url(""), None).await.unwrap();
    first.hello(&alice, ticket.clone()).await;
    assert!(matches!(first.next().await, Some(ServerFrame::Welcome { .. })));
    let elsewhere = crate::person::Person { device: DeviceId::new(), ..alice.clone() };
    for (person, ticket) in [(&alice, ticket), (&alice, "invented".into()), (&elsewhere, alice.ticket().await)] {
        let mut socket = Socket::connect(&host.url(""), None).await.unwrap();
        socket.hello(person, ticket).await;
        let Some(ServerFrame::Bye { error: Some(error), .. }) = socket.next().await else { panic!("not refused") };
        assert_eq!(error.code, ErrorCode::Unauthorized);
        assert_eq!(socket.next().await, None);
    }
}

async fn a_strange_page_may_not_connect(database: Database) {
    let host = Host::start(database).await;
    for origin in ["http://evil.example", "null", "http://tauri.localhost.evil.example"] {
        let Err(tokio_tungstenite::tungstenite::Error::Http(response)) = Socket::connect(&host.url(""), Some(origin)).await else {
            panic!("{origin} is let in");
        };
        assert_eq!(response.status(), 401);
    }
    let own = host.url("");
    for origin in ["tauri://localhost", "http://tauri.localhost", own.as_str()] {
        assert!(Socket::connect(&host.url(""), Some(origin)).await.is_ok(), "{origin}");
    }
}

async fn rows_arrive_without_gaps_and_mutations_are_acked_in_order(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let stream = StreamId::Conversation(conversation);
    let mut cursor = bob.changes(stream, 0, 1_000).await.1;
    let (mut writing, mut reading) = (alice.socket().await, bob.socket().await);
    let mutations: Vec<Mutation> =
        (1..=12).map(|number| Mutation::new(MutationId::new(), message(conversation, &number.to_string()))).collect();
    for batch in mutations.chunks(4) {
        writing.mutate(batch.to_vec()).await;
    }
    let mut acked = Vec::new();
    while acked.len() < mutations.len() {
        acked.extend(writing.acked().await);
    }
    assert!(acked.iter().all(|acked| matches!(&acked.outcome, Outcome::Applied(parts) if parts.len() == 1)), "{acked:?}");
    assert!(acked.iter().map(|acked| acked.id).eq(mutations.iter().map(|mutation| mutation.id)));
    let mut arrived = Vec::new();
    while arrived.len() < mutations.len() {
        let part = reading.rows(stream).await;
        assert_eq!((part.prev, part.epoch, part.vis_ver), (cursor, bob.epoch, 1));
        assert!(part.rows.iter().all(|row| row.seq > part.prev && row.seq <= part.seq));
        cursor = part.seq;
        arrived.extend(messages(&part.rows));
    }
    assert_eq!(texts(&arrived), (1..=12).map(|number| number.to_string()).collect::<Vec<_>>());
    assert_eq!(arrived, bob.messages(conversation).await);
}

async fn rows_reach_nobody_else(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let (secret, shared) = (alice.direct(&bob).await, alice.direct(&carol).await);
    let mut socket = carol.socket().await;
    alice.send(secret, "between us").await;
    bob.mark_read(secret, 1).await;
    alice.send(shared, "for Carol").await;
    // Pushes keep the order of commits: the first that arrives would be the secret one.
    let first = socket
        .until(|frame| {
            match frame {
                ServerFrame::Rows(Part { stream, .. }) | ServerFrame::Hint { stream, .. } => Some(stream),
                _ => None,
            }
            .filter(|stream| *stream != StreamId::User(carol.user))
        })
        .await;
    assert_eq!(first.conversation(), Some(shared));
}

async fn a_lost_push_is_hinted(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let stream = StreamId::Conversation(conversation);
    let mut socket = bob.socket().await;
    host.faults().drop_push(true);
    alice.send(conversation, "did you get this?").await;
    let newest = bob.heads(None).await;
    let head = bob.changes(stream, 0, 1_000).await.1;
    let hinted = socket
        .until(|frame| match frame {
            ServerFrame::Rows(part) => panic!("a push that was not lost: {part:?}"),
            ServerFrame::Hint { stream: moved, head } if moved == stream => Some(head),
            _ => None,
        })
        .await;
    assert_eq!(hinted, head);
    // And who missed the hint as well reads it off the heartbeat.
    let told = socket
        .until(|frame| match frame {
            ServerFrame::Heartbeat { watermark, .. } if watermark >= newest.watermark => Some(watermark),
            _ => None,
        })
        .await;
    assert!(told > socket.watermark);
    let moved = bob.heads(Some(&socket.watermark)).await;
    assert!(moved.heads.iter().any(|moved| moved.stream == stream && moved.head == head));
}

async fn typing_is_told_to_those_who_are_there(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let group = alice.group("Climbing", &[&bob, &carol], true).await;
    alice.remove(group, &carol).await.unwrap();
    let (mut typing, mut watching, mut outside) = (alice.socket().await, bob.socket().await, carol.socket().await);
    outside.signal(group).await;
    // The second comes too soon to be passed on a third time.
    for _ in 0..5 {
        typing.signal(group).await;
    }
    let from = watching
        .until(|frame| match frame {
            ServerFrame::Ephemeral(from) => Some(from),
            _ => None,
        })
        .await;
    assert_eq!((from.conversation, from.user), (group, alice.user), "nobody hears of who is not there");
    assert!(from.ttl_ms > 0);
    let sentence = alice.send(group, "here it is").await;
    let mut more = 0;
    loop {
        match watching.next().await.expect("an open socket") {
            ServerFrame::Ephemeral(_) => more += 1,
            ServerFrame::Rows(part) if messages(&part.rows) == [sentence.clone()] => break,
            _ => {}
        }
    }
    assert!(more <= 2, "{more} more were passed on");
    let shared = alice.direct(&carol).await;
    alice.send(shared, "for Carol").await;
    outside
        .until(|frame| match frame {
            ServerFrame::Ephemeral(from) => panic!("told to somebody who is not in it: {from:?}"),
            ServerFrame::Rows(part) => (part.stream == StreamId::Conversation(shared)).then_some(()),
            _ => None,
        })
        .await;
}

async fn signing_out_closes_the_socket(database: Database) {
    let host = Host::start(database).await;
    let alice = host.resident("alice").await;
    let other = host.returning("alice").await;
    let (mut socket, mut stays) = (alice.socket().await, other.socket().await);
    alice.sign_out().await;
    assert_eq!(socket.end().await, ServerFrame::Revoked);
    assert_eq!(socket.next().await, None);
    stays.until(|frame| matches!(frame, ServerFrame::Heartbeat { .. }).then_some(())).await;
    assert_eq!(host.server().sockets(), 1);
}

async fn a_server_that_stops_says_goodbye(database: Database) {
    let mut host = Host::start(database).await;
    let alice = host.resident("alice").await;
    let mut socket = alice.socket().await;
    let (end, ()) = tokio::join!(socket.end(), host.stop());
    assert!(matches!(end, ServerFrame::Bye { retry_ms, error: None } if retry_ms > 0), "{end:?}");
}
