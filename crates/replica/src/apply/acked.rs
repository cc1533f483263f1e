//! Acknowledgements: the outbox entry goes and its rows come, in one transaction.

use super::Changes;
use crate::{
    Result,
    outbox::{not_a_member, table},
    tables::{membership, stream},
};
use hearth_protocol::{
    error::{ApiError, ErrorClass, ErrorCode},
    ids::ConversationId,
    mutation::{Acked, Outcome, Part},
    rule::{Rule, holds},
    stream::StreamId,
};

impl Changes<'_> {
    pub(super) async fn acked(&mut self, acked: &Acked) -> Result<()> {
        match &acked.outcome {
            Outcome::Applied(parts) => {
                let early = self.is_early(parts).await?;
                let silent = table::is_delivered_mark(self.tx, acked.id).await?;
                for part in parts {
                    self.part(part, part.seq, false).await?;
                }
                if early {
                    // Its rows have nowhere to go before that copy is here. It stays where it can be seen, and is answered again.
                    let next_try = if self.now_local == 0 { 0 } else { self.now_local + table::pause_ms(1, None) };
                    table::postpone(self.tx, acked.id, next_try).await?;
                    self.applied.outbox_changed = true;
                } else if holds(Rule::AckRemoves)
                    && let Some(conversation) = table::remove(self.tx, acked.id).await?
                {
                    self.applied.outbox_changed = true;
                    let conversation = conversation.filter(|_| !silent);
                    conversation.into_iter().for_each(|conversation| self.touch(conversation));
                }
            }
            Outcome::Refused(error) => {
                if let Some(current) = &error.current {
                    self.part(current, current.seq, false).await?;
                }
                let Some(found) = table::find(self.tx, acked.id).await? else { return Ok(()) };
                if found.is_mark && error.class() != ErrorClass::Retry {
                    // Nothing that a person could do about it.
                    table::remove(self.tx, acked.id).await?;
                } else if error.class() == ErrorClass::Retry {
                    let next_try =
                        if self.now_local == 0 { 0 } else { self.now_local + table::pause_ms(found.tries, error.retry_after_ms) };
                    table::requeue(self.tx, acked.id, error, next_try).await?;
                } else {
                    let told = self.told(error, found.conversation).await?;
                    table::fail(self.tx, acked.id, &told).await?;
                }
                self.applied.outbox_changed = true;
                found.conversation.into_iter().for_each(|conversation| self.touch(conversation));
            }
        }
        Ok(())
    }

    /// True when a part is of a copy that is on its way: what I may see has changed, and I have the old copy.
    async fn is_early(&mut self, parts: &[Part]) -> Result<bool> {
        // Receipts show nothing of what I did, and a copy of them may never come.
        let shown = |part: &&Part| !part.rows.is_empty() && !matches!(part.stream, StreamId::Receipts(_));
        for part in parts.iter().filter(shown) {
            let mine = stream::find(self.tx, part.stream).await?;
            if mine.is_some_and(|mine| mine.epoch == Some(part.epoch) && part.vis_ver > mine.vis_ver) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Missing and forbidden look the same on the wire; here it is known when the reason is that I have left.
    async fn told(&mut self, error: &ApiError, conversation: Option<ConversationId>) -> Result<ApiError> {
        match conversation {
            Some(conversation) if error.code == ErrorCode::NotFound && membership::has_left(self.tx, conversation).await? => {
                Ok(not_a_member())
            }
            // What it conflicts with is a row now.
            _ => Ok(ApiError { current: None, ..error.clone() }),
        }
    }
}
