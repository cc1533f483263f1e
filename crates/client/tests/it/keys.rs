use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE},
};
use hearth_client::{
    keychain::Mood,
    view::{Lock, Phase, SignInReason},
};
use hearth_testkit::{Person, Town};
use std::path::Path;
use zeroize::Zeroizing;

#[tokio::test]
async fn losing_the_keychain_loses_nothing() {
    let mut town = Town::founded().await;
    let mut alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    alice.says(bob.user(), "before").await;
    alice.outbox_empties().await;
    town.server_stops().await;
    for number in 0..5 {
        alice.says(bob.user(), &format!("unsent {number}")).await;
    }
    alice.client.shutdown().await;
    alice.keychain.lose_everything();
    alice.opens();
    alice.started().await;
    let Phase::SignIn { returning, reason, .. } = alice.client.phase() else { panic!("{:?}", alice.client.phase()) };
    assert_eq!((returning.unwrap().username.as_str(), reason), ("alice", Some(SignInReason::KeychainLost)));

    town.server_starts().await;
    alice.client.sign_in("alice", alice.password()).await.unwrap();
    alice.outbox_empties().await;
    let all = ["before", "unsent 0", "unsent 1", "unsent 2", "unsent 3", "unsent 4"];
    bob.sees(conversation, "unsent 4").await;
    assert_eq!(bob.reads(conversation).await, all);
    assert_eq!(alice.reads(conversation).await, all);
}

#[tokio::test]
async fn a_locked_keychain_is_asked_again_and_nothing_is_wiped() {
    let town = Town::founded().await;
    let mut alice = town.resident("Alice").await;
    alice.keychain.set_mood(Mood::Locked);
    alice.restarts().await;
    assert_eq!(alice.client.phase(), Phase::Locked { lock: Lock::KeychainLocked });
    alice.client.unlock(None).await.unwrap();
    assert_eq!(alice.client.phase(), Phase::Locked { lock: Lock::KeychainLocked }, "still locked");
    alice.keychain.set_mood(Mood::Open);
    alice.client.unlock(None).await.unwrap();
    assert!(matches!(alice.client.phase(), Phase::Ready { .. }));
}

#[tokio::test]
async fn without_a_keychain_a_passphrase_guards_the_replica() {
    let town = Town::founded().await;
    town.resident("Founder").await;
    let mut alice = Person::arrives("Alice").await;
    alice.keychain.set_mood(Mood::Missing);
    alice.client.connect(&town.link()).await.unwrap();
    let form = hearth_client::SignUpForm {
        username: "alice".into(),
        first_name: "Alice".into(),
        last_name: String::new(),
        password: alice.password(),
        email: None,
        set_up_code: None,
        invite: None,
    };
    alice.client.sign_up(form).await.unwrap();
    assert_eq!(alice.client.phase(), Phase::Locked { lock: Lock::PassphraseNew });
    let short = alice.client.unlock(Some(Zeroizing::new("short".into()))).await.unwrap_err();
    assert_eq!(short.code, "weak_password");
    alice.client.unlock(Some(Zeroizing::new("a long passphrase".into()))).await.unwrap();
    assert!(matches!(alice.client.phase(), Phase::Ready { .. }));
    let vault: serde_json::Value = serde_json::from_slice(&std::fs::read(alice.profile_dir().join("vault.json")).unwrap()).unwrap();
    let sealed = STANDARD.decode(vault["sealed"].as_str().unwrap()).unwrap();
    assert!(sealed.len() > 64 && !has(&sealed, b"token"), "what is in it is not to be read");
    assert!(!leaks(&alice.profile_dir(), &[b"a long passphrase", alice.password().as_bytes()]));

    alice.restarts().await;
    assert_eq!(alice.client.phase(), Phase::Locked { lock: Lock::Passphrase });
    let wrong = alice.client.unlock(Some(Zeroizing::new("another passphrase".into()))).await.unwrap_err();
    assert_eq!(wrong.code, "wrong_passphrase");
    alice.client.unlock(Some(Zeroizing::new("a long passphrase".into()))).await.unwrap();
    assert!(matches!(alice.client.phase(), Phase::Ready { .. }));
}

