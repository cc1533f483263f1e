//! Profiles as the server tells them to me: of no stream, and whatever it says last holds.

use super::Changes;
use crate::{Result, tables::profile};
use hearth_protocol::profile::ProfilesResponse;

impl Changes<'_> {
    /// What was told of another incarnation of the server's database is dropped: it is asked for again.
    pub(super) async fn profiles(&mut self, answer: &ProfilesResponse) -> Result<()> {
        if self.epoch != Some(answer.epoch) {
            return Ok(());
        }
        for told in &answer.profiles {
            let changed = profile::put(self.tx, told).await?;
            self.applied.people |= changed;
        }
        for user in &answer.gone {
            let changed = profile::remove(self.tx, *user).await?;
            self.applied.people |= changed;
        }
        Ok(())
    }
}
