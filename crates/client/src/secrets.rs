//! An account's two secrets, wherever they are: in the keychain, or under a passphrase where there is none. Never in the clear.

use crate::{
    folder::{Folder, StoredVault},
    keychain::{Entry, Keychain, KeychainError},
    seal,
    view::{Lock, Problem},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, PoisonError};
use zeroize::Zeroizing;

/// What an account keeps secret.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secrets {
    pub replica_key: Option<Zeroizing<[u8; 32]>>,
    pub token: Option<Zeroizing<String>>,
}

/// Why the secrets are not at hand.
#[derive(Clone, Debug, PartialEq)]
pub enum Closed {
    /// The person can open them.
    Lock(Lock),
    /// They cannot be had at all.
    Problem(Problem),
}

impl From<Problem> for Closed {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<std::io::Error> for Closed {
    fn from(error: std::io::Error) -> Self {
        Self::Problem(Problem::internal(error))
    }
}

/// The key that a passphrase became, for as long as the app runs.
#[derive(Clone)]
struct VaultKey {
    salt: [u8; 16],
    key: Zeroizing<[u8; 32]>,
}

#[derive(Serialize, Deserialize)]
struct Inside {
    replica_key: Option<String>,
    token: Option<String>,
}

const PURPOSE: &str = "hearth vault 1";

/// Reads and writes the secrets of one account.
pub struct SecretStore {
    keychain: Arc<dyn Keychain>,
    folder: Arc<Folder>,
    vault: Mutex<Option<VaultKey>>,
}

impl SecretStore {
    pub fn new(keychain: Arc<dyn Keychain>, folder: Arc<Folder>) -> Arc<Self> {
        Arc::new(Self { keychain, folder, vault: Mutex::new(None) })
    }

    /// What is kept. With neither keychain nor vault there is nothing: that is no error.
    pub async fn read(self: &Arc<Self>) -> Result<Secrets, Closed> {
        self.blocking(Self::read_now).await
    }

    /// Keeps the secrets; `None` removes one.
    pub async fn write(self: &Arc<Self>, secrets: Secrets) -> Result<(), Closed> {
        self.blocking(move |store| store.write_now(&secrets)).await
    }

    /// Opens the vault, or makes an empty one when there is none.
    pub async fn unlock(self: &Arc<Self>, passphrase: Zeroizing<String>) -> Result<(), Closed> {
        self.blocking(move |store| store.unlock_now(&passphrase)).await
    }

    async fn blocking<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, Closed> + Send + 'static,
    ) -> Result<T, Closed> {
        let store = self.clone();
        tokio::task::spawn_blocking(move || work(&store)).await.map_err(|error| Closed::Problem(Problem::internal(error)))?
    }

    fn read_now(&self) -> Result<Secrets, Closed> {
        if let Some(vault) = self.folder.vault()? {
            let key = self.vault_key().ok_or(Closed::Lock(Lock::Passphrase))?;
            return open_vault(&vault, &key);
        }
        match (self.entry(Entry::ReplicaKey), self.entry(Entry::Token)) {
            (Ok(key), Ok(token)) => Ok(Secrets {
                replica_key: key.and_then(|key| <[u8; 32]>::try_from(key.as_slice()).ok()).map(Zeroizing::new),
                token: token.and_then(|token| String::from_utf8(token.to_vec()).ok()).map(Zeroizing::new),
            }),
            (Err(KeychainError::Locked(_)), _) | (_, Err(KeychainError::Locked(_))) => Err(Closed::Lock(Lock::KeychainLocked)),
            (Err(error), _) | (_, Err(error)) => {
                tracing::warn!(%error, "no keychain");
                Ok(Secrets::default())
            }
        }
    }

