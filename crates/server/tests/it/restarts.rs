//! Starting again: on the same data, on a restored backup, on a newer build's database, and where a server may not start.

use crate::{
    host::{Database, Host},
    person::texts,
};
use hearth_protocol::{
    error::ErrorCode,
    stream::StreamId,
    sync::{From, Want},
};
use hearth_server::{OpenError, Server, StartError, Tls};
use sqlx::{Connection as _, SqliteConnection};
use std::{fs, net::Ipv4Addr};

on_both_databases!(a_restart_keeps_everything);

async fn a_restart_keeps_everything(database: Database) {
    let mut host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    for number in 1..=5 {
        alice.send(conversation, &number.to_string()).await;
    }
    bob.mark_read(conversation, 2).await;
    let before = (alice.heads(None).await, bob.heads(None).await, bob.messages(conversation).await);
    host.restart().await;
    let (alice, bob) = (alice.at(&host), bob.at(&host));
    assert_eq!((alice.heads(None).await, bob.heads(None).await, bob.messages(conversation).await), before);
    assert!(alice.heads(Some(&before.0.watermark)).await.heads.is_empty(), "the watermark is still good");
    let next = alice.send(conversation, "6").await;
    assert_eq!((next.pos, bob.unread(conversation).await), (6, 4));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_backup_begins_a_new_epoch() {
    let mut host = Host::start(Database::Sqlite).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    alice.send(conversation, "in the backup").await;
    host.stop().await;
    let (database, backup) = (host.config.data_dir.join("hearth.db"), host.folder.path().join("backup.db"));
    fs::copy(&database, &backup).unwrap();
    host.run().await;
    alice.at(&host).send(conversation, "after the backup").await;
    host.stop().await;
    for leftover in ["hearth.db-wal", "hearth.db-shm"] {
        let _ = fs::remove_file(host.config.data_dir.join(leftover));
    }
    fs::copy(&backup, &database).unwrap();
    host.run().await;

    // Sessions end with their epoch: a token of the lost time must not be good in another.
    assert_eq!(alice.at(&host).try_send(conversation, "as if nothing was").await.unwrap_err().code, ErrorCode::Unauthorized);
    let again = host.returning("alice").await;
    assert_ne!(again.epoch, alice.epoch);
    assert_eq!(texts(&again.messages(conversation).await), ["in the backup"]);
    let stale = crate::person::Person { epoch: alice.epoch, ..again.clone() };
    let want = Want { stream: StreamId::Conversation(conversation), from: From::Cursor { seq: 0, vis_ver: 1 } };
    assert_eq!(stale.pull(vec![want], 10).await.unwrap_err().code, ErrorCode::EpochChanged);
    assert!(stale.heads(Some(&again.heads(None).await.watermark)).await.full);

    // And that one lasts.
    host.restart().await;
    assert_eq!(again.at(&host).heads(None).await.epoch, again.epoch);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_database_is_refused_untouched() {
    let mut host = Host::start(Database::Sqlite).await;
    host.stop().await;
    let path = host.config.data_dir.join("hearth.db");
    let mut connection = SqliteConnection::connect(&format!("sqlite://{}", path.display())).await.unwrap();
    let newer = "INSERT INTO migration (number, name, applied_at) VALUES (9999, 'from the future', 0)";
    sqlx::raw_sql(newer).execute(&mut connection).await.unwrap();
    sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let before = fs::read(&path).unwrap();
    let Err(error) = Server::start(host.config.clone()).await else { panic!("it starts") };
    assert!(matches!(error, StartError::Open(OpenError::Newer { found: 9999, .. })), "{error}");
    assert!(error.to_string().contains("newer Hearth"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_says_why_it_does_not_start() {
    let host = Host::start(Database::Sqlite).await;
    let elsewhere = host.folder.path().join("elsewhere");
    let mut taken = host.config.clone();
    taken.data_dir = elsewhere.clone();
    taken.listen = host.server().address();
    assert!(matches!(Server::start(taken.clone()).await.err().unwrap(), StartError::PortInUse(_)));
    let mut plain = taken.clone();
    plain.tls = Tls::Off;
    plain.listen = (Ipv4Addr::UNSPECIFIED, 0).into();
    assert!(matches!(Server::start(plain).await.err().unwrap(), StartError::Plaintext(_)));
    let mut file = taken.clone();
    file.listen.set_port(0);
    file.data_dir = host.folder.path().join("a file");
    fs::write(&file.data_dir, b"").unwrap();
    assert!(matches!(Server::start(file).await.err().unwrap(), StartError::Folder { .. }));
    let mut url = taken;
    url.listen.set_port(0);
    url.database_url = Some("mysql://user:secret@localhost/hearth".into());
    let error = Server::start(url).await.err().unwrap().to_string();
    assert!(error.contains("mysql") && !error.contains("secret"), "{error}");
}
