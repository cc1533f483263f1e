//! Lists of dots and of numbers.

use crate::{BLOCK_DEPTH_MAX, blocks::blocks, tree::Block};

/// A tab is as wide as this many spaces.
const TAB: usize = 4;
/// Lines that stand so much further in than the dot or number belong to its item.
const DEEPER: usize = 2;
/// Longer ones are no numbers of a list.
const DIGITS_MAX: usize = 9;

/// What begins an item.
pub(crate) struct Marker<'a> {
    /// Columns before the dot or number, and up to the words.
    indent: usize,
    width: usize,
    /// `None` for a dot.
    pub number: Option<u32>,
    words: &'a str,
}

impl<'a> Marker<'a> {
    pub fn read(line: &'a str) -> Option<Self> {
        let body = line.trim_start();
        let (number, after) = match body.strip_prefix(['-', '*']) {
            Some(after) => (None, after),
            None => {
                let after = body.trim_start_matches(|c: char| c.is_ascii_digit());
                let digits = body.get(..body.len() - after.len())?;
                // A number that would be written differently is shown as typed: 01. January.
                let kept = digits.len() <= DIGITS_MAX && (digits == "0" || !digits.starts_with('0'));
                (Some(digits.parse().ok().filter(|_| kept)?), after.strip_prefix(['.', ')'])?)
            }
        };
        let words = after.trim_start();
        // Something must follow, after a space; and a line across the page is none of ours.
        let across = body.chars().all(|c| matches!(c, '-' | '*' | ' '));
        if words.is_empty() || words.len() == after.len() || across {
            return None;
        }
        Some(Self { indent: indent(line), width: indent(line) + (body.len() - words.len()), number, words })
    }
}

/// Columns of white space before the first word.
fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { TAB } else { 1 }).sum()
}

/// The line without so many columns of white space at its beginning, as far as there are any.
fn without(line: &str, columns: usize) -> &str {
    let mut at = 0;
    let mut rest = line;
    for c in line.chars() {
        if at >= columns || !c.is_whitespace() {
            break;
        }
        at += if c == '\t' { TAB } else { 1 };
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    rest
}

/// The list at the beginning of the lines and how many of them it takes. Numbers go up by one: another number begins another list, so
/// that each is shown as it was typed.
pub(crate) fn list(lines: &[&str], depth: usize) -> Option<(Block, usize)> {
    if depth >= BLOCK_DEPTH_MAX {
        return None;
    }
    let start = Marker::read(lines.first()?)?.number;
    let mut items: Vec<Vec<Block>> = Vec::new();
    let mut taken = 0;
    let mut at = 0;
    while let Some(marker) = lines.get(at).and_then(|line| Marker::read(line)) {
        let next = start.and_then(|start| start.checked_add(u32::try_from(items.len()).ok()?));
        if marker.number != next {
            break;
        }
        let rest = lines.get(at + 1..).unwrap_or_default();
        let own = belonging(rest, &marker);
        let mut item = vec![marker.words];
        item.extend(rest.iter().take(own).map(|line| without(line, marker.width)));
        items.push(blocks(&item, depth + 1));
        taken = at + 1 + own;
        at = taken + blank(lines.get(taken..).unwrap_or_default());
    }
    Some((Block::List { start, items }, taken))
}

/// How many of these lines belong to the item before them: those further in, with the empty ones between them.
fn belonging(lines: &[&str], marker: &Marker<'_>) -> usize {
    let mut own = 0;
    let mut at = 0;
    loop {
        at += blank(lines.get(at..).unwrap_or_default());
        match lines.get(at) {
            Some(line) if indent(line) >= marker.indent + DEEPER => at += 1,
            _ => return own,
        }
        own = at;
    }
}

/// Empty lines at the beginning.
fn blank(lines: &[&str]) -> usize {
    lines.iter().take_while(|line| line.trim().is_empty()).count()
}
