//! Who is or was in which conversation: rows of members streams.

use super::{
    StoreError, account,
    bulk::BulkInsert,
    columns, conversation, group_member, reads,
    rows::{Put, Stored},
};
use crate::{
    commit::View,
    sight::{Home, Sight},
};
use hearth_protocol::{
    Millis, Seq,
    ids::{ConversationId, UserId},
    row::Row,
    rows::{MemberRole, MemberRow},
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

macro_rules! member_select {
    ($condition:literal) => {
        concat!(
            "SELECT a.id, a.username, a.first_name, a.last_name, m.role, m.joined_at, m.left_at, m.seq ",
            "FROM member m JOIN account a ON a.id = m.account WHERE ",
            $condition
        )
    };
}

impl Stored for MemberRow {
    type Record = MemberRow;

    fn row(record: &MemberRow) -> Self {
        record.clone()
    }

    async fn learn(record: &mut MemberRow, stream: StreamId, view: &mut View<'_>) -> Result<(), StoreError> {
        let StreamId::Members(conversation) = stream else { return Err(StoreError::Unreadable("stream of a member")) };
        view.learn_member(conversation, record).await
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        let sql = member_select!("m.conversation = $1 AND m.seq > $2 AND m.seq <= $3 ORDER BY m.seq, a.id LIMIT $4");
        reads::changed(connection, sql, sight, range, limit, read).await
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let sql = member_select!("m.conversation = $1 AND m.account = $2");
        reads::one(connection, sql, stream, id, read).await
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, MemberRow>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO member (conversation, account, role, joined_at, left_at, seq) VALUES",
            6,
            "ON CONFLICT (conversation, account) DO UPDATE SET role = excluded.role, joined_at = excluded.joined_at, \
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

/// What somebody is in a conversation with members of its own; `None` for who is not in it.
pub(crate) async fn role(connection: &mut AnyConnection, id: ConversationId, user: UserId) -> Result<Option<MemberRole>, StoreError> {
    let row = sqlx::query("SELECT role FROM member WHERE conversation = $1 AND account = $2 AND left_at IS NULL")
        .bind(id.as_bytes().to_vec())
        .bind(user.as_bytes().to_vec())
        .fetch_optional(connection)
        .await?;
    row.map(|row| columns::member_role(&row, 0)).transpose()
}

/// Every conversation with members of its own that somebody is or was in.
pub(crate) async fn conversations_of(connection: &mut AnyConnection, user: UserId) -> Result<Vec<ConversationId>, StoreError> {
    let query = sqlx::query("SELECT conversation FROM membership WHERE account = $1").bind(user.as_bytes().to_vec());
    query.fetch_all(connection).await?.iter().map(|row| columns::conversation(row, 0)).collect()
}

/// Somebody who is or was in a conversation.
pub(crate) struct Belonging {
    pub user: UserId,
    pub role: MemberRole,
    pub joined_at: Millis,
    pub left: bool,
    pub vis_ver: u64,
}

/// Everybody who is or was in the conversation.
pub(crate) async fn everybody(connection: &mut AnyConnection, conversation: ConversationId) -> Result<Vec<Belonging>, StoreError> {
    let rows = sqlx::query(
        "SELECT m.account, m.role, m.joined_at, m.left_at, s.vis_ver FROM member m \
         JOIN membership s ON s.account = m.account AND s.conversation = m.conversation WHERE m.conversation = $1",
    )
    .bind(conversation.as_bytes().to_vec())
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

/// Everybody who is in the conversation now, with the group that it is of if it is a channel.
pub(crate) async fn present(connection: &mut AnyConnection, id: ConversationId) -> Result<(Option<Home>, Vec<UserId>), StoreError> {
    let home = conversation::nature(connection, id).await?.and_then(|nature| nature.home);
    let rows = match home {
        Some(Home { group, private: false }) => return Ok((home, group_member::present(connection, group).await?)),
        Some(Home { group, .. }) => {
            let query = sqlx::query(
                "SELECT m.account FROM member m JOIN group_member g ON g.group_id = $2 AND g.account = m.account AND g.left_at IS NULL \
                 WHERE m.conversation = $1 AND m.left_at IS NULL",
            );
            query.bind(id.as_bytes().to_vec()).bind(group.as_bytes().to_vec()).fetch_all(connection).await?
        }
        None => {
            let query = sqlx::query("SELECT account FROM member WHERE conversation = $1 AND left_at IS NULL");
            query.bind(id.as_bytes().to_vec()).fetch_all(connection).await?
        }
    };
    Ok((home, rows.iter().map(|row| columns::user(row, 0)).collect::<Result<_, _>>()?))
}

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    let data = MemberRow {
        person: account::person_at(row, 0)?,
        role: columns::member_role(row, 4)?,
        joined_at: row.try_get(5)?,
        left_at: row.try_get(6)?,
    };
    Ok(Row::new(columns::number(row, 7)?, data))
}
