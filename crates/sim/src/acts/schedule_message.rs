use super::{Act, Expect, Scene, expect_in, says, some_conversation};
use crate::model::{Model, Scheduled};
use hearth_protocol::{
    ids::{ConversationId, MutationId, UserId},
    mutations::{Intent, ScheduleMessage},
};

impl Act for ScheduleMessage {
    /// For some seconds after the newest message that one sees, or for a time that has passed.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let body = says(scene, "later");
        let passed = scene.dice.percent(50);
        let newest = scene.messages.iter().map(|(_, row)| row.created_at).max().filter(|_| !passed).unwrap_or(0);
        let send_at = newest.saturating_add(i64::try_from(scene.dice.below(20_000)).unwrap_or(0));
        if scene.dice.percent(4) {
            let conversation = ConversationId(scene.dice.uuid());
            return Some((Intent::ScheduleMessage(Self { conversation, body, reply_to: None, send_at }), Expect::Refused));
        }
        let item = some_conversation(scene)?;
        // A server whose clock has been years ahead since may find the other one too far.
        let expect = if passed { expect_in(scene, item) } else { Expect::Either };
        Some((Intent::ScheduleMessage(Self { conversation: item.id, body, reply_to: None, send_at }), expect))
    }

    fn applied(&self, model: &mut Model, id: MutationId, by: UserId) {
        let scheduled = Scheduled { conversation: self.conversation, by, body: self.body.clone(), revision: 0, given_up: false };
        model.scheduled.entry(id).or_insert(scheduled);
    }
}
