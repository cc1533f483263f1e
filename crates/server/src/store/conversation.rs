//! Conversations' own facts.

use super::{
    StoreError,
    bulk::BulkInsert,
    columns, reads,
    rows::{Put, Stored},
};
use crate::{
    commit::View,
    sight::{Home, Sight},
};
use hearth_protocol::{
    Millis, Seq,
    ids::{ConversationId, UserId},
    row::Row,
    rows::{ConversationKind, ConversationRow},
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

/// A conversation as it is written.
pub(crate) struct Conversation {
    pub row: ConversationRow,
    pub created_by: UserId,
    pub deleted_at: Option<Millis>,
}

impl Stored for ConversationRow {
    type Record = Conversation;

    fn row(record: &Conversation) -> Self {
        record.row.clone()
    }

    async fn learn(record: &mut Conversation, _stream: StreamId, view: &mut View<'_>) -> Result<(), StoreError> {
        view.learn_conversation(&record.row).await?;
        match (record.deleted_at, record.row.group) {
            (Some(_), Some(group)) => view.learn_channel_gone(group).await,
            _ => Ok(()),
        }
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), _limit: i64) -> Result<Vec<Row>, StoreError> {
        let sql = "SELECT id, kind, name, topic, created_at, seq, shared_history, group_id, private, picture, created_by FROM conversation \
         WHERE id = $1 AND seq > $2 AND seq <= $3";
        reads::only(connection, sql, sight, range, read).await
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, _id: &str) -> Result<Option<Row>, StoreError> {
        Ok(Self::changed(connection, &Sight::whole(stream), (0, Seq::MAX), 1).await?.pop())
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, Conversation>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO conversation (id, kind, name, topic, shared_history, group_id, private, picture, created_by, created_at, \
             deleted_at, seq) VALUES",
            12,
            "ON CONFLICT (id) DO UPDATE SET name = excluded.name, topic = excluded.topic, shared_history = excluded.shared_history, \
             private = excluded.private, picture = excluded.picture, deleted_at = excluded.deleted_at, seq = excluded.seq",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                let Conversation { row, created_by, deleted_at } = put.record;
                values.id(row.id.as_bytes()).add(row.kind.as_str()).add(row.name.clone()).add(row.topic.clone());
                values.number(u64::from(row.shared_history)).add(row.group.map(|group| group.as_bytes().to_vec()));
                values.number(u64::from(row.private)).add(row.picture.map(|picture| picture.as_bytes().to_vec()));
                values.id(created_by.as_bytes()).add(row.created_at);
                values.add(*deleted_at).number(put.seq);
            })
            .await
    }
}

/// What does not depend on who looks.
pub(crate) struct Nature {
    pub kind: ConversationKind,
    /// Whether those who join see what was said before.
    pub shared_history: bool,
    /// Of a channel.
    pub home: Option<Home>,
}

/// A conversation's nature; `None` if there is none.
pub(crate) async fn nature(connection: &mut AnyConnection, id: ConversationId) -> Result<Option<Nature>, StoreError> {
    let row = sqlx::query("SELECT kind, shared_history, group_id, private FROM conversation WHERE id = $1")
        .bind(id.as_bytes().to_vec())
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        let kind = ConversationKind::parse(row.try_get(0)?).ok_or(StoreError::Unreadable("kind of conversation"))?;
        let private = row.try_get::<i64, _>(3)? != 0;
        let home = columns::group_or_none(&row, 2)?.map(|group| Home { group, private });
        Ok(Nature { kind, shared_history: row.try_get::<i64, _>(1)? != 0, home })
    })
    .transpose()
}

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    let kind = ConversationKind::parse(row.try_get(1)?).ok_or(StoreError::Unreadable("kind of conversation"))?;
    let data = ConversationRow {
        id: columns::conversation(row, 0)?,
        kind,
        name: row.try_get(2)?,
        topic: row.try_get(3)?,
        shared_history: row.try_get::<i64, _>(6)? != 0,
        group: columns::group_or_none(row, 7)?,
        private: row.try_get::<i64, _>(8)? != 0,
        picture: columns::media_or_none(row, 9)?,
        created_at: row.try_get(4)?,
        created_by: Some(columns::user(row, 10)?),
    };
    Ok(Row::new(columns::number(row, 5)?, data))
}
