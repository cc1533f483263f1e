//! What is linked with an account, by an OpenID Connect provider that runs for real: linking it and taking it off, what it proves, and
//! its tokens.

use crate::{
    codes::{confirm, with_mail},
    deletions::delete,
    host::{Database, PASSWORD, database_of},
    openid::{Browser, Provider},
    person::Person,
    providers::{answer_of, begin, code_of, comes, newcomer, resident, signed_in, start, with_provider},
};
use hearth_protocol::{
    code::{ChangePassword, CodePurpose},
    error::{ApiError, ErrorCode},
    provider::{ExternalAccounts, LinkProvider, ProviderBegun},
};
use serde_json::{Value, json};
use sqlx::{AnyConnection, Row as _};
use std::fs;

on_both_databases!(
    accounts_are_linked_and_unlinked,
    who_has_no_password_proves_it_there,
    a_proof_stands_in_for_the_password_everywhere,
    tokens_are_sealed_renewed_and_go_with_the_account,
);

pub async fn external(person: &Person) -> ExternalAccounts {
    person.get("/v1/external").await.expect("a list")
}

pub async fn begin_link(person: &Person, password: &str) -> Result<ProviderBegun, ApiError> {
    person.post("/v1/external/link", &LinkProvider { begin: begin(), password: password.into() }).await
}

async fn finish_external(person: &Person, url: &str, name: &str) -> Result<Value, ApiError> {
    let answer = answer_of(&Browser::default().signs_in(url, name).await);
    person.post("/v1/external/finish", &answer).await
}

pub async fn links(person: &Person, name: &str) -> Result<Value, ApiError> {
    finish_external(person, &begin_link(person, PASSWORD).await.expect("begins").url, name).await
}

async fn accounts_are_linked_and_unlinked(database: Database) {
    let (_provider, host) = start(database).await;
    let ada = host.returning("ada").await;
    assert_eq!(code_of(begin_link(&ada, "not hers").await), Some(ErrorCode::WrongCredentials));
    links(&ada, "ada.at.work").await.unwrap();
    links(&ada, "ada.at.home").await.unwrap();
    links(&ada, "ada.at.home").await.expect("once more is nothing new");
    let linked = external(&ada).await;
    assert!(linked.password);
    assert_eq!(
        linked.accounts.iter().map(|account| (account.provider.as_str(), account.label.as_str())).collect::<Vec<_>>(),
        [("Example", "ada.at.work@example.org"), ("Example", "ada.at.home@example.org")]
    );
    for name in ["ada.at.work", "ada.at.home"] {
        assert_eq!(signed_in(comes(&host, name).await).account.user, ada.user);
    }
    let bob = host.resident("bob").await;
    assert_eq!(code_of(links(&bob, "ada.at.home").await), Some(ErrorCode::ExternalTaken));
    let home = linked.accounts[1].id;
    assert_eq!(code_of(bob.post::<Value>(&format!("/v1/external/{home}/unlink"), &json!({})).await), Some(ErrorCode::NotFound));
    ada.post::<Value>(&format!("/v1/external/{home}/unlink"), &json!({})).await.unwrap();
    assert_eq!(code_of(ada.post::<Value>(&format!("/v1/external/{home}/unlink"), &json!({})).await), Some(ErrorCode::NotFound));
    assert_eq!(newcomer(comes(&host, "ada.at.home").await).username, "ada.at.home");
    links(&bob, "ada.at.home").await.expect("it is nobody's now");
    assert_eq!(external(&ada).await.accounts.len(), 1);
}

async fn who_has_no_password_proves_it_there(database: Database) {
    let (_provider, host) = start(database).await;
    let elin = resident(&host, "elin").await;
    let listed = external(&elin).await;
    assert!(!listed.password);
    let only = listed.accounts[0].id;
    assert_eq!(code_of(elin.post::<Value>(&format!("/v1/external/{only}/unlink"), &json!({})).await), Some(ErrorCode::LastWayIn));
    for password in ["", PASSWORD] {
        assert_eq!(code_of(begin_link(&elin, password).await), Some(ErrorCode::NoPassword));
        assert_eq!(code_of(delete(&elin, password).await), Some(ErrorCode::NoPassword));
    }
    let set = ChangePassword { current: String::new(), password: PASSWORD.into() };
    assert_eq!(code_of(elin.post::<Value>("/v1/password", &set).await), Some(ErrorCode::NoPassword));
    let prove = async || elin.post::<ProviderBegun>("/v1/external/prove", &begin()).await.unwrap().url;
    assert_eq!(code_of(finish_external(&elin, &prove().await, "somebody.else").await), Some(ErrorCode::ExternalUnknown));
    assert_eq!(code_of(elin.post::<Value>("/v1/password", &set).await), Some(ErrorCode::NoPassword));
    finish_external(&elin, &prove().await, "elin").await.unwrap();
    elin.post::<Value>("/v1/password", &set).await.unwrap();
    assert!(host.sign_in("elin", PASSWORD).await.is_ok() && external(&elin).await.password);
    // A proof is good once, and stands in for no password that there is.
    finish_external(&elin, &prove().await, "elin").await.unwrap();
    assert_eq!(code_of(elin.post::<Value>("/v1/password", &set).await), Some(ErrorCode::WrongCredentials));
    elin.post::<Value>(&format!("/v1/external/{only}/unlink"), &json!({})).await.unwrap();
}

