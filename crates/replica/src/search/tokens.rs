//! Cuts what was typed into words, phrases and filters. Any input can be cut: nothing is wrong here.

use super::filter::FilterName;
use std::ops::Range;

/// Any of them opens a phrase and closes it.
pub(super) const QUOTES: [char; 6] = ['"', '“', '”', '„', '«', '»'];

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token<'t> {
    /// Where it stands, in bytes.
    pub place: Range<usize>,
    /// It begins with a minus sign: what it says must not be.
    pub without: bool,
    pub filter: Option<FilterName>,
    /// What it says, without sign, filter's name and quotes.
    pub text: &'t str,
    pub quoted: bool,
    /// It ends where the text ends: more of it may be typed yet.
    pub open: bool,
}

pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = vec![];
    let mut at = 0;
    while let Some(space) = behind(text, at).find(|c: char| !c.is_whitespace()) {
        let token = token(text, at + space);
        at = token.place.end;
        tokens.push(token);
    }
    tokens
}

/// The token that begins at `start`, which is no space.
fn token(text: &str, start: usize) -> Token<'_> {
    let without = behind(text, start).strip_prefix('-').is_some_and(|rest| !rest.starts_with(|c: char| c == '-' || c.is_whitespace()));
    let without = without && start + 1 < text.len();
    let begin = start + usize::from(without);
    if let Some((said, end, open)) = phrase(text, begin) {
        return Token { place: start..end, without, filter: None, text: said, quoted: true, open };
    }
    let chunk = behind(text, begin);
    let chunk = chunk.split(|c: char| c.is_whitespace() || QUOTES.contains(&c)).next().unwrap_or_default();
    let end = begin + chunk.len();
    let named = chunk.split_once([':', '：']).and_then(|(name, value)| Some((FilterName::parse(name)?, value)));
    let Some((filter, value)) = named else {
        return Token { place: start..end, without, filter: None, text: chunk, quoted: false, open: end == text.len() };
    };
    match phrase(text, end).filter(|_| value.is_empty()) {
        Some((said, end, open)) => Token { place: start..end, without, filter: Some(filter), text: said, quoted: true, open },
        None => Token { place: start..end, without, filter: Some(filter), text: value, quoted: false, open: end == text.len() },
    }
}

/// What stands in the quotes that open at `at`, where it ends, and whether its end is still to be typed.
fn phrase(text: &str, at: usize) -> Option<(&str, usize, bool)> {
    let inside = at + QUOTES.iter().find(|quote| behind(text, at).starts_with(**quote))?.len_utf8();
    let rest = behind(text, inside);
    match rest.split_once(QUOTES) {
        Some((said, after)) => Some((said, text.len() - after.len(), false)),
        None => Some((rest, text.len(), true)),
    }
}

fn behind(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each token as `-filter|text`, with `"` before what was quoted and `…` behind what may go on.
    fn cut(text: &str) -> Vec<String> {
        let one = |token: Token| {
            let sign = if token.without { "-" } else { "" };
            let filter = token.filter.map_or("", FilterName::as_str);
            let quote = if token.quoted { "\"" } else { "" };
            format!("{sign}{filter}|{quote}{}{}", token.text, if token.open { "…" } else { "" })
        };
        tokens(text).into_iter().map(one).collect()
    }

    #[test]
    fn words_phrases_and_filters() {
        assert_eq!(cut("old  belt"), ["|old", "|belt…"]);
        assert_eq!(cut("belt "), ["|belt"]);
        assert_eq!(cut("“old belt” x "), ["|\"old belt", "|x"]);
        assert_eq!(cut("say\"old belt"), ["|say", "|\"old belt…"]);
        assert_eq!(cut("from:alice in:\"the lab\" x"), ["from|alice", "in|\"the lab", "|x…"]);
        assert_eq!(cut("FROM:alice From：bob "), ["from|alice", "from|bob"]);
        assert_eq!(cut("from:"), ["from|…"]);
        assert_eq!(cut("from: alice "), ["from|", "|alice"]);
        assert_eq!(cut("in:\"the la"), ["in|\"the la…"]);
        assert_eq!(cut("https://x.org foo:bar "), ["|https://x.org", "|foo:bar"]);
    }

    #[test]
    fn a_minus_sign_before_something_is_without_it() {
        assert_eq!(cut("-old -\"a b\" -from:bob e-mail "), ["-|old", "-|\"a b", "-from|bob", "|e-mail"]);
        assert_eq!(cut("- -- --flag -"), ["|-", "|--", "|--flag", "|-…"]);
    }

    #[test]
    fn places_are_bytes_of_the_text_and_nothing_is_left_out() {
        for text in ["  déjà -from:\"é ü\"x  ", "“", "-", "a“b”c", "in:“", "：", "-：x", "from:\u{301}"] {
            let mut at = 0;
            for token in tokens(text) {
                let before = text.get(at..token.place.start).unwrap_or("?");
                assert!(before.trim().is_empty() && token.place.start < token.place.end, "{text:?}");
                assert!(text.get(token.place.clone()).is_some(), "{text:?}");
                at = token.place.end;
            }
            assert!(text.get(at..).unwrap_or("?").trim().is_empty(), "{text:?}");
        }
    }
}
