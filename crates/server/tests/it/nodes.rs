//! Several processes on one database, databases that are not what they were, and the certificate.

use crate::{
    host::{Database, Host, PASSWORD},
    person::{Person, messages, texts},
};
use hearth_protocol::{account::ServerInfo, frame::ServerFrame, link::Trust, stream::StreamId};
use hearth_server::{Config, Installation, OpenError, Server, StartError, Tls, import};
use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use std::path::Path;

on_both_databases!(
    what_another_process_commits_is_hinted,
    a_session_that_ends_elsewhere_loses_its_socket,
    who_is_removed_elsewhere_is_told_no_more,
    an_import_needs_no_server,
);

/// A second server on the same database.
async fn second(host: &Host) -> (Server, impl Fn(&Person) -> Person) {
    let mut config = host.config.clone();
    if config.database_url.is_some() {
        config.data_dir = host.folder.path().join("second");
    }
    let server = Server::start(config).await.expect("a second server starts");
    let base = format!("http://{}", server.address());
    (server, move |person: &Person| Person { base: base.clone(), ..person.clone() })
}

async fn what_another_process_commits_is_hinted(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let (server, there) = second(&host).await;
    let mut socket = there(&bob).socket().await;
    alice.send(conversation, "one").await;
    let head = bob.changes(StreamId::Conversation(conversation), 0, 1_000).await.1;
    let hinted = socket
        .until(|frame| match frame {
            ServerFrame::Hint { stream: StreamId::Conversation(moved), head } if moved == conversation => Some(head),
            _ => None,
        })
        .await;
    assert_eq!(hinted, head);
    // Both know by heart what the other one changes meanwhile: seq and pos stay dense all the same.
    let mut seen = vec!["one".to_owned()];
    for round in 0..3 {
        for (writer, name) in [(there(&bob), "there"), (alice.clone(), "here")] {
            let sent = writer.send(conversation, &format!("{name} {round}")).await;
            seen.push(format!("{name} {round}"));
            assert_eq!(sent.pos, seen.len() as u64);
        }
    }
    assert_eq!(texts(&alice.messages(conversation).await), seen);
    server.shutdown().await;
}

async fn a_session_that_ends_elsewhere_loses_its_socket(database: Database) {
    let host = Host::start(database).await;
    let alice = host.resident("alice").await;
    let (server, there) = second(&host).await;
    let mut socket = there(&alice).socket().await;
    alice.sign_out().await;
    socket.until(|frame| (frame == ServerFrame::Revoked).then_some(())).await;
    assert_eq!(socket.next().await, None);
    server.shutdown().await;
}

async fn who_is_removed_elsewhere_is_told_no_more(database: Database) {
    let host = Host::start(database).await;
    let (alice, carol) = (host.resident("alice").await, host.resident("carol").await);
    let (group, direct) = (alice.group("Readers", &[&carol], true).await, alice.direct(&carol).await);
    let (server, there) = second(&host).await;
    let mut socket = there(&carol).socket().await;
    // By now the second one knows by heart who is in it.
    there(&alice).send(group, "before").await;
    assert_eq!(texts(&messages(&socket.rows(StreamId::Conversation(group)).await.rows)), ["before"]);
    alice.remove(group, &carol).await.unwrap();
    there(&alice).send(group, "after").await;
    there(&alice).send(direct, "a fence").await;
    // Pushes keep the order of commits.
    socket
        .until(|frame| match frame {
            ServerFrame::Rows(part) if part.stream == StreamId::Conversation(direct) => Some(()),
            ServerFrame::Rows(part) if part.stream.conversation() == Some(group) => panic!("told to who was removed: {part:?}"),
            _ => None,
        })
        .await;
    server.shutdown().await;
}

/// More batches than the committer's channel to a fanout holds: without a server nobody empties it.
async fn an_import_needs_no_server(database: Database) {
    let mut host = Host::start(database).await;
    host.stop().await;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/chitchat-300.json.gz");
    let options = import::Options { password: PASSWORD.into(), cancel: Default::default() };
    let installation = Installation::open(&host.config).await.expect("it opens");
    let report = import::chitchat(&installation, &path, &options, |_| {}).await.expect("it loads");
    installation.close().await;
    assert!(report.messages > 10_000, "{}", report.messages);
    host.run().await;
    let person = host.returning(&report.people[0].username).await;
    assert_eq!(person.heads(None).await.heads.len(), report.people[0].conversations + 1);
}

/// Another database with the same content, as a backup is.
#[cfg(target_os = "linux")]
async fn copy(url: &str) -> String {
    let at = url.find("/test").expect("a test database");
    let (server, rest) = (&url[..at], &url[at + 1..]);
    let (name, options) = rest.split_once('?').expect("options");
    let mut connection = PgConnection::connect(&format!("{server}/postgres?{options}")).await.expect("PostgreSQL answers");
    let sql = format!("CREATE DATABASE {name}_copy TEMPLATE {name}");
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.expect("it is copied");
    connection.close().await.expect("the connection closes");
    format!("{server}/{name}_copy?{options}")
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_restored_postgresql_begins_a_new_epoch_too() {
    let mut host = Host::start(Database::Postgres).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    alice.send(conversation, "in the backup").await;
    host.stop().await;
    let backup = copy(host.config.database_url.as_deref().expect("a URL")).await;
    host.run().await;
    alice.at(&host).send(conversation, "after the backup").await;
    host.stop().await;
    host.config.database_url = Some(backup);
    host.run().await;
    let again = host.returning("alice").await;
    assert_ne!(again.epoch, alice.epoch);
    assert_eq!(texts(&again.messages(conversation).await), ["in the backup"]);
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_newer_postgresql_is_refused_too() {
    let mut host = Host::start(Database::Postgres).await;
    host.stop().await;
    let mut connection = PgConnection::connect(host.config.database_url.as_deref().expect("a URL")).await.unwrap();
    let newer = "INSERT INTO migration (number, name, applied_at) VALUES (9999, 'from the future', 0)";
    sqlx::raw_sql(newer).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let error = Server::start(host.config.clone()).await.err().expect("it is refused");
    assert!(matches!(error, StartError::Open(OpenError::Newer { found: 9999, .. })), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_certificate_is_the_one_that_the_link_names() {
    let folder = tempfile::tempdir().unwrap();
    let mut host = Host::start_with(Database::Sqlite, |config| config.tls = Tls::SelfMade).await;
    let link = host.server().connect_link();
    let certificate = std::fs::read(host.config.data_dir.join("certificate.der")).unwrap();
    assert_eq!(link.trust, Trust::Pinned(Sha256::digest(&certificate).into()));
    // A client that trusts this certificate and no other gets its answer.
    let trusted = reqwest::Certificate::from_der(&certificate).unwrap();
    let client = reqwest::Client::builder().no_proxy().tls_certs_only([trusted]).build().unwrap();
    let response = client.get(format!("{}/v1/server", link.base_url())).send().await.unwrap();
    assert_eq!(response.json::<ServerInfo>().await.unwrap().product, "hearth");
    assert!(host.http.get(host.url("/v1/server")).send().await.is_err(), "plaintext is not answered");
    // It lasts over restarts, and another folder has another.
    host.restart().await;
    assert_eq!(host.server().connect_link().trust, link.trust);
    let mut other = Config { data_dir: folder.path().into(), ..host.config.clone() };
    other.listen.set_port(0);
    let other = Server::start(other).await.unwrap();
    assert_ne!(other.connect_link().trust, link.trust);
    other.shutdown().await;
}
