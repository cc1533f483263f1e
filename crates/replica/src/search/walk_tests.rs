//! Which way a query goes, and that every way is along an index.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::{
    Key, Replica,
    connection::Durability,
    search::{LocalTime, Query},
    sql::get,
};
use sqlx::AssertSqlSafe;
use tempfile::TempDir;

/// Two people and a conversation that filters can name, and as many messages of Alice as make no few.
async fn crowded(messages: usize) -> (TempDir, Replica) {
    let folder = tempfile::tempdir().unwrap();
    let replica = Replica::open(&folder.path().join("replica.db"), &Key::from_bytes([1; 32])).await.unwrap();
    let mut tx = replica.write(Durability::Undoable).await.unwrap();
    for sql in [
        "INSERT INTO person (user, username, first_name, last_name, folded)
         VALUES (zeroblob(16), 'alice', 'Alice', '', ' alice alice'), (x'ffffffffffffffffffffffffffffffff', 'bob', 'Bob', '', ' bob bob')",
        "INSERT INTO line (conversation, listed, kind, active_at, read_pos, unread) VALUES (zeroblob(16), 1, 'group', 1, 0, 1)",
        "INSERT INTO conversation (id, seq, kind, name, topic, created_at, folded) VALUES (zeroblob(16), 1, 'group', 'Lab', '', 1, ' lab')",
    ] {
        sqlx::query(sql).execute(&mut *tx).await.unwrap();
    }
    sqlx::query(
        "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
         INSERT INTO message (n, id, conversation, pos, seq, sender, body, text, created_at, revision, deleted, hidden)
         SELECT n << 20, randomblob(16), zeroblob(16), n, n, zeroblob(16), '{\"mentions\":[', 'see https://example.org', n, 0, 0, 0 FROM numbers",
    )
    .bind(i64::try_from(messages).unwrap())
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    (folder, replica)
}

async fn plan(tx: &mut SqliteConnection, sql: &QueryBuilder<Sqlite>) -> Vec<String> {
    let sql = format!("EXPLAIN QUERY PLAN {}", sql.sql().as_str());
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(tx).await.unwrap();
    rows.iter().map(|row| get(row, "detail").unwrap()).collect()
}

async fn wanted(tx: &mut SqliteConnection, query: &str) -> Wanted {
    let query = Query::parse(&format!("{query} "), &LocalTime::utc(0));
    Wanted::of(tx, &query).await.unwrap().1.unwrap()
}

#[tokio::test]
async fn every_way_goes_along_an_index_in_the_order_of_the_messages() {
    let (_folder, replica) = crowded(1).await;
    let mut tx = replica.read().await.unwrap();
    let (alice, lab) = (UserId::from_slice(&[0; 16]).unwrap(), ConversationId::from_slice(&[0; 16]).unwrap());
    let queries = [
        "x",
        "x -y",
        "x from:alice",
        "from:alice",
        "from:alice is:starred -is:pinned",
        "in:lab",
        "has:link",
        "-has:link -x",
        "is:link",
        "-is:link -x",
        "mentions:me",
        "is:unread",
        "has:reaction",
        "-has:reaction",
        "before:2026-01-31",
        "on:2026-01-31 -from:bob -in:lab -on:2026-01-30",
        "x has:link mentions:me",
    ];
    for query in queries {
        let wanted = wanted(&mut tx, query).await;
        let words = wanted.words.is_some();
        let listed = Way::Listed { numbers: vec![3, 2, 1], words };
        for (way, step) in [
            (listed, "SEARCH m USING INTEGER PRIMARY KEY"),
            (Way::Words, "SCAN message_words VIRTUAL TABLE INDEX"),
            (Way::Naming, "SEARCH m USING INDEX message_naming (hidden=?"),
            (Way::Links, "SEARCH m USING INDEX message_link (hidden=?"),
            (Way::Conversation(lab), "SEARCH m USING INDEX message_conversation (conversation=? AND rowid>? AND rowid<?)"),
            (Way::Sender(alice), "SEARCH m USING INDEX message_sender (sender=? AND rowid>? AND rowid<?)"),
            (Way::Everything, "SEARCH m USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"),
        ] {
            if (way == Way::Words) != words && !matches!(way, Way::Listed { .. }) {
                continue;
            }
            let is_list = matches!(way, Way::Listed { .. });
            let walk = Walk { wanted: &wanted, way, before: i64::MAX, over: false };
            let steps = plan(&mut tx, &walk.statement(Some(&[3, 2, 1]), 50).unwrap()).await;
            assert!(steps.first().is_some_and(|first| first.starts_with(step)), "{query:?} {:?} {steps:#?}", walk.way);
            let slow = |one: &&String| one.starts_with("SCAN m") && !one.contains("VIRTUAL") || (!is_list && one.contains("ORDER BY"));
            assert_eq!(steps.iter().find(slow), None, "{query:?} {:?} {steps:#?}", walk.way);
        }
        for (list, _) in lists(&wanted).unwrap() {
            let steps = plan(&mut tx, &list).await;
            let on_index = |one: &String| one.starts_with("SEARCH m USING") && one.contains("INDEX");
            assert!(steps.iter().any(on_index) && !steps.iter().any(|one| one.starts_with("SCAN m")), "{query:?} {steps:#?}");
        }
    }
}

