//! Where a conversation goes on at a moment.

use super::rows::hidden_above;
use crate::{
    Replica, Result, StreamState,
    sql::{damaged, id, int, number},
    tables::{hidden::put_away, known, message::number_at, retention, stream},
};
use hearth_protocol::{
    Millis, Pos,
    ids::{ConversationId, MessageId},
    stream::StreamId,
};
use sqlx::SqliteConnection;

/// The first message of a moment or later that is here and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DatedPlace {
    /// `None` where there is none.
    pub message: Option<MessageId>,
    /// No other one of that time can be missing here.
    pub sure: bool,
}

impl Replica {
    /// `asides`: what stands in a thread alone is one of them.
    pub async fn dated(&self, conversation: ConversationId, at: Millis, asides: bool) -> Result<DatedPlace> {
        let mut tx = self.read().await?;
        let known = known::of(&mut tx, conversation).await?.readable();
        let Some((message, pos)) = first(&mut tx, conversation, at, asides).await? else {
            let top = known.top().map_or(0, |(_, to)| to);
            let caught_up = stream::find(&mut tx, StreamId::Conversation(conversation))
                .await?
                .is_some_and(|stream| stream.state != StreamState::New && stream.cursor >= stream.head);
            let sure = caught_up && !hidden_above(&mut tx, conversation, top).await?;
            return Ok(DatedPlace { message: None, sure });
        };
        let begin = retention::pos(&mut tx, conversation).await?.max(1);
        let sure = match known.interval(pos) {
            Some((from, _)) if from <= begin => true,
            // Something earlier is here, and no hole between that and this.
            Some((from, _)) => begins(&mut tx, conversation, from, pos).await?.is_some_and(|sent| sent < at),
            None => false,
        };
        Ok(DatedPlace { message: Some(message), sure })
    }
}

/// By time, and among those of one millisecond by place.
async fn first(tx: &mut SqliteConnection, conversation: ConversationId, at: Millis, asides: bool) -> Result<Option<(MessageId, Pos)>> {
    let sent: Option<i64> = sqlx::query_scalar(concat!(
        "SELECT m.created_at FROM message m INDEXED BY message_conversation
         WHERE m.conversation = ? AND m.n >= ? AND m.hidden = 0 AND m.deleted = 0 AND (? OR m.aside = 0) AND NOT ",
        put_away!(),
        " ORDER BY m.n LIMIT 1"
    ))
    .bind(conversation.as_bytes())
    .bind(number_at(at))
    .bind(asides)
    .fetch_optional(&mut *tx)
    .await?;
    let Some(sent) = sent else { return Ok(None) };
    let row: Option<(Vec<u8>, i64)> = sqlx::query_as(concat!(
        "SELECT m.id, m.pos FROM message m INDEXED BY message_conversation
         WHERE m.conversation = ? AND m.n >= ? AND m.n < ? AND m.hidden = 0 AND m.deleted = 0 AND (? OR m.aside = 0) AND NOT ",
        put_away!(),
        " ORDER BY m.pos LIMIT 1"
    ))
    .bind(conversation.as_bytes())
    .bind(number_at(sent.max(at)))
    .bind(number_at(sent.saturating_add(1)))
    .bind(asides)
    .fetch_optional(tx)
    .await?;
    row.map(|(message, pos)| Ok((id(&message).map_err(damaged)?, number(pos)))).transpose()
}

/// When the first of the messages in `[from, to)` was sent, shown or not.
async fn begins(tx: &mut SqliteConnection, conversation: ConversationId, from: Pos, to: Pos) -> Result<Option<Millis>> {
    let sql = "SELECT created_at FROM message WHERE conversation = ? AND pos >= ? AND pos < ? AND hidden = 0 ORDER BY pos LIMIT 1";
    Ok(sqlx::query_scalar(sql).bind(conversation.as_bytes()).bind(int(from)).bind(int(to)).fetch_optional(tx).await?)
}
