//! Where an address ends.

use crate::target::{self, URL_BYTES_MAX};

/// What an address begins with. Guessing without it turns `main.rs` and `readme.md` into websites.
const SCHEMES: [&str; 3] = ["https://", "mailto:", "hearth://message/"];
/// After these a sentence goes on, and marks close.
const NOT_LAST: &[char] = &['.', ',', ':', ';', '!', '?', '\'', '*', '_', '~', '(', '['];

/// The bare address at the beginning of `text`, without the sentence around it.
pub fn address(text: &str) -> Option<&str> {
    let scheme = scheme(text)?;
    let whole = text.get(..end(text))?;
    let address = whole.trim_end_matches(NOT_LAST);
    (address.len() > scheme.len()).then_some(address)
}

/// The address at the beginning of what stands behind `](`, up to its `)`, if a link may lead there.
pub fn destination(text: &str) -> Option<&str> {
    scheme(text)?;
    let text = text.get(..text.floor_char_boundary(URL_BYTES_MAX + 1))?;
    let (address, rest) = text.split_at_checked(end(text))?;
    target::shown(address).filter(|_| rest.starts_with(')')).map(|_| address)
}

fn scheme(text: &str) -> Option<&'static str> {
    SCHEMES.into_iter().find(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// Up to white space, to what no address has in it, or to a bracket that was open before it.
fn end(text: &str) -> usize {
    let mut open = (0usize, 0usize);
    for (at, c) in text.char_indices() {
        match c {
            '(' => open.0 += 1,
            '[' => open.1 += 1,
            ')' if open.0 > 0 => open.0 -= 1,
            ']' if open.1 > 0 => open.1 -= 1,
            ')' | ']' => return at,
            c if stops(c) => return at,
            _ => {}
        }
    }
    text.len()
}

fn stops(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '<' | '>' | '"' | '`' | '|' | '\\' | '^' | '{' | '}' | '“' | '”' | '«' | '»')
        // Marks that turn text around, or cannot be seen.
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        // Punctuation of CJK texts, which has no space behind it.
        || matches!(c, '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{301f}' | '\u{ff01}' | '\u{ff08}' | '\u{ff09}' | '\u{ff0c}' | '\u{ff1a}' | '\u{ff1b}' | '\u{ff1f}')
}
