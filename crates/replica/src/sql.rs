//! Between Rust's types and SQLite's.

use crate::{Error, Result};
use hearth_protocol::ids::{
    CollectionId, ConversationId, DeviceId, Epoch, GroupId, InvitationId, MediaId, MutationId, NotificationId, UserId,
};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{Row, Sqlite, SqliteConnection, sqlite::SqliteRow};

/// An id that a column holds as 16 bytes.
pub(crate) trait Id: Sized {
    fn read(bytes: &[u8]) -> Result<Self>;
}

macro_rules! ids {
    ($($id:ident),+) => {
        $(impl Id for $id {
            fn read(bytes: &[u8]) -> Result<Self> {
                Self::from_slice(bytes).map_err(damaged)
            }
        })+
    };
}

ids!(UserId, ConversationId, GroupId, MutationId, DeviceId, InvitationId, MediaId, NotificationId, CollectionId, Epoch);

pub(crate) fn id<T: Id>(bytes: &[u8]) -> Result<T> {
    T::read(bytes)
}

pub(crate) fn optional_id<T: Id>(bytes: Option<Vec<u8>>) -> Result<Option<T>> {
    bytes.map(|bytes| T::read(&bytes)).transpose()
}

/// A seq or pos for a column. What a hostile server makes larger than any real one becomes the largest.
pub(crate) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A seq, pos or count from a column.
pub(crate) fn number(int: i64) -> u64 {
    u64::try_from(int).unwrap_or(0)
}

pub(crate) fn small(int: i64) -> u32 {
    u32::try_from(int.max(0)).unwrap_or(u32::MAX)
}

/// What this crate wrote does not read back.
pub(crate) fn damaged(error: impl ToString) -> Error {
    Error::Damaged(error.to_string())
}

pub(crate) fn json<T: Serialize + ?Sized>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Database(sqlx::Error::Encode(error.into())))
}

pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(damaged)
}

/// As `unhex` reads it.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A list of ids as the one parameter of `IN (SELECT unhex(value) FROM json_each(?))`.
pub(crate) fn id_list<'a>(ids: impl Iterator<Item = &'a [u8]>) -> Result<String> {
    let hex: Vec<String> = ids.map(hex).collect();
    json(&hex)
}

/// Reads a column.
pub(crate) fn get<'r, T>(row: &'r SqliteRow, column: &str) -> Result<T>
where
    T: sqlx::Decode<'r, Sqlite> + sqlx::Type<Sqlite>,
{
    row.try_get(column).map_err(Error::from)
}

/// Reads a column that files of an older schema do not have: `None` there.
pub(crate) fn younger<'r, T>(row: &'r SqliteRow, column: &str) -> Result<Option<T>>
where
    T: sqlx::Decode<'r, Sqlite> + sqlx::Type<Sqlite>,
{
    match row.try_get(column) {
        Err(sqlx::Error::ColumnNotFound(_)) => Ok(None),
        other => Ok(Some(other?)),
    }
}

/// How many rows the last statement changed was more than none.
pub(crate) async fn run(
    connection: &mut SqliteConnection,
    query: sqlx::query::Query<'_, Sqlite, sqlx::sqlite::SqliteArguments>,
) -> Result<bool> {
    Ok(query.execute(connection).await?.rows_affected() > 0)
}
