use super::own_mark::own_mark;
use crate::{
    Result,
    sql::{int, number},
};
use hearth_protocol::{
    Pos,
    ids::{ConversationId, MessageId},
    rows::HiddenRow,
};
use sqlx::SqliteConnection;

/// A condition on the message `m`: I have hidden it, or that waits.
macro_rules! put_away {
    () => {
        "EXISTS (SELECT 1 FROM put_away h WHERE h.message = m.id)"
    };
}
pub(crate) use put_away;

own_mark!(HiddenRow, "hidden");

/// Whether a message is hidden, or will be.
pub(crate) async fn is_put_away(tx: &mut SqliteConnection, message: MessageId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM put_away WHERE message = ?)";
    Ok(sqlx::query_scalar(sql).bind(message.as_bytes()).fetch_one(tx).await?)
}

/// Takes out what was decided about hiding a message and has not gone out, or was refused.
pub(crate) async fn replace_waiting(tx: &mut SqliteConnection, message: MessageId) -> Result<()> {
    sqlx::query(
        "DELETE FROM outbox WHERE message = ? AND shows IN ('hide', 'unhide') AND taking_back IS NULL
            AND (state = 'failed' OR (state = 'queued' AND tried_local IS NULL))",
    )
    .bind(message.as_bytes())
    .execute(tx)
    .await?;
    Ok(())
}

/// Up to where one has read who has read up to a place: what is hidden right after it will not be shown. Asides
/// between are not shown there either.
pub(crate) async fn read_through(tx: &mut SqliteConnection, conversation: ConversationId, pos: Pos) -> Result<Pos> {
    const SQL: &str = concat!(
        "WITH RECURSIVE past (pos, away) AS (
            SELECT ?2, 1 UNION ALL SELECT m.pos, ",
        put_away!(),
        " FROM past JOIN message m ON m.conversation = ?1 AND m.pos = past.pos + 1 WHERE m.hidden = 0 AND (m.aside = 1 OR ",
        put_away!(),
        ")) SELECT max(pos) FROM past WHERE away"
    );
    let upto: i64 = sqlx::query_scalar(SQL).bind(conversation.as_bytes()).bind(int(pos)).fetch_one(tx).await?;
    Ok(number(upto))
}
