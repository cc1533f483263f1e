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
    client: Result<Client, Problem>,
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
        let known = Mutex::new(Known { phase: boot.phase, status: boot.status, settings: boot.settings });
        Self {
            client,
            page: Page::default(),
            profile,
            known,
            on_screen: Mutex::default(),
            ending: watch::Sender::new(false),
            title: Mutex::default(),
        }
    }

    /// # Errors
    /// The problem that keeps the profile from opening.
    pub fn client(&self) -> Result<&Client, Problem> {
        self.client.as_ref().map_err(Clone::clone)
    }

    /// The first thing that the page asks for.
    pub async fn boot(&self) -> Boot {
        let boot = match &self.client {
            Ok(client) => client.boot().await,
            Err(problem) => blocked(problem.clone()),
        };
        Boot { profile: self.profile.shown().to_owned(), version: env!("CARGO_PKG_VERSION").to_owned(), ..boot }
    }

    pub fn known(&self) -> Known {
        self.lock().clone()
    }

    /// Remembers what an update says, and tells whether tray and title may look different now.
    pub fn learn(&self, update: &Update) -> bool {
        let mut known = self.lock();
        match update {
            Update::Phase { phase } => known.phase = phase.clone(),
            Update::Status { status } => known.status = status.clone(),
            Update::Settings { settings } => known.settings = settings.clone(),
            _ => return false,
        }
        true
    }

    pub fn on_screen(&self) -> Option<ConversationId> {
        *self.on_screen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn set_on_screen(&self, conversation: Option<ConversationId>) {
        *self.on_screen.lock().unwrap_or_else(PoisonError::into_inner) = conversation;
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
        let mut last = self.title.lock().unwrap_or_else(PoisonError::into_inner);
        let other = *last != title;
        if other {
            title.clone_into(&mut last);
        }
        other
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What there is to show without a client.
pub fn blocked(problem: Problem) -> Boot {
    Boot {
        phase: Phase::Blocked { problem },
        status: Status::default(),
        settings: Settings::default(),
        profile: String::new(),
        version: String::new(),
    }
}
