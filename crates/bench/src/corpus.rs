//! Made-up people and texts, the same in every run.

/// A small generator of numbers; a seed gives the same ones every time.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words.get(self.roll(words.len())).copied().unwrap_or_default()
    }
}

const COMMON: [&str; 32] = [
    "coffee", "tomorrow", "the", "and", "meeting", "project", "when", "are", "you", "coming", "home", "with", "dinner", "train", "late",
    "sorry", "thanks", "great", "see", "there", "maybe", "weather", "mountain", "東京", "is", "it", "a", "to", "we", "I", "that", "in",
];
const STARTS: [&str; 12] = ["ka", "mor", "ter", "lin", "sol", "pra", "ven", "du", "fer", "gal", "bri", "no"];
const MIDDLES: [&str; 10] = ["ra", "le", "mi", "to", "na", "ber", "si", "gu", "chen", "do"];
const ENDS: [&str; 10] = ["n", "ta", "ling", "rd", "s", "ment", "er", "ka", "ing", "o"];

/// A message of about `bytes` bytes: mostly common words, some rare ones, as people write.
pub fn text(dice: &mut Dice, bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 12);
    while text.len() < bytes {
        if dice.roll(10) < 7 {
            text.push_str(dice.one_of(&COMMON));
        } else {
            text.push_str(dice.one_of(&STARTS));
            (0..dice.roll(3)).for_each(|_| text.push_str(dice.one_of(&MIDDLES)));
            text.push_str(dice.one_of(&ENDS));
        }
        text.push(' ');
    }
    text.truncate(text.trim_end().len());
    text
}
