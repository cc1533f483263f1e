//! What is kept in memory for a while and then forgotten: tickets, and sign-ins and set-ups that are half done.

use hearth_protocol::{
    Millis,
    error::{ApiError, ErrorCode},
};
use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Many more would mean that somebody only asks for them.
const KEPT_MAX: usize = 50_000;

/// Each value has a time by which it is worth nothing.
pub(crate) struct ShortLived<K, V>(Mutex<HashMap<K, (V, Millis)>>);

impl<K, V> Default for ShortLived<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash, V> ShortLived<K, V> {
    /// Takes the place of what is kept under the same key.
    ///
    /// # Errors
    /// `rate_limited` when too much is kept.
    pub fn put(&self, key: K, value: V, until: Millis, now: Millis) -> Result<(), ApiError> {
        let mut kept = self.lock();
        if kept.len() >= KEPT_MAX {
            Self::forget_old(&mut kept, now);
        }
        if kept.len() >= KEPT_MAX {
            let message = "Too many people are signing in or connecting. Try again in a moment.";
            return Err(ApiError::new(ErrorCode::RateLimited, message).retry_after(5_000));
        }
        kept.insert(key, (value, until));
        Ok(())
    }

    /// Looks at something, and may change it; `None` if it is not there or too old.
    pub fn with<T>(&self, key: &K, now: Millis, look: impl FnOnce(&mut V) -> T) -> Option<T> {
        let mut kept = self.lock();
        let (value, _) = kept.get_mut(key).filter(|(_, until)| *until > now)?;
        Some(look(value))
    }

    pub fn take(&self, key: &K, now: Millis) -> Option<V> {
        let (value, until) = self.lock().remove(key)?;
        (until > now).then_some(value)
    }

    /// Forgets what is too old.
    pub fn forget(&self, now: Millis) {
        Self::forget_old(&mut self.lock(), now);
    }

    fn forget_old(kept: &mut HashMap<K, (V, Millis)>, now: Millis) {
        kept.retain(|_, (_, until)| *until > now);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, (V, Millis)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
