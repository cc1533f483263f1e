use super::{Act, Expect, Scene, expect_in, says, some_conversation};
use crate::model::Model;
use hearth_protocol::{
    ids::{ConversationId, MutationId, UserId},
    mutations::{Intent, SendMessage},
};

impl Act for SendMessage {
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let body = says(scene, "message");
        if scene.dice.percent(4) {
            let conversation = ConversationId(scene.dice.uuid());
            return Some((Intent::SendMessage(Self { conversation, body }), Expect::Refused));
        }
        let item = some_conversation(scene)?;
        Some((Intent::SendMessage(Self { conversation: item.id, body }), expect_in(scene, item)))
    }

    fn applied(&self, model: &mut Model, id: MutationId, by: UserId) {
        model.sent.insert(id, (self.conversation, by));
    }
}
