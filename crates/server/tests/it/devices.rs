//! A person's devices: how they are listed, and how one signs out another.

use crate::{
    host::{Database, Host, PASSWORD, answer, wait},
    person::{Person, messages},
    socket::Socket,
};
use hearth_protocol::{
    account::{Device, SignIn, SignedIn},
    devices::DevicesSeen,
    error::{ApiError, ErrorCode},
    frame::ServerFrame,
    ids::{ConversationId, DeviceId, MutationId},
    limits,
    mutations::RenameDevice,
    rows::{DeviceRow, RowData},
    stream::StreamId,
};
use serde_json::{Value, json};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

on_both_databases!(
    devices_are_listed_as_they_sign_in_and_out,
    a_device_is_called_what_its_person_calls_it,
    a_device_that_is_signed_out_hears_nothing_more,
    whoever_takes_nothing_loses_the_connection_all_the_same,
    all_others_are_signed_out_at_once,
    nobody_signs_out_a_device_of_somebody_else,
    devices_are_seen_when_they_are_connected,
    after_a_restored_backup_no_device_is_signed_in,
);

async fn signs_in(host: &Host, username: &str, id: DeviceId, name: &str) -> Person {
    let device = Device { id, name: name.into(), platform: "linux".into() };
    let request = SignIn { username: username.into(), password: PASSWORD.into(), device };
    let signed_in: SignedIn = answer(host.http.post(host.url("/v1/sign-in")).json(&request)).await.expect("signs in");
    Person::new(host, signed_in, id)
}

/// The devices that a first copy of the user stream lists, by name.
async fn listed(person: &Person) -> Vec<DeviceRow> {
    let rows = person.changes(StreamId::User(person.user), 0, 1_000).await.0.rows;
    let mut devices: Vec<DeviceRow> =
        rows.into_iter().filter_map(|row| if let RowData::Device(device) = row.data { Some(device) } else { None }).collect();
    devices.sort_by(|a, b| a.name.cmp(&b.name));
    devices
}

async fn names(person: &Person) -> Vec<(String, bool)> {
    listed(person).await.into_iter().map(|device| (device.name, device.ended_at.is_none())).collect()
}

async fn sign_out_device(by: &Person, device: DeviceId) -> Result<Value, ApiError> {
    by.post(&format!("/v1/devices/{device}/sign-out"), &json!({})).await
}

async fn refused(person: &Person) -> ApiError {
    person.get::<Value>("/v1/people?q=a").await.unwrap_err()
}

async fn devices_are_listed_as_they_sign_in_and_out(database: Database) {
    let host = Host::start(database).await;
    let alice = host.resident("alice").await;
    let mut socket = alice.socket().await;
    let cursor = alice.changes(StreamId::User(alice.user), 0, 1_000).await.1;
    let phone = signs_in(&host, "alice", DeviceId::new(), "phone").await;
    let told = socket.rows(StreamId::User(alice.user)).await;
    assert_eq!((told.prev, told.seq), (cursor, cursor + 1), "the other device hears of it");
    assert_eq!(names(&alice).await, [("a test's device".into(), true), ("phone".into(), true)]);
    let before = listed(&alice).await.remove(1);
    assert_eq!((before.id, before.platform.as_str()), (phone.device, "linux"));
    phone.sign_out().await;
    assert_eq!(names(&alice).await, [("a test's device".into(), true), ("phone".into(), false)]);
    assert_eq!(refused(&phone).await.ended_by, None, "it was its own doing");
    let again = signs_in(&host, "alice", phone.device, "another name").await;
    let after = listed(&again).await.remove(1);
    assert_eq!((after.name.as_str(), after.ended_at), ("phone", None), "it is the same one, and called as before");
    assert!(after.signed_in_at >= before.signed_in_at);
}

async fn a_device_is_called_what_its_person_calls_it(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let rename = async |by: &Person, name: &str| {
        by.perform(MutationId::new(), RenameDevice { device: alice.device, name: name.into() }.into()).await
    };
    let parts = rename(&alice, "  Kitchen\u{202e} ").await.unwrap();
    let [part] = parts.as_slice() else { panic!("{parts:?}") };
    assert!(matches!(&part.rows[0].data, RowData::Device(device) if device.name == "Kitchen"), "{part:?}");
    assert_eq!(rename(&alice, "Kitchen").await.unwrap()[0].seq, part.seq, "nothing moves");
    for wrong in [String::new(), "\u{200b}".into(), "x".repeat(limits::DEVICE_NAME_CHARS_MAX + 1)] {
        assert_eq!(rename(&alice, &wrong).await.unwrap_err().code, ErrorCode::InvalidName);
    }
    assert_eq!(rename(&bob, "mine").await.unwrap_err(), ApiError::not_found());
    assert_eq!(names(&alice).await, [("Kitchen".into(), true)]);
}

