//! When people and their sessions were last connected: noted when their last socket closes, and every ten minutes while one is open.

use hearth_protocol::{Millis, limits::SEEN_EVERY_MS};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Who or what has a socket open, and what has none any more since this was last asked, with the moment when its last one closed.
pub(crate) struct Presence<K> {
    pub connected: BTreeSet<K>,
    pub left: BTreeMap<K, Millis>,
}

/// What is noted, and what is yet to be.
pub(crate) struct Seen<K>(Mutex<State<K>>);

struct State<K> {
    /// What the database has of those who are or were lately connected.
    noted: BTreeMap<K, Millis>,
    /// Who has closed their last socket since, and when.
    left: BTreeMap<K, Millis>,
}

impl<K> Default for Seen<K> {
    fn default() -> Self {
        Self(Mutex::new(State { noted: BTreeMap::new(), left: BTreeMap::new() }))
    }
}

impl<K: Ord + Copy> Seen<K> {
    /// What is to be noted now. Who has come back is as if they had never left.
    pub fn due(&self, Presence { connected, left }: Presence<K>, now: Millis) -> Vec<(K, Millis)> {
        let mut state = self.state();
        state.left.extend(left);
        state.left.retain(|who, _| !connected.contains(who));
        state.noted.retain(|who, at| connected.contains(who) || *at > now - SEEN_EVERY_MS);
        let lately = |who: &K| state.noted.get(who).is_some_and(|at| *at > now - SEEN_EVERY_MS);
        let here = connected.iter().filter(|who| !lately(who)).map(|who| (*who, now));
        state.left.iter().map(|(who, at)| (*who, *at)).chain(here).collect()
    }

    /// It is in the database.
    pub fn noted(&self, seen: &[(K, Millis)]) {
        let mut state = self.state();
        for (who, at) in seen {
            state.noted.insert(*who, *at);
            if state.left.get(who).is_some_and(|left| left <= at) {
                state.left.remove(who);
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State<K>> {
        // No code panics while it holds the lock.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_stays_is_noted_now_and_then_and_who_leaves_at_once() {
        let (seen, who) = (Seen::default(), 7);
        let here = |left: &[(u8, Millis)]| Presence { connected: BTreeSet::from([who]), left: left.iter().copied().collect() };
        let gone = |left: &[(u8, Millis)]| Presence { connected: BTreeSet::new(), left: left.iter().copied().collect() };
        let stays = |now| seen.due(here(&[]), now);
        assert_eq!(stays(1_000), [(who, 1_000)]);
        assert_eq!(stays(1_001), [(who, 1_001)], "the database did not take it");
        seen.noted(&[(who, 1_001)]);
        assert_eq!(stays(1_000 + SEEN_EVERY_MS), []);
        assert_eq!(stays(1_001 + SEEN_EVERY_MS), [(who, 1_001 + SEEN_EVERY_MS)]);
        seen.noted(&[(who, 1_001 + SEEN_EVERY_MS)]);
        let at = 5_000 + SEEN_EVERY_MS;
        assert_eq!(seen.due(here(&[(who, at)]), at + 1), [], "back already");
        assert_eq!(seen.due(gone(&[(who, at)]), at + 2), [(who, at)]);
        assert_eq!(seen.due(gone(&[]), at + 3), [(who, at)], "until it is noted");
        seen.noted(&[(who, at)]);
        assert_eq!(seen.due(gone(&[]), at + 4), []);
        assert_eq!(stays(at + 5), [], "noted a moment ago");
    }
}
