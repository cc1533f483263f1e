use super::person;
use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    sql::{id, int},
};
use hearth_protocol::{
    Seq,
    ids::UserId,
    rows::{BlockRow, Person},
    stream::StreamId,
};
use sqlx::SqliteConnection;
use std::collections::BTreeSet;

impl Kept for BlockRow {
    const DUMP: &'static str = "SELECT lower(hex(user)) || ' ' || seq || ' ' || json_array(since, ended_at) FROM block ORDER BY user";
    const WIRE: &'static str = "SELECT seq, json_object('person', json((SELECT json_object('user', lower(hex(p.user)), 'username', p.username, 'first_name', p.first_name, 'last_name', p.last_name) FROM person p WHERE p.user = t.user)), 'since', since, 'ended_at', ended_at)
         FROM block t WHERE ?1 IS NOT NULL";

    async fn apply(changes: &mut Changes<'_>, _arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        for (seq, row) in rows {
            if apply(changes.tx, *seq, row).await? {
                changes.learn_person(&row.person).await?;
                changes.touch_friends();
                recount(changes, row.person.user).await?;
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, _stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        let gone: Vec<Vec<u8>> = sqlx::query_scalar("DELETE FROM block WHERE seq <= ? RETURNING user")
            .bind(keep_after.map_or(i64::MAX, int))
            .fetch_all(&mut *changes.tx)
            .await?;
        for user in gone {
            recount(changes, id(&user)?).await?;
        }
        changes.touch_friends();
        Ok(())
    }
}

/// Returns whether it changed anything.
async fn apply(tx: &mut SqliteConnection, seq: Seq, row: &BlockRow) -> Result<bool> {
    let query = sqlx::query(
        "INSERT INTO block (user, seq, since, ended_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (user) DO UPDATE SET seq = excluded.seq, since = excluded.since, ended_at = excluded.ended_at
         WHERE excluded.seq > block.seq",
    )
    .bind(row.person.user.as_bytes())
    .bind(int(seq))
    .bind(row.since)
    .bind(row.ended_at);
    crate::sql::run(tx, query).await
}

/// What somebody wrote counts as unread again, or no more: the lines of conversations in which it does are derived anew.
async fn recount(changes: &mut Changes<'_>, user: UserId) -> Result<()> {
    let conversations: Vec<Vec<u8>> = sqlx::query_scalar(
        "SELECT l.conversation FROM line l WHERE EXISTS (SELECT 1 FROM message m WHERE m.conversation = l.conversation
            AND (m.pos > l.read_pos OR m.aside = 1) AND m.sender = ?)",
    )
    .bind(user.as_bytes())
    .fetch_all(&mut *changes.tx)
    .await?;
    for conversation in conversations {
        changes.touch(id(&conversation)?);
    }
    Ok(())
}

/// Whom I have blocked, by name.
pub(crate) async fn present(tx: &mut SqliteConnection) -> Result<Vec<Person>> {
    let rows = sqlx::query(
        "SELECT p.user AS person, p.username, p.first_name, p.last_name FROM block b JOIN person p ON p.user = b.user
         WHERE b.ended_at IS NULL ORDER BY p.first_name, p.last_name, p.username",
    )
    .fetch_all(tx)
    .await?;
    rows.iter().filter_map(|row| person::read(row).transpose()).collect()
}

/// The same, by id: as the server has it.
pub(crate) async fn people(tx: &mut SqliteConnection) -> Result<BTreeSet<UserId>> {
    let people: Vec<Vec<u8>> = sqlx::query_scalar("SELECT user FROM block WHERE ended_at IS NULL").fetch_all(tx).await?;
    people.iter().map(|bytes| id(bytes)).collect()
}
