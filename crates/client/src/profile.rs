//! A profile: the folder of one app, with the accounts in it and what they share.
//!
//! | file | holds |
//! |---|---|
//! | `lock` | nothing; held by the process that has the profile open |
//! | `settings.json` | how the person wants the window, before any replica is open |
//! | `accounts.json` | which account was shown last, and which are on their way out |
//! | `accounts/ID/` | an account's [`Folder`]; the first one's files lie beside these, as they did when there was only one |
//! | `server/` | the embedded server's data, if this profile runs one |
//!
//! Which accounts there are is what the folders hold: a lost `accounts.json` loses none of them.

use crate::{
    client::lock,
    files,
    folder::Folder,
    hosting::{Hosting, ServerHost},
    keychain::Keychain,
    language::Language,
    view::{AccountId, Problem, Settings},
};
use hearth_protocol::ids::UserId;
use hearth_words::Spoken;
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeSet,
    fs, io,
    path::PathBuf,
    sync::{Arc, Mutex},
};

/// How a profile is opened.
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

/// An open profile; the folder is locked for this process while it lives.
pub struct Profile {
    pub options: Options,
    pub hosting: Hosting,
    pub language: Language,
    lock: Mutex<Option<fs::File>>,
    settings: Mutex<Settings>,
    listed: Mutex<Listed>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Listed {
    shown: AccountId,
    /// Removed by their person; what is left of them goes at the next occasion.
    leaving: BTreeSet<AccountId>,
}

impl Profile {
    /// Opens or makes the folder.
    pub fn open(options: Options, host: Arc<dyn ServerHost>) -> Result<Arc<Self>, Problem> {
        let folder = options.profile_dir.clone();
        let said = |error: io::Error| {
            Problem::new(
                "profile",
                format!("Hearth cannot use its folder {} ({error}). Make it writable, or start with --profile-dir.", folder.display()),
            )
        };
        files::make_private(&folder).map_err(said)?;
        let lock = fs::File::create(folder.join("lock")).map_err(said)?;
        if lock.try_lock().is_err() {
            return Err(Problem::new("profile_in_use", "This profile is open in another Hearth. Use that window, or close it first."));
        }
        let settings = files::read(&folder.join("settings.json")).unwrap_or_else(|error| {
            tracing::warn!(%error, "settings unreadable: defaults");
            None
        });
        let listed = files::read(&folder.join("accounts.json")).unwrap_or_else(|error| {
            tracing::warn!(%error, "which account was shown last is unreadable: the first one");
            None
        });
        let (settings, language): (Settings, _) = (settings.unwrap_or_default(), Language::default());
        // The page says more, once it is there: what the system prefers, and how it writes numbers.
        if let Some(chosen) = settings.language.as_deref().and_then(Spoken::of) {
            language.speak(chosen);
        }
        Ok(Arc::new(Self {
            hosting: Hosting::new(host, folder.join("server")),
            language,
            options,
            lock: Mutex::new(Some(lock)),
            settings: Mutex::new(settings),
            listed: Mutex::new(listed.unwrap_or_default()),
        }))
    }

    /// Ends what the accounts share, and lets another process open the folder, when nothing writes to it any more.
    pub async fn shut_down(&self) {
        self.hosting.stop().await;
        lock(&self.lock).take();
    }

    pub fn settings(&self) -> Settings {
        lock(&self.settings).clone()
    }

    pub fn set_settings(&self, settings: &Settings) -> io::Result<()> {
        files::write(&self.at("settings.json"), settings)?;
        settings.clone_into(&mut lock(&self.settings));
        Ok(())
    }

    /// The folder of an account; the first one's is the profile's own.
    pub fn folder(&self, account: AccountId) -> Folder {
        let Options { profile_dir, profile_name, .. } = &self.options;
        if account == AccountId::FIRST {
            return Folder::new(profile_dir.clone(), profile_name.clone());
        }
        // No profile's name has a slash, so no other profile's entries are called so.
        Folder::new(self.at("accounts").join(account.to_string()), format!("{profile_name}/{account}"))
    }