/// Reads to the end: the numbers of the messages that came, and the last word.
async fn heard(mut socket: Socket) -> (Vec<usize>, Option<ServerFrame>) {
    let (mut numbers, mut last) = (Vec::new(), None);
    while let Some(frame) = socket.next().await {
        if let ServerFrame::Rows(part) = &frame {
            let texts = crate::person::texts(&messages(&part.rows));
            numbers.extend(texts.iter().map(|text| text.parse::<usize>().unwrap()));
        }
        last = Some(frame);
    }
    (numbers, last)
}

/// Bob writes to somebody until he is told to stop; counts what he has begun to send.
fn traffic(bob: &Person, conversation: ConversationId) -> (Arc<AtomicUsize>, tokio::task::JoinHandle<()>) {
    let (begun, bob) = (Arc::new(AtomicUsize::new(0)), bob.clone());
    let count = begun.clone();
    let task = tokio::spawn(async move {
        loop {
            let number = count.fetch_add(1, SeqCst) + 1;
            bob.send(conversation, &number.to_string()).await;
        }
    });
    (begun, task)
}

async fn a_device_that_is_signed_out_hears_nothing_more(database: Database) {
    // Signing out by itself, without what looks again now and then.
    let host = Host::start_with(database, |config| (config.limits.heartbeat_ms, config.limits.tail_ms) = (600_000, 600_000)).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let phone = signs_in(&host, "alice", DeviceId::new(), "phone").await;
    let conversation = alice.direct(&bob).await;
    let (mut stays, goes) = (alice.socket().await, phone.socket().await);
    let early = phone.ticket().await;
    let listening = tokio::spawn(heard(goes));
    let (begun, writing) = traffic(&bob, conversation);
    stays
        .until(|frame| matches!(&frame, ServerFrame::Rows(part) if messages(&part.rows).iter().any(|row| row.pos >= 10)).then_some(()))
        .await;

    sign_out_device(&alice, phone.device).await.unwrap();
    let latest = begun.load(SeqCst);
    let closed = tokio::time::timeout(Duration::from_secs(1), listening).await;
    let (numbers, last) = closed.expect("closed within a second").unwrap();
    let far = stays
        .until(|frame| match frame {
            ServerFrame::Rows(part) => messages(&part.rows).iter().map(|row| row.pos).max().filter(|pos| *pos > latest as u64 + 20),
            _ => None,
        })
        .await;
    writing.abort();
    assert!(!numbers.is_empty(), "the phone was there");
    assert!(numbers.iter().all(|number| *number <= latest), "{numbers:?} after {latest}; {far} were written");
    let Some(ServerFrame::Bye { error: Some(error), .. }) = last else { panic!("{last:?}") };
    assert_eq!((error.code, error.ended_by.as_deref()), (ErrorCode::Unauthorized, Some("a test's device")));
    assert_eq!(refused(&phone).await, error, "the same over HTTP");
    // A ticket from before opens nothing.
    let mut socket = Socket::connect(&host.url(""), None).await.unwrap();
    socket.hello(&phone, early).await;
    assert_eq!(socket.next().await, Some(ServerFrame::Bye { retry_ms: 0, error: Some(error) }));
    assert_eq!(names(&alice).await, [("a test's device".into(), true), ("phone".into(), false)]);
    sign_out_device(&alice, phone.device).await.expect("asked again, nothing happens");
}

async fn whoever_takes_nothing_loses_the_connection_all_the_same(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let phone = signs_in(&host, "alice", DeviceId::new(), "phone").await;
    let conversation = alice.direct(&bob).await;
    let stuck = phone.socket().await;
    // More than the buffers between the two hold: the server waits in the middle of a write.
    let long = "x".repeat(limits::TEXT_CHARS_MAX);
    for _ in 0..40 {
        let sending = (0..20).map(|_| bob.send(conversation, &long));
        futures::future::join_all(sending).await;
    }
    sign_out_device(&alice, phone.device).await.unwrap();
    let gone = tokio::time::timeout(Duration::from_secs(1), wait(async || host.server().sockets() == 0)).await;
    gone.expect("it is still there");
    drop(stuck);
}

