//! Editing and deleting messages, which shows at once and goes out like everything else.

use super::{
    Client,
    outbox::{body_of, is_forwarded},
};
use crate::view::Problem;
use hearth_protocol::{
    body::Body,
    ids::{ConversationId, MessageId, MutationId},
    limits,
    mutations::{DeleteMessage, EditMessage, Intent},
    rows::MessageRow,
};
use hearth_replica::{At, Item, TakingBack};

/// What is known of it before it is changed.
struct Mine {
    /// The one that is shown, with what of mine waits.
    revision: u32,
    forwarded: bool,
    /// It names everyone.
    called: bool,
}

impl Client {
    /// Gives a message of mine another text, based on what is on the screen now. `instead_of`: my earlier edit that was refused, and
    /// that this one stands for.
    ///
    /// # Errors
    /// The text is empty or too long; `not_found` or `not_allowed` when there is no such message of mine here, or it was forwarded.
    pub async fn edit_message(
        &self,
        conversation: ConversationId,
        message: MessageId,
        text: &str,
        instead_of: Option<MutationId>,
    ) -> Result<MutationId, Problem> {
        let Mine { revision: based_on, forwarded, called } = self.mine(conversation, message).await?;
        let body = self.body_again(conversation, called, text).await?;
        if forwarded {
            let message = "What was forwarded stays as it was said. Delete it, and write your own words.";
            return Err(Problem::new("not_allowed", message));
        }
        let edited = self.enqueue(Intent::EditMessage(EditMessage { conversation, message, based_on, body })).await?;
        if let Some(refused) = instead_of {
            // A refusal that was answered; were it not, the server says which of the two counts.
            let session = self.session()?;
            session.checked(session.replica.discard(refused, TakingBack::Discard, false).await)?;
            self.changed_here(&session, Some(conversation)).await;
        }
        Ok(edited)
    }

    /// Deletes a message of mine for everybody. One that has never been sent is simply not sent.
    pub async fn delete_message(&self, conversation: ConversationId, message: MessageId) -> Result<(), Problem> {
        self.mine(conversation, message).await?;
        let session = self.session()?;
        let waiting = session.checked(session.replica.outbox().await)?;
        if waiting.iter().any(|entry| entry.id == message && entry.tried_local.is_none()) {
            // Its own edits go with it.
            return self.discard_outbox(message, false, true).await.map(|_| ());
        }
        self.enqueue(Intent::DeleteMessage(DeleteMessage { conversation, message })).await.map(|_| ())
    }

    /// A message of mine that somebody wants to change.
    async fn mine(&self, conversation: ConversationId, message: MessageId) -> Result<Mine, Problem> {
        let session = self.session()?;
        let aside = session.checked(session.replica.message_row(conversation, message).await)?.filter(MessageRow::is_aside);
        let shown = if let Some((root, pos)) = aside.and_then(|row| Some((row.thread_root?, row.pos))) {
            session.checked(session.replica.thread(conversation, root, Some(pos.saturating_add(1)), 1).await)?.messages
        } else {
            match session.checked(session.replica.timeline(conversation, At::Message(message), limits::TIMELINE_PAGE).await) {
                Err(hearth_replica::Error::NoSuchMessage) => vec![],
                other => other?.messages,
            }
        };
        let found = shown.into_iter().find(|shown| match &shown.item {
            Item::Row(row) => row.id == message,
            Item::Outbox(entry) => entry.id == message,
        });
        let Some(found) = found else {
            return Err(Problem::new("not_found", "This message is not on this computer any more. Look for it in the conversation."));
        };
        if !found.mine {
            return Err(Problem::new("not_allowed", "Only who wrote a message can change it."));
        }
        match found.item {
            Item::Row(row) if row.body.is_none() => Err(Problem::new("not_found", "This message was deleted. Send the text as a new one.")),
            Item::Row(row) => {
                let called = row.body.as_ref().is_some_and(Body::names_everyone);
                Ok(Mine { revision: row.revision, forwarded: row.forwarded, called })
            }
            // Its edits that wait are laid over it and not counted.
            Item::Outbox(entry) => {
                let forwarded = is_forwarded(&entry.intent);
                let called = body_of(&entry.intent).is_some_and(|body| body.names_everyone());
                let waiting = session.checked(session.replica.outbox().await)?;
                let edits = waiting.iter().filter(|entry| matches!(&entry.intent, Intent::EditMessage(edit) if edit.message == message));
                Ok(Mine { revision: u32::try_from(edits.count()).unwrap_or(u32::MAX), forwarded, called })
            }
        }
    }
}
