use super::{Lane, MutationKind};
use crate::ids::DeviceId;
use serde::{Deserialize, Serialize};

/// Calls one of my devices something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenameDevice {
    pub device: DeviceId,
    /// One to `limits::DEVICE_NAME_CHARS_MAX` characters on one line.
    pub name: String,
}

impl MutationKind for RenameDevice {
    fn lane(&self) -> Lane {
        Lane::User
    }
}