    /// Makes the folder of one more account.
    pub fn make_folder(&self) -> io::Result<AccountId> {
        let account = AccountId::new();
        files::make_private(&self.at("accounts"))?;
        files::make_private(self.folder(account).path())?;
        Ok(account)
    }

    /// The accounts to open, oldest first, never none; and those of which something is left to be removed.
    pub fn accounts(&self) -> io::Result<(Vec<AccountId>, BTreeSet<AccountId>)> {
        let mut leaving = lock(&self.listed).leaving.clone();
        let (held, empty): (BTreeSet<_>, BTreeSet<_>) = self
            .found()?
            .into_iter()
            .filter(|account| !leaving.contains(account))
            .partition(|account| self.folder(*account).holds_somebody());
        let mut open: Vec<AccountId> = held.into_iter().collect();
        if open.is_empty() {
            // Where somebody began is where they go on.
            open.push(match empty.first() {
                Some(account) => *account,
                None => self.make_folder()?,
            });
        }
        leaving.extend(empty.into_iter().filter(|account| *account != AccountId::FIRST && !open.contains(account)));
        Ok((open, leaving))
    }

    /// Every account that there is a folder of. Ids sort by when they were made.
    fn found(&self) -> io::Result<BTreeSet<AccountId>> {
        let mut found = BTreeSet::from([AccountId::FIRST]);
        match fs::read_dir(self.at("accounts")) {
            Ok(entries) => {
                for entry in entries {
                    // Exactly as we write ids: what is called otherwise is not ours.
                    let name = entry?.file_name();
                    found
                        .extend(name.to_str().and_then(|name| name.parse::<AccountId>().ok()).filter(|id| name == id.to_string().as_str()));
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        Ok(found)
    }

    /// Whether another account than this one is this person's.
    pub fn holds(&self, person: UserId, besides: AccountId) -> bool {
        let leaving = lock(&self.listed).leaving.clone();
        let accounts = self.found().unwrap_or_default().into_iter().filter(|account| *account != besides && !leaving.contains(account));
        accounts.into_iter().any(|account| self.folder(account).account().ok().flatten().is_some_and(|row| row.user == person))
    }

    /// The account that was shown last.
    pub fn shown(&self) -> AccountId {
        lock(&self.listed).shown
    }

    pub fn set_shown(&self, account: AccountId) -> io::Result<()> {
        self.change(|listed| listed.shown = account)
    }

    /// Takes an account off for good: whatever happens from here on, it is not opened again and [`Profile::erase`] is called for it.
    pub fn begin_leaving(&self, account: AccountId) -> io::Result<()> {
        self.change(|listed| _ = listed.leaving.insert(account))
    }

    /// Removes what there is of an account that is leaving: its keys, then its files. May block on the keychain.
    pub fn erase(&self, account: AccountId) -> Result<(), Problem> {
        let folder = self.folder(account);
        let forgotten = crate::secrets::forget(&*self.options.keychain, &folder);
        if account == AccountId::FIRST {
            folder.remove_everything().map_err(Problem::internal)?;
        } else {
            match fs::remove_dir_all(folder.path()) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(Problem::internal(error)),
                _ => {}
            }
        }
        forgotten.map_err(Problem::internal)?;
        self.change(|listed| _ = listed.leaving.remove(&account)).map_err(Problem::internal)
    }

    fn change(&self, change: impl FnOnce(&mut Listed)) -> io::Result<()> {
        let mut listed = lock(&self.listed);
        let mut next = listed.clone();
        change(&mut next);
        files::write(&self.at("accounts.json"), &next)?;
        *listed = next;
        Ok(())
    }

    fn at(&self, name: &str) -> PathBuf {
        self.options.profile_dir.join(name)
    }
}
