//! A computer whose app has several accounts.

use hearth_client::{
    Accounts, Client, MemoryKeychain, NoHost, Options, ServerHost, SignUpForm,
    keychain::{Entry, Keychain},
    view::{AccountId, Connection, Phase, Problem},
};
use hearth_testkit::Town;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};
use tempfile::TempDir;
use zeroize::Zeroizing;

pub const PASSWORD: &str = "a kettle on the hob";

/// A computer with one profile.
pub struct Computer {
    pub accounts: Accounts,
    pub keychain: MemoryKeychain,
    pub folder: TempDir,
}

impl Computer {
    pub fn new() -> Self {
        let (folder, keychain) = (tempfile::tempdir().unwrap(), MemoryKeychain::default());
        let accounts = open(folder.path(), &keychain, Arc::new(NoHost)).unwrap();
        Self { accounts, keychain, folder }
    }

    pub async fn restarts(&mut self) {
        self.accounts.shutdown().await;
        self.opens().await;
    }

    pub async fn opens(&mut self) {
        self.accounts = open(self.folder.path(), &self.keychain, Arc::new(NoHost)).unwrap();
        for client in self.accounts.list() {
            until(&client, "it has started", async || client.phase() != Phase::Starting).await;
        }
    }

    /// Somebody new joins a town, with one more account.
    pub async fn joins(&self, town: &Town, name: &str) -> Client {
        let client = self.accounts.add().await.unwrap();
        signs_up(&client, town, name).await;
        client
    }

    pub fn names(&self) -> Vec<Option<String>> {
        self.accounts.list().iter().map(|client| client.about().me.map(|me| me.username)).collect()
    }

    pub fn secrets(&self, name: &str) -> usize {
        [Entry::ReplicaKey, Entry::Token].iter().filter(|entry| self.keychain.read(name, **entry).unwrap().is_some()).count()
    }

    pub fn place(&self, account: AccountId) -> PathBuf {
        self.folder.path().join("accounts").join(account.to_string())
    }

    pub fn is_gone(&self, account: AccountId) {
        let list = fs::read_to_string(self.folder.path().join("accounts.json")).unwrap();
        let leaving = list.split("leaving").last().unwrap();
        assert!(!self.place(account).exists() && !leaving.contains(&account.to_string()), "{list}");
        assert_eq!(self.secrets(&format!("home/{account}")), 0);
    }
}

pub fn open(folder: &Path, keychain: &MemoryKeychain, host: Arc<dyn ServerHost>) -> Result<Accounts, Problem> {
    let options = Options {
        profile_dir: folder.to_owned(),
        profile_name: "home".into(),
        keychain: Arc::new(keychain.clone()),
        device_name: "laptop".into(),
        platform: "linux".into(),
    };
    Accounts::open(options, host)
}

/// A town that takes anybody in.
pub async fn founded() -> Town {
    let town = Town::founded().await;
    town.resident("Founder").await;
    town
}

pub async fn until(client: &Client, what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let mut updates = client.updates();
    let waited = async {
        while !holds().await {
            let _ = updates.recv().await;
        }
    };
    let patience = std::time::Duration::from_secs(60);
    assert!(tokio::time::timeout(patience, waited).await.is_ok(), "never: {what}; {:?}", client.phase());
}

pub async fn is_live(client: &Client) {
    until(client, "live", async || client.boot().await.status.connection == Connection::Live).await;
}

pub fn form(name: &str) -> SignUpForm {
    SignUpForm {
        username: name.to_lowercase(),
        first_name: name.into(),
        last_name: String::new(),
        password: Zeroizing::new(PASSWORD.into()),
        email: None,
        set_up_code: None,
        invite: None,
    }
}

pub async fn signs_up(client: &Client, town: &Town, name: &str) {
    until(client, "it has started", async || client.phase() != Phase::Starting).await;
    client.connect(&town.link()).await.unwrap();
    client.sign_up(form(name)).await.unwrap();
    is_live(client).await;
}
