use super::{Act, Expect, Scene, some_group};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{EditGroup, Intent},
};

impl Act for EditGroup {
    /// Another name, or another description; now and then one that is no name.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let group = some_group(scene)?;
        let (name, about, expect) = match scene.dice.below(100) {
            0..=4 => (Some(" ".into()), None, Expect::Refused),
            5..=49 => (None, Some(format!("about {}", scene.number)), Expect::Either),
            _ => (Some(format!("group {}", scene.number)), None, Expect::Either),
        };
        Some((Intent::EditGroup(Self { group, name, about }), expect))
    }

    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}
}
