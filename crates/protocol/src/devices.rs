//! When my devices were last seen. It changes with every connection, so it is no row of a stream: it is asked for when somebody looks.

use crate::{Millis, ids::DeviceId};
use serde::{Deserialize, Serialize};

/// The answer to `GET /v1/devices`: those that are signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DevicesSeen {
    pub devices: Vec<DeviceSeen>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceSeen {
    pub device: DeviceId,
    /// When it was last connected: about ten minutes ago at most while it is, if not to the process that answers.
    pub seen_at: Millis,
}
