//! A line's words: which of its signs may be marks for comrak.

use super::{
    address::{address, destination},
    kept::{BREAK, keep, kept, linked},
};
use crate::target;

/// What stands in a line behind the marks of its quotes and lists.
pub fn words(line: &str) -> String {
    let mut words = Words { line, at: 0, out: String::with_capacity(line.len()) };
    words.start();
    while let Some(c) = words.rest().chars().next() {
        words.step(c);
    }
    words.out
}

struct Words<'a> {
    line: &'a str,
    at: usize,
    out: String,
}

impl<'a> Words<'a> {
    fn rest(&self) -> &'a str {
        self.line.get(self.at..).unwrap_or_default()
    }

    fn before(&self) -> Option<char> {
        self.line.get(..self.at)?.chars().next_back()
    }

    fn ahead(&self, chars: usize) -> Option<char> {
        self.rest().chars().nth(chars)
    }

    fn show(&mut self, bytes: usize) {
        self.out.push_str(self.rest().get(..bytes).unwrap_or_default());
        self.at += bytes;
    }

    fn keep(&mut self, bytes: usize) {
        self.out.push_str(&kept(self.rest().get(..bytes).unwrap_or_default()));
        self.at += bytes;
    }

    /// Indentation is seen; headings, lines across the page and lists that are none are words.
    fn start(&mut self) {
        let body = self.line.trim_start();
        self.keep(self.line.len() - body.len());
        if body.len() < self.line.len() {
            // A mark behind it is not within a word.
            self.out.push(BREAK);
        }
        let digits = body.len() - body.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if across(body) {
            self.keep(body.len());
        } else if digits > 0 {
            self.show(digits);
            self.keep(usize::from(self.rest().starts_with(['.', ')'])));
        } else if body.starts_with(['#', '+', '-']) || (body.starts_with('*') && body.chars().nth(1).is_none_or(char::is_whitespace)) {
            self.keep(1);
        }
    }

    fn step(&mut self, c: char) {
        match c {
            // `_` is not among them: the arm of ¯\_(ツ)_/¯ stays.
            '\\' if self.ahead(1).is_some_and(|c| matches!(c, '*' | '~' | '|' | '`' | '[' | ']' | '>')) => self.show(2),
            '`' => self.code(),
            '*' | '_' | '~' | '|' => self.mark(c),
            // Pictures are words.
            '!' if self.ahead(1) == Some('[') => self.keep(2),
            ']' => self.close(),
            'h' | 'H' | 'm' | 'M' if !self.before().is_some_and(char::is_alphanumeric) => self.address(),
            '\\' | '<' | '>' | '&' | '\0' | '\u{feff}' => self.keep(c.len_utf8()),
            _ => self.show(c.len_utf8()),
        }
    }

    /// Code within the line; a backtick without a partner is a backtick.
    fn code(&mut self) {
        let rest = self.rest();
        let inside = rest.trim_start_matches('`');
        let ticks = rest.len() - inside.len();
        let Some(bytes) = until(inside, ticks) else { return self.keep(ticks) };
        self.show(ticks);
        let stand_in = |c| if c == ' ' { c } else { keep(c) };
        self.out.extend(inside.get(..bytes).unwrap_or_default().chars().map(stand_in));
        self.at += bytes;
        self.show(ticks);
    }

    /// `snake_case`, `__init__`, `2*3`, `2**3` and `a||b` have no marks.
    fn mark(&mut self, sign: char) {
        let rest = self.rest();
        let count = rest.len() - rest.trim_start_matches(sign).len();
        let between =
            |within: fn(&char) -> bool| self.before().is_some_and(|c| within(&c)) && self.ahead(count).is_some_and(|c| within(&c));
        let fits = match (sign, count) {
            ('*', 1) => !between(char::is_ascii_alphanumeric),
            ('*', 2 | 3) => !between(char::is_ascii_digit),
            ('|', 2) => !between(char::is_ascii_alphanumeric),
            ('_', 1) | ('~', 2) => true,
            _ => false,
        };
        if fits { self.show(count) } else { self.keep(count) }
    }

    /// The end of a link, if it leads where links may. Not even a reference is defined.
    fn close(&mut self) {
        match self.rest().strip_prefix("](").and_then(destination) {
            Some(address) => {
                self.show("](".len());
                self.link(address);
            }
            None if self.ahead(1) == Some(':') => self.keep(1),
            None => {
                self.show(1);
                self.keep(usize::from(self.rest().starts_with('(')));
            }
        }
    }

    fn address(&mut self) {
        match address(self.rest()) {
            Some(typed) if target::shown(typed).is_some_and(|url| url.scheme() != "mailto" || typed.contains('@')) => self.link(typed),
            Some(typed) => self.keep(typed.len()),
            None => self.show(1),
        }
    }

    fn link(&mut self, address: &str) {
        self.out.push_str(&linked(address));
        self.at += address.len();
    }
}

/// A line across the page.
pub fn across(text: &str) -> bool {
    ['-', '*', '_'].iter().any(|sign| text.matches(*sign).count() >= 3 && text.chars().all(|c| c == *sign || c == ' ' || c == '\t'))
}

/// Bytes up to the next run of exactly so many backticks.
fn until(text: &str, ticks: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text.get(at..)?.find('`') {
        let run = text.get(at + found..)?;
        let count = run.len() - run.trim_start_matches('`').len();
        if count == ticks {
            return Some(at + found);
        }
        at += found + count;
    }
    None
}
