use super::{Bench, Effect, Failure, Input, Link, Plan, has};
use hearth_protocol::{
    ids::{ConversationId, Epoch},
    limits,
    sync::HistoryPage,
};

/// Of which conversations how many older messages are asked for.
fn asked(effects: &[Effect]) -> Vec<(ConversationId, u32)> {
    let asked =
        |effect: &Effect| if let Effect::History { conversation, limit, .. } = effect { Some((*conversation, *limit)) } else { None };
    effects.iter().filter_map(asked).collect()
}

#[test]
fn backfill_waits_after_a_failure_and_never_ends_the_connection() {
    let mut bench = Bench::live();
    let conversation = ConversationId::new();
    let plan = || Plan { backfill: vec![(conversation, 10)], ..Plan::default() };
    assert_eq!(asked(&bench.planned(plan())), [(conversation, limits::ROWS_PER_PAGE_MAX)]);
    assert_eq!(asked(&bench.planned(plan())), [], "not twice");
    let attempt = bench.engine.attempt();
    let failed = Input::History { attempt, conversation, before_pos: 10, result: Err(Failure::Unreachable("x".into())) };
    bench.step(failed);
    assert_eq!(*bench.engine.link(), Link::Live);
    assert_eq!(asked(&bench.planned(plan())), [], "not at once");
    bench.now = bench.engine.deadline().unwrap();
    assert!(has(&bench.step(Input::Tick), |effect| matches!(effect, Effect::Plan { .. })));
    assert_eq!(asked(&bench.planned(plan())).len(), 1);
}

#[test]
fn pages_that_were_asked_for_together_are_written_together() {
    let mut bench = Bench::live();
    let places: Vec<_> = (0..4).map(|_| (ConversationId::new(), 900)).collect();
    let effects = bench.planned(Plan { backfill: places.clone(), ..Plan::default() });
    assert_eq!(asked(&effects), places.iter().map(|(conversation, _)| (*conversation, 500)).collect::<Vec<_>>());
    let attempt = bench.engine.attempt();
    let page = || HistoryPage { epoch: Epoch::default(), vis_ver: 1, as_of: 900, from_pos: 400, rows: vec![] };
    let mut written = vec![];
    for (n, (conversation, before_pos)) in places.iter().rev().enumerate() {
        // One of them fails: it is asked for again, and the others need not be.
        let result = if n == 1 { Err(Failure::Unreachable("x".into())) } else { Ok(page()) };
        assert!(written.is_empty(), "before the last has come");
        written = bench.step(Input::History { attempt, conversation: *conversation, before_pos: *before_pos, result });
    }
    assert!(matches!(&written[..], [Effect::Apply { batch, .. }] if batch.history.len() == 3));
    assert_eq!(asked(&bench.planned(Plan { backfill: places, ..Plan::default() })), [], "a pause after the failure");
}

#[test]
fn the_next_pages_are_asked_for_before_those_that_came_are_written() {
    let mut bench = Bench::live();
    let places: Vec<_> = (0..6).map(|_| (ConversationId::new(), 900)).collect();
    let (first, rest) = places.split_at(4);
    assert_eq!(asked(&bench.planned(Plan { backfill: places.clone(), ..Plan::default() })).len(), 4);
    let attempt = bench.engine.attempt();
    let mut effects = vec![];
    for (conversation, before_pos) in first {
        assert!(effects.is_empty(), "before the last has come");
        let page = HistoryPage { epoch: Epoch::default(), vis_ver: 1, as_of: 900, from_pos: 400, rows: vec![] };
        effects = bench.step(Input::History { attempt, conversation: *conversation, before_pos: *before_pos, result: Ok(page) });
        // What has come and is not written yet is not asked for again.
        assert_eq!(asked(&bench.planned(Plan { backfill: places.clone(), ..Plan::default() })), []);
    }
    assert_eq!(asked(&effects), rest.iter().map(|(conversation, _)| (*conversation, 1_000)).collect::<Vec<_>>());
    assert!(matches!(effects.last(), Some(Effect::Apply { batch, .. }) if batch.history.len() == 4));
}
