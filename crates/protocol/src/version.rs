//! Which versions of the protocol a side speaks.

use serde::{Deserialize, Serialize};

/// An inclusive range of protocol versions, `[min, max]` on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions(pub u16, pub u16);

/// What this build speaks.
pub const SPOKEN: Versions = Versions(1, 1);

impl Versions {
    /// The newest version that both speak, if there is one.
    pub fn agree(self, other: Versions) -> Option<u16> {
        let version = self.1.min(other.1);
        (version >= self.0.max(other.0)).then_some(version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_common_version_is_chosen() {
        assert_eq!(Versions(1, 3).agree(Versions(2, 5)), Some(3));
        assert_eq!(Versions(1, 1).agree(Versions(2, 5)), None);
        assert_eq!(Versions(4, 5).agree(Versions(2, 4)), Some(4));
    }
}
