//! Who is in which conversation: rows of members streams, and membership rows of user streams.

use super::{StoreError, account, bulk::BulkInsert, columns};
use hearth_protocol::{
    Millis, Pos, Seq,
    ids::{ConversationId, UserId},
    row::Row,
    rows::{ConversationKind, MemberRole, MemberRow, MembershipRow},
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

/// A new member as it is written; the window is open from the first message on.
#[derive(Clone)]
pub(crate) struct NewMember {
    pub conversation: ConversationId,
    pub account: UserId,
    pub role: MemberRole,
    pub joined_at: Millis,
    pub seq: Seq,
    pub membership_seq: Seq,
}

/// What somebody may see of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// The first pos that they may see.
    pub from_pos: Pos,
    /// They may see what is before this pos.
    pub to_pos: Option<Pos>,
    pub vis_ver: u64,
}

/// The version of a window that never changed.
pub(crate) const VIS_VER_FIRST: u64 = 1;

pub(crate) async fn insert(connection: &mut AnyConnection, members: &[NewMember]) -> Result<(), StoreError> {
    static INSERT: BulkInsert = BulkInsert::new(
        "INSERT INTO member (conversation, account, role, joined_at, left_at, from_pos, to_pos, vis_ver, seq, membership_seq) VALUES",
        10,
        "",
    );
    INSERT
        .run(connection, members, |member, values| {
            values.id(member.conversation.as_bytes()).id(member.account.as_bytes()).add(member.role.as_str());
            values.add(member.joined_at).add(None::<i64>).number(1).add(None::<i64>).number(VIS_VER_FIRST);
            values.number(member.seq).number(member.membership_seq);
        })
        .await
}

/// The window of somebody who is in the conversation now; `None` for everybody else.
pub(crate) async fn window(
    connection: &mut AnyConnection,
    conversation: ConversationId,
    account: UserId,
) -> Result<Option<Window>, StoreError> {
    let row = sqlx::query("SELECT from_pos, to_pos, vis_ver FROM member WHERE conversation = $1 AND account = $2 AND left_at IS NULL")
        .bind(conversation.as_bytes().to_vec())
        .bind(account.as_bytes().to_vec())
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        Ok(Window { from_pos: columns::number(&row, 0)?, to_pos: columns::number_or_none(&row, 1)?, vis_ver: columns::number(&row, 2)? })
    })
    .transpose()
}

/// Everybody who is in the conversation now, with the version of their window.
pub(crate) async fn present(connection: &mut AnyConnection, conversation: ConversationId) -> Result<Vec<(UserId, u64)>, StoreError> {
    let rows = sqlx::query("SELECT account, vis_ver FROM member WHERE conversation = $1 AND left_at IS NULL ORDER BY account")
        .bind(conversation.as_bytes().to_vec())
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| Ok((columns::user(row, 0)?, columns::number(row, 1)?))).collect()
}

/// Member rows changed in `(after, upto]`, by seq.
pub(crate) async fn changed(
    connection: &mut AnyConnection,
    conversation: ConversationId,
    after: Seq,
    upto: Seq,
    limit: i64,
) -> Result<Vec<Row>, StoreError> {
    let rows = sqlx::query(
        "SELECT a.id, a.username, a.first_name, a.last_name, m.role, m.joined_at, m.left_at, m.seq \
         FROM member m JOIN account a ON a.id = m.account \
         WHERE m.conversation = $1 AND m.seq > $2 AND m.seq <= $3 ORDER BY m.seq, a.id LIMIT $4",
    )
    .bind(conversation.as_bytes().to_vec())
    .bind(columns::to_big(after))
    .bind(columns::to_big(upto))
    .bind(limit)
    .fetch_all(connection)
    .await?;
    rows.iter().map(member_row).collect()
}

/// One member's row at its newest.
pub(crate) async fn one(connection: &mut AnyConnection, conversation: ConversationId, account: UserId) -> Result<Option<Row>, StoreError> {
    let row = sqlx::query(
        "SELECT a.id, a.username, a.first_name, a.last_name, m.role, m.joined_at, m.left_at, m.seq \
         FROM member m JOIN account a ON a.id = m.account WHERE m.conversation = $1 AND m.account = $2",
    )
    .bind(conversation.as_bytes().to_vec())
    .bind(account.as_bytes().to_vec())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(member_row).transpose()
}

fn member_row(row: &AnyRow) -> Result<Row, StoreError> {
    let data = MemberRow {
        person: account::person_at(row, 0)?,
        role: columns::member_role(row, 4)?,
        joined_at: row.try_get(5)?,
        left_at: row.try_get(6)?,
    };
    Ok(Row::new(columns::number(row, 7)?, data))
}

/// The other side of a direct conversation comes along, so that a list can name it at once.
macro_rules! membership_select {
    ($condition:literal) => {
        concat!(
            "SELECT m.conversation, c.kind, m.joined_at, m.left_at, m.membership_seq, p.id, p.username, p.first_name, p.last_name ",
            "FROM member m JOIN conversation c ON c.id = m.conversation ",
            "LEFT JOIN member o ON c.kind = 'direct' AND o.conversation = m.conversation AND o.account <> m.account ",
            "LEFT JOIN account p ON p.id = o.account WHERE ",
            $condition
        )
    };
}

/// Membership rows of somebody's user stream changed in `(after, upto]`, by seq.
pub(crate) async fn memberships_changed(
    connection: &mut AnyConnection,
    account: UserId,
    after: Seq,
    upto: Seq,
    limit: i64,
) -> Result<Vec<Row>, StoreError> {
    let rows = sqlx::query(membership_select!(
        "m.account = $1 AND m.membership_seq > $2 AND m.membership_seq <= $3 ORDER BY m.membership_seq, m.conversation LIMIT $4"
    ))
    .bind(account.as_bytes().to_vec())
    .bind(columns::to_big(after))
    .bind(columns::to_big(upto))
    .bind(limit)
    .fetch_all(connection)
    .await?;
    rows.iter().map(membership_row).collect()
}

/// One membership row at its newest.
pub(crate) async fn membership(
    connection: &mut AnyConnection,
    account: UserId,
    conversation: ConversationId,
) -> Result<Option<Row>, StoreError> {
    let row = sqlx::query(membership_select!("m.account = $1 AND m.conversation = $2"))
        .bind(account.as_bytes().to_vec())
        .bind(conversation.as_bytes().to_vec())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(membership_row).transpose()
}

fn membership_row(row: &AnyRow) -> Result<Row, StoreError> {
    let kind = ConversationKind::parse(row.try_get(1)?).ok_or(StoreError::Unreadable("kind of conversation"))?;
    let peer = match row.try_get::<Option<&[u8]>, _>(5)? {
        Some(_) => Some(account::person_at(row, 5)?),
        None => None,
    };
    let data =
        MembershipRow { conversation: columns::conversation(row, 0)?, kind, peer, joined_at: row.try_get(2)?, left_at: row.try_get(3)? };
    Ok(Row::new(columns::number(row, 4)?, data))
}
