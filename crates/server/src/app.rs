//! Everything that a request may need, in one place.

use crate::{
    challenges::Challenges, config::Limits, fanout::Fanout, installation::Installation, pictures::Pictures, post::Post,
    providers::Providers, rates::Rates, seen::Seen, settings::Settings, short_lived::ShortLived, store::Store, tickets::Tickets,
};
use hearth_protocol::{
    admin::ServerSettings,
    ids::{Epoch, SessionId, UserId},
};
use std::sync::Arc;
use tokio::sync::Notify;
use zeroize::Zeroizing;

/// A running server's parts; shared by all requests.
pub(crate) struct App {
    pub installation: Installation,
    pub fanout: Fanout,
    pub tickets: Tickets,
    pub challenges: Challenges,
    /// The secrets of authenticator apps from which no code has come yet.
    pub set_ups: ShortLived<SessionId, Zeroizing<Vec<u8>>>,
    pub providers: Providers,
    pub settings: Settings,
    pub pictures: Pictures,
    pub people_seen: Seen<UserId>,
    pub sessions_seen: Seen<SessionId>,
    pub limits: Limits,
    /// What the first admin must bring; `None` where whoever signs up first is the admin.
    pub set_up_code: Option<String>,
    /// Whether there is a mail server; codes are printed otherwise.
    pub mail: bool,
    pub post: Post,
    /// Somebody has just deleted an account.
    pub erasure: Notify,
    /// The `Origin` headers with which a WebSocket may be opened, besides none.
    pub origins: Vec<String>,
}

impl App {
    pub fn store(&self) -> &Store {
        &self.installation.store
    }

    /// What the people who manage the server have decided.
    pub fn settings(&self) -> Arc<ServerSettings> {
        self.settings.now()
    }

    pub fn rates(&self) -> Arc<Rates> {
        self.settings.rates()
    }

    /// Characters that a new password has at least.
    pub fn password_chars_min(&self) -> usize {
        self.settings().password_chars_min as usize
    }

    pub fn epoch(&self) -> Epoch {
        self.installation.epoch()
    }
}
