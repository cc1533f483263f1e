//! Sign-ins between their two steps, in memory: who showed the password has a few minutes and a few tries for the code.

use crate::{secret, short_lived::ShortLived};
use hearth_protocol::{Millis, account::Device, error::ApiError, ids::UserId, limits};

/// What was shown in the first step.
#[derive(Clone)]
pub(crate) struct Challenge {
    pub user: UserId,
    /// The device that signs in: the session opens there and nowhere else.
    pub device: Device,
    /// The password's hash as it was then: a new password ends what began under the old one, or without one.
    pub password_hash: Option<String>,
}

/// By the hash of what the client holds, with the tries so far.
#[derive(Default)]
pub(crate) struct Challenges(ShortLived<[u8; 32], (Challenge, u32)>);

impl Challenges {
    pub fn issue(&self, challenge: Challenge, now: Millis) -> Result<String, ApiError> {
        let token = secret::token()?;
        self.0.put(secret::hash(&token), (challenge, 0), now + limits::SECOND_STEP_MS, now)?;
        Ok(token)
    }

    /// Who this is about; nothing is counted.
    pub fn look(&self, token: &str, now: Millis) -> Option<Challenge> {
        self.0.with(&secret::hash(token), now, |(challenge, _)| challenge.clone())
    }

    /// Counts a try, before anything is compared. False: there were too many.
    pub fn attempt(&self, token: &str, now: Millis) -> bool {
        let count = |(_, tries): &mut (Challenge, u32)| {
            *tries = tries.saturating_add(1);
            *tries <= limits::SECOND_STEP_TRIES_MAX
        };
        self.0.with(&secret::hash(token), now, count).unwrap_or(false)
    }

    pub fn forget(&self, now: Millis) {
        self.0.forget(now);
    }

    /// Uses it up; false if somebody else was quicker.
    pub fn finish(&self, token: &str, now: Millis) -> bool {
        self.0.take(&secret::hash(token), now).is_some()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use hearth_protocol::ids::DeviceId;

    #[test]
    fn a_challenge_has_five_tries_and_five_minutes_and_ends_once() {
        let challenges = Challenges::default();
        let device = Device { id: DeviceId::new(), name: "a device".into(), platform: "linux".into() };
        let issue =
            || challenges.issue(Challenge { user: UserId::new(), device: device.clone(), password_hash: Some("hash".into()) }, 0).unwrap();
        let token = issue();
        assert_eq!(challenges.look(&token, 1).unwrap().device, device);
        assert!(challenges.look("another", 1).is_none() && !challenges.attempt("another", 1));
        assert!((0..limits::SECOND_STEP_TRIES_MAX).all(|_| challenges.attempt(&token, 1)));
        assert!(!challenges.attempt(&token, 1));
        let token = issue();
        assert!(challenges.finish(&token, 1) && !challenges.finish(&token, 1));
        let token = issue();
        assert!(!challenges.attempt(&token, limits::SECOND_STEP_MS) && !challenges.finish(&token, limits::SECOND_STEP_MS));
    }
}
