//! What is to be fetched: streams that are behind, and history that is not here yet.

use crate::{
    Replica, Result,
    sql::{damaged, get, id, number, small},
    tables::{known, meta, stream},
};
use hearth_protocol::{
    Pos, Seq,
    ids::{ConversationId, Epoch},
    stream::StreamId,
    sync::{From, Want, Watermark},
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

/// New -> tail -> complete; any -> new when the server refuses the copy or its epoch ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamState {
    /// No copy, or one that the server refuses: rows of it stay readable until a new one replaces them.
    New,
    /// The newest messages are here; older ones are not yet.
    Tail,
    Complete,
}

/// My copy of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamCopy {
    pub stream: StreamId,
    pub state: StreamState,
    /// None before the first row.
    pub epoch: Option<Epoch>,
    pub vis_ver: u64,
    pub cursor: Seq,
    pub head: Seq,
}

/// How much history is here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Conversations that are wholly here, of all.
    pub complete: u32,
    pub conversations: u32,
    /// Messages that can be seen.
    pub messages: u64,
}

impl StreamState {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Tail => "tail",
            Self::Complete => "complete",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::New, Self::Tail, Self::Complete].into_iter().find(|state| state.as_str() == word)
    }
}

impl Replica {
    /// The server database's incarnation that the rows are of.
    pub async fn epoch(&self) -> Result<Option<Epoch>> {
        meta::epoch(&mut *self.look().await?).await
    }

    pub async fn watermark(&self) -> Result<Watermark> {
        meta::watermark(&mut *self.look().await?).await
    }

    /// My copies of all streams, for tests and diagnosis.
    pub async fn streams(&self) -> Result<Vec<StreamCopy>> {
        let mut tx = self.read().await?;
        let ids: Vec<String> = sqlx::query_scalar("SELECT id FROM stream ORDER BY id").fetch_all(&mut *tx).await?;
        let mut copies = Vec::with_capacity(ids.len());
        for id in ids {
            let id = id.parse().map_err(damaged)?;
            if let Some(row) = stream::find(&mut tx, id).await? {
                let stream::StreamRow { id, state, epoch, vis_ver, cursor, head, .. } = row;
                copies.push(StreamCopy { stream: id, state, epoch, vis_ver, cursor, head });
            }
        }
        Ok(copies)
    }

    /// What to pull, at most `limit` streams: my own first, then groups, then what belongs to the conversation on the screen, receipts
    /// included, then conversations by their last activity, then members. A stream without a copy wants its newest `tail` messages.
    pub async fn wants(&self, open: Option<ConversationId>, limit: usize, tail: u32) -> Result<Vec<Want>> {
        let mut tx = self.look().await?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = sqlx::query(
            "SELECT * FROM (SELECT id, state, cursor, vis_ver FROM stream WHERE (state = 'new' OR cursor < head) AND kind < 3
                 ORDER BY kind, active_at DESC LIMIT ?1)
              UNION ALL SELECT id, state, cursor, vis_ver FROM stream WHERE doubted = 1 AND state <> 'new' AND cursor >= head LIMIT ?1",
        )
        .bind(limit)
        .fetch_all(&mut *tx)
        .await?;
        let mut wants: Vec<Want> = rows.iter().map(|row| want(row, tail)).collect::<Result<_>>()?;
        wants.sort_by_key(|want| !matches!(want.stream, StreamId::User(_)));
        if let Some(open) = open {
            let rows = sqlx::query(
                "SELECT id, state, cursor, vis_ver FROM stream WHERE conversation = ? AND (state = 'new' OR cursor < head) ORDER BY kind",
            )
            .bind(open.as_bytes())
            .fetch_all(&mut *tx)
            .await?;
            let mut first: Vec<Want> = rows.iter().map(|row| want(row, tail)).collect::<Result<_>>()?;
            first.extend(first_receipts(&mut tx, open).await?);
            wants.retain(|want| !first.contains(want));
            let mine = wants.iter().take_while(|want| matches!(want.stream, StreamId::User(_) | StreamId::Group(_))).count();
            wants.splice(mine..mine, first);
            wants.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        }
        Ok(wants)
    }

    /// The next pages of history to ask for, at most `limit`: conversations and the places before which to ask. The one on the screen
    /// first and alone, then by last activity; none when everything is here.
    pub async fn incomplete(&self, open: Option<ConversationId>, limit: usize) -> Result<Vec<(ConversationId, Pos)>> {
        let mut tx = self.look().await?;
        if let Some(open) = open
            && let Some(page) = next_page(&mut tx, open).await?
        {
            return Ok(vec![page]);
        }
        let next: Vec<Vec<u8>> =
            sqlx::query_scalar("SELECT conversation FROM stream WHERE state = 'tail' AND kind = 1 ORDER BY active_at DESC LIMIT ?")
                .bind(i64::try_from(limit).unwrap_or(i64::MAX))
                .fetch_all(&mut *tx)
                .await?;
        let mut pages = Vec::with_capacity(next.len());
        for conversation in next {
            pages.extend(next_page(&mut tx, id(&conversation).map_err(damaged)?).await?);
        }
        Ok(pages)
    }

    pub async fn backfill_progress(&self) -> Result<Progress> {
        let mut tx = self.read().await?;
        let (complete, conversations): (i64, i64) =
            sqlx::query_as("SELECT coalesce(sum(state = 'complete'), 0), count(*) FROM stream WHERE kind = 1").fetch_one(&mut *tx).await?;
        Ok(Progress { complete: small(complete), conversations: small(conversations), messages: meta::messages(&mut tx).await? })
    }
}

/// The receipts of a conversation of which there is a copy, when none is here of them.
async fn first_receipts(tx: &mut SqliteConnection, open: ConversationId) -> Result<Option<Want>> {
    let stream = StreamId::Receipts(open);
    let missing: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM stream WHERE id = ? AND state <> 'new') AND NOT EXISTS (SELECT 1 FROM stream WHERE id = ?)",
    )
    .bind(StreamId::Conversation(open).to_string())
    .bind(stream.to_string())
    .fetch_one(tx)
    .await?;
    Ok(missing.then_some(Want { stream, from: From::Tail { messages: 0 } }))
}

fn want(row: &SqliteRow, tail: u32) -> Result<Want> {
    let stream = get::<&str>(row, "id")?.parse().map_err(damaged)?;
    let from = match StreamState::parse(get(row, "state")?) {
        Some(StreamState::New) => From::Tail { messages: tail },
        Some(StreamState::Tail | StreamState::Complete) => {
            From::Cursor { seq: number(get(row, "cursor")?), vis_ver: number(get(row, "vis_ver")?) }
        }
        None => return Err(damaged("a stream's state")),
    };
    Ok(Want { stream, from })
}

async fn next_page(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<Option<(ConversationId, Pos)>> {
    let Some(stream) = stream::find(tx, StreamId::Conversation(conversation)).await? else { return Ok(None) };
    if stream.state != StreamState::Tail {
        return Ok(None);
    }
    let from = known::of(tx, conversation).await?.sure.frontier(stream.covered_to).map_or(stream.covered_to, |(from, _)| from);
    Ok(Some((conversation, from)))
}
