//! Cuts text of any script into the words that the index holds, with the place of each in the text.
//!
//! Letters are folded (case, width, accents, vowel points). Scripts without spaces, and Korean, become overlapping pairs of characters,
//! plus the last character alone, so that any two characters in a row can be found and one alone as a prefix. Emoji are words.

use unicode_normalization::{
    UnicodeNormalization,
    char::{compose, is_combining_mark},
};

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub folded: String,
    /// Its place in the text, in bytes; on character boundaries.
    pub start: usize,
    pub end: usize,
    pub kind: WordKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordKind {
    Letters,
    /// Two characters of an unspaced script.
    Pair,
    /// The last character of an unspaced run of several, again.
    Last,
    /// An unspaced character on its own.
    Single,
    Symbol,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Unspaced,
    Symbol,
    /// Changes how its neighbours look, not what they say.
    Silent,
    Break,
}

/// Where the private use area begins: it marks a character that SQLite's older tables may not know as part of a word.
const MARK: char = '\u{e000}';

pub fn words(text: &str) -> Vec<Word> {
    let mut cutter = Cutter::default();
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        match class(c) {
            Class::Letter => cutter.letter(c, start, end),
            Class::Unspaced => cutter.unspaced(c, start, end),
            Class::Symbol => cutter.symbol(c, start, end),
            Class::Silent => {}
            Class::Break => cutter.flush(),
        }
    }
    cutter.flush();
    cutter.words
}

/// The words as the index takes them, separated by spaces.
pub fn index_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for word in words(text) {
        out.push_str(&word.folded);
        out.push(' ');
    }
    out
}

/// The words of a name, each after a space, unspaced scripts uncut: for `instr(folded, ' ' || prefix)`.
pub fn fold_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut inside = false;
    for c in name.chars() {
        match class(c) {
            Class::Silent => {}
            Class::Break => inside = false,
            class => {
                if !inside {
                    out.push(' ');
                    inside = true;
                }
                if class == Class::Letter { fold_letter(c, &mut out) } else { out.extend(c.nfkc()) }
            }
        }
    }
    out
}

#[derive(Default)]
struct Cutter {
    words: Vec<Word>,
    /// Letters of the word being read.
    letters: Option<Word>,
    /// Characters of the unspaced run being read.
    run: Vec<(char, usize, usize)>,
}

impl Cutter {
    fn letter(&mut self, c: char, start: usize, end: usize) {
        self.flush_run();
        let word = self.letters.get_or_insert_with(|| Word { folded: String::new(), start, end, kind: WordKind::Letters });
        fold_letter(c, &mut word.folded);
        word.end = end;
    }

    fn unspaced(&mut self, c: char, start: usize, end: usize) {
        self.flush_letters();
        for folded in std::iter::once(c).nfkc() {
            // Half-width kana carry their voice mark as a character of its own.
            match self.run.last_mut() {
                Some((before, _, before_end)) if compose(*before, folded).is_some() => {
                    *before = compose(*before, folded).unwrap_or(folded);
                    *before_end = end;
                }
                _ => self.run.push((folded, start, end)),
            }
        }
    }

    fn symbol(&mut self, c: char, start: usize, end: usize) {
        self.flush();
        let mut folded = String::new();
        push(c, &mut folded);
        self.words.push(Word { folded, start, end, kind: WordKind::Symbol });
    }

    fn flush(&mut self) {
        self.flush_letters();
        self.flush_run();
    }

    fn flush_letters(&mut self) {
        if let Some(word) = self.letters.take()
            && !word.folded.is_empty()
        {
            self.words.push(word);
        }
    }

    fn flush_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        for pair in run.windows(2) {
            if let [(a, start, _), (b, _, end)] = pair {
                self.push_unspaced(&[*a, *b], *start, *end, WordKind::Pair);
            }
        }
        if let Some((c, start, end)) = run.last() {
            let kind = if run.len() == 1 { WordKind::Single } else { WordKind::Last };
            self.push_unspaced(&[*c], *start, *end, kind);
        }
    }

    fn push_unspaced(&mut self, chars: &[char], start: usize, end: usize, kind: WordKind) {
        let mut folded = String::new();
        for c in chars {
            push(*c, &mut folded);
        }
        self.words.push(Word { folded, start, end, kind });
    }
}

fn fold_letter(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    for c in std::iter::once(c).nfkd().flat_map(char::to_lowercase).filter(|c| class(*c) != Class::Silent) {
        push(c, out);
    }
}

fn push(c: char, out: &mut String) {
    let code = u32::from(c);
    let old = matches!(code, 0..=0xffff) && class(c) != Class::Symbol;
    if old || matches!(code, 0x2_0000..=0x2_b73f) {
        out.push(c);
    } else {
        out.push(MARK);
        out.push_str(&format!("{code:x}"));
    }
}

fn class(c: char) -> Class {
    if c.is_ascii() {
        return if c.is_ascii_alphanumeric() { Class::Letter } else { Class::Break };
    }
    match u32::from(c) {
        // Soft hyphen, joiners and directions, variation selectors, skin tones.
        0xad
        | 0x200b..=0x200f
        | 0x202a..=0x202e
        | 0x2060..=0x2069
        | 0xfe00..=0xfe0f
        | 0xfeff
        | 0x1_f3fb..=0x1_f3ff
        | 0xe_0000..=0xe_0fff => Class::Silent,
        // Accents, Hebrew points, Arabic vowel signs and stretching.
        0x300..=0x36f | 0x591..=0x5c7 | 0x610..=0x61a | 0x640 | 0x64b..=0x65f | 0x670 | 0x6d6..=0x6ed => Class::Silent,
        0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0x20d0..=0x20ff | 0xfe20..=0xfe2f => Class::Silent,
        // Thai and Lao, Tibetan, Myanmar, Korean, Khmer.
        0xe00..=0xedf | 0xf00..=0xfbc | 0x1000..=0x109f | 0x1100..=0x11ff | 0x1780..=0x17dd if is_word(c) => Class::Unspaced,
        // Han, kana, bopomofo, Korean.
        0x2e80..=0x2fdf | 0x3005..=0x3007 | 0x3021..=0x3029 | 0x3031..=0x3035 | 0x3041..=0x312f | 0x3131..=0x318e | 0x31a0..=0x31ff
            if c != '・' && c != '゠' =>
        {
            Class::Unspaced
        }
        0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xac00..=0xd7ff | 0xf900..=0xfaff | 0xff66..=0xff9f | 0xffa0..=0xffdc | 0x2_0000..=0x3_ffff => {
            Class::Unspaced
        }
        0xa9 | 0xae | 0x203c | 0x2049 | 0x2122 | 0x2190..=0x21ff | 0x2300..=0x23ff | 0x2600..=0x27bf | 0x2b00..=0x2bff => Class::Symbol,
        0x1_f000..=0x1_faff => Class::Symbol,
        _ if is_word(c) => Class::Letter,
        _ => Class::Break,
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// True for characters of scripts that put no space between words, and for Korean.
pub fn is_unspaced(c: char) -> bool {
    class(c) == Class::Unspaced
}

/// True where text must not be cut before `c`: it belongs to the character before it.
pub fn continues(c: char) -> bool {
    class(c) == Class::Silent || is_combining_mark(c)
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
