//! A profile's folder: everything of one person on this computer, apart from what the keychain holds.
//!
//! | file | holds |
//! |---|---|
//! | `device.json` | the device's id, made once; outlives sign-out and the loss of the keychain |
//! | `server.json` | which server this profile talks to |
//! | `account.json` | who signed in here last; no secret |
//! | `ended.json` | what has ended their session here from elsewhere, until they sign in again |
//! | `secret` | 32 random bytes that wrap the replica key's copy on the server |
//! | `vault.json` | key and token under a passphrase, only where there is no keychain |
//! | `settings.json` | how the person wants the window, before any replica is open |
//! | `replica.db` | the encrypted replica |
//! | `server/` | the embedded server's data, if this profile runs one |

use crate::{
    api::SessionEnd,
    seal,
    view::{AccountRules, Problem, Settings},
};
use hearth_protocol::{ids::DeviceId, rows::AccountRow};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Mutex,
};
use zeroize::Zeroizing;

/// The replica's files.
const REPLICA: [&str; 3] = ["replica.db", "replica.db-wal", "replica.db-shm"];
/// How the folders begin in which replicas lie that were put aside.
const QUARANTINE: &str = "quarantine-";

/// An open profile; the folder is locked for this process while it lives.
#[derive(Debug)]
pub struct Profile {
    folder: PathBuf,
    name: String,
    lock: Mutex<Option<fs::File>>,
}

/// Which server a profile talks to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredServer {
    /// A connect link; an embedded server's may change with its port.
    pub link: String,
    pub name: String,
    /// No account was there when we looked last: the first one becomes its admin.
    pub needs_set_up: bool,
    /// Set when the server runs inside this app.
    pub embedded: Option<Embedded>,
    /// As they were when we looked last.
    #[serde(default)]
    pub accounts: AccountRules,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Embedded {
    /// Reachable by other machines on the network, over TLS.
    pub lan: bool,
}

#[derive(Serialize, Deserialize)]
struct StoredDevice {
    id: DeviceId,
}

/// Key and token under a passphrase.
#[derive(Serialize, Deserialize)]
pub struct StoredVault {
    /// Base64, 16 bytes.
    pub salt: String,
    /// Base64, as [`seal::seal`] makes it, of a JSON object with `replica_key` and `token`.
    pub sealed: String,
}

impl Profile {
    /// Opens or makes the folder. `name` names the keychain's entries and must be the same each time.
    pub fn open(folder: PathBuf, name: String) -> Result<Self, Problem> {
        let said = |error: io::Error| {
            Problem::new(
                "profile",
                format!("Hearth cannot use its folder {} ({error}). Make it writable, or start with --profile-dir.", folder.display()),
            )
        };
        fs::create_dir_all(&folder).map_err(said)?;
        restrict(&folder).map_err(said)?;
        let lock = fs::File::create(folder.join("lock")).map_err(said)?;
        if lock.try_lock().is_err() {
            return Err(Problem::new("profile_in_use", "This profile is open in another Hearth. Use that window, or close it first."));
        }
        Ok(Self { folder, name, lock: Mutex::new(Some(lock)) })
    }

    /// Lets another process open the folder, when nothing writes to it any more.
    pub fn release(&self) {
        crate::client::lock(&self.lock).take();
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn replica_path(&self) -> PathBuf {
        self.folder.join("replica.db")
    }

    pub fn server_folder(&self) -> PathBuf {
        self.folder.join("server")
    }

    pub fn device(&self) -> io::Result<DeviceId> {
        if let Some(stored) = self.read::<StoredDevice>("device.json")? {
            return Ok(stored.id);
        }
        let id = DeviceId(uuid::Uuid::new_v4());
        self.write("device.json", &StoredDevice { id })?;
        Ok(id)
    }

    pub fn server(&self) -> io::Result<Option<StoredServer>> {
        self.read("server.json")
    }

    pub fn set_server(&self, server: Option<&StoredServer>) -> io::Result<()> {
        match server {
            Some(server) => self.write("server.json", server),
            None => self.remove("server.json"),
        }
    }

    pub fn account(&self) -> io::Result<Option<AccountRow>> {
        self.read("account.json")
    }

    pub fn set_account(&self, account: &AccountRow) -> io::Result<()> {
        self.write("account.json", account)
    }

    /// What has ended its person's session from elsewhere.
    pub fn ended(&self) -> io::Result<Option<SessionEnd>> {
        self.read("ended.json")
    }

    pub fn set_ended(&self, end: Option<&SessionEnd>) -> io::Result<()> {
        match end {
            Some(end) => self.write("ended.json", end),
            None => self.remove("ended.json"),
        }
    }

    /// Removes every message that is kept here, copies that were put aside included, and who they were of. What it stops at is tried
    /// again by whoever asks again: the account is the last to go.
    pub fn remove_account(&self) -> io::Result<()> {
        for name in REPLICA {
            self.remove(name)?;
        }
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(QUARANTINE) && entry.file_type()?.is_dir() {
                fs::remove_dir_all(entry.path())?;
            }
        }
        self.remove("account.json")?;
        self.set_ended(None)
    }

    pub fn settings(&self) -> io::Result<Settings> {
        Ok(self.read("settings.json")?.unwrap_or_default())
    }

    pub fn set_settings(&self, settings: &Settings) -> io::Result<()> {
        self.write("settings.json", settings)
    }

    pub fn vault(&self) -> io::Result<Option<StoredVault>> {
        self.read("vault.json")
    }

    pub fn set_vault(&self, vault: &StoredVault) -> io::Result<()> {
        self.write("vault.json", vault)
    }

    /// The secret that wraps the replica key's copy on the server; made once.
    pub fn secret(&self) -> io::Result<Zeroizing<[u8; 32]>> {
        let path = self.folder.join("secret");
        match fs::read(&path) {
            Ok(bytes) => {
                let bytes = Zeroizing::new(bytes);
                <[u8; 32]>::try_from(bytes.as_slice()).map(Zeroizing::new).map_err(|_| io::Error::other("the secret file is damaged"))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let secret = seal::random::<32>().map_err(io::Error::other)?;
                write_whole(&path, secret.as_ref())?;
                Ok(secret)
            }
            Err(error) => Err(error),
        }
    }

    /// Puts a replica that does not open aside, whole, and returns where it lies now.
    pub fn quarantine_replica(&self, now_ms: i64) -> io::Result<PathBuf> {
        let folder = self.folder.join(format!("{QUARANTINE}{now_ms}"));
        fs::create_dir_all(&folder)?;
        for name in REPLICA {
            match fs::rename(self.folder.join(name), folder.join(name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(folder)
    }

    fn read<T: DeserializeOwned>(&self, name: &str) -> io::Result<Option<T>> {
        match fs::read(self.folder.join(name)) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|error| io::Error::other(format!("{name}: {error}"))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn write<T: Serialize>(&self, name: &str, value: &T) -> io::Result<()> {
        write_whole(&self.folder.join(name), &serde_json::to_vec_pretty(value)?)
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        match fs::remove_file(self.folder.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Writes beside and renames over, so that a crash leaves the old file or the new one.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = fs::File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&beside, path)
}

#[cfg(unix)]
fn restrict(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn restrict(_folder: &Path) -> io::Result<()> {
    Ok(())
}
