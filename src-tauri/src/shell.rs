//! What the shell knows: the client, the page, and the newest state that tray, title and closing need.

use crate::{options::ProfileChoice, page::Page};
use hearth_client::{
    Client,
    view::{Boot, Phase, Problem, Settings, Status, Update},
};
use hearth_protocol::ids::ConversationId;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// Managed by Tauri; one per process.
pub struct Shell {
    /// The problem is there instead when the profile's folder cannot be opened; the page shows it.
    client: Mutex<Result<Client, Problem>>,
    /// Held while the profile is opened: once is enough.
    pub opening: tokio::sync::Mutex<()>,
    pub page: Page,
    pub profile: ProfileChoice,
    known: Mutex<Known>,
    /// The conversation that the page shows.
    on_screen: Mutex<Option<ConversationId>>,
    /// Turns true when the app ends; whoever has something to take down first listens.
    ending: watch::Sender<bool>,
    /// The window's title as it was set last.
    title: Mutex<String>,
}

/// The newest of each that was heard.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    pub phase: Phase,
    pub status: Status,
    pub settings: Settings,
}

impl Shell {
    pub fn new(client: Result<Client, Problem>, profile: ProfileChoice, boot: Boot) -> Self {
        Self {
            client: Mutex::new(client),
            opening: tokio::sync::Mutex::new(()),
            page: Page::default(),
            profile,
            known: Mutex::new(Known { phase: boot.phase, status: boot.status, settings: boot.settings }),
            on_screen: Mutex::default(),
            ending: watch::Sender::new(false),
            title: Mutex::default(),
        }
    }

    /// # Errors
    /// The problem that keeps the profile from opening.
    pub fn client(&self) -> Result<Client, Problem> {
        lock(&self.client).clone()
    }

    /// Puts what another try has brought in place of what there was.
    pub fn set_client(&self, client: Result<Client, Problem>) {
        *lock(&self.client) = client;
    }

    /// The first thing that the page asks for.
    pub async fn boot(&self) -> Boot {
        let boot = first_look(&self.client()).await;
        Boot { profile: self.profile.shown().to_owned(), version: env!("CARGO_PKG_VERSION").to_owned(), ..boot }
    }

    pub fn known(&self) -> Known {
        lock(&self.known).clone()
    }

    /// Remembers what an update says, and tells whether tray and title may look different now.
    pub fn learn(&self, update: &Update) -> bool {
        let mut known = lock(&self.known);
        match update {
            Update::Phase { phase } => known.phase = phase.clone(),
            Update::Status { status } => known.status = status.clone(),
            Update::Settings { settings } => known.settings = settings.clone(),
            _ => return false,
        }
        true
    }

    pub fn on_screen(&self) -> Option<ConversationId> {
        *lock(&self.on_screen)
    }

    pub fn set_on_screen(&self, conversation: Option<ConversationId>) {
        *lock(&self.on_screen) = conversation;
    }

    pub fn ending(&self) -> watch::Receiver<bool> {
        self.ending.subscribe()
    }

    /// Says that the app ends, and waits for those who listen to be done.
    pub async fn end(&self) {
        self.ending.send_replace(true);
        self.ending.closed().await;
    }

    /// Remembers the title, and tells whether it is another one: status changes come many times a second.
    pub fn retitle(&self, title: &str) -> bool {
        let mut last = lock(&self.title);
        let other = *last != title;
        if other {
            title.clone_into(&mut last);
        }
        other
    }
}

/// A lock that a panic elsewhere cannot poison: what these guard is replaced whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What there is to show, with a client or without.
pub async fn first_look(client: &Result<Client, Problem>) -> Boot {
    match client {
        Ok(client) => client.boot().await,
        Err(problem) => Boot {
            phase: Phase::Blocked { problem: problem.clone() },
            status: Status::default(),
            settings: Settings::default(),
            profile: String::new(),
            version: String::new(),
            warning: None,
        },
    }
}
