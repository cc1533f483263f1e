//! The server's HTTP API as methods. One request each, no retries: the engine decides about those.

mod admin;
mod failure;
#[cfg(test)]
mod spoken_tests;

pub use admin::AccountDeed;
pub use failure::{Failure, SessionEnd, sort_failure};

use crate::{Language, trust, view::Problem};
use failure::unreachable;
use hearth_protocol::{
    Millis, Pos,
    account::{DeactivateAccount, DeleteAccount, PRODUCT, PeopleFound, ServerInfo, SignIn, SignUp, SignedIn, Ticket, WrappedKey},
    code::{AskCode, ChangeEmail, ChangePassword, CodeAsked, ConfirmEmail, RemoveEmail, ResetPassword, SignInWithCode},
    devices::DevicesSeen,
    digest::{DigestsRequest, DigestsResponse},
    error::{ApiError, ErrorCode},
    ids::{ConversationId, DeviceId, ExternalAccountId, GroupId, InviteLinkId, MediaId, MessageId},
    invite::{CreateInviteLink, InviteFound, InviteLinkMade, InviteLinks, InviteSecret, InviteTaken},
    limits,
    link::ConnectLink,
    profile::{PictureSize, PictureTaken, ProfilesRequest, ProfilesResponse},
    provider::{
        BeginProvider, ExternalAccounts, FinishProvider, LinkProvider, ProviderAnswer, ProviderBegun, ProviderOutcome, SignUpByProvider,
    },
    search::{SearchRequest, SearchResponse},
    sync::{HeadsRequest, HeadsResponse, HistoryPage, PlaceAt, PullRequest, PullResponse},
    two_step::{BeginTwoStep, ConfirmTwoStep, FinishSignIn, ProveTwoStep, RecoveryCodes, RecoveryCodesLeft, TwoStepBegun},
    version::SPOKEN,
    versions::MessageVersions,
};
use reqwest::{Client, Method, RequestBuilder, Response, header::ACCEPT_LANGUAGE};
use rustls::ClientConfig;
use serde::{
    Serialize,
    de::{DeserializeOwned, IgnoredAny},
};
use std::{sync::Arc, time::Duration};
use zeroize::Zeroizing;

/// How each JPEG begins.
const JPEG: &[u8] = b"\xff\xd8\xff";

/// One server, seen from one profile; cheap to clone.
#[derive(Clone)]
pub struct Api {
    link: ConnectLink,
    http: Client,
    tls: Option<Arc<ClientConfig>>,
    token: Option<Arc<Zeroizing<String>>>,
    language: Language,
}

