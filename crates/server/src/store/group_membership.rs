//! That somebody is or was in a group: rows of user streams.

use super::{
    StoreError,
    bulk::BulkInsert,
    columns, reads,
    rows::{Put, Stored},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{
    Seq,
    ids::{GroupId, UserId},
    row::Row,
    rows::GroupMembershipRow,
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

impl Stored for GroupMembershipRow {
    type Record = GroupMembershipRow;

    fn row(record: &GroupMembershipRow) -> Self {
        record.clone()
    }

    async fn learn(record: &mut GroupMembershipRow, stream: StreamId, view: &mut View<'_>) -> Result<(), StoreError> {
        let StreamId::User(user) = stream else { return Err(StoreError::Unreadable("stream of a group membership")) };
        view.learn_group_membership(user, record).await
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        let sql = "SELECT group_id, role, joined_at, left_at, vis_ver, seq, gone, gone_name FROM group_membership \
         WHERE account = $1 AND seq > $2 AND seq <= $3 ORDER BY seq, group_id LIMIT $4";
        reads::changed(connection, sql, sight, range, limit, read).await
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let sql = "SELECT group_id, role, joined_at, left_at, vis_ver, seq, gone, gone_name FROM group_membership \
         WHERE account = $1 AND group_id = $2";
        reads::one(connection, sql, stream, id, read).await
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, GroupMembershipRow>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO group_membership (account, group_id, role, joined_at, left_at, vis_ver, gone, gone_name, seq) VALUES",
            9,
            "ON CONFLICT (account, group_id) DO UPDATE SET role = excluded.role, joined_at = excluded.joined_at, \
             left_at = excluded.left_at, vis_ver = excluded.vis_ver, gone = excluded.gone, \
             gone_name = excluded.gone_name, seq = excluded.seq",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                let row = put.record;
                values.id(put.stream.owner().as_bytes()).id(row.group.as_bytes()).add(row.role.as_str());
                values
                    .add(row.joined_at)
                    .add(row.left_at)
                    .number(row.vis_ver)
                    .number(u64::from(row.gone))
                    .add(row.gone_name.clone())
                    .number(put.seq);
            })
            .await
    }
}

/// The version of what somebody who is in a group sees of it; `None` if they are not.
pub(crate) async fn vis_ver(connection: &mut AnyConnection, group: GroupId, viewer: UserId) -> Result<Option<u64>, StoreError> {
    let row = sqlx::query("SELECT vis_ver FROM group_membership WHERE account = $1 AND group_id = $2 AND left_at IS NULL")
        .bind(viewer.as_bytes().to_vec())
        .bind(group.as_bytes().to_vec())
        .fetch_optional(connection)
        .await?;
    row.map(|row| columns::number(&row, 0)).transpose()
}

/// Everybody who is in a group now, with each of theirs.
#[cfg(feature = "sim")]
pub(crate) async fn everybody(connection: &mut AnyConnection) -> Result<Vec<(UserId, GroupId)>, StoreError> {
    let rows = sqlx::query("SELECT account, group_id FROM group_membership WHERE left_at IS NULL ORDER BY group_id, account")
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| Ok((columns::user(row, 0)?, columns::group(row, 1)?))).collect()
}

/// Who owns which group now, as their own rows and those of the others say.
#[cfg(feature = "sim")]
pub(crate) async fn owners(connection: &mut AnyConnection) -> Result<Vec<(UserId, GroupId)>, StoreError> {
    let sql = "SELECT s.account, s.group_id FROM group_membership s JOIN group_member m ON m.group_id = s.group_id AND m.account = s.account \
               WHERE s.left_at IS NULL AND m.left_at IS NULL AND s.role = 'owner' AND m.role = 'owner' ORDER BY s.group_id, s.account";
    let rows = sqlx::query(sql).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((columns::user(row, 0)?, columns::group(row, 1)?))).collect()
}

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    let data = GroupMembershipRow {
        group: columns::group(row, 0)?,
        role: columns::member_role(row, 1)?,
        joined_at: row.try_get(2)?,
        left_at: row.try_get(3)?,
        gone: row.try_get::<i64, _>(6)? != 0,
        gone_name: row.try_get(7)?,
        vis_ver: columns::number(row, 4)?,
    };
    Ok(Row::new(columns::number(row, 5)?, data))
}
