//! A damaged file: it is noticed, and what only it had comes along.

use crate::support::{KEY, Local, Server, local, parts, ready};
use hearth_protocol::mutation::Mutation;
use hearth_replica::{At, Key, Replica, is_whole, rescue};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// SQLite's page size, which is also how SQLCipher cuts the file.
const PAGE_BYTES: usize = 4096;

/// Alice's closed replica: some history, three unsent messages, a draft and a setting.
async fn closed() -> (Local, Server, Vec<Mutation>) {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(400);
    replica.apply(parts(frames)).await.unwrap();
    let unsent: Vec<Mutation> = ["one", "two", "three"].iter().map(|text| server.send(text)).collect();
    for (mutation, at) in unsent.iter().zip(1..) {
        replica.enqueue(mutation, at).await.unwrap();
    }
    replica.claim(9, 1).await.unwrap();
    replica.save_draft(server.conversation(), "half a thought", None).await.unwrap();
    replica.set_setting("theme", "dark").await.unwrap();
    replica.replica.clone().close().await;
    (replica, server, unsent)
}

fn path(of: &Local) -> PathBuf {
    of.folder.path().join("replica.db")
}

fn key() -> Key {
    Key::from_bytes(KEY)
}

/// A copy whose page `page` has one flipped bit.
fn flipped(original: &Path, page: usize, folder: &Path) -> PathBuf {
    let mut bytes = fs::read(original).unwrap();
    bytes[page * PAGE_BYTES + 1_000] ^= 1;
    let copy = folder.join("replica.db");
    fs::write(&copy, bytes).unwrap();
    copy
}

#[tokio::test]
async fn everything_unsent_moves_into_a_new_replica_in_order_and_once() {
    let (old, server, unsent) = closed().await;
    assert!(is_whole(&path(&old), &key()).await.unwrap());
    let rescued = rescue(&path(&old), &key()).await;
    assert!(rescued.whole);
    assert_eq!((rescued.unsent(), rescued.drafts()), (3, 1));

    let new = local().await;
    new.remember_me(&crate::support::account(&server.alice)).await.unwrap();
    new.restore(&rescued).await.unwrap();
    new.restore(&rescued).await.unwrap();
    assert_eq!(new.draft(server.conversation()).await.unwrap().as_deref(), Some("half a thought"));
    assert_eq!(new.get_setting::<String>("theme").await.unwrap().as_deref(), Some("dark"));
    let since: Vec<_> = new.outbox().await.unwrap().iter().map(|entry| (entry.made_at_local, entry.tries)).collect();
    assert_eq!(since, [(1, 1), (2, 0), (3, 0)]);
    let shown = new.timeline(server.conversation(), At::End, 10).await.unwrap();
    assert_eq!(crate::support::texts(&shown), ["*one", "*two", "*three"], "seen before anything comes from the server");
    let ids = |mutations: &[Mutation]| mutations.iter().map(|mutation| mutation.id).collect::<Vec<_>>();
    assert_eq!(ids(&new.claim(9, 10).await.unwrap().mutations), ids(&unsent), "the same ids, in the same order");
}

#[tokio::test]
async fn every_damaged_page_is_noticed_and_what_is_not_rescued_is_said() {
    let (old, _, _) = closed().await;
    let pages = fs::metadata(path(&old)).unwrap().len() as usize / PAGE_BYTES;
    assert!(pages > 30, "{pages}");
    let (mut all, mut some) = (0, 0);
    for page in 0..pages {
        let folder = tempfile::tempdir().unwrap();
        let copy = flipped(&path(&old), page, folder.path());
        let before = fs::read(&copy).unwrap();
        assert!(!is_whole(&copy, &key()).await.unwrap(), "page {page}");
        let rescued = rescue(&copy, &key()).await;
        if (rescued.unsent(), rescued.drafts()) == (3, 1) {
            all += 1;
        } else {
            some += 1;
            assert!(!rescued.whole, "page {page}");
        }
        assert!(fs::read(&copy).unwrap() == before, "page {page}: the damaged file is evidence");
    }
    assert!(all > pages / 2 && some > 0, "{all} of {pages}");
}

#[tokio::test]
async fn a_page_that_was_being_folded_when_the_power_went_is_whole_in_the_log() {
    let (old, mut server, _) = closed().await;
    let pages = fs::metadata(path(&old)).unwrap().len() as usize / PAGE_BYTES;
    let open = Replica::open(&path(&old), &key()).await.unwrap();
    open.apply(parts(server.bob_says(20))).await.unwrap();
    let log = fs::read(old.folder.path().join("replica.db-wal")).unwrap();
    // Each frame says first which page it holds, counted from 1.
    let frames = log[32..].chunks_exact(24 + PAGE_BYTES);
    let mut logged: Vec<usize> = frames.map(|frame| u32::from_be_bytes(frame[..4].try_into().unwrap()) as usize - 1).collect();
    logged.retain(|page| *page < pages);
    assert!(logged.len() > 3, "{logged:?}");
    for page in logged {
        let folder = tempfile::tempdir().unwrap();
        let copy = flipped(&path(&old), page, folder.path());
        assert!(!is_whole(&copy, &key()).await.unwrap(), "page {page} is in the log only");
        let copy = flipped(&path(&old), page, folder.path());
        fs::write(folder.path().join("replica.db-wal"), &log).unwrap();
        assert!(is_whole(&copy, &key()).await.unwrap(), "page {page}");
    }
    open.close().await;
}

#[tokio::test]
async fn a_file_that_never_was_a_replica_gives_nothing_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("replica.db");
    fs::write(&file, vec![7; 40_000]).unwrap();
    assert!(!is_whole(&file, &key()).await.unwrap());
    let rescued = rescue(&file, &key()).await;
    assert_eq!((rescued.unsent(), rescued.whole), (0, false));
    let (whole, _, _) = closed().await;
    let rescued = rescue(&path(&whole), &Key::from_bytes([1; 32])).await;
    assert_eq!((rescued.unsent(), rescued.whole), (0, false));
    assert!(
        Replica::open(&path(&whole), &key()).await.unwrap().timeline(hearth_protocol::ids::ConversationId::new(), At::End, 1).await.is_ok()
    );
}
