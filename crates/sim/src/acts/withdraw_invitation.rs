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
            return Some((Intent::WithdrawInvitation(Self { id, group: None }), Expect::Refused));
        }
        // It may wait in the outbox itself, and be refused.
        let friends = scene.friends.outgoing.iter().map(|asked| Self { id: asked.id, group: None });
        let groups = scene.friends.inviting.iter().map(|invited| Self { id: invited.asked.id, group: Some(invited.group.id) });
        let open: Vec<Self> = friends.chain(groups).collect();
        Some((scene.dice.pick(&open)?.clone().into(), Expect::Either))
    }

    // Who is whose contact afterwards is read from the server.
    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}

    fn moves_members(&self) -> bool {
        true
    }
}
