//! What stays of deleted messages and collections, of reactions, pins, stars and what was collected that were taken back, and of what was
//! hidden, scheduled or followed and is over, until it is purged: then the stream's floor rises, and older cursors are reset.

use super::{SHARD, StoreError, change_log, columns, stream};
use change_log::Entry;
use hearth_protocol::{
    Millis, Seq,
    ids::{ConversationId, UserId},
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _};

/// Conversations of one transaction, and people: the committer waits meanwhile.
const STREAMS_MAX: i64 = 200;

/// Conversations with something that is due, each with the place of its last change.
const DUE: &str = "SELECT t.conversation, MAX(t.seq) FROM (SELECT conversation, seq FROM message WHERE deleted_at IS NOT NULL AND deleted_at < $1 \
     UNION ALL SELECT conversation, seq FROM reaction WHERE removed_at IS NOT NULL AND removed_at < $1 \
     UNION ALL SELECT conversation, seq FROM pin WHERE ended_at IS NOT NULL AND ended_at < $1) t \
     GROUP BY t.conversation ORDER BY t.conversation LIMIT $2";
/// What is due in a table of people's own, some of it at a time: otherwise SQLite reads all of it in the order of their people.
macro_rules! due_in {
    ($table:literal) => {
        concat!(
            "SELECT * FROM (SELECT account, seq FROM ",
            $table,
            " WHERE ended_at IS NOT NULL AND ended_at < $1 ORDER BY ended_at LIMIT 10000) due"
        )
    };
}
macro_rules! own {
    ($first:literal, $($table:literal),+) => {
        /// People with something of their own that is due.
        const OWN: &str = concat!(
            "SELECT t.account, MAX(t.seq) FROM (",
            due_in!($first),
            $(" UNION ALL ", due_in!($table),)+
            ") t GROUP BY t.account ORDER BY t.account LIMIT $2"
        );
        /// What is purged of a person.
        const OF_A_PERSON: &[&str] = &[
            concat!("DELETE FROM ", $first, " WHERE account = $1 AND ended_at IS NOT NULL AND seq <= $2"),
            $(concat!("DELETE FROM ", $table, " WHERE account = $1 AND ended_at IS NOT NULL AND seq <= $2")),+
        ];
    };
}
own!("star", "hidden", "scheduled_message", "collected", "collection", "thread");

/// Purges tombstones of what was deleted before `before`, with every older one of their streams. Returns how many streams it
/// changed; it is to be called again until that is 0.
pub(crate) async fn purge(connection: &mut AnyConnection, before: Millis) -> Result<usize, StoreError> {
    // The committer's lock: heads, floors and the log are its own.
    let n = change_log::lock(connection).await?;
    let due = sqlx::query(DUE).bind(before).bind(STREAMS_MAX).fetch_all(&mut *connection).await?;
    let own = sqlx::query(OWN).bind(before).bind(STREAMS_MAX).fetch_all(&mut *connection).await?;
    let mut entries = Vec::with_capacity(due.len() + own.len());
    let mut numbers = n + 1..;
    for (row, n) in due.iter().zip(&mut numbers) {
        let id = columns::conversation(row, 0)?;
        let head = purge_stream(connection, id, columns::number(row, 1)?).await?;
        // The head stays, but who follows the log hears of the floor.
        entries.push(Entry { n, stream: StreamId::Conversation(id), head });
    }
    for (row, n) in own.iter().zip(&mut numbers) {
        let id = columns::user(row, 0)?;
        let head = purge_own(connection, id, columns::number(row, 1)?).await?;
        entries.push(Entry { n, stream: StreamId::User(id), head });
    }
    change_log::append(connection, &entries).await?;
    tracing::debug!(shard = SHARD, conversations = due.len(), people = own.len(), "purged tombstones");
    Ok(entries.len())
}

