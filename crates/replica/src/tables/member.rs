use super::read_receipt;
use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    sql::int,
};
use hearth_protocol::{
    Seq,
    ids::ConversationId,
    rows::MemberRow,
    rule::{Rule, holds},
    stream::StreamId,
};
use sqlx::SqliteConnection;

impl Kept for MemberRow {
    const DUMP: &'static str =
        "SELECT lower(hex(conversation)) || ' ' || lower(hex(user)) || ' ' || seq || ' ' || json_array(role, joined_at, left_at)
         FROM member ORDER BY conversation, user";
    const WIRE: &'static str = "SELECT seq, json_object('person', json((SELECT json_object('user', lower(hex(p.user)), 'username', p.username, 'first_name', p.first_name, 'last_name', p.last_name) FROM person p WHERE p.user = t.user)), 'role', role, 'joined_at', joined_at, 'left_at', left_at)
         FROM member t WHERE conversation = ?1";

    async fn apply(changes: &mut Changes<'_>, arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        let StreamId::Members(id) = arrival.stream else { return Ok(()) };
        for (seq, row) in rows {
            if apply(changes.tx, id, *seq, row).await? {
                changes.learn_person(&row.person).await?;
                if row.person.is_deleted() && holds(Rule::ReceiptsEndWithAccount) {
                    read_receipt::forget(changes.tx, id, row.person.user).await?;
                }
                changes.touch(id);
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        let StreamId::Members(id) = stream else { return Ok(()) };
        delete(changes.tx, id, keep_after).await
    }
}

/// Returns whether it changed anything.
async fn apply(tx: &mut SqliteConnection, conversation: ConversationId, seq: Seq, row: &MemberRow) -> Result<bool> {
    let query = sqlx::query(
        "INSERT INTO member (conversation, user, seq, role, joined_at, left_at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (conversation, user) DO UPDATE SET seq = excluded.seq, role = excluded.role, joined_at = excluded.joined_at,
             left_at = excluded.left_at
         WHERE excluded.seq > member.seq",
    )
    .bind(conversation.as_bytes())
    .bind(row.person.user.as_bytes())
    .bind(int(seq))
    .bind(row.role.as_str())
    .bind(row.joined_at)
    .bind(row.left_at);
    crate::sql::run(tx, query).await
}

async fn delete(tx: &mut SqliteConnection, conversation: ConversationId, keep_after: Option<Seq>) -> Result<()> {
    sqlx::query("DELETE FROM member WHERE conversation = ? AND seq <= ?")
        .bind(conversation.as_bytes())
        .bind(keep_after.map_or(i64::MAX, int))
        .execute(tx)
        .await?;
    Ok(())
}
