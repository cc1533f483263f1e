//! The text around the first hit, in pieces.

use super::{
    query::Query,
    words::{continues, words},
};

/// A piece of a snippet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnippetPart {
    pub text: String,
    pub hit: bool,
}

/// Characters of a whole snippet, and of it before the first hit.
const CHARS_MAX: usize = 160;
const CHARS_BEFORE: usize = 40;

/// Never cuts a character from its marks or an emoji in two, in any script. Line breaks become spaces.
pub(crate) fn snippet(text: &str, query: &Query) -> Vec<SnippetPart> {
    let cut = words(text);
    let mut hits: Vec<(usize, usize)> = query.terms.iter().flat_map(|term| term.hits(&cut)).collect();
    hits.sort_unstable();
    let first = hits.first().map_or(0, |(start, _)| *start);
    let (from, to) = window(text, first);
    let mut parts = vec![];
    let mut at = from;
    for (start, end) in hits {
        let (start, end) = (start.max(at), whole(text, end).min(to));
        if start >= end {
            continue;
        }
        push(&mut parts, text.get(at..start), false);
        push(&mut parts, text.get(start..end), true);
        at = end;
    }
    push(&mut parts, text.get(at..to), false);
    if from > 0 {
        parts.insert(0, SnippetPart { text: "…".into(), hit: false });
    }
    if to < text.len() {
        parts.push(SnippetPart { text: "…".into(), hit: false });
    }
    merge(parts)
}

fn push(parts: &mut Vec<SnippetPart>, text: Option<&str>, hit: bool) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        parts.push(SnippetPart { text: text.replace(['\n', '\r', '\t'], " "), hit });
    }
}

/// Neighbours of one kind become one piece.
fn merge(parts: Vec<SnippetPart>) -> Vec<SnippetPart> {
    let mut merged: Vec<SnippetPart> = vec![];
    for part in parts {
        match merged.last_mut() {
            Some(last) if last.hit == part.hit => last.text.push_str(&part.text),
            _ => merged.push(part),
        }
    }
    merged
}

/// The part of the text to show, in bytes.
fn window(text: &str, first: usize) -> (usize, usize) {
    let before = text.get(..first).unwrap_or_default();
    let mut from = before.char_indices().rev().nth(CHARS_BEFORE - 1).map_or(0, |(at, _)| at);
    // A word is rather left out than begun in its middle, if there is a space to begin after.
    if from > 0
        && let Some(space) = text.get(from..first).and_then(|lead| lead.find(char::is_whitespace))
    {
        from += space + 1;
    }
    while from < text.len() && !text.is_char_boundary(from) {
        from += 1;
    }
    let from = whole(text, from);
    let to = text.get(from..).and_then(|rest| rest.char_indices().nth(CHARS_MAX)).map_or(text.len(), |(at, _)| from + at);
    (from, whole(text, to))
}

/// The next place from `at` on where text may be cut.
fn whole(text: &str, at: usize) -> usize {
    if at == 0 {
        return 0;
    }
    let mut joined = text.get(..at).and_then(|before| before.chars().next_back()).is_some_and(|c| c == '\u{200d}');
    let mut chars = text.get(at..).unwrap_or_default().chars().peekable();
    let mut end = at;
    while let Some(c) = chars.next_if(|c| joined || continues(*c)) {
        joined = c == '\u{200d}';
        end += c.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::LocalTime;

    fn shown(text: &str, query: &str) -> String {
        snippet(text, &Query::parse(query, &LocalTime::utc(0)))
            .into_iter()
            .map(|part| if part.hit { format!("[{}]", part.text) } else { part.text })
            .collect()
    }

    #[test]
    fn hits_are_marked_in_the_text_as_it_was_written() {
        assert_eq!(shown("A Crème brûlée\nfor two", "creme brul"), "A [Crème] [brûlée] for two");
        assert_eq!(shown("one two one two", "\"two one\""), "one [two one] two");
        assert_eq!(shown("我住在东京都里", "东京都"), "我住在[东京都]里");
        assert_eq!(shown("ok 👍🏽 fine", "👍"), "ok [👍🏽] fine");
        assert_eq!(shown("nothing here", "x"), "nothing here");
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let text = format!("{} needle {}", "word ".repeat(100), "e\u{301}👩‍🚀".repeat(100));
        let shown = shown(&text, "needle");
        assert!(shown.starts_with("…") && shown.contains("[needle]") && shown.ends_with("…"), "{shown}");
        assert!(!shown.trim_end_matches('…').ends_with(['e', '\u{200d}', '👩']), "{shown}");
        assert!(shown.chars().count() < CHARS_MAX + 20);
    }

    #[test]
    fn any_text_and_any_query_give_a_snippet() {
        for text in ["", "\u{301}\u{301}", "👩‍🚀", "שָׁלוֹם עולם", "\u{200d}"] {
            for query in ["", "שלום", "👩", "\u{301}", "a"] {
                let whole: String = snippet(text, &Query::parse(query, &LocalTime::utc(0))).into_iter().map(|part| part.text).collect();
                assert_eq!(whole, text);
            }
        }
    }
}
