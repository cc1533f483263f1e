//! One-time codes: what they are good for, how often, how long; and what nobody learns from them.

use crate::{
    host::{Database, Host, PASSWORD, device, sign_up},
    person::Person,
    postbox::Postbox,
};
use hearth_protocol::{
    account::{ServerInfo, SignedIn},
    code::{AskCode, ChangeEmail, CodePurpose, ConfirmEmail, SignInWithCode},
    error::{ApiError, ErrorCode},
    ids::DeviceId,
    row::Row,
    rows::{AccountRow, RowData},
    stream::StreamId,
};
use hearth_server::{EmailPolicy, Rate};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

on_both_databases!(
    an_address_is_verified_by_its_code,
    a_server_decides_whether_there_are_addresses,
    a_code_signs_in_once,
    a_code_is_good_for_its_purpose_and_its_person_alone,
    five_attempts_are_all_there_are,
    tries_at_the_same_time_share_the_attempts,
    a_newer_code_ends_the_older,
    a_code_that_is_too_old_is_worth_nothing,
    nobody_learns_who_has_an_account,
    what_nobody_has_takes_as_long,
    an_address_that_was_not_verified_gets_no_codes,
    an_address_moves_when_the_code_comes_back,
    an_address_is_removed_with_the_codes_that_went_there,
    an_address_is_one_accounts_alone,
    asking_too_often_has_to_wait,
);

/// A server with a postbox.
pub async fn with_mail(database: Database) -> (Host, Postbox) {
    let postbox = Postbox::open().await;
    let host = Host::start_with(database, |config| config.mail = Some(postbox.server())).await;
    (host, postbox)
}

/// Somebody new with an address that is not verified yet, and the code that came there.
pub async fn newcomer(host: &Host, postbox: &mut Postbox, username: &str) -> (Person, String) {
    let mut request = sign_up(username);
    let address = format!("{username}@example.org");
    request.email = Some(address.clone());
    let signed_in = host.sign_up(&request).await.expect("signs up");
    let code = postbox.letter_to(&address).await.code();
    (Person::new(host, signed_in, request.device.id), code)
}

/// Somebody new with an address that is verified.
pub async fn verified(host: &Host, postbox: &mut Postbox, username: &str) -> Person {
    let (person, code) = newcomer(host, postbox, username).await;
    confirm(&person, CodePurpose::VerifyEmail, &code).await.expect("it is theirs");
    person
}

pub async fn confirm(person: &Person, purpose: CodePurpose, code: &str) -> Result<Value, ApiError> {
    person.post("/v1/email/confirm", &ConfirmEmail { purpose, code: code.into() }).await
}

pub async fn ask(host: &Host, purpose: CodePurpose, username: &str) -> Result<Value, ApiError> {
    host.post("/v1/codes", &AskCode { purpose, username: username.into(), device: DeviceId::new() }).await
}

pub async fn sign_in_with(host: &Host, username: &str, code: &str) -> Result<SignedIn, ApiError> {
    host.post("/v1/sign-in/code", &SignInWithCode { username: username.into(), code: code.into(), device: device() }).await
}

/// How the account stands in its person's own stream.
pub async fn account(person: &Person) -> AccountRow {
    let rows = person.changes(StreamId::User(person.user), 0, 1_000).await.0.rows;
    let account = rows.into_iter().find_map(|row| match row.data {
        RowData::Account(account) => Some(account),
        _ => None,
    });
    account.expect("an account")
}

/// Another code of as many digits.
fn other(code: &str) -> String {
    code.chars()
        .map(|digit| {
            if digit == '9' {
                '0'
            } else if digit == ' ' {
                ' '
            } else {
                (digit as u8 + 1) as char
            }
        })
        .collect()
}

fn code_of(result: Result<impl Sized, ApiError>) -> Option<ErrorCode> {
    result.err().map(|error| error.code)
}

