#![allow(clippy::unwrap_used)]

mod backfill;
mod presence;
mod profiles;
mod unreadable;

use super::{Effect, Engine, Input, Link, Moment, Plan};
use crate::api::{Failure, SessionEnd};
use hearth_protocol::{
    body::Body,
    digest::{DigestsResponse, Segment},
    ephemeral::{Ephemeral, EphemeralFrom, Signal},
    error::{ApiError, ErrorCode},
    frame::{ClientFrame, ServerFrame},
    ids::{ConversationId, Epoch, MutationId},
    mutation::{Acked, Mutation, Outcome, Part},
    mutations::{Intent, SendMessage},
    stream::StreamId,
    sync::{From, HeadsResponse, PullResponse, Want, Watermark},
};

/// An engine with a clock that the test holds.
struct Bench {
    engine: Engine,
    now: u64,
}

impl Bench {
    fn new() -> Self {
        Self { engine: Engine::default(), now: 1_000 }
    }

    fn step(&mut self, input: Input) -> Vec<Effect> {
        self.engine.step(Moment { now: self.now, random: 0.5 }, input)
    }

    fn frames(&mut self, frames: Vec<ServerFrame>) -> Vec<Effect> {
        let attempt = self.engine.attempt();
        self.step(Input::Frames { attempt, frames })
    }

    fn closed(&mut self) -> Vec<Effect> {
        let attempt = self.engine.attempt();
        self.step(Input::Closed { attempt, failure: Failure::Unreachable("gone".into()) })
    }

    fn heads(&mut self, watermark: u64) -> Vec<Effect> {
        let attempt = self.engine.attempt();
        let heads = HeadsResponse { epoch: Epoch::default(), watermark: Watermark::from([(0, watermark)]), full: true, heads: vec![] };
        self.step(Input::Heads { attempt, result: Ok(heads) })
    }

    fn planned(&mut self, plan: Plan) -> Vec<Effect> {
        self.step(Input::Planned(plan))
    }

    /// Started, welcomed, nothing to pull.
    fn live() -> Self {
        let mut bench = Self::new();
        bench.step(Input::Start);
        bench.frames(vec![welcome()]);
        bench.heads(1);
        bench.planned(Plan::default());
        assert_eq!(*bench.engine.link(), Link::Live);
        bench
    }
}

fn welcome() -> ServerFrame {
    ServerFrame::Welcome { proto: 1, epoch: Epoch::default(), watermark: Watermark::new(), now: 0 }
}

fn heartbeat(watermark: u64, sent: u64) -> ServerFrame {
    ServerFrame::Heartbeat { watermark: Watermark::from([(0, watermark)]), now: 0, sent }
}

fn part() -> Part {
    Part { stream: StreamId::Conversation(ConversationId::new()), epoch: Epoch::default(), vis_ver: 1, prev: 0, seq: 1, rows: vec![] }
}

fn want() -> Want {
    Want { stream: StreamId::Conversation(ConversationId::new()), from: From::Tail { messages: 1 } }
}

fn message() -> Mutation {
    let intent = Intent::SendMessage(SendMessage::new(ConversationId::new(), Body::text("hi")));
    Mutation::new(MutationId::new(), intent)
}

fn has(effects: &[Effect], wanted: impl Fn(&Effect) -> bool) -> bool {
    effects.iter().any(wanted)
}

#[test]
fn it_connects_catches_up_and_goes_live() {
    let mut bench = Bench::new();
    assert!(has(&bench.step(Input::Start), |effect| matches!(effect, Effect::Connect { attempt: 1 })));
    let effects = bench.frames(vec![welcome()]);
    assert!(has(&effects, |effect| matches!(effect, Effect::Welcomed { .. })));
    assert!(has(&effects, |effect| matches!(effect, Effect::Heads { .. })));
    assert!(has(&bench.heads(3), |effect| matches!(effect, Effect::Apply { .. })));
    assert!(has(&bench.step(Input::Applied), |effect| matches!(effect, Effect::Plan { .. })));
    let effects = bench.planned(Plan { wants: vec![want()], ..Plan::default() });
    assert!(has(&effects, |effect| matches!(effect, Effect::Pull { .. })));
    assert_eq!(*bench.engine.link(), Link::CatchingUp);
    let attempt = bench.engine.attempt();
    bench.step(Input::Pulled { attempt, result: Ok(PullResponse { epoch: Epoch::default(), pages: vec![] }) });
    let effects = bench.planned(Plan::default());
    assert!(has(&effects, |effect| matches!(effect, Effect::CaughtUp)));
    assert_eq!(*bench.engine.link(), Link::Live);
}

