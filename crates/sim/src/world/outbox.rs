//! What becomes of each mutation in a device's outbox, for the model and for what a run has covered.

use super::World;
use crate::violation::Result;
use hearth_protocol::{
    error::ErrorClass,
    mutation::{Acked, Mutation, Outcome},
};
use hearth_replica::{Fate, OutboxState, TakenBack, shows};

impl World<'_> {
    pub(super) fn claimed(&mut self, device: usize, mutations: &[Mutation]) {
        for mutation in mutations {
            self.devices[device].outbox.insert(mutation.id, OutboxState::InFlight);
            self.coverage.outbox("queued", "in-flight");
        }
    }

    pub(super) fn requeued(&mut self, device: usize) {
        for state in self.devices[device].outbox.values_mut().filter(|state| **state == OutboxState::InFlight) {
            *state = OutboxState::Queued;
            self.coverage.outbox("in-flight", "queued");
        }
    }

    pub(super) fn acknowledged(&mut self, device: usize, acked: &[Acked]) {
        let outbox = &mut self.devices[device].outbox;
        for acked in acked {
            let Some(state) = outbox.get_mut(&acked.id) else { continue };
            if *state == OutboxState::Canceling {
                match &acked.outcome {
                    Outcome::Applied(_) => {
                        outbox.remove(&acked.id);
                        self.coverage.outbox("canceling", "arrived");
                    }
                    Outcome::Refused(error) if error.class() == ErrorClass::Retry => self.coverage.outbox("canceling", "refused-for-now"),
                    Outcome::Refused(_) => {}
                }
                continue;
            }
            match &acked.outcome {
                Outcome::Applied(_) => {
                    outbox.remove(&acked.id);
                    self.coverage.outbox("in-flight", "acknowledged");
                    if let Some(made) = self.model.made.get_mut(&acked.id) {
                        made.heard = true;
                    }
                }
                Outcome::Refused(error) if error.class() == ErrorClass::Retry => {
                    *state = OutboxState::Queued;
                    self.coverage.outbox("in-flight", "refused-for-now");
                }
                Outcome::Refused(_) if self.model.made.get(&acked.id).is_some_and(|made| shows(&made.intent).is_mark()) => {
                    outbox.remove(&acked.id);
                    if let Some(made) = self.model.made.get_mut(&acked.id) {
                        made.dropped = true;
                    }
                    self.coverage.outbox("in-flight", "forgotten");
                }
                Outcome::Refused(_) => {
                    *state = OutboxState::Failed;
                    self.coverage.outbox("in-flight", "failed");
                }
            }
        }
    }

    /// What the person wanted back has come to its end.
    pub(super) fn ended(&mut self, taken_back: &[TakenBack]) {
        for back in taken_back {
            match back.fate {
                Fate::Arrived => {}
                Fate::Discarded | Fate::Returned => {
                    self.coverage.outbox("canceling", "cancelled");
                    if let Some(made) = self.model.made.get_mut(&back.id) {
                        made.dropped = true;
                    }
                }
                Fate::Renewed(new) => {
                    self.coverage.outbox("canceling", "renewed");
                    self.model.renewed(back.id, new);
                }
            }
        }
    }

    /// Looks into the outbox itself.
    pub(super) async fn read_outbox(&mut self, device: usize) -> Result<()> {
        let Some(app) = self.app(device) else { return Ok(()) };
        let entries = app.replica.clone().outbox().await?;
        self.devices[device].outbox = entries.into_iter().map(|entry| (entry.id, entry.state)).collect();
        Ok(())
    }
}
