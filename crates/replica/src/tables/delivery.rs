//! What the server is to be told of the messages of others that are here: a client's own book-keeping, no rows of the server's.

use crate::{
    Result,
    sql::{id, int, number},
};
use hearth_protocol::{Millis, Pos, ids::ConversationId, limits};
use sqlx::SqliteConnection;

/// Conversations of one look: after a first sync there may be thousands, and the rest waits for the next look.
const DUE_MAX: i64 = 64;

/// A conversation in which messages have come since the server was told.
pub(crate) struct Due {
    pub conversation: ConversationId,
    pub reached: Pos,
    /// The server is to hear of it: I have not read that far, which would say it too, and the conversation is one where it is told.
    pub worth_telling: bool,
}

/// A message of somebody else's at this place can be seen.
pub(crate) async fn reach(tx: &mut SqliteConnection, conversation: ConversationId, pos: Pos) -> Result<()> {
    sqlx::query(
        "INSERT INTO delivery (conversation, reached) VALUES (?, ?)
         ON CONFLICT (conversation) DO UPDATE SET reached = max(reached, excluded.reached)",
    )
    .bind(conversation.as_bytes())
    .bind(int(pos))
    .execute(tx)
    .await?;
    Ok(())
}

/// The copy is another one: whatever was told of the old one may not be true of it.
pub(crate) async fn forget(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<()> {
    sqlx::query("DELETE FROM delivery WHERE conversation = ?").bind(conversation.as_bytes()).execute(tx).await?;
    Ok(())
}

/// What may be told now: each conversation at most once in [`limits::DELIVERED_EVERY_MS`] of this computer's clock, also where that was
/// set back.
pub(crate) async fn due(tx: &mut SqliteConnection, now_local: Millis) -> Result<Vec<Due>> {
    let rows: Vec<(Vec<u8>, i64, bool)> = sqlx::query_as(
        "SELECT d.conversation, d.reached, d.reached > coalesce(l.read_pos, 0) AND coalesce((SELECT read_receipts FROM account), 1)
            AND (SELECT count(*) FROM member m WHERE m.conversation = d.conversation AND m.left_at IS NULL) <= ?3
            AND NOT EXISTS (SELECT 1 FROM channel c WHERE c.conversation = d.conversation AND c.closed = 0)
            AND NOT EXISTS (SELECT 1 FROM conversation c WHERE c.id = d.conversation AND c.group_id IS NOT NULL AND c.private = 0)
         FROM delivery d LEFT JOIN line l ON l.conversation = d.conversation
         WHERE d.told < d.reached AND (d.told_at_local <= ?1 - ?2 OR d.told_at_local > ?1) LIMIT ?4",
    )
    .bind(now_local)
    .bind(limits::DELIVERED_EVERY_MS)
    .bind(i64::try_from(limits::RECEIPTS_MEMBERS_MAX).unwrap_or(i64::MAX))
    .bind(DUE_MAX)
    .fetch_all(tx)
    .await?;
    let due = |(conversation, reached, worth_telling): &(Vec<u8>, i64, bool)| {
        Ok(Due { conversation: id(conversation)?, reached: number(*reached), worth_telling: *worth_telling })
    };
    rows.iter().map(due).collect()
}

/// Nothing more is to be told up to here; `told_at_local` is when it was, if it was.
pub(crate) async fn settle(tx: &mut SqliteConnection, due: &Due, told_at_local: Option<Millis>) -> Result<()> {
    sqlx::query("UPDATE delivery SET told = ?, told_at_local = coalesce(?, told_at_local) WHERE conversation = ?")
        .bind(int(due.reached))
        .bind(told_at_local)
        .bind(due.conversation.as_bytes())
        .execute(tx)
        .await?;
    Ok(())
}
