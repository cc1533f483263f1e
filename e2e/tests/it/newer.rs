//! A newer version of the app has used the profile, and this one comes back to it.

use crate::stage::{seen, signed_up, told, turn};
use anyhow::{Context as _, Result};
use hearth_e2e::{Desktop, Hearthd, Person, Window};
use hearth_replica::{Key, Replica};
use std::{fs, path::Path};

#[tokio::test]
async fn a_profile_of_a_newer_version_is_left_alone_until_that_version_is_back() {
    let _turn = turn().await;
    let desktop = Desktop::start("newer").await.unwrap();
    let outcome = newer(&desktop).await;
    seen(&desktop, outcome).await;
}

const SENT: &str = "Sent before the other version came";
const WAITING: &str = "Still waiting when it came";

async fn newer(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let mut alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let bob = signed_up(desktop, &server, "bob", None).await?;
    alice.starts_talking_to("bob").await?;
    alice.says(SENT).await?;
    alice.sees_own(SENT, "sent").await?;
    server.stop().await?;
    alice.is("offline").await?;
    alice.says(WAITING).await?;
    alice.app_ends().await?;

    let kept = tempfile::tempdir()?;
    copy_replica(alice.profile(), kept.path())?;
    becomes_newer(desktop, &alice).await?;
    let newer = fs::read(alice.profile().join("replica.db"))?;
    alice.opens_the_app(&[]).await?;
    let window = alice.window()?;
    window.wait("blocked-page").await?;
    let said = told(window, "problem", "newer_database").await?;
    assert!(said.contains("newer Hearth") && said.contains("Install the newer version"), "{said}");
    alice.picture("newer-database").await?;
    try_again(window).await?;
    window.wait("blocked-page").await?;
    assert_eq!(fs::read(alice.profile().join("replica.db"))?, newer, "the newer version's file was touched");

    copy_replica(kept.path(), alice.profile())?;
    try_again(window).await?;
    alice.gets_in().await?;
    alice.opens("Bob Example").await?;
    alice.sees_own(SENT, "sent").await?;
    alice.sees_own(WAITING, "queued").await?;
    alice.picture("opened-again").await?;
    server.start_again(desktop).await?;
    alice.sees_own(WAITING, "sent").await?;
    bob.opens("Alice Example").await?;
    bob.sees(WAITING).await?;
    assert_eq!((alice.count(WAITING).await?, bob.count(WAITING).await?), (1, 1));
    Ok(())
}

/// Loads the page anew: what is looked at next is not what it said before.
async fn try_again(window: &Window) -> Result<()> {
    let script =
        "for (const name of ['blocked-page', 'problem']) document.querySelector(`[data-testid=${name}]`).dataset.testid = 'before'";
    window.run::<()>(script).await?;
    window.click("blocked-again").await
}

/// What a newer version does to the file, as far as this one can see.
async fn becomes_newer(desktop: &Desktop, person: &Person<'_>) -> Result<()> {
    let key = desktop.secret(&person.keychain_entry("replica-key")).await?.context("the secret service has no key")?;
    let key: [u8; 32] = key.as_slice().try_into().context("the replica's key has another length than 32 bytes")?;
    let replica = Replica::open(&person.profile().join("replica.db"), &Key::from_bytes(key)).await?;
    replica.pretend_newer().await?;
    replica.close().await;
    Ok(())
}

/// The database with what was not yet moved into it; what lay there of it before is gone.
fn copy_replica(from: &Path, to: &Path) -> Result<()> {
    for name in ["replica.db", "replica.db-wal", "replica.db-shm"] {
        if to.join(name).exists() {
            fs::remove_file(to.join(name))?;
        }
        // The shared memory is made anew from the other two.
        if from.join(name).exists() && !name.ends_with("-shm") {
            fs::copy(from.join(name), to.join(name))?;
        }
    }
    Ok(())
}
