use super::person;
use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    sql::{damaged, get, id, int, optional_id},
};
use hearth_protocol::{
    Seq,
    ids::InvitationId,
    rows::{InvitationKind, InvitationRow, InvitationStatus, InvitedTo, Person},
    stream::StreamId,
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

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
                person::learn(changes.tx, &row.sender).await?;
                person::learn(changes.tx, &row.receiver).await?;
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
        concat!("SELECT id, kind, sender, receiver, group_id, group_name, content, status, created_at, answered_at FROM invitation ", $rest)
    };
}

/// Invitations that nobody has answered, mine and those to me, the newest first.
pub(crate) async fn pending(tx: &mut SqliteConnection) -> Result<Vec<InvitationRow>> {
    let sql = invitation_select!("WHERE kind IN ('friend', 'group') AND status = 'pending' ORDER BY created_at DESC, id");
    let rows = sqlx::query(sql).fetch_all(&mut *tx).await?;
    let mut pending = Vec::with_capacity(rows.len());
    for row in &rows {
        pending.push(read(tx, row).await?);
    }
    Ok(pending)
}

/// One of them, whatever became of it.
pub(crate) async fn find(tx: &mut SqliteConnection, invitation: InvitationId) -> Result<Option<InvitationRow>> {
    let row = sqlx::query(invitation_select!("WHERE id = ?")).bind(invitation.as_bytes()).fetch_optional(&mut *tx).await?;
    match row {
        Some(row) => read(tx, &row).await.map(Some),
        None => Ok(None),
    }
}

async fn read(tx: &mut SqliteConnection, row: &SqliteRow) -> Result<InvitationRow> {
    let (sender, receiver) = (named(tx, row, "sender").await?, named(tx, row, "receiver").await?);
    Ok(InvitationRow {
        id: id(get(row, "id")?)?,
        kind: InvitationKind::parse(get(row, "kind")?),
        sender,
        receiver,
        group: group(row)?,
        content: get(row, "content")?,
        status: InvitationStatus::parse(get(row, "status")?),
        created_at: get(row, "created_at")?,
        answered_at: get(row, "answered_at")?,
    })
}

fn group(row: &SqliteRow) -> Result<Option<InvitedTo>> {
    let Some(group) = optional_id(get(row, "group_id")?)? else { return Ok(None) };
    Ok(Some(InvitedTo { id: group, name: get(row, "group_name")? }))
}

async fn named(tx: &mut SqliteConnection, row: &SqliteRow, column: &str) -> Result<Person> {
    person::find(tx, id(get(row, column)?)?).await?.ok_or_else(|| damaged("a name of an invitation"))
}
