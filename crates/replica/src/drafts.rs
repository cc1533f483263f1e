//! What waits in composers, and the person's settings.

use crate::{
    Replica, Result,
    connection::Durability,
    outbox::{shows, table, why_gone},
    sql::{from_json, json},
};
use hearth_protocol::{
    Millis,
    body::Body,
    error::ApiError,
    ids::{ConversationId, MessageId, MutationId},
    mutation::Mutation,
    mutations::SendMessage,
};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::SqliteConnection;

impl Replica {
    /// Keeps what is in a conversation's composer, and the message that it is to answer; on the disk when this returns. An empty text that
    /// answers nothing removes it.
    pub async fn save_draft(&self, conversation: ConversationId, text: &str, reply_to: Option<MessageId>) -> Result<()> {
        let mut tx = self.write(Durability::Forever).await?;
        if text.is_empty() && reply_to.is_none() {
            clear(&mut tx, conversation).await?;
        } else {
            sqlx::query(
                "INSERT INTO draft (conversation, text, reply_to) VALUES (?, ?, ?)
                 ON CONFLICT (conversation) DO UPDATE SET text = excluded.text, reply_to = excluded.reply_to",
            )
            .bind(conversation.as_bytes())
            .bind(text)
            .bind(reply_to.map(|id| id.as_bytes().to_vec()))
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await
    }

    pub async fn draft(&self, conversation: ConversationId) -> Result<Option<String>> {
        let mut tx = self.read().await?;
        Ok(sqlx::query_scalar("SELECT text FROM draft WHERE conversation = ?")
            .bind(conversation.as_bytes())
            .fetch_optional(&mut *tx)
            .await?)
    }

    /// What is typed in a conversation that ended meanwhile goes into the outbox, as what stood there did. Returns whether there is any.
    pub async fn give_up_draft(&self, conversation: ConversationId, now_local: Millis) -> Result<bool> {
        if why_gone(&mut *self.read().await?, conversation).await?.is_none() {
            return Ok(false);
        }
        let mut tx = self.write(Durability::Forever).await?;
        // Again: somebody may have made it anew in between, as a backup was restored.
        let Some(error) = why_gone(&mut tx, conversation).await? else { return Ok(false) };
        let typed = strand(&mut tx, conversation, &error, now_local).await?;
        tx.commit().await?;
        Ok(typed)
    }

    /// A setting's value, kept as JSON; `None` before the first.
    pub async fn get_setting<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        let mut tx = self.read().await?;
        let kept: Option<String> =
            sqlx::query_scalar("SELECT value FROM setting WHERE name = ?").bind(name).fetch_optional(&mut *tx).await?;
        kept.as_deref().map(from_json).transpose()
    }

    pub async fn set_setting<T: Serialize + ?Sized>(&self, name: &str, value: &T) -> Result<()> {
        let mut tx = self.write(Durability::Forever).await?;
        sqlx::query("INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
            .bind(name)
            .bind(json(value)?)
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }
}

/// Puts a text behind what stands in a composer. What it answered it answers again, unless something else is chosen there.
pub(crate) async fn add(tx: &mut SqliteConnection, conversation: ConversationId, text: &str, reply_to: Option<MessageId>) -> Result<()> {
    sqlx::query(
        "INSERT INTO draft (conversation, text, reply_to) VALUES (?, ?, ?)
         ON CONFLICT (conversation) DO UPDATE SET reply_to = coalesce(reply_to, excluded.reply_to),
             text = CASE WHEN text = '' THEN excluded.text ELSE rtrim(text) || char(10) || excluded.text END",
    )
    .bind(conversation.as_bytes())
    .bind(text)
    .bind(reply_to.map(|id| id.as_bytes().to_vec()))
    .execute(tx)
    .await?;
    Ok(())
}

pub(crate) async fn clear(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<()> {
    sqlx::query("DELETE FROM draft WHERE conversation = ?").bind(conversation.as_bytes()).execute(tx).await?;
    Ok(())
}

/// Moves what stands in the composer of a conversation that is gone into the outbox, refused for this reason: there it can be copied. What
/// was written on meanwhile takes the place of its beginning. Returns whether there was anything.
pub(crate) async fn strand(tx: &mut SqliteConnection, conversation: ConversationId, error: &ApiError, now_local: Millis) -> Result<bool> {
    let sql = "DELETE FROM draft WHERE conversation = ? RETURNING text";
    let text: Option<String> = sqlx::query_scalar(sql).bind(conversation.as_bytes()).fetch_optional(&mut *tx).await?;
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(false) };
    if table::go_on(tx, conversation, &text).await? {
        return Ok(true);
    }
    let mutation = Mutation::new(MutationId::new(), SendMessage::new(conversation, Body::text(text)));
    table::insert(tx, &mutation, &shows(&mutation.intent), &[], now_local).await?;
    table::fail(tx, mutation.id, error).await?;
    Ok(true)
}

/// A message that was never sent is given up: nothing can answer it any more.
pub(crate) async fn forget_original(tx: &mut SqliteConnection, message: MessageId) -> Result<()> {
    sqlx::query("DELETE FROM draft WHERE reply_to = ? AND text = ''").bind(message.as_bytes()).execute(&mut *tx).await?;
    sqlx::query("UPDATE draft SET reply_to = NULL WHERE reply_to = ?").bind(message.as_bytes()).execute(tx).await?;
    Ok(())
}

/// A message that was never sent has another id now.
pub(crate) async fn renew_original(tx: &mut SqliteConnection, old: MessageId, new: MessageId) -> Result<()> {
    let query = sqlx::query("UPDATE draft SET reply_to = ? WHERE reply_to = ?").bind(new.as_bytes()).bind(old.as_bytes());
    query.execute(tx).await?;
    Ok(())
}
