//! What is in people's collections.

use super::{
    StoreError,
    bulk::Values,
    columns,
    own_mark::{Mark, OwnMark, OwnMarks, keyed, marks_where, own_mark},
};
use hearth_protocol::{
    ids::{CollectionId, UserId},
    rows::{CollectedKind, CollectedRow},
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

impl OwnMark for CollectedRow {
    own_mark!(
        Collected in "collected": "item", "collected_at", ", collection, kind", 9, "collection, item", "collection = $2 AND item = $3"
    );

    fn mark(&self) -> Mark {
        let Self { item: message, conversation, pos, at, ended_at, .. } = *self;
        Mark { message, conversation, pos, at, ended_at }
    }

    fn read(mark: Mark, row: &AnyRow) -> Result<Self, StoreError> {
        let Mark { message: item, conversation, pos, at, ended_at } = mark;
        let (collection, kind) = (CollectionId(columns::uuid(row, 7)?), CollectedKind::parse(row.try_get(8)?));
        Ok(Self { collection, item, kind, conversation, pos, at, ended_at })
    }

    fn bind_more(&self, values: &mut Values) {
        values.id(self.collection.as_bytes()).add(self.kind.as_str());
    }

    fn ids(id: &str) -> Result<Vec<Vec<u8>>, StoreError> {
        let Some((collection, item)) = id.split_once(':') else { return Err(StoreError::Unreadable("row key")) };
        Ok(vec![columns::id_of(collection)?, columns::id_of(item)?])
    }
}

/// What is in a collection, as far as it is written.
pub(crate) async fn inside(
    connection: &mut AnyConnection,
    user: UserId,
    collection: CollectionId,
) -> Result<OwnMarks<CollectedRow>, StoreError> {
    const SQL: &str =
        marks_where!("collected", "item", "collected_at", ", collection, kind", "account = $1 AND collection = $2 AND ended_at IS NULL");
    let rows = sqlx::query(SQL).bind(user.as_bytes().to_vec()).bind(collection.as_bytes().to_vec()).fetch_all(connection).await?;
    rows.iter().map(keyed::<CollectedRow>).collect()
}

/// How much is in a collection, as far as it is written.
pub(crate) async fn count(connection: &mut AnyConnection, user: UserId, collection: CollectionId) -> Result<usize, StoreError> {
    let row = sqlx::query("SELECT COUNT(*) FROM collected WHERE account = $1 AND collection = $2 AND ended_at IS NULL")
        .bind(user.as_bytes().to_vec())
        .bind(collection.as_bytes().to_vec())
        .fetch_one(connection)
        .await?;
    Ok(usize::try_from(columns::number(&row, 0)?).unwrap_or(usize::MAX))
}
