//! What has not gone out is made otherwise, or gives way to what was decided since.

use super::read;
use crate::{
    OutboxEntry, Result,
    sql::{int, json, run},
};
use hearth_protocol::{
    Millis, Pos,
    body::Body,
    ids::{ConversationId, MessageId, MutationId},
    mutations::ChangeScheduled,
};
use sqlx::SqliteConnection;

/// Lets it go from this local time on, so that it can be taken back until then.
pub(crate) async fn hold_back(tx: &mut SqliteConnection, mutation: MutationId, not_before_local: Millis) -> Result<()> {
    let query = sqlx::query("UPDATE outbox SET not_before_local = ? WHERE id = ?");
    query.bind(not_before_local).bind(mutation.as_bytes()).execute(tx).await?;
    Ok(())
}

/// Gives a message that was held another text, if it has never gone out. Returns whether there is such a one.
pub(crate) async fn reword(tx: &mut SqliteConnection, conversation: ConversationId, message: MessageId, body: &Body) -> Result<bool> {
    let query = sqlx::query(
        "UPDATE outbox SET intent = json_set(intent, '$.send_message.body', json(?)) WHERE id = ? AND conversation = ? AND shows IN ('message', 'aside')
            AND not_before_local IS NOT NULL AND state = 'queued' AND tried_local IS NULL",
    );
    run(tx, query.bind(json(body)?).bind(message.as_bytes()).bind(conversation.as_bytes())).await
}

/// Schedules otherwise what has never gone out. Returns whether there is such a one.
pub(crate) async fn reschedule(tx: &mut SqliteConnection, change: &ChangeScheduled) -> Result<bool> {
    let query = sqlx::query(
        "UPDATE outbox SET intent = json_set(intent, '$.schedule_message.body', json(coalesce(?, intent -> '$.schedule_message.body')),
            '$.schedule_message.send_at', coalesce(?, intent ->> '$.schedule_message.send_at'))
         WHERE id = ? AND shows = 'scheduled' AND state = 'queued' AND tried_local IS NULL",
    );
    let body = change.body.as_ref().map(json).transpose()?;
    run(tx, query.bind(body).bind(change.send_at).bind(change.message.as_bytes())).await
}

/// Takes out what was to be scheduled and has never gone out, or was refused, with what was to change it. Returns whether there was such a
/// one.
pub(crate) async fn unschedule(tx: &mut SqliteConnection, message: MessageId) -> Result<bool> {
    let query = sqlx::query(
        "DELETE FROM outbox WHERE id = ? AND shows = 'scheduled' AND taking_back IS NULL AND state <> 'in_flight' AND tried_local IS NULL",
    );
    let gone = run(&mut *tx, query.bind(message.as_bytes())).await?;
    if gone {
        let query = sqlx::query("DELETE FROM outbox WHERE message = ? AND shows = 'rescheduled' AND tried_local IS NULL");
        query.bind(message.as_bytes()).execute(tx).await?;
    }
    Ok(gone)
}

/// What waits to be scheduled, or to be changed of what is, and what was refused of that, in the order in which it was made.
pub(crate) async fn scheduled(tx: &mut SqliteConnection, conversation: Option<ConversationId>) -> Result<Vec<OutboxEntry>> {
    let rows = sqlx::query(
        "SELECT * FROM outbox WHERE shows IN ('scheduled', 'rescheduled', 'unscheduled') AND (?1 IS NULL OR conversation = ?1) ORDER BY n",
    )
    .bind(conversation.map(|id| id.as_bytes().to_vec()))
    .fetch_all(tx)
    .await?;
    rows.iter().map(read).collect()
}

/// Takes out the marks of a conversation that a further one of the kind makes useless; what is in flight stays.
pub(crate) async fn replace_marks(tx: &mut SqliteConnection, conversation: ConversationId, shows: &str, upto: Pos) -> Result<()> {
    sqlx::query("DELETE FROM outbox WHERE conversation = ? AND shows = ? AND pos <= ? AND state <> 'in_flight'")
        .bind(conversation.as_bytes())
        .bind(shows)
        .bind(int(upto))
        .execute(tx)
        .await?;
    Ok(())
}

/// Takes out what was decided about my emoji on a message and has not gone out, or was refused.
pub(crate) async fn replace_reactions(tx: &mut SqliteConnection, message: MessageId, emoji: &str) -> Result<()> {
    sqlx::query(
        "DELETE FROM outbox WHERE message = ? AND shows = 'reaction' AND intent ->> '$.react.emoji' = ? AND taking_back IS NULL
            AND (state = 'failed' OR (state = 'queued' AND tried_local IS NULL))",
    )
    .bind(message.as_bytes())
    .bind(emoji)
    .execute(tx)
    .await?;
    Ok(())
}
