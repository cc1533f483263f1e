use super::stream;
use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    sql::{id, int},
};
use hearth_protocol::{Seq, ids::ConversationId, rows::MembershipRow, stream::StreamId};
use sqlx::SqliteConnection;

/// [`has_left`] as a condition; the conversation is an expression.
macro_rules! left_it {
    ($conversation:literal) => {
        concat!(
            "(EXISTS (SELECT 1 FROM membership m WHERE m.conversation = ",
            $conversation,
            " AND m.left_at IS NOT NULL) OR EXISTS (SELECT 1 FROM home h JOIN group_membership g ON g.group_id = h.group_id ",
            "AND g.left_at IS NOT NULL WHERE h.conversation = ",
            $conversation,
            ") OR EXISTS (SELECT 1 FROM channel c WHERE c.conversation = ",
            $conversation,
            " AND c.closed = 1 AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.conversation = c.conversation AND m.left_at IS NULL)))"
        )
    };
}

/// The version of what I see of a conversation, as my own rows say: of a channel with the group's. 0 while they are not here.
macro_rules! version {
    ($conversation:literal) => {
        concat!(
            "(coalesce((SELECT m.vis_ver FROM membership m WHERE m.conversation = ",
            $conversation,
            "), 0) + coalesce((SELECT g.vis_ver FROM home h JOIN group_membership g ON g.group_id = h.group_id WHERE h.conversation = ",
            $conversation,
            "), 0))"
        )
    };
}

pub(crate) use {left_it, version};

impl Kept for MembershipRow {
    const DUMP: &'static str =
        "SELECT lower(hex(conversation)) || ' ' || seq || ' ' || json_array(kind, lower(hex(group_id)), lower(hex(peer)), joined_at, left_at, vis_ver, gone, gone_name)
         FROM membership ORDER BY conversation";
    const WIRE: &'static str = "SELECT seq, json_object('conversation', lower(hex(conversation)), 'kind', kind, 'group', iif(group_id IS NULL, NULL, lower(hex(group_id))),
            'peer', json((SELECT json_object('user', lower(hex(p.user)), 'username', p.username, 'first_name', p.first_name, 'last_name', p.last_name) FROM person p WHERE p.user = t.peer)),
            'joined_at', joined_at, 'left_at', left_at, 'gone', json(iif(gone, 'true', 'false')), 'gone_name', gone_name, 'vis_ver', vis_ver)
         FROM membership t WHERE ?1 IS NOT NULL";

    async fn apply(changes: &mut Changes<'_>, _arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        for (seq, row) in rows {
            if !apply(changes.tx, *seq, row).await? {
                continue;
            }
            if let Some(peer) = &row.peer {
                changes.learn_person(peer).await?;
            }
            if let Some(group) = row.group {
                changes.learn_home_of(row.conversation, group).await?;
            }
            changes.touch(row.conversation);
            if row.left_at.is_some() {
                changes.forget(row.conversation).await?;
                changes.strand(row.conversation).await?;
            } else if !has_left(changes.tx, row.conversation).await? {
                stream::begin_conversation(changes.tx, row.conversation).await?;
                stream::outdate(changes.tx, row.conversation).await?;
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, _stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        let gone = clear(changes.tx, keep_after).await?;
        gone.into_iter().for_each(|conversation| changes.touch(conversation));
        Ok(())
    }
}

/// Returns whether it changed anything.
async fn apply(tx: &mut SqliteConnection, seq: Seq, row: &MembershipRow) -> Result<bool> {
    let query = sqlx::query(
        "INSERT INTO membership (conversation, seq, kind, group_id, peer, joined_at, left_at, vis_ver, gone, gone_name)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (conversation) DO UPDATE SET seq = excluded.seq, kind = excluded.kind, group_id = excluded.group_id, peer = excluded.peer,
             joined_at = excluded.joined_at, left_at = excluded.left_at, vis_ver = excluded.vis_ver, gone = excluded.gone,
             gone_name = excluded.gone_name
         WHERE excluded.seq > membership.seq",
    )
    .bind(row.conversation.as_bytes())
    .bind(int(seq))
    .bind(row.kind.as_str())
    .bind(row.group.map(|group| group.as_bytes().to_vec()))
    .bind(row.peer.as_ref().map(|peer| peer.user.as_bytes().to_vec()))
    .bind(row.joined_at)
    .bind(row.left_at)
    .bind(int(row.vis_ver))
    .bind(row.gone)
    .bind(&row.gone_name);
    crate::sql::run(tx, query).await
}

/// Whether I am certainly not in a conversation: I have left it, or the group whose channel it is, or it has become private without me.
pub(crate) async fn has_left(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<bool> {
    let sql = concat!("SELECT ", left_it!("?1"));
    Ok(sqlx::query_scalar(sql).bind(conversation.as_bytes()).fetch_one(tx).await?)
}

/// What a conversation was called that was deleted while I saw it; `None` for any other.
pub(crate) async fn gone_name(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<Option<String>> {
    let sql = "SELECT gone_name FROM membership WHERE conversation = ? AND left_at IS NOT NULL AND gone = 1";
    Ok(sqlx::query_scalar(sql).bind(conversation.as_bytes()).fetch_optional(tx).await?)
}

/// Removes the rows of the old copy, up to `keep_after` if given; returns their conversations.
async fn clear(tx: &mut SqliteConnection, keep_after: Option<Seq>) -> Result<Vec<ConversationId>> {
    let gone: Vec<Vec<u8>> = sqlx::query_scalar("DELETE FROM membership WHERE seq <= ? RETURNING conversation")
        .bind(keep_after.map_or(i64::MAX, int))
        .fetch_all(tx)
        .await?;
    gone.iter().map(|bytes| id(bytes)).collect()
}
