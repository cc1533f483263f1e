//! How letters leave: encrypted, again when it may help, and onto the console where there is no mail server.

use crate::{
    codes::{ask, confirm, newcomer, verified},
    host::{Database, Host, answer, sign_up},
    person::Person,
    postbox::{Letter, Postbox},
};
use hearth_protocol::{
    account::{SignedIn, Ticket},
    code::CodePurpose,
};
use hearth_server::{Config, Server, StartError};
use reqwest::header::ACCEPT_LANGUAGE;
use serde_json::{Value, json};
use std::process::Stdio;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::Command,
};

#[tokio::test(flavor = "multi_thread")]
async fn letters_go_out_encrypted_and_with_a_password() {
    let mut postbox = Postbox::open_encrypted().await;
    let host = Host::start_with(Database::Sqlite, |config| config.mail = Some(postbox.server())).await;
    let mut request = sign_up("elin");
    request.email = Some("elin@example.org".into());
    host.sign_up(&request).await.unwrap();
    assert!(postbox.letter_to("elin@example.org").await.encrypted);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_offers_no_encryption_or_is_another_gets_nothing() {
    let (mut plain, mut encrypted) = (Postbox::open().await, Postbox::open_encrypted().await);
    for stranger in [
        // It wants STARTTLS, which is not there; and a certificate that nobody vouches for.
        hearth_server::MailServer { security: hearth_server::MailSecurity::StartTls, ..plain.server() },
        hearth_server::MailServer { certificate: None, ..encrypted.server() },
    ] {
        let host = Host::start_with(Database::Sqlite, |config| config.mail = Some(stranger)).await;
        let mut request = sign_up("elin");
        request.email = Some("elin@example.org".into());
        host.sign_up(&request).await.unwrap();
    }
    // What comes at last is the first that came.
    for postbox in [&mut plain, &mut encrypted] {
        let server = postbox.server();
        let host = Host::start_with(Database::Sqlite, |config| config.mail = Some(server)).await;
        newcomer(&host, postbox, "bob").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_tried_again_when_that_may_help() {
    let mut postbox = Postbox::open().await;
    let host = Host::start_with(Database::Sqlite, |config| config.mail = Some(postbox.server())).await;
    for (username, address) in [("late", "later@example.org"), ("lost", "never@example.org")] {
        let mut request = sign_up(username);
        request.email = Some(address.into());
        host.sign_up(&request).await.unwrap();
    }
    // Nobody waits for the two.
    verified(&host, &mut postbox, "elin").await;
    postbox.letter_to("later@example.org").await;
    ask(&host, CodePurpose::SignIn, "elin").await.unwrap();
    postbox.letter_to("elin@example.org").await;
}

/// Somebody new whose app speaks so, and the letter that came of it.
async fn speaker(host: &Host, postbox: &mut Postbox, username: &str, languages: &str) -> (Person, Letter) {
    let mut request = sign_up(username);
    let address = format!("{username}@example.org");
    request.email = Some(address.clone());
    let signed_in: SignedIn =
        answer(host.http.post(host.url("/v1/sign-up")).header(ACCEPT_LANGUAGE, languages).json(&request)).await.unwrap();
    let letter = postbox.letter_to(&address).await;
    (Person::new(host, signed_in, request.device.id), letter)
}

/// Their app connects, and says what it speaks.
async fn connects(person: &Person, languages: &str) {
    let request = person.http.post(format!("{}/v1/ticket", person.base)).bearer_auth(&person.token).header(ACCEPT_LANGUAGE, languages);
    answer::<Ticket>(request.json(&json!({}))).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_are_written_in_the_language_of_whom_they_are_to() {
    let mut postbox = Postbox::open().await;
    let host = Host::start_with(Database::Sqlite, |config| config.mail = Some(postbox.server())).await;
    let (ada, letter) = speaker(&host, &mut postbox, "ada", "tlh, ja-JP;q=0.9, en;q=0.5").await;
    assert!(letter.subject.contains("コード") && letter.plain.contains("15分間"), "{letter:?}");
    assert_eq!((letter.page.as_deref(), letter.code().len()), (None, 9));
    let (elin, letter) = speaker(&host, &mut postbox, "elin", "ar-u-nu-arab").await;
    assert!(letter.subject.contains("رمزك") && letter.plain.contains('١'), "{letter:?}");
    // What runs from right to left comes as a page too, which says so, with the same code.
    let page = letter.page.clone().unwrap();
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">") && page.contains(&letter.code()), "{page}");
    confirm(&elin, CodePurpose::VerifyEmail, &letter.code()).await.unwrap();
    // Whoever asks may speak another language, or say none.
    ask(&host, CodePurpose::SignIn, "elin").await.unwrap();
    assert!(postbox.letter_to("elin@example.org").await.subject.contains("رمزك"));
    connects(&ada, "ja").await;
    ada.post::<Value>(&format!("/v1/admin/people/{}/reset", elin.user), &json!({})).await.unwrap();
    assert!(postbox.letter_to("elin@example.org").await.subject.contains("كلمة مرور جديدة"));
    // The app that connected last says how its person is written to; one that says nothing changes nothing.
    connects(&elin, "en").await;
    connects(&elin, "tlh").await;
    elin.ticket().await;
    ask(&host, CodePurpose::SignIn, "elin").await.unwrap();
    let letter = postbox.letter_to("elin@example.org").await;
    assert!(letter.plain.contains("It is good once, for 15 minutes.") && letter.page.is_none(), "{letter:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_cannot_be_read_is_said_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = Config::new(folder.path());
    config.listen = "127.0.0.1:0".parse().unwrap();
    let server = hearth_server::MailServer::parse("smtps://mail.example.org", "hearth@example.org").unwrap();
    config.mail = Some(hearth_server::MailServer { certificate: Some(folder.path().join("missing.pem")), ..server });
    assert!(matches!(Server::start(config).await, Err(StartError::Mail(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_mail_server_codes_are_printed_for_the_owner() {
    // The program itself: its standard output is the console.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let folder = tempfile::tempdir().unwrap();
    let mut process = Command::new(env!("CARGO_BIN_EXE_hearthd"))
        .args(["--listen", "127.0.0.1:0", "--data"])
        .arg(folder.path())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let mut after = async |start: &str| loop {
        let line = lines.next_line().await.unwrap().expect("it runs");
        if let Some(rest) = line.strip_prefix(start) {
            return rest.trim().to_owned();
        }
    };
    let base = format!("http://{}", after("Hearth listens on ").await);
    let set_up_code = after("Set-up code:").await.split_whitespace().next().unwrap().to_owned();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut request = sign_up("elin");
    request.set_up_code = Some(set_up_code);
    answer::<SignedIn>(http.post(format!("{base}/v1/sign-up")).json(&request)).await.unwrap();
    // She never gave an address: the owner tells her.
    let wanted = hearth_protocol::code::AskCode { purpose: CodePurpose::SignIn, username: "elin".into(), device: request.device.id };
    answer::<Value>(http.post(format!("{base}/v1/codes")).json(&wanted)).await.unwrap();
    let code = after("Code for elin (sign_in): ").await.chars().take(9).collect();
    let entry = hearth_protocol::code::SignInWithCode { username: "elin".into(), code, device: request.device };
    assert!(answer::<SignedIn>(http.post(format!("{base}/v1/sign-in/code")).json(&entry)).await.is_ok());
}
