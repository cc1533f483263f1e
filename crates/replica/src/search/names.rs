//! Conversations by what they are about.

use super::words::fold_name;
use crate::{ConversationItem, Replica, Result, people::needles, sql::id};
use hearth_protocol::ids::ConversationId;

impl Replica {
    /// Conversations of whose topic each word of the query begins a word, as the list has them.
    pub async fn find_topics(&self, query: &str, limit: u32) -> Result<Vec<ConversationItem>> {
        let needles = needles(query);
        if needles.is_empty() {
            return Ok(vec![]);
        }
        let mut found: Vec<ConversationId> = vec![];
        for (conversation, topic) in self.topics().await? {
            let topic = fold_name(&topic);
            if needles.iter().all(|needle| topic.contains(needle.as_str())) {
                found.push(id(&conversation)?);
            }
        }
        let mut items = vec![];
        for conversation in found.into_iter().take(usize::try_from(limit).unwrap_or(usize::MAX)) {
            items.extend(self.conversation(conversation).await?);
        }
        Ok(items)
    }

    async fn topics(&self) -> Result<Vec<(Vec<u8>, String)>> {
        let mut tx = self.look().await?;
        let rows = sqlx::query_as(
            "SELECT l.conversation, coalesce(nullif(c.topic, ''), ch.topic) FROM line l LEFT JOIN conversation c ON c.id = l.conversation
             LEFT JOIN channel ch ON ch.conversation = l.conversation
             WHERE l.listed = 1 AND coalesce(nullif(c.topic, ''), ch.topic, '') <> '' ORDER BY l.archived, l.pin_order, l.active_at DESC",
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(rows)
    }
}
