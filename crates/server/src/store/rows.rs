//! The row kinds as the server keeps them. One kind, one file of this folder with an `impl Stored`; everything that goes through all of
//! them is generated here from the protocol's list, so that a kind without its file does not compile.

use super::StoreError;
use crate::{commit::View, sight::Sight};
use hearth_protocol::{
    Seq,
    row::{Row, RowKey},
    rows::{RowData, RowKind},
    stream::StreamId,
};
use sqlx::AnyConnection;

/// A row that a batch changed, at its newest, on its way into its table.
pub(crate) struct Put<'a, R> {
    pub stream: StreamId,
    pub seq: Seq,
    pub record: &'a R,
}

/// A row kind and its table.
pub(crate) trait Stored: RowKind + Into<RowData> {
    /// The row with what the server alone keeps of it.
    type Record;

    /// What travels of it.
    fn row(record: &Self::Record) -> Self;

    /// The same, of a record that nobody needs any more.
    fn into_row(record: Self::Record) -> Self {
        Self::row(&record)
    }

    /// What is written when a batch changes a row twice: the later record, with what the earlier one alone holds.
    fn after(_earlier: Self::Record, later: Self::Record) -> Self::Record {
        later
    }

    /// Numbers what only the committer can number, and lets its facts learn of the change. Called once for each, in their order.
    async fn learn(record: &mut Self::Record, stream: StreamId, view: &mut View<'_>) -> Result<(), StoreError>;

    /// The visible rows changed in `(after, upto]`, the first `limit` by seq.
    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError>;

    /// One row at its newest, by its id in its stream.
    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError>;

    /// Writes rows in as few statements as can be, over what is there of them.
    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, Self::Record>]) -> Result<(), StoreError>;
}

macro_rules! stored {
    ($($variant:ident($row:ty)),+ $(,)?) => {
        /// A row of any kind as it is written.
        pub(crate) enum Record {
            $($variant(<$row as Stored>::Record),)+
        }

        impl Record {
            pub fn row(&self) -> RowData {
                match self {
                    $(Self::$variant(record) => <$row as Stored>::row(record).into(),)+
                }
            }

            pub fn into_row(self) -> RowData {
                match self {
                    $(Self::$variant(record) => <$row as Stored>::into_row(record).into(),)+
                }
            }

            /// The same row, changed again before it was written.
            pub fn after(earlier: Self, later: Self) -> Self {
                match (earlier, later) {
                    $((Self::$variant(earlier), Self::$variant(later)) => Self::$variant(<$row as Stored>::after(earlier, later)),)+
                    (_, later) => later,
                }
            }

            pub async fn learn(&mut self, stream: StreamId, view: &mut View<'_>) -> Result<(), StoreError> {
                match self {
                    $(Self::$variant(record) => <$row as Stored>::learn(record, stream, view).await,)+
                }
            }
        }

        /// At most `limit` rows of each kind changed in `(after, upto]`: the first so many of all kinds are among them.
        pub(crate) async fn changed(
            connection: &mut AnyConnection,
            sight: &Sight,
            range: (Seq, Seq),
            limit: i64,
        ) -> Result<Vec<Row>, StoreError> {
            let mut rows = Vec::new();
            $(if <$row as RowKind>::HOME == sight.stream.kind() {
                rows.extend(<$row as Stored>::changed(connection, sight, range, limit).await?);
            })+
            Ok(rows)
        }

        /// Every row without a place: what a first copy brings besides the messages.
        pub(crate) async fn unplaced(connection: &mut AnyConnection, sight: &Sight, head: Seq) -> Result<Vec<Row>, StoreError> {
            let mut rows = Vec::new();
            $(if <$row as RowKind>::HOME == sight.stream.kind() && !<$row as RowKind>::PLACED {
                rows.extend(<$row as Stored>::changed(connection, sight, (0, head), i64::MAX).await?);
            })+
            Ok(rows)
        }

        /// One row at its newest.
        pub(crate) async fn one(connection: &mut AnyConnection, stream: StreamId, key: &RowKey) -> Result<Option<Row>, StoreError> {
            match key.kind.as_str() {
                $(<$row as RowKind>::KIND if <$row as RowKind>::HOME == stream.kind() => {
                    <$row as Stored>::one(connection, stream, &key.id).await
                })+
                _ => Err(StoreError::Unreadable("row key")),
            }
        }

        /// Writes rows of all kinds, those first on which others stand.
        pub(crate) async fn write(connection: &mut AnyConnection, records: &[(StreamId, Seq, &Record)]) -> Result<(), StoreError> {
            $({
                let puts: Vec<Put<'_, <$row as Stored>::Record>> = records
                    .iter()
                    .filter_map(|(stream, seq, record)| match record {
                        Record::$variant(record) => Some(Put { stream: *stream, seq: *seq, record }),
                        #[allow(unreachable_patterns)]
                        _ => None,
                    })
                    .collect();
                if !puts.is_empty() {
                    <$row as Stored>::write(connection, &puts).await?;
                }
            })+
            Ok(())
        }
    };
}

hearth_protocol::each_row_kind!(stored);
