//! How much of a conversation is here, and how much is known to be missing.

use crate::{
    Replica, Result, StreamState,
    sql::{id, int, number},
    tables::{known, stream},
};
use hearth_protocol::{Millis, ids::ConversationId, stream::StreamId};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

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
    let copy = stream::find(tx, StreamId::Conversation(conversation)).await?;
    let complete = copy.as_ref().is_some_and(|copy| copy.state == StreamState::Complete);
    let known = known::of(tx, conversation).await?.readable();
    let top = known.top();
    let since = match top {
        Some((from, _)) => first_from(tx, conversation, from).await?,
        None => None,
    };
    let here: u64 = known.iter().map(|(from, to)| to.saturating_sub(from)).sum();
    let newest = newest_place(tx, conversation).await?.saturating_add(1).max(top.map_or(1, |(_, to)| to));
    let missing = if complete { 0 } else { newest.saturating_sub(1).saturating_sub(here) };
    Ok(Coverage { conversation, messages, since, complete, missing })
}

async fn first_from(tx: &mut SqliteConnection, conversation: ConversationId, from: u64) -> Result<Option<Millis>> {
    let sql = "SELECT created_at FROM message WHERE conversation = ? AND pos >= ? AND hidden = 0 ORDER BY pos LIMIT 1";
    Ok(sqlx::query_scalar(sql).bind(conversation.as_bytes()).bind(int(from)).fetch_optional(tx).await?)
}

/// The list's last message is known before the rest is here.
async fn newest_place(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<u64> {
    let newest: Option<i64> =
        sqlx::query_scalar("SELECT max(pos) FROM message WHERE conversation = ?").bind(conversation.as_bytes()).fetch_one(tx).await?;
    Ok(newest.map_or(0, number))
}
