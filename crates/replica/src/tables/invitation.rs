use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    sql::{get, id, int, optional_id},
};
use hearth_protocol::{
    Seq,
    ids::InvitationId,
    rows::{InvitationKind, InvitationRow, InvitationStatus, InvitedTo, Person},
    stream::StreamId,
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};
use std::collections::BTreeMap;

impl Kept for InvitationRow {
    const DUMP: &'static str = "SELECT lower(hex(id)) || ' ' || seq || ' ' || json_array(kind, lower(hex(sender)), lower(hex(receiver)), lower(hex(group_id)), group_name, content, status, created_at, answered_at)
         FROM invitation ORDER BY id";
    const WIRE: &'static str = "SELECT seq, json_object('id', lower(hex(id)), 'kind', kind, 'sender', json((SELECT json_object('user', lower(hex(p.user)), 'username', p.username, 'first_name', p.first_name, 'last_name', p.last_name) FROM person p WHERE p.user = t.sender)),
            'receiver', json((SELECT json_object('user', lower(hex(p.user)), 'username', p.username, 'first_name', p.first_name, 'last_name', p.last_name) FROM person p WHERE p.user = t.receiver)),
            'group', json(iif(group_id IS NULL, 'null', json_object('id', lower(hex(group_id)), 'name', group_name))),
            'content', content, 'status', status, 'created_at', created_at, 'answered_at', answered_at)
         FROM invitation t WHERE ?1 IS NOT NULL";

    async fn apply(changes: &mut Changes<'_>, _arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        for (seq, row) in rows {
            if apply(changes.tx, *seq, row).await? {
                changes.learn_person(&row.sender).await?;
                changes.learn_person(&row.receiver).await?;
                changes.touch_friends();
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, _stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        sqlx::query("DELETE FROM invitation WHERE seq <= ?").bind(keep_after.map_or(i64::MAX, int)).execute(&mut *changes.tx).await?;
        changes.touch_friends();
        Ok(())
    }
}

/// Returns whether it changed anything.
async fn apply(tx: &mut SqliteConnection, seq: Seq, row: &InvitationRow) -> Result<bool> {
    let query = sqlx::query(
        "INSERT INTO invitation (id, seq, kind, sender, receiver, group_id, group_name, content, status, created_at, answered_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, kind = excluded.kind, sender = excluded.sender, receiver = excluded.receiver,
             group_id = excluded.group_id, group_name = excluded.group_name, content = excluded.content, status = excluded.status, created_at = excluded.created_at, answered_at = excluded.answered_at
         WHERE excluded.seq > invitation.seq",
    )
    .bind(row.id.as_bytes())
    .bind(int(seq))
    .bind(row.kind.as_str())
    .bind(row.sender.user.as_bytes())
    .bind(row.receiver.user.as_bytes())
    .bind(row.group.as_ref().map(|group| group.id.as_bytes().to_vec()))
    .bind(row.group.as_ref().map(|group| &group.name))
    .bind(&row.content)
    .bind(row.status.as_str())
    .bind(row.created_at)
    .bind(row.answered_at);
    crate::sql::run(tx, query).await
}

macro_rules! invitation_select {
    ($rest:literal) => {
        concat!(
            "SELECT i.id, i.kind, i.sender, s.username AS s_username, s.first_name AS s_first, s.last_name AS s_last,
                i.receiver, r.username AS r_username, r.first_name AS r_first, r.last_name AS r_last,
                i.group_id, i.group_name, i.content, i.status, i.created_at, i.answered_at
             FROM invitation i JOIN person s ON s.user = i.sender JOIN person r ON r.user = i.receiver ",
            $rest
        )
    };
}

/// Invitations that nobody has answered, mine and those to me, the newest first.
pub(crate) async fn pending(tx: &mut SqliteConnection) -> Result<Vec<InvitationRow>> {
    let sql = invitation_select!("WHERE i.kind IN ('friend', 'group') AND i.status = 'pending' ORDER BY i.created_at DESC, i.id");
    sqlx::query(sql).fetch_all(tx).await?.iter().map(read).collect()
}

/// Those that I am told of, whatever became of them.
pub(crate) async fn told(tx: &mut SqliteConnection) -> Result<BTreeMap<InvitationId, InvitationRow>> {
    let rows = sqlx::query(invitation_select!("WHERE i.id IN (SELECT id FROM notification)")).fetch_all(tx).await?;
    rows.iter().map(|row| read(row).map(|row| (row.id, row))).collect()
}

fn read(row: &SqliteRow) -> Result<InvitationRow> {
    Ok(InvitationRow {
        id: id(get(row, "id")?)?,
        kind: InvitationKind::parse(get(row, "kind")?),
        sender: named(row, ["sender", "s_username", "s_first", "s_last"])?,
        receiver: named(row, ["receiver", "r_username", "r_first", "r_last"])?,
        group: group(row)?,
        content: get(row, "content")?,
        status: InvitationStatus::parse(get(row, "status")?),
        created_at: get(row, "created_at")?,
        answered_at: get(row, "answered_at")?,
    })
}

fn named(row: &SqliteRow, [user, username, first, last]: [&str; 4]) -> Result<Person> {
    Ok(Person { user: id(get(row, user)?)?, username: get(row, username)?, first_name: get(row, first)?, last_name: get(row, last)? })
}

fn group(row: &SqliteRow) -> Result<Option<InvitedTo>> {
    let Some(group) = optional_id(get(row, "group_id")?)? else { return Ok(None) };
    Ok(Some(InvitedTo { id: group, name: get(row, "group_name")? }))
}
