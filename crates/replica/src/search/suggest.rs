//! What may stand behind a filter's colon, while it is being typed.

use super::{
    filter::FilterName,
    tokens::{QUOTES, Token, tokens},
};
use crate::{ConversationItem, Replica, Result, people::needles};
use hearth_protocol::rows::Person;
use std::ops::Range;

/// Suggestions of one kind; more are no help.
const SUGGESTED_MAX: u32 = 8;

/// What the piece at the caret can become.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestions {
    /// What is replaced, in bytes: sign, filter's name and value.
    pub place: Range<usize>,
    pub items: Vec<Suggestion>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// What stands there then, with a space behind it.
    pub text: String,
    pub filter: FilterName,
    /// The word behind the colon, where there are few that can be: `me`, `starred`, `today`.
    pub word: Option<&'static str>,
    pub person: Option<Person>,
    pub conversation: Option<Box<ConversationItem>>,
}

impl Replica {
    /// What may stand behind the colon of the filter in which the caret is; the caret is a place in bytes. Nothing for words.
    pub async fn suggest(&self, text: &str, caret: usize) -> Result<Suggestions> {
        let none = Suggestions { place: caret..caret, items: vec![] };
        let at_caret = |token: &Token<'_>| token.filter.is_some() && token.place.contains(&caret.saturating_sub(1)) && caret > 0;
        let Some(token) = tokens(text).into_iter().find(at_caret) else { return Ok(none) };
        let Some(filter) = token.filter else { return Ok(none) };
        let mut items = vec![];
        let typed = token.text.trim();
        let fitting = filter.words().into_iter().filter(|word| !token.quoted && word.starts_with(&typed.to_lowercase()));
        items.extend(fitting.map(|word| item(&token, filter, word.to_owned(), Some(word))));
        match filter {
            FilterName::From => {
                let wanted = typed.strip_prefix('@').unwrap_or(typed);
                let me = self.me().await?.map(|me| me.user);
                let people = self.people(wanted, SUGGESTED_MAX + 1).await?.into_iter().filter(|person| Some(person.user) != me);
                items.extend(people.map(|person| Suggestion {
                    person: Some(person.clone()),
                    ..item(&token, filter, format!("@{}", person.username), None)
                }));
            }
            FilterName::In => {
                let wanted = typed.strip_prefix('@').unwrap_or(typed);
                let found = if wanted.is_empty() {
                    self.conversations(crate::Filter::Current, SUGGESTED_MAX).await?
                } else {
                    self.find_conversations(wanted, SUGGESTED_MAX).await?
                };
                items.extend(found.into_iter().filter_map(|conversation| {
                    let value = match &conversation.peer {
                        Some(peer) => format!("@{}", peer.username),
                        None => quoted(&conversation.name)?,
                    };
                    Some(Suggestion { conversation: Some(Box::new(conversation)), ..item(&token, filter, value, None) })
                }));
            }
            FilterName::Before | FilterName::After | FilterName::On | FilterName::Has | FilterName::Is | FilterName::Mentions => {}
        }
        items.truncate(usize::try_from(SUGGESTED_MAX).unwrap_or(usize::MAX));
        Ok(Suggestions { place: token.place, items })
    }
}

fn item(token: &Token<'_>, filter: FilterName, value: String, word: Option<&'static str>) -> Suggestion {
    let sign = if token.without { "-" } else { "" };
    Suggestion { text: format!("{sign}{}:{value} ", filter.as_str()), filter, word, person: None, conversation: None }
}

/// A name as it can stand behind a colon; `None` where it has no letter by which it would be found.
fn quoted(name: &str) -> Option<String> {
    let plain: String = name.chars().map(|c| if QUOTES.contains(&c) { ' ' } else { c }).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = plain.trim_start_matches('@');
    if needles(plain).is_empty() {
        return None;
    }
    Some(if plain.contains(char::is_whitespace) { format!("\"{plain}\"") } else { plain.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_so_that_it_is_read_again() {
        for (name, written) in [
            ("General", Some("General")),
            ("The  old lab", Some("\"The old lab\"")),
            ("the \"new\" lab", Some("\"the new lab\"")),
            ("@home", Some("home")),
            ("…", None),
            ("", None),
        ] {
            assert_eq!(quoted(name).as_deref(), written, "{name:?}");
        }
    }
}
