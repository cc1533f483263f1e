//! Rows of a stream, kind by kind, each guarded by its seq.

use super::{Changes, NewMessage};
use crate::{
    Result,
    sql::{from_json, number},
    tables::{group, known::Known, membership, unknown_row},
};
use hearth_protocol::{
    Seq,
    ids::{ConversationId, GroupId},
    row::Row,
    rows::{MessageRow, RowData, RowKind},
    stream::StreamId,
};
use sqlx::SqliteConnection;

/// Where rows arrive.
pub(crate) struct Arrival<'a> {
    pub stream: StreamId,
    /// The places of the conversation of which every message is here.
    pub known: &'a Known,
    /// Tombstones up to here are purged.
    pub floor: Seq,
    /// They came by themselves: new messages among them are news.
    pub live: bool,
}

/// A row kind and its table. One kind, one file in `tables/` with an `impl Kept`; everything that goes through all of them is generated
/// here from the protocol's list, so that a kind without its file does not compile.
pub(crate) trait Kept: RowKind {
    /// Its visible rows as text, one a line, in an order that does not depend on how they came: for tests that compare replicas.
    const DUMP: &'static str;

    /// What can be seen of the rows of one stream, as two columns: the seq, and the data as JSON in which an id may stand without its
    /// dashes. `?1` is the stream's owner.
    const WIRE: &'static str;

    /// Writes the rows that are newer than what is here of them.
    async fn apply(changes: &mut Changes<'_>, arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()>;

    /// Removes a stream's rows of this kind, but for those after `keep_after` if given.
    async fn clear(changes: &mut Changes<'_>, stream: StreamId, keep_after: Option<Seq>) -> Result<()>;
}

macro_rules! kept {
    ($($variant:ident($row:ty)),+ $(,)?) => {
        /// What [`Kept::DUMP`] says, by kind.
        pub(crate) const DUMPS: &[(&str, &str)] = &[$((<$row as RowKind>::KIND, <$row as Kept>::DUMP)),+];

        /// A stream's rows as the server told them, in the order of their seqs; those that have a place are read page by page instead.
        pub(crate) async fn of_stream(tx: &mut SqliteConnection, stream: StreamId) -> Result<Vec<Row>> {
            let mut rows = Vec::new();
            $(if <$row as RowKind>::HOME == stream.kind() && !<$row as RowKind>::PLACED {
                let found: Vec<(i64, String)> =
                    sqlx::query_as(<$row as Kept>::WIRE).bind(stream.owner().as_bytes().as_slice()).fetch_all(&mut *tx).await?;
                for (seq, data) in found {
                    rows.push(Row::new(number(seq), from_json::<$row>(&data)?));
                }
            })+
            rows.sort_by_key(|row| row.seq);
            Ok(rows)
        }

        impl Changes<'_> {
            /// Applies rows; those that this build does not know, or not in such a stream, are kept as they came.
            pub(super) async fn rows(&mut self, arrival: &Arrival<'_>, rows: &[Row]) -> Result<()> {
                $(if <$row as RowKind>::HOME == arrival.stream.kind() {
                    let mine: Vec<(Seq, &$row)> = rows
                        .iter()
                        .filter_map(|row| if let RowData::$variant(data) = &row.data { Some((row.seq, data)) } else { None })
                        .collect();
                    if !mine.is_empty() {
                        <$row as Kept>::apply(self, arrival, &mine).await?;
                    }
                })+
                for row in rows.iter().filter(|row| row.data.home() != Some(arrival.stream.kind())) {
                    self.strange(arrival.stream, row).await?;
                }
                Ok(())
            }

            /// Removes a stream's rows of every kind that this build knows.
            pub(super) async fn clear_rows(&mut self, stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
                $(if <$row as RowKind>::HOME == stream.kind() {
                    <$row as Kept>::clear(self, stream, keep_after).await?;
                })+
                Ok(())
            }
        }
    };
}

hearth_protocol::each_row_kind!(kept);

impl Changes<'_> {
    /// Remembers whose channel rows are of before they are applied: of a group that I have left nothing is.
    pub(super) async fn learn_home(&mut self, stream: StreamId, rows: &[Row]) -> Result<()> {
        let StreamId::Conversation(conversation) = stream else { return Ok(()) };
        let home = rows.iter().find_map(|row| if let RowData::Conversation(row) = &row.data { row.group } else { None });
        match home {
            Some(home) => self.learn_home_of(conversation, home).await,
            None => Ok(()),
        }
    }

    /// The same where the group is known. What came before this was known goes with the group.
    pub(crate) async fn learn_home_of(&mut self, conversation: ConversationId, home: GroupId) -> Result<()> {
        if group::learn_home(self.tx, conversation, home).await? && membership::has_left(self.tx, conversation).await? {
            self.forget(conversation).await?;
        }
        Ok(())
    }

    async fn strange(&mut self, stream: StreamId, row: &Row) -> Result<()> {
        let raw = match &row.data {
            RowData::Unknown { raw, .. } => raw.get().to_owned(),
            _ => crate::sql::json(row)?,
        };
        unknown_row::apply(self.tx, stream, row.seq, &row.data.key(), &raw).await?;
        Ok(())
    }

    /// News, if they appeared just now and are not mine.
    pub(crate) fn tell(&mut self, arrival: &Arrival<'_>, message: &MessageRow) {
        if let (true, Some(conversation)) = (arrival.live, arrival.stream.conversation())
            && message.body.as_ref().is_some_and(|body| !body.is_system())
            && Some(message.sender) != self.me
        {
            self.applied.new_messages.push(NewMessage { conversation, message: message.clone() });
        }
    }
}

/// The messages of a conversation's rows.
pub(super) fn messages(rows: &[Row]) -> impl Iterator<Item = (Seq, &MessageRow)> {
    rows.iter().filter_map(|row| if let RowData::Message(message) = &row.data { Some((row.seq, message)) } else { None })
}
