use super::{Act, Expect, Scene, some_group_conversation};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{Intent, SetMemberRole},
    rows::MemberRole,
};

impl Act for SetMemberRole {
    /// For anybody in any conversation of several; nobody becomes an owner so.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let conversation = some_group_conversation(scene)?.id;
        let member = *scene.dice.pick(scene.people)?;
        let (role, expect) = match scene.dice.below(100) {
            0..=4 => (MemberRole::Owner, Expect::Refused),
            5..=39 => (MemberRole::Member, Expect::Either),
            _ => (MemberRole::Admin, Expect::Either),
        };
        Some((Intent::SetMemberRole(Self { conversation, member, role }), expect))
    }

    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}

    fn moves_members(&self) -> bool {
        true
    }
}
