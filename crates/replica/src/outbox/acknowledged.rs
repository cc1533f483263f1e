//! What people wrote and the server has acknowledged, kept for a week: a server that is set back to a backup has lost what came after
//! it. Then it goes back into the outbox, under its ids and in its place. How much there is follows from how much a person writes in
//! that week: marks, members and settings are not kept, and what was deleted is forgotten.

use super::{is_content, shows, table};
use crate::{
    Result,
    sql::{from_json, get, id, id_list, int, json, optional_id},
};
use hearth_protocol::{
    Millis, Pos,
    ids::{ConversationId, Epoch, MessageId, MutationId},
    limits,
    mutation::Mutation,
    mutations::Intent,
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};
use std::collections::BTreeSet;

/// An entry that has left the outbox because the server has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Acknowledged {
    pub n: i64,
    pub id: MutationId,
    /// The incarnation of the server's database that took it.
    pub epoch: Option<Epoch>,
    pub intent: Intent,
    pub made_at_local: Millis,
    /// When, by the server's clock if that is known, and by this computer's.
    pub at: Option<Millis>,
    pub at_local: Millis,
}

/// Keeps it, if it is content. Not the text of a message that is deleted by now, or that was scheduled and is given up.
pub(crate) async fn keep(tx: &mut SqliteConnection, entry: &Acknowledged) -> Result<()> {
    if !is_content(&entry.intent) {
        return Ok(());
    }
    let shows = shows(&entry.intent);
    sqlx::query(
        "INSERT INTO acknowledged (n, id, epoch, intent, shows, message, made_at_local, at, at_local)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
         WHERE (?5 = 'deletion' OR NOT EXISTS (SELECT 1 FROM message WHERE id = ?6 AND deleted = 1))
            AND NOT (?5 IN ('scheduled', 'rescheduled') AND EXISTS (SELECT 1 FROM scheduled WHERE id = ?6 AND state = 'cancelled'))
         ON CONFLICT DO NOTHING",
    )
    .bind(entry.n)
    .bind(entry.id.as_bytes())
    .bind(entry.epoch.map(|epoch| epoch.as_bytes().to_vec()))
    .bind(json(&entry.intent)?)
    .bind(shows.as_str())
    .bind(shows.message(entry.id).map(|id| id.as_bytes().to_vec()))
    .bind(entry.made_at_local)
    .bind(entry.at)
    .bind(entry.at_local)
    .execute(tx)
    .await?;
    Ok(())
}

/// Forgets the texts of messages that were deleted: nothing deleted comes back.
pub(crate) async fn forget(tx: &mut SqliteConnection, deleted: impl Iterator<Item = MessageId>) -> Result<()> {
    let deleted: Vec<MessageId> = deleted.collect();
    if deleted.is_empty() {
        return Ok(());
    }
    sqlx::query("DELETE FROM acknowledged WHERE shows <> 'deletion' AND message IN (SELECT unhex(value) FROM json_each(?))")
        .bind(id_list(deleted.iter().map(|id| id.as_bytes()))?)
        .execute(tx)
        .await?;
    Ok(())
}

/// Forgets what was scheduled and is given up by now: nobody is to get it. That it was given up is kept: an older backup has it.
pub(crate) async fn forget_scheduled(tx: &mut SqliteConnection, message: MessageId) -> Result<()> {
    let query = sqlx::query("DELETE FROM acknowledged WHERE message = ? AND shows IN ('scheduled', 'rescheduled')");
    query.bind(message.as_bytes()).execute(tx).await?;
    Ok(())
}

/// Forgets what was written below a place, which the server's policy removes. That it was deleted is kept: an older backup has it.
pub(crate) async fn forget_below(tx: &mut SqliteConnection, conversation: ConversationId, pos: Pos) -> Result<()> {
    sqlx::query(
        "DELETE FROM acknowledged WHERE shows <> 'deletion' AND message IN (SELECT id FROM message WHERE conversation = ? AND pos < ?)",
    )
    .bind(conversation.as_bytes())
    .bind(int(pos))
    .execute(tx)
    .await?;
    Ok(())
}

