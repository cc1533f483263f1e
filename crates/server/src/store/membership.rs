//! That somebody is or was in a conversation: rows of user streams, with the windows that belong to them.

use super::{
    StoreError, account,
    bulk::BulkInsert,
    columns, group_membership, reads,
    rows::{Put, Stored},
};
use crate::{
    commit::View,
    sight::{Sight, Span, Windows},
};
use hearth_protocol::{
    Seq,
    ids::{ConversationId, UserId},
    row::Row,
    rows::{ConversationKind, MembershipRow},
    rule::{Rule, holds},
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

/// A membership as it is written.
pub(crate) struct Membership {
    pub row: MembershipRow,
    pub windows: Windows,
}

/// The other side of a direct conversation comes along, so that a list can name it at once.
macro_rules! membership_select {
    ($condition:literal) => {
        concat!(
            "SELECT m.conversation, c.kind, m.joined_at, m.left_at, m.seq, p.id, p.username, p.first_name, p.last_name, m.vis_ver, c.group_id, m.gone, m.gone_name ",
            "FROM membership m JOIN conversation c ON c.id = m.conversation ",
            "LEFT JOIN member o ON c.kind = 'direct' AND o.conversation = m.conversation AND o.account <> m.account ",
            "LEFT JOIN account p ON p.id = o.account WHERE ",
            $condition
        )
    };
}

impl Stored for MembershipRow {
    type Record = Membership;

    fn row(record: &Membership) -> Self {
        record.row.clone()
    }

    async fn learn(record: &mut Membership, stream: StreamId, view: &mut View<'_>) -> Result<(), StoreError> {
        let StreamId::User(user) = stream else { return Err(StoreError::Unreadable("stream of a membership")) };
        view.learn_membership(user, record).await
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        let sql = membership_select!("m.account = $1 AND m.seq > $2 AND m.seq <= $3 ORDER BY m.seq, m.conversation LIMIT $4");
        reads::changed(connection, sql, sight, range, limit, read).await
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let sql = membership_select!("m.account = $1 AND m.conversation = $2");
        reads::one(connection, sql, stream, id, read).await
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, Membership>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO membership (account, conversation, joined_at, left_at, vis_ver, gone, gone_name, seq) VALUES",
            8,
            "ON CONFLICT (account, conversation) DO UPDATE SET joined_at = excluded.joined_at, left_at = excluded.left_at, \
             vis_ver = excluded.vis_ver, gone = excluded.gone, gone_name = excluded.gone_name, seq = excluded.seq",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                let row = &put.record.row;
                values.id(put.stream.owner().as_bytes()).id(row.conversation.as_bytes()).add(row.joined_at).add(row.left_at);
                values.number(row.vis_ver).number(u64::from(row.gone)).add(row.gone_name.clone()).number(put.seq);
            })
            .await?;
        write_windows(connection, puts).await
    }
}

