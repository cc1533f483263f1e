use super::{Act, Expect, Scene, some_collection};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{DeleteCollection, Intent},
};

impl Act for DeleteCollection {
    /// Seldom: the others want some to be there.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let collection = some_collection(scene)?;
        scene.dice.percent(40).then_some((Intent::DeleteCollection(Self { collection }), Expect::Either))
    }

    fn applied(&self, model: &mut Model, id: MutationId, by: UserId) {
        if model.collected_by.insert(id) {
            model.collections.insert((by, self.collection), None);
            model.collected.retain(|(of, collection, _)| (*of, *collection) != (by, self.collection));
        }
    }
}
