//! Passwords that are forgotten, changed and refused; and what ends with them.

use crate::{
    codes::{ask, verified, with_mail},
    host::{Database, Host, PASSWORD, sign_up},
};
use hearth_protocol::{
    code::{ChangePassword, CodePurpose, ResetPassword},
    error::{ApiError, ErrorCode},
    frame::ServerFrame,
    ids::DeviceId,
    provider::ExternalAccounts,
};
use serde_json::Value;
use std::time::Duration;

on_both_databases!(
    a_forgotten_password_is_set_anew_and_everybody_is_out,
    a_code_outlives_a_bad_password_but_no_other_code_a_good_one,
    the_host_header_has_no_effect,
    changing_the_password_keeps_this_session_alone,
    the_owner_says_how_long_a_password_is,
);

const NEW: &str = "staple battery horse";

pub async fn reset(host: &Host, username: &str, code: &str, password: &str) -> Result<Value, ApiError> {
    let request = ResetPassword { username: username.into(), code: code.into(), password: password.into(), device: DeviceId::new() };
    host.post("/v1/password/reset", &request).await
}

async fn a_forgotten_password_is_set_anew_and_everybody_is_out(database: Database) {
    let (host, mut postbox) = with_mail(database).await;
    let elin = verified(&host, &mut postbox, "elin").await;
    let (other, bob) = (host.returning("elin").await, verified(&host, &mut postbox, "bob").await);
    let (mut here, mut there, mut stays) = (elin.socket().await, other.socket().await, bob.socket().await);
    ask(&host, CodePurpose::ResetPassword, "elin@example.org").await.unwrap();
    let code = postbox.letter_to("elin@example.org").await.code();
    reset(&host, "elin", &code, NEW).await.unwrap();
    // From the answer on nobody is let in, and within a second nobody is.
    let refused = elin.get::<Value>("/v1/people?q=bob").await.err().unwrap();
    assert_eq!(refused.code, ErrorCode::Unauthorized);
    for socket in [&mut here, &mut there] {
        let last = tokio::time::timeout(Duration::from_secs(1), async {
            let last = socket.until(|frame| (frame == ServerFrame::Revoked).then_some(frame)).await;
            assert_eq!(socket.next().await, None);
            last
        });
        assert_eq!(last.await.expect("closed within a second"), ServerFrame::Revoked);
    }
    stays.until(|frame| matches!(frame, ServerFrame::Heartbeat { .. }).then_some(())).await;
    assert!(postbox.letter_to("elin@example.org").await.text.contains("was changed"));
    assert_eq!(host.sign_in("elin", PASSWORD).await.err().unwrap().code, ErrorCode::WrongCredentials);
    assert_eq!(host.sign_in("elin", NEW).await.unwrap().account.user, elin.user);
    assert_eq!(reset(&host, "elin", &code, PASSWORD).await.err().unwrap().code, ErrorCode::WrongCode, "used");
}

async fn a_code_outlives_a_bad_password_but_no_other_code_a_good_one(database: Database) {
    let (host, mut postbox) = with_mail(database).await;
    verified(&host, &mut postbox, "elin").await;
    ask(&host, CodePurpose::SignIn, "elin").await.unwrap();
    let to_sign_in = postbox.letter().await.code();
    ask(&host, CodePurpose::ResetPassword, "elin").await.unwrap();
    let code = postbox.letter().await.code();
    for weak in ["short", "password123", "elinelinelin"] {
        assert_eq!(reset(&host, "elin", &code, weak).await.err().unwrap().code, ErrorCode::WeakPassword, "{weak}");
        // Whether there is such an account, the answer does not say.
        assert_eq!(reset(&host, "nobody", &code, "short").await.err().unwrap().code, ErrorCode::WeakPassword);
    }
    assert_eq!(reset(&host, "nobody", &code, NEW).await.err().unwrap().code, ErrorCode::WrongCode);
    reset(&host, "elin", &code, NEW).await.unwrap();
    let late = crate::codes::sign_in_with(&host, "elin", &to_sign_in).await;
    assert_eq!(late.err().unwrap().code, ErrorCode::WrongCode, "whoever has it may be whom this is to keep out");
}

async fn the_host_header_has_no_effect(database: Database) {
    let (host, mut postbox) = with_mail(database).await;
    verified(&host, &mut postbox, "elin").await;
    let body = hearth_protocol::code::AskCode { purpose: CodePurpose::ResetPassword, username: "elin".into(), device: DeviceId::new() };
    let request = host.http.post(host.url("/v1/codes")).header("host", "evil.example").header("x-forwarded-host", "evil.example");
    crate::host::answer::<Value>(request.json(&body)).await.unwrap();
    let letter = postbox.letter_to("elin@example.org").await;
    assert!(!letter.text.contains("evil") && !letter.text.contains("://"), "{letter:?}");
}

async fn changing_the_password_keeps_this_session_alone(database: Database) {
    let host = Host::start(database).await;
    let elin = host.resident("elin").await;
    let other = host.returning("elin").await;
    let (mut here, mut there) = (elin.socket().await, other.socket().await);
    let change = async |current: &str, password: &str| {
        elin.post::<Value>("/v1/password", &ChangePassword { current: current.into(), password: password.into() }).await
    };
    assert_eq!(change("not her password", NEW).await.err().unwrap().code, ErrorCode::WrongCredentials);
    assert_eq!(change(PASSWORD, "elintester").await.err().unwrap().code, ErrorCode::WeakPassword);
    let changed_at = async || elin.get::<ExternalAccounts>("/v1/external").await.expect("a list").password_changed_at;
    assert_eq!(changed_at().await, None, "it is the first one, whatever was tried");
    change(PASSWORD, NEW).await.unwrap();
    assert!(changed_at().await.is_some());
    let closed = tokio::time::timeout(Duration::from_secs(1), there.end());
    let end = closed.await.expect("closed within a second");
    assert!(matches!(&end, ServerFrame::Bye { error: Some(error), .. } if error.ended_by.is_some()), "told from where: {end:?}");
    assert_eq!(other.get::<Value>("/v1/people?q=x").await.err().unwrap().code, ErrorCode::Unauthorized);
    assert!(elin.get::<Value>("/v1/people?q=x").await.is_ok());
    here.until(|frame| matches!(frame, ServerFrame::Heartbeat { .. }).then_some(())).await;
    assert_eq!(host.server().sockets(), 1);
    assert!(host.sign_in("elin", NEW).await.is_ok());
}

async fn the_owner_says_how_long_a_password_is(database: Database) {
    let host = Host::start_with(database, |config| config.password_chars_min = 1).await;
    let mut request = sign_up("elin");
    for (password, accepted) in [("tR7!q", false), ("elin12", false), ("tR7!qz", true)] {
        request.password = password.into();
        assert_eq!(host.sign_up(&request).await.is_ok(), accepted, "{password}");
    }
}
