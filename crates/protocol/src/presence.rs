//! Who is here at this moment: no row, no seq, in nobody's database.

use crate::ids::UserId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How somebody is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// In front of one of their connected computers.
    Online,
    /// Connected, and has not touched any of them for a while.
    Away,
    Offline,
    /// This viewer may not know, or there is nobody like that; also a word of a newer build.
    #[serde(other)]
    Unknown,
}

/// In the server's `presence` frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresenceOf {
    pub user: UserId,
    pub presence: Presence,
}
