//! What messages said before they were edited.

use super::{
    StoreError,
    bulk::{BulkInsert, placeholders},
    dialect::Dialect,
};
use hearth_protocol::{body::Body, ids::MessageId, limits::MESSAGE_VERSIONS_MAX, versions::MessageVersion};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _, any::AnyRow};

/// Messages of one statement.
const MESSAGES_MAX: usize = 256;

/// Keeps what messages said until now; their rows are there.
pub(super) async fn keep(connection: &mut AnyConnection, versions: &[(MessageId, &MessageVersion)]) -> Result<(), StoreError> {
    static INSERT: BulkInsert = BulkInsert::new("INSERT INTO message_version (message, revision, body, edited_at) VALUES", 4, "");
    let mut rows = Vec::with_capacity(versions.len());
    for (message, version) in versions {
        let body = serde_json::to_string(&version.body).map_err(|_| StoreError::Unreadable("message body"))?;
        rows.push((message, version, body));
    }
    INSERT
        .run(connection, &rows, |(message, version, body), values| {
            values.id(message.as_bytes()).number(u64::from(version.revision)).add(body.clone()).add(version.edited_at);
        })
        .await
}

/// Nothing of what messages said is left.
pub(super) async fn forget(connection: &mut AnyConnection, messages: &[MessageId]) -> Result<(), StoreError> {
    let dialect = Dialect::of_connection(connection);
    for chunk in messages.chunks(MESSAGES_MAX) {
        let sql = format!("DELETE FROM message_version WHERE message IN ({})", placeholders(dialect, chunk.len()));
        let query = sqlx::query(AssertSqlSafe(sql));
        chunk.iter().fold(query, |query, message| query.bind(message.as_bytes().to_vec())).execute(&mut *connection).await?;
    }
    Ok(())
}

/// The first version of a message and the newest of those before the one that it has, by revision: one less than an answer may hold.
pub(crate) async fn of_message(connection: &mut AnyConnection, message: MessageId) -> Result<Vec<MessageVersion>, StoreError> {
    let newest = i64::try_from(MESSAGE_VERSIONS_MAX.saturating_sub(2)).unwrap_or(i64::MAX);
    let rows = sqlx::query(
        "SELECT revision, body, edited_at FROM message_version WHERE message = $1 AND (revision = \
         (SELECT MIN(f.revision) FROM message_version f WHERE f.message = $1) OR revision IN \
         (SELECT n.revision FROM message_version n WHERE n.message = $1 ORDER BY n.revision DESC LIMIT $2)) ORDER BY revision",
    )
    .bind(message.as_bytes().to_vec())
    .bind(newest)
    .fetch_all(connection)
    .await?;
    rows.iter().map(read).collect()
}

/// Messages of which not each text is kept that they had before, and those of which one is although they say nothing any more.
#[cfg(feature = "sim")]
pub(crate) async fn odd(connection: &mut AnyConnection) -> Result<Vec<MessageId>, StoreError> {
    let rows = sqlx::query(
        "SELECT m.id FROM message m WHERE (SELECT COUNT(*) FROM message_version v WHERE v.message = m.id AND v.revision < m.revision) <> \
         CASE WHEN m.body IS NULL THEN 0 ELSE m.revision END ORDER BY m.id",
    )
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok(hearth_protocol::ids::MutationId(super::columns::uuid(row, 0)?))).collect()
}

fn read(row: &AnyRow) -> Result<MessageVersion, StoreError> {
    Ok(MessageVersion {
        revision: u32::try_from(row.try_get::<i64, _>(0)?).map_err(|_| StoreError::Unreadable("revision"))?,
        body: serde_json::from_str::<Body>(row.try_get(1)?).map_err(|_| StoreError::Unreadable("message body"))?,
        edited_at: row.try_get(2)?,
    })
}
