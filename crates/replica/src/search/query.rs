//! From what a person typed to what the index is asked. There is no wrong input: what is not a word or a quote is only space.

use super::words::{Word, WordKind, words};
use hearth_protocol::limits;

/// More words than anyone means make a query slow and nothing else.
const TERMS_MAX: usize = 16;
const WORDS_PER_TERM_MAX: usize = 32;

/// Words that stand next to each other in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    pub words: Vec<String>,
    /// The last word may go on.
    pub prefix: bool,
}

/// All of its terms must be in a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query {
    pub terms: Vec<Term>,
}

impl Query {
    /// Words are separated by space, "phrases" stand in quotes; the last word may be unfinished.
    pub fn parse(text: &str) -> Self {
        let text: String = text.chars().take(limits::QUERY_CHARS_MAX).collect();
        let mut terms = vec![];
        let mut quoted = false;
        let mut pieces = text.split(['"', '“', '”', '„', '«', '»']).peekable();
        while let Some(piece) = pieces.next() {
            let last = pieces.peek().is_none();
            if quoted {
                // Without a closing quote the phrase is still being typed.
                terms.extend(Term::read(piece, last));
            } else {
                let mut chunks = piece.split_whitespace().peekable();
                while let Some(chunk) = chunks.next() {
                    let unfinished = last && chunks.peek().is_none() && !piece.ends_with(char::is_whitespace);
                    terms.extend(Term::read(chunk, unfinished));
                }
            }
            quoted = !quoted;
        }
        terms.truncate(TERMS_MAX);
        Self { terms }
    }

    /// For FTS5: only quoted strings, stars and ANDs of ours. `None` when there is nothing to look for.
    pub fn expression(&self) -> Option<String> {
        let terms: Vec<String> = self
            .terms
            .iter()
            .map(|term| format!("\"{}\"{}", term.words.join(" ").replace('"', ""), if term.prefix { " *" } else { "" }))
            .collect();
        (!terms.is_empty()).then(|| terms.join(" AND "))
    }
}

impl Term {
    fn read(text: &str, unfinished: bool) -> Option<Self> {
        let mut found = words(text);
        found.truncate(WORDS_PER_TERM_MAX);
        // The text may go on where the term ends, so the run's last character need not be a run's last there.
        if found.last().is_some_and(|word| word.kind == WordKind::Last) {
            found.pop();
        }
        let open = found.last().is_some_and(|word| word.kind == WordKind::Single);
        let words: Vec<String> = found.into_iter().map(|word| word.folded).collect();
        (!words.is_empty()).then_some(Self { words, prefix: unfinished || open })
    }

    /// Where the term stands in a text's words, as ranges of bytes.
    pub fn hits(&self, text: &[Word]) -> Vec<(usize, usize)> {
        let fits = |window: &[Word]| {
            window.iter().zip(&self.words).enumerate().all(|(at, (word, wanted))| {
                word.folded == *wanted || (self.prefix && at + 1 == self.words.len() && word.folded.starts_with(wanted.as_str()))
            })
        };
        let bounds = |window: &[Word]| Some((window.first()?.start, window.last()?.end));
        text.windows(self.words.len()).filter(|window| fits(window)).filter_map(bounds).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expression(text: &str) -> String {
        Query::parse(text).expression().unwrap_or_default()
    }

    #[test]
    fn words_phrases_and_an_unfinished_end() {
        assert_eq!(expression("hello wor"), "\"hello\" AND \"wor\" *");
        assert_eq!(expression("hello wor "), "\"hello\" AND \"wor\"");
        assert_eq!(expression("\"hello world\" x"), "\"hello world\" AND \"x\" *");
        assert_eq!(expression("\"hello wor"), "\"hello wor\" *");
        assert_eq!(expression("don't"), "\"don t\" *");
    }

    #[test]
    fn unspaced_scripts_match_inside_runs() {
        assert_eq!(expression("\"东京\""), "\"东京\"");
        assert_eq!(expression("\"水\""), "\"水\" *");
        assert_eq!(expression("东京都 "), "\"东京 京都\"");
    }

    #[test]
    fn operators_are_words_and_nonsense_is_nothing() {
        assert_eq!(expression("\" OR *"), "\"or\" *");
        assert_eq!(expression("a NOT b"), "\"a\" AND \"not\" AND \"b\" *");
        for nothing in ["", "\"", "\"\"", "* ^ : ( ) -", "\0", "…"] {
            assert_eq!(Query::parse(nothing).expression(), None, "{nothing:?}");
        }
        assert_eq!(Query::parse(&"x ".repeat(10_000)).terms.len(), TERMS_MAX);
    }
}
