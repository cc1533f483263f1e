//! Groups' own facts.

use super::{
    StoreError,
    bulk::BulkInsert,
    columns, reads,
    rows::{Put, Stored},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{
    Millis, Seq,
    ids::{ConversationId, GroupId, UserId},
    row::Row,
    rows::GroupRow,
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

/// A group as it is written.
pub(crate) struct Group {
    pub row: GroupRow,
    /// Of a new one.
    pub created_by: UserId,
    /// Nobody is in it any more, and what was said there is removed.
    pub deleted_at: Option<Millis>,
}

impl Stored for GroupRow {
    type Record = Group;

    fn row(record: &Group) -> Self {
        record.row.clone()
    }

    async fn learn(record: &mut Group, _stream: StreamId, view: &mut View<'_>) -> Result<(), StoreError> {
        view.learn_group(record.row.id);
        Ok(())
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), _limit: i64) -> Result<Vec<Row>, StoreError> {
        let sql = "SELECT id, name, about, created_at, seq, picture, created_by FROM group_info WHERE id = $1 AND seq > $2 AND seq <= $3";
        reads::only(connection, sql, sight, range, read).await
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, _id: &str) -> Result<Option<Row>, StoreError> {
        Ok(Self::changed(connection, &Sight::whole(stream), (0, Seq::MAX), 1).await?.pop())
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, Group>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO group_info (id, name, about, picture, created_by, created_at, deleted_at, seq) VALUES",
            8,
            "ON CONFLICT (id) DO UPDATE SET name = excluded.name, about = excluded.about, picture = excluded.picture, \
             deleted_at = excluded.deleted_at, seq = excluded.seq",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                let Group { row, created_by, deleted_at } = put.record;
                values.id(row.id.as_bytes()).add(row.name.clone()).add(row.about.clone());
                values.add(row.picture.map(|picture| picture.as_bytes().to_vec()));
                values.id(created_by.as_bytes()).add(row.created_at).add(*deleted_at).number(put.seq);
            })
            .await
    }
}

/// How many channels a group has, private ones included and deleted ones not; `None` if there is no such group.
pub(crate) async fn channels(connection: &mut AnyConnection, group: GroupId) -> Result<Option<usize>, StoreError> {
    let row = sqlx::query(
        "SELECT (SELECT COUNT(*) FROM conversation c WHERE c.group_id = g.id AND c.deleted_at IS NULL) FROM group_info g WHERE g.id = $1",
    )
    .bind(group.as_bytes().to_vec())
    .fetch_optional(connection)
    .await?;
    row.map(|row| Ok(usize::try_from(columns::number(&row, 0)?).unwrap_or(usize::MAX))).transpose()
}

/// What somebody is told of a group before they are in it: its name, what it is about, and how many are.
pub(crate) async fn face(connection: &mut AnyConnection, group: GroupId) -> Result<Option<(String, String, u64)>, StoreError> {
    let row = sqlx::query(
        "SELECT name, about, (SELECT COUNT(*) FROM group_member m WHERE m.group_id = g.id AND m.left_at IS NULL) \
         FROM group_info g WHERE id = $1",
    )
    .bind(group.as_bytes().to_vec())
    .fetch_optional(connection)
    .await?;
    row.map(|row| Ok((row.try_get(0)?, row.try_get(1)?, columns::number(&row, 2)?))).transpose()
}

/// The channels of deleted groups that still have messages, or their names, and deleted conversations that have messages.
pub(crate) async fn left_behind(connection: &mut AnyConnection) -> Result<Vec<ConversationId>, StoreError> {
    let rows = sqlx::query(
        "SELECT c.id FROM group_info g JOIN conversation c ON c.group_id = g.id WHERE g.deleted_at IS NOT NULL \
         AND (c.name <> '' OR EXISTS (SELECT 1 FROM message m WHERE m.conversation = c.id)) \
         UNION SELECT c.id FROM conversation c WHERE c.deleted_at IS NOT NULL \
         AND EXISTS (SELECT 1 FROM message m WHERE m.conversation = c.id) ORDER BY 1",
    )
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| columns::conversation(row, 0)).collect()
}

/// Forgets what a channel of a deleted group was called and looked like. Its id stays, so that nobody takes it.
pub(crate) async fn forget_channel(connection: &mut AnyConnection, channel: ConversationId) -> Result<(), StoreError> {
    for blank in [
        "UPDATE conversation SET name = '', topic = '', picture = NULL WHERE id = $1",
        "UPDATE channel SET name = '', topic = '' WHERE conversation = $1",
    ] {
        sqlx::query(blank).bind(channel.as_bytes().to_vec()).execute(&mut *connection).await?;
    }
    Ok(())
}

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    let (id, picture) = (columns::group(row, 0)?, columns::media_or_none(row, 5)?);
    let (created_at, created_by) = (row.try_get(3)?, Some(columns::user(row, 6)?));
    let data = GroupRow { id, name: row.try_get(1)?, about: row.try_get(2)?, picture, created_at, created_by };
    Ok(Row::new(columns::number(row, 4)?, data))
}
