//! The file: encrypted, refused politely, whole when the disk is full, read while written.

use crate::support::{KEY, Server, local, parts, ready, typed_now};
use hearth_protocol::{ids::MessageId, rows::RowData, sync::From};
use hearth_replica::{Apply, At, Error, Filter, Key, OpenError, Replica, SearchOrder, TakingBack};
use sqlx::{Connection, sqlite::SqliteConnectOptions};
use std::{fs, path::Path};

/// The same file, read and written past the replica.
async fn raw(path: &Path) -> sqlx::SqliteConnection {
    let hex: String = KEY.iter().map(|byte| format!("{byte:02x}")).collect();
    let options = SqliteConnectOptions::new().filename(path).pragma("key", format!("\"x'{hex}'\""));
    sqlx::SqliteConnection::connect_with(&options).await.unwrap()
}

fn contains(bytes: &[u8], needle: &str) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[tokio::test]
async fn everything_is_there_again_after_closing() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(5);
    replica.apply(parts(frames)).await.unwrap();
    replica.enqueue(&server.send("unsent"), 1).await.unwrap();
    let (before, outbox) = (replica.dump().await.unwrap(), replica.outbox().await.unwrap());
    let path = replica.folder.path().join("replica.db");
    replica.replica.clone().close().await;
    assert!(matches!(replica.dump().await, Err(Error::Closed)));
    assert!(matches!(replica.enqueue(&server.send("late"), 1).await, Err(Error::Closed)));
    let again = Replica::open(&path, &Key::from_bytes(KEY)).await.unwrap();
    assert_eq!((again.dump().await.unwrap(), again.outbox().await.unwrap()), (before, outbox));
}

#[tokio::test]
async fn another_key_does_not_open_it_and_changes_nothing() {
    let (replica, _) = ready().await;
    let path = replica.folder.path().join("replica.db");
    replica.replica.clone().close().await;
    let before = fs::read(&path).unwrap();
    for wrong in [[0; 32], [8; 32]] {
        let refused = Replica::open(&path, &Key::from_bytes(wrong)).await;
        assert!(matches!(refused, Err(OpenError::WrongKeyOrDamaged)), "{:?}", refused.err());
    }
    assert_eq!(fs::read(&path).unwrap(), before);
    fs::write(&path, b"this was never a database, and is long enough to be looked at".repeat(100)).unwrap();
    assert!(matches!(Replica::open(&path, &Key::from_bytes(KEY)).await, Err(OpenError::WrongKeyOrDamaged)));
    let folder = replica.folder.path().join("no such folder/replica.db");
    assert!(matches!(Replica::open(&folder, &Key::from_bytes(KEY)).await, Err(OpenError::Io(_))));
}

#[tokio::test]
async fn no_word_is_in_the_files() {
    const CANARY: &str = "canarywordthatstandsout";
    let (replica, mut server) = ready().await;
    let said = server.direct.say(server.bob.user, CANARY);
    replica.apply(parts(vec![said])).await.unwrap();
    replica.save_draft(server.conversation(), CANARY, None).await.unwrap();
    replica.enqueue(&server.send(CANARY), 1).await.unwrap();
    let mut seen = 0;
    for entry in fs::read_dir(replica.folder.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        seen += bytes.len();
        assert!(!contains(&bytes, CANARY) && !contains(&bytes, "SQLite format 3") && !contains(&bytes, "CREATE TABLE"));
    }
    assert!(seen > 10_000, "{seen}");
    #[cfg(unix)]
    {
        let rights =
            std::os::unix::fs::PermissionsExt::mode(&fs::metadata(replica.folder.path().join("replica.db")).unwrap().permissions());
        assert_eq!(rights & 0o077, 0);
    }
}

