//! Several accounts in one app: each a [`Client`] with a folder, a replica and keychain entries of its own, all of them at work as long as
//! the app runs. One of them is shown.

use crate::{
    client::{Client, lock},
    hosting::ServerHost,
    profile::{Options, Profile},
    view::{AccountId, Problem},
};
use futures::future::join_all;
use hearth_protocol::{ids::ConversationId, limits::ACCOUNTS_MAX, link::ConnectLink, message_link::MessageLink};
use std::sync::{Arc, Mutex};
use tokio::task::JoinSet;

/// The accounts of a profile that is open in this process.
pub struct Accounts {
    profile: Arc<Profile>,
    open: Mutex<Open>,
    /// Held while one is added or removed.
    changing: tokio::sync::Mutex<()>,
    /// What is left of those that were removed before.
    erasing: tokio::sync::Mutex<JoinSet<()>>,
}

struct Open {
    /// Oldest first, never none.
    clients: Vec<Client>,
    shown: AccountId,
}

impl Accounts {
    /// Opens the profile with all its accounts; the rest goes on in the background, as [`Client::open`] says.
    ///
    /// # Errors
    /// When the folder cannot be used or another process has it open. Must be called on a Tokio runtime.
    pub fn open(options: Options, host: Arc<dyn ServerHost>) -> Result<Self, Problem> {
        let profile = Profile::open(options, host)?;
        let (accounts, leaving) = profile.accounts().map_err(Problem::internal)?;
        let shown = accounts.iter().copied().find(|account| *account == profile.shown()).or(accounts.first().copied()).unwrap_or_default();
        let clients = accounts.into_iter().map(|account| Client::enter_account(profile.clone(), account)).collect();
        let mut erasing = JoinSet::new();
        for account in leaving {
            let profile = profile.clone();
            erasing.spawn_blocking(move || erase(&profile, account));
        }
        let (open, erasing) = (Mutex::new(Open { clients, shown }), tokio::sync::Mutex::new(erasing));
        Ok(Self { profile, open, changing: tokio::sync::Mutex::default(), erasing })
    }

    /// All of them, oldest first.
    pub fn list(&self) -> Vec<Client> {
        lock(&self.open).clients.clone()
    }

    pub fn get(&self, account: AccountId) -> Option<Client> {
        self.list().into_iter().find(|client| client.account() == account)
    }

    /// The one that the window shows.
    pub fn shown(&self) -> AccountId {
        lock(&self.open).shown
    }

    /// Shows another one; the next start does, too. Nothing of the one before is on the screen any more.
    ///
    /// # Errors
    /// `account_gone` when there is no such account here.
    pub async fn show(&self, account: AccountId) -> Result<(), Problem> {
        if self.get(account).is_none() {
            return Err(gone());
        }
        let before = std::mem::replace(&mut lock(&self.open).shown, account);
        if before == account {
            return Ok(());
        }
        if let Some(before) = self.get(before) {
            before.set_focus(None, None, false).await?;
        }
        // Not knowing it costs one click at the next start.
        if let Err(error) = self.profile.set_shown(account) {
            tracing::warn!(%error, "which account is shown is not kept");
        }
        Ok(())
    }

    /// One more account, which begins at the first page. Is there one already that nobody has signed in to, it is that one.
    ///
    /// # Errors
    /// `too_many_accounts`.
    pub async fn add(&self) -> Result<Client, Problem> {
        let _one = self.changing.lock().await;
        let clients = self.list();
        if let Some(unused) = clients.iter().find(|client| client.is_unused()) {
            return Ok(unused.clone());
        }
        if clients.len() >= ACCOUNTS_MAX {
            let message = format!("Hearth has room for {ACCOUNTS_MAX} accounts on this computer. Sign out of one and remove it first.");
            return Err(Problem::new("too_many_accounts", message));
        }
        let account = self.profile.make_folder().map_err(Problem::internal)?;
        let client = Client::enter_account(self.profile.clone(), account);
        lock(&self.open).clients.push(client.clone());
        Ok(client)
    }

    /// Removes an account that nobody is signed in to from this computer, with everything that is kept here of it, and returns which one is
    /// shown now. The only one there is begins anew at its server's page.
    ///
    /// # Errors
    /// `account_gone`, or `signed_in` while somebody is, or could be with what is here: then nothing has happened.
    pub async fn remove(&self, account: AccountId) -> Result<AccountId, Problem> {
        let _one = self.changing.lock().await;
        let client = self.get(account).ok_or_else(gone)?;
        if self.list().len() == 1 {
            client.remove_account().await?;
            return Ok(account);
        }
        client.give_up().await?;
        self.profile.begin_leaving(account).map_err(Problem::internal)?;
        let next = {
            let mut open = lock(&self.open);
            let at = open.clients.iter().position(|client| client.account() == account).unwrap_or_default();
            open.clients.retain(|client| client.account() != account);
            // Its neighbour, unless another one is shown anyway.
            let beside = open.clients.get(at.saturating_sub(1)).map(Client::account).unwrap_or_default();
            if open.shown == account { beside } else { open.shown }
        };
        self.show(next).await?;
        let profile = self.profile.clone();
        tokio::task::spawn_blocking(move || erase(&profile, account)).await.map_err(Problem::internal)?;
        Ok(next)
    }

    /// The account that has this conversation; the shown one first.
    pub async fn with_conversation(&self, conversation: ConversationId) -> Option<AccountId> {
        for client in self.shown_first() {
            if client.has_conversation(conversation).await {
                return Some(client.account());
            }
        }
        None
    }

    /// The account that is on the server of this link; the shown one first.
    pub fn on_server(&self, link: &ConnectLink) -> Option<AccountId> {
        self.shown_first().into_iter().find(|client| !client.is_unused() && client.is_on(link)).map(|client| client.account())
    }

    /// The account that is on the server of a message and in its conversation, or else one that is on the server; the shown one first.
    pub async fn for_message(&self, link: &MessageLink) -> Option<AccountId> {
        for client in self.shown_first() {
            if client.is_on(&link.server) && client.has_conversation(link.conversation).await {
                return Some(client.account());
            }
        }
        self.on_server(&link.server)
    }

    /// Whether nobody has touched the window for `limits::IDLE_MS`: it is the window of all of them.
    pub async fn set_idle(&self, idle: bool) {
        for client in self.list() {
            // Whoever is not signed in is not here either way.
            let _ = client.set_idle(idle).await;
        }
    }

    /// Stops everything in order: all engines and replicas, then the embedded server.
    pub async fn shutdown(&self) {
        join_all(self.list().iter().map(Client::close)).await;
        while self.erasing.lock().await.join_next().await.is_some() {}
        self.profile.shut_down().await;
    }

    /// All of them, the shown one before the others.
    pub fn shown_first(&self) -> Vec<Client> {
        let (mut clients, shown) = (self.list(), self.shown());
        clients.sort_by_key(|client| client.account() != shown);
        clients
    }
}

/// What cannot be removed now is removed at the next start.
fn erase(profile: &Profile, account: AccountId) {
    if let Err(problem) = profile.erase(account) {
        tracing::warn!(%problem, "something of a removed account is still here");
    }
}

fn gone() -> Problem {
    Problem::new("account_gone", "This account is not in Hearth on this computer any more.")
}
