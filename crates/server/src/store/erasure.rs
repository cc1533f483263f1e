//! What is left of people whose accounts are deleted, until it is gone.

use super::{StoreError, account::deletion::forget_theirs, columns};
use hearth_protocol::{
    Millis, Pos,
    ids::{ConversationId, MessageId, MutationId, UserId},
    rows::ReactionRow,
};
use sqlx::{AnyConnection, Row as _};

/// Messages or reactions of one commit: the committer does nothing else meanwhile.
const MESSAGES_MAX: i64 = 500;

/// People whose accounts are deleted, and what they have written is not.
pub(crate) async fn due(connection: &mut AnyConnection) -> Result<Vec<UserId>, StoreError> {
    let sql = "SELECT id FROM account WHERE deleted_at IS NOT NULL AND erased_at IS NULL ORDER BY deleted_at";
    let rows = sqlx::query(sql).fetch_all(connection).await?;
    rows.iter().map(|row| columns::user(row, 0)).collect()
}

/// Where somebody may have written: their conversations, and the channels of their groups.
pub(crate) async fn conversations(connection: &mut AnyConnection, user: UserId) -> Result<Vec<ConversationId>, StoreError> {
    let rows = sqlx::query(
        "SELECT conversation FROM membership WHERE account = $1 \
         UNION SELECT c.id FROM group_membership g JOIN conversation c ON c.group_id = g.group_id WHERE g.account = $1",
    )
    .bind(user.as_bytes().to_vec())
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| columns::conversation(row, 0)).collect()
}

/// The first messages of somebody after a place that are not deleted, with the place of the last; `None` where there are no more. What they
/// did to the conversation is nothing that they wrote: it names nobody.
pub(crate) async fn messages(
    connection: &mut AnyConnection,
    user: UserId,
    conversation: ConversationId,
    after: Pos,
) -> Result<Option<(Vec<MessageId>, Pos)>, StoreError> {
    let sql = "SELECT id, pos FROM message \
         WHERE conversation = $1 AND sender = $2 AND pos > $3 AND body IS NOT NULL AND system = 0 ORDER BY pos LIMIT $4";
    let rows = sqlx::query(sql)
        .bind(conversation.as_bytes().to_vec())
        .bind(user.as_bytes().to_vec())
        .bind(columns::to_big(after))
        .bind(MESSAGES_MAX)
        .fetch_all(connection)
        .await?;
    let Some(last) = rows.last() else { return Ok(None) };
    let ids = rows.iter().map(|row| Ok(MutationId(columns::uuid(row, 0)?))).collect::<Result<_, StoreError>>()?;
    Ok(Some((ids, columns::number(last, 1)?)))
}

/// The names of the first rows of what somebody has put on messages and not taken back.
pub(crate) async fn reactions(
    connection: &mut AnyConnection,
    user: UserId,
    conversation: ConversationId,
) -> Result<Vec<String>, StoreError> {
    let sql =
        "SELECT message, emoji FROM reaction WHERE account = $1 AND conversation = $2 AND removed_at IS NULL ORDER BY pos, emoji LIMIT $3";
    let rows = sqlx::query(sql)
        .bind(user.as_bytes().to_vec())
        .bind(conversation.as_bytes().to_vec())
        .bind(MESSAGES_MAX)
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| Ok(ReactionRow::id_of(MutationId(columns::uuid(row, 0)?), user, row.try_get(1)?))).collect()
}

/// Forgets what had reached somebody in a conversation, and what they had read of it.
pub(crate) async fn forget_receipts(connection: &mut AnyConnection, user: UserId, conversation: ConversationId) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM read_receipt WHERE conversation = $1 AND account = $2",
        "DELETE FROM delivered WHERE conversation = $1 AND account = $2",
    ] {
        sqlx::query(sql).bind(conversation.as_bytes().to_vec()).bind(user.as_bytes().to_vec()).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Nothing is left of somebody: also not what came in the same batch as the end of their account, which was written after it.
pub(crate) async fn done(connection: &mut AnyConnection, user: UserId, now: Millis) -> Result<(), StoreError> {
    forget_theirs(connection, user).await?;
    sqlx::query("UPDATE account SET erased_at = $2 WHERE id = $1").bind(user.as_bytes().to_vec()).bind(now).execute(connection).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::store::{Dialect, migrate::migrate};
    use sqlx::Connection;

    /// On SQLite: what is asked is the same everywhere.
    #[tokio::test]
    async fn what_was_written_after_the_end_of_an_account_goes_too() {
        sqlx::any::install_default_drivers();
        let mut connection = AnyConnection::connect("sqlite::memory:").await.unwrap();
        migrate(&mut connection, Dialect::Sqlite, 0).await.unwrap();
        // Without the rows that these belong to.
        sqlx::raw_sql("PRAGMA foreign_keys = OFF").execute(&mut connection).await.unwrap();
        let (gone, other) = (UserId::new(), UserId::new());
        for user in [gone, other] {
            sqlx::query("INSERT INTO star (account, message, conversation, pos, starred_at, seq) VALUES ($1, $2, $2, 1, 1, 1)")
                .bind(user.as_bytes().to_vec())
                .bind(vec![0_u8; 16])
                .execute(&mut connection)
                .await
                .unwrap();
        }
        done(&mut connection, gone, 5).await.unwrap();
        let left = sqlx::query("SELECT account FROM star").fetch_all(&mut connection).await.unwrap();
        let left: Vec<UserId> = left.iter().map(|row| columns::user(row, 0).unwrap()).collect();
        assert_eq!(left, [other]);
    }
}
