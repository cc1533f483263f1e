//! What messages said before they were edited: no row tells it, so the server's own table is looked at.

use super::World;
use crate::violation::{Result, Violation};

impl World<'_> {
    /// Each text that an edit has replaced is kept, whatever came between, and none of a message that is deleted.
    pub(super) async fn check_versions(&mut self) -> Result<()> {
        let Some(inside) = self.host.up() else { return Ok(()) };
        match inside.odd_versions().await?.as_slice() {
            [] => Ok(()),
            odd => Err(Violation::new("versions", format!("the versions of {odd:?} are not those of their edits"))),
        }
    }
}
