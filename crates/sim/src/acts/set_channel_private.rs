use super::{Act, Expect, Scene, some_people};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{Intent, SetChannelPrivate},
    rows::ConversationKind,
};
use hearth_replica::ConversationItem;

impl Act for SetChannelPrivate {
    /// Of a channel most of the time; another conversation never becomes private.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let channels: Vec<&ConversationItem> = scene.conversations.iter().filter(|item| item.kind == ConversationKind::Channel).collect();
        if scene.dice.percent(5) {
            let other = scene.dice.pick(scene.conversations).filter(|item| item.kind != ConversationKind::Channel)?;
            return Some((Intent::SetChannelPrivate(Self { conversation: other.id, members: [].into() }), Expect::Refused));
        }
        let conversation = scene.dice.pick(&channels)?.id;
        Some((Intent::SetChannelPrivate(Self { conversation, members: some_people(scene) }), Expect::Either))
    }

    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}

    fn moves_members(&self) -> bool {
        true
    }
}
