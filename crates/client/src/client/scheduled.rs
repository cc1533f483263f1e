//! Messages that the server sends at their time.

use super::{Client, conversations::item_view, outbox::change_view};
use crate::{
    engine::wall_ms,
    session::Session,
    view::{Problem, ScheduledView},
};
use hearth_protocol::{
    Millis,
    error::ErrorCode,
    ids::{ConversationId, MessageId, MutationId},
    limits,
    mutation::Mutation,
    mutations::{CancelScheduled, ChangeScheduled, Intent, ScheduleMessage},
};
use hearth_replica::{OutboxState, Scheduled, TakingBack};

/// What has passed, whatever the clocks say: it goes out at the server's next look.
const AT_ONCE: Millis = 0;

impl Client {
    /// Has the server send a message at a time, also when no device of mine is on. When this returns it is safe on this computer's disk,
    /// and its draft is gone. Made offline, it goes out when the server has heard of it, should its time have passed by then.
    ///
    /// # Errors
    /// The message is empty or too long, its time is not ahead or too far, 100 wait already, or the disk is full: then nothing changed.
    pub async fn schedule_message(
        &self,
        conversation: ConversationId,
        text: &str,
        reply_to: Option<MessageId>,
        send_at: Millis,
    ) -> Result<MessageId, Problem> {
        let body = self.body(conversation, text).await?;
        ahead(send_at)?;
        let session = self.session()?;
        if session.checked(session.replica.scheduled(None).await)?.len() >= limits::SCHEDULED_MAX {
            let message = "100 messages of yours wait for their time. Give one of them up before you schedule another one.";
            return Err(Problem::new("too_many_scheduled", message));
        }
        self.enqueue(ScheduleMessage { conversation, body, reply_to, send_at }.into()).await
    }

    /// Gives one another text or another time; what could not be sent is tried again. What of mine was refused meanwhile, scheduling it
    /// included, is over with that: this says what is wanted now. `based_on`: the revision that was looked at.
    ///
    /// # Errors
    /// As for scheduling; `already_sent` when it does not wait any more, `edit_conflict` when it is another one by now. The server says
    /// so of what this computer has not heard of yet: then the change stays in the outbox, with its text.
    pub async fn change_scheduled(
        &self,
        conversation: ConversationId,
        message: MessageId,
        based_on: u32,
        text: Option<&str>,
        send_at: Option<Millis>,
    ) -> Result<(), Problem> {
        let body = match text {
            Some(text) => Some(self.body(conversation, text).await?),
            None => None,
        };
        send_at.map_or(Ok(()), ahead)?;
        let waiting = self.waiting(conversation, message).await?.row;
        if waiting.revision != based_on {
            let message = "This was changed on another device meanwhile. Look at it as it is now, then decide.";
            return Err(Problem::new("edit_conflict", message));
        }
        let session = self.session()?;
        let refused = refused(&session, message).await?;
        if refused.contains(&message) {
            // The server has never had it: it is scheduled anew. It was not written in the composer, whose draft stays.
            let unreadable = || Problem::new("not_allowed", "This version cannot read what it says. Update Hearth, then change it.");
            let (body, send_at) = (body.or(waiting.body).ok_or_else(unreadable)?, send_at.unwrap_or(waiting.send_at));
            ahead(send_at)?;
            let anew = ScheduleMessage { conversation, body, reply_to: waiting.reply_to, send_at };
            session.checked(session.replica.enqueue_all(&[Mutation::new(MutationId::new(), anew)], wall_ms()).await)?;
        } else {
            let change = ChangeScheduled { conversation, message, based_on, body, send_at };
            self.enqueue(change.into()).await?;
        }
        for id in refused {
            session.checked(session.replica.discard(id, TakingBack::Discard, true).await)?;
        }
        session.enqueued().await;
        self.changed_here(&session, Some(conversation)).await;
        Ok(())
    }

    /// Has one sent now.
    ///
    /// # Errors
    /// `already_sent` when it does not wait any more.
    pub async fn send_scheduled(&self, conversation: ConversationId, message: MessageId) -> Result<(), Problem> {
        let based_on = self.waiting(conversation, message).await?.row.revision;
        let change = ChangeScheduled { conversation, message, based_on, body: None, send_at: Some(AT_ONCE) };
        self.enqueue(change.into()).await.map(drop)
    }

    /// Gives one up. One that the server has never heard of is simply not sent there.
    pub async fn cancel_scheduled(&self, conversation: ConversationId, message: MessageId) -> Result<(), Problem> {
        self.enqueue(CancelScheduled { conversation, message }.into()).await.map(drop)
    }

    /// What waits for its time in a conversation, or in all, and what could not be sent; what goes out first first. Answers offline like
    /// online.
    pub async fn list_scheduled(&self, conversation: Option<ConversationId>) -> Result<Vec<ScheduledView>, Problem> {
        let session = self.session()?;
        let mut views = vec![];
        for scheduled in session.checked(session.replica.scheduled(conversation).await)? {
            let line = session.checked(session.replica.conversation(scheduled.row.conversation).await)?;
            views.push(scheduled_view(scheduled, line.map(|line| item_view(line).name)));
        }
        Ok(views)
    }

    async fn waiting(&self, conversation: ConversationId, message: MessageId) -> Result<Scheduled, Problem> {
        let session = self.session()?;
        let found = session.checked(session.replica.scheduled(Some(conversation)).await)?;
        let gone = || Problem::new("already_sent", "It does not wait any more: it has been sent or given up. Look in its conversation.");
        found.into_iter().find(|scheduled| scheduled.row.id == message).ok_or_else(gone)
    }
}

/// What the server has refused of scheduling this message or changing it. What was tried long ago may have arrived: that is none of it.
async fn refused(session: &Session, message: MessageId) -> Result<Vec<MutationId>, Problem> {
    let mut outbox = session.checked(session.replica.outbox().await)?;
    outbox.retain(|entry| {
        let of_it = entry.id == message || matches!(&entry.intent, Intent::ChangeScheduled(change) if change.message == message);
        let unclear = entry.error.as_ref().is_some_and(|error| error.code == ErrorCode::TriedLongAgo);
        of_it && entry.state == OutboxState::Failed && !unclear
    });
    Ok(outbox.into_iter().map(|entry| entry.id).collect())
}

fn ahead(send_at: Millis) -> Result<(), Problem> {
    let left = send_at.saturating_sub(wall_ms());
    if left < limits::SCHEDULE_MS_MIN {
        return Err(Problem::new("too_soon", "This time has come already. Choose a later one, or send the message now."));
    }
    if left > limits::SCHEDULE_MS_MAX {
        return Err(Problem::new("too_far", "A message waits for its time for a year at most. Choose an earlier one."));
    }
    Ok(())
}

fn scheduled_view(scheduled: Scheduled, name: Option<String>) -> ScheduledView {
    let Scheduled { row, change, only_here, .. } = scheduled;
    ScheduledView {
        message: row.id,
        conversation: row.conversation,
        name,
        revision: row.revision,
        text: row.body.as_ref().and_then(|body| body.searchable()).map(str::to_owned),
        send_at: row.send_at,
        reason: row.reason.map(ErrorCode::as_str).map(str::to_owned),
        only_here,
        change: change.as_ref().map(change_view),
    }
}
