use super::RowKind;
use crate::{Millis, ids::DeviceId, stream::StreamKind};
use serde::{Deserialize, Serialize};

/// One of my devices: a row of my user stream, one for each on which I have signed in. When it was last seen is no part of it, but asked for
/// ([`crate::devices`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceRow {
    pub id: DeviceId,
    /// "Elin's laptop": what it called itself when it first signed in, or what I call it since.
    pub name: String,
    /// "linux", "macos", "windows".
    pub platform: String,
    /// When it signed in, the last time.
    pub signed_in_at: Millis,
    /// Set once it is signed out: by itself, from another device, or because the server began anew.
    pub ended_at: Option<Millis>,
}

impl RowKind for DeviceRow {
    const KIND: &'static str = "device";
    const HOME: StreamKind = StreamKind::User;

    fn id(&self) -> String {
        self.id.to_string()
    }
}