impl Api {
    pub fn new(link: ConnectLink) -> Result<Self, Problem> {
        let tls = trust::tls_config(&link.trust).map_err(Problem::internal)?;
        let mut builder = Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .read_timeout(Duration::from_secs(30))
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("hearth/", env!("CARGO_PKG_VERSION")));
        builder = match &tls {
            Some(config) => builder.tls_backend_preconfigured(ClientConfig::clone(config)),
            // Loopback needs neither TLS nor a proxy; the empty root store is never asked.
            None => builder.tls_backend_preconfigured(no_roots()?).no_proxy(),
        };
        let http = builder.build().map_err(Problem::internal)?;
        Ok(Self { link, http, tls, token: None, language: Language::default() })
    }

    pub fn with_token(mut self, token: Zeroizing<String>) -> Self {
        self.token = Some(Arc::new(token));
        self
    }

    /// Says with each request in which language its person is written to.
    pub fn speaking(mut self, language: Language) -> Self {
        self.language = language;
        self
    }

    pub fn link(&self) -> &ConnectLink {
        &self.link
    }

    pub fn tls(&self) -> Option<Arc<ClientConfig>> {
        self.tls.clone()
    }

    /// Asks who is there; refuses what is not a Hearth server or speaks another protocol.
    pub async fn server_info(&self) -> Result<ServerInfo, Failure> {
        let response = self.request(Method::GET, "/v1/server").send().await.map_err(unreachable)?;
        let status = response.status();
        let text = response.text().await.map_err(unreachable)?;
        let info: ServerInfo = serde_json::from_str(&text).map_err(|_| Failure::NotHearth(format!("it answered {status}")))?;
        if info.product != PRODUCT {
            return Err(Failure::NotHearth(format!("it calls itself {:?}", info.product.chars().take(40).collect::<String>())));
        }
        if info.proto.agree(SPOKEN).is_none() {
            let which = if info.proto.0 > SPOKEN.1 { "Update Hearth" } else { "Ask the server's owner to update it" };
            return Err(ApiError::new(
                ErrorCode::UnsupportedVersion,
                format!("This Hearth and the server (version {}) do not speak the same protocol. {which}.", info.version),
            )
            .into());
        }
        Ok(info)
    }

    pub async fn sign_up(&self, request: &SignUp) -> Result<SignedIn, Failure> {
        self.post("/v1/sign-up", request).await
    }

    pub async fn sign_in(&self, request: &SignIn) -> Result<SignedIn, Failure> {
        self.post("/v1/sign-in", request).await
    }

    pub async fn ask_code(&self, request: &AskCode) -> Result<CodeAsked, Failure> {
        self.post("/v1/codes", request).await
    }

    pub async fn sign_in_with_code(&self, request: &SignInWithCode) -> Result<SignedIn, Failure> {
        self.post("/v1/sign-in/code", request).await
    }

    pub async fn finish_sign_in(&self, request: &FinishSignIn) -> Result<SignedIn, Failure> {
        self.post("/v1/sign-in/second", request).await
    }

    pub async fn begin_provider(&self, request: &BeginProvider) -> Result<ProviderBegun, Failure> {
        self.post("/v1/sign-in/provider", request).await
    }

    pub async fn finish_provider(&self, request: &FinishProvider) -> Result<ProviderOutcome, Failure> {
        self.post("/v1/sign-in/provider/finish", request).await
    }

    pub async fn sign_up_by_provider(&self, request: &SignUpByProvider) -> Result<SignedIn, Failure> {
        self.post("/v1/sign-up/provider", request).await
    }

    pub async fn external_accounts(&self) -> Result<ExternalAccounts, Failure> {
        answer(self.request(Method::GET, "/v1/external").send().await).await
    }

    pub async fn begin_link(&self, request: &LinkProvider) -> Result<ProviderBegun, Failure> {
        self.post("/v1/external/link", request).await
    }

    pub async fn begin_proof(&self, request: &BeginProvider) -> Result<ProviderBegun, Failure> {
        self.post("/v1/external/prove", request).await
    }

    pub async fn finish_external(&self, request: &ProviderAnswer) -> Result<(), Failure> {
        self.post::<_, IgnoredAny>("/v1/external/finish", request).await.map(|_| ())
    }

    pub async fn unlink_external(&self, id: ExternalAccountId) -> Result<(), Failure> {
        self.post::<_, IgnoredAny>(&format!("/v1/external/{id}/unlink"), &serde_json::json!({})).await.map(|_| ())
    }

    pub async fn begin_two_step(&self, request: &BeginTwoStep) -> Result<TwoStepBegun, Failure> {
        self.post("/v1/two-step/begin", request).await
    }

    pub async fn confirm_two_step(&self, request: &ConfirmTwoStep) -> Result<RecoveryCodes, Failure> {
        self.post("/v1/two-step/confirm", request).await
    }

    pub async fn turn_off_two_step(&self, request: &ProveTwoStep) -> Result<(), Failure> {
        self.post::<_, IgnoredAny>("/v1/two-step/off", request).await.map(|_| ())
    }

    pub async fn renew_recovery_codes(&self, request: &ProveTwoStep) -> Result<RecoveryCodes, Failure> {
        self.post("/v1/two-step/codes", request).await
    }

    pub async fn count_recovery_codes(&self) -> Result<RecoveryCodesLeft, Failure> {
        answer(self.request(Method::GET, "/v1/two-step/codes").send().await).await
    }

    pub async fn reset_password(&self, request: &ResetPassword) -> Result<(), Failure> {
        self.post::<_, IgnoredAny>("/v1/password/reset", request).await.map(|_| ())
    }

    pub async fn delete_account(&self, request: &DeleteAccount) -> Result<(), Failure> {
        self.post::<_, IgnoredAny>("/v1/account/delete", request).await.map(|_| ())
    }

    pub async fn deactivate_account(&self, request: &DeactivateAccount) -> Result<(), Failure> {
        self.post::<_, IgnoredAny>("/v1/account/deactivate", request).await.map(|_| ())
    }

    pub async fn change_password(&self, request: &ChangePassword) -> Result<(), Failure> {
        self.post::<_, IgnoredAny>("/v1/password", request).await.map(|_| ())
    }

    pub async fn change_email(&self, request: &ChangeEmail) -> Result<CodeAsked, Failure> {
        self.post("/v1/email", request).await
    }

    pub async fn remove_email(&self, request: &RemoveEmail) -> Result<(), Failure> {
        self.post::<_, IgnoredAny>("/v1/email/remove", request).await.map(|_| ())
    }

    pub async fn resend_email_code(&self) -> Result<CodeAsked, Failure> {
        self.post("/v1/email/code", &serde_json::json!({})).await
    }

    pub async fn confirm_email(&self, request: &ConfirmEmail) -> Result<(), Failure> {
        self.post::<_, IgnoredAny>("/v1/email/confirm", request).await.map(|_| ())
    }

    pub async fn sign_out(&self) -> Result<(), Failure> {
        self.post::<_, IgnoredAny>("/v1/sign-out", &serde_json::json!({})).await.map(|_| ())
    }

    pub async fn ticket(&self) -> Result<Ticket, Failure> {
        self.post("/v1/ticket", &serde_json::json!({})).await
    }

    pub async fn people(&self, query: &str) -> Result<PeopleFound, Failure> {
        answer(self.request(Method::GET, "/v1/people").query(&[("q", query)]).send().await).await
    }

    pub async fn put_key(&self, device: DeviceId, key: &WrappedKey) -> Result<(), Failure> {
        let request = self.request(Method::PUT, &format!("/v1/devices/{device}/key")).json(key);
        answer::<IgnoredAny>(request.send().await).await.map(|_| ())
    }

    pub async fn devices(&self) -> Result<DevicesSeen, Failure> {
        answer(self.request(Method::GET, "/v1/devices").send().await).await
    }

    pub async fn sign_out_device(&self, device: DeviceId) -> Result<(), Failure> {
        self.post::<_, IgnoredAny>(&format!("/v1/devices/{device}/sign-out"), &serde_json::json!({})).await.map(|_| ())
    }

    pub async fn sign_out_others(&self) -> Result<(), Failure> {
        self.post::<_, IgnoredAny>("/v1/devices/sign-out-others", &serde_json::json!({})).await.map(|_| ())
    }

    pub async fn create_invite_link(&self, group: GroupId, wanted: &CreateInviteLink) -> Result<InviteLinkMade, Failure> {
        self.post(&format!("/v1/groups/{group}/links"), wanted).await
    }

    pub async fn invite_links(&self, group: GroupId) -> Result<InviteLinks, Failure> {
        answer(self.request(Method::GET, &format!("/v1/groups/{group}/links")).send().await).await
    }

    pub async fn revoke_invite_link(&self, link: InviteLinkId) -> Result<(), Failure> {
        self.post::<_, IgnoredAny>(&format!("/v1/links/{link}/revoke"), &serde_json::json!({})).await.map(|_| ())
    }

    pub async fn look_at_link(&self, secret: String) -> Result<InviteFound, Failure> {
        self.post("/v1/links/look", &InviteSecret { secret }).await
    }

    pub async fn join_by_link(&self, secret: String) -> Result<InviteTaken, Failure> {
        self.post("/v1/links/join", &InviteSecret { secret }).await
    }

    /// `None` when the server keeps no copy for this device.
    pub async fn key(&self, device: DeviceId) -> Result<Option<WrappedKey>, Failure> {
        match answer(self.request(Method::GET, &format!("/v1/devices/{device}/key")).send().await).await {
            Err(Failure::Refused(error)) if error.code == ErrorCode::NotFound => Ok(None),
            other => other.map(Some),
        }
    }

    pub async fn heads(&self, request: &HeadsRequest) -> Result<HeadsResponse, Failure> {
        self.post("/v1/sync/heads", request).await
    }

    pub async fn pull(&self, request: &PullRequest) -> Result<PullResponse, Failure> {
        self.post("/v1/sync/pull", request).await
    }

    pub async fn digests(&self, request: &DigestsRequest) -> Result<DigestsResponse, Failure> {
        self.post("/v1/sync/digests", request).await
    }

    pub async fn profiles(&self, request: &ProfilesRequest) -> Result<ProfilesResponse, Failure> {
        self.post("/v1/profiles", request).await
    }

    pub async fn set_picture(&self, image: Vec<u8>) -> Result<PictureTaken, Failure> {
        self.put_picture("/v1/account/picture", image).await
    }

    pub async fn remove_picture(&self) -> Result<(), Failure> {
        self.delete("/v1/account/picture").await
    }

    pub async fn set_group_picture(&self, group: GroupId, image: Vec<u8>) -> Result<PictureTaken, Failure> {
        self.put_picture(&format!("/v1/groups/{group}/picture"), image).await
    }

    pub async fn remove_group_picture(&self, group: GroupId) -> Result<(), Failure> {
        self.delete(&format!("/v1/groups/{group}/picture")).await
    }

    pub async fn set_conversation_picture(&self, conversation: ConversationId, image: Vec<u8>) -> Result<PictureTaken, Failure> {
        self.put_picture(&format!("/v1/conversations/{conversation}/picture"), image).await
    }

    pub async fn remove_conversation_picture(&self, conversation: ConversationId) -> Result<(), Failure> {
        self.delete(&format!("/v1/conversations/{conversation}/picture")).await
    }

    async fn put_picture(&self, path: &str, image: Vec<u8>) -> Result<PictureTaken, Failure> {
        answer(self.request(Method::PUT, path).body(image).send().await).await
    }

    async fn delete(&self, path: &str) -> Result<(), Failure> {
        answer::<IgnoredAny>(self.request(Method::DELETE, path).send().await).await.map(|_| ())
    }

    /// The bytes of a JPEG; no more of them are read than a picture has.
    pub async fn picture(&self, id: MediaId, size: PictureSize) -> Result<Vec<u8>, Failure> {
        let request = self.request(Method::GET, &format!("/v1/pictures/{id}")).query(&[("size", size)]);
        let mut response = request.send().await.map_err(unreachable)?;
        if !response.status().is_success() {
            return answer(Ok(response)).await;
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > limits::PICTURE_BYTES_MAX {
                return Err(Failure::NotHearth("its picture has no end".into()));
            }
        }
        if bytes.starts_with(JPEG) { Ok(bytes) } else { Err(Failure::NotHearth("its picture is none".into())) }
    }

    pub async fn history(&self, conversation: ConversationId, before_pos: Pos, limit: u32) -> Result<HistoryPage, Failure> {
        let request = self
            .request(Method::GET, &format!("/v1/conversations/{conversation}/messages"))
            .query(&[("before_pos", before_pos), ("limit", u64::from(limit))]);
        answer(request.send().await).await
    }

    pub async fn place(&self, conversation: ConversationId, at: Millis, asides: bool) -> Result<PlaceAt, Failure> {
        let request = self
            .request(Method::GET, &format!("/v1/conversations/{conversation}/place"))
            .query(&[("at", at.to_string()), ("asides", asides.to_string())]);
        answer(request.send().await).await
    }

    pub async fn search(&self, request: &SearchRequest) -> Result<SearchResponse, Failure> {
        self.post("/v1/search", request).await
    }

    pub async fn versions(&self, conversation: ConversationId, message: MessageId) -> Result<MessageVersions, Failure> {
        let path = format!("/v1/conversations/{conversation}/messages/{message}/versions");
        answer(self.request(Method::GET, &path).send().await).await
    }

    async fn post<Q: Serialize, A: DeserializeOwned>(&self, path: &str, request: &Q) -> Result<A, Failure> {
        answer(self.request(Method::POST, path).json(request).send().await).await
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.link.base_url()));
        let request = match self.language.spoken() {
            Some(spoken) => request.header(ACCEPT_LANGUAGE, spoken.tag()),
            None => request,
        };
        match &self.token {
            Some(token) => request.bearer_auth(token.as_str()),
            None => request,
        }
    }
}

fn no_roots() -> Result<ClientConfig, Problem> {
    Ok(ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(Problem::internal)?
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth())
}

async fn answer<A: DeserializeOwned>(response: Result<Response, reqwest::Error>) -> Result<A, Failure> {
    let response = response.map_err(unreachable)?;
    let status = response.status();
    let bytes = response.bytes().await.map_err(unreachable)?;
    if status.is_success() {
        let bytes: &[u8] = if bytes.is_empty() { b"null" } else { &bytes };
        return serde_json::from_slice(bytes).map_err(|error| Failure::NotHearth(format!("its answer does not parse: {error}")));
    }
    match serde_json::from_slice::<ApiError>(&bytes) {
        Ok(error) => Err(Failure::Refused(error)),
        Err(_) => Err(Failure::NotHearth(format!("it answered {status}"))),
    }
}