#[tokio::test]
async fn a_replica_that_does_not_open_is_put_aside_and_filled_again() {
    let town = Town::founded().await;
    let mut alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    alice.says(bob.user(), "kept by the server").await;
    alice.outbox_empties().await;
    alice.client.shutdown().await;
    let replica = alice.profile_dir().join("replica.db");
    let bytes = std::fs::read(&replica).unwrap();
    let damaged: Vec<u8> = bytes.iter().map(|byte| byte ^ 0x55).collect();
    std::fs::write(&replica, &damaged).unwrap();

    alice.opens();
    alice.started().await;
    assert_eq!(alice.client.boot().await.warning.unwrap().code, "damaged_database");
    alice.sees(conversation, "kept by the server").await;
    let aside = std::fs::read_dir(alice.profile_dir())
        .unwrap()
        .filter_map(Result::ok)
        .find(|entry| entry.file_name().to_string_lossy().starts_with("quarantine-"))
        .unwrap();
    assert_eq!(std::fs::read(aside.path().join("replica.db")).unwrap(), damaged, "whole");
}

#[tokio::test]
async fn the_folder_holds_neither_token_nor_key_nor_text() {
    let mut town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    alice.says(bob.user(), "a canary in the coal mine").await;
    alice.outbox_empties().await;
    alice.client.shutdown().await;
    use hearth_client::keychain::{Entry, Keychain};
    let token = alice.keychain.read("alice", Entry::Token).unwrap().unwrap();
    let key = alice.keychain.read("alice", Entry::ReplicaKey).unwrap().unwrap();
    assert!(leaks(&alice.profile_dir(), &[b"alice"]), "the folder is looked into");
    assert!(!leaks(&alice.profile_dir(), &[&token, &key, alice.password().as_bytes(), b"a canary in the coal mine"]));
    // The copy of the key that the server has is of no use without what lies here.
    town.server_stops().await;
    let kept = town.backup();
    assert!(has(&kept, b"a canary in the coal mine") && !shapes(&key).iter().any(|shape| has(&kept, shape)));
}

fn has(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

/// A secret as it is, and in the usual alphabets.
fn shapes(secret: &[u8]) -> [Vec<u8>; 4] {
    let hex: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
    // How its last bytes are written depends on what comes behind it.
    let base64 = |text: String| text.as_bytes()[..secret.len()].to_vec();
    [secret.to_vec(), hex.into_bytes(), base64(STANDARD.encode(secret)), base64(URL_SAFE.encode(secret))]
}

/// Whether one of these lies anywhere in a folder.
fn leaks(folder: &Path, secrets: &[&[u8]]) -> bool {
    let shapes: Vec<Vec<u8>> = secrets.iter().flat_map(|secret| shapes(secret)).collect();
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return leaks(&path, secrets);
        }
        let bytes = std::fs::read(&path).unwrap();
        shapes.iter().any(|shape| has(&bytes, shape))
    })
}

#[cfg(unix)]
#[tokio::test]
async fn the_folder_is_its_owners_alone() {
    use std::{fs, os::unix::fs::PermissionsExt as _};
    let town = Town::founded().await;
    let mut alice = town.resident("Alice").await;
    // As somebody else may have made it.
    fs::set_permissions(alice.profile_dir(), fs::Permissions::from_mode(0o755)).unwrap();
    alice.restarts().await;
    let others = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o077;
    assert_eq!((others(&alice.profile_dir()), others(&alice.profile_dir().join("replica.db"))), (0, 0));
}

#[tokio::test]
async fn an_ended_session_says_so_and_everything_stays_readable() {
    use hearth_client::{
        api::Api,
        keychain::{Entry, Keychain},
        view::Connection,
    };
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    alice.says(bob.user(), "readable").await;
    alice.outbox_empties().await;
    let token = alice.keychain.read("alice", Entry::Token).unwrap().unwrap();
    let elsewhere = Api::new(town.link().parse().unwrap()).unwrap().with_token(Zeroizing::new(String::from_utf8(token.to_vec()).unwrap()));
    elsewhere.sign_out().await.unwrap();

    let told =
        async || matches!(alice.client.boot().await.status.connection, Connection::Blocked { problem } if problem.code == "unauthorized");
    alice.until("alice is told", told).await;
    assert_eq!(alice.reads(conversation).await, ["readable"]);
    let forgotten = async || alice.keychain.read("alice", Entry::Token).unwrap().is_none();
    alice.until("the token is gone", forgotten).await;

    alice.says(bob.user(), "written meanwhile").await;
    alice.client.sign_out().await.unwrap();
    let Phase::SignIn { reason, .. } = alice.client.phase() else { panic!("{:?}", alice.client.phase()) };
    assert_eq!(reason, Some(SignInReason::SessionEnded));
    alice.client.sign_in("alice", alice.password()).await.unwrap();
    bob.sees(conversation, "written meanwhile").await;
}