async fn write_windows(connection: &mut AnyConnection, puts: &[Put<'_, Membership>]) -> Result<(), StoreError> {
    static INSERT: BulkInsert = BulkInsert::new(
        "INSERT INTO member_window (conversation, account, from_pos, to_pos) VALUES",
        4,
        "ON CONFLICT (conversation, account, from_pos) DO UPDATE SET to_pos = excluded.to_pos",
    );
    // Somebody whose windows never changed has none yet, or the same.
    for put in puts.iter().filter(|put| put.record.row.vis_ver > crate::sight::VIS_VER_FIRST) {
        sqlx::query("DELETE FROM member_window WHERE conversation = $1 AND account = $2")
            .bind(put.record.row.conversation.as_bytes().to_vec())
            .bind(put.stream.owner().as_bytes().to_vec())
            .execute(&mut *connection)
            .await?;
    }
    let spans: Vec<(&Put<'_, Membership>, Span)> =
        puts.iter().flat_map(|put| put.record.windows.spans().iter().map(move |span| (put, *span))).collect();
    INSERT
        .run(connection, &spans, |(put, span), values| {
            values.id(put.record.row.conversation.as_bytes()).id(put.stream.owner().as_bytes());
            values.number(span.from).add(span.to.map(columns::to_big));
        })
        .await
}

/// What somebody may see of a stream now. The same `None` for what is missing and for what is not theirs.
pub(crate) async fn sight(connection: &mut AnyConnection, stream: StreamId, viewer: UserId) -> Result<Option<Sight>, StoreError> {
    if !holds(Rule::Authorise) {
        return Ok(Some(Sight::whole(stream)));
    }
    let conversation = match stream {
        StreamId::User(user) => return Ok((user == viewer).then(|| Sight::whole(stream))),
        StreamId::Group(group) => {
            let vis_ver = group_membership::vis_ver(connection, group, viewer).await?;
            return Ok(vis_ver.map(|vis_ver| Sight { vis_ver, ..Sight::whole(stream) }));
        }
        StreamId::Conversation(id) | StreamId::Members(id) | StreamId::Receipts(id) => id,
    };
    let rows = sqlx::query(
        "SELECT c.group_id, c.private, g.vis_ver, m.vis_ver, w.from_pos, w.to_pos, t.pos FROM conversation c \
         LEFT JOIN retention t ON t.conversation = c.id \
         LEFT JOIN group_membership g ON g.account = $1 AND g.group_id = c.group_id AND g.left_at IS NULL \
         LEFT JOIN membership m ON m.account = $1 AND m.conversation = c.id AND m.left_at IS NULL \
         LEFT JOIN member_window w ON w.conversation = m.conversation AND w.account = m.account WHERE c.id = $2",
    )
    .bind(viewer.as_bytes().to_vec())
    .bind(conversation.as_bytes().to_vec())
    .fetch_all(connection)
    .await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let (in_group, member) = (columns::number_or_none(first, 2)?, columns::number_or_none(first, 3)?);
    let retained = columns::number_or_none(first, 6)?.unwrap_or(0);
    let vis_ver = match (columns::group_or_none(first, 0)?, first.try_get::<i64, _>(1)? != 0) {
        (None, _) => member,
        // A public channel is everybody's in the group.
        (Some(_), false) => return Ok(in_group.map(|vis_ver| Sight { vis_ver, retained, ..Sight::whole(stream) })),
        (Some(_), true) => in_group.zip(member).map(|(in_group, member)| in_group + member),
    };
    let Some(vis_ver) = vis_ver else { return Ok(None) };
    let spans: Vec<Option<Span>> = rows.iter().map(|row| span(row, 4)).collect::<Result<_, _>>()?;
    let windows = Windows::of(spans.into_iter().flatten().collect());
    Ok(Some(Sight { stream, vis_ver, windows, retained }))
}

/// Everybody who is in a conversation now, with each of theirs.
#[cfg(feature = "sim")]
pub(crate) async fn everybody(connection: &mut AnyConnection) -> Result<Vec<(UserId, ConversationId)>, StoreError> {
    let rows = sqlx::query(
        "SELECT m.account, m.conversation FROM membership m JOIN conversation c ON c.id = m.conversation \
         LEFT JOIN group_membership g ON g.account = m.account AND g.group_id = c.group_id AND g.left_at IS NULL \
         WHERE m.left_at IS NULL AND (c.group_id IS NULL OR g.account IS NOT NULL) \
         UNION SELECT g.account, c.id FROM group_membership g JOIN conversation c ON c.group_id = g.group_id AND c.private = 0 \
         WHERE g.left_at IS NULL ORDER BY 2, 1",
    )
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok((columns::user(row, 0)?, columns::conversation(row, 1)?))).collect()
}

/// The windows of everybody who is or was in a conversation.
pub(crate) async fn windows(
    connection: &mut AnyConnection,
    conversation: ConversationId,
) -> Result<Vec<(UserId, Option<Span>)>, StoreError> {
    let rows = sqlx::query("SELECT account, from_pos, to_pos FROM member_window WHERE conversation = $1")
        .bind(conversation.as_bytes().to_vec())
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| Ok((columns::user(row, 0)?, span(row, 1)?))).collect()
}

/// Reads from_pos and to_pos; `None` where a join found no window.
fn span(row: &AnyRow, first: usize) -> Result<Option<Span>, StoreError> {
    let from = columns::number_or_none(row, first)?;
    let to = columns::number_or_none(row, first + 1)?;
    Ok(from.map(|from| Span { from, to }))
}

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    let kind = ConversationKind::parse(row.try_get(1)?).ok_or(StoreError::Unreadable("kind of conversation"))?;
    let peer = match row.try_get::<Option<&[u8]>, _>(5)? {
        Some(_) => Some(account::person_at(row, 5)?),
        None => None,
    };
    let data = MembershipRow {
        conversation: columns::conversation(row, 0)?,
        kind,
        group: columns::group_or_none(row, 10)?,
        peer,
        joined_at: row.try_get(2)?,
        left_at: row.try_get(3)?,
        gone: row.try_get::<i64, _>(11)? != 0,
        gone_name: row.try_get(12)?,
        vis_ver: columns::number(row, 9)?,
    };
    Ok(Row::new(columns::number(row, 4)?, data))
}
