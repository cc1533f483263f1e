//! Makes a failing script smaller: fewer actions, fewer kinds of faults, the same check failing.

use crate::{
    fault::Fault,
    run::{Found, run},
    template::Template,
    world::Script,
};
use hearth_protocol::rule::Rule;

/// The actions that a seed may have at most.
const ACTIONS_MAX: usize = 40;

/// The smallest script that this finds to fail in the same check.
pub fn shrink(found: &Found, template: &Template, broken: Option<Rule>) -> Found {
    let mut best = found.clone();
    let attempt = |script: Script, best: &mut Found| {
        let outcome = run(&script, template, broken, false);
        match outcome.violation {
            Some(violation) if violation.check == best.violation.check => {
                *best = Found { script, violation };
                true
            }
            _ => false,
        }
    };
    for fault in Fault::ALL {
        let mut script = best.script.clone();
        script.without.insert(*fault);
        attempt(script, &mut best);
    }
    let mut actions = best.script.actions.unwrap_or(ACTIONS_MAX);
    let mut step = actions / 2;
    while step > 0 {
        let fewer = actions.saturating_sub(step);
        let script = Script { actions: Some(fewer), ..best.script.clone() };
        if fewer > 0 && attempt(script, &mut best) {
            actions = fewer;
        } else {
            step /= 2;
        }
    }
    best
}

/// The options that replay a script.
pub fn options(script: &Script, broken: Option<Rule>) -> String {
    let mut options = format!("--seeds 1 --from {}", script.seed);
    if let Some(actions) = script.actions {
        options.push_str(&format!(" --actions {actions}"));
    }
    if !script.without.is_empty() {
        let names: Vec<_> = script.without.iter().map(|fault| fault.name()).collect();
        options.push_str(&format!(" --without {}", names.join(",")));
    }
    if let Some(rule) = broken {
        options.push_str(&format!(" --mutant {}", rule.name()));
    }
    options
}
