//! Secrets that the server has to read again are kept sealed: encrypted under a key that lies beside the database, not in it.
//!
//! Whoever gets a copy of the database alone, such as a backup, cannot open them.

use crate::{secret, tls::write_private};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use hearth_protocol::error::{ApiError, ErrorCode};
use sha2::{Digest as _, Sha256};
use std::{
    fs::{self, File},
    io,
    path::Path,
};
use zeroize::Zeroizing;

/// The key's file in the data folder: 32 random bytes.
pub(crate) const FILE: &str = "seal.key";
const NONCE: usize = 24;

/// The key. XChaCha20-Poly1305, a random nonce in front.
pub(crate) struct Seal {
    cipher: XChaCha20Poly1305,
    name: String,
}

impl Seal {
    /// Reads the key of the data folder, made at the first call.
    ///
    /// # Errors
    /// The file cannot be read or written, or is no key.
    pub fn of_folder(data_dir: &Path) -> io::Result<Self> {
        let path = data_dir.join(FILE);
        if !path.exists() {
            make(data_dir, &path)?;
        }
        let bytes = Zeroizing::new(fs::read(&path)?);
        let key: Zeroizing<[u8; 32]> = match bytes.as_slice().try_into() {
            Ok(key) => Zeroizing::new(key),
            Err(_) => return Err(io::Error::new(io::ErrorKind::InvalidData, "it is no key")),
        };
        let hash = Sha256::digest(key.as_slice());
        let name = URL_SAFE_NO_PAD.encode(hash.get(..8).unwrap_or_default());
        Ok(Self { cipher: XChaCha20Poly1305::new((&*key).into()), name })
    }

    /// By which something sealed says under which key it lies.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// `purpose` is bound to the seal: it opens for the same one only.
    pub fn close(&self, purpose: &str, plain: &[u8]) -> Result<Vec<u8>, ApiError> {
        let nonce = XNonce::from(secret::random::<NONCE>()?);
        let sealed = self.cipher.encrypt(&nonce, Payload { msg: plain, aad: purpose.as_bytes() }).map_err(|_| {
            tracing::error!("a secret could not be sealed");
            ApiError::new(ErrorCode::Internal, "The server cannot keep a secret at the moment. Tell its owner.")
        })?;
        Ok([nonce.as_slice(), sealed.as_slice()].concat())
    }

    /// `None`: it was sealed under another key or for something else, or it was changed since.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
        let nonce = XNonce::try_from(nonce).ok()?;
        self.cipher.decrypt(&nonce, Payload { msg: sealed, aad: purpose.as_bytes() }).map(Zeroizing::new).ok()
    }
}

/// Another process may start on the same folder: whoever is first makes the key, whole before it has its name.
fn make(data_dir: &Path, path: &Path) -> io::Result<()> {
    let key = Zeroizing::new(secret::random::<32>().map_err(|error| io::Error::other(error.message))?);
    let temporary = path.with_extension(format!("new{}", std::process::id()));
    write_private(&temporary, key.as_slice())?;
    let named = match fs::hard_link(&temporary, path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => fs::rename(&temporary, path),
        _ => fs::remove_file(&temporary),
    };
    named?;
    // What is sealed under the key outlives a power cut, and so must the key.
    if cfg!(unix) { File::open(data_dir)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_its_key_and_purpose_only() {
        let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let seal = Seal::of_folder(folder.path()).unwrap();
        let sealed = seal.close("one", b"a secret").unwrap();
        assert!(!sealed.windows(8).any(|window| window == b"a secret"));
        let again = Seal::of_folder(folder.path()).unwrap();
        assert_eq!(again.name(), seal.name());
        assert_eq!(again.open("one", &sealed).unwrap().as_slice(), b"a secret");
        assert!(again.open("another", &sealed).is_none());
        let other = Seal::of_folder(elsewhere.path()).unwrap();
        assert!(other.name() != seal.name() && other.open("one", &sealed).is_none());
        assert!(seal.open("one", b"short").is_none());
        fs::write(folder.path().join(FILE), b"not a key").unwrap();
        assert!(Seal::of_folder(folder.path()).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn the_key_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        Seal::of_folder(folder.path()).unwrap();
        assert_eq!(fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
