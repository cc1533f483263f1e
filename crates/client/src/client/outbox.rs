//! Changes on their way: written durably here first, acknowledged later.

use super::Client;
use crate::{
    engine::wall_ms,
    session::Session,
    view::{Delivery, OutboxItem, Problem},
};
use hearth_protocol::{
    Pos,
    body::Body,
    error::ApiError,
    ids::{ConversationId, MessageId, MutationId, UserId},
    mutation::Mutation,
    mutations::{CreateDirect, Intent, Lane, MarkRead, SendMessage},
};
use hearth_replica::{OutboxEntry, OutboxState, shows};

impl Client {
    /// Writes a message. When this returns it is safe on this computer's disk, and its draft is gone; it goes out by itself.
    ///
    /// # Errors
    /// The message is empty or too long, or the disk is full: then nothing changed, the draft included.
    pub async fn send_message(&self, conversation: ConversationId, text: &str) -> Result<MessageId, Problem> {
        let body = Body::text(text);
        body.check().map_err(|reason| Problem::new("message_too_long", reason))?;
        self.enqueue(Intent::SendMessage(SendMessage { conversation, body })).await
    }

    /// Opens the direct conversation with somebody, offline too.
    pub async fn start_direct(&self, user: UserId) -> Result<ConversationId, Problem> {
        let session = self.session()?;
        let conversation = ConversationId::direct(session.me.user, user);
        if session.replica.conversation(conversation).await?.is_none() {
            self.enqueue(Intent::CreateDirect(CreateDirect { conversation, peer: user })).await?;
        }
        Ok(conversation)
    }

    /// Says that I have read up to this place.
    pub async fn mark_read(&self, conversation: ConversationId, pos: Pos) -> Result<(), Problem> {
        let session = self.session()?;
        let marked = session.replica.conversation(conversation).await?.is_some_and(|line| line.read_pos >= pos);
        if !marked {
            self.enqueue(Intent::MarkRead(MarkRead { conversation, pos })).await?;
        }
        Ok(())
    }

    /// What the person did and the server has not acknowledged, oldest first; marks of what was read or has come go out by themselves.
    pub async fn list_outbox(&self) -> Result<Vec<OutboxItem>, Problem> {
        let session = self.session()?;
        let mut items = vec![];
        for entry in session.checked(session.replica.outbox().await)?.into_iter().filter(|entry| !shows(&entry.intent).is_mark()) {
            items.push(item(&session, entry).await?);
        }
        Ok(items)
    }

    /// Sends something again that was refused or waits.
    pub async fn retry_outbox(&self, id: MutationId) -> Result<(), Problem> {
        let session = self.session()?;
        session.replica.retry(id).await?;
        session.enqueued().await;
        self.changed_here(&session, None).await;
        Ok(())
    }

    /// Takes something out of the outbox; a message's text comes back, so that it can be edited.
    ///
    /// # Errors
    /// It is on its way, and the server may have it already.
    pub async fn discard_outbox(&self, id: MutationId) -> Result<Option<String>, Problem> {
        let session = self.session()?;
        let Some(intent) = session.replica.discard(id).await? else {
            return Err(Problem::new("in_flight", "This is on its way or has arrived already. Wait for the answer."));
        };
        self.changed_here(&session, lane_conversation(intent.lane())).await;
        Ok(text_of(intent))
    }

    pub(super) async fn enqueue(&self, intent: Intent) -> Result<MutationId, Problem> {
        let session = self.session()?;
        let conversation = lane_conversation(intent.lane());
        let mutation = Mutation { id: MutationId::new(), intent };
        session.checked(session.replica.enqueue(&mutation, wall_ms()).await)?;
        session.enqueued().await;
        self.changed_here(&session, conversation).await;
        Ok(mutation.id)
    }
}

fn lane_conversation(lane: Lane) -> Option<ConversationId> {
    match lane {
        Lane::Conversation(conversation) => Some(conversation),
        Lane::User => None,
    }
}

/// The body of a message that has not gone out yet.
pub(super) fn body_of(intent: Intent) -> Option<Body> {
    match intent {
        Intent::SendMessage(message) => Some(message.body),
        _ => None,
    }
}

fn text_of(intent: Intent) -> Option<String> {
    body_of(intent)?.searchable().map(str::to_owned)
}

async fn item(session: &Session, entry: OutboxEntry) -> Result<OutboxItem, Problem> {
    let conversation = lane_conversation(entry.intent.lane());
    let line = match conversation {
        Some(conversation) => session.replica.conversation(conversation).await?,
        None => None,
    };
    Ok(OutboxItem {
        id: entry.id,
        what: entry.intent.name().to_owned(),
        conversation,
        conversation_name: line.map(|line| super::conversations::item_view(line).name).unwrap_or_default(),
        since_local: entry.made_at_local,
        tries: entry.tries,
        state: delivery(&entry),
        text: text_of(entry.intent),
    })
}

/// Where an outbox entry is, in the page's words.
pub(super) fn delivery(entry: &OutboxEntry) -> Delivery {
    match entry.state {
        OutboxState::Queued => Delivery::Queued,
        OutboxState::InFlight => Delivery::Sending,
        OutboxState::Failed => Delivery::Failed { problem: entry.error.clone().unwrap_or_else(ApiError::not_found).into() },
    }
}
