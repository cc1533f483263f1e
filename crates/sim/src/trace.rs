//! What happened, as lines: hashed always, so that two runs can be compared; printed when somebody wants to read them.

use std::{
    collections::hash_map::DefaultHasher,
    fmt,
    hash::{Hash, Hasher},
    io::Write as _,
};

#[derive(Clone)]
pub struct Trace {
    hasher: DefaultHasher,
    shown: bool,
}

impl Trace {
    pub fn new(shown: bool) -> Self {
        Self { hasher: DefaultHasher::new(), shown }
    }

    pub fn line(&mut self, now: u64, line: impl fmt::Display) {
        let line = line.to_string();
        (now, &line).hash(&mut self.hasher);
        if self.shown {
            // Whoever reads may stop reading.
            let _ = writeln!(std::io::stdout().lock(), "{:>8}.{:03}  {line}", now / 1_000, now % 1_000);
        }
    }

    /// The same for the same run.
    pub fn hash(&self) -> u64 {
        self.hasher.finish()
    }
}
