use super::{Act, Expect, Scene, expect_in};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{Intent, MarkRead},
};
use hearth_replica::ConversationItem;

impl Act for MarkRead {
    /// Up to what is on the screen, or to a place before it.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let last = |item: &ConversationItem| item.last.as_ref().and_then(|last| last.pos).unwrap_or(0);
        let readable: Vec<&ConversationItem> = scene.conversations.iter().filter(|item| last(item) > 0).collect();
        let item = *scene.dice.pick(&readable)?;
        let pos = if scene.dice.percent(60) { last(item) } else { scene.dice.between(1, last(item)) };
        Some((Intent::MarkRead(Self { conversation: item.id, pos }), expect_in(scene, item)))
    }

    fn applied(&self, model: &mut Model, _: MutationId, by: UserId) {
        // At most to the newest place: after a restored backup that may be an older one.
        let last = model.taken.get(&self.conversation).copied().unwrap_or(0);
        let pos = self.pos.min(last);
        if pos > 0 {
            let marker = model.markers.entry((by, self.conversation)).or_default();
            *marker = pos.max(*marker);
        }
    }
}
