use super::{Act, Expect, Scene, expect_in};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{Intent, MarkUnread},
};
use hearth_replica::ConversationItem;

impl Act for MarkUnread {
    /// From something that was read on.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let read: Vec<&ConversationItem> = scene.conversations.iter().filter(|item| item.read_pos > 0).collect();
        let item = *scene.dice.pick(&read)?;
        let from = scene.dice.between(1, item.read_pos);
        Some((Intent::MarkUnread(Self { conversation: item.id, from }), expect_in(scene, item)))
    }

    fn applied(&self, model: &mut Model, _: MutationId, by: UserId) {
        if let Some(marker) = model.markers.get_mut(&(by, self.conversation)) {
            *marker = (*marker).min(self.from.saturating_sub(1));
        }
    }
}
