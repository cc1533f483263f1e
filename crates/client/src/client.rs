//! The façade: what the window can ask for, and what it is told.

mod account;
mod admin;
mod answer;
mod archive;
mod arrange;
mod changes;
mod codes;
mod collections;
mod conversations;
mod coverage;
mod dates;
mod deletion;
mod devices;
mod forward;
mod friends;
mod further;
mod groups;
mod heal;
mod inbox;
mod links;
mod marked;
mod members;
mod mentions;
mod message_links;
mod missing;
mod ordered;
mod outbox;
pub(crate) mod people;
mod pictures;
mod profiles;
mod providers;
mod reactions;
mod receipts;
mod replies;
mod scheduled;
mod search;
mod server;
mod start;
mod telling;
mod threads;
mod two_step;
mod versions;
mod watch;
mod why;
mod window;

pub use account::SignUpForm;
pub use codes::rate_password;
pub use groups::NewChannel;
pub use providers::{Errand, Visit};
pub(crate) use server::needs_server;

use crate::{
    folder::{Folder, StoredServer},
    hosting::ServerHost,
    notice::{Focus, Notice},
    profile::{Options, Profile},
    secrets::{SecretStore, Secrets},
    session::Session,
    view::{AccountId, AccountState, AccountView, Boot, Lock, Me, Phase, Problem, Server, SignInReason, Status, Update},
};
use hearth_protocol::rows::AccountRow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{broadcast, oneshot};
use zeroize::Zeroizing;

/// Updates and notices that nobody has read yet; a page that lags behind asks for everything again.
const CHANNEL: usize = 1_024;

/// An account that is open in this process; clones are the same client.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

pub(crate) struct Inner {
    account: AccountId,
    /// What it shares with the other accounts of the app.
    profile: Arc<Profile>,
    folder: Arc<Folder>,
    secrets: Arc<SecretStore>,
    updates: broadcast::Sender<Update>,
    notices: broadcast::Sender<Notice>,
    stage: Mutex<Stage>,
    /// What goes with the code of the second step; worth nothing in another stage.
    challenge: Mutex<Option<Zeroizing<String>>>,
    /// By whom a provider has just vouched who is new on the server; likewise.
    newcomer: Mutex<Option<Zeroizing<String>>>,
    /// Ends the visit to a provider that is under way, when it goes.
    visit: Mutex<Option<oneshot::Sender<()>>>,
    /// The archive that is being made.
    archive: archive::Making,
    /// One of sign-in, sign-out, unlock and the like at a time.
    transition: tokio::sync::Mutex<()>,
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
    /// Opens a profile's first account, for programs that have no use for others; the rest (keychain, replica, embedded server) goes on in
    /// the background and arrives as updates.
    ///
    /// # Errors
    /// When the folder cannot be used or another process has it open. Must be called on a Tokio runtime.
    pub fn open(options: Options, host: Arc<dyn ServerHost>) -> Result<Self, Problem> {
        Ok(Self::enter_account(Profile::open(options, host)?, AccountId::FIRST))
    }

    /// Opens one of a profile's accounts. Must be called on a Tokio runtime.
    pub(crate) fn enter_account(profile: Arc<Profile>, account: AccountId) -> Self {
        let folder = Arc::new(profile.folder(account));
        let client = Self(Arc::new(Inner {
            account,
            secrets: SecretStore::new(profile.options.keychain.clone(), folder.clone()),
            profile,
            folder,
            updates: broadcast::channel(CHANNEL).0,
            notices: broadcast::channel(CHANNEL).0,
            stage: Mutex::new(Stage::Starting),
            challenge: Mutex::new(None),
            newcomer: Mutex::new(None),
            visit: Mutex::new(None),
            archive: Mutex::new(None),
            transition: tokio::sync::Mutex::new(()),
            focus: Mutex::new(Focus::default()),
            warning: Mutex::new(None),
        }));
        tokio::spawn(client.clone().start());
        client
    }

