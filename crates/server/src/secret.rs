//! Random secrets and their hashes.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    limits::CODE_DIGITS,
};
use sha2::{Digest, Sha256};

/// Letters and digits that nobody confuses with one another, 32 of them.
const CODE_LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// 256 random bits in base64url: a session's token, a ticket.
pub(crate) fn token() -> Result<String, ApiError> {
    random::<32>().map(|bytes| URL_SAFE_NO_PAD.encode(bytes))
}

/// A set-up code that a person can type: 130 bits as `XXXXX-XXXXX-..`.
pub(crate) fn set_up_code() -> Result<String, ApiError> {
    let letters = letters::<26>()?;
    let groups: Vec<&str> = [0..5, 5..10, 10..15, 15..20, 20..26].into_iter().filter_map(|range| letters.get(range)).collect();
    Ok(groups.join("-"))
}

/// A code for who has lost their authenticator app: 80 bits as `XXXX-XXXX-XXXX-XXXX`.
pub(crate) fn recovery_code() -> Result<String, ApiError> {
    let letters = letters::<16>()?;
    let groups: Vec<&str> = [0..4, 4..8, 8..12, 12..16].into_iter().filter_map(|range| letters.get(range)).collect();
    Ok(groups.join("-"))
}

fn letters<const N: usize>() -> Result<String, ApiError> {
    let bytes = random::<N>()?;
    Ok(bytes.iter().filter_map(|byte| CODE_LETTERS.get(usize::from(byte % 32)).map(|letter| char::from(*letter))).collect())
}

/// A one-time code: eight digits.
pub(crate) fn one_time_code() -> Result<String, ApiError> {
    let number = u64::from_le_bytes(random::<8>()?) % 10_u64.pow(CODE_DIGITS as u32);
    Ok(format!("{number:0CODE_DIGITS$}"))
}

pub(crate) fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// Compares codes by their hashes, so that the time taken says nothing about where they differ; case, spaces and dashes do not count.
pub(crate) fn same_code(a: &str, b: &str) -> bool {
    let plain = |code: &str| code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    hash(&plain(a)) == hash(&plain(b))
}

pub(crate) fn random<const N: usize>() -> Result<[u8; N], ApiError> {
    let mut bytes = [0_u8; N];
    getrandom::fill(&mut bytes).map_err(|error| {
        tracing::error!(%error, "the system gives no random numbers");
        ApiError::new(ErrorCode::Internal, "The server cannot make a secret at the moment. Tell its owner.")
    })?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn codes_are_typed_freely_and_differ() {
        let code = set_up_code().unwrap();
        assert_eq!(code.len(), 30);
        assert!(same_code(&code, &code.to_lowercase().replace('-', " ")));
        assert!(!same_code(&code, &set_up_code().unwrap()));
        assert_eq!(token().unwrap().len(), 43);
        let code = one_time_code().unwrap();
        assert!(code.len() == 8 && code.chars().all(|c| c.is_ascii_digit()) && code != one_time_code().unwrap(), "{code}");
    }
}
