//! What the engine does next, as a pure function: (state, moment, input) -> (state, effects).
//!
//! No clock, no randomness, no I/O in here: [`Moment`] brings the first two, [`Effect`] asks for the third. The replica holds
//! cursors and outbox; this state is only about the conversation with the server.

mod answers;
mod frames;

use super::{
    effect::Effect,
    input::{Input, Moment, Plan, Screen},
    link::{Link, legal},
    profiles::ProfilesClock,
};
use crate::{api::Failure, view::Connection};
use hearth_protocol::{
    Millis, Pos,
    ephemeral::{Ephemeral, Signal},
    error::ErrorCode,
    frame::ClientFrame,
    ids::ConversationId,
    limits,
    rule::{Rule, holds},
    stream::StreamId,
};
use hearth_replica::History;
use std::collections::{BTreeMap, BTreeSet};

/// Backoff starts here and doubles; the wait is drawn uniformly below it (full jitter).
const BACKOFF_MS_FIRST: u64 = 500;
/// Short, so that everything is here again within seconds of the network's return.
const BACKOFF_MS_MAX: u64 = 5_000;
/// From dialling to the server's welcome.
const CONNECT_MS_MAX: u64 = 20_000;
/// After this much silence the connection is taken for dead.
const SILENCE_MS_MAX: u64 = 3 * limits::HEARTBEAT_MS;
/// Messages of older history that are written at once: a commit costs much, and what a person writes meanwhile waits for it.
const BACKFILL_ROWS: u32 = 2_000;
/// How often the replica is asked whether something is due to be compared with the server.
const CHECK_EVERY_MS: u64 = 10 * 60 * 1_000;

#[derive(Debug)]
pub struct Engine {
    link: Link,
    /// Names the connection, so that late results of an older one are told apart.
    attempt: u64,
    tries: u32,
    heard_at: u64,
    /// Rows and hints heard on this connection.
    told: u64,
    /// When a watermark was last written.
    kept_at: u64,
    heads_running: bool,
    heads_again: bool,
    /// Rows came that the heads under way may not know of.
    heads_behind: bool,
    pulling: bool,
    /// Streams that the server could not read, and when they are asked for again.
    unreadable: BTreeMap<StreamId, u64>,
    /// Conversations of which a page of history was asked for and has no answer.
    filling: BTreeSet<ConversationId>,
    /// Pages that have come: all that were asked for together are written together.
    pages: Vec<History>,
    /// What to ask for once they are all here: the network works while the disk does.
    next: Vec<(ConversationId, Pos)>,
    fill_after: u64,
    in_flight: usize,
    open: Option<ConversationId>,
    /// When something in the outbox may go that is held so that it can be taken back.
    due_at: Option<u64>,
    /// When copies are next compared with the server's.
    check_at: u64,
    profiles: ProfilesClock,
    /// Where the person was last said to be typing, and when.
    typed: Option<(ConversationId, u64)>,
    screen: Screen,
    /// The server's clock less ours, as it was last heard: it does not jump with this computer's time of day.
    server_ahead: Option<Millis>,
}

impl Default for Engine {
    fn default() -> Self {
        Self {
            link: Link::Stopped,
            attempt: 0,
            tries: 0,
            heard_at: 0,
            told: 0,
            kept_at: 0,
            heads_running: false,
            heads_again: false,
            heads_behind: false,
            pulling: false,
            unreadable: BTreeMap::new(),
            filling: BTreeSet::new(),
            pages: vec![],
            next: vec![],
            fill_after: 0,
            in_flight: 0,
            open: None,
            due_at: None,
            check_at: CHECK_EVERY_MS,
            profiles: ProfilesClock::default(),
            typed: None,
            screen: Screen::default(),
            server_ahead: None,
        }
    }
}

impl Engine {
    pub fn link(&self) -> &Link {
        &self.link
    }

    /// The name of the current connection.
    pub fn attempt(&self) -> u64 {
        self.attempt
    }

