//! What is here, as it came over the wire: for who takes a copy of everything.

use crate::{
    Replica, Result,
    apply::rows::{self, Kept},
    drafts::Draft,
    sql::{from_json, get, id, int, number, optional_id},
    tables::{reaction, unknown_row},
};
use hearth_protocol::{Pos, ids::ConversationId, row::Row, rows::MessageRow, stream::StreamId};
use sqlx::{AssertSqlSafe, sqlite::SqliteRow};

impl Replica {
    /// What can be seen of a stream's rows, messages left out, in the order of their seqs; then those of kinds that this build does
    /// not know.
    pub async fn rows_of(&self, stream: StreamId) -> Result<Vec<Row>> {
        let mut tx = self.read().await?;
        let mut found = rows::of_stream(&mut tx, stream).await?;
        found.extend(unknown_row::of_stream(&mut tx, stream).await?);
        Ok(found)
    }

    /// The messages that can be seen just below a place, the oldest first, then what stands on them. Where something is missing between them, this does not say.
    pub async fn messages_before(&self, conversation: ConversationId, before: Pos, limit: u32) -> Result<Vec<Row>> {
        let mut tx = self.read().await?;
        let sql = format!("{} AND pos < ?2 ORDER BY pos DESC LIMIT ?3", MessageRow::WIRE);
        let mut found: Vec<(i64, String)> = sqlx::query_as(AssertSqlSafe(sql))
            .bind(conversation.as_bytes())
            .bind(int(before))
            .bind(i64::from(limit))
            .fetch_all(&mut *tx)
            .await?;
        found.reverse();
        let row = |(seq, data): &(i64, String)| Ok(Row::new(number(*seq), from_json::<MessageRow>(data)?));
        let mut rows = found.iter().map(row).collect::<Result<Vec<Row>>>()?;
        if let Some(from) = rows.first().and_then(|row| row.data.pos()) {
            rows.extend(reaction::between(&mut tx, conversation, from, before).await?);
        }
        Ok(rows)
    }

    /// Everything that waits in a composer or in the box of a thread.
    pub async fn drafts(&self) -> Result<Vec<Draft>> {
        let found =
            sqlx::query("SELECT conversation, nullif(root, x'') AS root, text, reply_to FROM draft ORDER BY conversation, draft.root")
                .fetch_all(&mut *self.read().await?)
                .await?;
        let draft = |row: &SqliteRow| {
            let (thread_root, reply_to) = (optional_id(get(row, "root")?)?, optional_id(get(row, "reply_to")?)?);
            Ok(Draft { conversation: id(get(row, "conversation")?)?, thread_root, text: get(row, "text")?, reply_to })
        };
        found.iter().map(draft).collect()
    }
}
