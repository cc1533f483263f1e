//! Messages that go, and what stands on them with them: with their copy, with an older one, by retention, or as tombstones that nobody needs any more.

use super::super::reaction;
use crate::{Result, search::Index, sql::int};
use hearth_protocol::{Pos, Seq, ids::ConversationId};
use sqlx::SqliteConnection;

/// Removes this copy's messages and their words, up to `keep_after` if given.
pub(crate) async fn clear(
    tx: &mut SqliteConnection,
    index: &mut Index,
    conversation: ConversationId,
    keep_after: Option<Seq>,
) -> Result<()> {
    let query = "DELETE FROM message WHERE conversation = ? AND seq > 0 AND seq <= ? RETURNING n, text, hidden";
    let query = sqlx::query_as(query).bind(conversation.as_bytes()).bind(keep_after.map_or(i64::MAX, int));
    let gone = query.fetch_all(tx).await?;
    forget_words(index, &gone);
    Ok(())
}

/// Another copy takes the place of this one: of rows up to `keep_after`, if given, those that show below a place stay readable, and any row
/// of the new copy replaces them.
pub(crate) async fn age(tx: &mut SqliteConnection, conversation: ConversationId, below: Pos, keep_after: Option<Seq>) -> Result<()> {
    sqlx::query("UPDATE message SET seq = 0 WHERE conversation = ? AND pos < ? AND seq <= ? AND hidden = 0")
        .bind(conversation.as_bytes())
        .bind(int(below))
        .bind(keep_after.map_or(i64::MAX, int))
        .execute(tx)
        .await?;
    Ok(())
}

/// Removes what is left of an older copy in `[from, to)`, and its words.
pub(crate) async fn sweep(tx: &mut SqliteConnection, index: &mut Index, conversation: ConversationId, from: Pos, to: Pos) -> Result<()> {
    let gone = sqlx::query_as("DELETE FROM message WHERE conversation = ? AND pos >= ? AND pos < ? AND seq = 0 RETURNING n, text, hidden")
        .bind(conversation.as_bytes())
        .bind(int(from))
        .bind(int(to))
        .fetch_all(&mut *tx)
        .await?;
    forget_words(index, &gone);
    reaction::sweep(tx, conversation, from, to).await
}

/// What was shown of them cannot be found any more.
fn forget_words(index: &mut Index, gone: &[(i64, Option<String>, bool)]) {
    gone.iter().filter(|(.., hidden)| !hidden).for_each(|(n, text, _)| index.hide(*n, text.as_deref()));
}

/// Removes tombstones that changed last at or before `floor`. Returns whether there was any that shows.
pub(crate) async fn purge(tx: &mut SqliteConnection, index: &mut Index, conversation: ConversationId, floor: Seq) -> Result<bool> {
    let gone: Vec<(i64, bool)> =
        sqlx::query_as("DELETE FROM message WHERE conversation = ? AND deleted = 1 AND seq <= ? RETURNING n, hidden")
            .bind(conversation.as_bytes())
            .bind(int(floor))
            .fetch_all(&mut *tx)
            .await?;
    reaction::purge(tx, conversation, floor).await?;
    let mut shown = gone.iter().filter(|(_, hidden)| !hidden).peekable();
    let any = shown.peek().is_some();
    shown.for_each(|(n, _)| index.hide(*n, None));
    Ok(any)
}

/// Removes messages below a place, and their words.
pub(crate) async fn retain(tx: &mut SqliteConnection, index: &mut Index, conversation: ConversationId, pos: Pos) -> Result<()> {
    let gone: Vec<(i64, Option<String>, bool)> =
        sqlx::query_as("DELETE FROM message WHERE conversation = ? AND pos < ? RETURNING n, text, hidden")
            .bind(conversation.as_bytes())
            .bind(int(pos))
            .fetch_all(&mut *tx)
            .await?;
    forget_words(index, &gone);
    reaction::retain(tx, conversation, pos).await
}
