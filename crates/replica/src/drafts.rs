//! What waits in composers and in the boxes of threads, and the person's settings.

use crate::{
    Replica, Result,
    connection::Durability,
    outbox::{shows, table, why_gone},
    sql::{from_json, id, json, optional_id},
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

/// What is being written somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub conversation: ConversationId,
    /// In whose thread, if it is in one.
    pub thread_root: Option<MessageId>,
    pub text: String,
    /// The message that it is to answer.
    pub reply_to: Option<MessageId>,
}

/// Where something is being written: in a conversation, or in the thread of a message there.
type Place = (ConversationId, Option<MessageId>);

/// A thread's root as the table has it.
fn root_of(place: Place) -> Vec<u8> {
    place.1.map(|root| root.as_bytes().to_vec()).unwrap_or_default()
}

impl Replica {
    /// Keeps what is in a conversation's composer, and the message that it is to answer; on the disk when this returns. An empty text that
    /// answers nothing removes it.
    pub async fn save_draft(&self, conversation: ConversationId, text: &str, reply_to: Option<MessageId>) -> Result<()> {
        self.save((conversation, None), text, reply_to).await
    }

    /// The same of the box of a thread.
    pub async fn save_thread_draft(
        &self,
        conversation: ConversationId,
        root: MessageId,
        text: &str,
        reply_to: Option<MessageId>,
    ) -> Result<()> {
        self.save((conversation, Some(root)), text, reply_to).await
    }

    async fn save(&self, place: Place, text: &str, reply_to: Option<MessageId>) -> Result<()> {
        let mut tx = self.write(Durability::Forever).await?;
        if text.is_empty() && reply_to.is_none() {
            clear(&mut tx, place.0, place.1).await?;
        } else {
            sqlx::query(
                "INSERT INTO draft (conversation, root, text, reply_to) VALUES (?, ?, ?, ?)
                 ON CONFLICT (conversation, root) DO UPDATE SET text = excluded.text, reply_to = excluded.reply_to",
            )
            .bind(place.0.as_bytes())
            .bind(root_of(place))
            .bind(text)
            .bind(reply_to.map(|id| id.as_bytes().to_vec()))
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await
    }

    pub async fn draft(&self, conversation: ConversationId) -> Result<Option<String>> {
        Ok(of(&mut *self.read().await?, conversation, None).await?.map(|(text, _)| text))
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

/// What is being written in a conversation, or in a thread there, and what it is to answer.
pub(crate) async fn of(
    tx: &mut SqliteConnection,
    conversation: ConversationId,
    root: Option<MessageId>,
) -> Result<Option<(String, Option<MessageId>)>> {
    let found: Option<(String, Option<Vec<u8>>)> = sqlx::query_as("SELECT text, reply_to FROM draft WHERE conversation = ? AND root = ?")
        .bind(conversation.as_bytes())
        .bind(root_of((conversation, root)))
        .fetch_optional(tx)
        .await?;
    found.map(|(text, reply_to)| Ok((text, optional_id(reply_to)?))).transpose()
}

/// Puts a text behind what stands in a composer. What it answered it answers again, unless something else is chosen there.
pub(crate) async fn add(tx: &mut SqliteConnection, place: Place, text: &str, reply_to: Option<MessageId>) -> Result<()> {
    sqlx::query(
        "INSERT INTO draft (conversation, root, text, reply_to) VALUES (?, ?, ?, ?)
         ON CONFLICT (conversation, root) DO UPDATE SET reply_to = coalesce(reply_to, excluded.reply_to),
             text = CASE WHEN text = '' THEN excluded.text ELSE rtrim(text) || char(10) || excluded.text END",
    )
    .bind(place.0.as_bytes())
    .bind(root_of(place))
    .bind(text)
    .bind(reply_to.map(|id| id.as_bytes().to_vec()))
    .execute(tx)
    .await?;
    Ok(())
}

pub(crate) async fn clear(tx: &mut SqliteConnection, conversation: ConversationId, root: Option<MessageId>) -> Result<()> {
    let query = sqlx::query("DELETE FROM draft WHERE conversation = ? AND root = ?");
    query.bind(conversation.as_bytes()).bind(root_of((conversation, root))).execute(tx).await?;
    Ok(())
}

/// Moves what stands in the composer of a conversation that is gone, and in the boxes of its threads, into the outbox, refused for this
/// reason: there it can be copied. What was written on meanwhile takes the place of its beginning. Returns whether there was anything.
pub(crate) async fn strand(tx: &mut SqliteConnection, conversation: ConversationId, error: &ApiError, now_local: Millis) -> Result<bool> {
    let sql = "DELETE FROM draft WHERE conversation = ? RETURNING nullif(root, x''), text";
    let typed: Vec<(Option<Vec<u8>>, String)> = sqlx::query_as(sql).bind(conversation.as_bytes()).fetch_all(&mut *tx).await?;
    let mut any = false;
    for (root, text) in typed.into_iter().filter(|(_, text)| !text.trim().is_empty()) {
        any = true;
        let thread_root = optional_id(root)?;
        if table::go_on(tx, (conversation, thread_root), &text).await? {
            continue;
        }
        let said = SendMessage { thread_root, ..SendMessage::new(conversation, Body::text(text)) };
        let mutation = Mutation::new(MutationId::new(), said);
        table::insert(tx, &mutation, &shows(&mutation.intent), &[], now_local).await?;
        table::fail(tx, mutation.id, error).await?;
    }
    Ok(any)
}

/// A message that was never sent is given up: nothing can answer it any more, and what was being written in its thread is the
/// conversation's.
pub(crate) async fn forget_original(tx: &mut SqliteConnection, message: MessageId) -> Result<()> {
    sqlx::query("DELETE FROM draft WHERE reply_to = ? AND text = ''").bind(message.as_bytes()).execute(&mut *tx).await?;
    sqlx::query("UPDATE draft SET reply_to = NULL WHERE reply_to = ?").bind(message.as_bytes()).execute(&mut *tx).await?;
    let sql = "DELETE FROM draft WHERE root = ? RETURNING conversation, text";
    let under: Vec<(Vec<u8>, String)> = sqlx::query_as(sql).bind(message.as_bytes()).fetch_all(&mut *tx).await?;
    for (conversation, text) in under.into_iter().filter(|(_, text)| !text.trim().is_empty()) {
        add(tx, (id(&conversation)?, None), &text, None).await?;
    }
    Ok(())
}

/// A message that was never sent has another id now.
pub(crate) async fn renew_original(tx: &mut SqliteConnection, old: MessageId, new: MessageId) -> Result<()> {
    for sql in ["UPDATE draft SET reply_to = ? WHERE reply_to = ?", "UPDATE draft SET root = ? WHERE root = ?"] {
        sqlx::query(sql).bind(new.as_bytes()).bind(old.as_bytes()).execute(&mut *tx).await?;
    }
    Ok(())
}
