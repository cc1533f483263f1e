//! Conversations' own facts.

use super::{StoreError, bulk::BulkInsert, columns};
use hearth_protocol::{
    Seq,
    ids::{ConversationId, UserId},
    row::Row,
    rows::{ConversationKind, ConversationRow},
};
use sqlx::{AnyConnection, Row as _};

/// A new conversation as it is written.
#[derive(Clone)]
pub(crate) struct NewConversation {
    pub row: ConversationRow,
    pub created_by: UserId,
    pub seq: Seq,
}

pub(crate) async fn insert(connection: &mut AnyConnection, conversations: &[NewConversation]) -> Result<(), StoreError> {
    static INSERT: BulkInsert =
        BulkInsert::new("INSERT INTO conversation (id, kind, name, topic, created_by, created_at, seq) VALUES", 7, "");
    INSERT
        .run(connection, conversations, |NewConversation { row, created_by, seq }, values| {
            values.id(row.id.as_bytes()).add(row.kind.as_str()).add(row.name.clone()).add(row.topic.clone());
            values.id(created_by.as_bytes()).add(row.created_at).number(*seq);
        })
        .await
}

pub(crate) async fn kind(connection: &mut AnyConnection, id: ConversationId) -> Result<Option<ConversationKind>, StoreError> {
    let row = sqlx::query("SELECT kind FROM conversation WHERE id = $1").bind(id.as_bytes().to_vec()).fetch_optional(connection).await?;
    row.map(|row| ConversationKind::parse(row.try_get(0)?).ok_or(StoreError::Unreadable("kind of conversation"))).transpose()
}

/// The conversation's row if it changed in `(after, upto]`.
pub(crate) async fn changed(connection: &mut AnyConnection, id: ConversationId, after: Seq, upto: Seq) -> Result<Option<Row>, StoreError> {
    let row = sqlx::query("SELECT kind, name, topic, created_at, seq FROM conversation WHERE id = $1 AND seq > $2 AND seq <= $3")
        .bind(id.as_bytes().to_vec())
        .bind(columns::to_big(after))
        .bind(columns::to_big(upto))
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        let kind = ConversationKind::parse(row.try_get(0)?).ok_or(StoreError::Unreadable("kind of conversation"))?;
        let data = ConversationRow { id, kind, name: row.try_get(1)?, topic: row.try_get(2)?, created_at: row.try_get(3)? };
        Ok(Row::new(columns::number(&row, 4)?, data))
    })
    .transpose()
}
