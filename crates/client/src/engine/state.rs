//! What the engine does next, as a pure function: (state, moment, input) -> (state, effects).
//!
//! No clock, no randomness, no I/O in here: [`Moment`] brings the first two, [`Effect`] asks for the third. The replica holds
//! cursors and outbox; this state is only about the conversation with the server.

use super::{
    effect::Effect,
    input::{Input, Moment, Plan},
    link::{Link, legal},
    profiles::ProfilesClock,
};
use crate::{api::Failure, view::Connection};
use hearth_protocol::{
    Millis, Pos,
    digest::{DigestsResponse, Segment},
    ephemeral::{Ephemeral, Signal},
    error::ErrorCode,
    frame::ServerFrame,
    ids::{ConversationId, UserId},
    limits,
    profile::ProfilesResponse,
    rule::{Rule, holds},
    sync::{HeadsResponse, HistoryPage, Page, PullResponse},
};
use hearth_replica::{Apply, Checks, History, Tail};

/// Backoff starts here and doubles; the wait is drawn uniformly below it (full jitter).
const BACKOFF_MS_FIRST: u64 = 500;
/// Short, so that everything is here again within seconds of the network's return.
const BACKOFF_MS_MAX: u64 = 5_000;
/// From dialling to the server's welcome.
const CONNECT_MS_MAX: u64 = 20_000;
/// After this much silence the connection is taken for dead.
const SILENCE_MS_MAX: u64 = 3 * limits::HEARTBEAT_MS;
/// A failed history page is asked for again after this.
const BACKFILL_PAUSE_MS: u64 = 5_000;
/// A quiet replica is told this often how far it is.
const KEEP_WATERMARK_MS: u64 = 60_000;
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
    filling: bool,
    fill_after: u64,
    in_flight: usize,
    open: Option<ConversationId>,
    /// When copies are next compared with the server's.
    check_at: u64,
    profiles: ProfilesClock,
    /// Where the person was last said to be typing, and when.
    typed: Option<(ConversationId, u64)>,
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
            filling: false,
            fill_after: 0,
            in_flight: 0,
            open: None,
            check_at: CHECK_EVERY_MS,
            profiles: ProfilesClock::default(),
            typed: None,
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
        match &self.link {
            Link::Stopped | Link::Blocked(_) => None,
            Link::Waiting { until, .. } | Link::Connecting { until } => Some(*until),
            Link::CatchingUp => Some(self.heard_at + SILENCE_MS_MAX),
            Link::Live => {
                let fill = if self.fill_after > 0 { self.fill_after } else { u64::MAX };
                Some(fill.min(self.check_at).min(self.profiles.deadline()).min(self.heard_at + SILENCE_MS_MAX))
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
        (self.heads_running, self.heads_again, self.heads_behind, self.pulling, self.filling) = (false, false, false, false, false);
        (self.in_flight, self.told, self.profiles) = (0, 0, ProfilesClock::default());
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
            Link::Live if moment.now >= self.check_at => {
                self.check_at = moment.now + CHECK_EVERY_MS;
                vec![Effect::Check { attempt: self.attempt }]
            }
            Link::Live if self.profiles.tick(moment.now) => self.ask_profiles(None),
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
            self.go(Link::Blocked(failure.into()));
            return vec![Effect::Disconnect, Effect::SessionEnded, Effect::Report];
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

    fn frames(&mut self, moment: Moment, frames: Vec<ServerFrame>) -> Vec<Effect> {
        self.heard_at = moment.now;
        let mut effects = vec![];
        let mut batch = Apply::default();
        let live = self.link == Link::Live;
        for frame in frames {
            match frame {
                ServerFrame::Welcome { epoch, now, .. } if matches!(self.link, Link::Connecting { .. }) => {
                    self.go(Link::CatchingUp);
                    self.hear_time(moment, now);
                    effects.push(Effect::Welcomed { epoch, now_server: now });
                    effects.push(Effect::Report);
                    effects.extend(self.fetch_heads());
                }
                ServerFrame::Welcome { .. } => {}
                ServerFrame::Rows(part) => {
                    self.told += 1;
                    self.heads_behind |= self.heads_running;
                    batch.parts.push(part);
                }
                ServerFrame::Hint { .. } => {
                    self.told += 1;
                    effects.extend(self.fetch_heads());
                }
                ServerFrame::Heartbeat { watermark, .. } if !holds(Rule::WatermarkWithHeads) => batch.watermark = Some(watermark),
                ServerFrame::Heartbeat { sent, .. } if sent != self.told && holds(Rule::AskOnHeartbeat) => {
                    self.told = sent;
                    effects.extend(self.fetch_heads());
                }
                ServerFrame::Heartbeat { watermark, now, .. } => {
                    self.hear_time(moment, now);
                    if !self.heads_running && self.keep_watermark(moment, !batch.parts.is_empty()) {
                        batch.watermark = Some(watermark);
                    }
                    // A mutation that was told to wait is looked at again with each heartbeat.
                    effects.extend(self.plan());
                }
                ServerFrame::Acked(acked) => {
                    self.in_flight = self.in_flight.saturating_sub(acked.len());
                    batch.acked.extend(acked);
                }
                ServerFrame::Ephemeral(from) => effects.push(Effect::Signalled(from)),
                ServerFrame::Profiles if live && self.profiles.hint(moment.now) => effects.extend(self.ask_profiles(None)),
                // Before that everything is asked anyway.
                ServerFrame::Profiles => {}
                ServerFrame::Revoked => {
                    let ended = hearth_protocol::error::ApiError::new(
                        ErrorCode::Unauthorized,
                        "You were signed out on the server. Sign in again; everything on this computer is still here.",
                    );
                    effects.extend(self.fail(moment, Failure::Refused(ended)));
                    break;
                }
                ServerFrame::Bye { retry_ms, error } => {
                    let error = error.unwrap_or_else(|| {
                        hearth_protocol::error::ApiError::new(
                            ErrorCode::Unavailable,
                            "The server is restarting. Hearth connects again by itself.",
                        )
                    });
                    let error = if error.retry_after_ms.is_none() { error.retry_after(retry_ms) } else { error };
                    effects.extend(self.fail(moment, Failure::Refused(error)));
                    break;
                }
            }
        }
        if batch != Apply::default() {
            batch.now_server = self.server_ahead.map(|ahead| millis(moment.now).saturating_add(ahead));
            effects.insert(0, Effect::Apply { batch: Box::new(batch), live });
        }
        effects
    }

    fn hear_time(&mut self, moment: Moment, now_server: Millis) {
        self.server_ahead = Some(now_server.saturating_sub(millis(moment.now)));
    }

    /// Everything up to a heartbeat's watermark is here or comes with its batch. Kept with what is written anyway, and now and then: it
    /// only shortens the next heads.
    fn keep_watermark(&mut self, moment: Moment, writes: bool) -> bool {
        let keep = writes || moment.now >= self.kept_at + KEEP_WATERMARK_MS;
        if keep {
            self.kept_at = moment.now;
        }
        keep
    }

    fn fetch_heads(&mut self) -> Vec<Effect> {
        if self.heads_running {
            self.heads_again = true;
            return vec![];
        }
        (self.heads_running, self.heads_behind) = (true, false);
        vec![Effect::Heads { attempt: self.attempt }]
    }

    fn heads(&mut self, moment: Moment, result: Result<HeadsResponse, Failure>) -> Vec<Effect> {
        self.heads_running = false;
        match result {
            Ok(heads) => {
                // What full heads do not name is gone, unless it began since they were read.
                let behind = heads.full && self.heads_behind;
                let batch = Apply { heads: Some(heads), ..Apply::default() };
                let mut effects = vec![Effect::Apply { batch: Box::new(batch), live: false }];
                if std::mem::take(&mut self.heads_again) || behind {
                    effects.extend(self.fetch_heads());
                }
                effects
            }
            Err(failure) => self.fail(moment, failure),
        }
    }

    fn pulled(&mut self, moment: Moment, result: Result<PullResponse, Failure>) -> Vec<Effect> {
        self.pulling = false;
        let pulled = match result {
            Ok(pulled) => pulled,
            // The epoch changed under the pull: heads of the new one come first.
            Err(Failure::Refused(error)) if error.code == ErrorCode::EpochChanged => return self.fetch_heads(),
            Err(failure) => return self.fail(moment, failure),
        };
        let mut batch = Apply::default();
        let mut failed = None;
        for page in pulled.pages {
            match page {
                Page::Changes { part, head } => {
                    batch.page_heads.insert(part.stream, head);
                    batch.parts.push(part);
                }
                Page::Tail { part, from_pos } => batch.tails.push(Tail { part, from_pos }),
                Page::Reset { stream, .. } => batch.resets.push(stream),
                Page::Gone { stream } => batch.gone.push(stream),
                Page::Failed { error, .. } => failed = Some(error),
            }
        }
        let mut effects = vec![Effect::Apply { batch: Box::new(batch), live: false }];
        if let Some(error) = failed {
            effects.extend(self.fail(moment, Failure::Refused(error)));
        }
        effects
    }

    fn history(
        &mut self,
        moment: Moment,
        conversation: ConversationId,
        before_pos: Pos,
        result: Result<HistoryPage, Failure>,
    ) -> Vec<Effect> {
        self.filling = false;
        match result {
            Ok(page) => {
                let batch = Apply { history: vec![History { conversation, before_pos, page }], ..Apply::default() };
                vec![Effect::Apply { batch: Box::new(batch), live: false }]
            }
            Err(failure) if failure.ends_session() => self.fail(moment, failure),
            Err(failure) => {
                tracing::warn!(%failure, %conversation, "history page failed");
                self.fill_after = moment.now + BACKFILL_PAUSE_MS;
                vec![]
            }
        }
    }

    /// Checking is never urgent: what fails is looked at again the next time.
    fn digests(&mut self, moment: Moment, segments: Vec<Segment>, result: Result<DigestsResponse, Failure>) -> Vec<Effect> {
        match result {
            Ok(answer) if !segments.is_empty() => {
                // As long as there is more, it goes on.
                self.check_at = moment.now;
                let batch = Apply { checks: Some(Checks { segments, answer }), ..Apply::default() };
                vec![Effect::Apply { batch: Box::new(batch), live: false }]
            }
            Ok(_) => vec![],
            Err(failure) if failure.ends_session() => self.fail(moment, failure),
            Err(failure) => {
                tracing::info!(%failure, "the copies could not be compared");
                vec![]
            }
        }
    }

    fn ask_profiles(&self, after: Option<UserId>) -> Vec<Effect> {
        vec![Effect::Profiles { attempt: self.attempt, after }]
    }

    /// People are never urgent: what fails is asked again after a while.
    fn profiles(&mut self, moment: Moment, after: Option<UserId>, result: Result<ProfilesResponse, Failure>) -> Vec<Effect> {
        match result {
            Ok(answer) => {
                let next = answer.next.filter(|next| after.is_none_or(|after| after < *next));
                let batch = Apply { profiles: Some(answer), ..Apply::default() };
                let mut effects = vec![Effect::Apply { batch: Box::new(batch), live: false }];
                match next {
                    // After the page before it is here: the question names what is known by then.
                    Some(after) => effects.extend(self.ask_profiles(Some(after))),
                    None => self.profiles.done(),
                }
                effects
            }
            Err(failure) if failure.ends_session() => self.fail(moment, failure),
            // The epoch changed under the question: heads of the new one come first.
            Err(Failure::Refused(error)) if error.code == ErrorCode::EpochChanged => {
                self.profiles.failed(moment.now);
                self.fetch_heads()
            }
            Err(failure) => {
                tracing::info!(%failure, "people could not be asked about");
                self.profiles.failed(moment.now);
                vec![]
            }
        }
    }

    fn typing(&mut self, moment: Moment, conversation: ConversationId) -> Vec<Effect> {
        let again = |(last, at): (ConversationId, u64)| last == conversation && moment.now < at + limits::TYPING_EVERY_MS;
        if self.link != Link::Live || self.typed.is_some_and(again) {
            return vec![];
        }
        self.typed = Some((conversation, moment.now));
        vec![Effect::Signal { attempt: self.attempt, ephemeral: Ephemeral { conversation, signal: Signal::Typing } }]
    }

    fn plan(&self) -> Vec<Effect> {
        if !self.connected() {
            return vec![];
        }
        vec![Effect::Plan { claim: limits::IN_FLIGHT_MAX.saturating_sub(self.in_flight), open: self.open }]
    }

    fn planned(&mut self, moment: Moment, plan: Plan) -> Vec<Effect> {
        let mut effects = vec![];
        self.in_flight += plan.mutations.len() + plan.cancels.len();
        // First, so that what follows one of them in its lane finds it answered.
        if !plan.cancels.is_empty() {
            effects.push(Effect::Cancel { attempt: self.attempt, ids: plan.cancels });
        }
        if !plan.mutations.is_empty() {
            effects.push(Effect::Send { attempt: self.attempt, mutations: plan.mutations });
        }
        if !plan.stale.is_empty() {
            effects.push(Effect::Stale(plan.stale));
        }
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
            effects.extend(self.ask_profiles(None));
        }
        if let Some((conversation, before_pos)) = plan.backfill
            && self.link == Link::Live
            && !self.filling
            && self.fill_after <= moment.now
        {
            self.filling = true;
            self.fill_after = 0;
            effects.push(Effect::History { attempt: self.attempt, conversation, before_pos });
        }
        effects
    }

    fn go(&mut self, next: Link) {
        debug_assert!(legal(&self.link, &next), "{:?} -> {next:?}", self.link);
        tracing::debug!(from = ?self.link, to = ?next, "link");
        self.link = next;
    }
}

fn millis(ms: u64) -> Millis {
    Millis::try_from(ms).unwrap_or(Millis::MAX)
}
