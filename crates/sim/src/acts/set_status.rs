use super::{Act, Expect, Scene};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    limits,
    mutations::{Intent, SetStatus},
};

impl Act for SetStatus {
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let (text, expect) = match scene.dice.percent(5) {
            true => ("x".repeat(limits::STATUS_CHARS_MAX + 1), Expect::Refused),
            false if scene.dice.percent(20) => (String::new(), Expect::Applied),
            false => (format!("{BEGINS}{} {}", scene.me, scene.number), Expect::Applied),
        };
        Some((Intent::SetStatus(Self { text, until: None }), expect))
    }

    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}
}

/// How each status begins, so that a look at what was told finds it.
const BEGINS: &str = "status of ";
