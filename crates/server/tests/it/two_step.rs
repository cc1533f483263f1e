//! Two-step sign-in: what the second step takes, how often, and what does not go round it.

use crate::{
    codes::{ask, sign_in_with, verified, with_mail},
    deletions::delete,
    host::{Database, Host, PASSWORD, database_of, device},
    person::Person,
    socket::Socket,
};
use hearth_protocol::{
    account::SignedIn,
    code::{CodePurpose, ResetPassword},
    error::{ApiError, ErrorCode},
    ids::DeviceId,
    rows::{AccountRow, RowData},
    stream::StreamId,
    two_step::{BeginTwoStep, ConfirmTwoStep, FinishSignIn, ProveTwoStep, RecoveryCodes, RecoveryCodesLeft, TwoStepBegun},
};
use hearth_server::{Installation, owner::Owner};
use serde_json::Value;
use sqlx::{AnyConnection, Row as _};
use std::{
    fs,
    time::{SystemTime, UNIX_EPOCH},
};
use totp_rs::{Builder, Secret};

on_both_databases!(
    signing_in_takes_both_steps,
    a_code_is_good_once_and_older_ones_with_it,
    five_tries_follow_one_password,
    after_many_wrong_codes_only_a_recovery_code_helps,
    a_recovery_code_is_good_once,
    nothing_goes_round_the_second_step,
    turning_it_on_takes_password_and_code,
    turning_it_off_takes_both_steps,
    the_secret_is_nowhere_in_clear_and_goes_with_the_account,
    nobody_learns_whose_account_has_it,
    without_the_key_recovery_codes_are_the_way,
    the_owner_can_turn_it_off_beside_the_server,
);

/// Somebody's authenticator app, and what they wrote down.
pub struct Phone {
    secret: String,
    pub codes: Vec<String>,
}

impl Phone {
    /// What the app shows, so many times half a minute from now.
    fn code(&self, ahead: u64) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let totp = Builder::new().with_secret(Secret::try_from_base32(&self.secret).unwrap()).build().unwrap();
        totp.generate(now + ahead * 30).to_string()
    }

    /// Six digits that are no code now or soon.
    fn wrong(&self) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let totp = Builder::new().with_skew(4).with_secret(Secret::try_from_base32(&self.secret).unwrap()).build().unwrap();
        (0..20).map(|number| format!("{number:06}")).find(|code| totp.check(code, now).is_none()).unwrap()
    }
}

async fn begin(person: &Person) -> Result<TwoStepBegun, ApiError> {
    begin_with(person, PASSWORD).await
}

async fn begin_with(person: &Person, password: &str) -> Result<TwoStepBegun, ApiError> {
    person.post("/v1/two-step/begin", &BeginTwoStep { password: password.into() }).await
}

async fn confirm(person: &Person, code: &str) -> Result<RecoveryCodes, ApiError> {
    person.post("/v1/two-step/confirm", &ConfirmTwoStep { code: code.into() }).await
}

/// Turns it on with the code that the app shows now, which is used up by that.
pub async fn turn_on(person: &Person) -> Phone {
    turn_on_with(person, PASSWORD).await
}

/// The same for who has another password, or none and has just shown who they are.
pub async fn turn_on_with(person: &Person, password: &str) -> Phone {
    let phone = Phone { secret: begin_with(person, password).await.expect("begins").secret, codes: Vec::new() };
    let codes = confirm(person, &phone.code(0)).await.expect("it is on").codes;
    Phone { codes, ..phone }
}

async fn prove(person: &Person, what: &str, password: &str, code: &str) -> Result<Value, ApiError> {
    person.post(&format!("/v1/two-step/{what}"), &ProveTwoStep { password: password.into(), code: code.into() }).await
}

async fn left(person: &Person) -> u32 {
    person.get::<RecoveryCodesLeft>("/v1/two-step/codes").await.unwrap().left
}

/// What goes with the code, from a first step that was refused for want of a second.
fn challenge(first: Result<SignedIn, ApiError>) -> String {
    let refused = first.err().expect("a second step");
    assert_eq!(refused.code, ErrorCode::SecondStep);
    refused.challenge.expect("a challenge")
}

