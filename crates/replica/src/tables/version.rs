//! What messages said before they were edited: of those messages that somebody has asked about.

use crate::{
    Result,
    sql::{from_json, get, id, id_list, json, small},
};
use hearth_protocol::{
    body::Body,
    ids::{ConversationId, MessageId},
    versions::MessageVersion,
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

/// By revision.
pub(crate) async fn of_message(tx: &mut SqliteConnection, message: MessageId) -> Result<Vec<MessageVersion>> {
    let query = sqlx::query("SELECT revision, body, edited_at FROM message_version WHERE message = ? ORDER BY revision");
    query.bind(message.as_bytes()).fetch_all(tx).await?.iter().map(read).collect()
}

/// Of every message that can be seen, by place.
pub(crate) async fn all(tx: &mut SqliteConnection) -> Result<Vec<(ConversationId, MessageId, MessageVersion)>> {
    let rows = sqlx::query(
        "SELECT m.conversation AS conversation, m.id AS message, v.revision AS revision, v.body AS body, v.edited_at AS edited_at
         FROM message_version v JOIN message m ON m.id = v.message WHERE m.hidden = 0 ORDER BY m.conversation, m.pos, v.revision",
    )
    .fetch_all(tx)
    .await?;
    rows.iter().map(|row| Ok((id(get(row, "conversation")?)?, id(get(row, "message")?)?, read(row)?))).collect()
}

/// Puts these in the place of what is here of them, while the message can be seen and says something.
pub(crate) async fn keep(
    tx: &mut SqliteConnection,
    conversation: ConversationId,
    message: MessageId,
    versions: &[MessageVersion],
) -> Result<()> {
    forget(tx, &[message]).await?;
    for version in versions {
        sqlx::query(
            "INSERT INTO message_version (message, revision, body, edited_at) SELECT ?1, ?3, ?4, ?5
             WHERE EXISTS (SELECT 1 FROM message WHERE id = ?1 AND conversation = ?2 AND hidden = 0 AND deleted = 0)
             ON CONFLICT (message, revision) DO NOTHING",
        )
        .bind(message.as_bytes())
        .bind(conversation.as_bytes())
        .bind(i64::from(version.revision))
        .bind(json(&version.body)?)
        .bind(version.edited_at)
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// What was deleted has said nothing.
pub(crate) async fn forget(tx: &mut SqliteConnection, messages: &[MessageId]) -> Result<()> {
    if messages.is_empty() {
        return Ok(());
    }
    sqlx::query("DELETE FROM message_version WHERE message IN (SELECT unhex(value) FROM json_each(?))")
        .bind(id_list(messages.iter().map(|message| message.as_bytes()))?)
        .execute(tx)
        .await?;
    Ok(())
}

fn read(row: &SqliteRow) -> Result<MessageVersion> {
    let body: String = get(row, "body")?;
    Ok(MessageVersion { revision: small(get(row, "revision")?), body: from_json::<Body>(&body)?, edited_at: get(row, "edited_at")? })
}
