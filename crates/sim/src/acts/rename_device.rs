use super::{Act, Expect, Scene};
use crate::model::Model;
use hearth_protocol::{
    ids::{DeviceId, MutationId, UserId},
    limits,
    mutations::{Intent, RenameDevice},
};

impl Act for RenameDevice {
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        if scene.dice.percent(5) {
            let nobodys = DeviceId(scene.dice.uuid());
            return Some((Intent::RenameDevice(Self { device: nobodys, name: "nobody's".into() }), Expect::Refused));
        }
        let device = scene.dice.pick(scene.devices)?.id;
        let (name, expect) = match scene.dice.percent(5) {
            true => ("x".repeat(limits::DEVICE_NAME_CHARS_MAX + 1), Expect::Refused),
            // A restored backup may lack the device.
            false => (format!("device {}", scene.number), Expect::Either),
        };
        Some((Intent::RenameDevice(Self { device, name }), expect))
    }

    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}
}
