use super::{Act, Expect, Scene};
use crate::model::Model;
use hearth_protocol::{
    ids::{InvitationId, MutationId, UserId},
    mutations::{AnswerInvitation, Intent},
};

impl Act for AnswerInvitation {
    /// What somebody asks; now and then what nobody does, or what one asks oneself.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let accept = scene.dice.percent(70);
        if scene.dice.percent(5) {
            let id = InvitationId(scene.dice.uuid());
            return Some((Intent::AnswerInvitation(Self { id, accept }), Expect::Refused));
        }
        if scene.dice.percent(5) {
            let id = scene.dice.pick(&scene.friends.outgoing)?.id;
            return Some((Intent::AnswerInvitation(Self { id, accept }), Expect::Refused));
        }
        if scene.dice.percent(40)
            && let Some(invited) = scene.dice.pick(&scene.friends.invited)
        {
            // Who sent it may not be allowed to any more.
            return Some((Intent::AnswerInvitation(Self { id: invited.asked.id, accept }), Expect::Either));
        }
        // A restored backup may lack it.
        let id = scene.dice.pick(&scene.friends.incoming)?.id;
        Some((Intent::AnswerInvitation(Self { id, accept }), Expect::Applied))
    }

    // Who is whose contact afterwards is read from the server.
    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}

    fn moves_members(&self) -> bool {
        true
    }
}
