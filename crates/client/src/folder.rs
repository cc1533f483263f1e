//! An account's folder: everything of one person on this computer, apart from what the keychain holds.
//!
//! | file | holds |
//! |---|---|
//! | `device.json` | the device's id, made once; outlives sign-out and the loss of the keychain |
//! | `server.json` | which server this account is on |
//! | `account.json` | who signed in here last; no secret |
//! | `ended.json` | what has ended their session here from elsewhere, until they sign in again |
//! | `secret` | 32 random bytes that wrap the replica key's copy on the server |
//! | `vault.json` | key and token under a passphrase, only where there is no keychain |
//! | `replica.db` | the encrypted replica |

use crate::{api::SessionEnd, files, seal, view::AccountRules};
use hearth_protocol::{ids::DeviceId, rows::AccountRow};
use serde::{Deserialize, Serialize};
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// The replica's files.
const REPLICA: [&str; 3] = ["replica.db", "replica.db-wal", "replica.db-shm"];
/// How the folders begin in which replicas lie that were put aside.
const QUARANTINE: &str = "quarantine-";
const ACCOUNT: &str = "account.json";
const VAULT: &str = "vault.json";

/// One account's place in the profile.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    name: String,
}

/// Which server an account is on.
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
    /// The secret of the invitation that led here, until somebody has signed up by it.
    #[serde(default)]
    pub invite: Option<String>,
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

impl Folder {
    /// `name` names the keychain's entries and must be the same each time.
    pub fn new(path: PathBuf, name: String) -> Self {
        Self { path, name }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn replica_path(&self) -> PathBuf {
        self.at("replica.db")
    }

    pub fn device(&self) -> io::Result<DeviceId> {
        if let Some(stored) = files::read::<StoredDevice>(&self.at("device.json"))? {
            return Ok(stored.id);
        }
        let id = DeviceId(uuid::Uuid::new_v4());
        files::write(&self.at("device.json"), &StoredDevice { id })?;
        Ok(id)
    }

    pub fn server(&self) -> io::Result<Option<StoredServer>> {
        files::read(&self.at("server.json"))
    }

    pub fn set_server(&self, server: Option<&StoredServer>) -> io::Result<()> {
        self.put("server.json", server)
    }

    pub fn account(&self) -> io::Result<Option<AccountRow>> {
        files::read(&self.at(ACCOUNT))
    }

    pub fn set_account(&self, account: &AccountRow) -> io::Result<()> {
        files::write(&self.at(ACCOUNT), account)
    }

    /// What has ended its person's session from elsewhere.
    pub fn ended(&self) -> io::Result<Option<SessionEnd>> {
        files::read(&self.at("ended.json"))
    }

    pub fn set_ended(&self, end: Option<&SessionEnd>) -> io::Result<()> {
        self.put("ended.json", end)
    }

    pub fn vault(&self) -> io::Result<Option<StoredVault>> {
        files::read(&self.at(VAULT))
    }

    pub fn set_vault(&self, vault: &StoredVault) -> io::Result<()> {
        files::write(&self.at(VAULT), vault)
    }

    /// The secret that wraps the replica key's copy on the server; made once.
    pub fn secret(&self) -> io::Result<Zeroizing<[u8; 32]>> {
        let path = self.at("secret");
        match fs::read(&path) {
            Ok(bytes) => {
                let bytes = Zeroizing::new(bytes);
                <[u8; 32]>::try_from(bytes.as_slice()).map(Zeroizing::new).map_err(|_| io::Error::other("the secret file is damaged"))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let secret = seal::random::<32>().map_err(io::Error::other)?;
                files::write_whole(&path, secret.as_ref())?;
                Ok(secret)
            }
            Err(error) => Err(error),
        }
    }

    /// Puts a replica that does not open aside, whole, and returns where it lies now.
    pub fn quarantine_replica(&self, now_ms: i64) -> io::Result<PathBuf> {
        let folder = self.at(&format!("{QUARANTINE}{now_ms}"));
        fs::create_dir_all(&folder)?;
        for name in REPLICA {
            match fs::rename(self.at(name), folder.join(name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(folder)
    }

    /// Whether anything lies here that somebody could miss: who signed in, messages, or their keys.
    pub fn holds_somebody(&self) -> bool {
        let aside = || self.put_aside().is_ok_and(|folders| !folders.is_empty());
        [ACCOUNT, VAULT, REPLICA[0]].iter().any(|name| self.at(name).exists()) || aside()
    }

    /// Removes every message that is kept here, copies that were put aside included, and who they were of. What it stops at is tried
    /// again by whoever asks again: the account is the last to go.
    pub fn remove_account(&self) -> io::Result<()> {
        for name in REPLICA {
            files::remove(&self.at(name))?;
        }
        for folder in self.put_aside()? {
            fs::remove_dir_all(folder)?;
        }
        files::remove(&self.at(ACCOUNT))?;
        self.set_ended(None)
    }

    /// The same, and all else that is here of this account; what the profile keeps beside it stays.
    pub fn remove_everything(&self) -> io::Result<()> {
        self.remove_account()?;
        for name in [VAULT, "server.json", "secret", "device.json"] {
            files::remove(&self.at(name))?;
        }
        Ok(())
    }

    fn put_aside(&self) -> io::Result<Vec<PathBuf>> {
        let mut found = vec![];
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(QUARANTINE) && entry.file_type()?.is_dir() {
                found.push(entry.path());
            }
        }
        Ok(found)
    }

    fn put<T: Serialize>(&self, name: &str, value: Option<&T>) -> io::Result<()> {
        match value {
            Some(value) => files::write(&self.at(name), value),
            None => files::remove(&self.at(name)),
        }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}
