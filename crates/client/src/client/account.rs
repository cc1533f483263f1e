//! Signing up, in and out, and opening what is locked.

use super::{Client, Pending, Stage, lock};
use crate::{
    api::Api,
    engine::wall_ms,
    folder::StoredServer,
    seal,
    secrets::{Closed, Secrets},
    view::{Connection, Lock, Me, Problem, SignInReason},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hearth_protocol::{
    account::{Device, SignIn, SignUp, SignedIn, WrappedKey},
    error::ErrorCode,
    invite::SignUpLink,
};
use hearth_replica::{Key, OpenError, Replica};
use zeroize::Zeroizing;

/// Binds the key's copy on the server to what it is.
const WRAPPED_PURPOSE: &str = "hearth replica key 1";

/// What the sign-up page asks for.
pub struct SignUpForm {
    pub username: String,
    pub first_name: String,
    pub last_name: String,
    pub password: Zeroizing<String>,
    /// A code goes there.
    pub email: Option<String>,
    /// Only for the first account of a server that somebody else runs.
    pub set_up_code: Option<String>,
    /// An invitation to the server, as its link or the secret in it.
    pub invite: Option<String>,
}

/// The secret of an invitation that somebody pasted.
pub(super) fn secret_of(invite: Option<String>) -> Option<String> {
    let invite = invite.map(|invite| invite.trim().to_owned()).filter(|invite| !invite.is_empty())?;
    Some(invite.parse::<SignUpLink>().map_or(invite, |link| link.secret))
}

impl Client {
    /// Makes an account and signs in with it.
    pub async fn sign_up(&self, form: SignUpForm) -> Result<Me, Problem> {
        let _one = self.0.transition.lock().await;
        let (server, api) = self.front_door()?;
        let owners_code = server.embedded.and_then(|_| self.0.profile.hosting.now()).and_then(|hosted| hosted.set_up_code);
        let request = SignUp {
            username: form.username,
            first_name: form.first_name,
            last_name: form.last_name,
            password: form.password.to_string(),
            email: form.email.filter(|email| !email.trim().is_empty()),
            set_up_code: form.set_up_code.filter(|code| !code.trim().is_empty()).or(owners_code),
            invite: secret_of(form.invite),
            device: self.device()?,
        };
        let signed = api.sign_up(&request).await?;
        self.admit(server, api, signed).await
    }

    /// Signs in to an account; the replica that lies here goes on where it was.
    ///
    /// # Errors
    /// `wrong_credentials`; `second_step` when the account wants a code as well: [`Client::finish_sign_in`] takes it.
    pub async fn sign_in(&self, username: &str, password: Zeroizing<String>) -> Result<Me, Problem> {
        let _one = self.0.transition.lock().await;
        let (server, api) = self.front_door()?;
        let request = SignIn { username: username.into(), password: password.to_string(), device: self.device()? };
        let signed = api.sign_in(&request).await.map_err(|failure| self.first_step(failure))?;
        self.admit(server, api, signed).await
    }

    /// Ends the session. The replica and everything unsent stay, encrypted, for the next sign-in.
    pub async fn sign_out(&self) -> Result<(), Problem> {
        let _one = self.0.transition.lock().await;
        let session = self.session()?;
        let mut secrets = self.0.secrets.read().await.map_err(problem_of)?;
        secrets.token = None;
        self.0.secrets.write(secrets).await.map_err(problem_of)?;
        if let Some(api) = session.api() {
            // Offline, the server ends the session when it expires; this device has forgotten the token either way.
            if let Err(failure) = api.sign_out().await {
                tracing::info!(%failure, "the server could not be told of the sign-out");
            }
        }
        let ended = matches!(session.connection(), Connection::Blocked { problem } if problem.code == ErrorCode::Unauthorized.as_str());
        session.close().await;
        self.set_stage(Stage::SignIn {
            server: session.server.clone(),
            returning: Some(session.me()),
            reason: ended.then_some(SignInReason::SessionEnded),
        });
        Ok(())
    }

    /// Opens the vault with a passphrase, or asks the keychain again when there is none to type.
    pub async fn unlock(&self, passphrase: Option<Zeroizing<String>>) -> Result<(), Problem> {
        let _one = self.0.transition.lock().await;
        let Stage::Locked { lock: which, pending } = lock(&self.0.stage).clone() else { return Ok(()) };
        if let Some(passphrase) = passphrase {
            if which == Lock::PassphraseNew && passphrase.chars().count() < hearth_protocol::limits::PASSWORD_CHARS_MIN {
                return Err(Problem::new(
                    "weak_password",
                    format!("Choose a passphrase of at least {} characters.", hearth_protocol::limits::PASSWORD_CHARS_MIN),
                ));
            }
            self.0.secrets.unlock(passphrase).await.map_err(problem_of)?;
        }
        match pending {
            Some(pending) => self.keep(pending).await,
            None => {
                self.enter().await;
                Ok(())
            }
        }
    }

    pub(super) fn front_door(&self) -> Result<(StoredServer, Api), Problem> {
        match &*lock(&self.0.stage) {
            Stage::SignIn { server, .. } => {
                let api = Api::new(server.link.parse()?)?.speaking(self.0.profile.language.clone());
                Ok((server.clone(), api))
            }
            Stage::Ready(_) => Err(Problem::new("signed_in", "You are signed in already.")),
            _ => Err(Problem::new("no_server", "Choose a server first.")),
        }
    }

    pub(super) fn device(&self) -> Result<Device, Problem> {
        Ok(Device {
            id: self.0.folder.device().map_err(Problem::internal)?,
            name: self.0.profile.options.device_name.clone(),
            platform: self.0.profile.options.platform.clone(),
        })
    }

    /// The server said yes: keep the secrets, open the replica, go online.
    pub(super) async fn admit(&self, mut server: StoredServer, api: Api, signed: SignedIn) -> Result<Me, Problem> {
        let me = Me::from(&signed.account);
        let api = api.with_token(Zeroizing::new(signed.token.clone()));
        let admitted = async {
            self.expect_same_person(&me)?;
            let key = self.find_key(&api).await?;
            self.leave_copy(&api, &key).await?;
            Ok::<_, Problem>(Secrets { replica_key: Some(key), token: Some(Zeroizing::new(signed.token)) })
        };
        let secrets = match admitted.await {
            Ok(secrets) => secrets,
            Err(problem) => {
                // A session that nobody will use must not stay open.
                if let Err(failure) = api.sign_out().await {
                    tracing::info!(%failure, "the unused session could not be ended");
                }
                return Err(problem);
            }
        };
        (server.needs_set_up, server.invite) = (false, None);
        self.0.folder.set_server(Some(&server)).map_err(Problem::internal)?;
        self.keep(Pending { account: signed.account, secrets }).await?;
        Ok(me)
    }

    /// A replica and its outbox belong to one person, and a person has one of them in this app.
    fn expect_same_person(&self, me: &Me) -> Result<(), Problem> {
        if self.0.profile.holds(me.user, self.0.account) {
            let message = format!("{} is among the accounts in Hearth on this computer already. Go back and switch to it.", me.username);
            return Err(Problem::new("account_here", message));
        }
        match self.0.folder.account().map_err(Problem::internal)? {
            Some(other) if other.user != me.user && self.0.folder.replica_path().exists() => Err(Problem::new(
                "other_account",
                format!(
                    "The messages of {} are kept here. Sign in as {}, or add {} as another account.",
                    Me::from(&other).name,
                    other.username,
                    me.username
                ),
            )),
            _ => Ok(()),
        }
    }

    async fn keep(&self, pending: Pending) -> Result<(), Problem> {
        match self.0.secrets.write(pending.secrets.clone()).await {
            Ok(()) => {}
            Err(Closed::Lock(lock)) => {
                self.set_stage(Stage::Locked { lock, pending: Some(pending) });
                return Ok(());
            }
            Err(Closed::Problem(problem)) => return Err(problem),
        }
        self.0.folder.set_account(&pending.account).map_err(Problem::internal)?;
        self.0.folder.set_ended(None).map_err(Problem::internal)?;
        let server = self.0.folder.server().map_err(Problem::internal)?;
        if let (Some(server), Secrets { replica_key: Some(key), token: Some(token) }) = (server, pending.secrets) {
            let session = self.open_session(pending.account, server, &key).await?;
            self.ready(session, token);
        }
        Ok(())
    }

    /// The replica's key: from the keychain, else from the server's copy, else a new one.
    async fn find_key(&self, api: &Api) -> Result<Zeroizing<[u8; 32]>, Problem> {
        if let Some(key) = self.0.secrets.read().await.map_err(problem_of)?.replica_key {
            return Ok(key);
        }
        let path = self.0.folder.replica_path();
        if path.exists() {
            if let Some(key) = self.key_from_server(api).await? {
                match Replica::open(&path, &Key::from_bytes(*key)).await {
                    Ok(replica) => {
                        replica.close().await;
                        return Ok(key);
                    }
                    Err(OpenError::WrongKeyOrDamaged) => tracing::warn!("the server's copy of the key does not open the replica"),
                    // Another reason, told when it is opened for good.
                    Err(_) => return Ok(key),
                }
            }
            let aside = self.0.folder.quarantine_replica(wall_ms()).map_err(Problem::internal)?;
            self.warn(Problem::new(
                "wrong_key",
                format!(
                    "The key of the messages kept on this computer is lost. They were put aside in {}, untouched, and are being fetched again from the server.",
                    aside.display()
                ),
            ));
        }
        seal::random::<32>().map_err(Problem::internal)
    }

    async fn key_from_server(&self, api: &Api) -> Result<Option<Zeroizing<[u8; 32]>>, Problem> {
        let device = self.0.folder.device().map_err(Problem::internal)?;
        let Some(WrappedKey { wrapped }) = api.key(device).await? else { return Ok(None) };
        let secret = self.0.folder.secret().map_err(Problem::internal)?;
        let key = STANDARD.decode(wrapped).ok().and_then(|sealed| seal::open(&secret, WRAPPED_PURPOSE, &sealed).ok());
        Ok(key.and_then(|key| <[u8; 32]>::try_from(key.as_slice()).ok()).map(Zeroizing::new))
    }

    /// Leaves the wrapped copy with the server: neither this disk nor the server alone opens the replica.
    async fn leave_copy(&self, api: &Api, key: &Zeroizing<[u8; 32]>) -> Result<(), Problem> {
        let device = self.0.folder.device().map_err(Problem::internal)?;
        let secret = self.0.folder.secret().map_err(Problem::internal)?;
        let sealed = seal::seal(&secret, WRAPPED_PURPOSE, key.as_slice()).map_err(Problem::internal)?;
        Ok(api.put_key(device, &WrappedKey { wrapped: STANDARD.encode(sealed) }).await?)
    }
}

pub(super) fn problem_of(closed: Closed) -> Problem {
    match closed {
        Closed::Problem(problem) => problem,
        Closed::Lock(_) => Problem::new("keychain", "The keychain is locked. Unlock it, then try again."),
    }
}