    pub fn account(&self) -> AccountId {
        self.0.account
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
            Ok(session) => self.status(&session).await,
            Err(_) => Status::default(),
        };
        Boot {
            account: self.0.account,
            accounts: vec![self.about()],
            phase: self.phase(),
            status,
            settings: self.settings(),
            warning: lock(&self.0.warning).clone(),
            profile: self.0.profile.options.profile_name.clone(),
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
            Stage::Ready(session) => Phase::Ready { me: session.me(), server: self.server_view(&session.server), last: session.last() },
        }
    }

    /// The account as a list of them shows it; what is unread there is a matter of [`Status`].
    pub fn about(&self) -> AccountView {
        let stage = lock(&self.0.stage).clone();
        let (state, me, server) = match stage {
            Stage::Ready(session) => (AccountState::Open, Some(session.me()), Some(session.server.clone())),
            Stage::FirstRun => (AccountState::New, None, None),
            Stage::SignIn { server, returning, .. } => {
                (if returning.is_some() { AccountState::SignedOut } else { AccountState::New }, returning, Some(server))
            }
            Stage::Starting => self.kept(AccountState::Open),
            Stage::Locked { .. } => self.kept(AccountState::Locked),
            Stage::Blocked(_) => self.kept(AccountState::Blocked),
        };
        let embedded = server.as_ref().is_some_and(|server| server.embedded.is_some());
        let server =
            server.map(|server| self.server_view(&server)).map(|Server { name, address, .. }| if name.is_empty() { address } else { name });
        AccountView { id: self.0.account, me, server: server.unwrap_or_default(), embedded, state, unread: 0 }
    }

    /// What the folder says while nothing is open.
    fn kept(&self, state: AccountState) -> (AccountState, Option<Me>, Option<StoredServer>) {
        let folder = &self.0.folder;
        let me = folder.account().ok().flatten().as_ref().map(Me::from);
        let state = if folder.holds_somebody() { state } else { AccountState::New };
        (state, me, folder.server().ok().flatten())
    }

    /// Stops everything in order: the engine, the replica, the embedded server.
    pub async fn shutdown(&self) {
        self.close().await;
        self.0.profile.shut_down().await;
    }

    /// Stops the engine and closes the replica.
    pub(crate) async fn close(&self) {
        let _one = self.0.transition.lock().await;
        let stage = std::mem::replace(&mut *lock(&self.0.stage), Stage::Starting);
        if let Stage::Ready(session) = stage {
            session.close().await;
        }
    }

    /// The replica of the person who is signed in, for tests and diagnosis: what the page needs has a method of its own.
    pub fn replica(&self) -> Result<hearth_replica::Replica, Problem> {
        Ok(self.session()?.replica.clone())
    }

    fn session(&self) -> Result<Arc<Session>, Problem> {
        match &*lock(&self.0.stage) {
            Stage::Ready(session) => Ok(session.clone()),
            _ => Err(Problem::not_signed_in()),
        }
    }

    fn set_stage(&self, stage: Stage) {
        *lock(&self.0.stage) = stage;
        *lock(&self.0.challenge) = None;
        *lock(&self.0.newcomer) = None;
        self.cancel_visit();
        self.tell(Update::Phase { phase: self.phase() });
    }

    fn tell(&self, update: Update) {
        // No page yet, or no page any more: it asks for everything when it comes.
        let _ = self.0.updates.send(update);
    }

    fn server_view(&self, stored: &StoredServer) -> Server {
        let hosted = stored.embedded.and_then(|_| self.0.profile.hosting.now());
        let share = hosted.map(|hosted| hosted.share.to_string()).unwrap_or_else(|| stored.link.clone());
        let address = share.parse::<hearth_protocol::link::ConnectLink>().map(|link| link.authority()).unwrap_or_else(|_| share.clone());
        Server {
            name: stored.name.clone(),
            address,
            connect_link: share,
            embedded: stored.embedded.is_some(),
            needs_set_up: stored.needs_set_up,
            accounts: stored.accounts.clone(),
            invite: stored.invite.clone(),
        }
    }
}

/// A lock that a panic elsewhere cannot poison: what these guard is replaced whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
