//! What of a query the server is to be asked, as long as not everything is here, and what came of that.

use super::{SearchHit, filter::Mark, query::Query, snippet::snippet, term::Term, wanted::Wanted};
use crate::{
    Replica, Result, StreamState, friends,
    sql::{damaged, get, id, optional_id},
    tables::{hidden, known, message, person, stream},
};
use hearth_protocol::{
    Pos,
    body::Body,
    ids::ConversationId,
    limits::{SEARCH_HITS_MAX, SEARCH_PLACES_MAX},
    rows::{Person, RowData},
    search::{SearchFound, SearchMark, SearchPlace, SearchRequest, SearchWanted, SearchWords},
    stream::StreamId,
};
use sqlx::SqliteConnection;

/// A question for the server, and where the next one begins if this one finds no more.
#[derive(Clone, Debug, PartialEq)]
pub struct Further {
    pub request: SearchRequest,
    pub behind: Option<SearchPlace>,
}

impl Replica {
    /// What to ask of the places that are not here, from one of them on; by their ids, so that pages fit together whatever comes meanwhile.
    /// `None` where nothing is asked for, or nothing is missing.
    pub async fn further(&self, query: &Query, from: Option<SearchPlace>) -> Result<Option<Further>> {
        let mut tx = self.read().await?;
        let (_, Some(wanted)) = Wanted::of(&mut tx, query).await? else { return Ok(None) };
        let mut places = vec![];
        for conversation in incomplete(&mut tx, from.map(|place| place.conversation)).await? {
            if !wanted.looks_in(conversation) {
                continue;
            }
            let mut place = SearchPlace { conversation, before_pos: end(&mut tx, conversation).await? };
            if let Some(from) = from.filter(|from| from.conversation == conversation) {
                place.before_pos = match (place.before_pos, from.before_pos) {
                    (Some(here), Some(there)) => Some(here.min(there)),
                    (here, there) => here.or(there),
                };
            }
            places.push(place);
            if places.len() > SEARCH_PLACES_MAX {
                break;
            }
        }
        if places.is_empty() {
            return Ok(None);
        }
        let behind = if places.len() > SEARCH_PLACES_MAX { places.pop() } else { None };
        let request = SearchRequest { places, wanted: asked(query, &wanted), limit: SEARCH_HITS_MAX };
        Ok(Some(Further { request, behind }))
    }

    /// Hits of the server as those from here are told; without what can be found here by now, and what waits here to be hidden or blocked.
    pub async fn found_further(&self, query: &Query, found: Vec<SearchFound>) -> Result<Vec<SearchHit>> {
        let mut tx = self.read().await?;
        let blocked = friends::blocked(&mut tx).await?;
        let mut hits = vec![];
        for SearchFound { conversation, message } in found {
            let RowData::Message(row) = message.data else { continue };
            let Some(text) = row.body.as_ref().and_then(Body::searchable) else { continue };
            let is_here = message::place(&mut tx, conversation, row.id).await?.is_some();
            if is_here || blocked.contains(&row.sender) || hidden::is_put_away(&mut tx, row.id).await? {
                continue;
            }
            let (conversation_name, peer) = named(&mut tx, conversation).await?;
            hits.push(SearchHit {
                message: row.id,
                conversation,
                conversation_name,
                peer,
                sender: row.sender,
                sender_person: person::find(&mut tx, row.sender).await?,
                at: row.created_at,
                snippet: snippet(&hearth_text::words(text, &[]), query),
            });
        }
        Ok(hits)
    }
}

/// Conversations that are not whole here, from one of them on.
pub(super) async fn incomplete(tx: &mut SqliteConnection, from: Option<ConversationId>) -> Result<Vec<ConversationId>> {
    let rows: Vec<Vec<u8>> = sqlx::query_scalar(
        "SELECT conversation FROM stream WHERE kind = 1 AND state <> 'complete' AND conversation >= ? ORDER BY conversation",
    )
    .bind(from.map(|from| from.as_bytes().to_vec()).unwrap_or_default())
    .fetch_all(tx)
    .await?;
    rows.iter().map(|row| id(row).map_err(damaged)).collect()
}

/// The place above which everything is here; none where nothing is.
async fn end(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<Option<Pos>> {
    let Some(stream) = stream::find(tx, StreamId::Conversation(conversation)).await? else { return Ok(None) };
    if stream.state == StreamState::New {
        return Ok(None);
    }
    let known = known::of(tx, conversation).await?;
    Ok(Some(known.sure.frontier(stream.covered_to).map_or(stream.covered_to, |(from, _)| from)))
}

/// A conversation's name, or with whom it is.
pub(super) async fn named(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<(String, Option<Person>)> {
    let row = sqlx::query(
        "SELECT coalesce(c.name, '') AS name, l.peer AS peer FROM line l LEFT JOIN conversation c ON c.id = l.conversation
         WHERE l.conversation = ?",
    )
    .bind(conversation.as_bytes())
    .fetch_optional(&mut *tx)
    .await?;
    let Some(row) = row else { return Ok((String::new(), None)) };
    let peer = match optional_id(get(&row, "peer")?)? {
        Some(peer) => person::find(tx, peer).await?,
        None => None,
    };
    Ok((get(&row, "name")?, peer))
}

fn asked(query: &Query, wanted: &Wanted) -> SearchWanted {
    let words = |terms: &[Term]| terms.iter().map(|term| SearchWords { words: term.words.clone(), prefix: term.prefix }).collect();
    let marks = |is: bool| wanted.marks.iter().filter(|(_, wanted)| *wanted == is).map(|(mark, _)| mark_of(*mark)).collect();
    let at = |number: i64, open: i64| (number != open).then(|| message::moment_of(number));
    SearchWanted {
        words: words(&query.terms),
        no_words: words(&query.without),
        senders: wanted.senders.clone(),
        no_senders: wanted.not_senders.clone(),
        from: at(wanted.from, i64::MIN),
        until: at(wanted.until, i64::MAX),
        not_between: wanted.not_between.iter().map(|(from, until)| (message::moment_of(*from), message::moment_of(*until))).collect(),
        marks: marks(true),
        no_marks: marks(false),
    }
}

fn mark_of(mark: Mark) -> SearchMark {
    match mark {
        Mark::Link => SearchMark::Link,
        Mark::LinkAlone => SearchMark::LinkAlone,
        Mark::Reaction => SearchMark::Reaction,
        Mark::Starred => SearchMark::Starred,
        Mark::Unread => SearchMark::Unread,
        Mark::Pinned => SearchMark::Pinned,
        Mark::Mention => SearchMark::Mention,
    }
}
