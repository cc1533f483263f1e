use super::{Act, Expect, Scene};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{CancelScheduled, Intent},
};

impl Act for CancelScheduled {
    /// Of what one sees waiting: by then it may be sent.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let waiting = scene.dice.pick(scene.scheduled)?;
        let cancel = Self { conversation: waiting.row.conversation, message: waiting.row.id };
        Some((Intent::CancelScheduled(cancel), Expect::Either))
    }

    fn applied(&self, model: &mut Model, _: MutationId, _: UserId) {
        if let Some(scheduled) = model.scheduled.get_mut(&self.message) {
            scheduled.given_up = true;
        }
    }
}
