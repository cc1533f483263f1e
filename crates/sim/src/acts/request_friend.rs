use super::{Act, Expect, Scene, some_other};
use crate::model::Model;
use hearth_protocol::{
    ids::{InvitationId, MutationId, UserId},
    limits,
    mutations::{Intent, RequestFriend},
};

impl Act for RequestFriend {
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let nobody = scene.dice.percent(5);
        let to = if nobody { UserId(scene.dice.uuid()) } else { some_other(scene)? };
        let (note, expect) = match scene.dice.percent(5) {
            true => ("x".repeat(limits::NOTE_CHARS_MAX + 1), Expect::Refused),
            // Whom one has blocked one cannot ask.
            false => (format!("note {}", scene.number), if nobody { Expect::Refused } else { Expect::Either }),
        };
        Some((Intent::RequestFriend(Self { id: InvitationId::friend(scene.me, to), to, note }), expect))
    }

    // Who is whose contact afterwards is read from the server.
    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}

    fn moves_members(&self) -> bool {
        true
    }
}
