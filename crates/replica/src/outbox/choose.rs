//! Which mutations may go out now.

use super::OutboxState;
use hearth_protocol::{
    Millis,
    ids::{MessageId, MutationId},
    limits,
    rule::{Rule, holds},
};
use std::collections::{HashMap, HashSet};

/// Longer than any pause that a refusal asks for. An entry that is due later than that was told by a clock that has been set back
/// since, and is due now.
const REST_MS_MAX: Millis = 10 * 60 * 1_000;
/// The same for what is held so that it can be taken back: a clock that is set right by a little must not send it.
const HELD_MS_MAX: Millis = 2 * limits::UNDO_SEND_MS_MAX;

/// An entry as the choice sees it.
#[derive(Clone, Debug)]
pub(crate) struct Waiting {
    pub n: i64,
    pub id: MutationId,
    pub lane: String,
    pub state: OutboxState,
    pub next_try_local: Millis,
    /// It is held until then, so that it can be taken back.
    pub not_before_local: Option<Millis>,
    pub after: Vec<MutationId>,
    /// It goes out as its own end: that neither waits for others nor holds them up.
    pub taking_back: bool,
    /// It was acknowledged before a restored backup, and came back. Whether what it needs is there again only its answer tells, so that
    /// nothing of its lane is under way with it.
    pub replayed: bool,
    /// It is replayed, and what it is done to was not there.
    pub missing: bool,
    /// The message that it edits, deletes or answers.
    pub message: Option<MessageId>,
    /// It makes its conversation.
    pub begins: bool,
}

impl Waiting {
    fn rests(&self, now: Millis) -> bool {
        let left = self.next_try_local.saturating_sub(now);
        (1..=REST_MS_MAX).contains(&left) || self.not_before_local.is_some_and(|at| holds_back(at, now))
    }
}

/// Whether something that is not to go before `at` is held still.
pub(super) fn holds_back(at: Millis, now: Millis) -> bool {
    (1..=HELD_MS_MAX).contains(&at.saturating_sub(now))
}

/// When the next of those is due that are held.
pub(super) fn next_due(waiting: &[Waiting], now: Millis) -> Option<Millis> {
    let held = waiting.iter().filter(|entry| entry.state == OutboxState::Queued && !entry.taking_back);
    held.filter_map(|entry| entry.not_before_local).filter(|at| holds_back(*at, now)).min()
}

/// What holds entries up, as far as the choice has come.
#[derive(Default)]
struct Holding<'a> {
    /// Nothing goes of these lanes.
    lanes: HashSet<&'a str>,
    /// Of these only what makes their conversation, which is missed.
    absent: HashSet<&'a str>,
    /// Messages that are missed, and with them what changes or answers them.
    messages: HashSet<MessageId>,
    /// Something of these lanes is under way.
    busy: HashSet<&'a str>,
}

impl<'a> Holding<'a> {
    fn stops(&self, entry: &Waiting) -> bool {
        let lane = entry.lane.as_str();
        let behind = self.lanes.contains(lane) || (self.absent.contains(lane) && !entry.begins);
        behind || entry.message.is_some_and(|message| self.messages.contains(&message))
    }

    /// The entry cannot go now. What misses a message holds up only what is done to that one, which may never come.
    fn break_at(&mut self, entry: &'a Waiting, rests: bool) {
        match entry.message {
            Some(message) if rests && entry.missing => self.messages.insert(message),
            None if rests && entry.missing => self.absent.insert(&entry.lane),
            _ => self.lanes.insert(&entry.lane),
        };
    }
}

