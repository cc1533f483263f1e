//! Who asks whom: rows of the user streams of both.

use super::{
    StoreError, account,
    bulk::BulkInsert,
    columns,
    rows::{Put, Stored},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{
    Seq,
    ids::{InvitationId, UserId},
    row::Row,
    rows::{InvitationKind, InvitationRow, InvitationStatus},
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};
use std::collections::BTreeSet;

macro_rules! invitation_select {
    ($condition:literal) => {
        concat!(
            "SELECT i.id, i.kind, f.id, f.username, f.first_name, f.last_name, t.id, t.username, t.first_name, t.last_name, ",
            "i.content, i.status, i.created_at, i.answered_at, i.seq ",
            "FROM invitation i JOIN account f ON f.id = i.sender JOIN account t ON t.id = i.receiver WHERE ",
            $condition
        )
    };
}

impl Stored for InvitationRow {
    type Record = InvitationRow;

    fn row(record: &InvitationRow) -> Self {
        record.clone()
    }

    async fn learn(record: &mut InvitationRow, stream: StreamId, view: &mut View<'_>) -> Result<(), StoreError> {
        let StreamId::User(user) = stream else { return Err(StoreError::Unreadable("stream of an invitation")) };
        view.learn_invitation(user, record).await
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        let rows = sqlx::query(invitation_select!("i.account = $1 AND i.seq > $2 AND i.seq <= $3 ORDER BY i.seq, i.id LIMIT $4"))
            .bind(sight.stream.owner().as_bytes().to_vec())
            .bind(columns::to_big(range.0))
            .bind(columns::to_big(range.1))
            .bind(limit)
            .fetch_all(connection)
            .await?;
        rows.iter().map(read).collect()
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let row = sqlx::query(invitation_select!("i.account = $1 AND i.id = $2"))
            .bind(stream.owner().as_bytes().to_vec())
            .bind(columns::id_of(id)?)
            .fetch_optional(connection)
            .await?;
        row.as_ref().map(read).transpose()
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, InvitationRow>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO invitation (account, id, kind, sender, receiver, content, status, created_at, answered_at, seq) VALUES",
            10,
            "ON CONFLICT (account, id) DO UPDATE SET content = excluded.content, status = excluded.status, \
             created_at = excluded.created_at, answered_at = excluded.answered_at, seq = excluded.seq",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                let row = put.record;
                values.id(put.stream.owner().as_bytes()).id(row.id.as_bytes()).add(row.kind.as_str());
                values.id(row.sender.user.as_bytes()).id(row.receiver.user.as_bytes()).add(row.content.clone());
                values.add(row.status.as_str()).add(row.created_at).add(row.answered_at).number(put.seq);
            })
            .await
    }
}

/// Whom somebody has asked to become their contact, and who has not answered.
pub(crate) async fn asked(connection: &mut AnyConnection, user: UserId) -> Result<BTreeSet<UserId>, StoreError> {
    let rows = sqlx::query("SELECT receiver FROM invitation WHERE account = $1 AND sender = $1 AND kind = 'friend' AND status = 'pending'")
        .bind(user.as_bytes().to_vec())
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| columns::user(row, 0)).collect()
}

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    let data = InvitationRow {
        id: InvitationId(columns::uuid(row, 0)?),
        kind: InvitationKind::parse(row.try_get(1)?),
        sender: account::person_at(row, 2)?,
        receiver: account::person_at(row, 6)?,
        content: row.try_get(10)?,
        status: InvitationStatus::parse(row.try_get(11)?),
        created_at: row.try_get(12)?,
        answered_at: row.try_get(13)?,
    };
    Ok(Row::new(columns::number(row, 14)?, data))
}
