//! A keychain in a file, so that a process can be killed and find its secrets again, and a test can take them away.

use hearth_client::{
    Keychain,
    keychain::{Entry, KeychainError},
};
use std::{collections::BTreeMap, fs, io, path::PathBuf, sync::Mutex};
use zeroize::Zeroizing;

type Drawer = BTreeMap<String, Vec<u8>>;

/// For tests only: it keeps what it should hide.
#[derive(Debug)]
pub struct FileKeychain {
    path: PathBuf,
    /// One change at a time.
    one: Mutex<()>,
}

impl FileKeychain {
    pub fn new(path: PathBuf) -> Self {
        Self { path, one: Mutex::new(()) }
    }

    fn drawer(&self) -> Result<Drawer, KeychainError> {
        match fs::read(&self.path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| KeychainError::Failed(error.to_string())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Drawer::new()),
            Err(error) => Err(KeychainError::Failed(error.to_string())),
        }
    }

    fn change(&self, change: impl FnOnce(&mut Drawer)) -> Result<(), KeychainError> {
        let failed = |error: io::Error| KeychainError::Failed(error.to_string());
        let _one = self.one.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut drawer = self.drawer()?;
        change(&mut drawer);
        let bytes = serde_json::to_vec(&drawer).map_err(|error| KeychainError::Failed(error.to_string()))?;
        let beside = self.path.with_extension("new");
        fs::write(&beside, bytes).map_err(failed)?;
        fs::rename(&beside, &self.path).map_err(failed)
    }
}

fn name(profile: &str, entry: Entry) -> String {
    format!("{profile}/{entry:?}")
}

impl Keychain for FileKeychain {
    fn read(&self, profile: &str, entry: Entry) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        Ok(self.drawer()?.remove(&name(profile, entry)).map(Zeroizing::new))
    }

    fn write(&self, profile: &str, entry: Entry, secret: &[u8]) -> Result<(), KeychainError> {
        self.change(|drawer| {
            drawer.insert(name(profile, entry), secret.to_vec());
        })
    }

    fn delete(&self, profile: &str, entry: Entry) -> Result<(), KeychainError> {
        self.change(|drawer| {
            drawer.remove(&name(profile, entry));
        })
    }
}
