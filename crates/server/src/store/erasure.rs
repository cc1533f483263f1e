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
/// Rows that these may change together, of the messages and of whoever is told of one, has starred, hidden or collected it, or follows its thread.
const ROWS_MAX: u64 = 2_000;

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

/// The first messages of somebody after a place that are not deleted, with the place of the last; `None` where there are no more. One that
/// many are told of goes with few others, or alone. What they did to the conversation is nothing that they wrote: it names nobody.
pub(crate) async fn messages(
    connection: &mut AnyConnection,
    user: UserId,
    conversation: ConversationId,
    after: Pos,
) -> Result<Option<(Vec<MessageId>, Pos)>, StoreError> {
    let sql = "SELECT m.id, m.pos, (SELECT COUNT(*) FROM notification n WHERE n.id = m.id AND n.read_at IS NULL) \
         + (SELECT COUNT(*) FROM star s WHERE s.message = m.id AND s.ended_at IS NULL) \
         + (SELECT COUNT(*) FROM hidden h WHERE h.message = m.id AND h.ended_at IS NULL) \
         + (SELECT COUNT(*) FROM collected c WHERE c.item = m.id AND c.ended_at IS NULL) \
         + (SELECT COUNT(*) FROM thread t WHERE t.root = m.id AND t.ended_at IS NULL) FROM message m \
         WHERE m.conversation = $1 AND m.sender = $2 AND m.pos > $3 AND m.body IS NOT NULL AND m.system = 0 ORDER BY m.pos LIMIT $4";
    let rows = sqlx::query(sql)
        .bind(conversation.as_bytes().to_vec())
        .bind(user.as_bytes().to_vec())
        .bind(columns::to_big(after))
        .bind(MESSAGES_MAX)
        .fetch_all(connection)
        .await?;
    let (mut ids, mut last, mut changed) = (vec![], None, 0_u64);
    for row in &rows {
        changed = changed.saturating_add(1).saturating_add(columns::number(row, 2)?);
        if last.is_some() && changed > ROWS_MAX {
            break;
        }
        ids.push(MutationId(columns::uuid(row, 0)?));
        last = Some(columns::number(row, 1)?);
    }
    Ok(last.map(|last| (ids, last)))
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

    /// On SQLite: what is asked is the same everywhere. Without the rows that those of the tests belong to.
    async fn empty() -> AnyConnection {
        sqlx::any::install_default_drivers();
        let mut connection = AnyConnection::connect("sqlite::memory:").await.unwrap();
        migrate(&mut connection, Dialect::Sqlite, 0).await.unwrap();
        sqlx::raw_sql("PRAGMA foreign_keys = OFF").execute(&mut connection).await.unwrap();
        connection
    }

    const CONVERSATION: ConversationId = ConversationId(uuid::Uuid::from_u128(9));

    /// The message at a place, whose id is the place over and over.
    async fn say(connection: &mut AnyConnection, sender: UserId, pos: u8) -> Vec<u8> {
        let id = vec![pos; 16];
        sqlx::query(
            "INSERT INTO message (id, conversation, pos, seq, sender, body, created_at, revision) VALUES ($1, $2, $3, $3, $4, '{}', 1, 0)",
        )
        .bind(id.clone())
        .bind(CONVERSATION.as_bytes().to_vec())
        .bind(i64::from(pos))
        .bind(sender.as_bytes().to_vec())
        .execute(connection)
        .await
        .unwrap();
        id
    }

    /// How many messages of somebody go in each commit.
    async fn commits(connection: &mut AnyConnection, user: UserId) -> Vec<usize> {
        let (mut after, mut commits) = (0, vec![]);
        while let Some((ids, last)) = messages(connection, user, CONVERSATION, after).await.unwrap() {
            commits.push(ids.len());
            after = last;
        }
        commits
    }

    #[tokio::test]
    async fn what_many_are_told_of_goes_in_a_commit_with_little_else() {
        let (mut connection, gone) = (empty().await, UserId::new());
        for (pos, told) in [(1, 900_i64), (2, 900), (3, 900), (4, 3_000), (5, 0)] {
            let message = say(&mut connection, gone, pos).await;
            sqlx::query(
                "WITH RECURSIVE n(i) AS (SELECT 1 WHERE $1 > 0 UNION ALL SELECT i + 1 FROM n WHERE i < $1) \
                 INSERT INTO notification (account, id, kind, created_at, seq) SELECT randomblob(16), $2, 'mention', 1, i FROM n",
            )
            .bind(told)
            .bind(message)
            .execute(&mut connection)
            .await
            .unwrap();
        }
        assert_eq!(commits(&mut connection, gone).await, [2, 1, 1, 1]);
    }

    #[tokio::test]
    async fn what_many_have_collected_goes_in_a_commit_with_little_else() {
        let (mut connection, gone) = (empty().await, UserId::new());
        for (pos, collected) in [(1, 1_500_i64), (2, 400), (3, 400), (4, 0)] {
            let message = say(&mut connection, gone, pos).await;
            // As many more were taken out, which nobody is told.
            for ended_at in [None, Some(5_i64)] {
                sqlx::query(
                    "WITH RECURSIVE n(i) AS (SELECT 1 WHERE $1 > 0 UNION ALL SELECT i + 1 FROM n WHERE i < $1) \
                     INSERT INTO collected (account, collection, item, kind, conversation, pos, collected_at, ended_at, seq) \
                     SELECT randomblob(16), randomblob(16), $2, 'message', $3, 1, 1, $4, i FROM n",
                )
                .bind(collected)
                .bind(message.clone())
                .bind(CONVERSATION.as_bytes().to_vec())
                .bind(ended_at)
                .execute(&mut connection)
                .await
                .unwrap();
            }
        }
        assert_eq!(commits(&mut connection, gone).await, [2, 2]);
    }

    #[tokio::test]
    async fn what_was_written_after_the_end_of_an_account_goes_too() {
        let mut connection = empty().await;
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
