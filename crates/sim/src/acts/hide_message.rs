use super::{Act, Expect, Scene, some_message};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{HideMessage, Intent},
};

impl Act for HideMessage {
    /// A message that one sees, of anybody; or one that one has hidden, to have it back.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let (conversation, row) = some_message(scene)?;
        let on = scene.dice.percent(70);
        Some((Intent::HideMessage(Self { conversation, message: row.id, on }), Expect::Either))
    }

    fn applied(&self, model: &mut Model, id: MutationId, by: UserId) {
        // A retry is answered as the first time, whatever was done since.
        if !model.hidden_by.insert(id) {
            return;
        }
        if self.on {
            model.hidden.insert((by, self.message));
        } else {
            model.hidden.remove(&(by, self.message));
        }
    }
}
