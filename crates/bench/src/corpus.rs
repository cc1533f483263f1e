//! Made-up people and texts, the same in every run.

use fastrand::Rng;

const COMMON: [&str; 32] = [
    "coffee", "tomorrow", "the", "and", "meeting", "project", "when", "are", "you", "coming", "home", "with", "dinner", "train", "late",
    "sorry", "thanks", "great", "see", "there", "maybe", "weather", "mountain", "東京", "is", "it", "a", "to", "we", "I", "that", "in",
];
const STARTS: [&str; 12] = ["ka", "mor", "ter", "lin", "sol", "pra", "ven", "du", "fer", "gal", "bri", "no"];
const MIDDLES: [&str; 10] = ["ra", "le", "mi", "to", "na", "ber", "si", "gu", "chen", "do"];
const ENDS: [&str; 10] = ["n", "ta", "ling", "rd", "s", "ment", "er", "ka", "ing", "o"];

/// A message of about `bytes` bytes: mostly common words, some rare ones, as people write.
pub fn text(dice: &mut Rng, bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 12);
    while text.len() < bytes {
        if dice.usize(..10) < 7 {
            text.push_str(one_of(dice, &COMMON));
        } else {
            text.push_str(one_of(dice, &STARTS));
            (0..dice.usize(..3)).for_each(|_| text.push_str(one_of(dice, &MIDDLES)));
            text.push_str(one_of(dice, &ENDS));
        }
        text.push(' ');
    }
    text.truncate(text.trim_end().len());
    text
}

fn one_of<'a>(dice: &mut Rng, words: &[&'a str]) -> &'a str {
    dice.choice(words).copied().unwrap_or_default()
}