/// Forgets what is older than a week by the server's clock and by this computer's: each of them may jump. `now`: the server's, if known.
pub(crate) async fn purge(tx: &mut SqliteConnection, now_local: Millis, now: Option<Millis>) -> Result<()> {
    // A time from far ahead was told by a clock that was set back since, and says nothing.
    sqlx::query(
        "DELETE FROM acknowledged WHERE (at_local < ?1 - ?3 OR at_local > ?1 + ?3)
            AND (at IS NULL OR ?2 IS NULL OR at < ?2 - ?3 OR at > ?2 + ?3)",
    )
    .bind(now_local)
    .bind(now)
    .bind(limits::REPLAY_MS_MAX)
    .execute(tx)
    .await?;
    Ok(())
}

/// Puts what another incarnation of the server's database took back into the outbox. Returns where.
pub(crate) async fn requeue(tx: &mut SqliteConnection, epoch: Epoch, now_local: Millis) -> Result<BTreeSet<ConversationId>> {
    let rows = sqlx::query("DELETE FROM acknowledged WHERE epoch IS NOT ? RETURNING *").bind(epoch.as_bytes()).fetch_all(&mut *tx).await?;
    let mut conversations = BTreeSet::new();
    for row in &rows {
        let entry = read(row)?;
        put_back(tx, &entry, now_local).await?;
        conversations.extend(table::conversation_of(&entry.intent));
    }
    // What came back before, and has no answer yet, has another week.
    sqlx::query("UPDATE outbox SET replayed_local = ? WHERE replayed_local IS NOT NULL").bind(now_local).execute(&mut *tx).await?;
    for conversation in &conversations {
        depend_anew(tx, *conversation).await?;
    }
    Ok(conversations)
}

/// Puts back what was acknowledged, where it was. The server may have it or not.
async fn put_back(tx: &mut SqliteConnection, entry: &Acknowledged, now_local: Millis) -> Result<()> {
    let mutation = Mutation::new(entry.id, entry.intent.clone());
    table::insert(tx, &mutation, &shows(&entry.intent), &[], entry.made_at_local).await?;
    sqlx::query("UPDATE outbox SET n = ?1, tried_local = ?2, replayed_local = ?2 WHERE id = ?3")
        .bind(entry.n)
        .bind(now_local)
        .bind(entry.id.as_bytes())
        .execute(tx)
        .await?;
    Ok(())
}

/// Finds out again what each entry of a conversation needs, after some have come back.
async fn depend_anew(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<()> {
    let sql = "SELECT n, intent FROM outbox WHERE conversation = ?";
    let entries: Vec<(i64, String)> = sqlx::query_as(sql).bind(conversation.as_bytes()).fetch_all(&mut *tx).await?;
    for (n, intent) in entries {
        let intent: Intent = from_json(&intent)?;
        let after = table::dependencies(tx, &intent, &shows(&intent), n).await?;
        sqlx::query("UPDATE outbox SET after = ? WHERE n = ?").bind(json(&after)?).bind(n).execute(&mut *tx).await?;
    }
    Ok(())
}

/// Gives what was acknowledged in another file its place in this one.
pub(crate) async fn restore(tx: &mut SqliteConnection, entry: &Acknowledged) -> Result<()> {
    if table::find(tx, entry.id).await?.is_some() {
        return Ok(());
    }
    table::insert(tx, &Mutation::new(entry.id, entry.intent.clone()), &shows(&entry.intent), &[], entry.made_at_local).await?;
    match table::remove(tx, entry.id).await? {
        Some(table::Removed { n, .. }) => keep(tx, &Acknowledged { n, ..entry.clone() }).await,
        None => Ok(()),
    }
}

pub(crate) fn read(row: &SqliteRow) -> Result<Acknowledged> {
    Ok(Acknowledged {
        n: get(row, "n")?,
        id: id(get(row, "id")?)?,
        epoch: optional_id(get(row, "epoch")?)?,
        intent: from_json(get(row, "intent")?)?,
        made_at_local: get(row, "made_at_local")?,
        at: get(row, "at")?,
        at_local: get(row, "at_local")?,
    })
}
