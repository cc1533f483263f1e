//! A restored backup: what the server had acknowledged comes again from the devices that still have it.

use super::World;
use crate::{
    model::Made,
    violation::{Result, Violation},
};
use hearth_client::engine::Input;
use hearth_protocol::{
    error::ErrorCode,
    ids::MutationId,
    mutation::{Acked, Outcome},
    mutations::Intent,
};
use hearth_replica::{OutboxEntry, OutboxState, TakingBack};
use std::collections::BTreeSet;

impl World<'_> {
    /// What had been acknowledged may be in the outbox again.
    pub(super) async fn note_replayed(&mut self, device: usize) -> Result<()> {
        let before: BTreeSet<MutationId> = self.devices[device].outbox.keys().copied().collect();
        self.read_outbox(device).await?;
        let back = self.devices[device].outbox.keys().filter(|id| !before.contains(id)).count();
        (0..back).for_each(|_| self.coverage.outbox("acknowledged", "queued"));
        Ok(())
    }

    /// What was not there may come yet: then it was not refused for good.
    pub(super) async fn note_missing(&mut self, device: usize, acked: &[Acked]) -> Result<()> {
        let missing = |acked: &&Acked| matches!(&acked.outcome, Outcome::Refused(error) if error.code == ErrorCode::NotFound);
        let missing: Vec<MutationId> = acked.iter().filter(missing).map(|acked| acked.id).collect();
        if missing.is_empty() || !self.model.restored {
            return Ok(());
        }
        self.read_outbox(device).await?;
        for id in missing {
            if self.devices[device].outbox.get(&id) == Some(&OutboxState::Queued) {
                self.coverage.outbox("in-flight", "missed-for-now");
            }
        }
        Ok(())
    }

    /// The person does not wait any longer for what nobody has.
    pub(super) async fn give_up_missing(&mut self, device: usize) -> Result<()> {
        let Some(app) = self.app(device) else { return Ok(()) };
        let missing = |entry: &&OutboxEntry| {
            let refused = entry.error.as_ref().is_some_and(|error| error.code == ErrorCode::NotFound);
            entry.replayed_local.is_some() && entry.state == OutboxState::Queued && refused
        };
        let entries = app.replica.clone().outbox().await?;
        let missing: Vec<MutationId> = entries.iter().filter(missing).map(|entry| entry.id).collect();
        for id in &missing {
            self.discard(device, *id, TakingBack::Discard).await?;
        }
        if missing.is_empty() {
            return Ok(());
        }
        self.note_forced(device)?;
        self.begin_watch(device).await?;
        self.feed(device, Input::Enqueued).await
    }

    /// What was acknowledged, and lost with a restored backup, is there again, unless somebody did not want it.
    pub(super) fn check_replayed(&self) -> Result<()> {
        let lost = self.model.lost.iter().find(|id| {
            self.model.made.get(id).is_some_and(|made| {
                is_content(&made.intent) && made.heard && !made.touched && !self.model.is_away(made.by) && !self.is_excused(**id, made)
            })
        });
        match lost.and_then(|id| Some((id, self.model.made.get(id)?))) {
            Some((id, made)) => {
                let said = format!("{id} ({:?}, by {}) was acknowledged, and is lost with the restored backup", made.intent, made.by);
                Err(Violation::new("replayed", said))
            }
            None => Ok(()),
        }
    }

    fn is_excused(&self, id: MutationId, made: &Made) -> bool {
        let gone = |message: &MutationId| self.model.gone_once.contains(message) || self.model.deleted.contains(message);
        let jumped = self.devices[made.device].clock_jumped;
        match &made.intent {
            Intent::SendMessage(_) => gone(&id) || (jumped && self.server_clock_jumped),
            Intent::EditMessage(edit) => gone(&edit.message) || (jumped && self.server_clock_jumped),
            // Of a message that has not come back there is nothing to delete.
            Intent::DeleteMessage(delete) => jumped || self.model.lost.contains(&delete.message),
            _ => jumped && self.server_clock_jumped,
        }
    }
}

/// Whether it is what somebody wrote; who is where after a restored backup an admin decides.
fn is_content(intent: &Intent) -> bool {
    matches!(intent, Intent::SendMessage(_) | Intent::EditMessage(_) | Intent::DeleteMessage(_) | Intent::CreateDirect(_))
}
