//! What somebody chooses.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How the person wants it; kept per profile, for all its accounts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct Settings {
    pub theme: Theme,
    pub close: CloseChoice,
    pub notify: NotifyLevel,
    /// No notifications until it is switched off again; the tray has the switch too.
    pub do_not_disturb: bool,
    pub enter_sends: bool,
    /// Emoji that were chosen last, the newest first.
    pub emoji: Vec<String>,
    /// The tone of skin in which emoji of people are offered: 1 to 5 from light to dark, 0 for none.
    pub skin_tone: u8,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            close: CloseChoice::Ask,
            notify: NotifyLevel::Text,
            do_not_disturb: false,
            enter_sends: true,
            emoji: vec![],
            skin_tone: 0,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    System,
    Light,
    Dark,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum CloseChoice {
    Ask,
    Tray,
    Quit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NotifyLevel {
    /// Sender and text.
    Text,
    Sender,
    Nothing,
}
