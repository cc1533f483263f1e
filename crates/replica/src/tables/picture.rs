//! The pictures themselves: of those that a profile, a group or a conversation names, the ones that were looked at.

use crate::Result;
use hearth_protocol::{ids::MediaId, profile::PictureSize};
use sqlx::SqliteConnection;

pub(crate) async fn find(tx: &mut SqliteConnection, id: MediaId, size: PictureSize) -> Result<Option<Vec<u8>>> {
    let query = sqlx::query_scalar("SELECT bytes FROM picture WHERE id = ? AND size = ?").bind(id.as_bytes()).bind(word(size));
    Ok(query.fetch_optional(tx).await?)
}

/// Keeps one, if it is still somebody's: whatever no profile, no group and no conversation shows is not kept either.
pub(crate) async fn put(tx: &mut SqliteConnection, id: MediaId, size: PictureSize, bytes: &[u8]) -> Result<()> {
    sqlx::query(
        "INSERT INTO picture (id, size, bytes) SELECT ?1, ?2, ?3
         WHERE EXISTS (SELECT 1 FROM profile WHERE picture = ?1) OR EXISTS (SELECT 1 FROM group_info WHERE picture = ?1)
             OR EXISTS (SELECT 1 FROM conversation WHERE picture = ?1)
         ON CONFLICT (id, size) DO NOTHING",
    )
    .bind(id.as_bytes())
    .bind(word(size))
    .bind(bytes)
    .execute(tx)
    .await?;
    Ok(())
}

/// Nobody has it any more.
pub(crate) async fn drop(tx: &mut SqliteConnection, id: MediaId) -> Result<()> {
    sqlx::query("DELETE FROM picture WHERE id = ?").bind(id.as_bytes()).execute(tx).await?;
    Ok(())
}

fn word(size: PictureSize) -> &'static str {
    match size {
        PictureSize::Small => "small",
        PictureSize::Large => "large",
    }
}
