//! Light formatting: from what a person typed to a tree that can be drawn, and to plain words.
//!
//! The source stays what travels and what is edited; this reads it for the eye. One reader for the page, for notifications, for the
//! list's last line and for search. comrak reads; the guard keeps from it what chat does not have. Pure: no I/O, no clock.
//!
//! | typed | shown |
//! |---|---|
//! | `**a**` | bold |
//! | `*a*`, `_a_` | italic |
//! | `~~a~~` | struck out |
//! | `\|\|a\|\|` | hidden until it is asked for |
//! | `` `a` `` | code |
//! | `[a](https://b)`, `https://b`, `mailto:b@c`, a link to a message | a link; other schemes stay text |
//! | lines between ```` ``` ````, with a language behind the first | a block of code |
//! | lines that begin with `> ` | a quote |
//! | lines that begin with `- `, `* `, `1. ` or `1) ` | a list; deeper with two spaces before it |
//!
//! A backslash before a mark makes it text, except before `_`: there it stays and can be seen, for ¯\\\_(ツ)\_/¯. All else is shown as it
//! was typed, line breaks too: headings, tables, pictures, markup and entities are words here, and nothing that somebody wrote disappears.

mod convert;
mod guard;
mod kind;
mod mention;
mod plain;
pub mod search;
pub mod target;
mod tree;

pub use kind::MessageKind;
pub use mention::{EVERYONE, Nameable};
pub use plain::{SPOILER, plain};
pub use tree::{Block, Inline, depth, drawn, nodes};

use comrak::{Arena, Options, parse_document};
use convert::Reading;
use guard::{foreign, guarded};

/// Nested blocks: quotes in lists in quotes. Deeper marks are shown as typed.
pub const BLOCK_DEPTH_MAX: usize = 6;
/// How deep a tree can be, from a block to the words in it: a text that asks for more is shown as typed.
pub const DEPTH_MAX: usize = 33;
/// What a page draws for one message: a text that asks for more is shown as typed.
pub const NODES_MAX: usize = 2_000;

/// The tree of a text, of at most [`NODES_MAX`] nodes and [`DEPTH_MAX`] levels.
pub fn parse(source: &str) -> Vec<Block> {
    read(source).filter(|tree| nodes(tree) <= NODES_MAX).unwrap_or_else(|| vec![Block::text(source)])
}

/// comrak's tree as ours, or `None` if it is too deep.
fn read(source: &str) -> Option<Vec<Block>> {
    if foreign(source) {
        return None;
    }
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.spoiler = true;
    options.extension.cjk_friendly_emphasis = true;
    options.parse.ignore_setext = true;
    options.render.ignore_empty_links = true;
    let guarded = guarded(source);
    let arena = Arena::new();
    Reading { lines: guarded.lines().collect() }.blocks(parse_document(&arena, &guarded, &options), DEPTH_MAX)
}

/// Which of these people a text names: their places in `people`, each once, in the order of the text.
pub fn named(source: &str, people: &[Nameable]) -> Vec<usize> {
    if mention::has_sign(source) { mention::named(&parse(source), people) } else { vec![] }
}

/// The tree of a text with the people whom it names, or `None` where it says no more than the text itself does: most messages have no
/// marks and name nobody.
pub fn formatted(source: &str, people: &[Nameable]) -> Option<Vec<Block>> {
    if !people.is_empty() && mention::has_sign(source) {
        let plain = parse(source);
        let tree = mention::with_names(plain.clone(), people);
        if tree != plain && nodes(&tree) <= NODES_MAX {
            return Some(tree);
        }
    }
    if is_bare(source) {
        return None;
    }
    let tree = parse(source);
    let words = |block: &Block| match block {
        Block::Paragraph { inlines } => match inlines.as_slice() {
            [Inline::Text { text }] => Some(text.clone()),
            _ => None,
        },
        _ => None,
    };
    let shown: Option<Vec<String>> = tree.iter().map(words).collect();
    let same = shown.is_some_and(|shown| lines(source).eq(shown.iter().flat_map(|text| lines(text))));
    (!same).then_some(tree)
}

/// Whether a link is drawn anywhere in it.
pub fn has_link(source: &str) -> bool {
    tree::has_link(&parse(source))
}

/// Plain words of a source text, in which people are called by their names.
pub fn words(source: &str, people: &[Nameable]) -> String {
    if !people.is_empty() && mention::has_sign(source) {
        plain(&mention::with_names(parse(source), people))
    } else if is_bare(source) {
        source.to_owned()
    } else {
        plain(&parse(source))
    }
}

/// True for a line in which no mark can be, so that it need not be read: most messages, of which a window's list and pages ask for hundreds.
fn is_bare(source: &str) -> bool {
    let anywhere = |c: char| c.is_control() || "*_~|`[]\\:".contains(c);
    let first = |c: char| c.is_ascii_digit() || ">-+".contains(c);
    source.trim() == source && !source.starts_with(first) && !source.contains(anywhere)
}

/// Lines with something on them.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r']).map(str::trim_end).filter(|line| !line.is_empty())
}
