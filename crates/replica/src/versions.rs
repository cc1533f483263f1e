//! What a message said before it was edited. It is no row of a stream: it is here once somebody has looked it up.

use crate::{
    Replica, Result,
    connection::Durability,
    outbox::Projection,
    tables::{message, version},
};
use hearth_protocol::{
    body::Body,
    ids::{ConversationId, MessageId},
    rows::MessageRow,
    versions::MessageVersion,
};

/// What is here of a message's texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Versions {
    /// The message as the server has it.
    pub row: MessageRow,
    /// What was looked up, by revision, up to and with the one that it had then.
    pub kept: Vec<MessageVersion>,
    /// The text that it gets from an edit of mine that waits.
    pub waits: Option<Body>,
}

impl Versions {
    /// Nothing from before the message as it is need be asked for.
    pub fn is_whole(&self) -> bool {
        let Some(last) = self.kept.last() else { return self.row.revision == 0 };
        let same = last.revision == self.row.revision && Some(&last.body) == self.row.body.as_ref();
        same || last.revision.checked_add(1) == Some(self.row.revision)
    }
}

impl Replica {
    /// `None` where the message cannot be seen here.
    pub async fn versions(&self, conversation: ConversationId, id: MessageId) -> Result<Option<Versions>> {
        let mut tx = self.read().await?;
        let Some(row) = message::visible(&mut tx, conversation, id).await? else { return Ok(None) };
        let kept = version::of_message(&mut tx, id).await?;
        let mut laid = row.clone();
        Projection::of(&mut tx, conversation).await?.lay_over(&mut laid);
        let waits = laid.body.filter(|body| laid.revision != row.revision && Some(body) != row.body.as_ref());
        Ok(Some(Versions { row, kept, waits }))
    }

    /// Keeps what the server has told, for as long as the message is here.
    pub async fn keep_versions(&self, conversation: ConversationId, id: MessageId, versions: &[MessageVersion]) -> Result<()> {
        let mut tx = self.write(Durability::Undoable).await?;
        version::keep(&mut tx, conversation, id, versions).await?;
        tx.commit().await
    }

    /// Everything of this kind that is here.
    pub async fn all_versions(&self) -> Result<Vec<(ConversationId, MessageId, MessageVersion)>> {
        version::all(&mut *self.read().await?).await
    }
}
