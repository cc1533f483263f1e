use super::{Act, Expect, Scene, some_group, some_other};
use crate::model::Model;
use hearth_protocol::{
    ids::{InvitationId, MutationId, UserId},
    limits,
    mutations::{Intent, InviteToGroup},
};

impl Act for InviteToGroup {
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let group = some_group(scene)?;
        let nobody = scene.dice.percent(5);
        let to = if nobody { UserId(scene.dice.uuid()) } else { some_other(scene)? };
        let (note, expect) = match scene.dice.percent(5) {
            true => ("x".repeat(limits::NOTE_CHARS_MAX + 1), Expect::Refused),
            // Not everybody in a group may, and whom one has blocked one cannot ask.
            false => (format!("note {}", scene.number), if nobody { Expect::Refused } else { Expect::Either }),
        };
        Some((Intent::InviteToGroup(Self { id: InvitationId::group(group, scene.me, to), group, to, note }), expect))
    }

    // Who is invited afterwards is read from the server.
    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}
}
