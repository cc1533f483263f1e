use super::{Act, Expect, Scene};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, NotificationId, UserId},
    limits,
    mutations::{Intent, ReadNotifications},
};
use std::collections::BTreeSet;

impl Act for ReadNotifications {
    /// Of what one is told; now and then of what one never was, and of more than can be read at once.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let (count, expect) = match scene.dice.below(20) {
            0 => (limits::NOTIFICATIONS_PER_CHANGE_MAX + 1, Expect::Refused),
            1..=3 => (1, Expect::Applied),
            _ => (0, Expect::Applied),
        };
        let strange = (0..count).map(|_| NotificationId(scene.dice.uuid()));
        let told = scene.told.iter().filter(|told| !told.read).map(|told| told.id);
        let ids: BTreeSet<NotificationId> = strange.chain(told).collect();
        if ids.is_empty() { None } else { Some((Self { ids }.into(), expect)) }
    }

    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}
}
