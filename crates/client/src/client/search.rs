//! Search everything, from the replica alone.

use super::{
    Client,
    conversations::item_view,
    people::{full_name, person_view},
};
use crate::{
    engine::wall_ms,
    session::Session,
    view::{
        ConversationItem, PersonView, Problem, QueryPartView, QueryProblem, SearchFilterName, SearchHit, SearchOrder, SearchPage,
        SnippetPart, SuggestionView, SuggestionsView,
    },
};
use hearth_protocol::rows::Person;
use hearth_replica::{FilterName, LocalTime, Query, Reading, SearchFilter, Understood};

/// Hits of one page; the next ones come as one scrolls.
const HITS: u32 = 50;
/// Conversations and people by name above the hits.
const NAMES: u32 = 5;
/// Of those whom one filter means so many are named.
const MEANT: usize = 3;

impl Client {
    /// Messages that are everything that the query says, and people and conversations by name. Answers offline like online.
    pub async fn search(&self, typed: &str, order: SearchOrder, after: Option<&str>) -> Result<SearchPage, Problem> {
        let session = self.session()?;
        let query = Query::parse(typed, &LocalTime::here(wall_ms()));
        let order = match order {
            SearchOrder::Newest => hearth_replica::SearchOrder::Newest,
            SearchOrder::Best => hearth_replica::SearchOrder::Best,
        };
        let found = session.checked(session.replica.search(&query, order, after, HITS).await)?;
        let (people, conversations) = match query.names() {
            Some(names) if after.is_none() => {
                let conversations = conversations(&session, &names).await?;
                (people(&session, &names, &conversations).await?, conversations)
            }
            _ => (vec![], vec![]),
        };
        Ok(SearchPage {
            hits: found.hits.into_iter().map(hit).collect(),
            people,
            conversations,
            parts: found.parts.into_iter().map(|part| part_view(part, typed)).collect(),
            searched: found.searched,
            incomplete: found.incomplete,
            next: found.next,
        })
    }

    /// What can stand behind the colon of the filter in which the caret is, a place as JavaScript counts. Answers offline like online.
    pub async fn suggest_filters(&self, typed: &str, caret: u32) -> Result<SuggestionsView, Problem> {
        let session = self.session()?;
        let found = session.checked(session.replica.suggest(typed, bytes(typed, caret)).await)?;
        let items = found.items.into_iter().map(|item| SuggestionView {
            text: item.text,
            filter: name_view(item.filter),
            word: item.word.map(str::to_owned),
            person: item.person.as_ref().map(person_view),
            conversation: item.conversation.map(|conversation| item_view(*conversation)),
        });
        Ok(SuggestionsView { from: units(typed, found.place.start), to: units(typed, found.place.end), items: items.collect() })
    }
}

/// Everybody known who is called so, but me and those with whom a conversation stands there already.
async fn people(session: &Session, names: &str, there: &[ConversationItem]) -> Result<Vec<PersonView>, Problem> {
    if names.trim().is_empty() {
        return Ok(vec![]);
    }
    let found = session.checked(session.replica.people(names, 2 * NAMES + 1).await)?;
    let is_there = |person: &Person| there.iter().any(|item| item.peer.as_ref().is_some_and(|peer| peer.user == person.user));
    let others = found.iter().filter(|person| person.user != session.user && !is_there(person));
    Ok(others.take(NAMES as usize).map(person_view).collect())
}

/// By name, then by topic.
async fn conversations(session: &Session, names: &str) -> Result<Vec<ConversationItem>, Problem> {
    let mut found = session.checked(session.replica.find_conversations(names, NAMES).await)?;
    for item in session.checked(session.replica.find_topics(names, NAMES).await)? {
        if !found.iter().any(|known| known.id == item.id) {
            found.push(item);
        }
    }
    Ok(found.into_iter().take(NAMES as usize).map(item_view).collect())
}

