//! Signing in by an OpenID Connect provider that runs for real: who gets in, who does not, and what is kept.

use crate::{
    codes::{verified, with_mail},
    host::{Database, Host, PASSWORD, database_of, device},
    linked::{begin_link, external, links},
    openid::{Browser, Provider},
    person::Person,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hearth_protocol::{
    account::{Device, ServerInfo, SignedIn},
    error::{ApiError, ErrorCode},
    ids::ExternalAccountId,
    provider::{BeginProvider, FinishProvider, Newcomer, ProviderAnswer, ProviderBegun, ProviderOutcome, SignUpByProvider},
};
use hearth_server::{Config, ProviderConfig, Server};
use reqwest::Url;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use sqlx::{Connection as _, Row as _};

on_both_databases!(
    somebody_new_chooses_a_name_and_comes_back,
    an_address_takes_no_account_over,
    what_the_provider_says_is_checked,
    an_answer_is_good_once_and_for_the_app_that_asked,
    the_browser_is_sent_nowhere_else,
    two_processes_make_one_account_of_somebody,
    two_step_sign_in_is_asked_for_all_the_same,
    where_nobody_new_is_taken,
);

const VERIFIER: &str = "what only the app knows";
const REDIRECT: &str = "http://127.0.0.1:40123/signed-in";

pub fn with_provider(provider: &Provider, more: &str) -> impl FnOnce(&mut Config) {
    let providers = ProviderConfig::parse_all(&provider.toml(more)).unwrap();
    move |config| config.providers = providers
}

pub async fn start(database: Database) -> (Provider, Host) {
    let provider = Provider::start().await;
    let host = Host::start_with(database, with_provider(&provider, "scopes = [\"profile\", \"email\", \"offline_access\"]")).await;
    host.resident("ada").await;
    (provider, host)
}

pub fn begin() -> BeginProvider {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    BeginProvider { provider: "example".into(), redirect: REDIRECT.into(), challenge }
}

async fn begun(host: &Host) -> ProviderBegun {
    host.post("/v1/sign-in/provider", &begin()).await.expect("begins")
}

/// What the browser brings to the app.
pub fn answer_of(url: &Url) -> ProviderAnswer {
    assert!(url.as_str().starts_with(REDIRECT), "{url}");
    let of = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let (state, code) = (of("state").expect("a state"), of("code").unwrap_or_else(|| panic!("{url}")));
    ProviderAnswer { state, code, verifier: VERIFIER.into(), iss: of("iss"), session_state: of("session_state") }
}

async fn finish(host: &Host, answer: ProviderAnswer, device: Device) -> Result<ProviderOutcome, ApiError> {
    host.post("/v1/sign-in/provider/finish", &FinishProvider { answer, device }).await
}

/// Goes to the provider and back as somebody there.
pub async fn comes(host: &Host, name: &str) -> Result<ProviderOutcome, ApiError> {
    let url = Browser::default().signs_in(&begun(host).await.url, name).await;
    finish(host, answer_of(&url), device()).await
}

pub fn signed_in(outcome: Result<ProviderOutcome, ApiError>) -> SignedIn {
    match outcome.expect("an outcome") {
        ProviderOutcome::SignedIn(signed) => *signed,
        ProviderOutcome::New(_) => panic!("nobody knows them"),
    }
}

pub fn newcomer(outcome: Result<ProviderOutcome, ApiError>) -> Newcomer {
    match outcome.expect("an outcome") {
        ProviderOutcome::New(newcomer) => newcomer,
        ProviderOutcome::SignedIn(signed) => panic!("they are {}", signed.account.username),
    }
}

async fn sign_up(host: &Host, newcomer: &Newcomer, username: &str) -> Result<SignedIn, ApiError> {
    let Newcomer { ticket, first_name, last_name, .. } = newcomer.clone();
    host.post(
        "/v1/sign-up/provider",
        &SignUpByProvider { ticket, username: username.into(), first_name, last_name, set_up_code: None, invite: None },
    )
    .await
}

/// Somebody who signed up by the provider.
pub async fn resident(host: &Host, name: &str) -> Person {
    let url = Browser::default().signs_in(&begun(host).await.url, name).await;
    let device = device();
    let newcomer = newcomer(finish(host, answer_of(&url), device.clone()).await);
    Person::new(host, sign_up(host, &newcomer, name).await.expect("signs up"), device.id)
}

pub fn code_of(result: Result<impl Sized, ApiError>) -> Option<ErrorCode> {
    result.err().map(|error| error.code)
}

async fn somebody_new_chooses_a_name_and_comes_back(database: Database) {
    let (_provider, host) = start(database).await;
    let info: ServerInfo = host.get("/v1/server").await.unwrap();
    assert_eq!(
        info.providers.iter().map(|provider| (provider.id.as_str(), provider.name.as_str())).collect::<Vec<_>>(),
        [("example", "Example")]
    );
    let elin = newcomer(comes(&host, "elin").await);
    assert_eq!((elin.username.as_str(), elin.first_name.as_str(), elin.last_name.as_str()), ("elin", "elin of the provider", ""));
    assert_eq!(elin.known_as, None);
    assert_eq!(code_of(sign_up(&host, &elin, "ada").await), Some(ErrorCode::UsernameTaken), "and another name may be tried");
    let first = sign_up(&host, &elin, "elin.s").await.unwrap();
    assert_eq!(first.account.email.map(|email| (email.address, email.verified_at)), Some(("elin@example.org".into(), None)));
    assert_eq!(code_of(sign_up(&host, &elin, "elin.t").await), Some(ErrorCode::SignInOver), "a ticket is for one account");
    let again = signed_in(comes(&host, "elin").await);
    assert_eq!((again.account.user, again.account.username.as_str()), (first.account.user, "elin.s"));
    // Whoever has no password gets in with none.
    for password in ["", PASSWORD] {
        assert_eq!(code_of(host.sign_in("elin.s", password).await), Some(ErrorCode::WrongCredentials));
    }
    // Two at the same time are one account.
    let (one, other) = (newcomer(comes(&host, "bob").await), newcomer(comes(&host, "bob").await));
    let both = futures::join!(sign_up(&host, &one, "bob.one"), sign_up(&host, &other, "bob.other"));
    let refused = [both.0, both.1].into_iter().filter_map(Result::err).map(|error| error.code).collect::<Vec<_>>();
    assert_eq!(refused, [ErrorCode::ExternalTaken]);
}

async fn an_address_takes_no_account_over(database: Database) {
    let provider = Provider::start().await;
    let (mut host, mut postbox) = with_mail(database).await;
    with_provider(&provider, "")(&mut host.config);
    host.restart().await;
    let elin = verified(&host, &mut postbox, "elin").await;
    let arrived = newcomer(comes(&host, "elin").await);
    assert_eq!(arrived.known_as.as_deref(), Some("elin@example.org"), "who has shown that it is theirs is told");
    let other = sign_up(&host, &arrived, "elin.two").await.unwrap();
    assert!(other.account.user != elin.user && other.account.email.is_none());
    // Where the provider does not vouch for an address nothing is told, and none is taken.
    let unproved = newcomer(comes(&host, "unproved").await);
    assert_eq!(unproved.known_as, None);
    assert_eq!(sign_up(&host, &unproved, "unproved").await.unwrap().account.email, None);
}

async fn what_the_provider_says_is_checked(database: Database) {
    let (provider, host) = start(database).await;
    assert!(comes(&host, "elin").await.is_ok());
    let lies = [
        json!({ "aud": "another" }),
        json!({ "aud": ["hearth", "another"] }),
        json!({ "iss": "https://id.example.org" }),
        json!({ "nonce": "another" }),
        json!({ "exp": 1_000 }),
        json!({ "at_hash": "another" }),
    ];
    for lie in lies {
        provider.lies(lie.clone()).await;
        assert_eq!(code_of(comes(&host, "elin").await), Some(ErrorCode::ProviderRefused), "{lie}");
    }
    provider.lies(json!({})).await;
    // Who changes the question gets no answer that fits.
    let begun = begun(&host).await;
    let mut url: Url = begun.url.parse().unwrap();
    let changed: Vec<(String, String)> =
        url.query_pairs().map(|(key, value)| (key.to_string(), if key == "nonce" { "mine".into() } else { value.to_string() })).collect();
    url.query_pairs_mut().clear().extend_pairs(changed);
    let back = Browser::default().signs_in(url.as_str(), "elin").await;
    assert_eq!(code_of(finish(&host, answer_of(&back), device()).await), Some(ErrorCode::ProviderRefused));
    let back = Browser::default().signs_in(&self::begun(&host).await.url, "elin").await;
    let answer = ProviderAnswer { iss: Some("https://id.example.org".into()), ..answer_of(&back) };
    assert_eq!(code_of(finish(&host, answer, device()).await), Some(ErrorCode::ProviderRefused));
    assert!(comes(&host, "elin").await.is_ok());
}

async fn an_answer_is_good_once_and_for_the_app_that_asked(database: Database) {
    let (_provider, host) = start(database).await;
    let browser = Browser::default();
    let answer = answer_of(&browser.signs_in(&begun(&host).await.url, "elin").await);
    // Somebody else saw it go by.
    let stolen = ProviderAnswer { verifier: "a guess".into(), ..answer.clone() };
    assert_eq!(code_of(finish(&host, stolen, device()).await), Some(ErrorCode::SignInOver));
    assert_eq!(code_of(finish(&host, answer, device()).await), Some(ErrorCode::SignInOver), "and with that it is over");
    let answer = answer_of(&browser.signs_in(&begun(&host).await.url, "elin").await);
    let state = ProviderAnswer { state: "another".into(), ..answer.clone() };
    assert_eq!(code_of(finish(&host, state, device()).await), Some(ErrorCode::SignInOver));
    assert!(finish(&host, answer.clone(), device()).await.is_ok());
    assert_eq!(code_of(finish(&host, answer.clone(), device()).await), Some(ErrorCode::SignInOver));
    // The provider takes its code once, too, whatever it is shown with.
    let other = answer_of(&browser.signs_in(&begun(&host).await.url, "elin").await);
    let mixed = ProviderAnswer { code: answer.code, ..other };
    assert_eq!(code_of(finish(&host, mixed, device()).await), Some(ErrorCode::ProviderRefused));
    // What one began to link with theirs signs nobody in, and the other way round.
    let ada = host.returning("ada").await;
    let link = answer_of(&browser.signs_in(&begin_link(&ada, PASSWORD).await.unwrap().url, "elin").await);
    assert_eq!(code_of(finish(&host, link, device()).await), Some(ErrorCode::SignInOver));
    let sign_in = answer_of(&browser.signs_in(&begun(&host).await.url, "elin").await);
    assert_eq!(code_of(ada.post::<Value>("/v1/external/finish", &sign_in).await), Some(ErrorCode::SignInOver));
    let bob = host.resident("bob").await;
    let link = answer_of(&browser.signs_in(&begin_link(&ada, PASSWORD).await.unwrap().url, "elin").await);
    assert_eq!(code_of(bob.post::<Value>("/v1/external/finish", &link).await), Some(ErrorCode::SignInOver));
    assert!(external(&bob).await.accounts.is_empty() && external(&ada).await.accounts.is_empty());
}

async fn the_browser_is_sent_nowhere_else(database: Database) {
    let (_provider, host) = start(database).await;
    for redirect in ["https://example.org/signed-in", "http://192.0.2.1:80/signed-in", "http://localhost:40123/signed-in"] {
        let begin = BeginProvider { redirect: redirect.into(), ..begin() };
        assert_eq!(code_of(host.post::<Value>("/v1/sign-in/provider", &begin).await), Some(ErrorCode::BadRequest), "{redirect}");
    }
    let bare = BeginProvider { challenge: "short".into(), ..begin() };
    assert_eq!(code_of(host.post::<Value>("/v1/sign-in/provider", &bare).await), Some(ErrorCode::BadRequest));
    let unknown = BeginProvider { provider: "another".into(), ..begin() };
    assert_eq!(code_of(host.post::<Value>("/v1/sign-in/provider", &unknown).await), Some(ErrorCode::NotFound));
    let denied = Browser::default().cancels(&begun(&host).await.url).await;
    assert!(
        denied.as_str().starts_with(REDIRECT) && denied.query_pairs().any(|(key, value)| key == "error" && value == "access_denied"),
        "{denied}"
    );
}

/// Each of the processes keeps in its own memory who has arrived there.
async fn two_processes_make_one_account_of_somebody(database: Database) {
    let (_provider, host) = start(database).await;
    let mut config = host.config.clone();
    if config.database_url.is_some() {
        config.data_dir = host.folder.path().join("second");
    }
    let second = Server::start(config).await.expect("a second server starts");
    let there = |path: &str| format!("http://{}{path}", second.address());
    let begun = async |url: String| host.http.post(url).json(&begin()).send().await.unwrap().json::<ProviderBegun>().await.unwrap();
    let arrives = async || {
        let url = Browser::default().signs_in(&begun(there("/v1/sign-in/provider")).await.url, "bob").await;
        let finish = FinishProvider { answer: answer_of(&url), device: device() };
        let answer = host.http.post(there("/v1/sign-in/provider/finish")).json(&finish).send().await.unwrap();
        newcomer(Ok(answer.json::<ProviderOutcome>().await.unwrap()))
    };
    let (one, other) = (newcomer(comes(&host, "bob").await), arrives().await);
    let sign_up_there = async || {
        let Newcomer { ticket, first_name, last_name, .. } = other.clone();
        let request = SignUpByProvider { ticket, username: "bob.there".into(), first_name, last_name, set_up_code: None, invite: None };
        let answer = host.http.post(there("/v1/sign-up/provider")).json(&request).send().await.unwrap();
        if answer.status().is_success() { Ok(()) } else { Err(answer.json::<ApiError>().await.unwrap()) }
    };
    let (here, there) = futures::join!(sign_up(&host, &one, "bob.here"), sign_up_there());
    let refused: Vec<ErrorCode> = [here.map(drop), there].into_iter().filter_map(Result::err).map(|error| error.code).collect();
    assert_eq!(refused, [ErrorCode::ExternalTaken]);
    let made = sqlx::query("SELECT id FROM account WHERE username LIKE 'bob%'").fetch_all(&mut database_of(&host).await).await.unwrap();
    assert_eq!(made.len(), 1);
    second.shutdown().await;
}

/// Linking does not wait for the committer: somebody may link the account while another signs up by it, after that has looked.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_quicker_leaves_no_account_without_a_way_in() {
    let (provider, host) = start(Database::Postgres).await;
    let ada = host.returning("ada").await;
    let elin = newcomer(comes(&host, "elin").await);
    let (mut linking, mut looking) = (database_of(&host).await, database_of(&host).await);
    let mut link = linking.begin().await.unwrap();
    let sql = "INSERT INTO external_account (id, account, type, provider, provider_account_id, label, sealed_by, linked_at) \
               VALUES ($1, $2, 'oidc', $3, 'elin', '', '', 0)";
    let id = ExternalAccountId::new().as_bytes().to_vec();
    let query = sqlx::query(sql).bind(id).bind(ada.user.as_bytes().to_vec()).bind(provider.issuer.clone());
    query.execute(&mut *link).await.unwrap();
    let quicker = async {
        let waiting = "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
        while sqlx::query(waiting).fetch_one(&mut looking).await.unwrap().get::<i64, _>(0) == 0 {}
        link.commit().await.unwrap();
    };
    let (signed_up, ()) = futures::join!(sign_up(&host, &elin, "elin"), quicker);
    assert_eq!(code_of(signed_up), Some(ErrorCode::ExternalTaken));
    assert!(sqlx::query("SELECT id FROM account WHERE username = 'elin'").fetch_all(&mut looking).await.unwrap().is_empty());
    assert_eq!(signed_in(comes(&host, "elin").await).account.user, ada.user);
}

