//! The second copies of the replicas' keys: opaque, each read by its owner alone.

use super::StoreError;
use hearth_protocol::{
    Millis,
    ids::{DeviceId, UserId},
};
use sqlx::{AnyConnection, Row as _};

pub(crate) async fn put(
    connection: &mut AnyConnection,
    account: UserId,
    device: DeviceId,
    wrapped: &str,
    now: Millis,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO device_key (account, device, wrapped, stored_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (account, device) DO UPDATE SET wrapped = excluded.wrapped, stored_at = excluded.stored_at",
    )
    .bind(account.as_bytes().to_vec())
    .bind(device.as_bytes().to_vec())
    .bind(wrapped.to_owned())
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn get(connection: &mut AnyConnection, account: UserId, device: DeviceId) -> Result<Option<String>, StoreError> {
    let row = sqlx::query("SELECT wrapped FROM device_key WHERE account = $1 AND device = $2")
        .bind(account.as_bytes().to_vec())
        .bind(device.as_bytes().to_vec())
        .fetch_optional(connection)
        .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

/// How many devices of one person have a key here.
pub(crate) async fn count(connection: &mut AnyConnection, account: UserId) -> Result<i64, StoreError> {
    let row =
        sqlx::query("SELECT COUNT(*) FROM device_key WHERE account = $1").bind(account.as_bytes().to_vec()).fetch_one(connection).await?;
    Ok(row.try_get(0)?)
}
