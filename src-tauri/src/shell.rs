//! What the shell knows: the accounts, the page, and the newest state that tray, title and closing need.

use crate::{badge::Badge, notify::Tagged, options::ProfileChoice, page::Page, words::t_with};
use hearth_client::{
    Accounts, Client,
    view::{AccountId, AccountView, Boot, Phase, Problem, Settings, Status, Update},
};
use hearth_protocol::{ids::ConversationId, limits::UNREAD_SHOWN_MAX};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::{broadcast, watch};

/// Notices that wait to be shown.
const NOTICES: usize = 1_024;

/// Managed by Tauri; one per process.
pub struct Shell {
    /// The problem is there instead when the profile's folder cannot be opened; the page shows it.
    accounts: Mutex<Result<Arc<Accounts>, Problem>>,
    /// Held while the profile is opened: once is enough.
    pub opening: tokio::sync::Mutex<()>,
    pub page: Page,
    pub profile: ProfileChoice,
    known: Mutex<Known>,
    /// What the page was told of the accounts last.
    listed: Mutex<Vec<AccountView>>,
    /// The conversation that the page shows.
    on_screen: Mutex<Option<ConversationId>>,
    /// What all accounts want to be shown.
    pub notices: broadcast::Sender<Tagged>,
    /// Turns true when the app ends; whoever has something to take down first listens.
    ending: watch::Sender<bool>,
    /// The window's title as it was set last.
    title: Mutex<String>,
    /// What stands on the app's icon.
    pub badge: watch::Sender<Badge>,
}

/// The newest of each that was heard.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    pub settings: Settings,
    /// By when they were added.
    pub accounts: BTreeMap<AccountId, Seen>,
}

/// One account's.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    pub phase: Phase,
    pub status: Status,
}

impl Known {
    /// Of all accounts.
    pub fn unread(&self) -> u32 {
        let sum = self.accounts.values().fold(0_u32, |sum, seen| sum.saturating_add(seen.status.unread));
        sum.min(UNREAD_SHOWN_MAX)
    }

    /// Of those, what is for the person.
    pub fn for_me(&self) -> u32 {
        let sum = self.accounts.values().fold(0_u32, |sum, seen| sum.saturating_add(seen.status.for_me));
        sum.min(UNREAD_SHOWN_MAX)
    }
}

impl Shell {
    pub fn new(accounts: Result<Accounts, Problem>, profile: ProfileChoice) -> Self {
        Self {
            accounts: Mutex::new(accounts.map(Arc::new)),
            opening: tokio::sync::Mutex::new(()),
            page: Page::default(),
            profile,
            known: Mutex::default(),
            listed: Mutex::default(),
            on_screen: Mutex::default(),
            notices: broadcast::channel(NOTICES).0,
            ending: watch::Sender::new(false),
            title: Mutex::default(),
            badge: watch::Sender::default(),
        }
    }

    /// # Errors
    /// The problem that keeps the profile from opening.
    pub fn accounts(&self) -> Result<Arc<Accounts>, Problem> {
        lock(&self.accounts).clone()
    }

    /// Puts what another try has brought in place of what there was.
    pub fn set_accounts(&self, accounts: Result<Accounts, Problem>) {
        *lock(&self.accounts) = accounts.map(Arc::new);
    }

    /// The account that is shown.
    ///
    /// # Errors
    /// As [`Shell::accounts`].
    pub fn client(&self) -> Result<Client, Problem> {
        let accounts = self.accounts()?;
        accounts.get(accounts.shown()).ok_or_else(|| Problem::internal("no account is shown"))
    }

    /// The first thing that the page asks for, once it is told of this account.
    pub async fn boot(&self, account: AccountId) -> Boot {
        let boot = match self.accounts().map(|accounts| accounts.get(account)) {
            Ok(Some(client)) => client.boot().await,
            Ok(None) => no_boot(Problem::internal("no such account")),
            Err(problem) => no_boot(problem),
        };
        let accounts = self.list();
        lock(&self.listed).clone_from(&accounts);
        Boot { accounts, profile: self.profile.shown().to_owned(), version: env!("CARGO_PKG_VERSION").to_owned(), ..boot }
    }

    pub fn known(&self) -> Known {
        lock(&self.known).clone()
    }

