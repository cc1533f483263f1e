use super::{Act, Expect, Scene, some_collection, some_message};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{Collect, Intent},
};

impl Act for Collect {
    /// A message that one sees, of anybody, into a collection of one's own; or out of it.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let collection = some_collection(scene)?;
        let (conversation, row) = some_message(scene)?;
        let on = scene.dice.percent(70);
        Some((Intent::Collect(Self { collection, conversation, message: row.id, on }), Expect::Either))
    }

    fn applied(&self, model: &mut Model, id: MutationId, by: UserId) {
        if !model.collected_by.insert(id) {
            return;
        }
        let inside = (by, self.collection, self.message);
        if self.on {
            model.collected.insert(inside);
        } else {
            model.collected.remove(&inside);
        }
    }
}
