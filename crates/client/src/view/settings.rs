//! What somebody chooses.

use hearth_protocol::{Millis, ids::GroupId, limits};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How the person wants it; kept per profile, for all its accounts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct Settings {
    pub theme: Theme,
    pub density: Density,
    /// The list stands in sections by group.
    pub list_by_group: bool,
    /// In which order its conversations stand, in each section.
    pub list_order: ListOrder,
    /// Those of its sections that are folded, by their groups; `None` among them is what is of no group.
    pub folded_sections: Vec<Option<GroupId>>,
    /// The tag of the language whose words are shown; none: what the system prefers, or else English.
    pub language: Option<String>,
    pub close: CloseChoice,
    pub notify: NotifyLevel,
    /// No notifications until it is switched off again, or until `do_not_disturb_until_local`; the tray has the switch too.
    pub do_not_disturb: bool,
    /// When that ends by itself, by the clock of this computer.
    #[ts(type = "number | null")]
    pub do_not_disturb_until_local: Option<Millis>,
    pub quiet_hours: QuietHours,
    /// Words that count as if they named me.
    pub keywords: Vec<String>,
    /// What names me, answers me or has one of the words is told of in muted conversations too.
    pub mentions_break_mute: bool,
    /// Notifications are heard as well.
    pub sound: bool,
    /// Started with the session, the app stays in the tray until it is opened.
    pub start_hidden: bool,
    pub enter_sends: bool,
    /// What is on the screen of a focused window counts as read; else its person says so by hand.
    pub read_by_looking: bool,
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
            list_by_group: false,
            list_order: ListOrder::Newest,
            folded_sections: vec![],
            language: None,
            close: CloseChoice::Ask,
            notify: NotifyLevel::Text,
            do_not_disturb: false,
            do_not_disturb_until_local: None,
            quiet_hours: QuietHours::default(),
            keywords: vec![],
            mentions_break_mute: false,
            sound: true,
            start_hidden: false,
            enter_sends: true,
            read_by_looking: true,
            undo_send_s: 0,
            emoji: vec![],
            skin_tone: 0,
        }
    }
}

impl Settings {
    /// Whether its person wants no notifications at `now`, by the clock of this computer.
    pub fn is_undisturbed(&self, now: Millis) -> bool {
        self.do_not_disturb && self.do_not_disturb_until_local.is_none_or(|until| now < until)
    }

    /// As long as the product allows at most, whatever the file says.
    pub(crate) fn undo_send_ms(&self) -> Millis {
        (Millis::from(self.undo_send_s) * 1_000).min(limits::UNDO_SEND_MS_MAX)
    }
}

/// The hours of the week in which there are no notifications.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct QuietHours {
    pub on: bool,
    /// The minute of the day with which they begin.
    pub from: u16,
    /// The first minute after them; of the next day where it is no later than `from`.
    pub to: u16,
    /// The days on which they begin, from 1 for Monday to 7.
    pub days: Vec<u8>,
    /// The time zone that they are meant in, by its name; `None`: this computer's.
    pub zone: Option<String>,
}

impl Default for QuietHours {
    fn default() -> Self {
        Self { on: false, from: 22 * 60, to: 7 * 60, days: (1..=7).collect(), zone: None }
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

/// In which order conversations stand below those that are pinned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ListOrder {
    /// By what was said last.
    Newest,
    /// Those with something unread first.
    Unread,
    Name,
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
