//! What waits in composers, and the person's settings.

use crate::{
    Replica, Result,
    connection::Durability,
    sql::{from_json, json},
};
use hearth_protocol::ids::ConversationId;
use serde::{Serialize, de::DeserializeOwned};
use sqlx::SqliteConnection;

impl Replica {
    /// Keeps what is in a conversation's composer; on the disk when this returns. An empty text removes it.
    pub async fn save_draft(&self, conversation: ConversationId, text: &str) -> Result<()> {
        let mut tx = self.write(Durability::Forever).await?;
        if text.is_empty() {
            clear(&mut tx, conversation).await?;
        } else {
            sqlx::query(
                "INSERT INTO draft (conversation, text) VALUES (?, ?) ON CONFLICT (conversation) DO UPDATE SET text = excluded.text",
            )
            .bind(conversation.as_bytes())
            .bind(text)
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

/// Puts a text behind what stands in a composer.
pub(crate) async fn add(tx: &mut SqliteConnection, conversation: ConversationId, text: &str) -> Result<()> {
    sqlx::query(
        "INSERT INTO draft (conversation, text) VALUES (?, ?)
         ON CONFLICT (conversation) DO UPDATE SET text = rtrim(text) || char(10) || excluded.text",
    )
    .bind(conversation.as_bytes())
    .bind(text)
    .execute(tx)
    .await?;
    Ok(())
}

pub(crate) async fn clear(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<()> {
    sqlx::query("DELETE FROM draft WHERE conversation = ?").bind(conversation.as_bytes()).execute(tx).await?;
    Ok(())
}
