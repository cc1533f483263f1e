//! Full-text search over every visible message, with filters, but for what those wrote whom I have blocked.

mod best;
mod conditions;
mod days;
mod filter;
mod further;
mod index;
mod missing;
mod names;
mod query;
mod snippet;
mod suggest;
mod tokens;
mod walk;
mod wanted;

pub use days::{Day, LocalTime};
pub use filter::{Called, FilterName, Mark, QueryProblem, SearchFilter};
pub use further::Further;
pub(crate) use index::Index;
pub use missing::{Missing, MissingIn};
pub use query::{Query, QueryPart, Reading};
pub use snippet::SnippetPart;
pub use suggest::{Suggestion, Suggestions};
pub use wanted::{MeantConversation, Understood};
pub(crate) use words::{fold_name, is_unspaced};

use crate::{
    Replica, Result,
    sql::{from_json, get, id, json, optional_id, small},
    tables::{meta, person},
};
use hearth_protocol::{
    Millis,
    body::Body,
    ids::{ConversationId, MessageId, UserId},
    rows::Person,
};
use hearth_text::{
    MessageKind,
    search::{term, words},
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};
use walk::Walk;
use wanted::Wanted;

/// Hits of one page.
const HITS_MAX: u32 = 200;
/// Before the number in a page's mark that counts the best.
const BEST: &str = "best:";

/// In which order hits are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SearchOrder {
    #[default]
    Newest,
    /// The best of the newest ones, then what is older. Without words nothing is better than the rest.
    Best,
}

/// One page of what was found.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchRows {
    pub hits: Vec<SearchHit>,
    /// What was typed, piece by piece, as it was understood.
    pub parts: Vec<Understood>,
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

/// A message that is wanted.
struct Found {
    n: i64,
    text: String,
    row: SqliteRow,
}

/// Where a page begins.
#[derive(Clone, Copy)]
enum After {
    /// Behind so many of the best.
    Best(usize),
    /// Before this number.
    Older(i64),
}

impl Replica {
    /// Finds messages that are everything that the query says. No input is an error: what cannot be looked for finds nothing, and an
    /// `after` that no page gave begins at the start.
    pub async fn search(&self, query: &Query, order: SearchOrder, after: Option<&str>, limit: u32) -> Result<SearchRows> {
        let mut tx = self.read().await?;
        let searched = meta::messages(&mut tx).await?;
        let incomplete: i64 =
            sqlx::query_scalar("SELECT count(*) FROM stream WHERE kind = 1 AND state <> 'complete'").fetch_one(&mut *tx).await?;
        let (parts, wanted) = Wanted::of(&mut tx, query).await?;
        let mut page = SearchRows { hits: vec![], parts, searched, incomplete: small(incomplete), next: None };
        let Some(wanted) = wanted else { return Ok(page) };
        let limit = usize::try_from(limit.clamp(1, HITS_MAX)).unwrap_or(1);
        let best = order == SearchOrder::Best && wanted.words.is_some();
        let (found, next) = match After::read(after, best) {
            After::Best(skip) => find_best(&mut tx, &wanted, query, (skip, limit)).await?,
            After::Older(before) => find(&mut tx, &wanted, before, limit).await?,
        };
        page.next = next.map(|next| next.to_string());
        for found in &found {
            page.hits.push(read(&mut tx, found, query).await?);
        }
        Ok(page)
    }
}

impl After {
    fn read(after: Option<&str>, best: bool) -> Self {
        let skipped = after.and_then(|after| after.strip_prefix(BEST)?.parse().ok());
        match after.and_then(|after| after.parse().ok()) {
            Some(before) => Self::Older(before),
            None if best => Self::Best(skipped.unwrap_or(0)),
            None => Self::Older(i64::MAX),
        }
    }
}

impl std::fmt::Display for After {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Best(skip) => write!(f, "{BEST}{skip}"),
            Self::Older(before) => write!(f, "{before}"),
        }
    }
}

