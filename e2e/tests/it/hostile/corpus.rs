//! Texts that mean harm, or only look as if they did, for every field that a person can fill.

use anyhow::Result;
use serde::Deserialize;

const FILE: &str = include_str!("../../../corpus/hostile.json");

#[derive(Clone, Debug, Deserialize)]
pub struct Hostile {
    pub name: String,
    text: String,
    /// How often the text stands there, for what is long.
    #[serde(default = "once")]
    times: usize,
    /// What a message shows of it, where that is not what was typed.
    shown: Option<String>,
    /// Where its link leads, as the system is told; without it nothing in it is a link.
    pub opens: Option<String>,
    /// An address that goes to no program, whoever asks for it.
    #[serde(default)]
    pub refused: bool,
}

fn once() -> usize {
    1
}

impl Hostile {
    pub fn all() -> Result<Vec<Self>> {
        Ok(serde_json::from_str(FILE)?)
    }

    pub fn typed(&self) -> String {
        self.text.repeat(self.times)
    }

    pub fn shown(&self) -> String {
        self.shown.clone().unwrap_or_else(|| self.typed())
    }

    /// Whether some fields refuse it: a line break alone is none of those characters.
    pub fn has_controls(&self) -> bool {
        self.text.chars().any(|c| c.is_control() && c != '\n')
    }
}

/// Several of them one behind the other, as much as a field takes at a time.
#[derive(Clone, Debug)]
pub struct Pack {
    pub typed: String,
    pub shown: String,
}

/// All of them, in packs of at most so many characters as the page counts them; one that is longer alone is cut.
pub fn packed<'c>(corpus: impl IntoIterator<Item = &'c Hostile>, room: usize) -> Vec<Pack> {
    let mut packs: Vec<Pack> = vec![];
    for one in corpus {
        let mut next = Pack { typed: one.typed(), shown: one.shown() };
        if width(&next.typed) > room {
            let cut = cut(&next.typed, room);
            next = Pack { typed: cut.clone(), shown: cut };
        }
        match packs.last_mut().filter(|last| width(&last.typed) + 1 + width(&next.typed) <= room) {
            Some(last) => {
                last.typed = format!("{} {}", last.typed, next.typed);
                last.shown = format!("{} {}", last.shown, next.shown);
            }
            None => packs.push(next),
        }
    }
    packs
}

/// How long a text is where a field has a longest one: JavaScript counts halves of what lies outside of the first plane.
fn width(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

fn cut(text: &str, room: usize) -> String {
    let mut left = room;
    text.chars()
        .take_while(|c| {
            let fits = c.len_utf16() <= left;
            left = left.saturating_sub(c.len_utf16());
            fits
        })
        .collect()
}

/// What must be the same of what was typed and what is shown: all but white space, which a line and a page have otherwise.
pub fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A name as the server gives it back: without controls, without what cannot be seen, and without what turns the writing around.
pub fn visible(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
            || matches!(c, '\u{feff}' | '\u{fff9}'..='\u{fffb}')
    };
    text.chars().filter(|c| !hidden(*c)).collect()
}

#[test]
fn nothing_of_the_corpus_is_lost_in_packs() {
    let corpus = Hostile::all().unwrap();
    for room in [64, 300, 15_000] {
        let packs = packed(&corpus, room);
        assert!(packs.iter().all(|pack| width(&pack.typed) <= room), "{room}");
        let whole: String = packs.iter().map(|pack| pack.typed.as_str()).collect();
        for one in corpus.iter().filter(|one| width(&one.typed()) <= room) {
            assert!(whole.contains(&one.typed()), "{:?} is in no pack of {room}", one.name);
        }
    }
}

#[test]
fn what_cannot_be_seen_is_taken_out_of_names() {
    assert_eq!(visible("a\u{202e}d\u{200b}m\u{7}in 👩\u{200d}🚀"), "admin 👩\u{200d}🚀");
    assert_eq!(bare(" a\n\u{a0}b\t"), "ab");
}
