use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    sql::int,
};
use hearth_protocol::{Seq, ids::GroupId, rows::GroupMemberRow, stream::StreamId};
use sqlx::SqliteConnection;

impl Kept for GroupMemberRow {
    const DUMP: &'static str =
        "SELECT lower(hex(group_id)) || ' ' || lower(hex(user)) || ' ' || seq || ' ' || json_array(role, joined_at, left_at)
         FROM group_member ORDER BY group_id, user";
    const WIRE: &'static str = "SELECT seq, json_object('person', json((SELECT json_object('user', lower(hex(p.user)), 'username', p.username, 'first_name', p.first_name, 'last_name', p.last_name) FROM person p WHERE p.user = t.user)), 'role', role, 'joined_at', joined_at, 'left_at', left_at)
         FROM group_member t WHERE group_id = ?1";

    async fn apply(changes: &mut Changes<'_>, arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        let StreamId::Group(group) = arrival.stream else { return Ok(()) };
        for (seq, row) in rows {
            if apply(changes.tx, group, *seq, row).await? {
                changes.touch_groups();
                changes.learn_person(&row.person).await?;
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        let StreamId::Group(group) = stream else { return Ok(()) };
        sqlx::query("DELETE FROM group_member WHERE group_id = ? AND seq <= ?")
            .bind(group.as_bytes())
            .bind(keep_after.map_or(i64::MAX, int))
            .execute(&mut *changes.tx)
            .await?;
        Ok(())
    }
}

/// Returns whether it changed anything.
async fn apply(tx: &mut SqliteConnection, group: GroupId, seq: Seq, row: &GroupMemberRow) -> Result<bool> {
    let query = sqlx::query(
        "INSERT INTO group_member (group_id, user, seq, role, joined_at, left_at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (group_id, user) DO UPDATE SET seq = excluded.seq, role = excluded.role, joined_at = excluded.joined_at,
             left_at = excluded.left_at
         WHERE excluded.seq > group_member.seq",
    )
    .bind(group.as_bytes())
    .bind(row.person.user.as_bytes())
    .bind(int(seq))
    .bind(row.role.as_str())
    .bind(row.joined_at)
    .bind(row.left_at);
    crate::sql::run(tx, query).await
}
