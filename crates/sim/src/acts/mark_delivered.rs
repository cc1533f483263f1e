use super::{Act, Expect, Scene, expect_in};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{Intent, MarkDelivered},
};
use hearth_replica::ConversationItem;

impl Act for MarkDelivered {
    /// Clients say it by themselves; now and then one that is older, or ahead of itself, says something else.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let last = |item: &ConversationItem| item.last.as_ref().and_then(|last| last.pos).unwrap_or(0);
        let item = scene.dice.pick(scene.conversations)?;
        let pos = scene.dice.between(1, last(item) + 2);
        Some((Intent::MarkDelivered(Self { conversation: item.id, pos }), expect_in(scene, item)))
    }

    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}
}