    fn entry(&self, entry: Entry) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        self.keychain.read(self.folder.name(), entry)
    }

    fn write_now(&self, secrets: &Secrets) -> Result<(), Closed> {
        if let Some(key) = self.vault_key() {
            return Ok(self.folder.set_vault(&seal_vault(secrets, &key)?)?);
        }
        if self.folder.vault()?.is_some() {
            return Err(Closed::Lock(Lock::Passphrase));
        }
        let keep = |entry, secret: Option<&[u8]>| match secret {
            Some(secret) => self.keychain.write(self.folder.name(), entry, secret),
            None => self.keychain.delete(self.folder.name(), entry),
        };
        let kept = keep(Entry::ReplicaKey, secrets.replica_key.as_ref().map(|key| key.as_slice()))
            .and_then(|()| keep(Entry::Token, secrets.token.as_ref().map(|token| token.as_bytes())));
        match kept {
            Ok(()) => Ok(()),
            Err(KeychainError::Locked(_)) => Err(Closed::Lock(Lock::KeychainLocked)),
            Err(error) => {
                tracing::warn!(%error, "no keychain: a passphrase instead");
                Err(Closed::Lock(Lock::PassphraseNew))
            }
        }
    }

    fn unlock_now(&self, passphrase: &str) -> Result<(), Closed> {
        let vault = self.folder.vault()?;
        let salt = match &vault {
            Some(vault) => decode(&vault.salt).ok_or_else(damaged)?,
            None => *seal::random::<16>().map_err(|error| Closed::Problem(Problem::internal(error)))?,
        };
        let key = seal::stretch(passphrase, &salt).map_err(|error| Closed::Problem(Problem::internal(error)))?;
        let key = VaultKey { salt, key };
        match vault {
            Some(vault) => drop(open_vault(&vault, &key)?),
            None => self.folder.set_vault(&seal_vault(&Secrets::default(), &key)?)?,
        }
        *self.vault.lock().unwrap_or_else(PoisonError::into_inner) = Some(key);
        Ok(())
    }

    fn vault_key(&self) -> Option<VaultKey> {
        self.vault.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Takes an account's entries out of the keychain; where there is none, there are none. May block.
pub fn forget(keychain: &dyn Keychain, folder: &Folder) -> Result<(), KeychainError> {
    for entry in [Entry::ReplicaKey, Entry::Token] {
        match keychain.delete(folder.name(), entry) {
            Ok(()) | Err(KeychainError::Missing(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn seal_vault(secrets: &Secrets, key: &VaultKey) -> Result<StoredVault, Closed> {
    let inside = Inside {
        replica_key: secrets.replica_key.as_ref().map(|key| STANDARD.encode(key.as_slice())),
        token: secrets.token.as_ref().map(|token| token.to_string()),
    };
    let plain = Zeroizing::new(serde_json::to_vec(&inside).map_err(|error| Closed::Problem(Problem::internal(error)))?);
    let sealed = seal::seal(&key.key, PURPOSE, &plain).map_err(|error| Closed::Problem(Problem::internal(error)))?;
    Ok(StoredVault { salt: STANDARD.encode(key.salt), sealed: STANDARD.encode(sealed) })
}

fn open_vault(vault: &StoredVault, key: &VaultKey) -> Result<Secrets, Closed> {
    let sealed = STANDARD.decode(&vault.sealed).map_err(|_| damaged())?;
    let plain = seal::open(&key.key, PURPOSE, &sealed)
        .map_err(|_| Problem::new("wrong_passphrase", "This is not the passphrase of this account. Check Caps Lock and try again."))?;
    let inside: Inside = serde_json::from_slice(&plain).map_err(|_| damaged())?;
    Ok(Secrets { replica_key: inside.replica_key.as_deref().and_then(decode).map(Zeroizing::new), token: inside.token.map(Zeroizing::new) })
}

fn decode<const N: usize>(base64: &str) -> Option<[u8; N]> {
    STANDARD.decode(base64).ok()?.try_into().ok()
}

fn damaged() -> Closed {
    Closed::Problem(Problem::new(
        "damaged_vault",
        "The file that keeps this account's keys is damaged. Sign in again: what is on this computer opens with the server's copy of the key.",
    ))
}
