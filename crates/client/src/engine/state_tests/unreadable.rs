use super::{Bench, Effect, Input, Link, Plan, has, part, want};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::{Epoch, UserId},
    stream::StreamId,
    sync::{Page, PullResponse},
};

fn failed(stream: StreamId) -> Page {
    Page::Failed { stream, error: ApiError::new(ErrorCode::Internal, "a mistake").retry_after(10_000) }
}

fn pulled(bench: &mut Bench, pages: Vec<Page>) -> Vec<Effect> {
    let attempt = bench.engine.attempt();
    bench.step(Input::Pulled { attempt, result: Ok(PullResponse { epoch: Epoch::default(), pages }) })
}

/// The streams that a plan is to leave out.
fn left_out(effects: &[Effect]) -> Vec<StreamId> {
    let without = effects.iter().find_map(|effect| if let Effect::Plan { without, .. } = effect { Some(without) } else { None });
    without.unwrap().iter().copied().collect()
}

#[test]
fn a_stream_that_the_server_cannot_read_waits_and_the_others_go_on() {
    let mut bench = Bench::new();
    bench.step(Input::Start);
    bench.frames(vec![super::welcome()]);
    bench.heads(1);
    let bad = want().stream;
    bench.planned(Plan { wants: vec![want()], ..Plan::default() });
    let (asked, good) = (bench.now, part());
    let effects = pulled(&mut bench, vec![failed(bad), Page::Changes { head: good.seq, part: good.clone() }]);
    let applied = |effect: &Effect| matches!(effect, Effect::Apply { batch, .. } if batch.parts == [good.clone()]);
    assert!(has(&effects, applied), "{effects:?}");
    assert_eq!(left_out(&bench.step(Input::Applied)), [bad]);
    bench.planned(Plan::default());
    assert_eq!(*bench.engine.link(), Link::Live);
    // It is asked for again when its time has come, and by the next connection.
    assert_eq!(bench.engine.deadline(), Some(asked + 10_000));
    bench.now = asked + 10_000;
    assert_eq!(left_out(&bench.step(Input::Tick)), []);
    pulled(&mut bench, vec![failed(bad)]);
    assert_eq!(left_out(&bench.step(Input::Applied)), [bad]);
    bench.closed();
    bench.step(Input::Wake);
    bench.frames(vec![super::welcome()]);
    assert_eq!(left_out(&bench.step(Input::Applied)), []);
}

#[test]
fn nothing_goes_on_without_ones_own_stream() {
    let mut bench = Bench::live();
    pulled(&mut bench, vec![failed(StreamId::User(UserId::new()))]);
    assert!(matches!(bench.engine.link(), Link::Waiting { .. }));
}
