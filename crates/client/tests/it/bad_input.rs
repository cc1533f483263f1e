use hearth_client::view::Phase;
use hearth_protocol::limits;
use hearth_testkit::{Person, Town};
use zeroize::Zeroizing;

#[tokio::test]
async fn the_first_account_needs_the_set_up_code() {
    let town = Town::founded().await;
    let alice = Person::arrives("Alice").await;
    let server = alice.client.connect(&town.link()).await.unwrap();
    assert!(server.needs_set_up);
    assert_eq!(alice.sign_up_problem("alice", "long enough password", None).await.code, "set_up_code_required");
    assert_eq!(alice.sign_up_problem("alice", "long enough password", Some("0000-0000")).await.code, "set_up_code_required");
}

#[tokio::test]
async fn sign_up_and_sign_in_say_what_is_wrong() {
    let town = Town::founded().await;
    town.resident("Alice").await;
    let mallory = Person::arrives("Mallory").await;
    mallory.client.connect(&town.link()).await.unwrap();
    for (username, password, code) in [
        ("ALICE", "long enough password", "username_taken"),
        ("m", "long enough password", "invalid_username"),
        ("has space", "long enough password", "invalid_username"),
        ("mallory", "short", "weak_password"),
    ] {
        let problem = mallory.sign_up_problem(username, password, None).await;
        assert_eq!(problem.code, code, "{problem}");
        assert!(problem.message.ends_with('.') && problem.message.contains(' '), "a sentence: {problem}");
    }
    let wrong = mallory.client.sign_in("alice", Zeroizing::new("not her password".into())).await.unwrap_err();
    let unknown = mallory.client.sign_in("nobody", Zeroizing::new("not her password".into())).await.unwrap_err();
    assert_eq!((wrong.code.as_str(), &wrong), ("wrong_credentials", &unknown));
    assert!(matches!(mallory.client.phase(), Phase::SignIn { .. }), "still where they were");
}

#[tokio::test]
async fn a_server_that_is_not_there_or_not_ours_is_told_apart() {
    let alice = Person::arrives("Alice").await;
    let refused = async |link: &str| alice.client.connect(link).await.unwrap_err().code;

    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = closed.local_addr().unwrap();
    drop(closed);
    assert_eq!(refused(&format!("http://{nobody}")).await, "unreachable");

    let stranger = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = stranger.local_addr().unwrap();
    let answering = tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let (mut socket, _) = stranger.accept().await.unwrap();
        let _ = socket.read(&mut [0; 1024]).await.unwrap();
        socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\nhello").await.unwrap();
    });
    assert_eq!(refused(&format!("http://{address}")).await, "not_hearth");
    answering.await.unwrap();

    assert_eq!(refused("").await, "bad_link");
    assert_eq!(refused("http://chat.example.org").await, "bad_link");
    assert_eq!(alice.client.phase(), Phase::FirstRun, "nothing was kept");
}

#[tokio::test]
async fn another_certificate_than_the_links_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = hearth_testkit::config(folder.path());
    config.tls = hearth_server::Tls::SelfMade;
    let server = hearth_server::Server::start(config).await.unwrap();
    let link = server.connect_link().to_string();
    let (place, print) = link.split_once("#sha256=").expect("a pinned link");

    let alice = Person::arrives("Alice").await;
    let other = format!("{place}#sha256={}", print.chars().rev().collect::<String>());
    assert_eq!(alice.client.connect(&other).await.unwrap_err().code, "wrong_certificate");
    let plain = format!("http://{}", server.address());
    assert_ne!(alice.client.connect(&plain).await.unwrap_err().code, "internal");

    alice.client.connect(&link).await.unwrap();
    let user = {
        let form = hearth_client::SignUpForm {
            username: "alice".into(),
            first_name: "Alice".into(),
            last_name: String::new(),
            password: alice.password(),
            email: None,
            set_up_code: server.set_up_code().map(str::to_owned),
            invite: None,
        };
        alice.client.sign_up(form).await.unwrap().user
    };
    alice.is(hearth_client::view::Connection::Live).await;
    assert_eq!(alice.user(), user, "the pinned one works, socket included");
    alice.client.shutdown().await;
    server.shutdown().await;
}

#[tokio::test]
async fn a_message_too_long_is_refused_before_it_is_queued() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.client.start_direct(bob.user()).await.unwrap();
    let problem = alice.client.send_message(conversation, &"x".repeat(limits::TEXT_CHARS_MAX + 1)).await.unwrap_err();
    assert_eq!(problem.code, "message_too_long");
    assert!(problem.message.contains("16000") && problem.message.contains("Split"), "{problem}");
    assert!(alice.reads(conversation).await.is_empty());
}

#[tokio::test]
async fn a_profile_from_a_newer_hearth_is_left_alone() {
    let town = Town::founded().await;
    let mut alice = town.resident("Alice").await;
    alice.client.replica().unwrap().pretend_newer().await.unwrap();
    alice.client.shutdown().await;
    let before = std::fs::read(alice.profile_dir().join("replica.db")).unwrap();
    alice.opens();
    alice.started().await;
    let Phase::Blocked { problem } = alice.client.phase() else { panic!("{:?}", alice.client.phase()) };
    assert_eq!(problem.code, "newer_database");
    assert_eq!(std::fs::read(alice.profile_dir().join("replica.db")).unwrap(), before);
}

#[tokio::test]
async fn a_profile_belongs_to_one_person() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    town.resident("Bob").await;
    alice.client.sign_out().await.unwrap();
    let problem = alice.client.sign_in("bob", Zeroizing::new("Bob keeps a secret".into())).await.unwrap_err();
    assert_eq!(problem.code, "other_account");
    assert!(problem.message.contains("add bob as another account"), "{problem}");
    alice.client.sign_in("alice", alice.password()).await.unwrap();
}

#[tokio::test]
async fn two_windows_do_not_share_a_profile() {
    let alice = Person::arrives("Alice").await;
    let options = hearth_client::Options {
        profile_dir: alice.profile_dir(),
        profile_name: "alice".into(),
        keychain: std::sync::Arc::new(alice.keychain.clone()),
        device_name: "laptop".into(),
        platform: "linux".into(),
    };
    let refused = hearth_client::Client::open(options, std::sync::Arc::new(hearth_client::NoHost));
    assert_eq!(refused.err().map(|problem| problem.code), Some("profile_in_use".into()));
}

#[tokio::test]
async fn a_full_disk_refuses_a_message_in_words_and_keeps_the_draft() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.client.start_direct(bob.user()).await.unwrap();
    alice.outbox_empties().await;
    let text = "x".repeat(15_000);
    alice.client.save_draft(conversation, &text, None).await.unwrap();
    let replica = alice.client.replica().unwrap();
    replica.limit_pages(Some(1)).await.unwrap();
    // The file cannot grow; what is free inside it is used up first.
    let problem = loop {
        match alice.client.send_message(conversation, &text).await {
            Ok(_) => alice.client.save_draft(conversation, "short", None).await.map_or((), |()| ()),
            Err(problem) => break problem,
        }
    };
    assert_eq!(problem.code, "disk_full", "{problem}");
    assert!(problem.message.contains("Make room"), "{problem}");
    assert!(alice.list().await[0].draft.is_some() || !alice.reads(conversation).await.is_empty(), "nothing is gone");

    replica.limit_pages(None).await.unwrap();
    alice.client.send_message(conversation, "there is room again").await.unwrap();
    bob.sees(conversation, "there is room again").await;
}
