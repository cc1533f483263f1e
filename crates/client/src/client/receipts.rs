//! Who has read what, and what others are told of me.

use super::{Client, people::person_view};
use crate::view::{Problem, ReaderView};
use hearth_protocol::{
    ids::{ConversationId, MessageId},
    mutations::SetReadReceipts,
};

impl Client {
    /// Whom a message has reached: those who have read it, with the time, then those who only have it.
    pub async fn list_readers(&self, conversation: ConversationId, message: MessageId) -> Result<Vec<ReaderView>, Problem> {
        let session = self.session()?;
        let readers = session.checked(session.replica.readers(conversation, message).await)?;
        let view = |reader: hearth_replica::Reader| ReaderView { person: person_view(&reader.person), read_at: reader.read_at };
        Ok(readers.into_iter().map(view).collect())
    }

    /// Whether others may see what has reached me and what I have read.
    pub async fn read_receipts(&self) -> Result<bool, Problem> {
        let session = self.session()?;
        Ok(session.checked(session.replica.shares_receipts().await)?)
    }

    /// Says so, from now on and on all my devices; it goes out by itself.
    pub async fn set_read_receipts(&self, on: bool) -> Result<(), Problem> {
        if self.read_receipts().await? != on {
            self.enqueue(SetReadReceipts { on }.into()).await?;
        }
        Ok(())
    }
}
