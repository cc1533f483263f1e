//! Changes on their way: written durably here first, acknowledged later.

mod item;

pub(super) use item::{body_of, change_view, delivery, is_forwarded, thread_root_of};

use super::Client;
use crate::{
    engine::wall_ms,
    session::Session,
    view::{Discarded, Fate, OutboxItem, Problem, Update},
};
use hearth_protocol::{
    Pos,
    ids::{ConversationId, MessageId, MutationId, UserId},
    mutation::Mutation,
    mutations::{CreateDirect, Intent, MarkRead, MarkUnread, SendMessage},
};
use hearth_replica::{OutboxEntry, TakenBack, TakingBack};
use item::{item, quote_of, text_of};

impl Client {
    /// Writes a message. When this returns it is safe on this computer's disk, and its draft is gone; it goes out by itself, at once or as
    /// much later as the person wants to be able to take it back.
    ///
    /// # Errors
    /// The message is empty or too long, or the disk is full: then nothing changed, the draft included.
    pub async fn send_message(&self, conversation: ConversationId, text: &str) -> Result<MessageId, Problem> {
        let body = self.body(conversation, text).await?;
        self.say(SendMessage::new(conversation, body)).await
    }

    pub(super) async fn say(&self, message: SendMessage) -> Result<MessageId, Problem> {
        let session = self.session()?;
        let (conversation, now) = (message.conversation, wall_ms());
        let mutation = Mutation::new(MutationId::new(), message);
        let wait_ms = self.settings().undo_send_ms();
        let not_before = (wait_ms > 0).then(|| now.saturating_add(wait_ms));
        session.checked(session.replica.enqueue_later(&mutation, now, not_before).await)?;
        session.enqueued().await;
        self.changed_here(&session, Some(conversation)).await;
        Ok(mutation.id)
    }

    /// Opens the direct conversation with somebody, offline too.
    pub async fn start_direct(&self, user: UserId) -> Result<ConversationId, Problem> {
        let session = self.session()?;
        let conversation = ConversationId::direct(session.user, user);
        if session.replica.conversation(conversation).await?.is_none() {
            self.enqueue(Intent::CreateDirect(CreateDirect { conversation, peer: user })).await?;
        }
        Ok(conversation)
    }

    /// Says that I have read up to this place, or all that is there.
    pub async fn mark_read(&self, conversation: ConversationId, pos: impl Into<Option<Pos>>) -> Result<(), Problem> {
        let session = self.session()?;
        let pos = match pos.into() {
            Some(pos) => pos,
            None => session.checked(session.replica.last_place(conversation).await)?,
        };
        let pos = session.checked(session.replica.read_through(conversation, pos).await)?;
        let line = session.replica.conversation(conversation).await?;
        if line.as_ref().is_none_or(|line| line.read_pos < pos) {
            self.enqueue(Intent::MarkRead(MarkRead { conversation, pos })).await?;
        }
        if line.is_some_and(|line| line.mentions > 0) {
            self.tell(Update::Inbox);
        }
        Ok(())
    }

    /// Marks as unread from this message on, or from the newest of somebody else.
    pub async fn mark_unread(&self, conversation: ConversationId, from: Option<MessageId>) -> Result<(), Problem> {
        let session = self.session()?;
        let Some(from) = session.checked(session.replica.unread_place(conversation, from).await)? else {
            return Err(nothing_unread());
        };
        self.enqueue(Intent::MarkUnread(MarkUnread { conversation, from })).await?;
        self.tell(Update::Inbox);
        Ok(())
    }

    /// What the person did and waits for, oldest first; marks of what was read or has come go out by themselves.
    pub async fn list_outbox(&self) -> Result<Vec<OutboxItem>, Problem> {
        let session = self.session()?;
        let entries = session.checked(session.replica.outbox().await)?;
        let mut items = vec![];
        for entry in entries.iter().filter(|entry| !entry.is_quiet()) {
            items.push(item(&session, entry, &entries).await?);
        }
        Ok(items)
    }

    /// Sends something again that was refused or waits.
    pub async fn retry_outbox(&self, id: MutationId) -> Result<(), Problem> {
        let session = self.session()?;
        let conversation = conversation_of(&session.checked(session.replica.outbox().await)?, id);
        session.checked(session.replica.retry(id).await)?;
        session.enqueued().await;
        self.changed_here(&session, conversation).await;
        Ok(())
    }

    /// Takes something out of the outbox. What may have arrived is taken back at the server first, offline as soon as it answers again.
    /// `edit`: a message's text goes back into the draft of its conversation, or of its thread. `with_others`: what needs it goes along.
    ///
    /// # Errors
    /// `already_sent`: it was acknowledged meanwhile.
    pub async fn discard_outbox(&self, id: MutationId, edit: bool, with_others: bool) -> Result<Discarded, Problem> {
        let session = self.session()?;
        let why = if edit { TakingBack::Edit } else { TakingBack::Discard };
        let outbox = session.checked(session.replica.outbox().await)?;
        let conversation = conversation_of(&outbox, id);
        let discarded = match session.checked(session.replica.discard(id, why, with_others).await)? {
            hearth_replica::Discarded::Gone(intent) => Discarded::Gone { text: text_of(&intent) },
            hearth_replica::Discarded::TakingBack => Discarded::TakingBack,
            hearth_replica::Discarded::Needed(others) => {
                let mut by = vec![];
                for entry in &others {
                    by.push(item(&session, entry, &outbox).await?);
                }
                return Ok(Discarded::Needed { by });
            }
            hearth_replica::Discarded::Missing => {
                return Err(Problem::new(
                    "already_sent",
                    "This had already been sent. Delete it in the conversation if it should not be there.",
                ));
            }
        };
        session.enqueued().await;
        self.changed_here(&session, conversation).await;
        Ok(discarded)
    }

    pub(super) async fn enqueue(&self, intent: Intent) -> Result<MutationId, Problem> {
        let session = self.session()?;
        let conversation = intent.lane().conversation();
        let mutation = Mutation::new(MutationId::new(), intent);
        session.checked(session.replica.enqueue(&mutation, wall_ms()).await)?;
        session.enqueued().await;
        self.changed_here(&session, conversation).await;
        Ok(mutation.id)
    }

    pub(super) async fn tell_taken_back(&self, session: &Session, ended: Vec<TakenBack>) {
        for TakenBack { intent, fate, .. } in ended {
            let fate = match fate {
                hearth_replica::Fate::Arrived => Fate::Arrived,
                hearth_replica::Fate::Discarded => Fate::Discarded,
                hearth_replica::Fate::Returned => Fate::Returned,
                hearth_replica::Fate::Renewed(_) => Fate::Renewed,
            };
            // A quote that cannot be read is left out: the draft has the id.
            let quote = quote_of(session, &intent).await.unwrap_or_default();
            let (conversation, thread) = (intent.lane().conversation(), thread_root_of(&intent));
            self.tell(Update::TakenBack { conversation, fate, text: text_of(&intent), quote, thread });
        }
    }
}

pub(super) fn nothing_unread() -> Problem {
    Problem::new("nothing_unread", "There is no message of somebody else here that could be unread.")
}

fn conversation_of(outbox: &[OutboxEntry], id: MutationId) -> Option<ConversationId> {
    outbox.iter().find(|entry| entry.id == id)?.intent.lane().conversation()
}
