use super::{Act, Expect, Scene, some_group_conversation};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{Intent, RemoveMember},
};

impl Act for RemoveMember {
    /// Leaves, or takes somebody out.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let conversation = some_group_conversation(scene)?.id;
        let member = if scene.dice.percent(40) { scene.me } else { *scene.dice.pick(scene.people)? };
        Some((Intent::RemoveMember(Self { conversation, member }), Expect::Either))
    }

    fn applied(&self, model: &mut Model, _: MutationId, _: UserId) {
        model.taken_out.insert((self.member, Some(self.conversation)));
    }

    fn moves_members(&self) -> bool {
        true
    }
}
