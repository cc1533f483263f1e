//! Statements about many rows: most of a commit's time is the number of its statements.

use super::{StoreError, dialect::Dialect};
use sqlx::{Any, AnyConnection, Arguments as _, AssertSqlSafe, any::AnyArguments, encode::Encode, error::BoxDynError, types::Type};
use std::{
    fmt::Write as _,
    sync::{Arc, OnceLock},
};

/// Rows per statement, largest first, up to a full commit's: five prepared texts for each table instead of one for each number of rows.
const SIZES: [usize; 5] = [256, 64, 16, 4, 1];

/// One table's `INSERT .. VALUES (..), (..) ..`.
pub(crate) struct BulkInsert {
    /// Up to and with `VALUES`.
    before: &'static str,
    columns: usize,
    /// What follows the values: an ON CONFLICT clause or nothing.
    after: &'static str,
    sqlite: Texts,
    postgres: Texts,
}

/// A statement's text for each of [`SIZES`].
type Texts = [OnceLock<Arc<str>>; SIZES.len()];

const fn no_texts() -> Texts {
    [const { OnceLock::new() }; SIZES.len()]
}

/// The values of one statement, in order.
#[derive(Default)]
pub(crate) struct Values {
    arguments: AnyArguments,
    error: Option<BoxDynError>,
}

impl Values {
    pub fn add<'v, T: Encode<'v, Any> + Type<Any>>(&mut self, value: T) -> &mut Self {
        if let Err(error) = self.arguments.add(value) {
            self.error = Some(error);
        }
        self
    }

    pub fn id(&mut self, bytes: &[u8]) -> &mut Self {
        self.add(bytes.to_vec())
    }

    pub fn number(&mut self, number: u64) -> &mut Self {
        self.add(super::columns::to_big(number))
    }
}

impl BulkInsert {
    pub const fn new(before: &'static str, columns: usize, after: &'static str) -> Self {
        Self { before, columns, after, sqlite: no_texts(), postgres: no_texts() }
    }

    /// Inserts all rows; `bind` adds one row's values in the order of the columns.
    pub async fn run<T>(&self, connection: &mut AnyConnection, rows: &[T], bind: impl Fn(&T, &mut Values)) -> Result<(), StoreError> {
        let dialect = Dialect::of_connection(connection);
        let texts = match dialect {
            Dialect::Sqlite => &self.sqlite,
            Dialect::Postgres => &self.postgres,
        };
        let mut rest = rows;
        for (size, text) in SIZES.iter().zip(texts) {
            while rest.len() >= *size {
                let (chunk, after) = rest.split_at(*size);
                rest = after;
                let mut values = Values::default();
                chunk.iter().for_each(|row| bind(row, &mut values));
                if let Some(error) = values.error {
                    return Err(sqlx::Error::Encode(error).into());
                }
                let sql = text.get_or_init(|| self.text(dialect, *size)).clone();
                sqlx::query_with(AssertSqlSafe(sql), values.arguments).execute(&mut *connection).await?;
            }
        }
        Ok(())
    }

    fn text(&self, dialect: Dialect, rows: usize) -> Arc<str> {
        let mut sql = String::from(self.before);
        for row in 0..rows {
            let comma = if row == 0 { "" } else { "," };
            // Writing to a String cannot fail.
            let _ = write!(sql, "{comma} ({})", marks(dialect, row * self.columns + 1, self.columns));
        }
        sql.push(' ');
        sql.push_str(self.after);
        sql.into()
    }
}

/// The inside of an `IN (..)` for so many values, which are all that the statement has.
pub(crate) fn placeholders(dialect: Dialect, count: usize) -> String {
    marks(dialect, 1, count)
}

/// The parameters `first, first + 1, ..`. PostgreSQL wants them numbered. SQLite takes that too, but looks each one up among all of them as
/// it is bound: with thousands that was half of a commit's time.
fn marks(dialect: Dialect, first: usize, count: usize) -> String {
    let mark = |n: usize| match dialect {
        Dialect::Sqlite => "?".to_owned(),
        Dialect::Postgres => format!("${n}"),
    };
    (first..first + count).map(mark).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_numbered_through_where_they_must_be() {
        let insert = BulkInsert::new("INSERT INTO t (a, b) VALUES", 2, "ON CONFLICT DO NOTHING");
        assert_eq!(&*insert.text(Dialect::Postgres, 2), "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) ON CONFLICT DO NOTHING");
        assert_eq!(&*insert.text(Dialect::Sqlite, 2), "INSERT INTO t (a, b) VALUES (?, ?), (?, ?) ON CONFLICT DO NOTHING");
        assert_eq!(placeholders(Dialect::Postgres, 3), "$1, $2, $3");
    }
}
