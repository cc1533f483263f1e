use super::{Act, Expect, Scene, some_conversation};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{Intent, SetSharedHistory},
    rows::ConversationKind,
};

impl Act for SetSharedHistory {
    /// Whether one may or not; now and then of a conversation of two, which nobody comes into.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let item = some_conversation(scene)?;
        let (conversation, two) = (item.id, item.kind == ConversationKind::Direct);
        let expect = if two { Expect::Refused } else { Expect::Either };
        Some((Intent::SetSharedHistory(Self { conversation, on: scene.dice.percent(50) }), expect))
    }

    // What newcomers see is read from the server, as are their windows.
    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}
}
