//! Signing up, in and out; who may become what; and what strangers are told.

use crate::{
    deletions::delete,
    host::{Database, Host, PASSWORD, answer, sign_up},
};
use hearth_protocol::{
    account::{PeopleFound, ServerInfo, SignUp, WrappedKey},
    error::{ApiError, ErrorCode},
    ids::{ConversationId, DeviceId},
    role::Role,
};
use hearth_server::{Limits, Rate};
use reqwest::Method;
use serde_json::{Value, json};

on_both_databases!(
    the_first_account_takes_the_set_up_code,
    a_wrong_password_and_an_unknown_name_get_one_answer,
    a_name_is_taken_whatever_its_case,
    bad_names_and_passwords_are_refused,
    a_closed_server_takes_its_founder_alone,
    signing_in_too_often_has_to_wait,
    whoever_guesses_waits_whichever_way_they_come,
    nobody_reads_out_who_there_is,
    signing_out_ends_that_session_alone,
    strangers_are_told_nothing,
    people_are_found_and_keys_are_their_owners,
    where_the_last_admin_is_gone_no_stranger_is_the_next,
);

async fn the_first_account_takes_the_set_up_code(database: Database) {
    let mut host = Host::start_with(database, |config| config.require_set_up_code = true).await;
    let code = host.server().set_up_code().expect("a code").to_owned();
    assert!(host.get::<ServerInfo>("/v1/server").await.unwrap().needs_set_up);
    let mut request = sign_up("alice");
    for wrong in [None, Some("0000-0000".to_owned())] {
        request.set_up_code = wrong;
        assert_eq!(host.sign_up(&request).await.err().unwrap().code, ErrorCode::SetUpCodeRequired);
    }
    request.set_up_code = Some(code.clone());
    assert_eq!(host.sign_up(&request).await.unwrap().account.role, Role::Admin);
    assert!(!host.get::<ServerInfo>("/v1/server").await.unwrap().needs_set_up);
    // The code makes one admin, and nobody needs it afterwards.
    let mut second = sign_up("bob");
    second.set_up_code = Some(code);
    assert_eq!(host.sign_up(&second).await.unwrap().account.role, Role::Member);
    assert_eq!(host.sign_up(&sign_up("carol")).await.unwrap().account.role, Role::Member);
    host.restart().await;
    assert!(!host.server().is_new(), "it is not printed again");
}

async fn where_the_last_admin_is_gone_no_stranger_is_the_next(database: Database) {
    let mut host = Host::start_with(database, |config| config.require_set_up_code = true).await;
    let found = |host: &Host| SignUp { set_up_code: host.server().set_up_code().map(str::to_owned), ..sign_up("alice") };
    host.sign_up(&found(&host)).await.unwrap();
    host.restart().await;
    let alice = host.returning("alice").await;
    delete(&alice, PASSWORD).await.expect("nobody needs her");
    assert_eq!(host.sign_up(&sign_up("mallory")).await.err().unwrap().code, ErrorCode::SetUpCodeRequired);
    let again = SignUp { username: "alicia".into(), ..found(&host) };
    assert_eq!(host.sign_up(&again).await.unwrap().account.role, Role::Admin);
}

async fn a_wrong_password_and_an_unknown_name_get_one_answer(database: Database) {
    let host = Host::start(database).await;
    host.resident("alice").await;
    let wrong = host.sign_in("alice", "wrong horse battery").await.err().unwrap();
    let unknown = host.sign_in("nobody", "wrong horse battery").await.err().unwrap();
    let endless = host.sign_in("alice", &"x".repeat(10_000)).await.err().unwrap();
    assert_eq!(wrong.code, ErrorCode::WrongCredentials);
    assert_eq!(wrong, unknown);
    assert_eq!(wrong, endless);
    assert!(host.sign_in("alice", PASSWORD).await.is_ok());
}

async fn a_name_is_taken_whatever_its_case(database: Database) {
    let host = Host::start(database).await;
    let alice = host.resident("Alice").await;
    for same in ["Alice", "ALICE", "ａｌｉｃｅ", " alice "] {
        assert_eq!(host.sign_up(&sign_up(same)).await.err().unwrap().code, ErrorCode::UsernameTaken, "{same}");
    }
    // Whole words of another alphabet, or digits, that look the same.
    host.resident("cope").await;
    for alike in ["соре", "c0pe"] {
        assert_eq!(host.sign_up(&sign_up(alike)).await.err().unwrap().code, ErrorCode::UsernameTaken, "{alike}");
    }
    let signed_in = host.sign_in("aLiCe", PASSWORD).await.unwrap();
    assert_eq!((signed_in.account.user, signed_in.account.username.as_str()), (alice.user, "Alice"));
    // Two who ask for one name at the same time: one gets it.
    let (first, second) = (sign_up("bob"), sign_up("BOB"));
    let (first, second) = tokio::join!(host.sign_up(&first), host.sign_up(&second));
    let refused: Vec<ErrorCode> = [first, second].into_iter().filter_map(|result| result.err().map(|error| error.code)).collect();
    assert_eq!(refused, [ErrorCode::UsernameTaken]);
}

