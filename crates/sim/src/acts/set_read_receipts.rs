use super::{Act, Expect, Scene};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{Intent, SetReadReceipts},
};

impl Act for SetReadReceipts {
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        Some((Intent::SetReadReceipts(Self { on: scene.dice.percent(60) }), Expect::Applied))
    }

    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}
}
