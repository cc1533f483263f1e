use super::{membership, stream};
use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    sql::{id, int},
};
use hearth_protocol::{
    Seq,
    body::Body,
    ids::{ConversationId, GroupId},
    rows::ChannelRow,
    stream::StreamId,
};
use sqlx::SqliteConnection;

impl Kept for ChannelRow {
    const DUMP: &'static str =
        "SELECT lower(hex(conversation)) || ' ' || seq || ' ' || json_array(lower(hex(group_id)), name, topic, closed)
         FROM channel ORDER BY conversation";
    const WIRE: &'static str = "SELECT seq, json_object('conversation', lower(hex(conversation)), 'name', name, 'topic', topic, 'closed', json(iif(closed, 'true', 'false')))
         FROM channel WHERE group_id = ?1";

    async fn apply(changes: &mut Changes<'_>, arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        let StreamId::Group(group) = arrival.stream else { return Ok(()) };
        for (seq, row) in rows {
            let conversation = row.conversation;
            if !apply(changes.tx, group, *seq, row).await? {
                continue;
            }
            changes.learn_home_of(conversation, group).await?;
            changes.touch(conversation);
            if !membership::has_left(changes.tx, conversation).await? {
                stream::begin_conversation(changes.tx, conversation).await?;
            } else if row.closed {
                // It became private, and I am not one of its members.
                changes.forget(conversation).await?;
                changes.strand(conversation).await?;
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        let StreamId::Group(group) = stream else { return Ok(()) };
        let gone: Vec<Vec<u8>> = sqlx::query_scalar("DELETE FROM channel WHERE group_id = ? AND seq <= ? RETURNING conversation")
            .bind(group.as_bytes())
            .bind(keep_after.map_or(i64::MAX, int))
            .fetch_all(&mut *changes.tx)
            .await?;
        for conversation in gone {
            changes.touch(id(&conversation)?);
        }
        Ok(())
    }
}

/// Returns whether it changed anything. A channel that another group lists already stays that one's.
async fn apply(tx: &mut SqliteConnection, group: GroupId, seq: Seq, row: &ChannelRow) -> Result<bool> {
    let query = sqlx::query(
        "INSERT INTO channel (conversation, group_id, seq, name, topic, closed) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (conversation) DO UPDATE SET seq = excluded.seq, name = excluded.name, topic = excluded.topic, closed = excluded.closed
         WHERE excluded.seq > channel.seq AND excluded.group_id = channel.group_id",
    )
    .bind(row.conversation.as_bytes())
    .bind(group.as_bytes())
    .bind(int(seq))
    .bind(&row.name)
    .bind(&row.topic)
    .bind(row.closed);
    crate::sql::run(tx, query).await
}

/// Of the channels to which a message leads those that I can see, with what they are called now.
pub(crate) async fn led_to(tx: &mut SqliteConnection, body: Option<&Body>) -> Result<Vec<(ConversationId, String)>> {
    let mut channels = vec![];
    let led_to: Vec<ConversationId> = body.into_iter().flat_map(Body::channels).map(|(conversation, _)| conversation).collect();
    for conversation in led_to {
        let sql = "SELECT coalesce(c.name, ch.name) FROM line l LEFT JOIN conversation c ON c.id = l.conversation
             LEFT JOIN channel ch ON ch.conversation = l.conversation
             WHERE l.conversation = ? AND l.listed = 1 AND l.kind = 'channel' AND coalesce(c.name, ch.name) IS NOT NULL";
        let name: Option<String> = sqlx::query_scalar(sql).bind(conversation.as_bytes()).fetch_optional(&mut *tx).await?;
        channels.extend(name.map(|name| (conversation, name)));
    }
    Ok(channels)
}

/// Those of a group to which a text in this conversation may lead, by name: the public ones, and where it is written. That there is another
/// private one, and what it is called, is not for everybody who reads it.
pub(crate) async fn of_group(tx: &mut SqliteConnection, group: GroupId, from: ConversationId) -> Result<Vec<(ConversationId, String)>> {
    let rows: Vec<(Vec<u8>, String)> = sqlx::query_as(
        "SELECT l.conversation, coalesce(c.name, ch.name) AS name FROM home h JOIN line l ON l.conversation = h.conversation
         LEFT JOIN conversation c ON c.id = l.conversation LEFT JOIN channel ch ON ch.conversation = l.conversation
         WHERE h.group_id = ? AND l.listed = 1 AND l.kind = 'channel' AND coalesce(c.name, ch.name) IS NOT NULL
            AND (l.conversation = ? OR (coalesce(c.private, 0) = 0 AND coalesce(ch.closed, 0) = 0))
         ORDER BY name, l.conversation",
    )
    .bind(group.as_bytes())
    .bind(from.as_bytes())
    .fetch_all(tx)
    .await?;
    rows.into_iter().map(|(conversation, name)| Ok((id(&conversation)?, name))).collect()
}
