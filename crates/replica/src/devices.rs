//! My devices, as the server last listed them.

use crate::{Replica, Result, Shows, outbox::table, shows, tables::device};
use hearth_protocol::rows::DeviceRow;

impl Replica {
    /// Those that are signed in, the newest first; with the names that I have given them, also where the server has not heard of it yet.
    pub async fn devices(&self) -> Result<Vec<DeviceRow>> {
        let mut tx = self.read().await?;
        let mut devices = device::signed_in(&mut tx).await?;
        for intent in table::of_names(&mut tx, &["rename_device"]).await? {
            if let Shows::DeviceName(id, name) = shows(&intent)
                && let Some(device) = devices.iter_mut().find(|device| device.id == id)
            {
                device.name = name;
            }
        }
        Ok(devices)
    }
}
