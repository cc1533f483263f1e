use super::{Act, Expect, Scene, some_other};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{BlockUser, Intent},
};

impl Act for BlockUser {
    /// Rarely somebody with whom one still has something to say; now and then oneself.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        if scene.dice.percent(5) {
            return Some((Intent::BlockUser(Self { user: scene.me }), Expect::Refused));
        }
        if scene.dice.percent(50) {
            return None;
        }
        Some((Intent::BlockUser(Self { user: some_other(scene)? }), Expect::Applied))
    }

    // Who is whose contact afterwards is read from the server.
    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}

    fn moves_members(&self) -> bool {
        true
    }
}
