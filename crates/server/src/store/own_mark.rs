//! What people have marked for themselves: starred, hidden, put into a collection, followed as a thread. A row kind and a table each, on the stream of whose mark
//! it is; how they are written, read and found is one.

use super::{
    StoreError,
    bulk::{BulkInsert, Values},
    columns, reads,
    rows::{Put, Record, Stored},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{
    Millis, Pos, Seq,
    ids::{ConversationId, MessageId, MutationId, UserId},
    row::Row,
    rows::{CollectedRow, HiddenRow, RowData, RowKind, StarRow, ThreadRow},
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};
use std::collections::BTreeMap;

/// What each of them says: which message it is on, since when, and when it ended, by its person or with the message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    pub message: MessageId,
    pub conversation: ConversationId,
    pub pos: Pos,
    pub at: Millis,
    pub ended_at: Option<Millis>,
}

/// A row kind of such marks. [`own_mark`] makes of the names of its table what is asked here first.
pub(crate) trait OwnMark: RowKind + Into<RowData> + Clone + Send + Sync + 'static {
    fn table() -> &'static Table;

    /// The mark in a record that a batch will write.
    fn of_record(record: &Record) -> Option<&Self>;

    /// The mark in a row.
    fn of_row(data: RowData) -> Option<Self>;

    fn into_record(self) -> Record;

    /// The same, over.
    fn ended(self, at: Millis) -> Self;

    fn mark(&self) -> Mark;

    /// From what each of them says and, from the eighth column on, what this kind says besides.
    fn read(mark: Mark, row: &AnyRow) -> Result<Self, StoreError>;

    /// What this kind says besides.
    fn bind_more(&self, _values: &mut Values) {}

    /// The bytes of the ids of which a row's id is made.
    fn ids(id: &str) -> Result<Vec<Vec<u8>>, StoreError> {
        Ok(vec![columns::id_of(id)?])
    }
}

/// The statements about one of these tables.
pub(crate) struct Table {
    pub(super) changed: &'static str,
    pub(super) one: &'static str,
    pub(super) on_message: &'static str,
    pub(super) below: &'static str,
    pub(super) left_behind: &'static str,
    pub(super) count: &'static str,
    pub(super) upsert: BulkInsert,
}

/// The marks of a table that fulfil a condition.
macro_rules! marks_where {
    ($table:literal, $message:literal, $at:literal, $more:literal, $($condition:literal),+) => {
        concat!(
            "SELECT account, seq, ", $message, ", conversation, pos, ", $at, ", ended_at", $more, " FROM ", $table, " WHERE ",
            $($condition),+
        )
    };
}
pub(super) use marks_where;

/// The first half of an `impl OwnMark`: which variant it is of records and rows, its table, what that calls the message and the time, what
/// columns it has besides and how many those make, and the key of one person's marks, as a list and as a condition.
macro_rules! own_mark {
    ($variant:ident in $table:literal: $message:literal, $at:literal, $more:literal, $columns:literal, $key:literal, $one:literal) => {
        $crate::store::own_mark::own_mark!($variant in $table: $message, $at, $more, $columns, $key, $one, "");

        fn ended(self, at: hearth_protocol::Millis) -> Self {
            Self { ended_at: Some(at), ..self }
        }
    };
    // What else an upsert takes from the newer row; how such a mark ends, it says itself.
    (
        $variant:ident in $table:literal: $message:literal, $at:literal, $more:literal, $columns:literal, $key:literal, $one:literal,
        $newer:literal
    ) => {
        fn table() -> &'static $crate::store::own_mark::Table {
            static TABLE: $crate::store::own_mark::Table = $crate::store::own_mark::Table {
                changed: $crate::store::own_mark::marks_where!(
                    $table,
                    $message,
                    $at,
                    $more,
                    "account = $1 AND seq > $2 AND seq <= $3 ORDER BY seq, ",
                    $key,
                    " LIMIT $4"
                ),
                one: $crate::store::own_mark::marks_where!($table, $message, $at, $more, "account = $1 AND ", $one),
                on_message: $crate::store::own_mark::marks_where!($table, $message, $at, $more, $message, " = $1 AND ended_at IS NULL"),
                below: $crate::store::own_mark::marks_where!(
                    $table,
                    $message,
                    $at,
                    $more,
                    "conversation = $1 AND pos < $2 AND ended_at IS NULL ORDER BY pos, account, ",
                    $key,
                    " LIMIT $3"
                ),
                left_behind: concat!(
                    "SELECT m.",
                    $message,
                    " FROM ",
                    $table,
                    " m JOIN retention r ON r.conversation = m.conversation ",
                    "WHERE m.conversation = $1 AND m.pos < r.pos AND m.ended_at IS NULL LIMIT 1"
                ),
                count: concat!("SELECT COUNT(*) FROM ", $table, " WHERE account = $1 AND ended_at IS NULL"),
                upsert: $crate::store::bulk::BulkInsert::new(
                    concat!(
                        "INSERT INTO ",
                        $table,
                        " (account, seq, ",
                        $message,
                        ", conversation, pos, ",
                        $at,
                        ", ended_at",
                        $more,
                        ") VALUES"
                    ),
                    $columns,
                    concat!(
                        "ON CONFLICT (account, ",
                        $key,
                        ") DO UPDATE SET ",
                        $at,
                        " = excluded.",
                        $at,
                        $newer,
                        ", ended_at = excluded.ended_at, seq = excluded.seq"
                    ),
                ),
            };
            &TABLE
        }

        fn of_record(record: &$crate::store::rows::Record) -> Option<&Self> {
            if let $crate::store::rows::Record::$variant(row) = record { Some(row) } else { None }
        }

        fn of_row(data: hearth_protocol::rows::RowData) -> Option<Self> {
            if let hearth_protocol::rows::RowData::$variant(row) = data { Some(row) } else { None }
        }

        fn into_record(self) -> $crate::store::rows::Record {
            $crate::store::rows::Record::$variant(self)
        }
    };
}
pub(super) use own_mark;

