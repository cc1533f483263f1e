//! The connection's states, and the ways between them.

use crate::view::Problem;

/// The connection's named states.
#[derive(Clone, Debug, PartialEq)]
pub enum Link {
    /// Not wanted: signed out, or not started.
    Stopped,
    /// Nothing will help but the person: the session ended, or the versions do not match.
    Blocked(Problem),
    Waiting {
        until: u64,
        problem: Problem,
    },
    Connecting {
        until: u64,
    },
    /// Welcomed; what was missed is on its way.
    CatchingUp,
    Live,
}

/// Every transition that there is.
pub(super) fn legal(from: &Link, to: &Link) -> bool {
    use Link::{Blocked, CatchingUp, Connecting, Live, Stopped, Waiting};
    matches!(
        (from, to),
        (_, Stopped)
            | (Stopped | Waiting { .. } | Blocked(_), Connecting { .. })
            | (Connecting { .. }, CatchingUp)
            | (CatchingUp, Live)
            | (Connecting { .. } | CatchingUp | Live, Waiting { .. } | Blocked(_))
    )
}
