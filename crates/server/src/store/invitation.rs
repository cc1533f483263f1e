//! Who asks whom: rows of the user streams of both.

use super::{
    StoreError, account,
    bulk::BulkInsert,
    columns, reads,
    rows::{Put, Stored},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{
    Seq,
    ids::{GroupId, InvitationId, UserId},
    row::Row,
    rows::{InvitationKind, InvitationRow, InvitationStatus, InvitedTo},
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};
use std::collections::{BTreeMap, BTreeSet};

macro_rules! invitation_select {
    ($condition:literal) => {
        concat!(
            "SELECT i.id, i.kind, f.id, f.username, f.first_name, f.last_name, t.id, t.username, t.first_name, t.last_name, ",
            "i.content, i.status, i.created_at, i.answered_at, i.seq, i.group_id, i.group_name, i.account ",
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

    async fn learn(_record: &mut InvitationRow, _stream: StreamId, _view: &mut View<'_>) -> Result<(), StoreError> {
        Ok(())
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        let sql = invitation_select!("i.account = $1 AND i.seq > $2 AND i.seq <= $3 ORDER BY i.seq, i.id LIMIT $4");
        reads::changed(connection, sql, sight, range, limit, read).await
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let sql = invitation_select!("i.account = $1 AND i.id = $2");
        reads::one(connection, sql, stream, id, read).await
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, InvitationRow>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO invitation (account, id, kind, sender, receiver, group_id, group_name, content, status, created_at, answered_at, seq) VALUES",
            12,
            "ON CONFLICT (account, id) DO UPDATE SET group_name = excluded.group_name, content = excluded.content, status = excluded.status, \
             created_at = excluded.created_at, answered_at = excluded.answered_at, seq = excluded.seq",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                let row = put.record;
                values.id(put.stream.owner().as_bytes()).id(row.id.as_bytes()).add(row.kind.as_str());
                values.id(row.sender.user.as_bytes()).id(row.receiver.user.as_bytes());
                values
                    .add(row.group.as_ref().map(|group| group.id.as_bytes().to_vec()))
                    .add(row.group.as_ref().map(|group| group.name.clone()));
                values.add(row.content.clone()).add(row.status.as_str()).add(row.created_at).add(row.answered_at).number(put.seq);
            })
            .await
    }
}

/// Invitations into groups without an answer, by what they have in common.
#[derive(Clone, Copy)]
pub(crate) enum Pending {
    /// Into a group.
    Into(GroupId),
    /// Of somebody into a group.
    IntoFor(GroupId, UserId),
    /// Of the first to the second into any group.
    IntoGroups(UserId, UserId),
}

impl Pending {
    fn includes(self, row: &InvitationRow) -> bool {
        let group = row.group.as_ref().map(|group| group.id);
        row.status == InvitationStatus::Pending
            && match self {
                Self::Into(into) => group == Some(into),
                Self::IntoFor(into, receiver) => group == Some(into) && row.receiver.user == receiver,
                Self::IntoGroups(sender, receiver) => group.is_some() && (row.sender.user, row.receiver.user) == (sender, receiver),
            }
    }

    /// Those of these copies that belong to it.
    pub fn sift(self, copies: &mut BTreeMap<(UserId, InvitationId), InvitationRow>) {
        copies.retain(|_, row| self.includes(row));
    }
}

/// What somebody asks of this kind and nobody has answered.
pub(crate) async fn asked(
    connection: &mut AnyConnection,
    user: UserId,
    kind: InvitationKind,
) -> Result<BTreeSet<InvitationId>, StoreError> {
    let rows = sqlx::query("SELECT id FROM invitation WHERE account = $1 AND sender = $1 AND kind = $2 AND status = 'pending'")
        .bind(user.as_bytes().to_vec())
        .bind(kind.as_str())
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| Ok(InvitationId(columns::uuid(row, 0)?))).collect()
}

/// Every copy, by whose it is.
pub(crate) async fn pending(
    connection: &mut AnyConnection,
    which: Pending,
) -> Result<BTreeMap<(UserId, InvitationId), InvitationRow>, StoreError> {
    let bytes = |id: &[u8]| id.to_vec();
    let query = match which {
        Pending::Into(group) => sqlx::query(invitation_select!("i.group_id = $1 AND i.status = 'pending'")).bind(bytes(group.as_bytes())),
        Pending::IntoFor(group, receiver) => {
            sqlx::query(invitation_select!("i.group_id = $1 AND i.receiver = $2 AND i.status = 'pending'"))
                .bind(bytes(group.as_bytes()))
                .bind(bytes(receiver.as_bytes()))
        }
        Pending::IntoGroups(sender, receiver) => {
            sqlx::query(invitation_select!("i.sender = $1 AND i.receiver = $2 AND i.kind = 'group' AND i.status = 'pending'"))
                .bind(bytes(sender.as_bytes()))
                .bind(bytes(receiver.as_bytes()))
        }
    };
    let rows = query.fetch_all(connection).await?;
    rows.iter().map(|row| Ok(((columns::user(row, 17)?, InvitationId(columns::uuid(row, 0)?)), content(row)?))).collect()
}

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    Ok(Row::new(columns::number(row, 14)?, content(row)?))
}

fn content(row: &AnyRow) -> Result<InvitationRow, StoreError> {
    let group = match columns::group_or_none(row, 15)? {
        Some(id) => Some(InvitedTo { id, name: row.try_get(16)? }),
        None => None,
    };
    Ok(InvitationRow {
        id: InvitationId(columns::uuid(row, 0)?),
        kind: InvitationKind::parse(row.try_get(1)?),
        sender: account::person_at(row, 2)?,
        receiver: account::person_at(row, 6)?,
        group,
        content: row.try_get(10)?,
        status: InvitationStatus::parse(row.try_get(11)?),
        created_at: row.try_get(12)?,
        answered_at: row.try_get(13)?,
    })
}
