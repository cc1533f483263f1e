//! The server's clock: the only one that orders or decides anything.

use hearth_protocol::Millis;
use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970-01-01 UTC.
pub(crate) fn now() -> Millis {
    #[cfg(feature = "sim")]
    if let Some(now) = set::NOW.get() {
        return now;
    }
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX)
}

/// The simulator's clock.
#[cfg(feature = "sim")]
pub(crate) mod set {
    use hearth_protocol::Millis;
    use std::cell::Cell;

    thread_local! {
        pub(super) static NOW: Cell<Option<Millis>> = const { Cell::new(None) };
    }

    /// What this thread's servers take for the time; `None`: the computer's clock again.
    pub(crate) fn set(now: Option<Millis>) {
        NOW.set(now);
    }
}
