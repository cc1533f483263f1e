//! When people were last connected: noted when their last socket closes, and every ten minutes while one is open.

use hearth_protocol::{Millis, ids::UserId, limits::SEEN_EVERY_MS};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// What is noted, and what is yet to be.
#[derive(Default)]
pub(crate) struct Seen(Mutex<State>);

#[derive(Default)]
struct State {
    /// What the database has of those who are or were lately connected.
    noted: BTreeMap<UserId, Millis>,
    /// Who has closed their last socket since, and when.
    left: BTreeMap<UserId, Millis>,
}

impl Seen {
    /// What is to be noted now. Who has come back is as if they had never left.
    pub fn due(&self, connected: &BTreeSet<UserId>, left: BTreeMap<UserId, Millis>, now: Millis) -> Vec<(UserId, Millis)> {
        let mut state = self.state();
        state.left.extend(left);
        state.left.retain(|user, _| !connected.contains(user));
        state.noted.retain(|user, at| connected.contains(user) || *at > now - SEEN_EVERY_MS);
        let lately = |user: &UserId| state.noted.get(user).is_some_and(|at| *at > now - SEEN_EVERY_MS);
        let here = connected.iter().filter(|user| !lately(user)).map(|user| (*user, now));
        state.left.iter().map(|(user, at)| (*user, *at)).chain(here).collect()
    }

    /// It is in the database.
    pub fn noted(&self, people: &[(UserId, Millis)]) {
        let mut state = self.state();
        for (user, at) in people {
            state.noted.insert(*user, *at);
            if state.left.get(user).is_some_and(|left| left <= at) {
                state.left.remove(user);
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No code panics while it holds the lock.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_stays_is_noted_now_and_then_and_who_leaves_at_once() {
        let (seen, user) = (Seen::default(), UserId::new());
        let (here, nobody) = (BTreeSet::from([user]), BTreeSet::new());
        let stays = |now| seen.due(&here, BTreeMap::new(), now);
        assert_eq!(stays(1_000), [(user, 1_000)]);
        assert_eq!(stays(1_001), [(user, 1_001)], "the database did not take it");
        seen.noted(&[(user, 1_001)]);
        assert_eq!(stays(1_000 + SEEN_EVERY_MS), []);
        assert_eq!(stays(1_001 + SEEN_EVERY_MS), [(user, 1_001 + SEEN_EVERY_MS)]);
        seen.noted(&[(user, 1_001 + SEEN_EVERY_MS)]);
        let at = 5_000 + SEEN_EVERY_MS;
        let left = |now| seen.due(&nobody, BTreeMap::from([(user, at)]), now);
        assert_eq!(seen.due(&here, BTreeMap::from([(user, at)]), at + 1), [], "back already");
        assert_eq!(left(at + 2), [(user, at)]);
        assert_eq!(seen.due(&nobody, BTreeMap::new(), at + 3), [(user, at)], "until it is noted");
        seen.noted(&[(user, at)]);
        assert_eq!(seen.due(&nobody, BTreeMap::new(), at + 4), []);
        assert_eq!(stays(at + 5), [], "noted a moment ago");
    }
}
