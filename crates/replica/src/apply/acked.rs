//! Acknowledgements: the outbox entry goes and its rows come, in one transaction.

use super::{Changes, part::Came, rows::messages};
use crate::{
    Result, StreamState,
    outbox::{
        Fate, TakenBack,
        acknowledged::{self, Acknowledged},
        group_is_gone, not_a_member, not_in_group,
        table::{self, Found, Removed},
        taking_back, why_gone,
    },
    tables::{
        group_membership, membership, message,
        stream::{self, StreamRow},
    },
};
use hearth_protocol::{
    error::{ApiError, ErrorClass, ErrorCode},
    ids::MutationId,
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
                    self.part(part, part.seq, Came::AsAnswer(acked.id)).await?;
                }
                if early {
                    // Its rows have nowhere to go before that copy is here. It stays where it can be seen, and is answered again.
                    let next_try = if self.now_local == 0 { 0 } else { self.now_local + table::pause_ms(1, None) };
                    table::postpone(self.tx, acked.id, next_try).await?;
                    self.applied.outbox_changed = true;
                } else if holds(Rule::AckRemoves)
                    && let Some(removed) = table::remove(self.tx, acked.id).await?
                {
                    self.applied.outbox_changed = true;
                    let touched = removed.conversation.filter(|_| !silent);
                    touched.into_iter().for_each(|conversation| self.touch(conversation));
                    if removed.conversation.is_none() {
                        self.touch_own();
                    }
                    self.arrived(acked.id, removed).await?;
                }
            }
            Outcome::Refused(error) => self.refused(acked.id, error).await?,
        }
        Ok(())
    }

    /// The server has it: kept for as long as a restored backup may lack it.
    async fn arrived(&mut self, id: MutationId, removed: Removed) -> Result<()> {
        let Removed { n, intent, made_at_local, wanted_back, .. } = removed;
        if wanted_back {
            self.applied.taken_back.push(TakenBack { id, intent: intent.clone(), fate: Fate::Arrived });
        }
        let (epoch, at, at_local) = (self.epoch, self.now_server, self.now_local);
        acknowledged::keep(self.tx, &Acknowledged { n, id, epoch, intent, made_at_local, at, at_local }).await
    }

    async fn refused(&mut self, id: MutationId, error: &ApiError) -> Result<()> {
        if let Some(current) = &error.current {
            self.part(current, current.seq, Came::AsAnswer(id)).await?;
        }
        let Some(found) = table::find(self.tx, id).await? else { return Ok(()) };
        if error.class() == ErrorClass::Retry {
            let next_try = if self.now_local == 0 { 0 } else { self.now_local + table::pause_ms(found.tries, error.retry_after_ms) };
            table::requeue(self.tx, id, error, next_try).await?;
        } else if let Some(why) = found.taking_back {
            // Any other refusal answers an earlier sending of it: the question whether it is claimed is still open.
            if matches!(error.code, ErrorCode::Cancelled | ErrorCode::IdReused) {
                let ended = taking_back::end(self.tx, id, why).await?;
                self.applied.taken_back.extend(ended);
            }
        } else if found.is_mark {
            // Nobody can do anything about it, and the next mark says more.
            table::remove(self.tx, id).await?;
        } else if self.may_come(error, &found).await? {
            let next_try = self.now_local + table::pause_ms(found.tries, None);
            table::requeue(self.tx, id, error, next_try).await?;
        } else if found.is_addition && found.replayed_local.is_some() && error.code == ErrorCode::NotFound {
            // The message that it is of has not come back: there is nothing to delete, and nothing to put anything on.
            table::remove(self.tx, id).await?;
        } else {
            let told = self.told(error, &found).await?;
            table::fail(self.tx, id, &told).await?;
        }
        self.applied.outbox_changed = true;
        match found.conversation {
            Some(conversation) => self.touch(conversation),
            None => self.touch_own(),
        }
        Ok(())
    }

    /// After a restored backup: what it is done to may be sent again by somebody else yet. Not where I am known to be out of the
    /// conversation: an admin decides about that.
    async fn may_come(&mut self, error: &ApiError, found: &Found) -> Result<bool> {
        if error.code != ErrorCode::NotFound || !found.may_wait(self.now_local) {
            return Ok(false);
        }
        match found.conversation {
            Some(conversation) => Ok(!membership::has_left(self.tx, conversation).await?),
            None => Ok(true),
        }
    }

    /// True when a message of it belongs to history that is still to be fetched: parts from before the floor, or from before what I see
    /// changed, bring nothing themselves.
    async fn is_below_copy(&mut self, mine: &StreamRow, part: &Part) -> Result<bool> {
        let StreamId::Conversation(conversation) = part.stream else { return Ok(false) };
        let brings = part.seq > mine.floor && part.vis_ver >= mine.expected;
        if mine.state == StreamState::Complete || brings {
            return Ok(false);
        }
        for (_, row) in messages(&part.rows) {
            if message::place(self.tx, conversation, row.id).await?.is_none() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// True when a part is of a copy that is on its way: what I may see has changed, and I have the old copy.
    async fn is_early(&mut self, parts: &[Part]) -> Result<bool> {
        // Receipts show nothing of what I did, and a copy of them may never come.
        let shown = |part: &&Part| !part.rows.is_empty() && !matches!(part.stream, StreamId::Receipts(_));
        for part in parts.iter().filter(shown) {
            let mine = stream::find(self.tx, part.stream).await?;
            let Some(mine) = mine.filter(|mine| mine.epoch == Some(part.epoch)) else { continue };
            if part.vis_ver > mine.vis_ver || self.is_below_copy(&mine, part).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Missing and forbidden look the same on the wire; here it is known when the reason is that I have left.
    async fn told(&mut self, error: &ApiError, found: &Found) -> Result<ApiError> {
        if error.code == ErrorCode::NotFound {
            if let Some(conversation) = found.conversation {
                if let Some(gone) = why_gone(self.tx, conversation).await? {
                    return Ok(gone);
                }
                if membership::has_left(self.tx, conversation).await? {
                    return Ok(not_a_member());
                }
            }
            if let Some(group) = found.group
                && let Some(gone) = group_membership::is_gone(self.tx, group).await?
            {
                return Ok(if gone { group_is_gone() } else { not_in_group() });
            }
        }
        // What it conflicts with is a row now.
        Ok(ApiError { current: None, ..error.clone() })
    }
}