pub(super) fn hit(hit: hearth_replica::SearchHit) -> SearchHit {
    SearchHit {
        message: hit.message,
        conversation: hit.conversation,
        conversation_name: hit.peer.as_ref().map(full_name).unwrap_or(hit.conversation_name),
        sender: hit.sender,
        sender_name: hit.sender_person.as_ref().map(full_name).unwrap_or_default(),
        at: hit.at,
        snippet: hit.snippet.into_iter().map(|part| SnippetPart { text: part.text, hit: part.hit }).collect(),
    }
}

fn part_view(understood: Understood, typed: &str) -> QueryPartView {
    let Understood { part, problem, people, conversations } = understood;
    let named = conversations.iter().map(|meant| meant.peer.as_ref().map_or_else(|| meant.name.clone(), full_name));
    let mut names: Vec<String> = people.iter().map(full_name).chain(named).collect();
    let more = u32::try_from(names.len().saturating_sub(MEANT)).unwrap_or(u32::MAX);
    names.truncate(MEANT);
    let (filter, day) = match &part.reading {
        Reading::Words => (None, None),
        Reading::Unfinished(name) | Reading::Problem(name, _) => (Some(*name), None),
        Reading::Filter(filter) => (Some(filter.name()), day(filter)),
    };
    QueryPartView {
        from: units(typed, part.place.start),
        to: units(typed, part.place.end),
        without: part.without,
        filter: filter.map(name_view),
        names,
        more,
        day,
        unfinished: matches!(part.reading, Reading::Unfinished(_)),
        problem: problem.map(problem_view),
        text: part.text,
    }
}

fn day(filter: &SearchFilter) -> Option<String> {
    match filter {
        SearchFilter::Before(day) | SearchFilter::After(day) | SearchFilter::On(day) => Some(day.date.clone()),
        SearchFilter::From(_) | SearchFilter::In(_) | SearchFilter::Marked(_) => None,
    }
}

fn name_view(name: FilterName) -> SearchFilterName {
    match name {
        FilterName::From => SearchFilterName::From,
        FilterName::In => SearchFilterName::In,
        FilterName::Before => SearchFilterName::Before,
        FilterName::After => SearchFilterName::After,
        FilterName::On => SearchFilterName::On,
        FilterName::Has => SearchFilterName::Has,
        FilterName::Is => SearchFilterName::Is,
        FilterName::Mentions => SearchFilterName::Mentions,
    }
}

fn problem_view(problem: hearth_replica::QueryProblem) -> QueryProblem {
    match problem {
        hearth_replica::QueryProblem::NoValue => QueryProblem::NoValue,
        hearth_replica::QueryProblem::NoDate => QueryProblem::NoDate,
        hearth_replica::QueryProblem::NoSuchValue => QueryProblem::NoSuchValue,
        hearth_replica::QueryProblem::Nobody => QueryProblem::Nobody,
        hearth_replica::QueryProblem::NoConversation => QueryProblem::NoConversation,
    }
}

/// A place in bytes as JavaScript counts it: in UTF-16 units.
fn units(text: &str, bytes: usize) -> u32 {
    let before = text.char_indices().take_while(|(at, _)| *at < bytes);
    u32::try_from(before.map(|(_, c)| c.len_utf16()).sum::<usize>()).unwrap_or(u32::MAX)
}

/// The other way round; behind the end there is only the end.
fn bytes(text: &str, units: u32) -> usize {
    let mut left = usize::try_from(units).unwrap_or(usize::MAX);
    let mut chars = text.char_indices();
    let behind = chars.find(|(_, c)| {
        let passed = left >= c.len_utf16();
        left = left.saturating_sub(c.len_utf16());
        !passed
    });
    behind.map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_as_javascript_does() {
        let text = "é👩x";
        let places = [(0, 0), (2, 1), (6, 3), (7, 4)];
        for (byte, unit) in places {
            assert_eq!((units(text, byte), bytes(text, unit)), (unit, byte));
        }
        assert_eq!((bytes(text, 2), bytes(text, 99), units(text, 99)), (2, 7, 4), "inside a character and behind the end");
    }
}