async fn challenged(host: &Host) -> String {
    challenge(host.sign_in("elin", PASSWORD).await)
}

pub async fn finish(host: &Host, challenge: &str, code: &str) -> Result<SignedIn, ApiError> {
    host.post("/v1/sign-in/second", &FinishSignIn { challenge: challenge.into(), code: code.into() }).await
}

fn code_of(result: Result<impl Sized, ApiError>) -> Option<ErrorCode> {
    result.err().map(|error| error.code)
}

async fn account(person: &Person) -> AccountRow {
    let rows = person.changes(StreamId::User(person.user), 0, 1_000).await.0.rows;
    let account = rows.into_iter().find_map(|row| match row.data {
        RowData::Account(account) => Some(account),
        _ => None,
    });
    account.expect("an account")
}

/// Waits until the devices of somebody are told that it is on.
async fn hears(socket: &mut Socket, person: &Person) {
    loop {
        let rows = socket.rows(StreamId::User(person.user)).await.rows;
        if rows.iter().any(|row| matches!(&row.data, RowData::Account(row) if row.two_step_at.is_some())) {
            return;
        }
    }
}

async fn signing_in_takes_both_steps(database: Database) {
    let host = Host::start(database).await;
    let elin = host.resident("elin").await;
    let mut socket = elin.socket().await;
    let begun = begin(&elin).await.unwrap();
    assert!(begun.uri.starts_with("otpauth://totp/Hearth:elin?secret=") && begun.uri.contains(&begun.secret), "{}", begun.uri);
    assert!(host.sign_in("elin", PASSWORD).await.is_ok(), "nothing is on before a code came back");
    let phone = turn_on(&elin).await;
    // Every device of theirs hears of it, and stays signed in.
    hears(&mut socket, &elin).await;
    assert!(account(&elin).await.two_step_at.is_some());

    let challenge = challenged(&host).await;
    let signed_in = finish(&host, &challenge, &phone.code(1)).await.unwrap();
    assert_eq!(signed_in.account.user, elin.user);
    assert!(signed_in.account.two_step_at.is_some());
    let there = Person::new(&host, signed_in, DeviceId::new());
    assert!(there.get::<Value>("/v1/people?q=x").await.is_ok());
    assert_eq!(code_of(finish(&host, &challenge, &phone.codes[0]).await), Some(ErrorCode::SignInOver), "it is used up");
}

async fn a_code_is_good_once_and_older_ones_with_it(database: Database) {
    let host = Host::start(database).await;
    let phone = turn_on(&host.resident("elin").await).await;
    let (now, next) = (phone.code(0), phone.code(1));
    // What turned it on is used; somebody may have looked over a shoulder.
    assert_eq!(code_of(finish(&host, &challenged(&host).await, &now).await), Some(ErrorCode::WrongCode));
    let (one, another) = (challenged(&host).await, challenged(&host).await);
    let spaced = format!("{} {}", &next[..3], &next[3..]);
    let tries = futures::future::join_all([finish(&host, &one, &spaced), finish(&host, &another, &next)]).await;
    assert_eq!(tries.iter().filter(|tried| tried.is_ok()).count(), 1, "one code, one session");
    let challenge = challenged(&host).await;
    for code in [now, next] {
        assert_eq!(code_of(finish(&host, &challenge, &code).await), Some(ErrorCode::WrongCode));
    }
}

async fn five_tries_follow_one_password(database: Database) {
    let host = Host::start(database).await;
    let phone = turn_on(&host.resident("elin").await).await;
    let challenge = challenged(&host).await;
    for _ in 0..5 {
        assert_eq!(code_of(finish(&host, &challenge, &phone.wrong()).await), Some(ErrorCode::WrongCode));
    }
    assert_eq!(code_of(finish(&host, &challenge, &phone.code(1)).await), Some(ErrorCode::SignInOver));
    assert!(finish(&host, &challenged(&host).await, &phone.code(1)).await.is_ok());
}

