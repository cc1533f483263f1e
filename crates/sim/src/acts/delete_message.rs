use super::{Act, Expect, Scene, some_message};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{DeleteMessage, Intent},
};

impl Act for DeleteMessage {
    /// A message that one sees; of others' messages the server decides.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let (conversation, row) = some_message(scene)?;
        Some((Intent::DeleteMessage(Self { conversation, message: row.id }), Expect::Either))
    }

    fn applied(&self, model: &mut Model, _: MutationId, _: UserId) {
        model.deleted.insert(self.message);
    }
}
