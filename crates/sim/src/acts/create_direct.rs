use super::{Act, Expect, Scene};
use crate::model::Model;
use hearth_protocol::{
    ids::{ConversationId, MutationId, UserId},
    mutations::{CreateDirect, Intent},
};

impl Act for CreateDirect {
    /// With somebody, known already or not; now and then with nobody, or with the wrong id.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        if scene.dice.percent(6) {
            let peer = UserId(scene.dice.uuid());
            return Some((Intent::CreateDirect(Self { conversation: ConversationId::direct(scene.me, peer), peer }), Expect::Refused));
        }
        let others: Vec<UserId> = scene.people.iter().copied().filter(|other| *other != scene.me).collect();
        let peer = *scene.dice.pick(&others)?;
        Some((Intent::CreateDirect(Self { conversation: ConversationId::direct(scene.me, peer), peer }), Expect::Applied))
    }

    fn applied(&self, model: &mut Model, _: MutationId, by: UserId) {
        // In one that was there already whose account is deleted is not again.
        let there = [by, self.peer].into_iter().filter(|user| !model.is_deleted(*user)).collect::<Vec<_>>();
        model.members.entry(self.conversation).or_default().extend(there);
    }
}
