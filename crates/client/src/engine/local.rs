//! What the engine asks of this computer's disk: the one place where effects reach the replica, for the driver and the simulator alike.

use super::input::Plan;
use crate::{api::Failure, view::Problem};
use hearth_protocol::{
    Millis,
    digest::DigestsRequest,
    error::{ApiError, ErrorCode},
    ids::{ConversationId, Epoch, UserId},
    limits,
    profile::ProfilesRequest,
    rule::{Rule, holds},
    stream::StreamId,
    sync::{PullRequest, Want, Watermark},
};
use hearth_replica::{Applied, Apply, Claimed, Replica};
use std::collections::BTreeSet;

/// How far the replica is: what a hello and a question for heads say.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// `None` before the first answer of a server.
    pub epoch: Option<Epoch>,
    pub watermark: Watermark,
}

/// The replica as the engine uses it. Every failure is [`Failure::Local`]: a replica that cannot be written ends the connection, and
/// it is tried again later, with words for the person.
#[derive(Clone)]
pub struct Local {
    replica: Replica,
    tail_messages: u32,
}

impl Local {
    pub fn new(replica: Replica) -> Self {
        Self { replica, tail_messages: limits::TAIL_MESSAGES }
    }

    /// With another number of newest messages in a first copy.
    pub fn with_tail(replica: Replica, tail_messages: u32) -> Self {
        Self { replica, tail_messages }
    }

    pub async fn place(&self) -> Result<Place, Failure> {
        let place = async { Ok(Place { epoch: self.replica.epoch().await?, watermark: self.replica.watermark().await? }) };
        place.await.map_err(failed)
    }

    /// The question of [`super::Effect::Check`]; without segments when nothing is due.
    pub async fn segments(&self, now_local: Millis) -> Result<DigestsRequest, Failure> {
        let question = async {
            let Some(epoch) = self.replica.epoch().await? else { return Ok(None) };
            let segments = self.replica.segments_due(now_local, limits::SEGMENTS_PER_REQUEST_MAX).await?;
            Ok(Some(DigestsRequest { epoch, segments }))
        };
        question.await.map_err(failed)?.ok_or_else(not_yet)
    }

    /// The question of [`super::Effect::Profiles`].
    pub async fn profiles(&self, after: Option<UserId>) -> Result<ProfilesRequest, Failure> {
        self.replica.profiles_question(after).await.map_err(failed)?.ok_or_else(not_yet)
    }

    /// The question of [`super::Effect::Pull`], with the epoch that the cursors are of. Before the first epoch there is nothing to
    /// ask from: the failure makes the engine ask for the heads first.
    pub async fn pull(&self, wants: Vec<Want>, limit: u32) -> Result<PullRequest, Failure> {
        let epoch = self.replica.epoch().await.map_err(failed)?;
        Ok(PullRequest { epoch: epoch.ok_or_else(not_yet)?, wants, limit })
    }

    /// [`super::Effect::Welcomed`].
    pub async fn welcome(&self, epoch: Epoch, now_server: Millis, now_local: Millis) -> Result<Applied, Failure> {
        let welcomed = async {
            if holds(Rule::Requeue) {
                self.replica.requeue_in_flight().await?;
            }
            self.replica.welcome(epoch, now_local, now_server).await
        };
        welcomed.await.map_err(failed)
    }

    /// [`super::Effect::Apply`]; `now_local` in milliseconds of this computer's clock.
    pub async fn apply(&self, mut batch: Apply, now_local: Millis) -> Result<Applied, Failure> {
        batch.now_local = now_local;
        self.replica.apply(batch).await.map_err(failed)
    }

    /// [`super::Effect::Plan`]. What the server is to hear of messages that have come goes into the outbox here: with each answer, and
    /// with each heartbeat for what was told a moment ago.
    pub async fn plan(
        &self,
        now_local: Millis,
        claim: usize,
        open: Option<ConversationId>,
        without: &BTreeSet<StreamId>,
    ) -> Result<Plan, Failure> {
        let plan = async {
            self.replica.tell_delivered(now_local).await?;
            let mut wants = self.replica.wants(open, limits::STREAMS_PER_PULL_MAX, self.tail_messages).await?;
            wants.retain(|want| !without.contains(&want.stream));
            let Claimed { mutations, cancels, stale, due_local } = self.replica.claim(now_local, claim).await?;
            // What is behind comes first.
            // Those that are asked for already are among them.
            let pages = 2 * limits::PAGES_AT_ONCE_MAX;
            let backfill = if wants.is_empty() { self.replica.incomplete(open, pages).await? } else { vec![] };
            let due_in_ms = due_local.map(|at| u64::try_from(at.saturating_sub(now_local)).unwrap_or(0));
            Ok(Plan { wants, mutations, cancels, stale, due_in_ms, backfill })
        };
        plan.await.map_err(failed)
    }
}

fn not_yet() -> Failure {
    Failure::Refused(ApiError::new(ErrorCode::EpochChanged, "The server has not answered yet."))
}

fn failed(error: hearth_replica::Error) -> Failure {
    Failure::Local(Problem::from(error))
}
