use super::{Act, Expect, Scene, some_collection};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{Intent, RenameCollection},
};

impl Act for RenameCollection {
    /// Another device may have deleted it.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let collection = some_collection(scene)?;
        Some((Intent::RenameCollection(Self { collection, name: format!("renamed {}", scene.number) }), Expect::Either))
    }

    fn applied(&self, model: &mut Model, id: MutationId, by: UserId) {
        if model.collected_by.insert(id)
            && let Some(Some(name)) = model.collections.get_mut(&(by, self.collection))
        {
            name.clone_from(&self.name);
        }
    }
}