#[test]
fn the_server_tells_the_time_and_a_clock_that_never_goes_back_carries_it_on() {
    let mut bench = Bench::live();
    bench.frames(vec![ServerFrame::Heartbeat { watermark: Watermark::new(), now: 50_000, sent: 0 }]);
    bench.now += 300;
    let acked = Acked { id: MutationId::new(), outcome: Outcome::Applied(vec![]) };
    let effects = bench.frames(vec![ServerFrame::Acked(vec![acked])]);
    assert!(has(&effects, |effect| matches!(effect, Effect::Apply { batch, .. } if batch.now_server == Some(50_300))));
}

#[test]
fn failures_back_off_up_to_a_ceiling_with_jitter() {
    let mut bench = Bench::new();
    bench.step(Input::Start);
    let mut waits = vec![];
    for _ in 0..8 {
        bench.closed();
        let until = bench.engine.deadline().unwrap();
        waits.push(until - bench.now);
        bench.now = until;
        assert!(has(&bench.step(Input::Tick), |effect| matches!(effect, Effect::Connect { .. })));
    }
    assert_eq!(waits, [250, 500, 1_000, 2_000, 2_500, 2_500, 2_500, 2_500]);
}

#[test]
fn nothing_of_an_older_connection_counts() {
    let mut bench = Bench::live();
    let old = bench.engine.attempt();
    bench.closed();
    bench.now = bench.engine.deadline().unwrap();
    bench.step(Input::Tick);
    assert!(bench.step(Input::Frames { attempt: old, frames: vec![welcome()] }).is_empty());
    assert!(bench.step(Input::Closed { attempt: old, failure: Failure::Unreachable("late".into()) }).is_empty());
    assert!(matches!(bench.engine.link(), Link::Connecting { .. }));
}

#[test]
fn silence_is_a_broken_connection() {
    let mut bench = Bench::live();
    bench.now = bench.engine.deadline().unwrap();
    assert!(has(&bench.step(Input::Tick), |effect| matches!(effect, Effect::Disconnect)));
    assert!(matches!(bench.engine.link(), Link::Waiting { .. }));
}

#[test]
fn a_heartbeat_that_counts_more_than_came_asks_for_heads_once() {
    let mut bench = Bench::live();
    assert!(!has(&bench.frames(vec![heartbeat(9, 0)]), |effect| matches!(effect, Effect::Heads { .. })), "others talk");
    assert!(has(&bench.frames(vec![heartbeat(10, 1)]), |effect| matches!(effect, Effect::Heads { .. })));
    assert!(!has(&bench.frames(vec![heartbeat(11, 2)]), |effect| matches!(effect, Effect::Heads { .. })), "one at a time");
    assert!(has(&bench.heads(10), |effect| matches!(effect, Effect::Heads { .. })), "and again for what came meanwhile");
    bench.heads(11);
    assert!(!has(&bench.frames(vec![heartbeat(12, 2)]), |effect| matches!(effect, Effect::Heads { .. })), "asked about already");
}

#[test]
fn full_heads_that_rows_have_overtaken_are_asked_about_once_more() {
    let mut bench = Bench::new();
    bench.step(Input::Start);
    bench.frames(vec![welcome()]);
    bench.frames(vec![ServerFrame::Rows(part())]);
    assert!(has(&bench.heads(1), |effect| matches!(effect, Effect::Heads { .. })), "they may lack what has just begun");
    assert!(!has(&bench.heads(2), |effect| matches!(effect, Effect::Heads { .. })));
}

#[test]
fn a_watermark_is_kept_with_the_rows_that_it_vouches_for() {
    let mut bench = Bench::live();
    let kept = |effects: &[Effect]| match effects {
        [Effect::Apply { batch, .. }, ..] => batch.watermark.clone(),
        _ => None,
    };
    let part = part();
    assert_eq!(kept(&bench.frames(vec![ServerFrame::Rows(part.clone()), heartbeat(5, 1)])), Some(Watermark::from([(0, 5)])));
    assert_eq!(kept(&bench.frames(vec![heartbeat(6, 1)])), None, "not for its own sake");
    bench.now += 60_000;
    assert_eq!(kept(&bench.frames(vec![heartbeat(7, 1)])), Some(Watermark::from([(0, 7)])), "but now and then");
    assert_eq!(kept(&bench.frames(vec![ServerFrame::Rows(part), heartbeat(8, 3)])), None, "not over a frame that never came");
}

