//! How far people have read.

use super::{StoreError, bulk::BulkInsert, columns};
use hearth_protocol::{
    Pos, Seq,
    ids::{ConversationId, UserId},
    row::Row,
    rows::ReadMarkerRow,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

/// A marker as it is written.
#[derive(Clone)]
pub(crate) struct MovedMarker {
    pub account: UserId,
    pub row: ReadMarkerRow,
    pub seq: Seq,
}

pub(crate) async fn upsert(connection: &mut AnyConnection, markers: &[MovedMarker]) -> Result<(), StoreError> {
    static UPSERT: BulkInsert = BulkInsert::new(
        "INSERT INTO read_marker (account, conversation, pos, moved_at, seq) VALUES",
        5,
        "ON CONFLICT (account, conversation) DO UPDATE SET pos = excluded.pos, moved_at = excluded.moved_at, seq = excluded.seq",
    );
    UPSERT
        .run(connection, markers, |MovedMarker { account, row, seq }, values| {
            values.id(account.as_bytes()).id(row.conversation.as_bytes()).number(row.pos).add(row.at).number(*seq);
        })
        .await
}

/// The marker's pos; 0 where there is none yet.
pub(crate) async fn pos(connection: &mut AnyConnection, account: UserId, conversation: ConversationId) -> Result<Pos, StoreError> {
    let row = sqlx::query("SELECT pos FROM read_marker WHERE account = $1 AND conversation = $2")
        .bind(account.as_bytes().to_vec())
        .bind(conversation.as_bytes().to_vec())
        .fetch_optional(connection)
        .await?;
    row.map_or(Ok(0), |row| columns::number(&row, 0))
}

/// One marker at its newest.
pub(crate) async fn one(connection: &mut AnyConnection, account: UserId, conversation: ConversationId) -> Result<Option<Row>, StoreError> {
    let row = sqlx::query("SELECT conversation, pos, moved_at, seq FROM read_marker WHERE account = $1 AND conversation = $2")
        .bind(account.as_bytes().to_vec())
        .bind(conversation.as_bytes().to_vec())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(marker_row).transpose()
}

/// Markers of somebody's user stream changed in `(after, upto]`, by seq.
pub(crate) async fn changed(
    connection: &mut AnyConnection,
    account: UserId,
    after: Seq,
    upto: Seq,
    limit: i64,
) -> Result<Vec<Row>, StoreError> {
    let rows = sqlx::query(
        "SELECT conversation, pos, moved_at, seq FROM read_marker WHERE account = $1 AND seq > $2 AND seq <= $3 \
         ORDER BY seq, conversation LIMIT $4",
    )
    .bind(account.as_bytes().to_vec())
    .bind(columns::to_big(after))
    .bind(columns::to_big(upto))
    .bind(limit)
    .fetch_all(connection)
    .await?;
    rows.iter().map(marker_row).collect()
}

fn marker_row(row: &AnyRow) -> Result<Row, StoreError> {
    let data = ReadMarkerRow { conversation: columns::conversation(row, 0)?, pos: columns::number(row, 1)?, at: row.try_get(2)? };
    Ok(Row::new(columns::number(row, 3)?, data))
}
