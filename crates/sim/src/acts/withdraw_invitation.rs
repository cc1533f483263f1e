use super::{Act, Expect, Scene};
use crate::model::Model;
use hearth_protocol::{
    ids::{InvitationId, MutationId, UserId},
    mutations::{Intent, WithdrawInvitation},
};

impl Act for WithdrawInvitation {
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        if scene.dice.percent(5) {
            let id = InvitationId(scene.dice.uuid());
            return Some((Intent::WithdrawInvitation(Self { id }), Expect::Refused));
        }
        // It may wait in the outbox itself, and be refused.
        let id = scene.dice.pick(&scene.friends.outgoing)?.id;
        Some((Intent::WithdrawInvitation(Self { id }), Expect::Either))
    }

    // Who is whose contact afterwards is read from the server.
    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}

    fn moves_members(&self) -> bool {
        true
    }
}
