//! How far conversations were compared with the server's, and when each is next.

use crate::{Result, sql::int};
use hearth_protocol::{Millis, Pos, ids::ConversationId};
use sqlx::SqliteConnection;

/// A conversation that just moved is looked at again after this.
const POSTPONED_MS: Millis = 60 * 60 * 1_000;

/// Takes in the conversations that are new, each due at a moment of its own within `every_ms`, which its id decides: what was just fetched
/// can wait, and not all come at once.
pub(crate) async fn begin(tx: &mut SqliteConnection, now_local: Millis, every_ms: Millis) -> Result<()> {
    let new: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT conversation FROM stream WHERE kind = 1 AND conversation NOT IN (SELECT conversation FROM checked)")
            .fetch_all(&mut *tx)
            .await?;
    for conversation in new {
        let spread = conversation.iter().rev().take(6).fold(0, |sum, byte| sum << 8 | Millis::from(*byte)) % every_ms.max(1);
        sqlx::query("INSERT INTO checked (conversation, next_pos, due_local) VALUES (?, 1, ?)")
            .bind(conversation)
            .bind(now_local.saturating_add(spread))
            .execute(&mut *tx)
            .await?;
    }
    sqlx::query("DELETE FROM checked WHERE conversation NOT IN (SELECT conversation FROM stream WHERE kind = 1)").execute(tx).await?;
    Ok(())
}

/// Equal up to here: it goes on with what follows.
pub(crate) async fn go_on(tx: &mut SqliteConnection, conversation: ConversationId, next_pos: Pos) -> Result<()> {
    sqlx::query("UPDATE checked SET next_pos = ?2 WHERE conversation = ?1")
        .bind(conversation.as_bytes())
        .bind(int(next_pos))
        .execute(tx)
        .await?;
    Ok(())
}

pub(crate) async fn postpone(tx: &mut SqliteConnection, conversation: ConversationId, now_local: Millis) -> Result<()> {
    sqlx::query("UPDATE checked SET due_local = ?2 WHERE conversation = ?1")
        .bind(conversation.as_bytes())
        .bind(now_local.saturating_add(POSTPONED_MS))
        .execute(tx)
        .await?;
    Ok(())
}

/// This round is over.
pub(crate) async fn end(tx: &mut SqliteConnection, conversation: ConversationId, due_local: Millis) -> Result<()> {
    sqlx::query("UPDATE checked SET next_pos = 1, due_local = ?2 WHERE conversation = ?1")
        .bind(conversation.as_bytes())
        .bind(due_local)
        .execute(tx)
        .await?;
    Ok(())
}