async fn an_address_is_verified_by_its_code(database: Database) {
    let (host, mut postbox) = with_mail(database).await;
    assert!(host.get::<ServerInfo>("/v1/server").await.unwrap().mail);
    let mut request = sign_up("elin");
    request.email = Some(" Elin@Example.org ".into());
    let signed_in = host.sign_up(&request).await.unwrap();
    let email = signed_in.account.email.clone().unwrap();
    assert_eq!((email.address.as_str(), email.verified_at), ("Elin@Example.org", None));
    let letter = postbox.letter_to("Elin@Example.org").await;
    assert_eq!(letter.from, "hearth@example.org");
    assert!(!letter.text.contains("http"), "no link that somebody could have bent: {}", letter.text);
    let elin = Person::new(&host, signed_in, request.device.id);
    let mut socket = elin.socket().await;
    assert_eq!(code_of(confirm(&elin, CodePurpose::VerifyEmail, &other(&letter.code())).await), Some(ErrorCode::WrongCode));
    confirm(&elin, CodePurpose::VerifyEmail, &letter.code().replace(' ', "-")).await.unwrap();
    // Every device of theirs hears of it.
    let part = socket.rows(StreamId::User(elin.user)).await;
    assert!(matches!(&part.rows[0].data, RowData::Account(row) if row.email.as_ref().is_some_and(|email| email.verified_at.is_some())));
    assert!(account(&elin).await.email.unwrap().verified_at.is_some());
    assert_eq!(code_of(confirm(&elin, CodePurpose::VerifyEmail, &letter.code()).await), Some(ErrorCode::WrongCode), "used");
    assert_eq!(code_of(elin.post::<Value>("/v1/email/code", &json!({})).await), Some(ErrorCode::BadRequest));
    // From now on it stands for the username.
    assert_eq!(host.sign_in("ELIN@example.org", PASSWORD).await.unwrap().account.user, elin.user);
}

async fn a_server_decides_whether_there_are_addresses(database: Database) {
    let host = Host::start_with(database, |config| config.email = EmailPolicy::Required).await;
    assert_eq!(host.get::<ServerInfo>("/v1/server").await.unwrap().email, EmailPolicy::Required);
    let mut request = sign_up("alice");
    for missing in [None, Some(" ".to_owned()), Some("not an address".to_owned()), Some("a@example.org\r\nBcc: b@example.org".to_owned())] {
        request.email = missing;
        assert_eq!(code_of(host.sign_up(&request).await), Some(ErrorCode::InvalidEmail));
    }
    request.email = Some("alice@example.org".into());
    host.sign_up(&request).await.unwrap();
    let host = Host::start_with(database, |config| config.email = EmailPolicy::Off).await;
    assert_eq!(code_of(host.sign_up(&request).await), Some(ErrorCode::InvalidEmail));
    let alice = host.resident("alice").await;
    let change = ChangeEmail { email: "alice@example.org".into(), password: PASSWORD.into() };
    assert_eq!(code_of(alice.post::<Value>("/v1/email", &change).await), Some(ErrorCode::InvalidEmail));
}

async fn a_code_signs_in_once(database: Database) {
    let (host, mut postbox) = with_mail(database).await;
    let elin = verified(&host, &mut postbox, "elin").await;
    for login in ["Elin", "elin@EXAMPLE.org"] {
        ask(&host, CodePurpose::SignIn, login).await.unwrap();
        let code = postbox.letter_to("elin@example.org").await.code();
        assert_eq!(code_of(sign_in_with(&host, login, &other(&code)).await), Some(ErrorCode::WrongCode));
        assert_eq!(sign_in_with(&host, login, &code).await.unwrap().account.user, elin.user);
        assert_eq!(code_of(sign_in_with(&host, login, &code).await), Some(ErrorCode::WrongCode));
    }
}

async fn a_code_is_good_for_its_purpose_and_its_person_alone(database: Database) {
    let (host, mut postbox) = with_mail(database).await;
    verified(&host, &mut postbox, "elin").await;
    let bob = verified(&host, &mut postbox, "bob").await;
    ask(&host, CodePurpose::ResetPassword, "elin").await.unwrap();
    let code = postbox.letter_to("elin@example.org").await.code();
    assert_eq!(code_of(sign_in_with(&host, "elin", &code).await), Some(ErrorCode::WrongCode), "it is for the password");
    assert_eq!(code_of(sign_in_with(&host, "bob", &code).await), Some(ErrorCode::WrongCode), "it is Elin's");
    assert_eq!(code_of(confirm(&bob, CodePurpose::SignIn, &code).await), Some(ErrorCode::BadRequest));
    for purpose in [CodePurpose::VerifyEmail, CodePurpose::ChangeEmail] {
        assert_eq!(code_of(ask(&host, purpose, "elin").await), Some(ErrorCode::BadRequest));
        assert_eq!(code_of(confirm(&bob, purpose, &code).await), Some(ErrorCode::WrongCode));
    }
}

