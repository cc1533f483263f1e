use super::{Act, Expect, Scene, some_group};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{Intent, SetGroupRole},
    rows::MemberRole,
};

impl Act for SetGroupRole {
    /// For anybody in any group; nobody becomes an owner so.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let (group, person) = (some_group(scene)?, *scene.dice.pick(scene.people)?);
        let (role, expect) = match scene.dice.below(100) {
            0..=4 => (MemberRole::Owner, Expect::Refused),
            5..=39 => (MemberRole::Member, Expect::Either),
            _ => (MemberRole::Admin, Expect::Either),
        };
        Some((Intent::SetGroupRole(Self { group, person, role }), expect))
    }

    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}

    fn moves_members(&self) -> bool {
        true
    }
}