async fn bad_names_and_passwords_are_refused(database: Database) {
    let host = Host::start(database).await;
    let code = async |change: &dyn Fn(&mut hearth_protocol::account::SignUp)| {
        let mut request = sign_up("alice");
        change(&mut request);
        host.sign_up(&request).await.err().unwrap().code
    };
    assert_eq!(code(&|request| request.username = "al ice".into()).await, ErrorCode::InvalidUsername);
    assert_eq!(code(&|request| request.username = "admin".into()).await, ErrorCode::InvalidUsername);
    for nothing_to_see in [" \u{202e} ", "\u{3164}", "\u{2800}"] {
        assert_eq!(code(&|request| request.first_name = nothing_to_see.into()).await, ErrorCode::InvalidName);
        assert_eq!(code(&|request| request.username = nothing_to_see.repeat(2)).await, ErrorCode::InvalidUsername);
    }
    assert_eq!(code(&|request| request.last_name = "x".repeat(65)).await, ErrorCode::InvalidName);
    assert_eq!(code(&|request| request.password = "short".into()).await, ErrorCode::WeakPassword);
    assert_eq!(code(&|request| request.password = "alicetester".into()).await, ErrorCode::WeakPassword);
    host.resident("alice").await;
}

async fn a_closed_server_takes_its_founder_alone(database: Database) {
    let host = Host::start_with(database, |config| config.sign_up = hearth_protocol::admin::SignUpPolicy::Closed).await;
    assert_eq!(host.sign_up(&sign_up("alice")).await.unwrap().account.role, Role::Admin);
    assert_eq!(host.sign_up(&sign_up("bob")).await.err().unwrap().code, ErrorCode::SignUpClosed);
}

async fn signing_in_too_often_has_to_wait(database: Database) {
    let host = Host::start_with(database, |config| config.limits.sign_in_per_account = Rate::new(2, 1)).await;
    host.resident("alice").await;
    host.resident("bob").await;
    for _ in 0..2 {
        assert_eq!(host.sign_in("alice", "wrong horse battery").await.err().unwrap().code, ErrorCode::WrongCredentials);
    }
    // The right password does not help, nor another way to write the name.
    let refused = host.sign_in("ALICE", PASSWORD).await.err().unwrap();
    assert_eq!(refused.code, ErrorCode::RateLimited);
    assert!(refused.retry_after_ms.is_some_and(|ms| (1..=60_000).contains(&ms)), "{refused:?}");
    let body = json!({ "username": "alice", "password": PASSWORD, "device": { "id": DeviceId::new(), "name": "", "platform": "" } });
    let response = host.http.post(host.url("/v1/sign-in")).json(&body).send().await.unwrap();
    assert_eq!(response.status(), 429);
    assert!(response.headers()["retry-after"].to_str().unwrap().parse::<u64>().unwrap() > 0);
    assert!(host.sign_in("bob", PASSWORD).await.is_ok());
}

/// Two are answered, whatever the answer is, and the third has to wait.
async fn third_waits(what: &str, mut ask: impl AsyncFnMut(u8) -> Result<Value, ApiError>) {
    for nth in 0..2 {
        let answer = ask(nth).await;
        assert!(answer.as_ref().err().is_none_or(|error| error.code != ErrorCode::RateLimited), "{what}: {answer:?}");
    }
    let refused = ask(2).await.unwrap_err();
    assert!(refused.code == ErrorCode::RateLimited && refused.retry_after_ms.is_some(), "{what}: {refused:?}");
}

