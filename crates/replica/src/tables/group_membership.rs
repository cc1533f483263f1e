use super::{group, membership, stream};
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
    ids::{ConversationId, GroupId},
    rows::GroupMembershipRow,
    stream::StreamId,
};
use sqlx::SqliteConnection;

impl Kept for GroupMembershipRow {
    const DUMP: &'static str = "SELECT lower(hex(group_id)) || ' ' || seq || ' ' || json_array(role, joined_at, left_at, vis_ver, gone, gone_name) FROM group_membership ORDER BY group_id";
    const WIRE: &'static str = "SELECT seq, json_object('group', lower(hex(group_id)), 'role', role, 'joined_at', joined_at, 'left_at', left_at, 'gone', json(iif(gone, 'true', 'false')),
            'gone_name', gone_name, 'vis_ver', vis_ver)
         FROM group_membership WHERE ?1 IS NOT NULL";

    async fn apply(changes: &mut Changes<'_>, _arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        for (seq, row) in rows {
            if !apply(changes.tx, *seq, row).await? {
                continue;
            }
            changes.touch_groups();
            if row.left_at.is_some() {
                changes.forget_group(row.group).await?;
                changes.strand_group(row.group, row.gone).await?;
            } else {
                changes.open_group(row.group).await?;
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, _stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        sqlx::query("DELETE FROM group_membership WHERE seq <= ?").bind(keep_after.map_or(i64::MAX, int)).execute(&mut *changes.tx).await?;
        Ok(())
    }
}

impl Changes<'_> {
    /// I am in the group: follows its stream and what of its channels is known to be mine to see; copies of a lower version want a new one.
    async fn open_group(&mut self, id: GroupId) -> Result<()> {
        stream::begin_group(self.tx, id).await?;
        for conversation in open_channels(self.tx, id).await? {
            if !membership::has_left(self.tx, conversation).await? {
                stream::begin_conversation(self.tx, conversation).await?;
                self.touch(conversation);
            }
        }
        for conversation in group::channels(self.tx, id).await? {
            stream::outdate(self.tx, conversation).await?;
        }
        stream::outdate_group(self.tx, id).await
    }
}

/// Returns whether it changed anything.
async fn apply(tx: &mut SqliteConnection, seq: Seq, row: &GroupMembershipRow) -> Result<bool> {
    let query = sqlx::query(
        "INSERT INTO group_membership (group_id, seq, role, joined_at, left_at, vis_ver, gone, gone_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (group_id) DO UPDATE SET seq = excluded.seq, role = excluded.role, joined_at = excluded.joined_at,
             left_at = excluded.left_at, vis_ver = excluded.vis_ver, gone = excluded.gone, gone_name = excluded.gone_name
         WHERE excluded.seq > group_membership.seq",
    )
    .bind(row.group.as_bytes())
    .bind(int(seq))
    .bind(row.role.as_str())
    .bind(row.joined_at)
    .bind(row.left_at)
    .bind(int(row.vis_ver))
    .bind(row.gone)
    .bind(&row.gone_name);
    crate::sql::run(tx, query).await
}

/// Whether I was in the group, and am not: and if so, whether it was deleted.
pub(crate) async fn is_gone(tx: &mut SqliteConnection, group: GroupId) -> Result<Option<bool>> {
    let sql = "SELECT gone FROM group_membership WHERE group_id = ? AND left_at IS NOT NULL";
    Ok(sqlx::query_scalar(sql).bind(group.as_bytes()).fetch_optional(tx).await?)
}

/// What a group was called that was deleted while I was in it; `None` for any other.
pub(crate) async fn gone_name(tx: &mut SqliteConnection, group: GroupId) -> Result<Option<String>> {
    let sql = "SELECT gone_name FROM group_membership WHERE group_id = ? AND left_at IS NOT NULL AND gone = 1";
    Ok(sqlx::query_scalar(sql).bind(group.as_bytes()).fetch_optional(tx).await?)
}

/// Whether the group whose channel a conversation is was deleted while I was in it.
pub(crate) async fn is_home_gone(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM home h JOIN group_membership m ON m.group_id = h.group_id
                WHERE h.conversation = ? AND m.left_at IS NOT NULL AND m.gone = 1)";
    Ok(sqlx::query_scalar(sql).bind(conversation.as_bytes()).fetch_one(tx).await?)
}

/// The group's channels that are listed here, and those private ones that I am a member of.
async fn open_channels(tx: &mut SqliteConnection, group: GroupId) -> Result<Vec<ConversationId>> {
    let ids: Vec<Vec<u8>> = sqlx::query_scalar(
        "SELECT conversation FROM channel WHERE group_id = ?1 AND closed = 0
         UNION SELECT conversation FROM membership WHERE group_id = ?1 AND left_at IS NULL",
    )
    .bind(group.as_bytes())
    .fetch_all(tx)
    .await?;
    ids.iter().map(|bytes| id(bytes)).collect()
}
