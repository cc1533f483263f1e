//! Why somebody was told of a message, or not.

use hearth_protocol::Millis;
use serde::Serialize;
use ts_rs::TS;

/// What the rules said of one message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct WhyView {
    /// There was a notification, or would be.
    pub told: bool,
    /// When that was decided, by the clock of this computer. `None`: nobody remembers, and this is what would be said if the message came now
    /// while its person looks elsewhere.
    #[ts(type = "number | null")]
    pub decided_at_local: Option<Millis>,
    /// The rule that decided.
    pub decided_by: RuleName,
    /// Those that were asked, in that order.
    pub steps: Vec<RuleStep>,
}

/// A rule that was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RuleStep {
    pub rule: RuleName,
    pub said: RuleSaid,
    /// The word that was found.
    pub keyword: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RuleName {
    /// I wrote it.
    Mine,
    /// I have blocked who wrote it.
    Blocked,
    /// I have read it.
    Read,
    /// It names me.
    Mention,
    /// It answers me.
    Reply,
    /// It has one of my words.
    Keyword,
    /// The conversation is muted.
    Mute,
    /// I want to be told of nothing there.
    LevelNothing,
    /// I want to be told there of what is for me.
    LevelMentions,
    /// Notifications show nothing on this computer.
    Shown,
    DoNotDisturb,
    QuietHours,
    /// Nobody has touched the window for a while.
    Presence,
    /// It is on the screen, in front of me.
    Screen,
    /// I want to be told there of everything.
    Everything,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RuleSaid {
    /// It is not about this message.
    Nothing,
    /// For telling; what comes later may still be against.
    Speaks,
    /// It would be against, but there is an exception.
    LetsThrough,
    /// Not to be told: nothing after it is asked.
    Quiet,
}