async fn whoever_guesses_waits_whichever_way_they_come(database: Database) {
    let limited =
        |limit: fn(&mut Limits) -> &mut Rate| Host::start_with(database, move |config| *limit(&mut config.limits) = Rate::new(2, 1));
    let sign_in = |nth: u8, device: DeviceId| json!({ "username": format!("person{nth}"), "password": "wrong", "device": { "id": device, "name": "", "platform": "" } });

    // Each time somebody else's password, from one device; from another one it goes on.
    let (host, device) = (limited(|limits| &mut limits.sign_in_per_device).await, DeviceId::new());
    third_waits("a device", async |nth| host.post("/v1/sign-in", &sign_in(nth, device)).await).await;
    let elsewhere: ApiError = host.post::<Value>("/v1/sign-in", &sign_in(3, DeviceId::new())).await.unwrap_err();
    assert_eq!(elsewhere.code, ErrorCode::WrongCredentials);

    let host = limited(|limits| &mut limits.sign_in_per_address).await;
    third_waits("an address", async |nth| host.post("/v1/sign-in", &sign_in(nth, DeviceId::new())).await).await;

    let host = limited(|limits| &mut limits.codes_per_address).await;
    let ask = |nth: u8| json!({ "purpose": "sign_in", "username": format!("person{nth}"), "device": DeviceId::new() });
    third_waits("an address that asks for codes", async |nth| host.post("/v1/codes", &ask(nth)).await).await;

    let host = limited(|limits| &mut limits.sign_up_per_address).await;
    third_waits("an address that signs up", async |nth| host.post("/v1/sign-up", &sign_up(&format!("person{nth}"))).await).await;

    let host = limited(|limits| &mut limits.tickets).await;
    let alice = host.resident("alice").await;
    third_waits("a session that opens sockets", async |_| alice.post("/v1/ticket", &json!({})).await).await;
}

async fn nobody_reads_out_who_there_is(database: Database) {
    let host = Host::start_with(database, |config| config.limits.people_search = Rate::new(6, 1)).await;
    let alice = host.resident("alice").await;
    for nth in 0..22 {
        host.resident(&format!("guest{nth:02}")).await;
    }
    let found = async |query: &str| alice.get::<PeopleFound>(&format!("/v1/people?q={query}")).await.map(|found| found.people.len());
    for (query, count) in [("", 0), ("%20", 0), ("@", 0), ("%25", 0), ("guest", 20), ("guest07", 1)] {
        assert_eq!(found(query).await.unwrap(), count, "{query:?}");
    }
    assert_eq!(found("guest08").await.unwrap_err().code, ErrorCode::RateLimited);
}

async fn signing_out_ends_that_session_alone(database: Database) {
    let host = Host::start(database).await;
    let alice = host.resident("alice").await;
    let again = host.returning("alice").await;
    alice.sign_out().await;
    assert_eq!(alice.get::<Value>("/v1/people?q=a").await.err().unwrap().code, ErrorCode::Unauthorized);
    assert!(again.get::<Value>("/v1/people?q=a").await.is_ok());
}

async fn strangers_are_told_nothing(database: Database) {
    let host = Host::start(database).await;
    let history = format!("/v1/conversations/{}/messages", ConversationId::new());
    let key = format!("/v1/devices/{}/key", DeviceId::new());
    let routes = [
        (Method::POST, "/v1/sign-out"),
        (Method::POST, "/v1/ticket"),
        (Method::GET, "/v1/people?q=a"),
        (Method::PUT, &key),
        (Method::GET, &key),
        (Method::POST, "/v1/sync/heads"),
        (Method::POST, "/v1/sync/pull"),
        (Method::GET, &history),
        (Method::POST, "/v1/mutations"),
    ];
    for (method, path) in routes {
        for token in [None, Some("no token at all")] {
            let mut request = host.http.request(method.clone(), host.url(path)).json(&json!({}));
            if let Some(token) = token {
                request = request.bearer_auth(token);
            }
            let error = answer::<Value>(request).await.unwrap_err();
            assert_eq!(error.code, ErrorCode::Unauthorized, "{method} {path}");
        }
    }
    assert_eq!(host.get::<Value>("/v1/nowhere").await.unwrap_err(), ApiError::not_found());
    assert_eq!(host.get::<Value>("/healthz").await.unwrap()["status"], "ok");
}

async fn people_are_found_and_keys_are_their_owners(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let found: PeopleFound = alice.get("/v1/people?q=BO").await.unwrap();
    assert_eq!(found.people.iter().map(|person| person.user).collect::<Vec<_>>(), [bob.user]);
    let nobody: PeopleFound = alice.get("/v1/people?q=%25").await.unwrap();
    assert!(nobody.people.is_empty(), "a wildcard of SQL is only a character");
    let path = format!("/v1/devices/{}/key", alice.device);
    let missing = bob.get::<WrappedKey>(&path).await.err().unwrap();
    alice.put(&path, &WrappedKey { wrapped: "c2VjcmV0".into() }).await.unwrap();
    assert_eq!(alice.get::<WrappedKey>(&path).await.ok().unwrap().wrapped, "c2VjcmV0");
    assert_eq!(bob.get::<WrappedKey>(&path).await.err().unwrap(), missing);
    assert_eq!(missing.code, ErrorCode::NotFound);
}
