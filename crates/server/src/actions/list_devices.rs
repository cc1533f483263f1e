use crate::{
    app::App,
    clock,
    store::session::{self, Session},
};
use hearth_protocol::{
    Millis,
    devices::{DeviceSeen, DevicesSeen},
    error::ApiError,
    ids::DeviceId,
};
use std::collections::BTreeMap;

/// When each of somebody's signed-in devices was last connected. Those that are, here, are seen now.
pub(crate) async fn list_devices(app: &App, of: Session) -> Result<DevicesSeen, ApiError> {
    let (connected, now) = (app.fanout.sessions_of(of.user), clock::now());
    let mut devices: BTreeMap<DeviceId, Millis> = BTreeMap::new();
    for (session, device, noted) in session::open(&mut *app.store().snapshot().await?, of.user).await? {
        let at = if connected.contains(&session) { now } else { noted };
        let newest = devices.entry(device).or_insert(at);
        *newest = at.max(*newest);
    }
    Ok(DevicesSeen { devices: devices.into_iter().map(|(device, seen_at)| DeviceSeen { device, seen_at }).collect() })
}
