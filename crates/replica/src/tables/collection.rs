use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    sql::{get, id, int, run},
};
use hearth_protocol::{Seq, rows::CollectionRow, stream::StreamId};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

impl Kept for CollectionRow {
    // One that is deleted shows nowhere, and the server purges it with the tombstones.
    const DUMP: &'static str =
        "SELECT lower(hex(id)) || ' ' || seq || ' ' || json_array(name, at) FROM collection WHERE ended_at IS NULL ORDER BY id";
    const WIRE: &'static str = "SELECT seq, json_object('id', lower(hex(id)), 'name', name, 'at', at, 'ended_at', ended_at)
         FROM collection WHERE ?1 IS NOT NULL";

    async fn apply(changes: &mut Changes<'_>, _arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        for (seq, row) in rows {
            let query = sqlx::query(
                "INSERT INTO collection (id, seq, name, at, ended_at) VALUES (?, ?, ?, ?, ?)
                 ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, name = excluded.name, at = excluded.at, ended_at = excluded.ended_at
                 WHERE excluded.seq > collection.seq",
            )
            .bind(row.id.as_bytes())
            .bind(int(*seq))
            .bind(&row.name)
            .bind(row.at)
            .bind(row.ended_at);
            if run(changes.tx, query).await? {
                changes.touch_collections();
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, _stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        let query = sqlx::query("DELETE FROM collection WHERE seq <= ?").bind(keep_after.map_or(i64::MAX, int));
        if run(changes.tx, query).await? {
            changes.touch_collections();
        }
        Ok(())
    }
}

/// Those that are there, in the order in which they were made.
pub(crate) async fn present(tx: &mut SqliteConnection) -> Result<Vec<CollectionRow>> {
    let rows = sqlx::query("SELECT id, name, at FROM collection WHERE ended_at IS NULL ORDER BY at, id").fetch_all(tx).await?;
    let read =
        |row: &SqliteRow| Ok(CollectionRow { id: id(get(row, "id")?)?, name: get(row, "name")?, at: get(row, "at")?, ended_at: None });
    rows.iter().map(read).collect()
}
