//! Two-step sign-in.

use serde::Serialize;
use ts_rs::TS;

/// What an authenticator app is told, in two ways.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct TwoStepSetUp {
    /// For typing, in groups of four.
    pub secret: String,
    pub qr: QrView,
}

/// A QR code as an SVG draws it: dark squares of the size 1 on a light square.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct QrView {
    /// Width and height, the light edge included.
    pub size: u32,
    /// The `d` of a path.
    pub path: String,
}