#[tokio::test]
async fn what_is_met_by_few_messages_is_listed_first() {
    let (_folder, replica) = crowded(FEW + 1).await;
    let mut tx = replica.read().await.unwrap();
    let (alice, lab) = (UserId::from_slice(&[0; 16]).unwrap(), ConversationId::from_slice(&[0; 16]).unwrap());
    let empty = |words| Way::Listed { numbers: vec![], words };
    for (query, way) in [
        ("x", Way::Words),
        ("-x", Way::Everything),
        ("from:bob", empty(false)),
        ("from:alice", Way::Sender(alice)),
        ("-from:alice", Way::Everything),
        ("from:alice from:bob", Way::Everything),
        ("in:lab", Way::Conversation(lab)),
        ("in:lab from:alice", Way::Conversation(lab)),
        ("in:lab in:nowhere", Way::Conversation(lab)),
        ("in:lab has:link", Way::Links),
        ("in:nowhere", empty(false)),
        ("from:alice has:link", Way::Links),
        ("from:alice mentions:me", Way::Naming),
        ("from:alice is:starred", empty(false)),
        ("from:alice is:unread", Way::Sender(alice)),
        ("from:alice x", empty(true)),
        ("from:alice on:1970-01-01 after:1970-01-01", empty(false)),
    ] {
        let wanted = wanted(&mut tx, query).await;
        assert_eq!(Walk::begin(&mut tx, &wanted, i64::MAX).await.unwrap().way, way, "{query:?}");
    }
    // Of a short time all of hers are few.
    let narrow = Wanted { until: 3 << 20, ..wanted(&mut tx, "from:alice").await };
    let listed = Walk::begin(&mut tx, &narrow, i64::MAX).await.unwrap().way;
    assert_eq!(listed, Way::Listed { numbers: vec![2 << 20, 1 << 20], words: false });
}

#[tokio::test]
async fn a_list_is_walked_to_its_end_and_never_twice() {
    let (_folder, replica) = crowded(2 * CHUNK + 10).await;
    let mut tx = replica.read().await.unwrap();
    for query in ["from:alice", "has:link -from:bob", "-is:starred"] {
        let wanted = wanted(&mut tx, query).await;
        for limit in [7, CHUNK, 5_000] {
            let mut walk = Walk::begin(&mut tx, &wanted, i64::MAX).await.unwrap();
            let mut seen = vec![];
            while let Some(found) = walk.next(&mut tx, limit).await.unwrap() {
                assert!(found.len() <= limit);
                seen.extend(found);
            }
            assert_eq!(seen.len(), 2 * CHUNK + 10, "{query:?} {limit}");
            assert!(seen.windows(2).all(|pair| pair[0] > pair[1]), "{query:?} {limit}");
        }
    }
}
