use hearth_client::{
    keychain::Mood,
    view::{Lock, Phase, SignInReason},
};
use hearth_testkit::{Person, Town};
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
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    alice.says(bob.user(), "a canary in the coal mine").await;
    alice.outbox_empties().await;
    alice.client.shutdown().await;
    use hearth_client::keychain::{Entry, Keychain};
    let token = alice.keychain.read("alice", Entry::Token).unwrap().unwrap();
    let key = alice.keychain.read("alice", Entry::ReplicaKey).unwrap().unwrap();
    let mut files = 0;
    for entry in std::fs::read_dir(alice.profile_dir()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            files += 1;
            for secret in [token.as_slice(), key.as_slice(), b"a canary in the coal mine"] {
                assert!(!bytes.windows(secret.len()).any(|window| window == secret), "{} holds a secret", path.display());
            }
        }
    }
    assert!(files >= 4, "the folder was looked at");
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
