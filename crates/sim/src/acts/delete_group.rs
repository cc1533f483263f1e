use super::{Act, Expect, Scene, some_group};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{DeleteGroup, Intent},
};

impl Act for DeleteGroup {
    /// Seldom, as everything else wants groups to be there.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        if !scene.dice.percent(25) {
            return None;
        }
        Some((Intent::DeleteGroup(Self { group: some_group(scene)? }), Expect::Either))
    }

    fn applied(&self, model: &mut Model, _: MutationId, _: UserId) {
        model.deleted_groups.insert(self.group);
    }

    fn moves_members(&self) -> bool {
        true
    }
}
