use super::{Act, Expect, Scene, some_conversation};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{DeleteConversation, Intent},
    rows::ConversationKind,
};

impl Act for DeleteConversation {
    /// Seldom, as everything else wants conversations to be there; whether one may or not.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        if !scene.dice.percent(25) {
            return None;
        }
        let item = some_conversation(scene)?;
        let expect = if item.kind == ConversationKind::Direct { Expect::Refused } else { Expect::Either };
        Some((Intent::DeleteConversation(Self { conversation: item.id }), expect))
    }

    fn applied(&self, model: &mut Model, _: MutationId, _: UserId) {
        model.deleted_conversations.insert(self.conversation);
    }

    fn moves_members(&self) -> bool {
        true
    }
}
