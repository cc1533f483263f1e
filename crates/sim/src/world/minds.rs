//! People change their minds: they try again what was refused, give it up, or want back what waits.

use super::World;
use crate::{dice::Dice, violation::Result};
use hearth_client::engine::Input;
use hearth_protocol::ids::MutationId;
use hearth_replica::{OutboxState, TakingBack};

impl World<'_> {
    /// The person looks at what was refused: tries it once more, then gives it up.
    pub(super) async fn tidy_outbox(&mut self, device: usize) -> Result<()> {
        let failed: Vec<MutationId> =
            self.devices[device].outbox.iter().filter(|(_, state)| **state == OutboxState::Failed).map(|(id, _)| *id).collect();
        let Some(app) = self.app(device) else { return Ok(()) };
        let replica = app.replica.clone();
        for id in &failed {
            let touched = self.model.made.get(id).is_some_and(|made| made.touched);
            if !touched && self.net.percent(50) {
                replica.retry(*id).await?;
                self.read_outbox(device).await?;
                if let Some(state) = self.devices[device].outbox.get(id) {
                    self.coverage.outbox("failed", state_name(*state));
                }
            } else {
                self.discard(device, *id, TakingBack::Discard).await?;
            }
            if let Some(made) = self.model.made.get_mut(id) {
                made.touched = true;
            }
        }
        if failed.is_empty() {
            return Ok(());
        }
        self.note_forced(device)?;
        self.read_outbox(device).await?;
        self.devices[device].glance = replica.glance().await?;
        self.feed(device, Input::Enqueued).await
    }

    /// Somebody wants something back that waits or is on its way.
    pub(super) async fn change_mind(&mut self, device: usize, dice: &mut Dice) -> Result<()> {
        let waiting: Vec<MutationId> = self.devices[device].outbox.keys().copied().collect();
        let Some(id) = dice.pick(&waiting).copied() else { return Ok(()) };
        let why = if dice.percent(50) { TakingBack::Discard } else { TakingBack::Edit };
        self.discard(device, id, why).await?;
        let Some(app) = self.app(device) else { return Ok(()) };
        let glance = app.replica.clone().glance().await?;
        self.devices[device].glance = glance;
        self.feed(device, Input::Enqueued).await
    }

    /// With whatever needs it: the person says so.
    pub(super) async fn discard(&mut self, device: usize, id: MutationId, why: TakingBack) -> Result<()> {
        self.read_outbox(device).await?;
        let before = self.devices[device].outbox.clone();
        let Some(app) = self.app(device) else { return Ok(()) };
        match app.replica.clone().discard(id, why, true).await {
            Ok(_) => {}
            Err(hearth_replica::Error::DiskFull) => return Ok(()),
            Err(error) => return Err(error.into()),
        }
        self.trace.line(self.now, format_args!("device {device} wants {id} back"));
        self.read_outbox(device).await?;
        for (id, from) in before {
            let now = self.devices[device].outbox.get(&id).copied();
            if now == Some(from) {
                continue;
            }
            self.model.wanted_back(id);
            let to = if now.is_some() { "canceling" } else { "discarded" };
            self.coverage.outbox(state_name(from), to);
            if let (None, Some(made)) = (now, self.model.made.get_mut(&id)) {
                made.dropped = true;
            }
        }
        Ok(())
    }
}

fn state_name(state: OutboxState) -> &'static str {
    match state {
        OutboxState::Queued => "queued",
        OutboxState::InFlight => "in-flight",
        OutboxState::Failed => "failed",
        OutboxState::Canceling => "canceling",
    }
}
