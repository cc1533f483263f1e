use super::{Act, Expect, Scene, some_message};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{Intent, PinMessage},
};

impl Act for PinMessage {
    /// A message that one sees, of anybody, in a channel that one does not manage as well: there the server refuses it.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let (conversation, row) = some_message(scene)?;
        let on = scene.dice.percent(65);
        Some((Intent::PinMessage(Self { conversation, message: row.id, on }), Expect::Either))
    }

    // Those who see its place have it as a fresh replica does, and nobody else is told: the frames are looked at.
    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}
}