async fn five_attempts_are_all_there_are(database: Database) {
    let (host, mut postbox) = with_mail(database).await;
    verified(&host, &mut postbox, "elin").await;
    ask(&host, CodePurpose::SignIn, "elin").await.unwrap();
    let code = postbox.letter().await.code();
    for _ in 0..5 {
        assert_eq!(code_of(sign_in_with(&host, "elin", &other(&code)).await), Some(ErrorCode::WrongCode));
    }
    assert_eq!(code_of(sign_in_with(&host, "elin", &code).await), Some(ErrorCode::WrongCode));
    ask(&host, CodePurpose::SignIn, "elin").await.unwrap();
    assert!(sign_in_with(&host, "elin", &postbox.letter().await.code()).await.is_ok());
}

async fn tries_at_the_same_time_share_the_attempts(database: Database) {
    let (host, mut postbox) = with_mail(database).await;
    verified(&host, &mut postbox, "elin").await;
    ask(&host, CodePurpose::SignIn, "elin").await.unwrap();
    let code = postbox.letter().await.code();
    let tries = futures::future::join_all((0..8).map(|_| sign_in_with(&host, "elin", &code))).await;
    assert_eq!(tries.iter().filter(|tried| tried.is_ok()).count(), 1);
}

async fn a_newer_code_ends_the_older(database: Database) {
    let (host, mut postbox) = with_mail(database).await;
    verified(&host, &mut postbox, "elin").await;
    ask(&host, CodePurpose::SignIn, "elin").await.unwrap();
    let older = postbox.letter().await.code();
    ask(&host, CodePurpose::SignIn, "elin@example.org").await.unwrap();
    let newer = postbox.letter().await.code();
    assert_eq!(code_of(sign_in_with(&host, "elin", &older).await), Some(ErrorCode::WrongCode));
    assert!(sign_in_with(&host, "elin", &newer).await.is_ok());
}

async fn a_code_that_is_too_old_is_worth_nothing(database: Database) {
    assert_eq!(hearth_server::Config::new("").limits.code_ms, 15 * 60 * 1_000, "as the letters say");
    let mut postbox = Postbox::open().await;
    let host = Host::start_with(database, |config| {
        config.mail = Some(postbox.server());
        config.limits.code_ms = 0;
    })
    .await;
    let (elin, code) = newcomer(&host, &mut postbox, "elin").await;
    assert_eq!(code_of(confirm(&elin, CodePurpose::VerifyEmail, &code).await), Some(ErrorCode::WrongCode));
}

async fn nobody_learns_who_has_an_account(database: Database) {
    let (host, mut postbox) = with_mail(database).await;
    verified(&host, &mut postbox, "elin").await;
    let known = ask(&host, CodePurpose::ResetPassword, "elin").await.unwrap();
    for unknown in ["nobody", "nobody@example.org", "", "elin@example.org' OR 1=1 --"] {
        assert_eq!(ask(&host, CodePurpose::ResetPassword, unknown).await.unwrap(), known);
    }
    postbox.letter_to("elin@example.org").await;
    let wrong = sign_in_with(&host, "elin", "1").await.err().unwrap();
    for unknown in ["nobody", "nobody@example.org", ""] {
        assert_eq!(sign_in_with(&host, unknown, "1").await.err().unwrap(), wrong);
    }
    // Operators of databases and of mail are words like any other.
    for body in [json!({ "$ne": null }), json!(["elin", "bob"]), json!(null)] {
        let request = json!({ "purpose": "sign_in", "username": body, "device": DeviceId::new() });
        assert_eq!(code_of(host.post::<Value>("/v1/codes", &request).await), Some(ErrorCode::BadRequest));
    }
    ask(&host, CodePurpose::SignIn, "elin@example.org\r\nBcc: mallory@example.org").await.unwrap();
    ask(&host, CodePurpose::SignIn, "elin@example.org,mallory@example.org").await.unwrap();
    ask(&host, CodePurpose::SignIn, "elin").await.unwrap();
    // The next letter is the one that was asked for in earnest.
    let letter = postbox.letter_to("elin@example.org").await;
    assert!(!letter.text.contains("mallory"), "{letter:?}");
    assert!(sign_in_with(&host, "elin", &letter.code()).await.is_ok());
}