async fn all_others_are_signed_out_at_once(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let phone = signs_in(&host, "alice", DeviceId::new(), "phone").await;
    let tablet = signs_in(&host, "alice", DeviceId::new(), "tablet").await;
    // The same device, whose person has lost the token of the first session.
    let again = signs_in(&host, "alice", phone.device, "phone").await;
    let (mut mine, mut others) = (phone.socket().await, [again.socket().await, tablet.socket().await]);
    phone.post::<Value>("/v1/devices/sign-out-others", &json!({})).await.unwrap();
    for socket in &mut others {
        let error = socket
            .until(|frame| match frame {
                ServerFrame::Bye { error, .. } => error,
                _ => None,
            })
            .await;
        assert_eq!(error.ended_by.as_deref(), Some("phone"));
        assert_eq!(socket.next().await, None);
    }
    for ended in [&alice, &tablet, &again] {
        assert_eq!(refused(ended).await.ended_by.as_deref(), Some("phone"));
    }
    mine.until(|frame| matches!(frame, ServerFrame::Heartbeat { .. }).then_some(())).await;
    assert_eq!(names(&phone).await, [("a test's device".into(), false), ("phone".into(), true), ("tablet".into(), false)]);
    assert!(bob.get::<Value>("/v1/people?q=a").await.is_ok());
}

async fn nobody_signs_out_a_device_of_somebody_else(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let missing = sign_out_device(&bob, DeviceId::new()).await.unwrap_err();
    assert_eq!(missing, ApiError::not_found());
    assert_eq!(sign_out_device(&bob, alice.device).await.unwrap_err(), missing);
    assert_eq!(names(&alice).await, [("a test's device".into(), true)]);
    assert!(alice.get::<Value>("/v1/people?q=a").await.is_ok());
    sign_out_device(&alice, alice.device).await.expect("one's own is signing out");
    assert_eq!(refused(&alice).await.ended_by, None);
    for (method, path) in [
        (reqwest::Method::GET, "/v1/devices".to_owned()),
        (reqwest::Method::POST, format!("/v1/devices/{}/sign-out", bob.device)),
        (reqwest::Method::POST, "/v1/devices/sign-out-others".to_owned()),
    ] {
        let error = answer::<Value>(host.http.request(method, host.url(&path)).json(&json!({}))).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::Unauthorized, "{path}");
    }
}

async fn devices_are_seen_when_they_are_connected(database: Database) {
    let host = Host::start(database).await;
    let alice = host.resident("alice").await;
    let phone = signs_in(&host, "alice", DeviceId::new(), "phone").await;
    let seen = async || alice.get::<DevicesSeen>("/v1/devices").await.unwrap().devices;
    let at = async |of: &Person| seen().await.iter().find(|seen| seen.device == of.device).map(|seen| seen.seen_at);
    let (first, phones) = (at(&alice).await.unwrap(), at(&phone).await.unwrap());
    assert_eq!(seen().await.len(), 2);
    let _socket = alice.socket().await;
    // The server's clock moves on: whoever is connected is seen now, the other one is where it was.
    wait(async || at(&alice).await.unwrap() > first).await;
    assert_eq!(at(&phone).await, Some(phones));
    sign_out_device(&alice, phone.device).await.unwrap();
    assert_eq!(at(&phone).await, None);
}

async fn after_a_restored_backup_no_device_is_signed_in(database: Database) {
    let mut host = Host::start(database).await;
    let alice = host.resident("alice").await;
    assert_eq!(names(&alice).await, [("a test's device".into(), true)]);
    host.stop().await;
    // A witness that saw more than the database has.
    let path = host.config.data_dir.join("epoch");
    let mut witness: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    witness["n"] = json!(1_000_000);
    std::fs::write(&path, witness.to_string()).unwrap();
    host.run().await;
    let phone = signs_in(&host, "alice", DeviceId::new(), "phone").await;
    assert_ne!(phone.epoch, alice.epoch);
    assert_eq!(names(&phone).await, [("a test's device".into(), false), ("phone".into(), true)]);
    assert_eq!(refused(&alice.at(&host)).await.ended_by, None);
}
