//! What may stand before a colon in a query, and what behind it.

use super::{
    days::{Day, LocalTime, begins_a_day},
    tokens::Token,
};

/// What a filter looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterName {
    From,
    In,
    Before,
    After,
    On,
    Has,
    Is,
    Mentions,
}

/// What a message must be, or must not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchFilter {
    From(Called),
    In(Called),
    /// Earlier than that day.
    Before(Day),
    /// Later than that day.
    After(Day),
    On(Day),
    Marked(Mark),
}

/// Whom or which a filter names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Called {
    Me,
    /// Behind an at sign.
    Username(String),
    /// Each of its words begins a word of the name.
    Name(String),
}

/// What a message can be besides being somebody's, somewhere, at some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A link is in it.
    Link,
    /// It is one link and nothing else.
    LinkAlone,
    Reaction,
    Starred,
    Unread,
    Pinned,
    /// It names me.
    Mention,
}

/// Why a filter asks for nothing; the page says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryProblem {
    /// Nothing stands behind the colon.
    NoValue,
    NoDate,
    /// Not one of the few words that can stand there.
    NoSuchValue,
    Nobody,
    NoConversation,
}

/// What came of a filter's text.
pub(super) enum Value {
    Filter(SearchFilter),
    /// More letters may make a filter of it.
    Unfinished,
    Problem(QueryProblem),
}

const MARKS: [(FilterName, &str, Mark); 7] = [
    (FilterName::Has, "link", Mark::Link),
    (FilterName::Has, "reaction", Mark::Reaction),
    (FilterName::Is, "starred", Mark::Starred),
    (FilterName::Is, "unread", Mark::Unread),
    (FilterName::Is, "pinned", Mark::Pinned),
    (FilterName::Is, "link", Mark::LinkAlone),
    (FilterName::Mentions, ME, Mark::Mention),
];
const ME: &str = "me";

impl FilterName {
    pub const ALL: [Self; 8] = [Self::From, Self::In, Self::Before, Self::After, Self::On, Self::Has, Self::Is, Self::Mentions];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::From => "from",
            Self::In => "in",
            Self::Before => "before",
            Self::After => "after",
            Self::On => "on",
            Self::Has => "has",
            Self::Is => "is",
            Self::Mentions => "mentions",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.as_str().eq_ignore_ascii_case(text))
    }

    /// The words that can stand behind it, where these are few.
    pub(super) fn words(self) -> Vec<&'static str> {
        match self {
            Self::From => vec![ME],
            Self::In => vec![],
            Self::Before | Self::After | Self::On => vec!["today", "yesterday"],
            Self::Has | Self::Is | Self::Mentions => MARKS.iter().filter(|(name, ..)| *name == self).map(|(_, word, _)| *word).collect(),
        }
    }
}

impl SearchFilter {
    /// As what it is written.
    pub fn name(&self) -> FilterName {
        match self {
            Self::From(_) => FilterName::From,
            Self::In(_) => FilterName::In,
            Self::Before(_) => FilterName::Before,
            Self::After(_) => FilterName::After,
            Self::On(_) => FilterName::On,
            Self::Marked(Mark::Link | Mark::Reaction) => FilterName::Has,
            Self::Marked(Mark::Starred | Mark::Unread | Mark::Pinned | Mark::LinkAlone) => FilterName::Is,
            Self::Marked(Mark::Mention) => FilterName::Mentions,
        }
    }
}

impl Value {
    pub fn read(filter: FilterName, token: &Token<'_>, time: &LocalTime) -> Self {
        let text = token.text.trim();
        if text.is_empty() {
            return if token.open { Self::Unfinished } else { Self::Problem(QueryProblem::NoValue) };
        }
        match filter {
            FilterName::From | FilterName::In => match Called::read(filter, text, token.quoted) {
                Some(called) if filter == FilterName::From => Self::Filter(SearchFilter::From(called)),
                Some(called) => Self::Filter(SearchFilter::In(called)),
                None if token.open => Self::Unfinished,
                None => Self::Problem(QueryProblem::NoValue),
            },
            FilterName::Before | FilterName::After | FilterName::On => match time.day(text) {
                Some(day) if filter == FilterName::Before => Self::Filter(SearchFilter::Before(day)),
                Some(day) if filter == FilterName::After => Self::Filter(SearchFilter::After(day)),
                Some(day) => Self::Filter(SearchFilter::On(day)),
                None if token.open && begins_a_day(text) => Self::Unfinished,
                None => Self::Problem(QueryProblem::NoDate),
            },
            FilterName::Has | FilterName::Is | FilterName::Mentions => {
                let lower = text.to_lowercase();
                let mark = MARKS.iter().find(|(name, word, _)| *name == filter && *word == lower);
                match mark {
                    Some((.., mark)) => Self::Filter(SearchFilter::Marked(*mark)),
                    None if token.open && filter.words().iter().any(|word| word.starts_with(&lower)) => Self::Unfinished,
                    None => Self::Problem(QueryProblem::NoSuchValue),
                }
            }
        }
    }
}

impl Called {
    /// `None` for an at sign alone.
    fn read(filter: FilterName, text: &str, quoted: bool) -> Option<Self> {
        if filter == FilterName::From && !quoted && text.eq_ignore_ascii_case(ME) {
            return Some(Self::Me);
        }
        match text.strip_prefix('@') {
            Some("") => None,
            Some(username) => Some(Self::Username(username.to_owned())),
            None => Some(Self::Name(text.to_owned())),
        }
    }
}
