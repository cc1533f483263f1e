//! Acknowledgements: the outbox entry goes and its rows come, in one transaction.

use super::Changes;
use crate::{Result, outbox::table};
use hearth_protocol::{
    error::ErrorClass,
    mutation::{Acked, Outcome},
    rule::{Rule, holds},
};

impl Changes<'_> {
    pub(super) async fn acked(&mut self, acked: &Acked) -> Result<()> {
        match &acked.outcome {
            Outcome::Applied(parts) => {
                for part in parts {
                    self.part(part, false).await?;
                }
                if holds(Rule::AckRemoves)
                    && let Some(conversation) = table::remove(self.tx, acked.id).await?
                {
                    self.applied.outbox_changed = true;
                    conversation.into_iter().for_each(|conversation| self.touch(conversation));
                }
            }
            Outcome::Refused(error) => {
                let Some(found) = table::find(self.tx, acked.id).await? else { return Ok(()) };
                if error.class() == ErrorClass::Retry {
                    let next_try =
                        if self.now_local == 0 { 0 } else { self.now_local + table::pause_ms(found.tries, error.retry_after_ms) };
                    table::requeue(self.tx, acked.id, error, next_try).await?;
                } else {
                    table::fail(self.tx, acked.id, error).await?;
                }
                self.applied.outbox_changed = true;
                found.conversation.into_iter().for_each(|conversation| self.touch(conversation));
            }
        }
        Ok(())
    }
}
