use super::{Bench, Effect, Input, Plan, welcome};
use crate::engine::Screen;
use hearth_protocol::{
    frame::{ClientFrame, ServerFrame},
    ids::UserId,
    presence::{Presence, PresenceOf},
};

/// What is said of the window.
fn said(effects: &[Effect]) -> Vec<ClientFrame> {
    effects.iter().filter_map(|effect| if let Effect::Say { frame, .. } = effect { Some(frame.clone()) } else { None }).collect()
}

#[test]
fn whom_the_window_shows_is_said_once_caught_up_and_when_it_changes() {
    let (one, other) = (UserId::new(), UserId::new());
    let shows = |people: &[UserId]| Input::Screen(Screen { people: people.to_vec(), idle: false });
    let mut bench = Bench::new();
    assert_eq!(said(&bench.step(shows(&[one]))), [], "offline nobody is told");
    bench.step(Input::Start);
    assert_eq!(said(&bench.frames(vec![welcome()])), []);
    bench.heads(1);
    assert_eq!(said(&bench.planned(Plan::default())), [ClientFrame::Watch(vec![one])]);
    assert_eq!(said(&bench.step(shows(&[one]))), [], "nothing new");
    assert_eq!(said(&bench.step(shows(&[one, other]))), [ClientFrame::Watch(vec![one, other])]);
    bench.told(None, None);
    bench.now += 3_000;
    assert_eq!(said(&bench.frames(vec![ServerFrame::Profiles])), [ClientFrame::Watch(vec![one, other])], "it may see others now");
    let told = vec![PresenceOf { user: one, presence: Presence::Away }];
    let effects = bench.frames(vec![ServerFrame::Presence(told.clone())]);
    assert!(matches!(&effects[..], [Effect::Present(people)] if *people == told));
}

#[test]
fn a_window_that_nobody_touches_says_so_on_every_connection() {
    let idle = |idle| Input::Screen(Screen { people: vec![], idle });
    let mut bench = Bench::live();
    assert_eq!(said(&bench.step(idle(true))), [ClientFrame::Idle(true)]);
    assert_eq!(said(&bench.step(idle(true))), []);
    bench.closed();
    bench.now = bench.engine.deadline().unwrap();
    bench.step(Input::Tick);
    assert_eq!(said(&bench.frames(vec![welcome()])), [ClientFrame::Idle(true)]);
    assert_eq!(said(&bench.step(idle(false))), [ClientFrame::Idle(false)]);
}