impl<M: OwnMark> Stored for M {
    type Record = M;

    fn row(record: &M) -> Self {
        record.clone()
    }

    /// Nothing stands on it.
    async fn learn(_record: &mut M, _stream: StreamId, _view: &mut View<'_>) -> Result<(), StoreError> {
        Ok(())
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        reads::changed(connection, M::table().changed, sight, range, limit, row_of::<M>).await
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let query = sqlx::query(M::table().one).bind(stream.owner().as_bytes().to_vec());
        let found = M::ids(id)?.into_iter().fold(query, |query, id| query.bind(id)).fetch_optional(connection).await?;
        found.as_ref().map(row_of::<M>).transpose()
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, M>]) -> Result<(), StoreError> {
        let upsert = &M::table().upsert;
        upsert
            .run(connection, puts, |put, values| {
                let Mark { message, conversation, pos, at, ended_at } = put.record.mark();
                values.id(put.stream.owner().as_bytes()).number(put.seq).id(message.as_bytes()).id(conversation.as_bytes());
                values.number(pos).add(at).add(ended_at);
                put.record.bind_more(values);
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

impl On {
    /// Whether a mark is on one of them, and not over.
    pub fn means(self, mark: Mark) -> bool {
        let on_one = match self {
            Self::Message(message) => mark.message == message,
            Self::Below(conversation, pos) => mark.conversation == conversation && mark.pos < pos,
        };
        on_one && mark.ended_at.is_none()
    }
}

/// Marks, by whose they are and their ids among those.
pub(crate) type OwnMarks<M> = BTreeMap<(UserId, String), M>;

/// Marks of a kind below a place that end in one commit: what they are told on is a stream for each of their people.
const BELOW_MAX: i64 = 500;

/// Everybody's, as far as they are written; below a place the first so many.
pub(crate) async fn find<M: OwnMark>(connection: &mut AnyConnection, on: On) -> Result<OwnMarks<M>, StoreError> {
    let query = match on {
        On::Message(message) => sqlx::query(M::table().on_message).bind(message.as_bytes().to_vec()),
        On::Below(conversation, pos) => {
            sqlx::query(M::table().below).bind(conversation.as_bytes().to_vec()).bind(columns::to_big(pos)).bind(BELOW_MAX)
        }
    };
    let rows = query.fetch_all(connection).await?;
    rows.iter().map(keyed::<M>).collect()
}

/// Whether somebody still has one of any kind on what is no longer kept of a conversation.
pub(crate) async fn are_left_behind(connection: &mut AnyConnection, conversation: ConversationId) -> Result<bool, StoreError> {
    for table in [StarRow::table(), HiddenRow::table(), CollectedRow::table(), ThreadRow::table()] {
        let query = sqlx::query(table.left_behind).bind(conversation.as_bytes().to_vec());
        if query.fetch_optional(&mut *connection).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How many somebody has of a kind, as far as they are written.
pub(crate) async fn count<M: OwnMark>(connection: &mut AnyConnection, user: UserId) -> Result<usize, StoreError> {
    let row = sqlx::query(M::table().count).bind(user.as_bytes().to_vec()).fetch_one(connection).await?;
    Ok(usize::try_from(columns::number(&row, 0)?).unwrap_or(usize::MAX))
}

/// A mark, and what is its key in [`OwnMarks`].
pub(super) fn keyed<M: OwnMark>(row: &AnyRow) -> Result<((UserId, String), M), StoreError> {
    let mark: M = read(row)?;
    Ok(((columns::user(row, 0)?, mark.id()), mark))
}

fn row_of<M: OwnMark>(row: &AnyRow) -> Result<Row, StoreError> {
    Ok(Row::new(columns::number(row, 1)?, read::<M>(row)?))
}

fn read<M: OwnMark>(row: &AnyRow) -> Result<M, StoreError> {
    let mark = Mark {
        message: MutationId(columns::uuid(row, 2)?),
        conversation: columns::conversation(row, 3)?,
        pos: columns::number(row, 4)?,
        at: row.try_get(5)?,
        ended_at: row.try_get(6)?,
    };
    M::read(mark, row)
}
