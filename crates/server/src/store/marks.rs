//! What of a search stands beside messages, in rows of other kinds.

use super::{StoreError, columns};
use hearth_protocol::ids::{ConversationId, MessageId, UserId};
use sqlx::{AnyConnection, AssertSqlSafe};
use std::collections::BTreeSet;

/// Of these messages those that somebody has hidden.
pub(crate) async fn hidden(connection: &mut AnyConnection, user: UserId, of: &[MessageId]) -> Result<BTreeSet<MessageId>, StoreError> {
    among(connection, "SELECT message FROM hidden WHERE account = $1 AND ended_at IS NULL", user.as_bytes(), of).await
}

/// Those that somebody has starred.
pub(crate) async fn starred(connection: &mut AnyConnection, user: UserId, of: &[MessageId]) -> Result<BTreeSet<MessageId>, StoreError> {
    among(connection, "SELECT message FROM star WHERE account = $1 AND ended_at IS NULL", user.as_bytes(), of).await
}

/// Those that are pinned in their conversation.
pub(crate) async fn pinned(
    connection: &mut AnyConnection,
    conversation: ConversationId,
    of: &[MessageId],
) -> Result<BTreeSet<MessageId>, StoreError> {
    among(connection, "SELECT message FROM pin WHERE conversation = $1 AND ended_at IS NULL", conversation.as_bytes(), of).await
}

/// Those on which somebody has put an emoji.
pub(crate) async fn reacted(
    connection: &mut AnyConnection,
    conversation: ConversationId,
    of: &[MessageId],
) -> Result<BTreeSet<MessageId>, StoreError> {
    let sql = "SELECT DISTINCT message FROM reaction WHERE conversation = $1 AND reacted_at IS NOT NULL";
    among(connection, sql, conversation.as_bytes(), of).await
}

async fn among(
    connection: &mut AnyConnection,
    select: &'static str,
    owner: &[u8],
    of: &[MessageId],
) -> Result<BTreeSet<MessageId>, StoreError> {
    if of.is_empty() {
        return Ok(BTreeSet::new());
    }
    let places: Vec<String> = (2..of.len() + 2).map(|place| format!("${place}")).collect();
    let sql = format!("{select} AND message IN ({})", places.join(", "));
    let query = sqlx::query(AssertSqlSafe(sql)).bind(owner.to_vec());
    let rows = of.iter().fold(query, |query, id| query.bind(id.as_bytes().to_vec())).fetch_all(connection).await?;
    rows.iter().map(|row| Ok(hearth_protocol::ids::MutationId(columns::uuid(row, 0)?))).collect()
}
