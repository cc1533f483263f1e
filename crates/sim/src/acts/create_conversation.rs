use super::{Act, Expect, Scene, some_people};
use crate::model::Model;
use hearth_protocol::{
    ids::{ConversationId, MutationId, UserId},
    mutations::{CreateConversation, Intent},
};
use std::collections::BTreeSet;

impl Act for CreateConversation {
    /// With some of the others; now and then with somebody who is not there, or under an id that is a direct conversation's.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        // Others come later.
        let mut members: BTreeSet<UserId> = some_people(scene).into_iter().filter(|_| scene.dice.percent(50)).collect();
        let mut conversation = ConversationId(scene.dice.uuid());
        let expect = match scene.dice.below(100) {
            0..=3 => {
                members.insert(UserId(scene.dice.uuid()));
                Expect::Refused
            }
            4..=6 => {
                let other = *scene.dice.pick(scene.people)?;
                conversation = ConversationId::direct(scene.me, other);
                Expect::Refused
            }
            _ => Expect::Applied,
        };
        let (name, shared_history) = (format!("group {}", scene.number), scene.dice.percent(35));
        Some((Intent::CreateConversation(Self { conversation, name, members, shared_history }), expect))
    }

    fn applied(&self, model: &mut Model, _: MutationId, by: UserId) {
        model.members.entry(self.conversation).or_default().extend(self.members.iter().copied().chain([by]));
    }

    fn moves_members(&self) -> bool {
        true
    }
}
