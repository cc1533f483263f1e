//! Links into groups, which the committer does not know by heart: they are made and revoked outside the streams.

use super::View;
use crate::store::{
    StoreError,
    invite_link::{self, KeptLink},
};
use hearth_protocol::{Millis, ids::InviteLinkId};

impl View<'_> {
    /// The link of a secret, whatever it is worth by now.
    pub async fn invite_link(&mut self, hash: &[u8; 32]) -> Result<Option<KeptLink>, StoreError> {
        invite_link::by_secret(self.connection, hash).await
    }

    /// Counts somebody who joins by it, in the batch's transaction; see [`invite_link::take_use`].
    pub async fn use_invite_link(&mut self, id: InviteLinkId, now: Millis) -> Result<bool, StoreError> {
        invite_link::take_use(self.connection, id, now).await
    }
}
