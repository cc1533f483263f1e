//! Streams' heads.

use super::{StoreError, bulk::BulkInsert, columns};
use hearth_protocol::{
    Seq,
    stream::{StreamId, StreamKind},
};
use sqlx::AnyConnection;
use uuid::Uuid;

/// A stream's place in the tables: kind and owner.
pub(crate) fn parts_of(stream: StreamId) -> (&'static str, Uuid) {
    (stream.kind().as_str(), stream.owner())
}

pub(crate) fn from_parts(kind: &str, owner: Uuid) -> Result<StreamId, StoreError> {
    StreamKind::parse(kind).map(|kind| kind.of(owner)).ok_or(StoreError::Unreadable("stream"))
}

/// `(head, floor)`; zeros for a stream that never moved.
pub(crate) async fn head(connection: &mut AnyConnection, stream: StreamId) -> Result<(Seq, Seq), StoreError> {
    let (kind, owner) = parts_of(stream);
    let row = sqlx::query("SELECT head, floor FROM stream WHERE kind = $1 AND owner = $2")
        .bind(kind)
        .bind(owner.as_bytes().to_vec())
        .fetch_optional(connection)
        .await?;
    match row {
        Some(row) => Ok((columns::number(&row, 0)?, columns::number(&row, 1)?)),
        None => Ok((0, 0)),
    }
}

pub(crate) async fn set_heads(connection: &mut AnyConnection, heads: &[(StreamId, Seq)]) -> Result<(), StoreError> {
    static UPSERT: BulkInsert = BulkInsert::new(
        "INSERT INTO stream (kind, owner, head, floor) VALUES",
        4,
        "ON CONFLICT (kind, owner) DO UPDATE SET head = excluded.head",
    );
    UPSERT
        .run(connection, heads, |(stream, head), values| {
            let (kind, owner) = parts_of(*stream);
            values.add(kind).id(owner.as_bytes()).number(*head).number(0);
        })
        .await
}

/// Refuses from now on every cursor of a conversation that is below its head, as after a purge of tombstones.
#[cfg(feature = "sim")]
pub(crate) async fn raise_floors(connection: &mut AnyConnection) -> Result<(), StoreError> {
    sqlx::query("UPDATE stream SET floor = head WHERE kind = 'conversation'").execute(connection).await?;
    Ok(())
}
