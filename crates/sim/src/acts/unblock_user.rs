use super::{Act, Expect, Scene};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{Intent, UnblockUser},
};

impl Act for UnblockUser {
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let user = scene.dice.pick(&scene.friends.blocked)?.user;
        Some((Intent::UnblockUser(Self { user }), Expect::Applied))
    }

    // Who is whose contact afterwards is read from the server.
    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}

    fn moves_members(&self) -> bool {
        true
    }
}
