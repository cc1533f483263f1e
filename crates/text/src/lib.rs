//! Light formatting: from what a person typed to a tree that can be drawn, and to plain words.
//!
//! The source stays what travels and what is edited; this reads it for the eye. One reader for the page, for notifications, for the
//! list's last line and for search. Pure: no I/O, no clock.
//!
//! | typed | shown |
//! |---|---|
//! | `**a**` | bold |
//! | `*a*`, `_a_` | italic |
//! | `~~a~~` | struck out |
//! | `\|\|a\|\|` | hidden until it is asked for |
//! | `` `a` `` | code |
//! | `[a](https://b)`, `https://b`, `mailto:b@c` | a link; other schemes stay text |
//! | lines between ```` ``` ````, with a language behind the first | a block of code |
//! | lines that begin with `> ` | a quote |
//! | lines that begin with `- `, `* `, `1. ` or `1) ` | a list; deeper with two spaces before it |
//!
//! A backslash before a mark makes it text, except before `_`: there it stays and can be seen, for ¯\\\_(ツ)\_/¯. All else is shown as it
//! was typed, line breaks too: headings, tables, pictures, markup and entities are words here, and nothing that somebody wrote disappears.

mod blocks;
mod code;
mod inlines;
mod lists;
mod plain;
pub mod target;
mod tree;

pub use plain::{SPOILER, plain};
pub use tree::{Block, Inline, depth, drawn, nodes};

/// Nested blocks: quotes in lists in quotes. Deeper marks are shown as typed.
pub const BLOCK_DEPTH_MAX: usize = 6;
/// Marks that are open at once in one paragraph; of more the first ones are shown as typed.
pub const OPEN_MARKS_MAX: usize = 6;
/// How deep a tree can be: blocks and a paragraph in them, marks (an open `***` makes two levels), a link, its marks, words.
pub const DEPTH_MAX: usize = BLOCK_DEPTH_MAX + 1 + 2 * OPEN_MARKS_MAX + 1 + 2 * OPEN_MARKS_MAX + 1;
/// What a page draws for one message: a text that asks for more is shown as typed.
pub const NODES_MAX: usize = 2_000;

/// The tree of a text, of at most [`NODES_MAX`] nodes and [`DEPTH_MAX`] levels. The time it takes grows with the length alone.
pub fn parse(source: &str) -> Vec<Block> {
    let lines: Vec<&str> = source.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
    let tree = blocks::blocks(&lines, 0);
    if nodes(&tree) > NODES_MAX {
        return vec![Block::text(source)];
    }
    tree
}

/// The tree of a text, or `None` where it says no more than the text itself does: most messages have no marks.
pub fn formatted(source: &str) -> Option<Vec<Block>> {
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

/// Plain words of a source text.
pub fn words(source: &str) -> String {
    plain(&parse(source))
}

/// Lines with something on them.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim().is_empty())
}
