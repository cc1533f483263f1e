//! What people have starred.

use super::{
    StoreError,
    bulk::BulkInsert,
    columns,
    rows::{Put, Stored},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{
    Pos, Seq,
    ids::{ConversationId, MessageId, MutationId, UserId},
    row::Row,
    rows::StarRow,
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};
use std::collections::BTreeMap;

macro_rules! star_select {
    ($condition:literal) => {
        concat!("SELECT message, conversation, pos, starred_at, ended_at, seq, account FROM star WHERE ", $condition)
    };
}

impl Stored for StarRow {
    type Record = StarRow;

    fn row(record: &StarRow) -> Self {
        record.clone()
    }

    /// Nothing stands on it.
    async fn learn(_record: &mut StarRow, _stream: StreamId, _view: &mut View<'_>) -> Result<(), StoreError> {
        Ok(())
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        let rows = sqlx::query(star_select!("account = $1 AND seq > $2 AND seq <= $3 ORDER BY seq, message LIMIT $4"))
            .bind(sight.stream.owner().as_bytes().to_vec())
            .bind(columns::to_big(range.0))
            .bind(columns::to_big(range.1))
            .bind(limit)
            .fetch_all(connection)
            .await?;
        rows.iter().map(row).collect()
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let found = sqlx::query(star_select!("account = $1 AND message = $2"))
            .bind(stream.owner().as_bytes().to_vec())
            .bind(columns::id_of(id)?)
            .fetch_optional(connection)
            .await?;
        found.as_ref().map(row).transpose()
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, StarRow>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO star (account, message, conversation, pos, starred_at, ended_at, seq) VALUES",
            7,
            "ON CONFLICT (account, message) DO UPDATE SET starred_at = excluded.starred_at, ended_at = excluded.ended_at, \
             seq = excluded.seq",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                let row = put.record;
                values.id(put.stream.owner().as_bytes()).id(row.id.as_bytes()).id(row.conversation.as_bytes()).number(row.pos);
                values.add(row.at).add(row.ended_at).number(put.seq);
            })
            .await
    }
}

/// Which messages is asked about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum On {
    Message(MessageId),
    /// Every message of a conversation before this place.
    Below(ConversationId, Pos),
}

/// Stars, by whose they are and on what.
pub(crate) type Stars = BTreeMap<(UserId, MessageId), StarRow>;

impl On {
    /// Leaves those that are meant.
    pub fn sift(self, stars: &mut Stars) {
        stars.retain(|_, star| self.means(star.conversation, star.id, star.pos) && star.ended_at.is_none());
    }

    pub fn means(self, in_conversation: ConversationId, id: MessageId, at: Pos) -> bool {
        match self {
            Self::Message(message) => id == message,
            Self::Below(conversation, pos) => in_conversation == conversation && at < pos,
        }
    }
}

/// Stars below a place that end in one commit, and as much that is hidden: what they are told on is a stream for each of their people.
pub(super) const BELOW_MAX: i64 = 500;

/// Everybody's, as far as they are written; below a place the first so many.
pub(crate) async fn find(connection: &mut AnyConnection, on: On) -> Result<Stars, StoreError> {
    let query = match on {
        On::Message(message) => sqlx::query(star_select!("message = $1 AND ended_at IS NULL")).bind(message.as_bytes().to_vec()),
        On::Below(conversation, pos) => {
            sqlx::query(star_select!("conversation = $1 AND pos < $2 AND ended_at IS NULL ORDER BY pos, account LIMIT $3"))
                .bind(conversation.as_bytes().to_vec())
                .bind(columns::to_big(pos))
                .bind(BELOW_MAX)
        }
    };
    let rows = query.fetch_all(connection).await?;
    rows.iter().map(|row| read(row).and_then(|star| Ok(((columns::user(row, 6)?, star.id), star)))).collect()
}

/// Whether somebody still has one on what is no longer kept of a conversation.
pub(crate) async fn are_left_behind(connection: &mut AnyConnection, conversation: ConversationId) -> Result<bool, StoreError> {
    let row = sqlx::query(
        "SELECT s.message FROM star s JOIN retention r ON r.conversation = s.conversation \
         WHERE s.conversation = $1 AND s.pos < r.pos AND s.ended_at IS NULL LIMIT 1",
    )
    .bind(conversation.as_bytes().to_vec())
    .fetch_optional(connection)
    .await?;
    Ok(row.is_some())
}

/// How many somebody has, as far as they are written.
pub(crate) async fn count(connection: &mut AnyConnection, user: UserId) -> Result<usize, StoreError> {
    let row = sqlx::query("SELECT COUNT(*) FROM star WHERE account = $1 AND ended_at IS NULL")
        .bind(user.as_bytes().to_vec())
        .fetch_one(connection)
        .await?;
    Ok(usize::try_from(columns::number(&row, 0)?).unwrap_or(usize::MAX))
}

fn row(row: &AnyRow) -> Result<Row, StoreError> {
    Ok(Row::new(columns::number(row, 5)?, read(row)?))
}

fn read(row: &AnyRow) -> Result<StarRow, StoreError> {
    Ok(StarRow {
        id: MutationId(columns::uuid(row, 0)?),
        conversation: columns::conversation(row, 1)?,
        pos: columns::number(row, 2)?,
        at: row.try_get(3)?,
        ended_at: row.try_get(4)?,
    })
}
