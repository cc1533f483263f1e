use super::{Act, Expect, Scene, some_conversation};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{EditConversation, Intent},
    rows::ConversationKind,
};

impl Act for EditConversation {
    /// Another name, or another topic, whether one may or not; now and then one that is no name, or of a conversation of two.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let item = some_conversation(scene)?;
        let (conversation, two) = (item.id, item.kind == ConversationKind::Direct);
        let (name, topic, refused) = match scene.dice.below(100) {
            0..=4 => (Some(" ".into()), None, true),
            5..=49 => (None, Some(format!("topic {}", scene.number)), false),
            _ => (Some(format!("talk {}", scene.number)), None, false),
        };
        let expect = if refused || two { Expect::Refused } else { Expect::Either };
        Some((Intent::EditConversation(Self { conversation, name, topic }), expect))
    }

    // What it is called afterwards is read from the server, as is what happened.
    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}
}
