//! Search everything, from the replica alone.

use super::{Client, conversations::item_view, people::full_name};
use crate::view::{Problem, SearchHit, SearchPage, SnippetPart};
use hearth_protocol::limits;

/// Hits of one page; the next ones come as one scrolls.
const HITS: u32 = 50;
/// Conversations by name above the hits.
const CONVERSATIONS: u32 = 5;

impl Client {
    /// Messages that have every word, newest first, and conversations by name. Answers offline like online.
    pub async fn search(&self, query: &str, after: Option<&str>) -> Result<SearchPage, Problem> {
        let session = self.session()?;
        let query: String = query.chars().take(limits::QUERY_CHARS_MAX).collect();
        let found = session.checked(session.replica.search(&query, after, HITS).await)?;
        let conversations = match after {
            None => session.checked(session.replica.find_conversations(&query, CONVERSATIONS).await)?,
            Some(_) => vec![],
        };
        Ok(SearchPage {
            hits: found.hits.into_iter().map(hit).collect(),
            conversations: conversations.into_iter().map(item_view).collect(),
            searched: found.searched,
            incomplete: found.incomplete,
            next: found.next,
        })
    }
}

fn hit(hit: hearth_replica::SearchHit) -> SearchHit {
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
