//! Full-text search over every visible message, newest first, but for what those wrote whom I have blocked.

mod index;
mod query;
mod snippet;
mod words;

pub(crate) use index::Index;
pub use snippet::SnippetPart;
pub(crate) use words::{fold_name, is_unspaced};

use crate::{
    Replica, Result, friends,
    sql::{get, id, id_list},
    tables::{meta, person},
};
use hearth_protocol::{
    Millis,
    ids::{ConversationId, MessageId, UserId},
    rows::Person,
};
use query::Query;
use sqlx::{SqliteConnection, sqlite::SqliteRow};

/// Hits of one page.
const HITS_MAX: u32 = 200;

/// One page of what was found.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchRows {
    pub hits: Vec<SearchHit>,
    /// The messages that could be searched.
    pub searched: u64,
    /// Conversations that are not wholly here yet.
    pub incomplete: u32,
    /// Hand it back as `after` for the next page.
    pub next: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SearchHit {
    pub message: MessageId,
    pub conversation: ConversationId,
    /// Empty for a direct conversation: `peer` names it.
    pub conversation_name: String,
    pub peer: Option<Person>,
    pub sender: UserId,
    pub sender_person: Option<Person>,
    pub at: Millis,
    /// The text around the hit.
    pub snippet: Vec<SnippetPart>,
}

impl Replica {
    /// Finds messages that have every word and "phrase" of the query; its last word may be unfinished. No input is an error:
    /// what cannot be looked for finds nothing, and an `after` that no page gave begins at the start.
    pub async fn search(&self, query: &str, after: Option<&str>, limit: u32) -> Result<SearchRows> {
        let query = Query::parse(query);
        let mut tx = self.read().await?;
        let searched = meta::messages(&mut tx).await?;
        let incomplete: i64 =
            sqlx::query_scalar("SELECT count(*) FROM stream WHERE kind = 1 AND state <> 'complete'").fetch_one(&mut *tx).await?;
        let mut found = SearchRows { hits: vec![], searched, incomplete: crate::sql::small(incomplete), next: None };
        let Some(expression) = query.expression() else { return Ok(found) };
        let before = after.and_then(|after| after.parse().ok()).unwrap_or(i64::MAX);
        let limit = limit.clamp(1, HITS_MAX);
        let blocked = id_list(friends::blocked(&mut tx).await?.iter().map(|user| user.as_bytes()))?;
        let rows = hits(&mut tx, &expression, &blocked, before, i64::from(limit) + 1).await?;
        if rows.len() > usize::try_from(limit).unwrap_or(usize::MAX)
            && let Some(last) = rows.iter().rev().nth(1)
        {
            found.next = Some(get::<i64>(last, "n")?.to_string());
        }
        for row in rows.iter().take(usize::try_from(limit).unwrap_or(usize::MAX)) {
            found.hits.push(read(&mut tx, row, &query).await?);
        }
        Ok(found)
    }
}

async fn hits(tx: &mut SqliteConnection, expression: &str, blocked: &str, before: i64, limit: i64) -> Result<Vec<SqliteRow>> {
    let rows = sqlx::query(
        "SELECT m.n AS n, m.id AS id, m.conversation AS conversation, m.sender AS sender, m.created_at AS created_at, m.text AS text,
            coalesce(c.name, '') AS name, l.peer AS peer, p.user AS person, p.username, p.first_name, p.last_name
         FROM (SELECT rowid AS n FROM message_words WHERE message_words MATCH ? AND rowid < ?
            AND (SELECT sender FROM message WHERE n = message_words.rowid) NOT IN (SELECT unhex(value) FROM json_each(?))
            ORDER BY rowid DESC LIMIT ?) hit
         JOIN message m ON m.n = hit.n
         LEFT JOIN conversation c ON c.id = m.conversation
         LEFT JOIN line l ON l.conversation = m.conversation
         LEFT JOIN person p ON p.user = m.sender
         ORDER BY m.n DESC",
    )
    .bind(expression)
    .bind(before)
    .bind(blocked)
    .bind(limit)
    .fetch_all(tx)
    .await?;
    Ok(rows)
}

async fn read(tx: &mut SqliteConnection, row: &SqliteRow, query: &Query) -> Result<SearchHit> {
    let peer = match crate::sql::optional_id(get(row, "peer")?)? {
        Some(peer) => person::find(tx, peer).await?,
        None => None,
    };
    let text: Option<String> = get(row, "text")?;
    Ok(SearchHit {
        message: id(get(row, "id")?)?,
        conversation: id(get(row, "conversation")?)?,
        conversation_name: get(row, "name")?,
        peer,
        sender: id(get(row, "sender")?)?,
        sender_person: person::read(row)?,
        at: get(row, "created_at")?,
        // Where a word is hidden in its message it is found, and stays hidden here.
        snippet: snippet::snippet(&hearth_text::words(text.as_deref().unwrap_or_default(), &[]), query),
    })
}
