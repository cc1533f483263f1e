use super::{Act, Expect, Scene};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    limits,
    mutations::{Intent, SetAbout},
};

impl Act for SetAbout {
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let (text, expect) = match scene.dice.percent(5) {
            true => ("x".repeat(limits::ABOUT_CHARS_MAX + 1), Expect::Refused),
            false if scene.dice.percent(20) => (String::new(), Expect::Applied),
            false => (format!("{}\nnumber {}", scene.me, scene.number), Expect::Applied),
        };
        Some((Intent::SetAbout(Self { text }), expect))
    }

    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}
}
