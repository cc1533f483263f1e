use super::{Act, Expect, Scene, says, some_message};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{EditMessage, Intent},
};

impl Act for EditMessage {
    /// A message that one sees, as one sees it: by then it may be another, or gone, or was never one's own, or are somebody else's words.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let (conversation, row) = some_message(scene)?;
        let expect = if row.sender == scene.me && !row.forwarded { Expect::Either } else { Expect::Refused };
        let body = says(scene, "edit");
        Some((Intent::EditMessage(Self { conversation, message: row.id, based_on: row.revision, body }), expect))
    }

    fn applied(&self, model: &mut Model, _: MutationId, _: UserId) {
        // Each revision is given once, so the order in which one hears of them does not matter.
        model.edits.entry(self.message).or_default().insert(self.based_on + 1, self.body.clone());
    }
}
