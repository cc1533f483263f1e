use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    sql::{get, id, int},
};
use hearth_protocol::{Seq, rows::DeviceRow, stream::StreamId};
use sqlx::SqliteConnection;

impl Kept for DeviceRow {
    const DUMP: &'static str =
        "SELECT lower(hex(id)) || ' ' || seq || ' ' || json_array(name, platform, signed_in_at, ended_at) FROM device ORDER BY id";
    const WIRE: &'static str = "SELECT seq, json_object('id', lower(hex(id)), 'name', name, 'platform', platform, 'signed_in_at', signed_in_at, 'ended_at', ended_at)
         FROM device WHERE ?1 IS NOT NULL";

    async fn apply(changes: &mut Changes<'_>, _arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        for (seq, row) in rows {
            if apply(changes.tx, *seq, row).await? {
                changes.touch_devices();
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, _stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        sqlx::query("DELETE FROM device WHERE seq <= ?").bind(keep_after.map_or(i64::MAX, int)).execute(&mut *changes.tx).await?;
        Ok(())
    }
}

/// Returns whether it changed anything.
async fn apply(tx: &mut SqliteConnection, seq: Seq, row: &DeviceRow) -> Result<bool> {
    let query = sqlx::query(
        "INSERT INTO device (id, seq, name, platform, signed_in_at, ended_at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, name = excluded.name, platform = excluded.platform,
             signed_in_at = excluded.signed_in_at, ended_at = excluded.ended_at
         WHERE excluded.seq > device.seq",
    )
    .bind(row.id.as_bytes())
    .bind(int(seq))
    .bind(&row.name)
    .bind(&row.platform)
    .bind(row.signed_in_at)
    .bind(row.ended_at);
    crate::sql::run(tx, query).await
}

/// Those that are signed in, the newest first.
pub(crate) async fn signed_in(tx: &mut SqliteConnection) -> Result<Vec<DeviceRow>> {
    let rows = sqlx::query("SELECT id, name, platform, signed_in_at FROM device WHERE ended_at IS NULL ORDER BY signed_in_at DESC, id")
        .fetch_all(tx)
        .await?;
    let read = |row| {
        Ok(DeviceRow {
            id: id(get(row, "id")?)?,
            name: get(row, "name")?,
            platform: get(row, "platform")?,
            signed_in_at: get(row, "signed_in_at")?,
            ended_at: None,
        })
    };
    rows.iter().map(read).collect()
}