/// Of each way in, until both take as long.
const TRIES_MAX: usize = 50;

async fn what_nobody_has_takes_as_long(database: Database) {
    let (host, mut postbox) = with_mail(database).await;
    verified(&host, &mut postbox, "elin").await;
    ask(&host, CodePurpose::SignIn, "elin").await.unwrap();
    let wrong = other(&postbox.letter().await.code());
    let tried = async |way: &str, username: &str| match way {
        "a password" => code_of(host.sign_in(username, "not her password").await),
        "a code" => code_of(sign_in_with(&host, username, &wrong).await),
        _ => code_of(crate::passwords::reset(&host, username, &wrong, "staple battery horse").await),
    };
    for (way, refusal) in
        [("a password", ErrorCode::WrongCredentials), ("a code", ErrorCode::WrongCode), ("a code for a new password", ErrorCode::WrongCode)]
    {
        let mut quickest = [Duration::MAX; 2];
        // Without the decoy nobody's would be many times quicker, however often it is tried; the factor and the tries leave room for a busy
        // machine, on which the quickest of a few may have had to wait.
        let alike =
            |quickest: &[Duration; 2]| quickest[1] < Duration::MAX && quickest[1] * 3 > quickest[0] && quickest[0] * 3 > quickest[1];
        for _ in 0..TRIES_MAX {
            for (quickest, username) in quickest.iter_mut().zip(["elin", "nobody"]) {
                let begun = Instant::now();
                assert_eq!(tried(way, username).await, Some(refusal), "{way} of {username}");
                *quickest = begun.elapsed().min(*quickest);
            }
            if alike(&quickest) {
                break;
            }
        }
        assert!(alike(&quickest), "{way}: {quickest:?}");
    }
}

async fn an_address_that_was_not_verified_gets_no_codes(database: Database) {
    let (host, mut postbox) = with_mail(database).await;
    newcomer(&host, &mut postbox, "elin").await;
    verified(&host, &mut postbox, "bob").await;
    for login in ["elin", "elin@example.org", "bob"] {
        ask(&host, CodePurpose::ResetPassword, login).await.unwrap();
    }
    // Errands are run in their order: Elin's would have come before.
    postbox.letter_to("bob@example.org").await;
    assert_eq!(code_of(host.sign_in("elin@example.org", PASSWORD).await), Some(ErrorCode::WrongCredentials));
}

async fn an_address_moves_when_the_code_comes_back(database: Database) {
    let (host, mut postbox) = with_mail(database).await;
    let elin = verified(&host, &mut postbox, "elin").await;
    let mut change = ChangeEmail { email: "brandt@example.org".into(), password: "not her password".into() };
    assert_eq!(code_of(elin.post::<Value>("/v1/email", &change).await), Some(ErrorCode::WrongCredentials));
    change.password = PASSWORD.into();
    elin.post::<Value>("/v1/email", &change).await.unwrap();
    let code = postbox.letter_to("brandt@example.org").await.code();
    assert_eq!(account(&elin).await.email.unwrap().address, "elin@example.org", "until the code comes back");
    confirm(&elin, CodePurpose::ChangeEmail, &code).await.unwrap();
    assert_eq!(account(&elin).await.email.unwrap().address, "brandt@example.org");
    let notice = postbox.letter_to("elin@example.org").await;
    assert!(notice.text.contains("was changed"), "{notice:?}");
    assert_eq!(code_of(host.sign_in("elin@example.org", PASSWORD).await), Some(ErrorCode::WrongCredentials));
    assert!(host.sign_in("brandt@example.org", PASSWORD).await.is_ok());
}

