//! An older build, for tests: one that lacks a row kind. What it does not know it keeps raw, and reads when it has been updated.
//!
//! Without the cargo feature `mutants` every kind is known and [`knows`] is a constant. With it each thread may lack one.

/// Whether this build knows the row kind of that name, if there is one.
#[cfg(not(feature = "mutants"))]
#[inline(always)]
pub const fn knows(_: &str) -> bool {
    true
}

#[cfg(feature = "mutants")]
pub use switch::{forget, knows};

#[cfg(feature = "mutants")]
mod switch {
    use std::cell::Cell;

    thread_local! {
        static FORGOTTEN: Cell<Option<&'static str>> = const { Cell::new(None) };
    }

    /// Whether this thread's build knows the row kind of that name, if there is one.
    pub fn knows(kind: &str) -> bool {
        FORGOTTEN.get() != Some(kind)
    }

    /// Makes this thread a build that lacks a kind, in place of any other; `None` makes it whole.
    pub fn forget(kind: Option<&'static str>) {
        FORGOTTEN.set(kind);
    }
}
