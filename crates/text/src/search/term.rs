//! Words that are looked for in the index, and found again in a text.

use super::words::{Word, WordKind, words};

const WORDS_PER_TERM_MAX: usize = 32;

/// Words that stand next to each other in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub words: Vec<String>,
    /// The last word may go on.
    pub prefix: bool,
}

impl Term {
    /// `None` for a text without a letter.
    pub fn read(text: &str, unfinished: bool) -> Option<Self> {
        let mut found = words(text);
        found.truncate(WORDS_PER_TERM_MAX);
        // The text may go on where the term ends, so the run's last character need not be a run's last there.
        if found.last().is_some_and(|word| word.kind == WordKind::Last) {
            found.pop();
        }
        let open = found.last().is_some_and(|word| word.kind == WordKind::Single);
        let words: Vec<String> = found.into_iter().map(|word| word.folded).collect();
        (!words.is_empty()).then_some(Self { words, prefix: unfinished || open })
    }

    /// For FTS5.
    pub fn expression(&self) -> String {
        format!("\"{}\"{}", self.words.join(" ").replace('"', ""), if self.prefix { " *" } else { "" })
    }

    /// Where the term stands in a text's words, as ranges of bytes.
    pub fn hits(&self, text: &[Word]) -> Vec<(usize, usize)> {
        let bounds = |window: &[Word]| Some((window.first()?.start, window.last()?.end));
        text.windows(self.words.len()).filter(|window| self.fits(window)).filter_map(bounds).collect()
    }

    /// Whether it stands in a text's words with nothing behind its last letter.
    pub fn is_whole_in(&self, text: &[Word]) -> bool {
        text.windows(self.words.len()).any(|window| window.iter().map(|word| &word.folded).eq(&self.words))
    }

    fn fits(&self, window: &[Word]) -> bool {
        window.iter().zip(&self.words).enumerate().all(|(at, (word, wanted))| {
            word.folded == *wanted || (self.prefix && at + 1 == self.words.len() && word.folded.starts_with(wanted.as_str()))
        })
    }
}
