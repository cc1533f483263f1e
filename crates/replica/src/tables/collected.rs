use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    sql::{get, id, int, number, run},
};
use hearth_protocol::{
    Seq,
    ids::{CollectionId, MessageId},
    rows::{CollectedKind, CollectedRow},
    stream::StreamId,
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

impl Kept for CollectedRow {
    // What has ended shows nowhere, and the server purges it with the tombstones.
    const DUMP: &'static str = "SELECT lower(hex(collection)) || ' ' || lower(hex(item)) || ' ' || seq || ' '
            || json_array(kind, lower(hex(conversation)), pos, at)
         FROM collected WHERE ended_at IS NULL ORDER BY collection, item";
    const WIRE: &'static str = "SELECT seq, json_object('collection', lower(hex(collection)), 'item', lower(hex(item)), 'kind', kind,
            'conversation', lower(hex(conversation)), 'pos', pos, 'at', at, 'ended_at', ended_at) FROM collected WHERE ?1 IS NOT NULL";

    async fn apply(changes: &mut Changes<'_>, _arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        for (seq, row) in rows {
            let query = sqlx::query(
                "INSERT INTO collected (collection, item, seq, kind, conversation, pos, at, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                 ON CONFLICT (collection, item) DO UPDATE SET seq = excluded.seq, kind = excluded.kind,
                     conversation = excluded.conversation, pos = excluded.pos, at = excluded.at, ended_at = excluded.ended_at
                 WHERE excluded.seq > collected.seq",
            )
            .bind(row.collection.as_bytes())
            .bind(row.item.as_bytes())
            .bind(int(*seq))
            .bind(row.kind.as_str())
            .bind(row.conversation.as_bytes())
            .bind(int(row.pos))
            .bind(row.at)
            .bind(row.ended_at);
            if run(changes.tx, query).await? {
                changes.touch_collections();
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, _stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        let query = sqlx::query("DELETE FROM collected WHERE seq <= ?").bind(keep_after.map_or(i64::MAX, int));
        if run(changes.tx, query).await? {
            changes.touch_collections();
        }
        Ok(())
    }
}

/// The messages in a collection, as the server has them.
pub(crate) async fn inside(tx: &mut SqliteConnection, collection: CollectionId) -> Result<Vec<CollectedRow>> {
    let rows = sqlx::query(
        "SELECT collection, item, conversation, pos, at FROM collected WHERE collection = ? AND kind = 'message' AND ended_at IS NULL",
    )
    .bind(collection.as_bytes())
    .fetch_all(tx)
    .await?;
    let read = |row: &SqliteRow| {
        Ok(CollectedRow {
            collection: id(get(row, "collection")?)?,
            item: id(get(row, "item")?)?,
            kind: CollectedKind::Message,
            conversation: id(get(row, "conversation")?)?,
            pos: number(get(row, "pos")?),
            at: get(row, "at")?,
            ended_at: None,
        })
    };
    rows.iter().map(read).collect()
}

/// The collections that a message is in, as the server has them.
pub(crate) async fn of(tx: &mut SqliteConnection, message: MessageId) -> Result<Vec<CollectionId>> {
    let found: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT collection FROM collected WHERE item = ? AND kind = 'message' AND ended_at IS NULL")
            .bind(message.as_bytes())
            .fetch_all(tx)
            .await?;
    found.iter().map(|bytes| id(bytes)).collect()
}
