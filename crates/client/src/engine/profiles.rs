//! When the server is asked what has changed of people: once caught up, when it says so, and every ten minutes, for what is not said.

use hearth_protocol::limits;

/// Asked again this often: who was last seen when is never pushed.
const EVERY_MS: u64 = limits::SEEN_EVERY_MS.unsigned_abs();
/// However often the server says so, this much lies between two questions.
const PAUSE_MS: u64 = 2_000;
/// A failed question is asked again after this.
const RETRY_MS: u64 = 60_000;

/// The times of one connection.
#[derive(Debug, Default)]
pub(super) struct ProfilesClock {
    /// When the next question is due; `None` before the connection is live.
    due_at: Option<u64>,
    asked_at: u64,
    running: bool,
}

impl ProfilesClock {
    pub fn deadline(&self) -> u64 {
        self.due_at.unwrap_or(u64::MAX)
    }

    /// The connection is live: whatever was said before, everything is asked.
    pub fn begin(&mut self, now: u64) {
        self.asked(now);
    }

    /// The server says that something changed. True: ask now.
    pub fn hint(&mut self, now: u64) -> bool {
        let Some(due_at) = self.due_at else { return false };
        let soon = self.asked_at + PAUSE_MS;
        if self.running || now < soon {
            self.due_at = Some(due_at.min(soon.max(now)));
            return false;
        }
        self.asked(now);
        true
    }

    /// True when a question is due, and from then on under way.
    pub fn tick(&mut self, now: u64) -> bool {
        if self.due_at.is_none_or(|due_at| now < due_at) {
            return false;
        }
        if self.running {
            self.due_at = Some(now + PAUSE_MS);
            return false;
        }
        self.asked(now);
        true
    }

    /// The last page is here.
    pub fn done(&mut self) {
        self.running = false;
    }

    pub fn failed(&mut self, now: u64) {
        self.running = false;
        self.due_at = self.due_at.map(|due_at| due_at.min(now + RETRY_MS));
    }

    fn asked(&mut self, now: u64) {
        (self.due_at, self.asked_at, self.running) = (Some(now + EVERY_MS), now, true);
    }
}
