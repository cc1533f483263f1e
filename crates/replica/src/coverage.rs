//! How much of a conversation is here, and how much is known to be missing.

use crate::{
    Replica, Result, StreamState,
    sql::{hex, id, id_list, int, json, number},
    tables::{known, stream},
};
use hearth_protocol::{Millis, Pos, ids::ConversationId, stream::StreamId};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

/// Holes that are told one by one. The oldest of more are told as one, which is never less than what is missing.
const HOLES_MAX: usize = 6;

/// A time of which messages can be missing: from the last one before the hole that is here to the first one after it. Where none is here
/// on a side, nothing is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: Option<Millis>,
    pub to: Option<Millis>,
}

/// What is here of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    pub conversation: ConversationId,
    /// Messages that can be seen.
    pub messages: u64,
    /// When the first message after the last hole was written; `None` while nothing is here.
    pub since: Option<Millis>,
    /// Every message is here.
    pub complete: bool,
    /// Places of which nothing is known, so at most as many messages; places that one may not see count too until all is here. 0 when
    /// nothing is known of the conversation.
    pub missing: u64,
    /// When what is missing was written, the newest first; none when all is here.
    pub holes: Vec<Period>,
}

impl Replica {
    pub async fn coverage(&self, conversation: ConversationId) -> Result<Coverage> {
        let mut tx = self.read().await?;
        let messages: i64 = sqlx::query_scalar(
            "SELECT (SELECT count(*) FROM message WHERE conversation = ?1)
                - (SELECT count(*) FROM message WHERE conversation = ?1 AND hidden = 1)
                - (SELECT count(*) FROM message WHERE conversation = ?1 AND deleted = 1 AND hidden = 0)",
        )
        .bind(conversation.as_bytes())
        .fetch_one(&mut *tx)
        .await?;
        of(&mut tx, conversation, number(messages)).await
    }

    /// The places of the newest hole, `[from, to)`; none where nothing is missing, or nothing is here yet.
    pub async fn newest_hole(&self, conversation: ConversationId) -> Result<Option<(Pos, Pos)>> {
        let mut tx = self.read().await?;
        if is_complete(&mut tx, conversation).await? {
            return Ok(None);
        }
        let known = known::of(&mut tx, conversation).await?.readable();
        Ok(holes_of(&known, newest_place(&mut tx, conversation).await?).into_iter().next())
    }

    /// Of all conversations that are followed: those that are not whole first, the others by the number of messages.
    pub async fn coverages(&self) -> Result<Vec<Coverage>> {
        let mut tx = self.read().await?;
        let counts: Vec<(Vec<u8>, i64)> =
            sqlx::query_as("SELECT conversation, count(*) FROM message WHERE hidden = 0 AND deleted = 0 GROUP BY conversation")
                .fetch_all(&mut *tx)
                .await?;
        let mut counted: BTreeMap<ConversationId, u64> = BTreeMap::new();
        for (conversation, count) in counts {
            counted.insert(id(&conversation)?, number(count));
        }
        let mut all = vec![];
        for conversation in stream::conversations(&mut tx).await? {
            let messages = counted.get(&conversation).copied().unwrap_or(0);
            all.push(of(&mut tx, conversation, messages).await?);
        }
        all.sort_by_key(|coverage| (coverage.complete, std::cmp::Reverse(coverage.missing), std::cmp::Reverse(coverage.messages)));
        Ok(all)
    }
}

async fn of(tx: &mut SqliteConnection, conversation: ConversationId, messages: u64) -> Result<Coverage> {
    let complete = is_complete(tx, conversation).await?;
    let known = known::of(tx, conversation).await?.readable();
    let top = known.top();
    let since = match top {
        Some((from, _)) => first_from(tx, conversation, from).await?,
        None => None,
    };
    let here: u64 = known.iter().map(|(from, to)| to.saturating_sub(from)).sum();
    let newest = newest_place(tx, conversation).await?.saturating_add(1).max(top.map_or(1, |(_, to)| to));
    let missing = if complete { 0 } else { newest.saturating_sub(1).saturating_sub(here) };
    let holes = if complete { vec![] } else { holes(tx, &[conversation]).await?.pop().unwrap_or_default() };
    Ok(Coverage { conversation, messages, since, complete, missing, holes })
}

