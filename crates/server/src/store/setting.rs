//! What the people who manage the server have decided: one row a setting, only of those that were changed.

use super::StoreError;
use sqlx::{AnyConnection, Row as _};

/// Every setting that was changed, by its name: its value as JSON.
pub(crate) async fn all(connection: &mut AnyConnection) -> Result<Vec<(String, String)>, StoreError> {
    let rows = sqlx::query("SELECT name, value FROM server_setting ORDER BY name").fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

pub(crate) async fn put(connection: &mut AnyConnection, name: &str, value: &str) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO server_setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .bind(name.to_owned())
        .bind(value.to_owned())
        .execute(connection)
        .await?;
    Ok(())
}
