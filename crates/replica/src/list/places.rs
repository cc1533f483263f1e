//! Places of a conversation that its line is about, and what is unread in all of them.

use super::mentions;
use crate::{
    Replica, Result,
    sql::{number, small},
    tables::hidden,
};
use hearth_protocol::{
    Millis, Pos,
    ids::{ConversationId, MessageId},
    limits,
};

impl Replica {
    /// The place of a conversation's newest message, with those of mine counted that wait to get one.
    pub async fn newest_place(&self, conversation: ConversationId) -> Result<Pos> {
        let mut tx = self.read().await?;
        let pos: i64 = sqlx::query_scalar(
            "SELECT coalesce((SELECT max(pos) FROM message WHERE conversation = ?1), 0) + (SELECT count(*) FROM outbox
                WHERE conversation = ?1 AND shows IN ('message', 'aside') AND NOT EXISTS (SELECT 1 FROM message WHERE message.id = outbox.id AND hidden = 0))",
        )
        .bind(conversation.as_bytes())
        .fetch_one(&mut *tx)
        .await?;
        Ok(number(pos))
    }

    /// The place of a conversation's newest message; 0 where there is none.
    pub async fn last_place(&self, conversation: ConversationId) -> Result<Pos> {
        let mut tx = self.read().await?;
        let sql = "SELECT coalesce(max(pos), 0) FROM message WHERE conversation = ?";
        let pos: i64 = sqlx::query_scalar(sql).bind(conversation.as_bytes()).fetch_one(&mut *tx).await?;
        Ok(number(pos))
    }

    /// Up to where I have read there once I have read up to this place: what I have hidden right after it will not be shown.
    pub async fn read_through(&self, conversation: ConversationId, pos: Pos) -> Result<Pos> {
        hidden::read_through(&mut *self.read().await?, conversation, pos).await
    }

    /// From where a conversation can be unread: the place of this message, or of the newest that would count. `None` where there is none.
    pub async fn unread_place(&self, conversation: ConversationId, message: Option<MessageId>) -> Result<Option<Pos>> {
        let mut tx = self.read().await?;
        let pos: Option<i64> = sqlx::query_scalar(
            "SELECT max(pos) FROM message m WHERE conversation = ?1 AND hidden = 0 AND iif(?2 IS NOT NULL, id = ?2, deleted = 0 AND system = 0 AND aside = 0
                AND sender <> (SELECT user FROM account) AND sender NOT IN (SELECT user FROM block WHERE ended_at IS NULL)
                AND NOT EXISTS (SELECT 1 FROM put_away h WHERE h.message = m.id))",
        )
        .bind(conversation.as_bytes())
        .bind(message.map(|id| id.as_bytes().to_vec()))
        .fetch_one(&mut *tx)
        .await?;
        Ok(pos.map(number))
    }

    /// When the next conversation that is muted at `now` is so no longer.
    pub async fn next_mute_end(&self, now: Millis) -> Result<Option<Millis>> {
        let mut tx = self.read().await?;
        let sql = "SELECT min(muted_until) FROM line WHERE muted_until > ?1 AND muted_until < ?2";
        Ok(sqlx::query_scalar(sql).bind(now).bind(limits::FOR_EVER).fetch_one(&mut *tx).await?)
    }

    /// Unread messages of all conversations and of the threads there that I follow, but those that are put away or muted at `now`.
    pub async fn total_unread(&self, now: Millis) -> Result<u32> {
        let mut tx = self.read().await?;
        let sql = "SELECT coalesce(sum(unread + asides), 0) FROM line WHERE listed = 1 AND archived = 0 AND coalesce(muted_until, 0) <= ?";
        let total: i64 = sqlx::query_scalar(sql).bind(now).fetch_one(&mut *tx).await?;
        Ok(small(total))
    }

    /// Of those, the messages of direct conversations and those that name or answer me, each where I want to be told of it.
    pub async fn unread_for_me(&self, now: Millis) -> Result<u32> {
        let mut tx = self.read().await?;
        let sql = concat!(
            "SELECT coalesce(sum(iif(l.kind = 'direct' AND l.level <> 'mentions', l.unread + l.asides, ",
            mentions!(),
            ")), 0) FROM line l WHERE l.listed = 1 AND l.archived = 0 AND l.level <> 'nothing' AND coalesce(l.muted_until, 0) <= ?"
        );
        let total: i64 = sqlx::query_scalar(sql).bind(now).fetch_one(&mut *tx).await?;
        Ok(small(total))
    }

    /// Of the unread messages that [`Replica::total_unread`] leaves out because they are muted at `now`, those that name or answer me where I
    /// want to be told of anything.
    pub async fn muted_mentions(&self, now: Millis) -> Result<u32> {
        let mut tx = self.read().await?;
        let sql = concat!(
            "SELECT coalesce(sum(",
            mentions!(),
            "), 0) FROM line l WHERE l.listed = 1 AND l.archived = 0 AND l.level <> 'nothing' AND l.muted_until > ?"
        );
        let total: i64 = sqlx::query_scalar(sql).bind(now).fetch_one(&mut *tx).await?;
        Ok(small(total))
    }
}
