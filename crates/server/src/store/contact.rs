//! Who is whose contact: rows of user streams, one for each of the two.

use super::{
    StoreError, account,
    bulk::BulkInsert,
    columns, reads,
    rows::{Put, Stored},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{Seq, ids::UserId, row::Row, rows::ContactRow, stream::StreamId};
use sqlx::{AnyConnection, Row as _, any::AnyRow};
use std::collections::BTreeSet;

macro_rules! contact_select {
    ($condition:literal) => {
        concat!(
            "SELECT p.id, p.username, p.first_name, p.last_name, t.since, t.ended_at, t.seq ",
            "FROM contact t JOIN account p ON p.id = t.other WHERE ",
            $condition
        )
    };
}

impl Stored for ContactRow {
    type Record = ContactRow;

    fn row(record: &ContactRow) -> Self {
        record.clone()
    }

    async fn learn(record: &mut ContactRow, stream: StreamId, view: &mut View<'_>) -> Result<(), StoreError> {
        let StreamId::User(user) = stream else { return Err(StoreError::Unreadable("stream of a contact")) };
        view.learn_contact(user, record).await
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        let sql = contact_select!("t.account = $1 AND t.seq > $2 AND t.seq <= $3 ORDER BY t.seq, t.other LIMIT $4");
        reads::changed(connection, sql, sight, range, limit, read).await
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let sql = contact_select!("t.account = $1 AND t.other = $2");
        reads::one(connection, sql, stream, id, read).await
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, ContactRow>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO contact (account, other, since, ended_at, seq) VALUES",
            5,
            "ON CONFLICT (account, other) DO UPDATE SET since = excluded.since, ended_at = excluded.ended_at, seq = excluded.seq",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                let row = put.record;
                values.id(put.stream.owner().as_bytes()).id(row.person.user.as_bytes()).add(row.since).add(row.ended_at).number(put.seq);
            })
            .await
    }
}

/// Somebody's contacts.
pub(crate) async fn people(connection: &mut AnyConnection, user: UserId) -> Result<BTreeSet<UserId>, StoreError> {
    let rows = sqlx::query("SELECT other FROM contact WHERE account = $1 AND ended_at IS NULL")
        .bind(user.as_bytes().to_vec())
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| columns::user(row, 0)).collect()
}

/// Everybody's, for who looks after what is told.
#[cfg(feature = "sim")]
pub(crate) async fn all(connection: &mut AnyConnection) -> Result<BTreeSet<(UserId, UserId)>, StoreError> {
    let rows = sqlx::query("SELECT account, other FROM contact WHERE ended_at IS NULL").fetch_all(connection).await?;
    rows.iter().map(|row| Ok((columns::user(row, 0)?, columns::user(row, 1)?))).collect()
}

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    let data = ContactRow { person: account::person_at(row, 0)?, since: row.try_get(4)?, ended_at: row.try_get(5)? };
    Ok(Row::new(columns::number(row, 6)?, data))
}
