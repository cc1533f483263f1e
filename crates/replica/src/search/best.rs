//! Which of the newest hits say most of what was looked for.

use super::{
    query::Query,
    term::Term,
    words::{Word, words},
};

/// Hits among which the best are chosen: the newest ones. What is older follows them, newest first.
pub(super) const BEST_OF: usize = 500;
/// A word that stands there whole, not as the beginning of another one.
const WHOLE: f64 = 4.0;
/// All words one behind the other, as they were typed.
const IN_A_ROW: f64 = 4.0;
/// A message of nothing else.
const NOTHING_ELSE: f64 = 3.0;

/// How well a text fits; texts of one worth stay newest first.
pub(super) fn worth(text: &str, query: &Query) -> f64 {
    let terms = &query.terms;
    let cut = words(text);
    if terms.is_empty() || cut.is_empty() {
        return 0.0;
    }
    let share = |some: usize, all: usize| some as f64 / all.max(1) as f64;
    let whole = terms.iter().filter(|term| term.is_whole_in(&cut)).count();
    let said: usize = terms.iter().map(|term| term.hits(&cut).len() * term.words.len()).sum();
    let row = if terms.len() > 1 && in_a_row(terms, &cut) { IN_A_ROW } else { 0.0 };
    WHOLE * share(whole, terms.len()) + row + NOTHING_ELSE * share(said, cut.len()).min(1.0)
}

fn in_a_row(terms: &[Term], text: &[Word]) -> bool {
    let all =
        Term { words: terms.iter().flat_map(|term| term.words.clone()).collect(), prefix: terms.last().is_some_and(|last| last.prefix) };
    !all.hits(text).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::LocalTime;

    /// The texts, best first.
    fn ranked<'t>(query: &str, texts: &[&'t str]) -> Vec<&'t str> {
        let query = Query::parse(query, &LocalTime::utc(0));
        let mut texts = texts.to_vec();
        texts.sort_by(|a, b| worth(b, &query).total_cmp(&worth(a, &query)));
        texts
    }

    #[test]
    fn whole_words_words_in_a_row_and_short_messages_come_first() {
        assert_eq!(ranked("belt", &["the belts are old", "the belt is old"]), ["the belt is old", "the belts are old"]);
        assert_eq!(
            ranked("drive belt", &["the belt of the drive", "a new drive belt", "drives and belts"]),
            ["a new drive belt", "the belt of the drive", "drives and belts"]
        );
        assert_eq!(ranked("belt", &["is there still a belt in the drawer", "a belt!"])[0], "a belt!");
        assert_eq!(ranked("东京", &["我明天去东京出差", "东京"])[0], "东京");
    }

    #[test]
    fn texts_of_one_worth_stay_as_they_were() {
        assert_eq!(ranked("belt", &["belt one", "belt two"]), ["belt one", "belt two"]);
        assert_eq!(ranked("is:starred", &["long and winding", "a"]), ["long and winding", "a"]);
        for text in ["", "…", "\u{301}", "👩‍🚀"] {
            assert!(worth(text, &Query::parse("👩 x \"", &LocalTime::utc(0))).is_finite());
        }
    }
}
