//! What was decided lately: so many verdicts, of which the oldest are forgotten first. They live as long as somebody is signed in and the app runs.

use super::{Facts, Verdict};
use hearth_protocol::{
    Millis, Pos,
    ids::{ConversationId, MessageId},
};
use std::collections::{BTreeMap, VecDeque};

/// A verdict is some hundred bytes; this is more than anybody asks about.
const KEPT_MAX: usize = 1_000;

/// A verdict, and when it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub verdict: Verdict,
    pub at_local: Millis,
    conversation: ConversationId,
    pos: Pos,
    /// It was for its reader by one of their words, and by nothing else.
    keyword_only: bool,
}

#[derive(Debug, Default)]
pub struct Told {
    kept: BTreeMap<MessageId, Kept>,
    /// The oldest first.
    order: VecDeque<MessageId>,
}

impl Told {
    /// What was decided first stays: it is what happened.
    pub fn keep(
        &mut self,
        (conversation, message, pos): (ConversationId, MessageId, Pos),
        facts: &Facts,
        verdict: Verdict,
        at_local: Millis,
    ) {
        if self.kept.contains_key(&message) {
            return;
        }
        let keyword_only = facts.keyword.is_some() && !facts.named && !facts.answered;
        self.kept.insert(message, Kept { verdict, at_local, conversation, pos, keyword_only });
        self.order.push_back(message);
        if self.order.len() > KEPT_MAX
            && let Some(oldest) = self.order.pop_front()
        {
            self.kept.remove(&oldest);
        }
    }

    pub fn of(&self, message: MessageId) -> Option<&Kept> {
        self.kept.get(&message)
    }

    /// Which messages of a conversation were for their reader by one of their words alone, the newest first.
    pub fn by_keyword(&self, conversation: ConversationId) -> Vec<MessageId> {
        let counts = |kept: &Kept| kept.keyword_only && kept.conversation == conversation;
        let mut found: Vec<(Pos, MessageId)> =
            self.kept.iter().filter(|(_, kept)| counts(kept)).map(|(id, kept)| (kept.pos, *id)).collect();
        found.sort_unstable();
        found.into_iter().rev().map(|(_, id)| id).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{decide, tests::plain};

    #[test]
    fn the_first_verdict_stays_and_the_oldest_goes() {
        let mut told = Told::default();
        let (conversation, first) = (ConversationId::new(), MessageId::new());
        let (loud, quiet) = (plain(), Facts { blocked: true, ..plain() });
        told.keep((conversation, first, 1), &loud, decide(&loud), 5);
        told.keep((conversation, first, 1), &quiet, decide(&quiet), 6);
        assert_eq!(told.of(first).map(|kept| (kept.verdict.told, kept.at_local)), Some((true, 5)));
        for pos in 0..1_000 {
            told.keep((conversation, MessageId::new(), pos), &loud, decide(&loud), 7);
        }
        assert_eq!((told.of(first), told.kept.len()), (None, 1_000));
    }

    #[test]
    fn what_is_for_me_by_a_word_alone_is_found_by_its_conversation() {
        let mut told = Told::default();
        let (here, elsewhere) = (ConversationId::new(), ConversationId::new());
        let worded = Facts { keyword: Some("lamp".into()), ..plain() };
        let named = Facts { named: true, ..worded.clone() };
        let [first, second, third, last] = [(); 4].map(|()| MessageId::new());
        let came = [(here, first, 3, &worded), (here, second, 4, &named), (here, third, 5, &worded), (elsewhere, last, 6, &worded)];
        for (conversation, message, pos, facts) in came {
            told.keep((conversation, message, pos), facts, decide(facts), 1);
        }
        assert_eq!([here, elsewhere].map(|at| told.by_keyword(at)), [vec![third, first], vec![last]]);
    }
}
