//! Who is told of which message, and why. **Pure**: what is to be known is in [`Facts`], the moment included.
//!
//! The rules are asked one after the other until one wants quiet. What is about the message comes before what is about the conversation, that
//! before what is about this computer, and what changes from one moment to the next comes last: so the first rule that wants quiet is the one
//! that its person would have to change.

mod keywords;
mod quiet;
mod told;

pub use keywords::keyword_in;
pub use quiet::is_quiet_hour;
pub use told::{Kept, Told};

use crate::view::{NotifyLevel, RuleName, RuleSaid, RuleStep, Settings};
use hearth_protocol::{Millis, rows::NotificationLevel};
use hearth_replica::ConversationItem;

/// What the rules look at: one message, where it is, and how its reader wants it and is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub mine: bool,
    /// I have blocked who wrote it.
    pub blocked: bool,
    /// My read marker is at it or behind it.
    pub read: bool,
    /// It names me.
    pub named: bool,
    /// It answers a message of mine.
    pub answered: bool,
    /// One of my words, that it has.
    pub keyword: Option<String>,
    /// The conversation is muted at this moment.
    pub muted: bool,
    pub level: NotificationLevel,
    pub mentions_break_mute: bool,
    pub shown: NotifyLevel,
    pub do_not_disturb: bool,
    pub quiet_hours: bool,
    /// Nobody has touched the window for a while.
    pub idle: bool,
    /// The conversation is open in a window that is in front.
    pub on_screen: bool,
}

impl Facts {
    /// What is meant for me among what is meant for everybody there.
    pub fn is_for_me(&self) -> bool {
        self.named || self.answered || self.keyword.is_some()
    }
}

/// What came of asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub told: bool,
    pub decided_by: RuleName,
    pub steps: Vec<RuleStep>,
}

/// The rules, in the order in which they are asked.
pub const ORDER: [RuleName; 15] = [
    RuleName::Mine,
    RuleName::Blocked,
    RuleName::Read,
    RuleName::Mention,
    RuleName::Reply,
    RuleName::Keyword,
    RuleName::Mute,
    RuleName::LevelNothing,
    RuleName::LevelMentions,
    RuleName::Shown,
    RuleName::DoNotDisturb,
    RuleName::QuietHours,
    RuleName::Presence,
    RuleName::Screen,
    RuleName::Everything,
];

/// Asks the rules. Of those who speak for telling, what is about the message decides before what is about the conversation.
pub fn decide(facts: &Facts) -> Verdict {
    let mut steps = Vec::with_capacity(ORDER.len());
    for rule in ORDER {
        let said = ask(rule, facts);
        let keyword = facts.keyword.clone().filter(|_| rule == RuleName::Keyword);
        steps.push(RuleStep { rule, said, keyword });
        if said == RuleSaid::Quiet {
            return Verdict { told: false, decided_by: rule, steps };
        }
    }
    let speaks = |step: &&RuleStep| step.said == RuleSaid::Speaks;
    let decided_by = steps.iter().find(speaks).map_or(RuleName::Everything, |step| step.rule);
    Verdict { told: true, decided_by, steps }
}

fn ask(rule: RuleName, facts: &Facts) -> RuleSaid {
    match rule {
        RuleName::Mine => quiet_if(facts.mine),
        RuleName::Blocked => quiet_if(facts.blocked),
        RuleName::Read => quiet_if(facts.read),
        RuleName::Mention => speaks_if(facts.named),
        RuleName::Reply => speaks_if(facts.answered),
        RuleName::Keyword => speaks_if(facts.keyword.is_some()),
        RuleName::Mute => unless(facts.muted, facts.mentions_break_mute && facts.is_for_me()),
        RuleName::LevelNothing => quiet_if(facts.level == NotificationLevel::Nothing),
        RuleName::LevelMentions => unless(facts.level == NotificationLevel::Mentions, facts.is_for_me()),
        RuleName::Shown => quiet_if(facts.shown == NotifyLevel::Nothing),
        RuleName::DoNotDisturb => quiet_if(facts.do_not_disturb),
        RuleName::QuietHours => quiet_if(facts.quiet_hours),
        // The window is only left open: what is on the screen is before nobody.
        RuleName::Presence if facts.idle && facts.on_screen => RuleSaid::LetsThrough,
        RuleName::Presence => RuleSaid::Nothing,
        RuleName::Screen => quiet_if(facts.on_screen && !facts.idle),
        RuleName::Everything => speaks_if(matches!(facts.level, NotificationLevel::All | NotificationLevel::Unknown) && !facts.muted),
    }
}

fn quiet_if(quiet: bool) -> RuleSaid {
    if quiet { RuleSaid::Quiet } else { RuleSaid::Nothing }
}

fn speaks_if(speaks: bool) -> RuleSaid {
    if speaks { RuleSaid::Speaks } else { RuleSaid::Nothing }
}

fn unless(against: bool, exception: bool) -> RuleSaid {
    match (against, exception) {
        (false, _) => RuleSaid::Nothing,
        (true, true) => RuleSaid::LetsThrough,
        (true, false) => RuleSaid::Quiet,
    }
}

/// Whether its person wants to hear of nothing at all at this moment.
pub fn is_silent(settings: &Settings, now: Millis) -> bool {
    settings.notify == NotifyLevel::Nothing || settings.is_undisturbed(now) || is_quiet_hour(&settings.quiet_hours, now)
}

/// A conversation is told of nothing until a moment that has not come.
pub fn is_muted(line: &ConversationItem, now: Millis) -> bool {
    line.muted_until.is_some_and(|until| now < until)
}

/// How many of a conversation's unread messages its person is told of; `keywords`: those of them that are for them by one of their words alone.
pub fn counted(line: &ConversationItem, keywords: u32, mentions_break_mute: bool, now: Millis) -> u32 {
    let unread = line.unread.saturating_add(line.asides);
    let for_me = line.mentions.saturating_add(keywords).min(unread);
    match line.level {
        NotificationLevel::Nothing => 0,
        _ if is_muted(line, now) => {
            if mentions_break_mute {
                for_me
            } else {
                0
            }
        }
        NotificationLevel::Mentions => for_me,
        NotificationLevel::All | NotificationLevel::Unknown => unread,
    }
}

#[cfg(test)]
mod tests;