    /// When [`Input::Tick`] is due.
    pub fn deadline(&self) -> Option<u64> {
        let again = self.unreadable.values().copied().min().unwrap_or(u64::MAX);
        let due = self.due_at.unwrap_or(u64::MAX).min(again);
        match &self.link {
            Link::Stopped | Link::Blocked(_) => None,
            Link::Waiting { until, .. } | Link::Connecting { until } => Some(*until),
            Link::CatchingUp => Some(due.min(self.heard_at + SILENCE_MS_MAX)),
            Link::Live => {
                let fill = if self.fill_after > 0 { self.fill_after } else { u64::MAX };
                Some(fill.min(due).min(self.check_at).min(self.profiles.deadline()).min(self.heard_at + SILENCE_MS_MAX))
            }
        }
    }

    /// The connection as the person sees it.
    pub fn connection(&self, now: u64) -> Connection {
        match &self.link {
            Link::Stopped => Connection::Offline { next_try_ms: 0, problem: None },
            Link::Blocked(problem) => Connection::Blocked { problem: problem.clone() },
            Link::Waiting { until, problem } => {
                Connection::Offline { next_try_ms: until.saturating_sub(now), problem: Some(problem.clone()) }
            }
            Link::Connecting { .. } => Connection::Connecting,
            Link::CatchingUp => Connection::CatchingUp,
            Link::Live => Connection::Live,
        }
    }

    pub fn step(&mut self, moment: Moment, input: Input) -> Vec<Effect> {
        match input {
            Input::Start if self.link == Link::Stopped => self.connect(moment),
            Input::Start => vec![],
            Input::Stop => {
                self.go(Link::Stopped);
                vec![Effect::Disconnect, Effect::Report]
            }
            Input::Tick => self.tick(moment),
            Input::Wake => self.wake(moment),
            Input::Frames { attempt, frames } if attempt == self.attempt => self.frames(moment, frames),
            Input::Closed { attempt, failure } if attempt == self.attempt && self.dialled() => self.fail(moment, failure),
            Input::Frames { .. } | Input::Closed { .. } => vec![],
            Input::Heads { attempt, result } if attempt == self.attempt || !holds(Rule::LateAnswers) => self.heads(moment, result),
            Input::Heads { .. } => vec![],
            Input::Pulled { attempt, result } if attempt == self.attempt || !holds(Rule::LateAnswers) => self.pulled(moment, result),
            Input::Pulled { .. } => vec![],
            Input::History { attempt, conversation, before_pos, result } if attempt == self.attempt => {
                self.history(moment, conversation, before_pos, result)
            }
            Input::History { .. } => vec![],
            Input::Digests { attempt, segments, result } if attempt == self.attempt => self.digests(moment, segments, result),
            Input::Digests { .. } => vec![],
            Input::Profiles { attempt, after, result } if attempt == self.attempt => self.profiles(moment, after, result),
            Input::Profiles { .. } => vec![],
            Input::Typing(conversation) => self.typing(moment, conversation),
            Input::Screen(screen) => self.look(screen),
            Input::Applied | Input::Enqueued => self.plan(),
            Input::Planned(plan) => self.planned(moment, plan),
            Input::Opened(open) => {
                self.open = open;
                self.plan()
            }
        }
    }

    fn dialled(&self) -> bool {
        self.connected() || matches!(self.link, Link::Connecting { .. })
    }

    fn connected(&self) -> bool {
        matches!(self.link, Link::CatchingUp | Link::Live)
    }

    fn connect(&mut self, moment: Moment) -> Vec<Effect> {
        self.attempt += 1;
        (self.heads_running, self.heads_again, self.heads_behind, self.pulling) = (false, false, false, false);
        (self.in_flight, self.told, self.due_at, self.profiles) = (0, 0, None, ProfilesClock::default());
        self.unreadable.clear();
        self.filling.clear();
        self.pages.clear();
        self.next.clear();
        self.go(Link::Connecting { until: moment.now + CONNECT_MS_MAX });
        vec![Effect::Connect { attempt: self.attempt }, Effect::Report]
    }

