//! Who is or was in which group: rows of group streams.

use super::{
    StoreError, account,
    bulk::BulkInsert,
    columns, reads,
    rows::{Put, Stored},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{
    Millis, Seq,
    ids::{GroupId, UserId},
    row::Row,
    rows::{GroupMemberRow, MemberRole},
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

macro_rules! group_member_select {
    ($condition:literal) => {
        concat!(
            "SELECT a.id, a.username, a.first_name, a.last_name, m.role, m.joined_at, m.left_at, m.seq ",
            "FROM group_member m JOIN account a ON a.id = m.account WHERE ",
            $condition
        )
    };
}

impl Stored for GroupMemberRow {
    type Record = GroupMemberRow;

    fn row(record: &GroupMemberRow) -> Self {
        record.clone()
    }

    async fn learn(record: &mut GroupMemberRow, stream: StreamId, view: &mut View<'_>) -> Result<(), StoreError> {
        let StreamId::Group(group) = stream else { return Err(StoreError::Unreadable("stream of a group's member")) };
        view.learn_group_member(group, record).await
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        let sql = group_member_select!("m.group_id = $1 AND m.seq > $2 AND m.seq <= $3 ORDER BY m.seq, a.id LIMIT $4");
        reads::changed(connection, sql, sight, range, limit, read).await
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let sql = group_member_select!("m.group_id = $1 AND m.account = $2");
        reads::one(connection, sql, stream, id, read).await
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, GroupMemberRow>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO group_member (group_id, account, role, joined_at, left_at, seq) VALUES",
            6,
            "ON CONFLICT (group_id, account) DO UPDATE SET role = excluded.role, joined_at = excluded.joined_at, \
             left_at = excluded.left_at, seq = excluded.seq",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                let row = put.record;
                values.id(put.stream.owner().as_bytes()).id(row.person.user.as_bytes()).add(row.role.as_str());
                values.add(row.joined_at).add(row.left_at).number(put.seq);
            })
            .await
    }
}

/// Somebody who is or was in a group.
pub(crate) struct Belonging {
    pub user: UserId,
    pub role: MemberRole,
    pub joined_at: Millis,
    pub left: bool,
    pub vis_ver: u64,
}

/// Everybody who is or was in the group.
pub(crate) async fn everybody(connection: &mut AnyConnection, group: GroupId) -> Result<Vec<Belonging>, StoreError> {
    let rows = sqlx::query(
        "SELECT m.account, m.role, m.joined_at, m.left_at, s.vis_ver FROM group_member m \
         JOIN group_membership s ON s.account = m.account AND s.group_id = m.group_id WHERE m.group_id = $1",
    )
    .bind(group.as_bytes().to_vec())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Belonging {
                user: columns::user(row, 0)?,
                role: columns::member_role(row, 1)?,
                joined_at: row.try_get(2)?,
                left: row.try_get::<Option<i64>, _>(3)?.is_some(),
                vis_ver: columns::number(row, 4)?,
            })
        })
        .collect()
}

/// What somebody is in the group; `None` if they are not in it, or it is not there.
pub(crate) async fn role(connection: &mut AnyConnection, group: GroupId, user: UserId) -> Result<Option<MemberRole>, StoreError> {
    let row = sqlx::query("SELECT role FROM group_member WHERE group_id = $1 AND account = $2 AND left_at IS NULL")
        .bind(group.as_bytes().to_vec())
        .bind(user.as_bytes().to_vec())
        .fetch_optional(connection)
        .await?;
    row.map(|row| columns::member_role(&row, 0)).transpose()
}

/// Every group that somebody is or was in.
pub(crate) async fn groups_of(connection: &mut AnyConnection, user: UserId) -> Result<Vec<GroupId>, StoreError> {
    let query = sqlx::query("SELECT group_id FROM group_membership WHERE account = $1").bind(user.as_bytes().to_vec());
    query.fetch_all(connection).await?.iter().map(|row| columns::group(row, 0)).collect()
}

/// Everybody who is in the group now.
pub(crate) async fn present(connection: &mut AnyConnection, group: GroupId) -> Result<Vec<UserId>, StoreError> {
    let rows = sqlx::query("SELECT account FROM group_member WHERE group_id = $1 AND left_at IS NULL")
        .bind(group.as_bytes().to_vec())
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| columns::user(row, 0)).collect()
}

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    let data = GroupMemberRow {
        person: account::person_at(row, 0)?,
        role: columns::member_role(row, 4)?,
        joined_at: row.try_get(5)?,
        left_at: row.try_get(6)?,
    };
    Ok(Row::new(columns::number(row, 7)?, data))
}
