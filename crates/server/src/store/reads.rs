//! How rows of a stream are read from their table: whatever the kind, the same values stand in the same places of the SQL.

use super::{
    StoreError, columns,
    message::{bounds, in_windows},
};
use crate::sight::Sight;
use hearth_protocol::{Seq, row::Row, stream::StreamId};
use sqlx::{AnyConnection, AssertSqlSafe, any::AnyRow};

/// Makes the row of what was selected.
type Read = fn(&AnyRow) -> Result<Row, StoreError>;

/// The rows changed in `(after, upto]`, the first `limit`, of a kind of which the whole stream is seen: `$1` is whose stream it is, `$2`
/// and `$3` are the range and `$4` is the limit.
pub(super) async fn changed(
    connection: &mut AnyConnection,
    sql: &'static str,
    sight: &Sight,
    range: (Seq, Seq),
    limit: i64,
    read: Read,
) -> Result<Vec<Row>, StoreError> {
    let rows = sqlx::query(sql)
        .bind(sight.stream.owner().as_bytes().to_vec())
        .bind(columns::to_big(range.0))
        .bind(columns::to_big(range.1))
        .bind(limit)
        .fetch_all(connection)
        .await?;
    rows.iter().map(read).collect()
}

/// The same of a kind that stands at places of a conversation: those in the windows of whoever asks. `select` goes as far as its table,
/// `then` is what orders those of one seq.
pub(super) async fn changed_in_windows(
    connection: &mut AnyConnection,
    (select, then): (&str, &str),
    sight: &Sight,
    range: (Seq, Seq),
    limit: i64,
    read: Read,
) -> Result<Vec<Row>, StoreError> {
    let spans = bounds(sight, None);
    let windows = in_windows(5, spans.len());
    let sql = format!("{select} WHERE conversation = $1 AND seq > $2 AND seq <= $3 AND ({windows}) ORDER BY seq, {then} LIMIT $4");
    let query = sqlx::query(AssertSqlSafe(sql))
        .bind(sight.stream.owner().as_bytes().to_vec())
        .bind(columns::to_big(range.0))
        .bind(columns::to_big(range.1))
        .bind(limit);
    let rows = spans.iter().fold(query, |query, (from, to)| query.bind(*from).bind(*to)).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// The row that there is of a kind in a stream at most once, if it changed in `(after, upto]`: `$1` is whose stream it is, `$2` and `$3`
/// are the range.
pub(super) async fn only(
    connection: &mut AnyConnection,
    sql: &'static str,
    sight: &Sight,
    range: (Seq, Seq),
    read: Read,
) -> Result<Vec<Row>, StoreError> {
    let row = sqlx::query(sql)
        .bind(sight.stream.owner().as_bytes().to_vec())
        .bind(columns::to_big(range.0))
        .bind(columns::to_big(range.1))
        .fetch_optional(connection)
        .await?;
    row.iter().map(read).collect()
}

/// One row: `$1` is whose stream it is, `$2` the row's id in it.
pub(super) async fn one(
    connection: &mut AnyConnection,
    sql: &'static str,
    stream: StreamId,
    id: &str,
    read: Read,
) -> Result<Option<Row>, StoreError> {
    let row = sqlx::query(sql).bind(stream.owner().as_bytes().to_vec()).bind(columns::id_of(id)?).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}