/// From entries in the order in which they were made: of each lane the first and those that follow it without a break.
///
/// A lane breaks at an entry that waits for its next try: nothing later overtakes it. A failed entry blocks only what depends on it.
/// What depends on another waits until that one is acknowledged, because a refusal of the first would be one of the second.
pub(crate) fn choose(waiting: &[Waiting], now: Millis, limit: usize) -> Vec<i64> {
    let here: HashSet<MutationId> = waiting.iter().map(|entry| entry.id).collect();
    let under_way = waiting.iter().filter(|entry| entry.state == OutboxState::InFlight && !entry.taking_back);
    let mut holding = Holding { busy: under_way.map(|entry| entry.lane.as_str()).collect(), ..Holding::default() };
    let mut chosen = vec![];
    for entry in waiting {
        if chosen.len() >= limit {
            break;
        }
        if entry.taking_back {
            if entry.state == OutboxState::Queued && !entry.rests(now) {
                chosen.push(entry.n);
            }
            continue;
        }
        if entry.state == OutboxState::InFlight && entry.replayed {
            holding.lanes.insert(&entry.lane);
        }
        if entry.state != OutboxState::Queued || holding.stops(entry) {
            continue;
        }
        let blocked_by: Vec<&Waiting> = waiting.iter().filter(|other| entry.after.contains(&other.id)).collect();
        if blocked_by.iter().any(|other| other.state == OutboxState::Failed) {
            continue;
        }
        if entry.rests(now) || entry.after.iter().any(|id| here.contains(id)) {
            if holds(Rule::LaneOrder) {
                holding.break_at(entry, entry.rests(now));
            }
            continue;
        }
        if entry.replayed {
            holding.lanes.insert(&entry.lane);
            if holding.busy.contains(entry.lane.as_str()) {
                continue;
            }
        }
        chosen.push(entry.n);
        holding.busy.insert(&entry.lane);
    }
    chosen
}

