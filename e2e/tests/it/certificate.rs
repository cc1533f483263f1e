//! Somebody else answers at the server's address.

use crate::stage::{seen, signed_up, told, turn};
use anyhow::Result;
use hearth_e2e::{Desktop, Hearthd};
use std::fs;

#[tokio::test]
async fn a_server_with_another_certificate_gets_nothing_and_the_window_says_why() {
    let _turn = turn().await;
    let desktop = Desktop::start("certificate").await.unwrap();
    let outcome = certificate(&desktop).await;
    seen(&desktop, outcome).await;
}

const BEFORE: &str = "The ferry leaves at noon";
const MEANWHILE: &str = "Not for strangers";

async fn certificate(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start_encrypted(desktop).await?;
    let link = server.link().to_owned();
    assert!(link.contains("#sha256="), "{link}");
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let bob = signed_up(desktop, &server, "bob", None).await?;
    alice.starts_talking_to("bob").await?;
    alice.says(BEFORE).await?;
    alice.sees_own(BEFORE, "sent").await?;
    bob.opens("Alice Example").await?;
    bob.sees(BEFORE).await?;

    server.stop().await?;
    server.put_certificate_aside()?;
    server.start_again(desktop).await?;
    assert_ne!(server.link(), link, "the server is still the same");
    let window = alice.window()?;
    let said = told(window, "blocked-banner", "wrong_certificate").await?;
    assert!(said.contains("its certificate is another one") && said.contains("ask the server's owner for a new connect link"), "{said}");
    alice.sees(BEFORE).await?;
    alice.finds("ferry", "ferry").await?;
    alice.leaves_the_search().await?;
    alice.says(MEANWHILE).await?;
    alice.sees_own(MEANWHILE, "queued").await?;
    alice.is("offline").await?;
    told(window, "blocked-banner", "wrong_certificate").await?;
    alice.picture("wrong-certificate").await?;
    assert_eq!(bob.count(MEANWHILE).await?, 0);

    server.stop().await?;
    server.bring_certificate_back()?;
    server.start_again(desktop).await?;
    assert_eq!(server.link(), link);
    alice.is("live").await?;
    window.wait_gone("blocked-banner").await?;
    alice.sees_own(MEANWHILE, "sent").await?;
    bob.sees(MEANWHILE).await?;
    bob.says("Got it").await?;
    alice.sees("Got it").await?;
    assert_eq!((alice.count(MEANWHILE).await?, bob.count(MEANWHILE).await?), (1, 1));
    alice.picture("the-right-one-is-back").await?;
    logs_are_plain(desktop)
}

/// What the server says goes to a file here, where colours would only be noise.
fn logs_are_plain(desktop: &Desktop) -> Result<()> {
    let said = fs::read_to_string(desktop.logs().join("hearthd.err"))?;
    assert!(said.contains("INFO"), "nothing of a log in {said:?}");
    assert!(!said.contains('\u{1b}'), "coloured: {said:?}");
    Ok(())
}