    /// Looks at an account for the first time, after somebody has begun to listen to it.
    pub async fn meet(&self, client: &Client) {
        let boot = client.boot().await;
        let mut known = lock(&self.known);
        known.settings = boot.settings;
        known.accounts.insert(client.account(), Seen { phase: boot.phase, status: boot.status });
    }

    /// Remembers what an update says, and tells whether tray and title may look different now.
    pub fn learn(&self, account: AccountId, update: &Update) -> bool {
        let mut known = lock(&self.known);
        if let Update::Settings { settings } = update {
            known.settings = settings.clone();
            return true;
        }
        // What comes late of an account that was removed is nothing to show.
        let Some(seen) = known.accounts.get_mut(&account) else { return false };
        match update {
            Update::Phase { phase } => seen.phase = phase.clone(),
            Update::Status { status } => seen.status = status.clone(),
            _ => return false,
        }
        true
    }

    pub fn forget(&self, account: AccountId) {
        lock(&self.known).accounts.remove(&account);
    }

    /// All accounts, for the switcher.
    pub fn list(&self) -> Vec<AccountView> {
        let known = self.known();
        let unread = |account: AccountId| known.accounts.get(&account).map_or(0, |seen| seen.status.unread);
        let clients = self.accounts().map(|accounts| accounts.list()).unwrap_or_default();
        clients.iter().map(|client| AccountView { unread: unread(client.account()), ..client.about() }).collect()
    }

    /// Tells the page of the accounts, if they are not as they were.
    pub fn tell_accounts(&self) {
        let accounts = self.list();
        let mut listed = lock(&self.listed);
        if *listed != accounts {
            listed.clone_from(&accounts);
            self.page.tell_any(Update::Accounts { accounts });
        }
    }

    /// What an account is called where it has to be told from others; nothing where it is the only one.
    pub fn label(&self, account: AccountId) -> Option<String> {
        label(&self.list(), account)
    }

    /// Shows something in the account that it belongs to, once the page shows that one.
    pub fn show_in(&self, account: AccountId, update: Update) {
        self.page.show(account, update);
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
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn label(accounts: &[AccountView], account: AccountId) -> Option<String> {
    let named = |view: &&AccountView| view.me.is_some();
    if accounts.iter().filter(named).count() < 2 {
        return None;
    }
    let view = accounts.iter().filter(named).find(|view| view.id == account)?;
    let name = |view: &AccountView| view.me.as_ref().map(|me| me.name.clone()).unwrap_or_default();
    let twice = accounts.iter().filter(named).filter(|other| name(other) == name(view)).count() > 1;
    Some(match twice {
        true => t_with("account-on-server", [("name", name(view).into()), ("server", view.server.clone().into())]),
        false => name(view),
    })
}

/// What there is to show without a client.
fn no_boot(problem: Problem) -> Boot {
    Boot {
        account: AccountId::FIRST,
        accounts: vec![],
        phase: Phase::Blocked { problem },
        status: Status::default(),
        settings: Settings::default(),
        profile: String::new(),
        version: String::new(),
        warning: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hearth_client::view::{AccountState, Me};
    use hearth_protocol::ids::UserId;

    fn account(number: u8, name: Option<&str>, server: &str) -> AccountView {
        let me = name.map(|name| Me { user: UserId::new(), username: name.to_lowercase(), name: name.into() });
        let id = format!("00000000-0000-0000-0000-00000000000{number}").parse().unwrap_or_default();
        AccountView { id, me, server: server.into(), embedded: false, state: AccountState::Open, unread: 0 }
    }

    #[test]
    fn an_account_is_named_only_where_there_are_several() {
        let (elin, new) = (account(1, Some("Elin"), "Home"), account(2, None, ""));
        assert_eq!(label(&[elin.clone(), new.clone()], elin.id), None, "one that is being added is none yet");
        let (bob, other) = (account(3, Some("Bob"), "Home"), account(4, Some("Elin"), "Work"));
        assert_eq!(label(&[elin.clone(), bob.clone()], bob.id).as_deref(), Some("Bob"));
        assert_eq!(label(&[elin.clone(), bob, other.clone()], other.id).as_deref(), Some("Elin, Work"));
        assert_eq!(label(&[elin.clone(), other, new.clone()], new.id), None);
    }
}
