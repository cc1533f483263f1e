//! What is here, as it came over the wire: for who takes a copy of everything.

use crate::{
    Replica, Result,
    apply::rows::{self, Kept},
    sql::{from_json, id, int, number, optional_id},
    tables::reaction,
};
use hearth_protocol::{
    Pos,
    ids::{ConversationId, MessageId},
    row::Row,
    rows::MessageRow,
    stream::StreamId,
};
use sqlx::AssertSqlSafe;

impl Replica {
    /// What can be seen of a stream's rows, messages left out, in the order of their seqs.
    pub async fn rows_of(&self, stream: StreamId) -> Result<Vec<Row>> {
        rows::of_stream(&mut *self.read().await?, stream).await
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

    /// Everything that waits in a composer: where, the text, and the message that it is to answer.
    pub async fn drafts(&self) -> Result<Vec<(ConversationId, String, Option<MessageId>)>> {
        let found: Vec<(Vec<u8>, String, Option<Vec<u8>>)> =
            sqlx::query_as("SELECT conversation, text, reply_to FROM draft ORDER BY conversation")
                .fetch_all(&mut *self.read().await?)
                .await?;
        found.into_iter().map(|(conversation, text, reply_to)| Ok((id(&conversation)?, text, optional_id(reply_to)?))).collect()
    }
}