#[test]
fn an_ended_session_blocks_until_the_person_acts() {
    let mut bench = Bench::live();
    let effects = bench.frames(vec![ServerFrame::Revoked]);
    assert!(has(&effects, |effect| matches!(effect, Effect::SessionEnded { end: None })));
    assert!(matches!(bench.engine.link(), Link::Blocked(_)));
    assert_eq!(bench.engine.deadline(), None);
    assert!(has(&bench.step(Input::Wake), |effect| matches!(effect, Effect::Connect { .. })));
    let mut bench = Bench::live();
    let error = ApiError::new(ErrorCode::Unauthorized, "over").by_device(Some("phone".into()));
    let effects = bench.frames(vec![ServerFrame::Bye { retry_ms: 0, error: Some(error) }]);
    assert!(has(&effects, |effect| matches!(effect, Effect::SessionEnded { end: Some(SessionEnd::By(by)) } if by == "phone")));
    assert!(matches!(bench.engine.link(), Link::Blocked(_)));
    let mut bench = Bench::live();
    let effects = bench.frames(vec![ServerFrame::Bye { retry_ms: 0, error: Some(ApiError::account_deleted()) }]);
    assert!(has(&effects, |effect| matches!(effect, Effect::SessionEnded { end: Some(SessionEnd::AccountDeleted) })));
}

#[test]
fn the_window_of_mutations_in_flight_is_kept() {
    let mut bench = Bench::live();
    let claim =
        |effects: &[Effect]| effects.iter().find_map(|effect| if let Effect::Plan { claim, .. } = effect { Some(*claim) } else { None });
    let all = claim(&bench.step(Input::Enqueued)).unwrap();
    let mutation = message();
    let id = mutation.id;
    assert!(has(&bench.planned(Plan { mutations: vec![mutation], ..Plan::default() }), |effect| matches!(effect, Effect::Send { .. })));
    assert_eq!(claim(&bench.step(Input::Enqueued)), Some(all - 1));
    bench.frames(vec![ServerFrame::Acked(vec![Acked { id, outcome: Outcome::Applied(vec![]) }])]);
    assert_eq!(claim(&bench.step(Input::Applied)), Some(all));
}

#[test]
fn it_wakes_when_something_held_is_due_and_forgets_that_with_the_connection() {
    let mut bench = Bench::live();
    let now = bench.now;
    bench.planned(Plan { due_in_ms: Some(700), ..Plan::default() });
    assert_eq!(bench.engine.deadline(), Some(now + 700));
    bench.now = now + 699;
    assert!(bench.step(Input::Tick).is_empty());
    bench.now = now + 700;
    assert!(has(&bench.step(Input::Tick), |effect| matches!(effect, Effect::Plan { .. })));
    assert_ne!(bench.engine.deadline(), Some(now + 700), "it is asked once");
    bench.planned(Plan { due_in_ms: Some(900), ..Plan::default() });
    bench.planned(Plan::default());
    assert_ne!(bench.engine.deadline(), Some(now + 1_600), "it was taken back");
    bench.planned(Plan { due_in_ms: Some(900), ..Plan::default() });
    bench.closed();
    bench.now += 60_000;
    bench.step(Input::Tick);
    bench.frames(vec![welcome()]);
    assert!(bench.engine.deadline() > Some(bench.now), "the plan after the heads says it anew");
}

#[test]
fn what_is_taken_back_goes_before_what_follows_it_and_counts_as_under_way() {
    let mut bench = Bench::live();
    let mutation = message();
    let (id, sent) = (MutationId::new(), mutation.id);
    let effects = bench.planned(Plan { mutations: vec![mutation], cancels: vec![id], ..Plan::default() });
    let place = |wanted: fn(&Effect) -> bool| effects.iter().position(wanted).unwrap();
    assert!(place(|effect| matches!(effect, Effect::Cancel { .. })) < place(|effect| matches!(effect, Effect::Send { .. })));
    assert!(has(&effects, |effect| matches!(effect, Effect::Cancel { ids, .. } if *ids == [id])));
    let claim =
        |effects: &[Effect]| effects.iter().find_map(|effect| if let Effect::Plan { claim, .. } = effect { Some(*claim) } else { None });
    let room = claim(&bench.step(Input::Enqueued)).unwrap();
    let answers = [sent, id].map(|id| Acked { id, outcome: Outcome::Applied(vec![]) });
    bench.frames(vec![ServerFrame::Acked(answers.to_vec())]);
    assert_eq!(claim(&bench.step(Input::Applied)), Some(room + 2));
}