async fn an_address_is_removed_with_the_codes_that_went_there(database: Database) {
    let (mut host, mut postbox) = with_mail(database).await;
    let elin = verified(&host, &mut postbox, "elin").await;
    let mut socket = host.returning("elin").await.socket().await;
    ask(&host, CodePurpose::SignIn, "elin").await.unwrap();
    let on_its_way = postbox.letter_to("elin@example.org").await.code();
    let remove = async |password: &str| elin.post::<Value>("/v1/email/remove", &json!({ "password": password })).await;
    assert_eq!(code_of(remove("not her password").await), Some(ErrorCode::WrongCredentials));
    assert!(account(&elin).await.email.is_some());
    remove(PASSWORD).await.unwrap();
    assert_eq!(account(&elin).await.email, None);
    // Her other device is told.
    let removed = |row: &Row| matches!(&row.data, RowData::Account(row) if row.email.is_none());
    while !socket.rows(StreamId::User(elin.user)).await.rows.iter().any(removed) {}
    let notice = postbox.letter_to("elin@example.org").await;
    assert!(notice.text.contains("was removed"), "{notice:?}");
    assert_eq!(code_of(sign_in_with(&host, "elin", &on_its_way).await), Some(ErrorCode::WrongCode));
    assert_eq!(code_of(host.sign_in("elin@example.org", PASSWORD).await), Some(ErrorCode::WrongCredentials));
    assert!(host.sign_in("elin", PASSWORD).await.is_ok());
    // Once more is nothing new; one that waits to be verified goes as well.
    remove(PASSWORD).await.unwrap();
    let (bob, _) = newcomer(&host, &mut postbox, "bob").await;
    bob.post::<Value>("/v1/email/remove", &json!({ "password": PASSWORD })).await.unwrap();
    let erin = verified(&host, &mut postbox, "erin").await;
    assert_eq!(account(&bob).await.email, None);
    host.stop().await;
    host.config.email = EmailPolicy::Required;
    host.run().await;
    let erin = Person { base: host.url(""), ..erin };
    let refused = erin.post::<Value>("/v1/email/remove", &json!({ "password": PASSWORD })).await;
    assert_eq!(code_of(refused), Some(ErrorCode::InvalidEmail));
    assert!(account(&erin).await.email.is_some());
}

async fn an_address_is_one_accounts_alone(database: Database) {
    let (host, mut postbox) = with_mail(database).await;
    let (squatter, theirs) = newcomer(&host, &mut postbox, "elin").await;
    let mut request = sign_up("erin");
    request.email = Some("ELIN@example.org".into());
    // Claiming is free: it tells nothing, and holds nobody up.
    let erin = Person::new(&host, host.sign_up(&request).await.unwrap(), request.device.id);
    let code = postbox.letter_to("ELIN@example.org").await.code();
    confirm(&erin, CodePurpose::VerifyEmail, &code).await.unwrap();
    assert_eq!(code_of(confirm(&squatter, CodePurpose::VerifyEmail, &theirs).await), Some(ErrorCode::EmailTaken));
    assert_eq!(host.sign_in("elin@example.org", PASSWORD).await.unwrap().account.user, erin.user);
}

async fn asking_too_often_has_to_wait(database: Database) {
    let mut postbox = Postbox::open().await;
    let host = Host::start_with(database, |config| {
        config.mail = Some(postbox.server());
        config.limits.codes_per_account = Rate::new(2, 1);
        config.limits.codes_per_device = Rate::new(3, 1);
    })
    .await;
    verified(&host, &mut postbox, "elin").await;
    // The unknown like the known.
    for login in ["elin", "nobody"] {
        for _ in 0..2 {
            ask(&host, CodePurpose::SignIn, login).await.unwrap();
        }
        assert_eq!(code_of(ask(&host, CodePurpose::SignIn, login).await), Some(ErrorCode::RateLimited));
    }
    let device = DeviceId::new();
    for number in 0..4 {
        let request = AskCode { purpose: CodePurpose::SignIn, username: format!("person{number}"), device };
        let refused = code_of(host.post::<Value>("/v1/codes", &request).await);
        assert_eq!(refused, (number == 3).then_some(ErrorCode::RateLimited));
    }
}