async fn after_many_wrong_codes_only_a_recovery_code_helps(database: Database) {
    let host = Host::start(database).await;
    let elin = host.resident("elin").await;
    let phone = turn_on(&elin).await;
    for _ in 0..4 {
        let challenge = challenged(&host).await;
        let tries = futures::future::join_all((0..5).map(|_| finish(&host, &challenge, "000000"))).await;
        assert!(tries.iter().all(Result::is_err), "whoever is this lucky may run it again");
    }
    let refused = finish(&host, &challenged(&host).await, &phone.code(1)).await.err().unwrap();
    assert_eq!(refused.code, ErrorCode::RateLimited);
    assert!(refused.retry_after_ms.is_some_and(|ms| ms > 23 * 60 * 60 * 1_000), "{refused:?}");
    // Nor where one is signed in.
    assert_eq!(code_of(prove(&elin, "off", PASSWORD, &phone.code(1)).await), Some(ErrorCode::RateLimited));
    assert!(finish(&host, &challenged(&host).await, &phone.codes[0]).await.is_ok());
}

async fn a_recovery_code_is_good_once(database: Database) {
    let (host, mut postbox) = with_mail(database).await;
    let elin = verified(&host, &mut postbox, "elin").await;
    let phone = turn_on(&elin).await;
    assert!(postbox.letter_to("elin@example.org").await.text.contains("turned on"));
    assert_eq!((phone.codes.len(), left(&elin).await), (10, 10));
    let code = &phone.codes[3];
    assert!(finish(&host, &challenged(&host).await, &code.to_lowercase().replace('-', " ")).await.is_ok());
    assert!(postbox.letter_to("elin@example.org").await.text.contains("9 are left"));
    assert_eq!(left(&elin).await, 9);
    assert_eq!(code_of(finish(&host, &challenged(&host).await, code).await), Some(ErrorCode::WrongCode));
    // New ones take the place of the old.
    let new: RecoveryCodes =
        elin.post("/v1/two-step/codes", &ProveTwoStep { password: PASSWORD.into(), code: phone.codes[4].clone() }).await.unwrap();
    assert_eq!(left(&elin).await, 10);
    assert_eq!(code_of(finish(&host, &challenged(&host).await, &phone.codes[5]).await), Some(ErrorCode::WrongCode));
    assert!(finish(&host, &challenged(&host).await, &new.codes[0]).await.is_ok());
    for left in ["8 are left", "9 are left"] {
        assert!(postbox.letter_to("elin@example.org").await.text.contains(left));
    }
    // Somebody else's are not.
    let bob = verified(&host, &mut postbox, "bob").await;
    turn_on(&bob).await;
    let theirs = challenge(host.sign_in("bob", PASSWORD).await);
    assert_eq!(code_of(finish(&host, &theirs, &new.codes[1]).await), Some(ErrorCode::WrongCode));
}

async fn nothing_goes_round_the_second_step(database: Database) {
    const NEW: &str = "staple battery horse";
    let (host, mut postbox) = with_mail(database).await;
    let phone = turn_on(&verified(&host, &mut postbox, "elin").await).await;
    postbox.letter().await;
    ask(&host, CodePurpose::SignIn, "elin").await.unwrap();
    let mailed = challenge(sign_in_with(&host, "elin", &postbox.letter().await.code()).await);
    let before = challenged(&host).await;
    // A new password signs nobody in, and ends what began under the old one.
    ask(&host, CodePurpose::ResetPassword, "elin").await.unwrap();
    let code = postbox.letter().await.code();
    let reset = ResetPassword { username: "elin".into(), code, password: NEW.into(), device: DeviceId::new() };
    host.post::<Value>("/v1/password/reset", &reset).await.unwrap();
    for old in [before, mailed] {
        assert_eq!(code_of(finish(&host, &old, &phone.codes[0]).await), Some(ErrorCode::SignInOver));
    }
    let challenge = challenge(host.sign_in("elin", NEW).await);
    // What stands between the steps is no session.
    let request = host.http.get(host.url("/v1/people?q=x")).bearer_auth(&challenge);
    assert_eq!(code_of(crate::host::answer::<Value>(request).await), Some(ErrorCode::Unauthorized));
    assert!(finish(&host, &challenge, &phone.codes[0]).await.is_ok());
}