    fn tick(&mut self, moment: Moment) -> Vec<Effect> {
        match &self.link {
            Link::Waiting { until, .. } if moment.now >= *until => self.connect(moment),
            Link::Connecting { until } if moment.now >= *until => self.fail(moment, Failure::Unreachable("it took too long".into())),
            Link::CatchingUp | Link::Live if moment.now >= self.heard_at + SILENCE_MS_MAX => {
                self.fail(moment, Failure::Unreachable("it fell silent".into()))
            }
            Link::CatchingUp | Link::Live if self.due_at.is_some_and(|at| moment.now >= at) => {
                self.due_at = None;
                self.plan()
            }
            Link::CatchingUp | Link::Live if self.unreadable.values().any(|at| moment.now >= *at) => {
                self.unreadable.retain(|_, at| moment.now < *at);
                self.plan()
            }
            Link::Live if moment.now >= self.check_at => {
                self.check_at = moment.now + CHECK_EVERY_MS;
                vec![Effect::Check { attempt: self.attempt }]
            }
            Link::Live if self.profiles.tick(moment.now) => self.ask_profiles(),
            Link::Live if self.fill_after > 0 && moment.now >= self.fill_after => {
                self.fill_after = 0;
                self.plan()
            }
            _ => vec![],
        }
    }

    fn wake(&mut self, moment: Moment) -> Vec<Effect> {
        match self.link {
            Link::Waiting { .. } | Link::Blocked(_) => self.connect(moment),
            Link::CatchingUp | Link::Live => self.fetch_heads(),
            Link::Stopped | Link::Connecting { .. } => vec![],
        }
    }

    fn fail(&mut self, moment: Moment, failure: Failure) -> Vec<Effect> {
        // Results of this connection that are still on their way belong to the past.
        self.attempt += 1;
        if failure.ends_session() {
            let end = failure.end();
            self.go(Link::Blocked(failure.into()));
            return vec![Effect::Disconnect, Effect::SessionEnded { end }, Effect::Report];
        }
        if matches!(&failure, Failure::Refused(error) if error.code == ErrorCode::UnsupportedVersion) {
            self.go(Link::Blocked(failure.into()));
            return vec![Effect::Disconnect, Effect::Report];
        }
        let asked_ms = if let Failure::Refused(error) = &failure { error.retry_after_ms.unwrap_or(0) } else { 0 };
        let ceiling = BACKOFF_MS_MAX.min(BACKOFF_MS_FIRST << self.tries.min(16));
        self.tries += 1;
        let jitter = (moment.random * ceiling as f64) as u64;
        self.go(Link::Waiting { until: moment.now + asked_ms + jitter, problem: failure.into() });
        vec![Effect::Disconnect, Effect::Report]
    }

    fn fetch_heads(&mut self) -> Vec<Effect> {
        if self.heads_running {
            self.heads_again = true;
            return vec![];
        }
        (self.heads_running, self.heads_behind) = (true, false);
        vec![Effect::Heads { attempt: self.attempt }]
    }

    /// Whoever may see something else of people now may see others of them here, too.
    fn ask_profiles(&self) -> Vec<Effect> {
        let watch = (!self.screen.people.is_empty()).then(|| self.say(ClientFrame::Watch(self.screen.people.clone())));
        [Effect::Profiles { attempt: self.attempt, after: None }].into_iter().chain(watch).collect()
    }

    fn typing(&mut self, moment: Moment, conversation: ConversationId) -> Vec<Effect> {
        let again = |(last, at): (ConversationId, u64)| last == conversation && moment.now < at + limits::TYPING_EVERY_MS;
        if self.link != Link::Live || self.typed.is_some_and(again) {
            return vec![];
        }
        self.typed = Some((conversation, moment.now));
        vec![self.say(ClientFrame::Ephemeral(Ephemeral { conversation, signal: Signal::Typing }))]
    }

