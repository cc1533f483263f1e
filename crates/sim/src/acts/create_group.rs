use super::{Act, Expect, Scene};
use crate::model::Model;
use hearth_protocol::{
    ids::{GroupId, MutationId, UserId},
    mutations::{CreateGroup, Intent},
};

impl Act for CreateGroup {
    /// Now and then under an id that is another group's, or without a name.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let (mut group, mut name, mut expect) = (GroupId(scene.dice.uuid()), format!("group {}", scene.number), Expect::Applied);
        match scene.dice.below(100) {
            0..=4 => {
                group = scene.dice.pick(scene.groups)?.id;
                // By then a restored backup may have taken the other one, or it was never made.
                expect = Expect::Either;
            }
            5..=7 => {
                name = " ".into();
                expect = Expect::Refused;
            }
            _ => {}
        }
        Some((Intent::CreateGroup(Self { group, name, about: String::new() }), expect))
    }

    fn applied(&self, model: &mut Model, _: MutationId, by: UserId) {
        model.groups.entry(self.group).or_default().insert(by);
    }

    fn moves_members(&self) -> bool {
        true
    }
}
