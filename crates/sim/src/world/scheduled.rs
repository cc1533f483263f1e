//! What people have scheduled: the server sends each once, as it is by then, and nothing that was given up.

use super::World;
use crate::violation::{Result, Violation};
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::Intent,
};

impl World<'_> {
    /// The server looks what is due. Where the disk refuses it, it is due the next time.
    pub(super) async fn send_scheduled(&mut self) -> Result<()> {
        if self.model.scheduled.is_empty() {
            return Ok(());
        }
        let Some(inside) = self.host.up() else { return Ok(()) };
        let due = match inside.send_scheduled().await {
            Ok(due) => due,
            Err(error) => {
                self.trace.line(self.now, format_args!("what is due waits: {error}"));
                false
            }
        };
        if self.host.up().is_some_and(|inside| inside.failure().is_some()) {
            return self.kill_server().await;
        }
        let before = self.model.sent.len();
        let Some(inside) = self.host.up() else { return Ok(()) };
        for (user, message, pos) in inside.sent_scheduled().await? {
            if !self.model.sent.contains_key(&message) {
                self.learn_sent(user, message)?;
            }
            self.model.places.extend(pos.map(|pos| (message, pos)));
        }
        // What may not be sent changes as well: its author is told.
        if !due && self.model.sent.len() == before {
            return Ok(());
        }
        self.host.moved = true;
        self.changes += 1;
        self.publish().await?;
        self.pump().await
    }

    fn learn_sent(&mut self, user: UserId, message: MutationId) -> Result<()> {
        let Some(scheduled) = self.model.scheduled.get(&message).cloned() else {
            return Err(Violation::new("scheduled", format!("{message} was sent, and nobody has scheduled it")));
        };
        if scheduled.given_up || scheduled.by != user {
            return Err(Violation::new("scheduled", format!("{message} was sent for {user}: {scheduled:?}")));
        }
        if self.model.given_up_once.contains(&message) && !self.is_wanted_again(message) {
            return Err(Violation::new("scheduled", format!("{message} was given up before the server was set back, and is sent")));
        }
        self.trace.line(self.now, format_args!("the server sends {message}, which was scheduled"));
        self.model.sent.insert(message, (scheduled.conversation, user));
        *self.model.taken.entry(scheduled.conversation).or_default() += 1;
        Ok(())
    }

    /// Whether somebody may have had it sent nevertheless; by a clock that jumped it may have been due at any time.
    fn is_wanted_again(&self, message: MutationId) -> bool {
        let changes = |intent: &Intent| matches!(intent, Intent::ChangeScheduled(change) if change.message == message);
        self.server_clock_jumped || self.model.made.values().any(|made| changes(&made.intent))
    }

    /// Whether something is not in the outbox any more because what was to be scheduled has never gone out: that is otherwise now, or given
    /// up. The model follows. `new`: what was made last.
    pub(super) async fn is_rescheduled(&mut self, device: usize, gone: MutationId, new: Option<MutationId>) -> Result<bool> {
        let intent_of = |id: MutationId| self.model.made.get(&id).map(|made| made.intent.clone());
        let Some(intent) = intent_of(gone) else { return Ok(false) };
        let given_up = new.and_then(intent_of).and_then(|new| match new {
            Intent::CancelScheduled(cancel) => Some(cancel.message),
            _ => None,
        });
        let Some(app) = self.app(device) else { return Ok(false) };
        let entries = app.replica.clone().outbox().await?;
        let there = |message: MutationId| entries.iter().find(|entry| entry.id == message);
        match intent {
            Intent::ScheduleMessage(_) => Ok(given_up == Some(gone)),
            Intent::CancelScheduled(cancel) => Ok(given_up == Some(cancel.message) && there(cancel.message).is_none()),
            Intent::ChangeScheduled(change) if given_up == Some(change.message) => Ok(there(change.message).is_none()),
            Intent::ChangeScheduled(change) => {
                let waiting = there(change.message).filter(|entry| entry.tried_local.is_none());
                let (Some(entry), Some(made)) = (waiting, self.model.made.get_mut(&change.message)) else { return Ok(false) };
                made.intent = entry.intent.clone();
                Ok(true)
            }
            _ => Ok(false),
        }
    }
}