#[test]
fn a_server_that_says_when_to_come_back_is_obeyed() {
    let mut bench = Bench::live();
    let error = ApiError::new(ErrorCode::Unavailable, "restarting");
    bench.frames(vec![ServerFrame::Bye { retry_ms: 7_000, error: Some(error) }]);
    assert!(bench.engine.deadline().unwrap() >= bench.now + 7_000);
}

#[test]
fn a_pull_that_cannot_be_asked_before_the_first_epoch_is_asked_after_the_heads() {
    let mut bench = Bench::new();
    bench.step(Input::Start);
    bench.frames(vec![welcome()]);
    let early = bench.planned(Plan { wants: vec![want()], ..Plan::default() });
    assert!(has(&early, |effect| matches!(effect, Effect::Pull { .. })));
    let attempt = bench.engine.attempt();
    let unasked = Failure::Refused(ApiError::new(ErrorCode::EpochChanged, "not yet"));
    bench.step(Input::Pulled { attempt, result: Err(unasked) });
    assert_eq!(*bench.engine.link(), Link::CatchingUp);
    bench.heads(1);
    let after = bench.planned(Plan { wants: vec![want()], ..Plan::default() });
    assert!(has(&after, |effect| matches!(effect, Effect::Pull { .. })));
}

#[test]
fn copies_are_compared_now_and_then_and_at_once_while_there_is_more() {
    let mut bench = Bench::live();
    let attempt = bench.engine.attempt();
    let due = |bench: &mut Bench| {
        bench.frames(vec![heartbeat(1, 0)]);
        bench.step(Input::Tick).iter().any(|effect| matches!(effect, Effect::Check { .. }))
    };
    assert!(!due(&mut bench));
    bench.now += 11 * 60 * 1_000;
    assert!(due(&mut bench) && !due(&mut bench), "once");
    let segments = vec![Segment { conversation: ConversationId::new(), vis_ver: 1, from_pos: 1, to_pos: 9 }];
    let answer = DigestsResponse { epoch: Epoch::default(), digests: vec![None] };
    let effects = bench.step(Input::Digests { attempt, segments: segments.clone(), result: Ok(answer.clone()) });
    assert!(
        matches!(&effects[..], [Effect::Apply { batch, .. }] if batch.checks.as_ref().is_some_and(|checks| checks.segments == segments))
    );
    assert!(due(&mut bench), "what follows is compared at once");
    let failure = Failure::Unreachable("gone".into());
    assert_eq!(bench.step(Input::Digests { attempt, segments, result: Err(failure) }).len(), 0, "it is not urgent");
    assert!(!due(&mut bench));
}

#[test]
fn typing_is_told_now_and_then_and_only_where_somebody_can_hear_it() {
    let mut bench = Bench::live();
    let (one, other) = (ConversationId::new(), ConversationId::new());
    let told = |effects: Vec<Effect>| {
        matches!(&effects[..], [Effect::Say { frame: ClientFrame::Ephemeral(Ephemeral { signal: Signal::Typing, .. }), .. }])
    };
    assert!(told(bench.step(Input::Typing(one))));
    assert!(!told(bench.step(Input::Typing(one))));
    assert!(told(bench.step(Input::Typing(other))));
    bench.now += 3_000;
    assert!(told(bench.step(Input::Typing(other))));
    let from = EphemeralFrom { conversation: one, user: hearth_protocol::ids::UserId::new(), signal: Signal::Typing, ttl_ms: 5 };
    let effects = bench.frames(vec![ServerFrame::Ephemeral(from.clone())]);
    assert!(matches!(&effects[..], [Effect::Signalled(signalled)] if *signalled == from));
    bench.closed();
    bench.now += 3_000;
    assert!(bench.step(Input::Typing(one)).is_empty());
}
