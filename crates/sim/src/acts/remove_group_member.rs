use super::{Act, Expect, Scene, some_group};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{Intent, RemoveGroupMember},
};

impl Act for RemoveGroupMember {
    /// Leaves, or takes somebody out.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let group = some_group(scene)?;
        let person = if scene.dice.percent(40) { scene.me } else { *scene.dice.pick(scene.people)? };
        Some((Intent::RemoveGroupMember(Self { group, person }), Expect::Either))
    }

    fn applied(&self, model: &mut Model, _: MutationId, _: UserId) {
        model.taken_out.insert((self.person, None));
    }

    fn moves_members(&self) -> bool {
        true
    }
}
