use super::{Act, Expect, Scene};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    limits,
    mutations::{Intent, SetName},
};

impl Act for SetName {
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let (first_name, expect) = match scene.dice.percent(5) {
            true => (String::new(), Expect::Refused),
            false if scene.dice.percent(5) => ("x".repeat(limits::NAME_CHARS_MAX + 1), Expect::Refused),
            false => (format!("Name {}", scene.number), Expect::Applied),
        };
        let last_name = if scene.dice.percent(30) { String::new() } else { "Berg".to_owned() };
        Some((Intent::SetName(Self { first_name, last_name }), expect))
    }

    /// Every replica that shows them is compared with a fresh one, names included.
    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}
}