#[tokio::test]
async fn a_deleted_message_leaves_no_word_in_any_table() {
    const CANARY: &str = "canaryword";
    let (replica, mut server) = ready().await;
    let said = server.direct.say(server.bob.user, CANARY);
    let other = server.direct.say(server.bob.user, "something else");
    replica.apply(parts(vec![said, other])).await.unwrap();
    let path = replica.folder.path().join("replica.db");
    let index_has_it = async || {
        let blocks: Vec<Vec<u8>> =
            sqlx::query_scalar("SELECT block FROM message_words_data").fetch_all(&mut raw(&path).await).await.unwrap();
        blocks.iter().any(|block| contains(block, &CANARY[1..]))
    };
    assert!(index_has_it().await);
    let gone = server.direct.delete(1);
    replica.apply(parts(vec![gone])).await.unwrap();
    assert!(!index_has_it().await);
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM message WHERE text LIKE '%canary%' OR body LIKE '%canary%'")
        .fetch_one(&mut raw(&path).await)
        .await
        .unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_newer_database_is_refused_untouched() {
    let (replica, _) = ready().await;
    let path = replica.folder.path().join("replica.db");
    replica.replica.clone().close().await;
    let mut newer = raw(&path).await;
    sqlx::query("PRAGMA user_version = 999").execute(&mut newer).await.unwrap();
    newer.close().await.unwrap();
    let before = fs::read(&path).unwrap();
    let refused = Replica::open(&path, &Key::from_bytes(KEY)).await;
    assert!(matches!(refused, Err(OpenError::Newer { found: 999, .. })), "{:?}", refused.err());
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn a_full_disk_loses_nothing_and_goes_on_by_itself() {
    let (replica, mut server) = ready().await;
    replica.enqueue(&server.send("kept"), 1).await.unwrap();
    replica.limit_pages(Some(1)).await.unwrap();
    let big = "word ".repeat(3_000);
    let mut accepted = 1;
    let refused = loop {
        match replica.enqueue(&server.send(&big), 1).await {
            Ok(()) => accepted += 1,
            Err(error) => break error,
        }
        assert!(accepted < 1_000);
    };
    assert!(matches!(refused, Error::DiskFull), "{refused:?}");
    let frames: Vec<_> = (0..20).map(|_| server.direct.say(server.bob.user, &big)).collect();
    let apply = replica.apply(parts(frames.clone())).await;
    assert!(matches!(apply, Err(Error::DiskFull)), "{apply:?}");
    assert_eq!(replica.outbox().await.unwrap().len(), accepted);
    assert_eq!(replica.conversations(Filter::All, 10).await.unwrap().len(), 1);
    assert!(replica.timeline(server.conversation(), At::End, 10).await.unwrap().messages.len() >= accepted);
    replica.limit_pages(None).await.unwrap();
    replica.enqueue(&server.send(&big), 1).await.unwrap();
    replica.apply(parts(frames)).await.unwrap();
    assert_eq!(replica.outbox().await.unwrap().len(), accepted + 1);
    assert_eq!(replica.check().await.unwrap(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn readers_do_not_wait_for_the_writer() {
    let (replica, mut server) = ready().await;
    let conversation = server.conversation();
    let frames = server.bob_says(2_000);
    let readers: Vec<_> = (0..2)
        .map(|_| {
            let replica = replica.replica.clone();
            tokio::spawn(async move {
                let mut last = 0;
                while last < 2_000 {
                    let rows = replica.timeline(conversation, At::End, 5).await.unwrap();
                    let newest = crate::support::places(&rows).last().copied().unwrap_or(0);
                    assert!(newest >= last, "{newest} after {last}");
                    last = newest;
                    replica.search(&typed_now("message"), SearchOrder::Newest, None, 5).await.unwrap();
                }
            })
        })
        .collect();
    for chunk in frames.chunks(100) {
        replica.apply(parts(chunk.to_vec())).await.unwrap();
    }
    for reader in readers {
        reader.await.unwrap();
    }
}

#[tokio::test]
async fn a_dropped_write_is_undone() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(500);
    let before = replica.dump().await.unwrap();
    {
        let apply = replica.apply(parts(frames.clone()));
        tokio::pin!(apply);
        // Far enough that the transaction has begun, not so far that it ends.
        for _ in 0..20 {
            tokio::select! {
                biased;
                done = &mut apply => panic!("too fast: {done:?}"),
                () = tokio::task::yield_now() => {}
            }
        }
    }
    assert_eq!(replica.dump().await.unwrap(), before);
    replica.enqueue(&server.send("after"), 1).await.unwrap();
    assert_eq!(replica.dump().await.unwrap().matches("message").count(), before.matches("message").count());
    replica.apply(parts(frames)).await.unwrap();
    assert_eq!(replica.backfill_progress().await.unwrap().messages, 500);
}

#[tokio::test]
async fn a_flipped_byte_is_told_and_never_read() {
    let replica = local().await;
    let mut server = Server::new();
    server.bob_says(400);
    replica.apply(Apply { tails: vec![server.user.tail(0), server.direct.tail(u64::MAX)], ..Apply::default() }).await.unwrap();
    let path = replica.folder.path().join("replica.db");
    replica.replica.clone().close().await;
    let whole = fs::read(&path).unwrap();
    for place in (0..whole.len()).step_by(whole.len() / 12) {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x40;
        fs::write(&path, &bytes).unwrap();
        match Replica::open(&path, &Key::from_bytes(KEY)).await {
            Err(OpenError::WrongKeyOrDamaged) => {}
            Err(other) => panic!("{place}: {other}"),
            Ok(replica) => {
                let checked = replica.check().await;
                let told = matches!(&checked, Err(Error::Damaged(_))) || checked.as_ref().is_ok_and(|found| !found.is_empty());
                assert!(told, "{place}: {checked:?}");
                replica.close().await;
            }
        }
    }
}

/// Whoever spawns tasks on the replica needs its futures to be `Send`.
#[test]
fn futures_are_send() {
    fn send<T: Send>(_: impl FnOnce(&'static Replica) -> T) {}
    send(|replica| replica.apply(Apply::default()));
    send(|replica| replica.timeline(hearth_protocol::ids::ConversationId::new(), At::End, 1));
    send(|replica| async move { replica.search(&typed_now(""), SearchOrder::Best, None, 1).await });
    send(|replica| replica.suggest("from:", 5));
    send(|replica| replica.claim(0, 1));
    send(|replica| replica.conversations(Filter::All, 1));
}

#[tokio::test]
async fn an_update_reads_what_the_build_before_it_kept_raw() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(3);
    replica.apply(parts(frames)).await.unwrap();
    // The build before it lacked the kind of markers, and knew a marker's id as that of any kind of the future.
    let mut part = server.read_to(2);
    let marker = serde_json::to_value(&part.rows[0]).unwrap()["data"].to_string();
    let raw = serde_json::value::RawValue::from_string(marker).unwrap();
    part.rows[0].data = RowData::Unknown { kind: "read_marker".into(), raw };
    replica.apply(parts(vec![part])).await.unwrap();
    let unread = async |replica: &Replica| replica.conversation(server.conversation()).await.unwrap().unwrap().unread;
    assert_eq!(unread(&replica).await, 3);
    let path = replica.folder.path().join("replica.db");
    replica.replica.clone().close().await;
    let updated = Replica::open(&path, &Key::from_bytes(KEY)).await.unwrap();
    assert_eq!(unread(&updated).await, 1);
    let dump = updated.dump().await.unwrap();
    assert!(dump.contains("read_marker ") && !dump.contains("unknown_row"), "{dump}");
}

#[tokio::test]
async fn what_an_older_build_had_no_column_for_comes_with_a_new_copy_once() {
    let (replica, mut server) = ready().await;
    let mut came = server.bob_says(1);
    let original = server.direct.message(1).id;
    came.push(server.direct.answer_as(MessageId::new(), server.bob.user, "so it is", Some(original)));
    replica.apply(parts(came)).await.unwrap();
    let (path, before) = (replica.folder.path().join("replica.db"), replica.dump().await.unwrap());
    replica.replica.clone().close().await;
    let mut older = raw(&path).await;
    // The count came with the first heads, when more was unread, and was not asked since.
    let counted = "UPDATE stream SET unread_count = 7, unread_as_of = 1 WHERE kind = 1";
    for sql in ["UPDATE message SET reply_to = NULL", counted, "PRAGMA user_version = 43"] {
        sqlx::query(sql).execute(&mut older).await.unwrap();
    }
    older.close().await.unwrap();
    let anew = async |replica: &Replica| {
        let wants = replica.wants(None, 10, 50).await.unwrap();
        let copy = |id| wants.iter().any(|want| want.stream == id && matches!(want.from, From::Tail { .. }));
        (copy(server.user.id), copy(server.direct.id))
    };
    let again = Replica::open(&path, &Key::from_bytes(KEY)).await.unwrap();
    assert_eq!(anew(&again).await, (true, true));
    assert_eq!(again.timeline(server.conversation(), At::End, 10).await.unwrap().messages.len(), 2, "it is readable until then");
    let typed = server.send("typed meanwhile");
    again.enqueue(&typed, 1).await.unwrap();
    assert_eq!(again.conversation(server.conversation()).await.unwrap().unwrap().unread, 2, "and counted");
    again.discard(typed.id, TakingBack::Discard, false).await.unwrap();
    again.apply(server.everything()).await.unwrap();
    assert_eq!(again.dump().await.unwrap(), before);
    again.close().await;
    let again = Replica::open(&path, &Key::from_bytes(KEY)).await.unwrap();
    assert_eq!(anew(&again).await, (false, false));
}