async fn two_step_sign_in_is_asked_for_all_the_same(database: Database) {
    let (_provider, host) = start(database).await;
    let ada = host.returning("ada").await;
    links(&ada, "ada").await.unwrap();
    let phone = crate::two_step::turn_on(&ada).await;
    let refused = comes(&host, "ada").await.err().unwrap();
    assert_eq!(refused.code, ErrorCode::SecondStep);
    let signed = crate::two_step::finish(&host, &refused.challenge.unwrap(), &phone.codes[0]).await.unwrap();
    assert_eq!(signed.account.user, ada.user);
}

async fn where_nobody_new_is_taken(database: Database) {
    let provider = Provider::start().await;
    let mut host = Host::start_with(database, with_provider(&provider, "sign_up = false")).await;
    let ada = host.resident("ada").await;
    links(&ada, "ada").await.unwrap();
    assert_eq!(code_of(comes(&host, "elin").await), Some(ErrorCode::ExternalUnknown));
    host.stop().await;
    with_provider(&provider, "")(&mut host.config);
    host.config.sign_up = hearth_protocol::admin::SignUpPolicy::Closed;
    host.run().await;
    assert_eq!(code_of(comes(&host, "elin").await), Some(ErrorCode::ExternalUnknown));
    assert_eq!(signed_in(comes(&host, "ada").await).account.user, ada.user);
    // A provider that is gone.
    drop(provider);
    host.restart().await;
    assert_eq!(code_of(host.post::<Value>("/v1/sign-in/provider", &begin()).await), Some(ErrorCode::ProviderUnreachable));
}
