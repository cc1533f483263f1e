//! Single facts: the epoch, the watermark, the number of messages.

use crate::{
    Result,
    sql::{int, number},
};
use hearth_protocol::{ids::Epoch, sync::Watermark};
use sqlx::SqliteConnection;

pub(crate) async fn epoch(tx: &mut SqliteConnection) -> Result<Option<Epoch>> {
    let value: Option<String> = sqlx::query_scalar("SELECT value FROM meta WHERE name = 'epoch'").fetch_optional(tx).await?;
    value.map(|value| value.parse().map_err(crate::sql::damaged)).transpose()
}

pub(crate) async fn set_epoch(tx: &mut SqliteConnection, epoch: Epoch) -> Result<()> {
    set(tx, "epoch", epoch.to_string()).await?;
    sqlx::query("DELETE FROM watermark").execute(tx).await?;
    Ok(())
}

/// How many messages can be seen and found.
pub(crate) async fn messages(tx: &mut SqliteConnection) -> Result<u64> {
    let value: Option<String> = sqlx::query_scalar("SELECT value FROM meta WHERE name = 'messages'").fetch_optional(tx).await?;
    Ok(value.and_then(|value| value.parse().ok()).unwrap_or(0))
}

pub(crate) async fn add_messages(tx: &mut SqliteConnection, more: i64) -> Result<()> {
    if more == 0 {
        return Ok(());
    }
    let messages = int(messages(tx).await?).saturating_add(more).max(0);
    set(tx, "messages", messages.to_string()).await
}

async fn set(tx: &mut SqliteConnection, name: &str, value: String) -> Result<()> {
    sqlx::query("INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .bind(name)
        .bind(value)
        .execute(tx)
        .await?;
    Ok(())
}

pub(crate) async fn watermark(tx: &mut SqliteConnection) -> Result<Watermark> {
    let shards: Vec<(i64, i64)> = sqlx::query_as("SELECT shard, n FROM watermark ORDER BY shard").fetch_all(tx).await?;
    Ok(shards.into_iter().filter_map(|(shard, n)| Some((u16::try_from(shard).ok()?, number(n)))).collect())
}

/// A watermark never goes back within an epoch.
pub(crate) async fn raise_watermark(tx: &mut SqliteConnection, watermark: &Watermark) -> Result<()> {
    for (shard, n) in watermark {
        sqlx::query("INSERT INTO watermark (shard, n) VALUES (?, ?) ON CONFLICT (shard) DO UPDATE SET n = max(n, excluded.n)")
            .bind(i64::from(*shard))
            .bind(int(*n))
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}
