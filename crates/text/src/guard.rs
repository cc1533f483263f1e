//! A text as comrak may see it: what CommonMark has and chat has not is put away, and quotes and lists are written so that CommonMark
//! reads them as chat does. Nothing is taken out.

mod address;
mod kept;
mod words;

use crate::BLOCK_DEPTH_MAX;
use kept::kept;
pub(crate) use kept::{foreign, typed};
use words::{across, words};

/// A tab is as wide as this many spaces.
const TAB: usize = 4;
/// More spaces before `>` make it text.
const QUOTE_INDENT_MAX: usize = 3;
/// Lines that stand so much further in than the dot or number belong to its item.
const DEEPER: usize = 2;
/// Longer ones are no numbers of a list.
const DIGITS_MAX: usize = 9;
/// Fewer backticks are code within a line.
const TICKS_MIN: usize = 3;

/// The source, line by line, for comrak.
pub(crate) fn guarded(source: &str) -> String {
    let mut guard = Guard::default();
    for line in source.replace("\r\n", "\n").split(['\n', '\r']) {
        guard.line(line);
    }
    guard.out
}

#[derive(Default)]
struct Guard {
    out: String,
    /// Quotes and items that the line before was in.
    open: Vec<Container>,
    fence: Option<Fence>,
    /// The line before is words, which would go on in this one.
    words: bool,
}

enum Container {
    Quote,
    Item {
        /// Columns before the dot or number, and up to the words.
        indent: usize,
        width: usize,
        /// As comrak sees it.
        written: usize,
    },
}

/// A block of code that is open.
struct Fence {
    ticks: usize,
    indent: usize,
}

impl Guard {
    fn line(&mut self, line: &str) {
        let (mut prefix, mut rest, mut stay) = (String::new(), line, 0);
        while let Some(inside) = self.open.get(stay).and_then(|container| container.goes_on(rest, &mut prefix)) {
            rest = inside;
            stay += 1;
        }
        let ended = stay < self.open.len();
        self.open.truncate(stay);
        if let Some(fence) = self.fence.take().filter(|_| !ended) {
            return self.code(fence, &prefix, rest);
        }
        let mut began = false;
        while self.open.len() < BLOCK_DEPTH_MAX
            && let Some((container, inside)) = Container::begins(rest, self.words && !ended && !began, &mut prefix)
        {
            self.open.push(container);
            rest = inside;
            began = true;
        }
        if rest.trim().is_empty() {
            self.words = false;
            return self.push(&prefix, "");
        }
        if let Some((fence, info)) = Fence::begins(rest) {
            self.push(&prefix, &format!("{}{}", "`".repeat(fence.ticks), kept(info.trim())));
            self.words = false;
            self.fence = Some(fence);
            return;
        }
        if self.words && ended && !began {
            // The line below a quote or a list is no part of it.
            self.push(&prefix, "");
        }
        self.push(&prefix, &words(rest));
        self.words = true;
    }

    /// Code is opaque; backticks close it at the end of a line too.
    fn code(&mut self, fence: Fence, prefix: &str, line: &str) {
        let before = line.trim_end().trim_end_matches('`');
        let ticks = line.trim_end().get(before.len()..).unwrap_or_default();
        let own = |line| kept(without(line, fence.indent));
        if ticks.len() < fence.ticks {
            self.push(prefix, &own(line));
            self.fence = Some(fence);
            return;
        }
        if !before.trim().is_empty() {
            self.push(prefix, &own(before));
        }
        self.push(prefix, ticks);
        self.words = false;
    }

    fn push(&mut self, prefix: &str, line: &str) {
        self.out.push_str(prefix);
        self.out.push_str(line);
        self.out.push('\n');
    }
}

impl Container {
    /// What a line has within this, if it is still in it; `prefix` becomes what comrak needs to see of it.
    fn goes_on<'a>(&self, line: &'a str, prefix: &mut String) -> Option<&'a str> {
        match self {
            Self::Quote => quoted(line, prefix),
            Self::Item { .. } if line.trim().is_empty() => Some(""),
            Self::Item { indent: own, width, written } => (indent(line) >= own + DEEPER).then(|| {
                prefix.push_str(&" ".repeat(*written));
                without(line, *width)
            }),
        }
    }

    /// A number within words rarely begins a list, unless it is the first one.
    fn begins<'a>(line: &'a str, within: bool, prefix: &mut String) -> Option<(Self, &'a str)> {
        if let Some(inside) = quoted(line, prefix) {
            return Some((Self::Quote, inside));
        }
        let body = line.trim_start();
        let after = match body.strip_prefix(['-', '*']) {
            Some(after) if !across(body) => after,
            Some(_) => return None,
            None => {
                let after = body.trim_start_matches(|c: char| c.is_ascii_digit());
                let digits = body.get(..body.len() - after.len())?;
                // A number that would be written differently is shown as typed: 01. January.
                let kept = !digits.is_empty() && digits.len() <= DIGITS_MAX && (digits == "0" || !digits.starts_with('0'));
                after.strip_prefix(['.', ')']).filter(|_| kept && (!within || digits == "1"))?
            }
        };
        let inside = after.trim_start();
        // Something must follow, after a space.
        if inside.is_empty() || inside.len() == after.len() {
            return None;
        }
        let mark = body.get(..body.len() - after.len())?;
        prefix.push_str(mark);
        prefix.push(' ');
        let indent = indent(line);
        Some((Self::Item { indent, width: indent + body.len() - inside.len(), written: mark.len() + 1 }, inside))
    }
}

impl Fence {
    /// With what stands behind the backticks.
    fn begins(line: &str) -> Option<(Self, &str)> {
        let body = line.trim_start();
        let info = body.trim_start_matches('`');
        let ticks = body.len() - info.len();
        // One line with backticks at both ends is code within it.
        (ticks >= TICKS_MIN && !info.contains('`')).then(|| (Self { ticks, indent: indent(line) }, info))
    }
}

/// What a line quotes. `>:(` and `>_<` are faces.
fn quoted<'a>(line: &'a str, prefix: &mut String) -> Option<&'a str> {
    let body = line.trim_start_matches(' ');
    let rest = body.strip_prefix('>').filter(|_| line.len() - body.len() <= QUOTE_INDENT_MAX)?;
    let (mark, inside) = match rest.strip_prefix(' ') {
        Some(inside) => ("> ", inside),
        None if rest.is_empty() || rest.starts_with('>') => (">", rest),
        None => return None,
    };
    prefix.push_str(mark);
    Some(inside)
}

/// Columns of white space before the first word.
fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { TAB } else { 1 }).sum()
}

/// The line without so many columns of white space at its beginning, as far as there are any.
fn without(line: &str, columns: usize) -> &str {
    let mut at = 0;
    let fits = |c: char| {
        let before = at;
        at += if c == '\t' { TAB } else { 1 };
        before < columns && c.is_whitespace()
    };
    line.trim_start_matches(fits)
}
