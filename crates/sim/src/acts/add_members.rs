use super::{Act, Expect, Scene, some_group_conversation, some_people};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{AddMembers, Intent},
};

impl Act for AddMembers {
    /// Into any conversation of the list: whether one may is the server's to say.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let conversation = some_group_conversation(scene)?.id;
        Some((Intent::AddMembers(Self { conversation, members: some_people(scene) }), Expect::Either))
    }

    // Who is where afterwards is read from the server: several changes of a commit have an order that only it knows.
    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}

    fn moves_members(&self) -> bool {
        true
    }
}