/// Each of the chosen, with the one that it follows: the last before it in its lane that is under way, or goes with it. The server may
/// refuse that one for now, and must not take the next before it.
pub(crate) fn follow(waiting: &[Waiting], chosen: &[i64]) -> Vec<(i64, Option<MutationId>)> {
    let mut last: HashMap<&str, MutationId> = HashMap::new();
    let mut followed = Vec::with_capacity(chosen.len());
    for entry in waiting {
        let goes = chosen.contains(&entry.n);
        if goes {
            followed.push((entry.n, last.get(entry.lane.as_str()).copied()));
        }
        if goes || entry.state == OutboxState::InFlight {
            last.insert(&entry.lane, entry.id);
        }
    }
    followed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(n: i64, lane: &str) -> Waiting {
        Waiting {
            n,
            id: MutationId::new(),
            lane: lane.into(),
            state: OutboxState::Queued,
            next_try_local: 0,
            not_before_local: None,
            after: vec![],
            taking_back: false,
            replayed: false,
            missing: false,
            message: None,
            begins: false,
        }
    }

    #[test]
    fn what_came_back_goes_alone_in_its_lane_and_before_what_waits() {
        let mut entries = vec![entry(1, "a"), entry(2, "a"), entry(3, "a"), entry(4, "b")];
        (entries[0].replayed, entries[1].replayed) = (true, true);
        assert_eq!(choose(&entries, 0, 10), [1, 4]);
        entries[0].state = OutboxState::InFlight;
        assert_eq!(choose(&entries, 0, 10), [4]);
        assert_eq!(choose(&entries[1..], 0, 10), [2, 4]);
        entries[0].replayed = false;
        assert_eq!(choose(&entries, 0, 10), [4], "not beside what is under way");
    }

    #[test]
    fn what_misses_a_message_lets_others_pass_and_what_misses_its_conversation_only_what_makes_it() {
        let mut entries = vec![entry(1, "a"), entry(2, "a"), entry(3, "a"), entry(4, "a")];
        (entries[0].replayed, entries[0].missing, entries[0].next_try_local) = (true, true, 9);
        (entries[0].message, entries[2].message) = (Some(entries[3].id), Some(entries[3].id));
        assert_eq!(choose(&entries, 5, 10), [2, 4], "the third changes the same message");
        assert_eq!(choose(&entries, 9, 10), [1]);
        entries[0].message = None;
        assert_eq!(choose(&entries, 5, 10), Vec::<i64>::new());
        entries[3].begins = true;
        assert_eq!(choose(&entries, 5, 10), [4]);
    }

    #[test]
    fn lanes_keep_their_order_and_do_not_wait_for_each_other() {
        let mut entries = vec![entry(1, "a"), entry(2, "a"), entry(3, "b"), entry(4, "a")];
        assert_eq!(choose(&entries, 5, 10), [1, 2, 3, 4]);
        assert_eq!(choose(&entries, 5, 2), [1, 2]);
        entries[1].next_try_local = 6;
        assert_eq!(choose(&entries, 5, 10), [1, 3]);
        assert_eq!(choose(&entries, 6, 10), [1, 2, 3, 4]);
    }

    #[test]
    fn a_clock_that_was_set_back_holds_nothing_for_years() {
        let mut entries = vec![entry(1, "a"), entry(2, "a")];
        entries[0].next_try_local = 1_000 + REST_MS_MAX;
        assert!(choose(&entries, 1_000, 10).is_empty());
        assert_eq!(choose(&entries, 999, 10), [1, 2]);
        entries[0].next_try_local = i64::MAX;
        assert_eq!(choose(&entries, i64::MIN, 10), [1, 2]);
    }

    #[test]
    fn what_is_held_keeps_its_place_and_says_when_it_is_due() {
        let mut entries = vec![entry(1, "a"), entry(2, "a"), entry(3, "b")];
        (entries[0].not_before_local, entries[1].not_before_local) = (Some(5_000), Some(7_000));
        assert_eq!((choose(&entries, 4_999, 10), next_due(&entries, 4_999)), (vec![3], Some(5_000)));
        assert_eq!((choose(&entries, 5_000, 10), next_due(&entries, 5_000)), (vec![1, 3], Some(7_000)));
        assert_eq!((choose(&entries, 7_000, 10), next_due(&entries, 7_000)), (vec![1, 2, 3], None));
        entries[0].taking_back = true;
        assert_eq!(next_due(&entries, 4_999), Some(7_000), "what is taken back waits for nothing");
        entries[1].state = OutboxState::Failed;
        assert_eq!(next_due(&entries, 4_999), None);
    }

    #[test]
    fn a_clock_that_is_set_right_by_a_little_does_not_send_what_is_held() {
        let mut entries = vec![entry(1, "a")];
        entries[0].not_before_local = Some(1_000_000 + limits::UNDO_SEND_MS_MAX);
        assert!(choose(&entries, 999_900, 10).is_empty());
        assert_eq!(choose(&entries, 999_999 - limits::UNDO_SEND_MS_MAX, 10), [1], "set back by more, it is told by another clock");
    }

    #[test]
    fn in_flight_lets_the_next_follow_and_failed_blocks_what_depends_on_it_alone() {
        let mut entries = vec![entry(1, "a"), entry(2, "a"), entry(3, "a")];
        entries[0].state = OutboxState::InFlight;
        assert_eq!(choose(&entries, 0, 10), [2, 3]);
        entries[0].state = OutboxState::Failed;
        entries[1].after = vec![entries[0].id];
        assert_eq!(choose(&entries, 0, 10), [3]);
    }

    #[test]
    fn what_is_taken_back_goes_at_once_and_holds_up_only_what_needs_it() {
        let mut entries = vec![entry(1, "a"), entry(2, "a"), entry(3, "a"), entry(4, "b")];
        entries[0].next_try_local = 9;
        entries[1].taking_back = true;
        entries[3].after = vec![entries[1].id];
        assert_eq!(choose(&entries, 5, 10), [2]);
        entries[0].taking_back = true;
        assert_eq!(choose(&entries, 5, 10), [2, 3]);
        assert_eq!(choose(&entries, 9, 10), [1, 2, 3]);
        entries[1].state = OutboxState::InFlight;
        assert_eq!(choose(&entries, 9, 10), [1, 3]);
    }

    #[test]
    fn what_depends_on_another_waits_for_its_acknowledgement() {
        let mut entries = vec![entry(1, "a"), entry(2, "a"), entry(3, "a"), entry(4, "b")];
        entries[1].after = vec![entries[0].id];
        assert_eq!(choose(&entries, 0, 10), [1, 4]);
        entries[0].state = OutboxState::InFlight;
        assert_eq!(choose(&entries, 0, 10), [4]);
        assert_eq!(choose(&entries[1..], 0, 10), [2, 3, 4]);
    }

    #[test]
    fn each_follows_what_is_under_way_in_its_lane() {
        let mut entries = vec![entry(1, "a"), entry(2, "b"), entry(3, "a"), entry(4, "a"), entry(5, "a")];
        entries[0].state = OutboxState::InFlight;
        entries[2].state = OutboxState::Failed;
        let (first, fourth) = (entries[0].id, entries[3].id);
        assert_eq!(follow(&entries, &[2, 4, 5]), [(2, None), (4, Some(first)), (5, Some(fourth))]);
        entries[0].state = OutboxState::Queued;
        assert_eq!(follow(&entries, &[4]), [(4, None)], "what was answered is followed by nobody");
    }
}
