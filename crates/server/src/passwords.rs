//! Passwords: Argon2id with OWASP's parameters, a few at a time, off the async threads.

use crate::gate::Gate;
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    limits,
};
use std::sync::{Arc, OnceLock};
use zxcvbn::zxcvbn;

/// OWASP's first choice: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// Hashes and verifies; cheap to clone.
#[derive(Clone)]
pub(crate) struct Passwords {
    /// As many at once as there are cores: more would only take memory.
    gate: Gate,
    /// What an unknown person's password is checked against, so that it takes the same time.
    decoy: Arc<str>,
}

impl Passwords {
    pub fn new() -> Result<Self, ApiError> {
        /// One for the process: it takes as long as any other hash.
        static DECOY: OnceLock<Arc<str>> = OnceLock::new();
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let decoy = match DECOY.get() {
            Some(decoy) => decoy.clone(),
            None => {
                let decoy: Arc<str> = hash(&crate::secret::token()?)?.into();
                DECOY.get_or_init(|| decoy).clone()
            }
        };
        let gate = Gate::new(cores, "Too many people are signing in at the moment. Try again in a few seconds.");
        Ok(Self { gate, decoy })
    }

    /// The PHC string of a password that somebody chose. `about` is what is known of them.
    ///
    /// # Errors
    /// `weak_password` with the reason.
    pub async fn hash_new(&self, password: String, chars_min: usize, about: Vec<String>) -> Result<String, ApiError> {
        let chars_min = chars_min.max(limits::PASSWORD_CHARS_FLOOR);
        self.gate
            .work(move || {
                let about: Vec<&str> = about.iter().map(String::as_str).collect();
                check(&password, chars_min, &about)?;
                hash(&password)
            })
            .await?
    }

    /// The PHC string to store.
    pub async fn hash(&self, password: String) -> Result<String, ApiError> {
        self.gate.work(move || hash(&password)).await?
    }

    /// Whether the password belongs to the stored hash; `None` (nobody has that name) takes as long and is false.
    pub async fn verify(&self, password: String, stored: Option<String>) -> Result<bool, ApiError> {
        let decoy = self.decoy.clone();
        self.gate
            .work(move || {
                let known = stored.is_some();
                let stored = stored.unwrap_or_else(|| decoy.to_string());
                let matches =
                    PasswordHash::new(&stored).is_ok_and(|stored| Argon2::default().verify_password(password.as_bytes(), &stored).is_ok());
                matches && known
            })
            .await
    }
}

/// Says what is wrong with a password that somebody chose; `about` is what is known of them, which is guessed first.
pub(crate) fn check(password: &str, chars_min: usize, about: &[&str]) -> Result<(), ApiError> {
    let weak = |message: String| Err(ApiError::new(ErrorCode::WeakPassword, message));
    if password.chars().count() < chars_min {
        return weak(format!("The password is too short: at least {chars_min} characters. A few words in a row are easy to remember."));
    }
    if password.len() > limits::PASSWORD_BYTES_MAX {
        return weak("The password is too long: at most 512 bytes.".into());
    }
    if zxcvbn(password, about).guesses() < limits::PASSWORD_GUESSES_MIN {
        return weak("This password is guessed soon. Take a few words in a row that have nothing to do with your name.".into());
    }
    Ok(())
}

fn hash(password: &str) -> Result<String, ApiError> {
    hash_with(password, MEMORY_KIB, PASSES)
}

/// Takes no time and is worth nothing: for the simulator's people.
#[cfg(feature = "sim")]
pub(crate) fn hash_quickly(password: &str) -> Result<String, ApiError> {
    hash_with(password, Params::MIN_M_COST, 1)
}

fn hash_with(password: &str, memory_kib: u32, passes: u32) -> Result<String, ApiError> {
    let failed = |error: String| {
        tracing::error!(error, "a password could not be hashed");
        ApiError::new(ErrorCode::Internal, "The server could not store the password. Tell its owner.")
    };
    let params = Params::new(memory_kib, passes, 1, None).map_err(|error| failed(error.to_string()))?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hashed = argon2.hash_password(password.as_bytes()).map_err(|error| failed(error.to_string()))?;
    Ok(hashed.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::time::Duration;

    #[tokio::test]
    async fn only_the_right_password_of_a_known_person_is_right() {
        let passwords = Passwords::new().unwrap();
        let stored = passwords.hash("correct horse".into()).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(passwords.verify("correct horse".into(), Some(stored.clone())).await.unwrap());
        assert!(!passwords.verify("wrong horse".into(), Some(stored)).await.unwrap());
        assert!(!passwords.verify("correct horse".into(), None).await.unwrap());
    }

    #[tokio::test]
    async fn an_unknown_person_takes_as_long_as_a_known_one() {
        let passwords = Passwords::new().unwrap();
        let stored = passwords.hash("correct horse".into()).await.unwrap();
        let mut quickest = [Duration::MAX; 2];
        for _ in 0..5 {
            for (quickest, stored) in quickest.iter_mut().zip([Some(stored.clone()), None]) {
                let begun = std::time::Instant::now();
                passwords.verify("wrong horse".into(), stored).await.unwrap();
                *quickest = begun.elapsed().min(*quickest);
            }
        }
        // Without the decoy the second would be a thousand times quicker; the factor leaves room for a busy machine.
        assert!(quickest[1] * 3 > quickest[0], "{quickest:?}");
    }

    #[tokio::test]
    async fn all_of_it_waits_for_its_turn() {
        let passwords = Passwords { gate: Gate::new(1, "busy"), ..Passwords::new().unwrap() };
        let hashing = std::time::Instant::now();
        let stored = passwords.hash("correct horse".into()).await.unwrap();
        // Many times as long as any of them takes, and not so long that they are sent away.
        let long = (hashing.elapsed() * 10).min(Duration::from_secs(5));
        let (begins, begun) = tokio::sync::oneshot::channel();
        let (release, held) = std::sync::mpsc::channel::<()>();
        let turn = tokio::spawn({
            let gate = passwords.gate.clone();
            async move { gate.work(move || (begins.send(()), held.recv())).await.is_ok() }
        });
        begun.await.unwrap();
        let (hash, hash_new) = (passwords.hash("one".into()), passwords.hash_new("correct horse battery".into(), 10, vec![]));
        let verify = passwords.verify("correct horse".into(), Some(stored));
        let (mut hash, mut hash_new, mut verify) = (Box::pin(hash), Box::pin(hash_new), Box::pin(verify));
        let one_is_done = async {
            tokio::select! { _ = &mut hash => (), _ = &mut hash_new => (), _ = &mut verify => () }
        };
        assert!(tokio::time::timeout(long, one_is_done).await.is_err(), "more at once than there are places");
        release.send(()).unwrap();
        assert!(turn.await.unwrap());
        let (hash, hash_new, verified) = tokio::join!(hash, hash_new, verify);
        assert!(hash.is_ok() && hash_new.is_ok() && verified.unwrap());
    }

    #[test]
    fn bad_passwords_are_refused_with_a_reason() {
        let about = ["maren.solberg", "Maren", "Solberg"];
        for password in ["short", "aaaaaaaaaaaaaa", "maren.solberg1", "password12", "qwertyuiop", &"x1".repeat(300)] {
            assert_eq!(check(password, 10, &about).unwrap_err().code, ErrorCode::WeakPassword, "{password}");
        }
        assert!(check("correct horse battery", 10, &about).is_ok());
        assert!(check("tR7!qz", 6, &about).is_ok(), "an owner may ask for less");
    }
}
