use super::{Act, Expect, Scene, some_group};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{HandOverGroup, Intent},
};

impl Act for HandOverGroup {
    /// To anybody: that a group has one owner afterwards is looked at where it is applied.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let (group, to) = (some_group(scene)?, *scene.dice.pick(scene.people)?);
        Some((Intent::HandOverGroup(Self { group, to }), Expect::Either))
    }

    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}

    fn moves_members(&self) -> bool {
        true
    }
}
