//! My devices: which they are, what they are called, and signing them out.

use super::{Client, Stage, lock, server::needs_server};
use crate::{
    api::SessionEnd,
    session::Session,
    view::{DeviceView, Problem, Update},
};
use hearth_protocol::{Millis, ids::DeviceId, limits, mutations::RenameDevice, name::visible};
use std::{collections::BTreeMap, sync::Arc};

/// The replica's setting that says when each of my devices was last seen, as the server said when somebody last looked.
const DEVICES_SEEN: &str = "devices_seen";

impl Client {
    /// The devices on which I am signed in, this one first, then those that signed in last; offline as well, as they were last known.
    pub async fn list_devices(&self) -> Result<Vec<DeviceView>, Problem> {
        let session = self.session()?;
        let mine = self.0.folder.device().map_err(Problem::internal)?;
        let seen = session.checked(session.replica.get_setting(DEVICES_SEEN).await)?;
        let seen: BTreeMap<DeviceId, Millis> = seen.unwrap_or_default();
        let devices = session.checked(session.replica.devices().await)?.into_iter().map(|row| DeviceView {
            seen_at: seen.get(&row.id).copied(),
            mine: row.id == mine,
            id: row.id,
            name: row.name,
            platform: row.platform,
            signed_in_at: row.signed_in_at,
        });
        let (mut first, others): (Vec<_>, Vec<_>) = devices.partition(|device| device.mine);
        first.extend(others);
        Ok(first)
    }

    /// Asks the server when my devices were last seen, and keeps it; then as [`Client::list_devices`].
    ///
    /// # Errors
    /// `offline`: what is known is what there is.
    pub async fn refresh_devices(&self) -> Result<Vec<DeviceView>, Problem> {
        let session = self.session()?;
        let seen: BTreeMap<DeviceId, Millis> =
            self.server()?.devices().await.map_err(needs_server)?.devices.into_iter().map(|seen| (seen.device, seen.seen_at)).collect();
        session.checked(session.replica.set_setting(DEVICES_SEEN, &seen).await)?;
        self.list_devices().await
    }

    /// Calls one of my devices something else, on all of them; it goes out by itself.
    ///
    /// # Errors
    /// `invalid_name` for no name, or a longer one than the server takes: then nothing changed.
    pub async fn rename_device(&self, device: DeviceId, typed: &str) -> Result<(), Problem> {
        let name = visible(typed);
        if !(1..=limits::DEVICE_NAME_CHARS_MAX).contains(&name.chars().count()) || typed.trim().chars().any(char::is_control) {
            let message = format!("A device's name has 1 to {} characters.", limits::DEVICE_NAME_CHARS_MAX);
            return Err(Problem::new("invalid_name", message));
        }
        let session = self.session()?;
        let known = session.checked(session.replica.devices().await)?;
        if known.iter().any(|row| row.id == device && row.name != name) {
            self.enqueue(RenameDevice { device, name }.into()).await?;
            self.tell(Update::Devices);
        }
        Ok(())
    }

    /// Signs another of my devices out at once. What it has stays on it, locked, until somebody signs in there again.
    ///
    /// # Errors
    /// `offline`, as this is for the server to do; `not_found` when there is no such device of mine.
    pub async fn sign_out_device(&self, device: DeviceId) -> Result<(), Problem> {
        self.server()?.sign_out_device(device).await.map_err(needs_server)
    }

    /// The same for all but this one.
    pub async fn sign_out_others(&self) -> Result<(), Problem> {
        self.server()?.sign_out_others().await.map_err(needs_server)
    }

    /// The session was ended from elsewhere: it is closed, with all that it has, until somebody signs in here again.
    pub(super) async fn lock_out(self, session: Arc<Session>, end: SessionEnd) {
        let _one = self.0.transition.lock().await;
        // Signed out meanwhile, or shut down: nothing is open.
        if !matches!(&*lock(&self.0.stage), Stage::Ready(open) if Arc::ptr_eq(open, &session)) {
            return;
        }
        session.close().await;
        let (server, returning) = (session.server.clone(), Some(session.me()));
        self.set_stage(Stage::SignIn { server, returning, reason: Some(end.into()) });
    }
}
