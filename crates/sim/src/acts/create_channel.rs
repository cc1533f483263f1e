use super::{Act, Expect, Scene, some_group, some_people};
use crate::model::Model;
use hearth_protocol::{
    ids::{ConversationId, MutationId, UserId},
    mutations::{CreateChannel, Intent},
};

impl Act for CreateChannel {
    /// Public most of the time. Whether one may, and whether the others are in the group by then, is the server's to say.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let group = some_group(scene)?;
        let (private, mut conversation, mut expect) = (scene.dice.percent(30), ConversationId(scene.dice.uuid()), Expect::Either);
        if scene.dice.percent(4) {
            conversation = ConversationId::direct(scene.me, *scene.dice.pick(scene.people)?);
            expect = Expect::Refused;
        }
        let members = if private { some_people(scene) } else { [].into() };
        let (name, topic) = (format!("channel {}", scene.number), String::new());
        Some((Intent::CreateChannel(Self { group, conversation, name, topic, private, members }), expect))
    }

    // Who sees it is read from the server.
    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}

    fn moves_members(&self) -> bool {
        true
    }
}
