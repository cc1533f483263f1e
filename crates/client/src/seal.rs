//! Encrypting a few bytes under a key: the replica key's second copy, and the vault that stands in for a keychain.
//!
//! XChaCha20-Poly1305 with a random nonce in front; Argon2id turns a passphrase into a key.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use zeroize::Zeroizing;

/// The bytes were not sealed under this key, for this purpose, or they were changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the seal does not open with this key")]
pub struct WrongSeal;

const NONCE: usize = 24;

/// `count` bytes from the operating system's random source.
pub fn random<const COUNT: usize>() -> Result<Zeroizing<[u8; COUNT]>, getrandom::Error> {
    let mut bytes = Zeroizing::new([0; COUNT]);
    getrandom::fill(bytes.as_mut())?;
    Ok(bytes)
}

/// Seals `plain` under `key`. `purpose` is bound to the seal: it opens for the same purpose only.
pub fn seal(key: &[u8; 32], purpose: &str, plain: &[u8]) -> Result<Vec<u8>, WrongSeal> {
    let nonce = random::<NONCE>().map_err(|_| WrongSeal)?;
    let cipher = XChaCha20Poly1305::new(key.into());
    let nonce = XNonce::from(*nonce);
    let sealed = cipher.encrypt(&nonce, Payload { msg: plain, aad: purpose.as_bytes() }).map_err(|_| WrongSeal)?;
    Ok([nonce.as_slice(), sealed.as_slice()].concat())
}

/// Opens what [`seal`] made.
pub fn open(key: &[u8; 32], purpose: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, WrongSeal> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or(WrongSeal)?;
    let nonce = XNonce::try_from(nonce).map_err(|_| WrongSeal)?;
    let cipher = XChaCha20Poly1305::new(key.into());
    cipher.decrypt(&nonce, Payload { msg: sealed, aad: purpose.as_bytes() }).map(Zeroizing::new).map_err(|_| WrongSeal)
}

/// Stretches a passphrase into a key: Argon2id, 64 MiB, 3 passes (about a quarter of a second). Blocks.
pub fn stretch(passphrase: &str, salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>, argon2::Error> {
    let mut key = Zeroizing::new([0; 32]);
    let params = Params::new(64 * 1024, 3, 1, Some(32))?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(passphrase.as_bytes(), salt, key.as_mut())?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_seal_opens_with_its_key_and_purpose_only() {
        let key = [7; 32];
        let sealed = seal(&key, "replica-key", b"secret").unwrap();
        assert_eq!(open(&key, "replica-key", &sealed).unwrap().as_slice(), b"secret");
        assert_eq!(open(&[8; 32], "replica-key", &sealed), Err(WrongSeal));
        assert_eq!(open(&key, "other", &sealed), Err(WrongSeal));
        let mut bent = sealed.clone();
        *bent.last_mut().unwrap() ^= 1;
        assert_eq!(open(&key, "replica-key", &bent), Err(WrongSeal));
        assert_eq!(open(&key, "replica-key", b"short"), Err(WrongSeal));
    }

    #[test]
    fn a_passphrase_stretches_to_the_same_key_with_the_same_salt() {
        let key = stretch("correct horse", &[1; 16]).unwrap();
        assert_eq!(key, stretch("correct horse", &[1; 16]).unwrap());
        assert_ne!(key, stretch("correct horse", &[2; 16]).unwrap());
    }
}
