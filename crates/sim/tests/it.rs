//! What the simulator promises of itself: a seed is one run, a broken rule is noticed, a failure becomes small.
#![allow(clippy::unwrap_used)]

use hearth_protocol::rule::Rule;
use hearth_sim::{
    fault::Fault,
    mutants,
    run::{Range, run, run_many},
    shrink::{options, shrink},
    template::Template,
    world::Script,
};

fn template() -> Template {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(Template::make()).unwrap()
}

fn script(seed: u64) -> Script {
    Script { seed, actions: None, without: [].into() }
}

#[test]
fn a_seed_is_the_same_run_each_time() {
    let template = template();
    let again = self::template();
    for seed in 1..=12 {
        let first = run(&script(seed), &template, None, false);
        let second = std::thread::scope(|scope| scope.spawn(|| run(&script(seed), &again, None, false)).join().unwrap());
        assert_eq!(first.violation, None, "seed {seed}");
        assert_eq!(first.trace, second.trace, "seed {seed}");
        assert_eq!(first.coverage.events, second.coverage.events, "seed {seed}");
    }
    assert_ne!(run(&script(1), &template, None, false).trace, run(&script(2), &template, None, false).trace);
}

#[test]
fn a_broken_rule_is_noticed_and_the_failure_made_small() {
    let template = template();
    let found = run_many(Range { from: 1, count: 20, until: None }, &template, Some(Rule::AckRemoves), 1).found;
    let smallest = shrink(&found[0], &template, Some(Rule::AckRemoves));
    assert_eq!(smallest.violation.check, found[0].violation.check);
    assert_eq!(smallest.script.without.len(), Fault::ALL.len(), "no fault is needed to notice this");
    let replayed = run(&smallest.script, &template, Some(Rule::AckRemoves), false);
    assert_eq!(replayed.violation, Some(smallest.violation));
    let options = options(&smallest.script, Some(Rule::AckRemoves));
    assert!(options.contains("--mutant ack-removes") && options.contains("--actions"), "{options}");
}

#[test]
fn every_rule_has_a_seed_that_notices() {
    let seeds = mutants::read(include_str!("../mutants.md"));
    let seen = |rule: &Rule| seeds.iter().any(|(with, _)| with == rule) != mutants::NOT_YET.iter().any(|(not_yet, _)| not_yet == rule);
    let without: Vec<_> = Rule::ALL.iter().filter(|rule| !seen(rule)).map(|rule| rule.name()).collect();
    assert_eq!(without, Vec::<&str>::new(), "find one with `cargo xtask sim --mutants --seeds 1000`");
}
