//! My devices, as the settings list them.

use hearth_protocol::{Millis, ids::DeviceId};
use serde::Serialize;
use ts_rs::TS;

/// A device on which I am signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct DeviceView {
    pub id: DeviceId,
    pub name: String,
    /// "linux", "macos", "windows", or what another client calls it.
    pub platform: String,
    #[ts(type = "number")]
    pub signed_in_at: Millis,
    /// When it was last connected, as far as is known here.
    #[ts(type = "number | null")]
    pub seen_at: Option<Millis>,
    /// This one.
    pub mine: bool,
}
