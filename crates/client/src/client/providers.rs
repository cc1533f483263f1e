//! Signing in by an OpenID Connect provider in the system's browser, and the accounts there that are linked with mine. All of it needs the server.

use super::{Client, account::secret_of, lock, server::needs_server};
use crate::{
    api::Failure,
    loopback::{Brought, ClosingPage, Loopback, Waiting},
    seal,
    view::{Entrance, Me, NewcomerView, Problem, WaysIn},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hearth_protocol::{
    error::ErrorCode,
    ids::ExternalAccountId,
    limits::PROVIDER_MS,
    link::{Trust, is_loopback},
    provider::{
        BeginProvider, ExternalAccounts, FinishProvider, LinkProvider, ProviderAnswer, ProviderBegun, ProviderInfo, ProviderOutcome,
        SignUpByProvider,
    },
};
use sha2::{Digest as _, Sha256};
use std::time::Duration;
use tokio::sync::oneshot;
use url::Url;
use zeroize::Zeroizing;

/// No honest address is longer.
const URL_BYTES_MAX: usize = 4 * 1024;

/// What one goes to a provider for.
pub enum Errand {
    SignIn,
    /// With the password, or an empty one right after [`Errand::Prove`].
    Link(Zeroizing<String>),
    /// In place of a password that one does not have.
    Prove,
}

/// A visit to a provider that is prepared: open [`Visit::url`] in the system's browser, then wait for what it brings.
pub struct Visit {
    url: Url,
    state: String,
    verifier: Zeroizing<String>,
    waiting: Waiting,
    /// Ends when the person cancels, or begins another.
    wanted: oneshot::Receiver<()>,
}

impl Visit {
    pub fn url(&self) -> &Url {
        &self.url
    }

    async fn comes_back(self) -> Result<ProviderAnswer, Problem> {
        let Self { state, verifier, mut waiting, wanted, .. } = self;
        let mut brought = tokio::select! {
            brought = &mut waiting.answer => brought.map_err(Problem::internal)?,
            _ = wanted => return Err(cancelled()),
            () = tokio::time::sleep(Duration::from_millis(PROVIDER_MS.unsigned_abs())) => {
                let message = "Nothing came back from the browser. Begin again when you are ready.";
                return Err(Problem::new("provider_timeout", message));
            }
        };
        waiting.leave();
        match (brought.remove("code"), brought.get("error").map(String::as_str)) {
            (Some(code), None) => Ok(answer(state, code, &verifier, brought)),
            (_, Some("access_denied" | "login_required" | "consent_required" | "interaction_required")) => Err(cancelled()),
            (_, error) => {
                tracing::warn!(?error, "the provider did not sign anybody in");
                let message = "The provider did not sign you in. Try again, or sign in another way.";
                Err(Problem::new(ErrorCode::ProviderRefused.as_str(), message))
            }
        }
    }
}

fn answer(state: String, code: String, verifier: &Zeroizing<String>, mut brought: Brought) -> ProviderAnswer {
    let (iss, session_state) = (brought.remove("iss"), brought.remove("session_state"));
    ProviderAnswer { state, code, verifier: verifier.to_string(), iss, session_state }
}

fn cancelled() -> Problem {
    Problem::new("provider_cancelled", "You cancelled signing in at the provider. Nothing was changed.")
}

impl Client {
    /// By what one can sign in to the server besides; asked for now, as its owner may have changed it.
    pub async fn list_providers(&self) -> Result<Vec<ProviderInfo>, Problem> {
        let (_, api) = self.front_door()?;
        Ok(api.server_info().await?.providers)
    }

    /// Prepares a visit to a provider; another one that is under way ends.
    ///
    /// # Errors
    /// `provider_unreachable`; `provider_address` when the server names an address that no browser should open; for [`Errand::Link`]
    /// `wrong_credentials` and `no_password`.
    pub async fn visit_provider(&self, provider: &str, errand: Errand, page: ClosingPage) -> Result<Visit, Problem> {
        let (keep, wanted) = oneshot::channel();
        *lock(&self.0.visit) = Some(keep);
        let loopback = Loopback::open().await.map_err(Problem::internal)?;
        let verifier = Zeroizing::new(URL_SAFE_NO_PAD.encode(seal::random::<32>().map_err(Problem::internal)?.as_slice()));
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        let begin = BeginProvider { provider: provider.to_owned(), redirect: loopback.redirect().to_owned(), challenge };
        let (api, begun) = match errand {
            Errand::SignIn => {
                let (_, api) = self.front_door()?;
                let begun = api.begin_provider(&begin).await?;
                (api, begun)
            }
            Errand::Link(password) => {
                let api = self.server()?;
                let begun = api.begin_link(&LinkProvider { begin, password: password.to_string() }).await.map_err(needs_server)?;
                (api, begun)
            }
            Errand::Prove => {
                let api = self.server()?;
                let begun = api.begin_proof(&begin).await.map_err(needs_server)?;
                (api, begun)
            }
        };
        let ProviderBegun { url, state } = begun;
        let url = destination(&url, api.link().trust == Trust::Loopback)?;
        let waiting = loopback.expect(state.clone(), page);
        Ok(Visit { url, state, verifier, waiting, wanted })
    }

    /// The person does not want to wait for the browser any more.
    pub fn cancel_visit(&self) {
        lock(&self.0.visit).take();
    }

    /// Waits for the browser and signs in by what it brings.
    ///
    /// # Errors
    /// `provider_cancelled`, `provider_timeout`, `provider_refused`, `provider_unreachable`, `external_unknown`, `sign_in_over`; `second_step` as
    /// with a password.
    pub async fn enter_by_provider(&self, visit: Visit) -> Result<Entrance, Problem> {
        let answer = visit.comes_back().await?;
        let _one = self.0.transition.lock().await;
        let (server, api) = self.front_door()?;
        let request = FinishProvider { answer, device: self.device()? };
        match api.finish_provider(&request).await.map_err(|failure| self.first_step(failure))? {
            ProviderOutcome::SignedIn(signed) => Ok(Entrance::In { me: self.admit(server, api, *signed).await? }),
            ProviderOutcome::New(new) => {
                *lock(&self.0.newcomer) = Some(Zeroizing::new(new.ticket));
                let (username, first_name, last_name, known_as) = (new.username, new.first_name, new.last_name, new.known_as);
                Ok(Entrance::New { person: NewcomerView { username, first_name, last_name, known_as } })
            }
        }
    }

    /// Makes an account for somebody who is new, after [`Entrance::New`].
    ///
    /// # Errors
    /// Those of signing up; `sign_in_over`: it begins again at the provider.
    pub async fn sign_up_by_provider(
        &self,
        username: String,
        first_name: String,
        last_name: String,
        (set_up_code, invite): (Option<String>, Option<String>),
    ) -> Result<Me, Problem> {
        let _one = self.0.transition.lock().await;
        let (server, api) = self.front_door()?;
        let Some(ticket) = lock(&self.0.newcomer).clone() else {
            return Err(Problem::new(ErrorCode::SignInOver.as_str(), "Begin again at the provider."));
        };
        let ticket = ticket.to_string();
        let invite = secret_of(invite);
        let request = SignUpByProvider { ticket, username, first_name, last_name, set_up_code, invite };
        let signed = api.sign_up_by_provider(&request).await?;
        self.admit(server, api, signed).await
    }

    /// Waits for the browser and finishes what one who is signed in went there for.
    ///
    /// # Errors
    /// As for signing in; `external_taken` for an account that is linked with somebody else's.
    pub async fn finish_visit(&self, visit: Visit) -> Result<(), Problem> {
        let answer = visit.comes_back().await?;
        self.server()?.finish_external(&answer).await.map_err(needs_server)
    }

    /// By what I can sign in.
    pub async fn list_ways_in(&self) -> Result<WaysIn, Problem> {
        let api = self.server()?;
        let listed = async { Ok::<_, Failure>((api.external_accounts().await?, api.server_info().await?)) };
        let (external, info) = listed.await.map_err(needs_server)?;
        let ExternalAccounts { accounts, password, password_changed_at } = external;
        Ok(WaysIn { accounts, password, password_changed_at, providers: info.providers })
    }

    /// # Errors
    /// `last_way_in`, `offline`.
    pub async fn unlink_external(&self, id: ExternalAccountId) -> Result<(), Problem> {
        self.server()?.unlink_external(id).await.map_err(needs_server)
    }
}

/// Where the server sends the browser: https, and http on this computer where the server itself is on it. So no server elsewhere has the
/// browser open anything here.
fn destination(text: &str, server_here: bool) -> Result<Url, Problem> {
    let refused = || Problem::new("provider_address", "The server names an address that Hearth does not open. Tell its owner.");
    let url = Url::parse(text).ok().filter(|_| text.len() <= URL_BYTES_MAX).ok_or_else(refused)?;
    let host = url.host_str().unwrap_or_default();
    let here = is_loopback(host.trim_matches(['[', ']']));
    let safe = url.scheme() == "https" || (url.scheme() == "http" && here && server_here);
    let plain = !host.is_empty() && url.username().is_empty() && url.password().is_none();
    if safe && plain { Ok(url) } else { Err(refused()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_sent_to_https_and_to_this_computer_by_this_computer_alone() {
        assert!(destination("https://id.example.org/auth?x=y", false).is_ok());
        for here in ["http://127.0.0.1:8080/auth", "http://localhost:8080/auth", "http://[::1]:8080/auth"] {
            assert!(destination(here, true).is_ok(), "{here}");
            assert!(destination(here, false).is_err(), "{here}");
        }
        let long = format!("https://id.example.org/{}", "a".repeat(URL_BYTES_MAX));
        for bad in [
            "",
            "http://id.example.org/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "hearth://x",
            "https://u:p@id.example.org/",
            "https://u@x/",
            &long,
        ] {
            assert!(destination(bad, true).is_err(), "{bad}");
        }
    }
}