async fn a_proof_stands_in_for_the_password_everywhere(database: Database) {
    let provider = Provider::start().await;
    let (mut host, mut postbox) = with_mail(database).await;
    with_provider(&provider, "")(&mut host.config);
    host.restart().await;
    host.resident("ada").await;
    let elin = resident(&host, "elin").await;
    postbox.letter_to("elin@example.org").await;
    let mut connection = database_of(&host).await;
    let without = sqlx::query("SELECT username FROM account WHERE password_hash IS NULL").fetch_all(&mut connection).await.unwrap();
    assert_eq!(without.iter().map(|row| row.get::<String, _>(0)).collect::<Vec<_>>(), ["elin"]);
    let prove = async || {
        let url = elin.post::<ProviderBegun>("/v1/external/prove", &begin()).await.unwrap().url;
        finish_external(&elin, &url, "elin").await.unwrap();
    };
    let asks = async |path: &str, body: Value| elin.post::<Value>(path, &body).await;
    let change = json!({ "email": "brandt@example.org", "password": "" });
    assert_eq!(code_of(asks("/v1/email", change.clone()).await), Some(ErrorCode::NoPassword));
    prove().await;
    asks("/v1/email", change).await.unwrap();
    let code = postbox.letter_to("brandt@example.org").await.code();
    confirm(&elin, CodePurpose::ChangeEmail, &code).await.unwrap();
    assert_eq!(code_of(asks("/v1/email/remove", json!({ "password": "" })).await), Some(ErrorCode::NoPassword));
    prove().await;
    asks("/v1/email/remove", json!({ "password": "" })).await.unwrap();
    assert!(postbox.letter_to("brandt@example.org").await.text.contains("was removed"));
    assert_eq!(code_of(asks("/v1/two-step/begin", json!({ "password": "" })).await), Some(ErrorCode::NoPassword));
    prove().await;
    let phone = crate::two_step::turn_on_with(&elin, "").await;
    for what in ["codes", "off"] {
        let body = json!({ "password": "", "code": phone.codes[0] });
        assert_eq!(code_of(asks(&format!("/v1/two-step/{what}"), body).await), Some(ErrorCode::NoPassword));
    }
    prove().await;
    asks("/v1/two-step/off", json!({ "password": "", "code": phone.codes[0] })).await.unwrap();
    assert_eq!(code_of(delete(&elin, "").await), Some(ErrorCode::NoPassword));
    prove().await;
    delete(&elin, "").await.unwrap();
    assert_eq!(newcomer(comes(&host, "elin").await).username, "elin", "to the server they are new");
}

async fn tokens_are_sealed_renewed_and_go_with_the_account(database: Database) {
    let (provider, host) = start(database).await;
    let elin = resident(&host, "elin").await;
    let mut connection = database_of(&host).await;
    let row = "SELECT refresh_token, access_token, id_token, expires_at, refresh_at, token_type, scope, type, provider, provider_account_id \
               FROM external_account";
    let read = async |connection: &mut AnyConnection| sqlx::query(row).fetch_one(connection).await.unwrap();
    let before = read(&mut connection).await;
    let bytes = |row: &sqlx::any::AnyRow, column: usize| row.try_get::<Option<Vec<u8>>, _>(column).unwrap();
    let id_token = bytes(&before, 2).expect("an ID token");
    assert!(!id_token.windows(3).any(|window| window == b"eyJ"), "it is sealed");
    let (expires, due): (i64, i64) = (before.get(3), before.get(4));
    assert_eq!(expires - due, 10 * 60 * 1_000);
    let words: Vec<String> = (5..10).map(|column| before.get(column)).collect();
    assert_eq!(words, ["bearer", "openid profile email offline_access", "oidc", &provider.issuer, "elin"]);
    // Nothing is due yet; then it is, and two at the same time are one.
    host.server().renew_external_now(due - 1).await.unwrap();
    assert_eq!(bytes(&read(&mut connection).await, 1), bytes(&before, 1));
    let server = host.server();
    let (one, other) = futures::join!(server.renew_external_now(due), server.renew_external_now(due));
    one.and(other).unwrap();
    let after = read(&mut connection).await;
    assert!(bytes(&after, 1) != bytes(&before, 1) && bytes(&after, 0).is_some() && after.get::<i64, _>(3) >= expires);
    assert_eq!(external(&elin).await.accounts[0].refused_at, None);
    // The provider is asked once more, and has nobody of this name.
    provider.forgets(&["elin"]).await;
    host.server().renew_external_now(i64::MAX / 2).await.unwrap();
    assert_eq!(external(&elin).await.accounts[0].refused_at, Some(i64::MAX / 2));
    assert_eq!((bytes(&read(&mut connection).await, 0), bytes(&read(&mut connection).await, 1)), (None, None));
    provider.forgets(&[]).await;
    signed_in(comes(&host, "elin").await);
    assert_eq!(external(&elin).await.accounts[0].refused_at, None, "signing in by it mends that");
    let files = fs::read_dir(&host.config.data_dir).unwrap().map(|file| file.unwrap().path());
    for file in files.filter(|path| path.is_file()) {
        let bytes = fs::read(file).unwrap();
        assert!(!bytes.windows(6).any(|window| window == b"eyJhbG"), "a token in clear");
    }
    let url = elin.post::<ProviderBegun>("/v1/external/prove", &begin()).await.unwrap().url;
    finish_external(&elin, &url, "elin").await.unwrap();
    delete(&elin, "").await.unwrap();
    assert!(sqlx::query("SELECT id FROM external_account").fetch_all(&mut connection).await.unwrap().is_empty());
    assert_eq!(newcomer(comes(&host, "elin").await).username, "elin", "to the server they are new");
}
