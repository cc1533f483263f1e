//! What the server answers to questions.

use super::Engine;
use crate::{
    api::Failure,
    engine::{effect::Effect, input::Moment},
};
use hearth_protocol::{
    Pos,
    digest::{DigestsResponse, Segment},
    error::ErrorCode,
    ids::{ConversationId, UserId},
    profile::ProfilesResponse,
    stream::StreamId,
    sync::{HeadsResponse, HistoryPage, Page, PullResponse},
};
use hearth_replica::{Apply, Checks, History, Tail};

/// A failed history page is asked for again after this.
const BACKFILL_PAUSE_MS: u64 = 5_000;
/// A stream that the server could not read is asked for again after this, where it does not say when.
const UNREADABLE_PAUSE_MS: u64 = 60_000;

impl Engine {
    pub(super) fn heads(&mut self, moment: Moment, result: Result<HeadsResponse, Failure>) -> Vec<Effect> {
        self.heads_running = false;
        match result {
            Ok(heads) => {
                // What full heads do not name is gone, unless it began since they were read.
                let behind = heads.full && self.heads_behind;
                let batch = Apply { heads: Some(heads), ..Apply::default() };
                let mut effects = vec![Effect::Apply { batch: Box::new(batch), live: false }];
                if std::mem::take(&mut self.heads_again) || behind {
                    effects.extend(self.fetch_heads());
                }
                effects
            }
            Err(failure) => self.fail(moment, failure),
        }
    }

    pub(super) fn pulled(&mut self, moment: Moment, result: Result<PullResponse, Failure>) -> Vec<Effect> {
        self.pulling = false;
        let pulled = match result {
            Ok(pulled) => pulled,
            // The epoch changed under the pull: heads of the new one come first.
            Err(Failure::Refused(error)) if error.code == ErrorCode::EpochChanged => return self.fetch_heads(),
            Err(failure) => return self.fail(moment, failure),
        };
        let mut batch = Apply::default();
        let mut failed = None;
        for page in pulled.pages {
            match page {
                Page::Changes { part, head } => {
                    batch.page_heads.insert(part.stream, head);
                    batch.parts.push(part);
                }
                Page::Tail { part, from_pos } => batch.tails.push(Tail { part, from_pos }),
                Page::Reset { stream, .. } => batch.resets.push(stream),
                Page::Gone { stream } => batch.gone.push(stream),
                // Nothing goes on without the person's own.
                Page::Failed { stream: StreamId::User(_), error } => failed = Some(error),
                Page::Failed { stream, error } => {
                    tracing::warn!(%error, %stream, "a stream could not be read");
                    self.unreadable.insert(stream, moment.now + error.retry_after_ms.unwrap_or(UNREADABLE_PAUSE_MS));
                }
            }
        }
        let mut effects = vec![Effect::Apply { batch: Box::new(batch), live: false }];
        if let Some(error) = failed {
            effects.extend(self.fail(moment, Failure::Refused(error)));
        }
        effects
    }

    pub(super) fn history(
        &mut self,
        moment: Moment,
        conversation: ConversationId,
        before_pos: Pos,
        result: Result<HistoryPage, Failure>,
    ) -> Vec<Effect> {
        match result {
            Ok(page) => self.pages.push(History { conversation, before_pos, page }),
            Err(failure) if failure.ends_session() => return self.fail(moment, failure),
            Err(failure) => {
                tracing::warn!(%failure, %conversation, "history page failed");
                self.fill_after = moment.now + BACKFILL_PAUSE_MS;
                self.next.clear();
            }
        }
        self.filling.remove(&conversation);
        if !self.filling.is_empty() || self.pages.is_empty() {
            return vec![];
        }
        let batch = Apply { history: std::mem::take(&mut self.pages), ..Apply::default() };
        let mut effects = self.fill();
        effects.push(Effect::Apply { batch: Box::new(batch), live: false });
        effects
    }

    /// Checking is never urgent: what fails is looked at again the next time.
    pub(super) fn digests(&mut self, moment: Moment, segments: Vec<Segment>, result: Result<DigestsResponse, Failure>) -> Vec<Effect> {
        match result {
            Ok(answer) if !segments.is_empty() => {
                // As long as there is more, it goes on.
                self.check_at = moment.now;
                let batch = Apply { checks: Some(Checks { segments, answer }), ..Apply::default() };
                vec![Effect::Apply { batch: Box::new(batch), live: false }]
            }
            Ok(_) => vec![],
            Err(failure) if failure.ends_session() => self.fail(moment, failure),
            Err(failure) => {
                tracing::info!(%failure, "the copies could not be compared");
                vec![]
            }
        }
    }

    /// People are never urgent: what fails is asked again after a while.
    pub(super) fn profiles(&mut self, moment: Moment, after: Option<UserId>, result: Result<ProfilesResponse, Failure>) -> Vec<Effect> {
        match result {
            Ok(answer) => {
                let next = answer.next.filter(|next| after.is_none_or(|after| after < *next));
                let batch = Apply { profiles: Some(answer), ..Apply::default() };
                let mut effects = vec![Effect::Apply { batch: Box::new(batch), live: false }];
                match next {
                    // After the page before it is here: the question names what is known by then.
                    Some(after) => effects.push(Effect::Profiles { attempt: self.attempt, after: Some(after) }),
                    None => self.profiles.done(),
                }
                effects
            }
            Err(failure) if failure.ends_session() => self.fail(moment, failure),
            // The epoch changed under the question: heads of the new one come first.
            Err(Failure::Refused(error)) if error.code == ErrorCode::EpochChanged => {
                self.profiles.failed(moment.now);
                self.fetch_heads()
            }
            Err(failure) => {
                tracing::info!(%failure, "people could not be asked about");
                self.profiles.failed(moment.now);
                vec![]
            }
        }
    }
}
