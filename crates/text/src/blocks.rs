//! Lines to blocks.

use crate::{
    BLOCK_DEPTH_MAX,
    code::{code, is_fence},
    inlines::inlines,
    lists::{Marker, list},
    tree::Block,
};

/// More spaces before `>` make it text.
const QUOTE_INDENT_MAX: usize = 3;

/// What these lines say; `depth` blocks are around them.
pub(crate) fn blocks(lines: &[&str], depth: usize) -> Vec<Block> {
    let mut found = Vec::new();
    let mut rest = lines;
    while let Some(first) = rest.first() {
        let taken = if first.trim().is_empty() {
            1
        } else {
            let (block, taken) =
                code(rest).or_else(|| quote(rest, depth)).or_else(|| list(rest, depth)).unwrap_or_else(|| paragraph(rest, depth));
            found.push(block);
            taken
        };
        rest = rest.get(taken.max(1)..).unwrap_or_default();
    }
    found
}

/// Up to an empty line, or to what begins something else.
fn paragraph(lines: &[&str], depth: usize) -> (Block, usize) {
    let more = lines.iter().skip(1).take_while(|line| !line.trim().is_empty() && !interrupts(line, depth)).count();
    let text = lines.get(..1 + more).unwrap_or(lines).join("\n");
    (Block::Paragraph { inlines: inlines(&text) }, 1 + more)
}

/// A number within a text rarely begins a list, unless it is the first one.
fn interrupts(line: &str, depth: usize) -> bool {
    let nests = depth < BLOCK_DEPTH_MAX;
    is_fence(line)
        || (nests && (quoted(line).is_some() || Marker::read(line).is_some_and(|marker| matches!(marker.number, None | Some(1)))))
}

/// Only lines that say so are in a quote: the one below it is the answer.
fn quote(lines: &[&str], depth: usize) -> Option<(Block, usize)> {
    if depth >= BLOCK_DEPTH_MAX {
        return None;
    }
    let own: Vec<&str> = lines.iter().map_while(|line| quoted(line)).collect();
    if own.is_empty() {
        return None;
    }
    let taken = own.len();
    if own.iter().all(|line| line.chars().all(|c| c == '>' || c.is_whitespace())) {
        // Nothing in it: it is shown as typed.
        return Some((Block::text(lines.get(..taken).unwrap_or(lines).join("\n")), taken));
    }
    Some((Block::Quote { blocks: blocks(&own, depth + 1) }, taken))
}

/// What a line quotes. `>:(` and `>_<` are faces.
fn quoted(line: &str) -> Option<&str> {
    let body = line.trim_start_matches(' ');
    let rest = body.strip_prefix('>').filter(|_| line.len() - body.len() <= QUOTE_INDENT_MAX)?;
    match rest.strip_prefix(' ') {
        Some(words) => Some(words),
        None => (rest.is_empty() || rest.starts_with('>')).then_some(rest),
    }
}
