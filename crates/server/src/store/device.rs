//! People's devices, as rows of their user streams. Whether one may do anything is for its sessions to say.

use super::{
    StoreError,
    bulk::BulkInsert,
    columns, reads,
    rows::{Put, Stored},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{
    Millis, Seq,
    ids::{DeviceId, UserId},
    row::Row,
    rows::DeviceRow,
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};
use std::collections::BTreeSet;

impl Stored for DeviceRow {
    type Record = DeviceRow;

    fn row(record: &DeviceRow) -> Self {
        record.clone()
    }

    async fn learn(_record: &mut DeviceRow, _stream: StreamId, _view: &mut View<'_>) -> Result<(), StoreError> {
        Ok(())
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        let sql = "SELECT id, name, platform, signed_in_at, ended_at, seq FROM device WHERE account = $1 AND seq > $2 AND seq <= $3 \
         ORDER BY seq, id LIMIT $4";
        reads::changed(connection, sql, sight, range, limit, read).await
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let sql = "SELECT id, name, platform, signed_in_at, ended_at, seq FROM device WHERE account = $1 AND id = $2";
        reads::one(connection, sql, stream, id, read).await
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, DeviceRow>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO device (account, id, name, platform, signed_in_at, ended_at, seq) VALUES",
            7,
            "ON CONFLICT (account, id) DO UPDATE SET name = excluded.name, platform = excluded.platform, \
             signed_in_at = excluded.signed_in_at, ended_at = excluded.ended_at, seq = excluded.seq",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                let row = put.record;
                values.id(put.stream.owner().as_bytes()).id(row.id.as_bytes()).add(row.name.clone()).add(row.platform.clone());
                values.add(row.signed_in_at).add(row.ended_at).number(put.seq);
            })
            .await
    }
}

/// What its person calls a device.
pub(crate) async fn name(connection: &mut AnyConnection, user: UserId, device: DeviceId) -> Result<Option<String>, StoreError> {
    let row = sqlx::query("SELECT name FROM device WHERE account = $1 AND id = $2")
        .bind(user.as_bytes().to_vec())
        .bind(device.as_bytes().to_vec())
        .fetch_optional(connection)
        .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

/// A person's devices whose rows do not say what their sessions do: signed in without a session, or the other way round.
pub(crate) async fn unsettled(connection: &mut AnyConnection, user: UserId) -> Result<BTreeSet<DeviceId>, StoreError> {
    let rows = sqlx::query(
        "SELECT d.id FROM device d WHERE d.account = $1 AND d.ended_at IS NULL AND NOT EXISTS \
         (SELECT 1 FROM session s WHERE s.account = d.account AND s.device = d.id AND s.ended_at IS NULL) \
         UNION SELECT s.device FROM session s WHERE s.account = $1 AND s.ended_at IS NULL AND NOT EXISTS \
         (SELECT 1 FROM device d WHERE d.account = s.account AND d.id = s.device AND d.ended_at IS NULL)",
    )
    .bind(user.as_bytes().to_vec())
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| columns::uuid(row, 0).map(DeviceId)).collect()
}

/// Lists every device as signed out, in place: a new epoch has every replica ask for its rows anew, whatever their seq.
pub(crate) async fn end_all(connection: &mut AnyConnection, now: Millis) -> Result<(), StoreError> {
    sqlx::query("UPDATE device SET ended_at = $1 WHERE ended_at IS NULL").bind(now).execute(connection).await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    let data = DeviceRow {
        id: DeviceId(columns::uuid(row, 0)?),
        name: row.try_get(1)?,
        platform: row.try_get(2)?,
        signed_in_at: row.try_get(3)?,
        ended_at: row.try_get(4)?,
    };
    Ok(Row::new(columns::number(row, 5)?, data))
}
