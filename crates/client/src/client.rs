//! The façade: what the window can ask for, and what it is told.

mod account;
mod changes;
mod codes;
mod conversations;
mod coverage;
mod deletion;
mod devices;
mod friends;
mod groups;
mod heal;
mod links;
mod outbox;
mod people;
mod profiles;
mod receipts;
mod search;
mod server;
mod start;
mod two_step;
mod watch;
mod window;

pub use account::SignUpForm;
pub use codes::rate_password;
pub use groups::NewChannel;

use crate::{
    hosting::{HostedServer, ServerHost},
    keychain::Keychain,
    notice::{Focus, Notice},
    profile::{Profile, StoredServer},
    secrets::{SecretStore, Secrets},
    session::Session,
    view::{Boot, Lock, Me, Phase, Problem, Server, Settings, SignInReason, Status, Update},
};
use hearth_protocol::rows::AccountRow;
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::broadcast;
use zeroize::Zeroizing;

/// How a client is opened.
pub struct Options {
    pub profile_dir: PathBuf,
    /// Names the keychain's entries: must be the same each time for the same folder.
    pub profile_name: String,
    pub keychain: Arc<dyn Keychain>,
    /// "Elin's laptop".
    pub device_name: String,
    /// "linux", "macos", "windows".
    pub platform: String,
}

/// Updates and notices that nobody has read yet; a page that lags behind asks for everything again.
const CHANNEL: usize = 1_024;

/// A profile that is open in this process; clones are the same client.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

pub(crate) struct Inner {
    profile: Arc<Profile>,
    secrets: Arc<SecretStore>,
    host: Arc<dyn ServerHost>,
    device_name: String,
    platform: String,
    updates: broadcast::Sender<Update>,
    notices: broadcast::Sender<Notice>,
    stage: Mutex<Stage>,
    /// What goes with the code of the second step; worth nothing in another stage.
    challenge: Mutex<Option<Zeroizing<String>>>,
    /// One of sign-in, sign-out, unlock and the like at a time.
    transition: tokio::sync::Mutex<()>,
    hosted: Mutex<Option<HostedServer>>,
    settings: Mutex<Settings>,
    focus: Mutex<Focus>,
    warning: Mutex<Option<Problem>>,
}

/// What [`Phase`] shows, with what it stands on.
#[derive(Clone)]
pub(crate) enum Stage {
    Starting,
    FirstRun,
    SignIn {
        server: StoredServer,
        returning: Option<Me>,
        reason: Option<SignInReason>,
    },
    /// The secrets are not at hand; `pending` waits to be kept when they are.
    Locked {
        lock: Lock,
        pending: Option<Pending>,
    },
    Blocked(Problem),
    Ready(Arc<Session>),
}

/// A sign-in that succeeded and whose secrets have nowhere to go yet.
#[derive(Clone)]
pub(crate) struct Pending {
    pub account: AccountRow,
    pub secrets: Secrets,
}

impl Client {
    /// Opens the profile; the rest (keychain, replica, embedded server) goes on in the background and arrives as updates.
    ///
    /// # Errors
    /// When the folder cannot be used or another process has it open. Must be called on a Tokio runtime.
    pub fn open(options: Options, host: Arc<dyn ServerHost>) -> Result<Self, Problem> {
        let profile = Arc::new(Profile::open(options.profile_dir, options.profile_name)?);
        let settings = profile.settings().unwrap_or_else(|error| {
            tracing::warn!(%error, "settings unreadable: defaults");
            Settings::default()
        });
        let client = Self(Arc::new(Inner {
            secrets: SecretStore::new(options.keychain, profile.clone()),
            profile,
            host,
            device_name: options.device_name,
            platform: options.platform,
            updates: broadcast::channel(CHANNEL).0,
            notices: broadcast::channel(CHANNEL).0,
            stage: Mutex::new(Stage::Starting),
            challenge: Mutex::new(None),
            transition: tokio::sync::Mutex::new(()),
            hosted: Mutex::new(None),
            settings: Mutex::new(settings),
            focus: Mutex::new(Focus::default()),
            warning: Mutex::new(None),
        }));
        tokio::spawn(client.clone().start());
        Ok(client)
    }

    /// Everything that changes, from now on.
    pub fn updates(&self) -> broadcast::Receiver<Update> {
        self.0.updates.subscribe()
    }

    /// What the system is to show or take away, from now on.
    pub fn notices(&self) -> broadcast::Receiver<Notice> {
        self.0.notices.subscribe()
    }

    /// The first thing that a page asks for.
    pub async fn boot(&self) -> Boot {
        let status = match self.session() {
            Ok(session) => session.status().await,
            Err(_) => Status::default(),
        };
        Boot {
            phase: self.phase(),
            status,
            settings: self.settings(),
            warning: lock(&self.0.warning).clone(),
            profile: self.0.profile.name().to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    pub fn phase(&self) -> Phase {
        let stage = lock(&self.0.stage).clone();
        match stage {
            Stage::Starting => Phase::Starting,
            Stage::FirstRun => Phase::FirstRun,
            Stage::SignIn { server, returning, reason } => Phase::SignIn { server: self.server_view(&server), returning, reason },
            Stage::Locked { lock, .. } => Phase::Locked { lock },
            Stage::Blocked(problem) => Phase::Blocked { problem },
            Stage::Ready(session) => {
                Phase::Ready { me: session.me.clone(), server: self.server_view(&session.server), last: session.last() }
            }
        }
    }

    /// Stops everything in order: the engine, the replica, the embedded server.
    pub async fn shutdown(&self) {
        let _one = self.0.transition.lock().await;
        let stage = std::mem::replace(&mut *lock(&self.0.stage), Stage::Starting);
        if let Stage::Ready(session) = stage {
            session.close().await;
        }
        let hosted = lock(&self.0.hosted).take();
        if let Some(hosted) = hosted {
            (hosted.stop)().await;
        }
        self.0.profile.release();
    }

    /// The replica of the person who is signed in, for tests and diagnosis: what the page needs has a method of its own.
    pub fn replica(&self) -> Result<hearth_replica::Replica, Problem> {
        Ok(self.session()?.replica.clone())
    }

    fn session(&self) -> Result<Arc<Session>, Problem> {
        match &*lock(&self.0.stage) {
            Stage::Ready(session) => Ok(session.clone()),
            _ => Err(Problem::new("not_signed_in", "Sign in first.")),
        }
    }

    fn set_stage(&self, stage: Stage) {
        *lock(&self.0.stage) = stage;
        *lock(&self.0.challenge) = None;
        self.tell(Update::Phase { phase: self.phase() });
    }

    fn tell(&self, update: Update) {
        // No page yet, or no page any more: it asks for everything when it comes.
        let _ = self.0.updates.send(update);
    }

    fn server_view(&self, stored: &StoredServer) -> Server {
        let hosted = lock(&self.0.hosted);
        let share = hosted.as_ref().map(|hosted| hosted.share.to_string()).unwrap_or_else(|| stored.link.clone());
        let address = share.parse::<hearth_protocol::link::ConnectLink>().map(|link| link.authority()).unwrap_or_else(|_| share.clone());
        Server {
            name: stored.name.clone(),
            address,
            connect_link: share,
            embedded: stored.embedded.is_some(),
            needs_set_up: stored.needs_set_up,
            accounts: stored.accounts,
        }
    }
}

/// A lock that a panic elsewhere cannot poison: what these guard is replaced whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
