use super::person;
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
    rows::{ContactRow, Person},
    stream::StreamId,
};
use sqlx::SqliteConnection;

impl Kept for ContactRow {
    const DUMP: &'static str = "SELECT lower(hex(user)) || ' ' || seq || ' ' || json_array(since, ended_at) FROM contact ORDER BY user";
    const WIRE: &'static str = "SELECT seq, json_object('person', json((SELECT json_object('user', lower(hex(p.user)), 'username', p.username, 'first_name', p.first_name, 'last_name', p.last_name) FROM person p WHERE p.user = t.user)), 'since', since, 'ended_at', ended_at)
         FROM contact t WHERE ?1 IS NOT NULL";

    async fn apply(changes: &mut Changes<'_>, _arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        for (seq, row) in rows {
            if apply(changes.tx, *seq, row).await? {
                changes.learn_person(&row.person).await?;
                changes.touch_friends();
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, _stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        sqlx::query("DELETE FROM contact WHERE seq <= ?").bind(keep_after.map_or(i64::MAX, int)).execute(&mut *changes.tx).await?;
        changes.touch_friends();
        Ok(())
    }
}

/// Returns whether it changed anything.
async fn apply(tx: &mut SqliteConnection, seq: Seq, row: &ContactRow) -> Result<bool> {
    let query = sqlx::query(
        "INSERT INTO contact (user, seq, since, ended_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (user) DO UPDATE SET seq = excluded.seq, since = excluded.since, ended_at = excluded.ended_at
         WHERE excluded.seq > contact.seq",
    )
    .bind(row.person.user.as_bytes())
    .bind(int(seq))
    .bind(row.since)
    .bind(row.ended_at);
    crate::sql::run(tx, query).await
}

/// Those who are contacts now, by name.
pub(crate) async fn present(tx: &mut SqliteConnection) -> Result<Vec<Person>> {
    let rows = sqlx::query(
        "SELECT p.user AS person, p.username, p.first_name, p.last_name FROM contact c JOIN person p ON p.user = c.user
         WHERE c.ended_at IS NULL ORDER BY p.first_name, p.last_name, p.username",
    )
    .fetch_all(tx)
    .await?;
    rows.iter().filter_map(|row| person::read(row).transpose()).collect()
}
