use super::{Act, Expect, Scene, expect_in};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    limits::FOR_EVER,
    mutations::{ArrangeConversation, Intent},
    rows::{Arrangement, NotificationLevel},
};

impl Act for ArrangeConversation {
    /// Pinned, put away up to what is on the screen or a place before it, muted or told of less.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let item = scene.dice.pick(scene.conversations)?;
        let last = item.last.as_ref().and_then(|last| last.pos).unwrap_or(0);
        let on = scene.dice.percent(60);
        let change = match scene.dice.below(4) {
            0 => Arrangement::Pinned(on),
            1 => Arrangement::Archived(on.then(|| scene.dice.between(0, last + 1))),
            2 => Arrangement::Muted(on.then_some(if scene.dice.percent(50) { FOR_EVER } else { item.active_at + 2_000 })),
            _ => Arrangement::Level(if on { NotificationLevel::Mentions } else { NotificationLevel::All }),
        };
        Some((Intent::ArrangeConversation(Self { conversation: item.id, change }), expect_in(scene, item)))
    }

    // Nobody but its person sees it: their devices agree with a fresh one, or not.
    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}
}
