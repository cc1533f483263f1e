//! From what a person typed to what is asked of the replica. There is no wrong input: what is no word, phrase or filter is only space, and a
//! filter that asks for nothing says why.

use super::{
    days::LocalTime,
    filter::{FilterName, QueryProblem, SearchFilter, Value},
    term::Term,
    tokens::{Token, tokens},
};
use hearth_protocol::limits;
use std::ops::Range;

/// More words than anyone means make a query slow and nothing else.
const TERMS_MAX: usize = 16;
const FILTERS_MAX: usize = 16;

/// Everything that is asked: a message has all words and phrases, none of those without, and is what every filter says; of several
/// filters for people, or for conversations, one is enough.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub parts: Vec<QueryPart>,
    pub(crate) terms: Vec<Term>,
    pub(crate) without: Vec<Term>,
}

/// A piece of what was typed, and how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryPart {
    /// Where it stands, in bytes.
    pub place: Range<usize>,
    /// It must not be.
    pub without: bool,
    /// Without sign, filter's name and quotes.
    pub text: String,
    pub reading: Reading,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// To be looked for in the messages; perhaps without a letter in it.
    Words,
    Filter(SearchFilter),
    /// A filter that is being typed; it asks for nothing yet.
    Unfinished(FilterName),
    /// A filter that asks for nothing.
    Problem(FilterName, QueryProblem),
}

impl Query {
    /// Words are separated by space, "phrases" stand in quotes, a minus sign is before what must not be, filters are `name:value`; the last
    /// word may be unfinished.
    pub fn parse(text: &str, time: &LocalTime) -> Self {
        let end = text.char_indices().nth(limits::QUERY_CHARS_MAX).map_or(text.len(), |(at, _)| at);
        let mut query = Self::default();
        let mut filters = 0;
        for token in tokens(text.get(..end).unwrap_or_default()) {
            let reading = match token.filter {
                Some(_) if filters == FILTERS_MAX => continue,
                Some(name) => {
                    filters += 1;
                    match Value::read(name, &token, time) {
                        Value::Filter(filter) => Reading::Filter(filter),
                        Value::Unfinished => Reading::Unfinished(name),
                        Value::Problem(problem) => Reading::Problem(name, problem),
                    }
                }
                None => {
                    query.take_words(&token);
                    Reading::Words
                }
            };
            let Token { place, without, text, .. } = token;
            query.parts.push(QueryPart { place, without, text: text.to_owned(), reading });
        }
        query
    }

    fn take_words(&mut self, token: &Token<'_>) {
        // What must not be there is meant as it stands: half of it would hide what nobody meant.
        let (terms, unfinished) = if token.without { (&mut self.without, false) } else { (&mut self.terms, token.open) };
        if terms.len() < TERMS_MAX {
            terms.extend(Term::read(token.text, unfinished));
        }
    }

    /// What was typed, when it is nothing but words that must be there: names can be such.
    pub fn names(&self) -> Option<String> {
        let plain = self.parts.iter().all(|part| !part.without && part.reading == Reading::Words);
        plain.then(|| self.parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(" "))
    }

    pub(super) fn filters(&self) -> impl Iterator<Item = (usize, bool, &SearchFilter)> {
        self.parts.iter().enumerate().filter_map(|(at, part)| match &part.reading {
            Reading::Filter(filter) => Some((at, part.without, filter)),
            _ => None,
        })
    }

    /// For FTS5: only quoted strings, stars, and ANDs, NOTs and ORs of ours. `None` where no word must be there.
    pub(crate) fn expression(&self) -> Option<String> {
        let wanted = joined(&self.terms, " AND ")?;
        Some(match joined(&self.without, " OR ") {
            Some(without) => format!("({wanted}) NOT ({without})"),
            None => wanted,
        })
    }

    /// What must not be there. `None` where there is nothing of that kind.
    pub(crate) fn expression_without(&self) -> Option<String> {
        joined(&self.without, " OR ")
    }
}

fn joined(terms: &[Term], by: &str) -> Option<String> {
    let terms: Vec<String> = terms.iter().map(Term::expression).collect();
    (!terms.is_empty()).then(|| terms.join(by))
}

#[cfg(test)]
#[path = "query_tests.rs"]
mod tests;
