use super::{Act, Expect, Scene, some_message};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{Intent, Star},
};

impl Act for Star {
    /// A message that one sees, of anybody; or its star off, if it has one.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let (conversation, row) = some_message(scene)?;
        let on = scene.dice.percent(70);
        Some((Intent::Star(Self { conversation, message: row.id, on }), Expect::Either))
    }

    fn applied(&self, model: &mut Model, id: MutationId, by: UserId) {
        // A retry is answered as the first time, whatever was done since.
        if !model.starred_by.insert(id) {
            return;
        }
        if self.on {
            model.stars.insert((by, self.message));
        } else {
            model.stars.remove(&(by, self.message));
        }
    }
}
