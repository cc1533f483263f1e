//! What somebody chooses.

use hearth_protocol::{Millis, limits};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How the person wants it; kept per profile, for all its accounts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct Settings {
    pub theme: Theme,
    pub density: Density,
    /// The tag of the language whose words are shown; none: what the system prefers, or else English.
    pub language: Option<String>,
    pub close: CloseChoice,
    pub notify: NotifyLevel,
    /// No notifications until it is switched off again; the tray has the switch too.
    pub do_not_disturb: bool,
    pub enter_sends: bool,
    /// Seconds for which a message that was sent waits, so that it can be taken back; 0: it goes at once.
    pub undo_send_s: u8,
    /// Emoji that were chosen last, the newest first.
    pub emoji: Vec<String>,
    /// The tone of skin in which emoji of people are offered: 1 to 5 from light to dark, 0 for none.
    pub skin_tone: u8,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            density: Density::Comfortable,
            language: None,
            close: CloseChoice::Ask,
            notify: NotifyLevel::Text,
            do_not_disturb: false,
            enter_sends: true,
            undo_send_s: 0,
            emoji: vec![],
            skin_tone: 0,
        }
    }
}

impl Settings {
    /// As long as the product allows at most, whatever the file says.
    pub(crate) fn undo_send_ms(&self) -> Millis {
        (Millis::from(self.undo_send_s) * 1_000).min(limits::UNDO_SEND_MS_MAX)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    System,
    Light,
    Dark,
}

/// How much is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    /// Bubbles on two sides.
    Comfortable,
    /// One flat column, with more on the screen.
    Compact,
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