async fn turning_it_on_takes_password_and_code(database: Database) {
    let host = Host::start(database).await;
    let elin = host.resident("elin").await;
    let other = host.returning("elin").await;
    let wrong = BeginTwoStep { password: "not her password".into() };
    assert_eq!(code_of(elin.post::<Value>("/v1/two-step/begin", &wrong).await), Some(ErrorCode::WrongCredentials));
    assert_eq!(code_of(confirm(&elin, "123456").await), Some(ErrorCode::SignInOver), "nothing was begun");
    let phone = Phone { secret: begin(&elin).await.unwrap().secret, codes: Vec::new() };
    assert_eq!(code_of(confirm(&elin, &phone.wrong()).await), Some(ErrorCode::WrongCode));
    assert_eq!(code_of(confirm(&other, &phone.code(0)).await), Some(ErrorCode::SignInOver), "another device began nothing");
    // Only the newest secret counts.
    let newer = Phone { secret: begin(&elin).await.unwrap().secret, codes: Vec::new() };
    assert_ne!(newer.secret, phone.secret);
    let begun = Phone { secret: begin(&other).await.unwrap().secret, codes: Vec::new() };
    assert_eq!(confirm(&elin, &newer.code(0)).await.unwrap().codes.len(), 10);
    assert_eq!(code_of(confirm(&other, &begun.code(0)).await), Some(ErrorCode::BadRequest), "the other was quicker");
    assert_eq!(code_of(begin(&elin).await), Some(ErrorCode::BadRequest));
    assert!(finish(&host, &challenged(&host).await, &newer.code(1)).await.is_ok());
}

async fn turning_it_off_takes_both_steps(database: Database) {
    let (host, mut postbox) = with_mail(database).await;
    let elin = verified(&host, &mut postbox, "elin").await;
    assert_eq!(code_of(prove(&elin, "off", PASSWORD, "123456").await), Some(ErrorCode::BadRequest), "it is off");
    assert_eq!(code_of(prove(&elin, "codes", PASSWORD, "123456").await), Some(ErrorCode::BadRequest));
    let phone = turn_on(&elin).await;
    postbox.letter().await;
    let next = phone.code(1);
    assert_eq!(code_of(prove(&elin, "off", "not her password", &next).await), Some(ErrorCode::WrongCredentials));
    assert_eq!(code_of(prove(&elin, "off", PASSWORD, &phone.wrong()).await), Some(ErrorCode::WrongCode));
    let half = challenged(&host).await;
    prove(&elin, "off", PASSWORD, &next).await.expect("a wrong password cost no code");
    assert!(postbox.letter_to("elin@example.org").await.text.contains("turned off"));
    assert_eq!((account(&elin).await.two_step_at, left(&elin).await), (None, 0));
    assert_eq!(code_of(finish(&host, &half, &phone.codes[0]).await), Some(ErrorCode::SignInOver));
    assert!(host.sign_in("elin", PASSWORD).await.is_ok());
    // On again it is another secret, and the old codes are nothing.
    let again = turn_on(&elin).await;
    assert_ne!(again.secret, phone.secret);
    assert_eq!(code_of(finish(&host, &challenged(&host).await, &phone.codes[0]).await), Some(ErrorCode::WrongCode));
}

async fn count(connection: &mut AnyConnection, table: &'static str) -> i64 {
    let sql = match table {
        "totp" => "SELECT COUNT(*) FROM totp",
        _ => "SELECT COUNT(*) FROM recovery_code",
    };
    sqlx::query(sql).fetch_one(connection).await.unwrap().try_get(0).unwrap()
}

