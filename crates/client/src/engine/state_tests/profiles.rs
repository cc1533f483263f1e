use super::{Bench, Effect, Failure, Input, Link, Plan, has, heartbeat, welcome};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    frame::ServerFrame,
    ids::{Epoch, UserId},
    profile::ProfilesResponse,
};

const MINUTE_MS: u64 = 60_000;

/// After whom it asks for profiles, if it does.
fn asks(effects: &[Effect]) -> Option<Option<UserId>> {
    effects.iter().find_map(|effect| if let Effect::Profiles { after, .. } = effect { Some(*after) } else { None })
}

impl Bench {
    pub(super) fn told(&mut self, after: Option<UserId>, next: Option<UserId>) -> Vec<Effect> {
        let attempt = self.engine.attempt();
        let answer = ProfilesResponse { epoch: Epoch::default(), profiles: vec![], gone: vec![], next };
        self.step(Input::Profiles { attempt, after, result: Ok(answer) })
    }

    fn at(&mut self, later: u64) -> Vec<Effect> {
        self.now += later;
        // What keeps the connection alive is not the matter here.
        self.frames(vec![heartbeat(1, 0)]);
        self.step(Input::Tick)
    }
}

#[test]
fn people_are_asked_about_once_caught_up_and_every_ten_minutes() {
    let mut bench = Bench::new();
    bench.step(Input::Start);
    let early = bench.frames(vec![welcome(), ServerFrame::Profiles]);
    assert_eq!(asks(&early), None, "the rows come first");
    bench.heads(1);
    assert_eq!(asks(&bench.planned(Plan::default())), Some(None));
    // Page by page, each after the one before it is in the replica.
    let middle = UserId::new();
    let effects = bench.told(None, Some(middle));
    assert!(matches!(effects[..], [Effect::Apply { .. }, Effect::Profiles { after: Some(after), .. }] if after == middle), "{effects:?}");
    assert_eq!(asks(&bench.told(Some(middle), Some(middle))), None, "a server that does not go on");
    assert_eq!(asks(&bench.at(9 * MINUTE_MS)), None);
    assert!(bench.engine.deadline().unwrap() <= bench.now + MINUTE_MS);
    bench.now += MINUTE_MS;
    bench.frames(vec![heartbeat(1, 0)]);
    let due: Vec<Effect> = (0..2).flat_map(|_| bench.step(Input::Tick)).collect();
    assert_eq!(asks(&due), Some(None));
}

#[test]
fn a_hint_asks_at_once_but_not_twice_in_two_seconds() {
    let mut bench = Bench::live();
    bench.told(None, None);
    bench.now += 3_000;
    assert_eq!(asks(&bench.frames(vec![ServerFrame::Profiles])), Some(None));
    assert_eq!(asks(&bench.frames(vec![ServerFrame::Profiles, ServerFrame::Profiles])), None, "one is under way");
    bench.told(None, None);
    assert_eq!(asks(&bench.at(1_999)), None);
    assert_eq!(bench.engine.deadline(), Some(bench.now + 1));
    assert_eq!(asks(&bench.at(1)), Some(None), "it was not forgotten");
}

#[test]
fn a_failed_question_for_people_is_asked_again_and_breaks_nothing() {
    let mut bench = Bench::live();
    let attempt = bench.engine.attempt();
    let failure = Failure::Unreachable("lost".into());
    assert_eq!(bench.step(Input::Profiles { attempt, after: None, result: Err(failure) }).len(), 0);
    assert_eq!(*bench.engine.link(), Link::Live);
    assert_eq!(asks(&bench.at(MINUTE_MS)), Some(None));
    let failure = Failure::Refused(ApiError::new(ErrorCode::EpochChanged, "restored"));
    let effects = bench.step(Input::Profiles { attempt, after: None, result: Err(failure) });
    assert!(has(&effects, |effect| matches!(effect, Effect::Heads { .. })));
    // An answer of an older connection says nothing in this one.
    bench.closed();
    let answer = ProfilesResponse { epoch: Epoch::default(), profiles: vec![], gone: vec![], next: None };
    assert_eq!(bench.step(Input::Profiles { attempt, after: None, result: Ok(answer) }).len(), 0);
}
