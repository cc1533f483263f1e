//! A paragraph's pieces, in one pass: code and addresses have no marks in them, brackets know their partner.

use super::address::{address, stops};
use crate::target;
use std::collections::BTreeMap;
use url::Url;

/// A piece of a paragraph.
pub enum Token<'a> {
    Text(&'a str),
    Code(&'a str),
    /// A bare address.
    Address {
        typed: &'a str,
        url: Url,
    },
    Mark(Mark<'a>),
    /// `[`, and the place of its `]` among the tokens.
    Open {
        close: Option<usize>,
    },
    /// `]`, with `(target)` behind it when it is a link.
    Close {
        typed: &'a str,
        label: &'a str,
        target: Option<(&'a str, Url)>,
    },
}

/// Equal characters that may begin or end something.
pub struct Mark<'a> {
    pub typed: &'a str,
    pub sign: char,
    pub count: usize,
    pub opens: bool,
    pub closes: bool,
}

pub fn lex(text: &str) -> Vec<Token<'_>> {
    let mut lexer = Lexer { text, at: 0, words_from: 0, tokens: Vec::new(), brackets: Vec::new(), ticks: closing_ticks(text) };
    while let Some(c) = lexer.rest().chars().next() {
        lexer.step(c);
    }
    lexer.words_until(text.len());
    lexer.tokens
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    /// Where words begin that are no token yet.
    words_from: usize,
    tokens: Vec<Token<'a>>,
    /// Brackets that are open: their places among the tokens, and in the text behind them.
    brackets: Vec<(usize, usize)>,
    /// Where the code ends that begins at a place.
    ticks: BTreeMap<usize, usize>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn before(&self) -> Option<char> {
        self.text.get(..self.at)?.chars().next_back()
    }

    fn words_until(&mut self, end: usize) {
        if let Some(words) = self.text.get(self.words_from..end).filter(|words| !words.is_empty()) {
            self.tokens.push(Token::Text(words));
        }
    }

    /// A token of so many bytes.
    fn take(&mut self, bytes: usize, token: Token<'a>) {
        self.words_until(self.at);
        self.tokens.push(token);
        self.at += bytes;
        self.words_from = self.at;
    }

    fn step(&mut self, c: char) {
        match c {
            '\\' if self.rest().chars().nth(1).is_some_and(escapable) => self.escape(),
            '`' => self.code(),
            '*' | '_' | '~' | '|' => self.mark(c),
            '[' => self.open(),
            ']' => self.close(),
            'h' | 'H' | 'm' | 'M' if !self.before().is_some_and(char::is_alphanumeric) => self.address(c),
            _ => self.at += c.len_utf8(),
        }
    }

    /// The mark behind the backslash is the beginning of words.
    fn escape(&mut self) {
        self.words_until(self.at);
        self.words_from = self.at + 1;
        self.at += 2;
    }

    fn code(&mut self) {
        let rest = self.rest();
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        let inside = self.ticks.get(&self.at).and_then(|end| self.text.get(self.at + ticks..*end));
        match inside {
            Some(inside) => {
                // One space at both ends, so that code can begin with a backtick.
                let bare = inside.strip_prefix(' ').and_then(|inside| inside.strip_suffix(' ')).filter(|bare| !bare.trim().is_empty());
                self.take(2 * ticks + inside.len(), Token::Code(bare.unwrap_or(inside)));
            }
            None => self.at += ticks,
        }
    }

    fn mark(&mut self, sign: char) {
        let rest = self.rest();
        let count = rest.len() - rest.trim_start_matches(sign).len();
        let fits = match sign {
            '*' => count <= 3,
            // Two of them are part of a name more often than a mark: __init__.
            '_' => count == 1,
            _ => count == 2,
        };
        let typed = rest.get(..count).unwrap_or_default();
        let (before, after) = (self.before(), rest.get(count..).and_then(|rest| rest.chars().next()));
        let (opens, closes) = (touches(after) && free(sign, count, before), touches(before) && free(sign, count, after));
        match fits && (opens || closes) {
            true => self.take(count, Token::Mark(Mark { typed, sign, count, opens, closes })),
            false => self.at += count,
        }
    }

    fn open(&mut self) {
        self.take(1, Token::Open { close: None });
        self.brackets.push((self.tokens.len() - 1, self.at));
    }

    fn close(&mut self) {
        let Some((open, from)) = self.brackets.pop() else {
            self.at += 1;
            return;
        };
        // A picture is shown as typed.
        let picture = self.text.get(..from.saturating_sub(1)).is_some_and(|before| before.ends_with('!'));
        let label = self.text.get(from..self.at).filter(|label| !label.trim().is_empty() && !picture);
        let found = label.and_then(|label| Some((label, destination(self.rest().strip_prefix("](")?)?)));
        let Some((label, (address, url))) = found else {
            self.at += 1;
            return;
        };
        let bytes = "](".len() + address.len() + ")".len();
        let typed = self.rest().get(..bytes).unwrap_or_default();
        self.words_until(self.at);
        self.words_from = self.at;
        let close = self.tokens.len();
        if let Some(Token::Open { close: partner }) = self.tokens.get_mut(open) {
            *partner = Some(close);
        }
        self.take(bytes, Token::Close { typed, label, target: Some((address, url)) });
    }

    fn address(&mut self, c: char) {
        let Some(typed) = address(self.rest()) else {
            self.at += c.len_utf8();
            return;
        };
        let mail_to_nobody = |url: &Url| url.scheme() == "mailto" && !typed.contains('@');
        match target::allowed(typed).filter(|url| !mail_to_nobody(url)) {
            Some(url) => self.take(typed.len(), Token::Address { typed, url }),
            // Words as a whole: looking for another one inside it would look at everything again and again.
            None => self.at += typed.len(),
        }
    }
}

/// `_` is not among them: the arm of ¯\_(ツ)_/¯ stays.
fn escapable(c: char) -> bool {
    matches!(c, '*' | '~' | '|' | '`' | '[' | ']' | '>')
}

fn touches(neighbour: Option<char>) -> bool {
    neighbour.is_some_and(|c| !c.is_whitespace())
}

/// Whether the outer neighbour lets a mark be one: `snake_case`, `2*3`, `2**3` and `a||b` have none.
fn free(sign: char, count: usize, outside: Option<char>) -> bool {
    match (sign, count) {
        // A backslash there is shown, and still makes it text.
        ('_', _) => !outside.is_some_and(|c| c.is_alphanumeric() || c == '\\'),
        ('*', 1) | ('|', _) => !outside.is_some_and(|c| c.is_ascii_alphanumeric()),
        ('*', _) => !outside.is_some_and(|c| c.is_ascii_digit()),
        _ => true,
    }
}

/// The address at the beginning of what stands behind `](`, up to its `)`.
fn destination(text: &str) -> Option<(&str, Url)> {
    let mut open = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' => open += 1,
            ')' if open > 0 => open -= 1,
            ')' => {
                let address = text.get(..at)?;
                return Some((address, target::allowed(address)?));
            }
            // A bracket could begin the next link: looking past it would look at everything again and again.
            c if stops(c) || matches!(c, '[' | ']') => return None,
            _ => {}
        }
    }
    None
}

/// Where each code begins and where its closing backticks are: as many, in the same line.
fn closing_ticks(text: &str) -> BTreeMap<usize, usize> {
    let mut closing = BTreeMap::new();
    let mut line_from = 0;
    for line in text.split('\n') {
        // For each number of backticks the last place that has as many.
        let mut last = BTreeMap::new();
        let mut at = 0;
        while let Some(rest) = line.get(at..).and_then(|rest| rest.find('`').and_then(|found| rest.get(found..))) {
            let from = line.len() - rest.len();
            let count = rest.len() - rest.trim_start_matches('`').len();
            if let Some(before) = last.insert(count, line_from + from) {
                closing.insert(before, line_from + from);
            }
            at = from + count;
        }
        line_from += line.len() + 1;
    }
    closing
}
