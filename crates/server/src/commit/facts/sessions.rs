//! What the committer asks of sessions, which it does not know by heart: they change outside the streams.

use super::View;
use crate::store::{
    StoreError,
    session::{self, Opened},
};
use hearth_protocol::ids::{DeviceId, UserId};

impl View<'_> {
    /// How a device of somebody is signed in; `None` if it is not.
    pub async fn session_of(&mut self, user: UserId, device: DeviceId) -> Result<Option<Opened>, StoreError> {
        session::of_device(self.connection, user, device).await
    }
}
