use super::*;
use crate::search::{
    days::Day,
    filter::{Called, Mark},
};

/// 2026-02-01T12:00:00Z
const NOON: i64 = 1_769_947_200_000;

fn parse(text: &str) -> Query {
    Query::parse(text, &LocalTime::utc(NOON))
}

fn expression(text: &str) -> String {
    parse(text).expression().unwrap_or_default()
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
    for nothing in ["", "\"", "\"\"", "* ^ : ( ) -", "\0", "…", "- --"] {
        assert_eq!(parse(nothing).expression(), None, "{nothing:?}");
    }
    assert_eq!(parse(&"x ".repeat(10_000)).terms.len(), TERMS_MAX);
    assert!(parse(&"is:unread ".repeat(10_000)).parts.len() <= FILTERS_MAX);
}

#[test]
fn what_must_not_be_there_is_never_a_beginning() {
    assert_eq!(expression("tea -milk"), "(\"tea\") NOT (\"milk\")");
    assert_eq!(expression("tea cake -milk -\"no sugar"), "(\"tea\" AND \"cake\") NOT (\"milk\" OR \"no sugar\")");
    assert_eq!((parse("-milk").expression(), parse("-milk").expression_without().as_deref()), (None, Some("\"milk\"")));
    assert_eq!(expression("e-mail "), "\"e mail\"");
}

/// Filters as they are read, as a table of what is typed.
#[test]
fn every_filter() {
    use Reading::{Filter, Problem, Unfinished, Words};
    use SearchFilter::{After, Before, From, In, Marked, On};
    let name = |name: &str| Called::Name(name.into());
    let day = |date: &str, days: i64| {
        let from = NOON - NOON % 86_400_000 + days * 86_400_000;
        Day { date: date.into(), from, until: from + 86_400_000 }
    };
    let table = [
        ("from:alice", Filter(From(name("alice")))),
        ("from:Me", Filter(From(Called::Me))),
        ("from:\"me\"", Filter(From(name("me")))),
        ("from:\"Alice  Liddell\"", Filter(From(name("Alice  Liddell")))),
        ("from:@alice", Filter(From(Called::Username("alice".into())))),
        ("from:@", Unfinished(FilterName::From)),
        ("from:@ ", Problem(FilterName::From, QueryProblem::NoValue)),
        ("from:", Unfinished(FilterName::From)),
        ("from: ", Problem(FilterName::From, QueryProblem::NoValue)),
        ("in:„the lab“", Filter(In(name("the lab")))),
        ("in:me", Filter(In(name("me")))),
        ("in:@bob", Filter(In(Called::Username("bob".into())))),
        ("in:\"\"", Problem(FilterName::In, QueryProblem::NoValue)),
        ("before:2026-01-31", Filter(Before(day("2026-01-31", -1)))),
        ("after:2026-1-1", Filter(After(day("2026-01-01", -31)))),
        ("on:today", Filter(On(day("2026-02-01", 0)))),
        ("ON:Yesterday", Filter(On(day("2026-01-31", -1)))),
        ("on:yester", Unfinished(FilterName::On)),
        ("on:2026-0", Unfinished(FilterName::On)),
        ("on:2026-0 ", Problem(FilterName::On, QueryProblem::NoDate)),
        ("before:31.1.2026", Problem(FilterName::Before, QueryProblem::NoDate)),
        ("before:tomorrow", Problem(FilterName::Before, QueryProblem::NoDate)),
        ("after:2026-02-30", Problem(FilterName::After, QueryProblem::NoDate)),
        ("has:link", Filter(Marked(Mark::Link))),
        ("has:Reaction", Filter(Marked(Mark::Reaction))),
        ("has:li", Unfinished(FilterName::Has)),
        ("has:li ", Problem(FilterName::Has, QueryProblem::NoSuchValue)),
        ("has:starred", Problem(FilterName::Has, QueryProblem::NoSuchValue)),
        ("is:starred", Filter(Marked(Mark::Starred))),
        ("is:unread", Filter(Marked(Mark::Unread))),
        ("is:pinned", Filter(Marked(Mark::Pinned))),
        ("is:link", Filter(Marked(Mark::LinkAlone))),
        ("mentions:me", Filter(Marked(Mark::Mention))),
        ("mentions:bob", Problem(FilterName::Mentions, QueryProblem::NoSuchValue)),
        ("to:alice", Words),
        ("https://example.org", Words),
        ("12:30", Words),
    ];
    for (typed, reading) in table {
        let parts = parse(typed).parts;
        assert_eq!(parts.len(), 1, "{typed:?}");
        assert_eq!((&parts[0].reading, parts[0].without), (&reading, false), "{typed:?}");
        // The same with something before it, and the other way round.
        let parts = parse(&format!("tea -{typed}")).parts;
        assert_eq!((&parts[1].reading, parts[1].without), (&reading, true), "{typed:?}");
    }
}

#[test]
fn filters_are_no_words_and_unknown_ones_are() {
    let query = parse("belt from:alice -is:starred old");
    assert_eq!(query.expression().as_deref(), Some("\"belt\" AND \"old\" *"));
    assert_eq!(query.filters().map(|(at, without, _)| (at, without)).collect::<Vec<_>>(), [(1, false), (2, true)]);
    assert_eq!(parse("to:alice ").expression().as_deref(), Some("\"to alice\""));
    assert_eq!(query.names(), None);
    assert_eq!(parse("-alice").names(), None);
    assert_eq!(parse(" alice  \"of the\" lab").names().as_deref(), Some("alice of the lab"));
}

#[test]
fn any_text_is_read_and_every_part_has_its_place() {
    let pieces = ["from:", "in:", "before:", "is:", "-", "\"", "“", "@", "me", "2026-", "é", "东京", " ", ":", "👩‍🚀", "\0", "\u{301}", "x"];
    // Each run of four of them.
    for at in 0..pieces.len().pow(4) {
        let digits = [at, at / pieces.len(), at / pieces.len().pow(2), at / pieces.len().pow(3)];
        let text: String = digits.iter().filter_map(|digit| pieces.get(digit % pieces.len())).copied().collect();
        let query = parse(&text);
        let mut end = 0;
        for part in &query.parts {
            assert!(end <= part.place.start && part.place.start < part.place.end && text.get(part.place.clone()).is_some(), "{text:?}");
            end = part.place.end;
        }
        assert!(text.get(end..).is_some_and(|rest| rest.trim().is_empty()), "{text:?}");
    }
}
