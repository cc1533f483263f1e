use super::{Act, Expect, Scene, some_group, some_people};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{AddGroupMembers, Intent},
};

impl Act for AddGroupMembers {
    /// Into any group: whether one may is the server's to say.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let group = some_group(scene)?;
        Some((Intent::AddGroupMembers(Self { group, people: some_people(scene) }), Expect::Either))
    }

    // Who is where afterwards is read from the server: several changes of a commit have an order that only it knows.
    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}

    fn moves_members(&self) -> bool {
        true
    }
}