async fn purge_own(connection: &mut AnyConnection, id: UserId, floor: Seq) -> Result<Seq, StoreError> {
    let (account, floor) = (id.as_bytes().to_vec(), columns::to_big(floor));
    for sql in OF_A_PERSON {
        sqlx::query(*sql).bind(account.clone()).bind(floor).execute(&mut *connection).await?;
    }
    sqlx::query("UPDATE stream SET floor = $2 WHERE kind = 'user' AND owner = $1 AND floor < $2")
        .bind(account)
        .bind(floor)
        .execute(&mut *connection)
        .await?;
    Ok(stream::head(connection, StreamId::User(id)).await?.0)
}

async fn purge_stream(connection: &mut AnyConnection, id: ConversationId, floor: Seq) -> Result<Seq, StoreError> {
    let (conversation, floor) = (id.as_bytes().to_vec(), columns::to_big(floor));
    // A place is never given twice, not even when its message was the newest.
    let newest = sqlx::query("SELECT COALESCE(MAX(pos), 0) FROM message WHERE conversation = $1 AND deleted_at IS NOT NULL AND seq <= $2")
        .bind(conversation.clone())
        .bind(floor)
        .fetch_one(&mut *connection)
        .await?;
    sqlx::query("UPDATE conversation SET purged_pos = $2 WHERE id = $1 AND purged_pos < $2")
        .bind(conversation.clone())
        .bind(newest.try_get::<i64, _>(0)?)
        .execute(&mut *connection)
        .await?;
    sqlx::query("DELETE FROM message WHERE conversation = $1 AND deleted_at IS NOT NULL AND seq <= $2")
        .bind(conversation.clone())
        .bind(floor)
        .execute(&mut *connection)
        .await?;
    sqlx::query("DELETE FROM reaction WHERE conversation = $1 AND removed_at IS NOT NULL AND seq <= $2")
        .bind(conversation.clone())
        .bind(floor)
        .execute(&mut *connection)
        .await?;
    // Who has not heard that a pin has ended is behind the floor now, as with the message that it went with.
    sqlx::query("DELETE FROM pin WHERE conversation = $1 AND ended_at IS NOT NULL AND seq <= $2")
        .bind(conversation.clone())
        .bind(floor)
        .execute(&mut *connection)
        .await?;
    sqlx::query("UPDATE stream SET floor = $2 WHERE kind = 'conversation' AND owner = $1 AND floor < $2")
        .bind(conversation)
        .bind(floor)
        .execute(&mut *connection)
        .await?;
    Ok(stream::head(connection, StreamId::Conversation(id)).await?.0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::store::{Dialect, migrate::migrate};
    use sqlx::{AssertSqlSafe, Connection};

    /// On SQLite, which chooses without statistics.
    #[tokio::test]
    async fn what_is_due_is_found_by_indexes_alone() {
        sqlx::any::install_default_drivers();
        let mut connection = AnyConnection::connect("sqlite::memory:").await.unwrap();
        migrate(&mut connection, Dialect::Sqlite, 0).await.unwrap();
        let own = ["star_by_end", "hidden_by_end", "scheduled_message_by_end", "collected_by_end", "collection_by_end", "thread_by_end"];
        for (sql, indexes) in [(DUE, &["message_by_deletion", "reaction_by_removal", "pin_by_end"][..]), (OWN, &own[..])] {
            let sql = format!("EXPLAIN QUERY PLAN {sql}");
            let rows = sqlx::query(AssertSqlSafe(sql)).bind(0_i64).bind(1_i64).fetch_all(&mut connection).await.unwrap();
            let steps: Vec<String> = rows.iter().map(|row| row.get(3)).collect();
            for index in indexes {
                assert!(steps.iter().any(|step| step.starts_with("SEARCH") && step.contains(index)), "{index} {steps:#?}");
            }
            let tables = ["message", "reaction", "pin", "star", "hidden", "scheduled_message", "collect", "thread"];
            let whole = |step: &&String| tables.iter().any(|table| step.starts_with(&format!("SCAN {table}")));
            assert_eq!(steps.iter().find(whole), None, "{steps:#?}");
        }
    }
}