/// What is older than `before`, newest first, and where the next page begins.
async fn find(tx: &mut SqliteConnection, wanted: &Wanted, before: i64, limit: usize) -> Result<(Vec<Found>, Option<After>)> {
    let mut found = vec![];
    let mut walk = Walk::begin(tx, wanted, before).await?;
    while found.len() <= limit
        && let Some(numbers) = walk.next(tx, limit + 1 - found.len()).await?
    {
        look_up(tx, wanted, &numbers, &mut found).await?;
    }
    let more = found.len() > limit;
    found.truncate(limit);
    let next = if more { found.last().map(|last| After::Older(last.n)) } else { None };
    Ok((found, next))
}

/// Of the newest hits those that come after the `skip` best, and where the next page begins.
async fn find_best(
    tx: &mut SqliteConnection,
    wanted: &Wanted,
    query: &Query,
    (skip, limit): (usize, usize),
) -> Result<(Vec<Found>, Option<After>)> {
    let (newest, older) = find(tx, wanted, i64::MAX, best::BEST_OF).await?;
    let count = newest.len();
    let mut ranked: Vec<(f64, Found)> = newest.into_iter().map(|found| (best::worth(&found.text, query), found)).collect();
    ranked.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let page: Vec<Found> = ranked.into_iter().skip(skip).take(limit).map(|(_, found)| found).collect();
    let end = skip.saturating_add(limit);
    Ok((page, if end < count { Some(After::Best(end)) } else { older }))
}

/// Reads messages by their numbers, and leaves out those that only look as if they had a link, were one or named me.
async fn look_up(tx: &mut SqliteConnection, wanted: &Wanted, numbers: &[i64], found: &mut Vec<Found>) -> Result<()> {
    if numbers.is_empty() {
        return Ok(());
    }
    let rows = sqlx::query(
        "SELECT m.n AS n, m.id AS id, m.conversation AS conversation, m.sender AS sender, m.created_at AS created_at, m.text AS text,
            m.body AS body, coalesce(c.name, '') AS name, l.peer AS peer, p.user AS person, p.username, p.first_name, p.last_name
         FROM message m
         LEFT JOIN conversation c ON c.id = m.conversation
         LEFT JOIN line l ON l.conversation = m.conversation
         LEFT JOIN person p ON p.user = m.sender
         WHERE m.n IN (SELECT value FROM json_each(?)) ORDER BY m.n DESC",
    )
    .bind(json(numbers)?)
    .fetch_all(tx)
    .await?;
    for row in rows {
        let text: Option<String> = get(&row, "text")?;
        let text = text.unwrap_or_default();
        if is_as_marked(wanted, &row, &text)? {
            found.push(Found { n: get(&row, "n")?, text, row });
        }
    }
    Ok(())
}

fn is_as_marked(wanted: &Wanted, row: &SqliteRow, text: &str) -> Result<bool> {
    for (mark, is) in &wanted.marks {
        let has = match mark {
            Mark::Link => hearth_text::has_link(text),
            Mark::LinkAlone => MessageKind::of(text) == MessageKind::Link,
            Mark::Mention => {
                let body: Option<&str> = get(row, "body")?;
                let body: Option<Body> = body.map(from_json).transpose()?;
                let sender: Option<UserId> = optional_id(get(row, "sender")?)?;
                // Who names everyone does not mean themselves.
                let called = |body: &Body| body.names_everyone() && sender != wanted.here.me;
                body.is_some_and(|body| called(&body) || body.mentions().any(|user| Some(user) == wanted.here.me))
            }
            Mark::Starred | Mark::Unread | Mark::Pinned | Mark::Reaction => continue,
        };
        if has != *is {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn read(tx: &mut SqliteConnection, found: &Found, query: &Query) -> Result<SearchHit> {
    let row = &found.row;
    let peer = match optional_id(get(row, "peer")?)? {
        Some(peer) => person::find(tx, peer).await?,
        None => None,
    };
    Ok(SearchHit {
        message: id(get(row, "id")?)?,
        conversation: id(get(row, "conversation")?)?,
        conversation_name: get(row, "name")?,
        peer,
        sender: id(get(row, "sender")?)?,
        sender_person: person::read(row)?,
        at: get(row, "created_at")?,
        // Where a word is hidden in its message it is found, and stays hidden here.
        snippet: snippet::snippet(&hearth_text::words(&found.text, &[]), query),
    })
}
