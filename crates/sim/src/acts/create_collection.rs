use super::{Act, Expect, Scene};
use crate::model::Model;
use hearth_protocol::{
    ids::{CollectionId, MutationId, UserId},
    limits,
    mutations::{CreateCollection, Intent},
};

impl Act for CreateCollection {
    /// Two of one name now and then, also on two devices.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let collection = CollectionId(scene.dice.uuid());
        let (name, expect) = match scene.dice.percent(5) {
            true => ("x".repeat(limits::COLLECTION_NAME_CHARS_MAX + 1), Expect::Refused),
            false => (format!("collection {}", scene.number % 3), Expect::Applied),
        };
        Some((Intent::CreateCollection(Self { collection, name }), expect))
    }

    fn applied(&self, model: &mut Model, id: MutationId, by: UserId) {
        // A retry is answered as the first time, whatever was done since.
        if model.collected_by.insert(id) {
            model.collections.entry((by, self.collection)).or_insert_with(|| Some(self.name.clone()));
        }
    }
}