    fn look(&mut self, screen: Screen) -> Vec<Effect> {
        let before = std::mem::replace(&mut self.screen, screen);
        let mut effects = vec![];
        if self.connected() && before.idle != self.screen.idle {
            effects.push(self.say(ClientFrame::Idle(self.screen.idle)));
        }
        if self.link == Link::Live && before.people != self.screen.people {
            effects.push(self.say(ClientFrame::Watch(self.screen.people.clone())));
        }
        effects
    }

    fn say(&self, frame: ClientFrame) -> Effect {
        Effect::Say { attempt: self.attempt, frame }
    }

    fn plan(&self) -> Vec<Effect> {
        if !self.connected() {
            return vec![];
        }
        let claim = limits::IN_FLIGHT_MAX.saturating_sub(self.in_flight);
        vec![Effect::Plan { claim, open: self.open, without: self.unreadable.keys().copied().collect() }]
    }

    fn planned(&mut self, moment: Moment, plan: Plan) -> Vec<Effect> {
        let mut effects = vec![];
        self.in_flight += plan.mutations.len() + plan.cancels.len();
        self.due_at = plan.due_in_ms.map(|ms| moment.now + ms);
        // First, so that what follows one of them in its lane finds it answered.
        if !plan.cancels.is_empty() {
            effects.push(Effect::Cancel { attempt: self.attempt, ids: plan.cancels });
        }
        if !plan.mutations.is_empty() {
            effects.push(Effect::Send { attempt: self.attempt, mutations: plan.mutations });
        }
        effects.extend(plan.stale.map(Effect::Stale));
        if !self.connected() {
            return effects;
        }
        if !plan.wants.is_empty() {
            if !self.pulling {
                self.pulling = true;
                effects.push(Effect::Pull { attempt: self.attempt, wants: plan.wants });
            }
            return effects;
        }
        if self.link == Link::CatchingUp && !self.pulling && !self.heads_running {
            self.tries = 0;
            self.go(Link::Live);
            effects.extend([Effect::CaughtUp, Effect::Report]);
            self.profiles.begin(moment.now);
            effects.extend(self.ask_profiles());
        }
        if self.link == Link::Live && self.fill_after <= moment.now {
            self.fill_after = 0;
            let come = self.pages.iter().map(|page| page.conversation);
            let known: BTreeSet<_> = self.filling.iter().copied().chain(come).collect();
            self.next = plan.backfill.into_iter().filter(|(conversation, _)| !known.contains(conversation)).collect();
            if self.filling.is_empty() {
                effects.extend(self.fill());
            }
        }
        effects
    }

    /// Asks for the next pages of history.
    fn fill(&mut self) -> Vec<Effect> {
        let places: Vec<_> = self.next.drain(..self.next.len().min(limits::PAGES_AT_ONCE_MAX)).collect();
        self.filling = places.iter().map(|(conversation, _)| *conversation).collect();
        let share = BACKFILL_ROWS / u32::try_from(places.len().max(1)).unwrap_or(u32::MAX);
        let limit = share.clamp(1, limits::ROWS_PER_PAGE_MAX);
        let ask = |(conversation, before_pos)| Effect::History { attempt: self.attempt, conversation, before_pos, limit };
        places.into_iter().map(ask).collect()
    }

    /// Whoever meets the assertion has taken an answer of an older connection for one of this: whatever ends a connection raises the attempt,
    /// so that none of them ends twice.
    fn go(&mut self, next: Link) {
        debug_assert!(legal(&self.link, &next), "{:?} -> {next:?}", self.link);
        tracing::debug!(from = ?self.link, to = ?next, "link");
        self.link = next;
    }
}

fn millis(ms: u64) -> Millis {
    Millis::try_from(ms).unwrap_or(Millis::MAX)
}
