//! Where the replica's key and the session's token are kept: the operating system's keychain, or nowhere in the clear.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};
use zeroize::Zeroizing;

/// The two secrets of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Entry {
    /// 32 bytes; opens the replica.
    ReplicaKey,
    /// The session's opaque token.
    Token,
}

impl Entry {
    fn name(self) -> &'static str {
        match self {
            Self::ReplicaKey => "replica-key",
            Self::Token => "token",
        }
    }
}

/// Why a keychain did not answer. An entry that is not there is `Ok(None)`, never an error.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    #[error("the keychain is locked: {0}")]
    Locked(String),
    #[error("there is no keychain: {0}")]
    Missing(String),
    #[error("the keychain failed: {0}")]
    Failed(String),
}

/// Reads and writes an account's secrets, under the name that its folder gives. Calls may block on a prompt to the person: keep them off async threads.
pub trait Keychain: Send + Sync + fmt::Debug {
    fn read(&self, profile: &str, entry: Entry) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError>;
    fn write(&self, profile: &str, entry: Entry, secret: &[u8]) -> Result<(), KeychainError>;
    fn delete(&self, profile: &str, entry: Entry) -> Result<(), KeychainError>;
}

const SERVICE: &str = "chat.hearth.desktop";

/// Secret Service on Linux, Keychain on macOS, Credential Manager on Windows.
#[derive(Debug, Default)]
pub struct OsKeychain;

impl OsKeychain {
    fn entry(profile: &str, entry: Entry) -> Result<keyring::Entry, KeychainError> {
        keyring::Entry::new(SERVICE, &format!("{profile}/{}", entry.name())).map_err(told_apart)
    }
}

impl Keychain for OsKeychain {
    fn read(&self, profile: &str, entry: Entry) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        match Self::entry(profile, entry)?.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(told_apart(error)),
        }
    }

    fn write(&self, profile: &str, entry: Entry, secret: &[u8]) -> Result<(), KeychainError> {
        Self::entry(profile, entry)?.set_secret(secret).map_err(told_apart)?;
        // A keyring that opens may still refuse to read: only what can be read back is kept.
        match self.read(profile, entry)? {
            Some(kept) if kept.as_slice() == secret => Ok(()),
            _ => Err(KeychainError::Failed("it did not give back what it was given".into())),
        }
    }

    fn delete(&self, profile: &str, entry: Entry) -> Result<(), KeychainError> {
        match Self::entry(profile, entry)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(told_apart(error)),
        }
    }
}

fn told_apart(error: keyring::Error) -> KeychainError {
    match error {
        keyring::Error::NoStorageAccess(_) => KeychainError::Locked(error.to_string()),
        keyring::Error::NoDefaultStore | keyring::Error::PlatformFailure(_) => KeychainError::Missing(error.to_string()),
        other => KeychainError::Failed(other.to_string()),
    }
}

/// What a [`MemoryKeychain`] answers, so that tests can take it away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    #[default]
    Open,
    Locked,
    Missing,
}

/// A keychain for tests: gone with the process, and it can be locked or missing.
#[derive(Clone, Debug, Default)]
pub struct MemoryKeychain(Arc<Mutex<Drawer>>);

#[derive(Debug, Default)]
struct Drawer {
    mood: Mood,
    secrets: HashMap<(String, Entry), Vec<u8>>,
}

impl MemoryKeychain {
    pub fn set_mood(&self, mood: Mood) {
        self.drawer().mood = mood;
    }

    /// Loses every entry, as a reinstalled system does.
    pub fn lose_everything(&self) {
        self.drawer().secrets.clear();
    }

    fn drawer(&self) -> std::sync::MutexGuard<'_, Drawer> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self) -> Result<std::sync::MutexGuard<'_, Drawer>, KeychainError> {
        let drawer = self.drawer();
        match drawer.mood {
            Mood::Open => Ok(drawer),
            Mood::Locked => Err(KeychainError::Locked("locked".into())),
            Mood::Missing => Err(KeychainError::Missing("missing".into())),
        }
    }
}

impl Keychain for MemoryKeychain {
    fn read(&self, profile: &str, entry: Entry) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        Ok(self.open()?.secrets.get(&(profile.into(), entry)).cloned().map(Zeroizing::new))
    }

    fn write(&self, profile: &str, entry: Entry, secret: &[u8]) -> Result<(), KeychainError> {
        self.open()?.secrets.insert((profile.into(), entry), secret.to_vec());
        Ok(())
    }

    fn delete(&self, profile: &str, entry: Entry) -> Result<(), KeychainError> {
        self.open()?.secrets.remove(&(profile.into(), entry));
        Ok(())
    }
}