/// When what is missing of each of these conversations, none of which is whole here, was written, the newest first. Of one of which nothing
/// is here nothing is known but that. Read at once: a new computer has thousands of them.
pub(crate) async fn holes(tx: &mut SqliteConnection, conversations: &[ConversationId]) -> Result<Vec<Vec<Period>>> {
    let here = known::of_all(tx, conversations).await?;
    let newest = newest_places(tx, conversations).await?;
    // How many holes each has; `None` where nothing is here.
    let mut counts = Vec::with_capacity(conversations.len());
    let mut places = vec![];
    for conversation in conversations {
        let known = here.get(conversation).map(known::Known::readable).unwrap_or_default();
        let of = told(holes_of(&known, newest.get(conversation).copied().unwrap_or(0)));
        counts.push(known.top().map(|_| of.len()));
        places.extend(of.into_iter().map(|(from, to)| (*conversation, from, to)));
    }
    let mut periods = periods(tx, &places).await?.into_iter();
    let unknown = || vec![Period { from: None, to: None }];
    Ok(counts.into_iter().map(|count| count.map_or_else(unknown, |count| periods.by_ref().take(count).collect())).collect())
}

/// Those that are told, some of them as one.
fn told(mut places: Vec<(Pos, Pos)>) -> Vec<(Pos, Pos)> {
    if let (Some((oldest, _)), true) = (places.last().copied(), places.len() > HOLES_MAX) {
        places.truncate(HOLES_MAX);
        places.last_mut().into_iter().for_each(|(from, _)| *from = oldest);
    }
    places
}

/// The times of these places, each `[from, to)` of a conversation.
async fn periods(tx: &mut SqliteConnection, places: &[(ConversationId, Pos, Pos)]) -> Result<Vec<Period>> {
    let of: Vec<(String, i64, i64)> = places.iter().map(|(of, from, to)| (hex(of.as_bytes()), int(*from), int(*to))).collect();
    let rows: Vec<(Option<Millis>, Option<Millis>)> = sqlx::query_as(
        "SELECT
            (SELECT m.created_at FROM message m WHERE m.conversation = unhex(hole.value ->> 0) AND m.pos < hole.value ->> 1 AND m.hidden = 0
                ORDER BY m.pos DESC LIMIT 1),
            (SELECT m.created_at FROM message m WHERE m.conversation = unhex(hole.value ->> 0) AND m.pos >= hole.value ->> 2 AND m.hidden = 0
                ORDER BY m.pos LIMIT 1)
         FROM json_each(?) hole ORDER BY hole.key",
    )
    .bind(json(&of)?)
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(|(from, to)| Period { from, to }).collect())
}

/// The places `[from, to)` of which nothing is known, the newest first; none where nothing is known at all. The newest message is here
/// before the rest is.
fn holes_of(known: &known::Intervals, newest: Pos) -> Vec<(Pos, Pos)> {
    let mut holes = vec![];
    let mut end = newest;
    for (from, to) in known.iter().rev() {
        if to < end {
            holes.push((to, end));
        }
        end = from;
    }
    if end > 1 && known.top().is_some() {
        holes.push((1, end));
    }
    holes
}

async fn is_complete(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<bool> {
    let copy = stream::find(tx, StreamId::Conversation(conversation)).await?;
    Ok(copy.is_some_and(|copy| copy.state == StreamState::Complete))
}

async fn first_from(tx: &mut SqliteConnection, conversation: ConversationId, from: u64) -> Result<Option<Millis>> {
    let sql = "SELECT created_at FROM message WHERE conversation = ? AND pos >= ? AND hidden = 0 ORDER BY pos LIMIT 1";
    Ok(sqlx::query_scalar(sql).bind(conversation.as_bytes()).bind(int(from)).fetch_optional(tx).await?)
}

/// The list's last message is known before the rest is.
async fn newest_place(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<u64> {
    Ok(newest_places(tx, &[conversation]).await?.get(&conversation).copied().unwrap_or(0))
}

async fn newest_places(tx: &mut SqliteConnection, conversations: &[ConversationId]) -> Result<BTreeMap<ConversationId, Pos>> {
    let rows: Vec<(Vec<u8>, Option<i64>)> =
        sqlx::query_as("SELECT unhex(value), (SELECT max(pos) FROM message WHERE conversation = unhex(value)) FROM json_each(?)")
            .bind(id_list(conversations.iter().map(|conversation| conversation.as_bytes()))?)
            .fetch_all(tx)
            .await?;
    rows.into_iter().map(|(conversation, newest)| Ok((id(&conversation)?, newest.map_or(0, number)))).collect()
}
