//! How far this process has told its sockets what is in the change log.

use crate::store::change_log::Entry;
use std::collections::VecDeque;

/// Ranges that wait for an older one; above this the tail finds the rest by itself.
const AHEAD_MAX: usize = 4_096;

/// Everything up to `told` was pushed or hinted; some ranges beyond it as well.
pub(super) struct Position {
    told: u64,
    /// `(from, upto]` of pushes after a commit that another process made, oldest first.
    ahead: VecDeque<(u64, u64)>,
}

impl Position {
    pub fn new(told: u64) -> Self {
        Self { told, ahead: VecDeque::new() }
    }

    pub fn told(&self) -> u64 {
        self.told
    }

    /// Notes that `(from, upto]` was pushed.
    pub fn pushed(&mut self, from: u64, upto: u64) {
        if from <= self.told {
            self.told = self.told.max(upto);
        } else if self.ahead.len() < AHEAD_MAX {
            self.ahead.push_back((from, upto));
        }
        self.catch_up();
    }

    /// Those of the log's next entries that nobody was told about.
    pub fn untold(&self, entries: &[Entry]) -> Vec<Entry> {
        let told = |entry: &Entry| entry.n <= self.told || self.ahead.iter().any(|(from, upto)| (from + 1..=*upto).contains(&entry.n));
        entries.iter().filter(|entry| !told(entry)).copied().collect()
    }

    /// Notes that everything up to here was pushed or hinted.
    pub fn caught_up(&mut self, upto: u64) {
        self.told = self.told.max(upto);
        self.catch_up();
    }

    fn catch_up(&mut self) {
        while let Some((from, upto)) = self.ahead.front().copied() {
            if from > self.told {
                break;
            }
            self.told = self.told.max(upto);
            self.ahead.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hearth_protocol::{ids::UserId, stream::StreamId};

    fn entries(range: std::ops::RangeInclusive<u64>) -> Vec<Entry> {
        range.map(|n| Entry { n, stream: StreamId::User(UserId::default()), head: n }).collect()
    }

    fn numbers(entries: Vec<Entry>) -> Vec<u64> {
        entries.iter().map(|entry| entry.n).collect()
    }

    #[test]
    fn what_was_pushed_is_not_told_again_and_what_others_committed_is() {
        let mut position = Position::new(10);
        position.pushed(10, 12);
        assert_eq!(position.told(), 12);
        // 13 and 14 are another process's; 15 is ours.
        position.pushed(14, 15);
        assert_eq!(position.told(), 12);
        assert_eq!(numbers(position.untold(&entries(13..=16))), [13, 14, 16]);
        assert_eq!(position.told(), 12, "not before they were told");
        position.caught_up(16);
        assert_eq!(position.told(), 16);
        assert_eq!(numbers(position.untold(&entries(13..=16))), Vec::<u64>::new());
    }
}
