use super::{Act, Expect, Scene, some_message};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{Intent, React},
};

const EMOJI: [&str; 4] = ["👍", "❤️", "🎉", "👍🏽"];

impl Act for React {
    /// On a message that one sees, or no longer; now and then what is no emoji.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let (conversation, row) = some_message(scene)?;
        let wrong = scene.dice.percent(3);
        let emoji = if wrong { "thumbs up" } else { scene.dice.pick(&EMOJI)? };
        let on = scene.dice.percent(70);
        let expect = if wrong { Expect::Refused } else { Expect::Either };
        Some((Intent::React(Self { conversation, message: row.id, emoji: emoji.into(), on }), expect))
    }

    fn applied(&self, model: &mut Model, _: MutationId, by: UserId) {
        let told = model.reactions.entry((self.message, by, self.emoji.clone())).or_default();
        if self.on {
            told.put = true;
        } else {
            told.taken_back = true;
        }
    }
}
