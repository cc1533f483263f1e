//! A block of code between lines of backticks.

use crate::tree::Block;

/// Fewer are code within a line.
const TICKS_MIN: usize = 3;
/// A longer word is no language.
const LANGUAGE_CHARS_MAX: usize = 32;

/// What opens a block of code.
struct Fence<'a> {
    ticks: usize,
    indent: usize,
    /// What stands behind the backticks.
    info: &'a str,
}

impl<'a> Fence<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let body = line.trim_start_matches(' ');
        let info = body.trim_start_matches('`');
        let (ticks, indent) = (body.len() - info.len(), line.len() - body.len());
        // One line with backticks at both ends is code within it.
        (ticks >= TICKS_MIN && !info.contains('`')).then(|| Self { ticks, indent, info: info.trim() })
    }

    /// What stands before the closing backticks of a line that closes the block.
    fn closed_by<'l>(&self, line: &'l str) -> Option<&'l str> {
        let line = line.trim_end();
        let before = line.trim_end_matches('`');
        (line.len() - before.len() >= self.ticks).then_some(before)
    }
}

pub(crate) fn is_fence(line: &str) -> bool {
    Fence::read(line).is_some()
}

/// The block of code at the beginning of the lines and how many of them it takes. One that is not closed goes to the end.
pub(crate) fn code(lines: &[&str]) -> Option<(Block, usize)> {
    let (first, rest) = lines.split_first()?;
    let fence = Fence::read(first)?;
    let mut code: Vec<&str> = Vec::new();
    let mut taken = lines.len();
    let language = Some(fence.info).filter(|info| is_language(info));
    // Words in the place of a language are the first line.
    code.extend(Some(fence.info).filter(|info| language.is_none() && !info.is_empty()));
    for (line, n) in rest.iter().zip(2..) {
        if let Some(before) = fence.closed_by(line) {
            taken = n;
            code.extend(Some(before).filter(|before| !before.trim().is_empty()));
            break;
        }
        let spaces = line.len() - line.trim_start_matches(' ').len();
        code.push(line.get(spaces.min(fence.indent)..).unwrap_or(line));
    }
    if code.iter().all(|line| line.trim().is_empty()) {
        // Nothing in it: it is shown as typed.
        return Some((Block::text(lines.get(..taken).unwrap_or(lines).join("\n")), taken));
    }
    Some((Block::Code { language: language.map(str::to_owned), code: code.join("\n") }, taken))
}

fn is_language(info: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '#' | '.' | '_');
    !info.is_empty() && info.len() <= LANGUAGE_CHARS_MAX && info.chars().all(fits)
}
