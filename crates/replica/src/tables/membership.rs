use super::{person, stream};
use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    sql::{id, int},
};
use hearth_protocol::{Seq, ids::ConversationId, rows::MembershipRow, stream::StreamId};
use sqlx::SqliteConnection;

impl Kept for MembershipRow {
    const DUMP: &'static str =
        "SELECT lower(hex(conversation)) || ' ' || seq || ' ' || json_array(kind, lower(hex(peer)), joined_at, left_at, vis_ver)
         FROM membership ORDER BY conversation";

    async fn apply(changes: &mut Changes<'_>, _arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        for (seq, row) in rows {
            if !apply(changes.tx, *seq, row).await? {
                continue;
            }
            if let Some(peer) = &row.peer {
                person::learn(changes.tx, peer).await?;
            }
            changes.touch(row.conversation);
            if row.left_at.is_some() {
                changes.forget(row.conversation).await?;
                changes.strand(row.conversation).await?;
            } else {
                stream::begin_conversation(changes.tx, row.conversation).await?;
                stream::outdate(changes.tx, row.conversation, row.vis_ver).await?;
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, _stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        let gone = clear(changes.tx, keep_after).await?;
        gone.into_iter().for_each(|conversation| changes.touch(conversation));
        Ok(())
    }
}

/// Returns whether it changed anything.
async fn apply(tx: &mut SqliteConnection, seq: Seq, row: &MembershipRow) -> Result<bool> {
    let query = sqlx::query(
        "INSERT INTO membership (conversation, seq, kind, peer, joined_at, left_at, vis_ver) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (conversation) DO UPDATE SET seq = excluded.seq, kind = excluded.kind, peer = excluded.peer,
             joined_at = excluded.joined_at, left_at = excluded.left_at, vis_ver = excluded.vis_ver
         WHERE excluded.seq > membership.seq",
    )
    .bind(row.conversation.as_bytes())
    .bind(int(seq))
    .bind(row.kind.as_str())
    .bind(row.peer.as_ref().map(|peer| peer.user.as_bytes().to_vec()))
    .bind(row.joined_at)
    .bind(row.left_at)
    .bind(int(row.vis_ver));
    crate::sql::run(tx, query).await
}

pub(crate) async fn has_left(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<bool> {
    let left = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM membership WHERE conversation = ? AND left_at IS NOT NULL)")
        .bind(conversation.as_bytes())
        .fetch_one(tx)
        .await?;
    Ok(left)
}

/// Removes the rows of the old copy, up to `keep_after` if given; returns their conversations.
async fn clear(tx: &mut SqliteConnection, keep_after: Option<Seq>) -> Result<Vec<ConversationId>> {
    let gone: Vec<Vec<u8>> = sqlx::query_scalar("DELETE FROM membership WHERE seq <= ? RETURNING conversation")
        .bind(keep_after.map_or(i64::MAX, int))
        .fetch_all(tx)
        .await?;
    gone.iter().map(|bytes| id(bytes)).collect()
}
