use super::{Act, Expect, Scene, says};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{ChangeScheduled, Intent},
};

impl Act for ChangeScheduled {
    /// Of what one sees waiting, as one sees it: by then it may be another, or sent. Now and then it is to be sent now.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let waiting = scene.dice.pick(scene.scheduled)?;
        let (conversation, message, based_on) = (waiting.row.conversation, waiting.row.id, waiting.row.revision);
        let send_at = scene.dice.percent(40).then_some(0);
        let body = (send_at.is_none() || scene.dice.percent(50)).then(|| says(scene, "put otherwise"));
        Some((Intent::ChangeScheduled(Self { conversation, message, based_on, body, send_at }), Expect::Either))
    }

    fn applied(&self, model: &mut Model, _: MutationId, _: UserId) {
        // Each revision is given once, so the order in which one hears of them does not matter.
        if let (Some(scheduled), Some(body)) = (model.scheduled.get_mut(&self.message), &self.body)
            && self.based_on >= scheduled.revision
        {
            (scheduled.body, scheduled.revision) = (body.clone(), self.based_on + 1);
        }
    }
}