async fn the_secret_is_nowhere_in_clear_and_goes_with_the_account(database: Database) {
    let host = Host::start(database).await;
    host.resident("ada").await;
    let elin = host.resident("elin").await;
    let phone = turn_on(&elin).await;
    let secret = Secret::try_from_base32(&phone.secret).unwrap();
    let has = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
    let mut connection = database_of(&host).await;
    let kept: Vec<u8> = sqlx::query("SELECT secret FROM totp").fetch_one(&mut connection).await.unwrap().try_get(0).unwrap();
    assert!(kept.len() > secret.as_bytes().len() && !has(&kept, secret.as_bytes()));
    let files = fs::read_dir(&host.config.data_dir).unwrap().map(|file| file.unwrap().path());
    // The folder of uploads has its own: nothing but pictures goes there, and there are none.
    for file in files.filter(|file| file.is_file()) {
        let bytes = fs::read(file).unwrap();
        for clear in [secret.as_bytes(), phone.secret.as_bytes(), phone.codes[0].as_bytes(), phone.codes[0].replace('-', "").as_bytes()] {
            assert!(!has(&bytes, clear));
        }
    }
    assert_eq!((count(&mut connection, "totp").await, count(&mut connection, "recovery_code").await), (1, 10));
    let half = challenged(&host).await;
    delete(&elin, PASSWORD).await.unwrap();
    assert_eq!((count(&mut connection, "totp").await, count(&mut connection, "recovery_code").await), (0, 0));
    assert_eq!(code_of(finish(&host, &half, &phone.codes[0]).await), Some(ErrorCode::SignInOver));
}

async fn nobody_learns_whose_account_has_it(database: Database) {
    let (host, mut postbox) = with_mail(database).await;
    let elin = verified(&host, &mut postbox, "elin").await;
    verified(&host, &mut postbox, "bob").await;
    turn_on(&elin).await;
    let wrong = host.sign_in("elin", "not her password").await.err().unwrap();
    assert_eq!((wrong.code, &wrong.challenge), (ErrorCode::WrongCredentials, &None));
    for other in ["bob", "nobody"] {
        assert_eq!(host.sign_in(other, "not her password").await.err().unwrap(), wrong);
    }
    let wrong = sign_in_with(&host, "elin", "1").await.err().unwrap();
    for other in ["bob", "nobody"] {
        assert_eq!(sign_in_with(&host, other, "1").await.err().unwrap(), wrong);
    }
    let made_up = finish(&host, "made up", "123456").await.err().unwrap();
    assert_eq!(made_up.code, ErrorCode::SignInOver);
    assert_eq!(finish(&host, &device().id.to_string(), "AAAA-AAAA-AAAA-AAAA").await.err().unwrap(), made_up);
}

async fn without_the_key_recovery_codes_are_the_way(database: Database) {
    let mut host = Host::start(database).await;
    let phone = turn_on(&host.resident("elin").await).await;
    let half = challenged(&host).await;
    let key = host.config.data_dir.join("seal.key");
    let kept = fs::read(&key).unwrap();
    host.restart().await;
    assert_eq!(code_of(finish(&host, &half, &phone.codes[9]).await), Some(ErrorCode::SignInOver), "between the steps is in memory");
    assert_eq!(fs::read(&key).unwrap(), kept, "made once");
    host.stop().await;
    fs::remove_file(&key).unwrap();
    host.run().await;
    let challenge = challenged(&host).await;
    assert_eq!(code_of(finish(&host, &challenge, &phone.code(1)).await), Some(ErrorCode::SecondStepBroken));
    let signed_in = finish(&host, &challenge, &phone.codes[0]).await.unwrap();
    let elin = Person::new(&host, signed_in, DeviceId::new());
    // Off and on again it lies under the new key.
    prove(&elin, "off", PASSWORD, &phone.codes[1]).await.unwrap();
    let again = turn_on(&elin).await;
    assert!(finish(&host, &challenged(&host).await, &again.code(1)).await.is_ok());
}

async fn the_owner_can_turn_it_off_beside_the_server(database: Database) {
    let host = Host::start(database).await;
    let elin = host.resident("elin").await;
    turn_on(&elin).await;
    host.resident("bob").await;
    let beside = Installation::open(&host.config).await.unwrap();
    let owner = Owner::new(&beside, &host.config);
    let found = owner.find("ELIN").await.unwrap().unwrap();
    assert!(owner.turn_off_two_step(found).await.unwrap());
    for none in ["elin", "bob"] {
        let user = owner.find(none).await.unwrap().unwrap();
        assert!(!owner.turn_off_two_step(user).await.unwrap());
    }
    assert_eq!(owner.find("nobody").await.unwrap(), None);
    drop(owner);
    beside.close().await;
    assert!(host.sign_in("elin", PASSWORD).await.is_ok());
    assert_eq!(account(&elin).await.two_step_at, None, "the server that runs tells her devices");
}
