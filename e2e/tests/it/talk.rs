//! Two people talk in real windows, and one of them goes on while the server is away.

use crate::stage::{seen, signed_up, turn};
use anyhow::{Context as _, Result};
use hearth_e2e::{Desktop, Hearthd, Person, holds, until};
use hearth_replica::{Key, Replica};
use std::{fs, path::Path};

#[tokio::test]
async fn two_people_talk_and_nothing_is_lost_while_the_server_is_away() {
    let _turn = turn().await;
    let desktop = Desktop::start("talk").await.unwrap();
    let outcome = talk(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn talk(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    alice.picture("signed-up").await?;
    let mut bob = signed_up(desktop, &server, "bob", None).await?;
    bob.picture("signed-up").await?;

    they_talk(desktop, &alice, &bob).await?;
    server.stop().await?;
    bob_goes_on_alone(&alice, &mut bob).await?;
    server.start_again(desktop).await?;
    they_meet_again(&alice, &bob).await?;

    // Once, although bob's app was restarted and caught up again.
    assert_eq!(desktop.bus().shown().iter().filter(|shown| shown.body.contains(HELLO)).count(), 1);

    bob.app_ends().await?;
    nothing_lies_about(desktop, &bob, &server).await
}

const HELLO: &str = "Hello Bob, the lighthouse is open on Sunday";
const ANSWER: &str = "Lovely, I'll come along";

async fn they_talk(desktop: &Desktop, alice: &Person<'_>, bob: &Person<'_>) -> Result<()> {
    alice.starts_talking_to("bob").await?;
    alice.says(HELLO).await?;
    alice.sees_own(HELLO, "sent").await?;

    let shown = desktop.bus().notification("lighthouse").await?;
    assert_eq!(shown.title, "Alice Example");
    assert!(shown.body.contains(HELLO), "{shown:?}");
    assert!(shown.actions.iter().any(|action| action == "default"), "{shown:?}");
    desktop.picture("bob-is-notified").await?;
    desktop.bus().click_notification().await?;
    bob.window()?.wait("timeline").await?;
    let received = bob.sees(HELLO).await?;
    assert!(!received.mine);

    bob.says(ANSWER).await?;
    alice.sees(ANSWER).await?;
    bob.sees_own(ANSWER, "sent").await?;
    alice.picture("talked").await?;
    bob.picture("talked").await.map(drop)
}

const ALONE: &str = "Written while the server was away";

async fn bob_goes_on_alone(alice: &Person<'_>, bob: &mut Person<'_>) -> Result<()> {
    bob.is("offline").await?;
    bob.window()?.wait("offline-banner").await?;
    bob.sees(HELLO).await?;
    bob.finds("lighthouse", "lighthouse").await?;
    bob.picture("searches-offline").await?;
    bob.leaves_the_search().await?;
    bob.says(ALONE).await?;
    bob.sees_own(ALONE, "queued").await?;
    bob.window()?.wait("outbox-count").await?;
    bob.picture("writes-offline").await?;

    bob.app_ends().await?;
    bob.opens_the_app(&[]).await?;
    bob.gets_in().await?;
    bob.opens("Alice Example").await?;
    bob.sees(HELLO).await?;
    bob.sees_own(ALONE, "queued").await?;
    bob.is("offline").await?;
    bob.picture("restarted-offline").await?;
    assert_eq!(alice.count(ALONE).await?, 0);
    Ok(())
}

async fn they_meet_again(alice: &Person<'_>, bob: &Person<'_>) -> Result<()> {
    bob.sees_own(ALONE, "sent").await?;
    bob.window()?.wait_gone("outbox-count").await?;
    alice.sees(ALONE).await?;
    // A message each way after it: whatever came a second time would be there before them.
    alice.says("Got it").await?;
    bob.sees("Got it").await?;
    bob.says("Good").await?;
    alice.sees("Good").await?;
    assert_eq!(alice.count(ALONE).await?, 1);
    assert_eq!(bob.count(ALONE).await?, 1);
    let texts = |messages: Vec<hearth_e2e::Message>| messages.into_iter().map(|message| message.text).collect::<Vec<_>>();
    let expected = [HELLO, ANSWER, ALONE, "Got it", "Good"];
    assert_eq!(texts(alice.window()?.messages().await?), expected);
    assert_eq!(texts(bob.window()?.messages().await?), expected);
    alice.picture("received-once").await?;
    bob.picture("back-online").await.map(drop)
}

/// The token is in the secret service and nowhere else; the replica opens with its key and not without.
async fn nothing_lies_about(desktop: &Desktop, bob: &Person<'_>, server: &Hearthd) -> Result<()> {
    let token = desktop.secret(&bob.keychain_entry("token")).await?.context("the secret service has no token of bob's")?;
    let key = desktop.secret(&bob.keychain_entry("replica-key")).await?.context("the secret service has no key of bob's")?;
    assert!(token.len() >= 32, "a token of {} bytes", token.len());
    for secret in [&token, &key] {
        for place in [bob.profile().as_path(), server.data(), desktop.home(), desktop.logs()] {
            assert_eq!(holds(place, secret)?, Vec::<std::path::PathBuf>::new());
        }
    }
    // The search finds what is there, so that finding nothing means something.
    assert!(!holds(bob.profile(), b"bob")?.is_empty());
    for words in [HELLO, ANSWER, ALONE, "lighthouse"] {
        assert_eq!(holds(bob.profile(), words.as_bytes())?, Vec::<std::path::PathBuf>::new());
    }

    let copy = tempfile::tempdir()?;
    copy_replica(bob.profile(), copy.path())?;
    let path = copy.path().join("replica.db");
    assert!(!fs::read(&path)?.starts_with(b"SQLite format 3"));
    let right: [u8; 32] = key.as_slice().try_into().context("the replica's key has another length than 32 bytes")?;
    let mut wrong = right;
    wrong[31] ^= 1;
    assert!(Replica::open(&path, &Key::from_bytes(wrong)).await.is_err(), "the replica opened with a wrong key");
    let replica = Replica::open(&path, &Key::from_bytes(right)).await?;
    let me = replica.me().await?.context("the replica does not know whose it is")?;
    assert_eq!(me.username, "bob");
    replica.close().await;
    Ok(())
}

fn copy_replica(from: &Path, to: &Path) -> Result<()> {
    for name in ["replica.db", "replica.db-wal"] {
        if from.join(name).exists() {
            fs::copy(from.join(name), to.join(name))?;
        }
    }
    Ok(())
}

/// A click on a notification is the shell's business; that the list shows what is unread is the page's.
#[tokio::test]
async fn a_message_to_a_conversation_that_is_not_open_counts_until_it_is_read() {
    let _turn = turn().await;
    let desktop = Desktop::start("unread").await.unwrap();
    let outcome = unread(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn unread(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let bob = signed_up(desktop, &server, "bob", None).await?;
    alice.starts_talking_to("bob").await?;
    for text in ["one", "two", "three"] {
        alice.says(text).await?;
    }
    bob.window()?.wait_attribute("conversation-row", "data-unread", "3").await?;
    bob.picture("three-unread").await?;
    bob.opens("Alice Example").await?;
    bob.sees("three").await?;
    bob.window()?.wait_attribute("conversation-row", "data-unread", "0").await?;
    until("the server knows it too", || async { Ok((!bob.window()?.has("outbox-count").await?).then_some(())) }).await?;
    bob.picture("read").await.map(drop)
}
