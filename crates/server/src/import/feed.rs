//! Feeds the committer: a few batches under way at any time, in one lane, so in order.

use super::ImportError;
use crate::{
    actions::Command,
    commit::{self, Answer, Request},
    installation::Installation,
};
use hearth_protocol::{
    Millis,
    error::ErrorCode,
    ids::{MutationId, UserId},
    limits,
    mutation::Part,
};
use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::sync::oneshot;
use uuid::Uuid;

/// Two full commits: one is written while the next is gathered.
const UNDER_WAY_MAX: usize = 2 * limits::COMMIT_BATCH_MAX;

pub(super) struct Feed<'a> {
    installation: &'a Installation,
    cancel: Arc<AtomicBool>,
    under_way: VecDeque<oneshot::Receiver<Answer>>,
}

impl<'a> Feed<'a> {
    pub fn new(installation: &'a Installation, cancel: Arc<AtomicBool>) -> Self {
        Self { installation, cancel, under_way: VecDeque::new() }
    }

    /// Hands over one mutation; waits for earlier ones if too many are under way.
    pub async fn send(&mut self, id: Uuid, actor: UserId, at: Millis, command: impl Fn() -> Command) -> Result<(), ImportError> {
        if self.cancel.load(Ordering::Relaxed) {
            self.finish().await?;
            return Err(ImportError::Cancelled);
        }
        if self.under_way.len() >= UNDER_WAY_MAX {
            self.settle_one().await?;
        }
        loop {
            let request = Request { id: MutationId(id), actor, after: None, command: command(), at: Some(at) };
            match self.installation.committer.submit(UserId(Uuid::nil()), vec![request]) {
                Ok(receivers) => {
                    self.under_way.extend(receivers);
                    return Ok(());
                }
                Err(error) if error.code == ErrorCode::RateLimited => self.installation.committer.room().await,
                Err(error) => return Err(ImportError::Refused(error)),
            }
        }
    }

    /// Performs one mutation now, and gives back its answer.
    pub async fn ask(&mut self, id: Uuid, actor: UserId, at: Millis, command: Command) -> Result<Answer, ImportError> {
        self.finish().await?;
        let request = Request { id: MutationId(id), actor, after: None, command, at: Some(at) };
        Ok(self.installation.committer.perform(UserId(Uuid::nil()), request).await)
    }

    /// Waits for everything under way.
    pub async fn finish(&mut self) -> Result<(), ImportError> {
        while !self.under_way.is_empty() {
            self.settle_one().await?;
        }
        Ok(())
    }

    async fn settle_one(&mut self) -> Result<Vec<Part>, ImportError> {
        let Some(receiver) = self.under_way.pop_front() else { return Ok(Vec::new()) };
        receiver.await.unwrap_or_else(|_| Err(commit::stopped())).map_err(ImportError::Refused)
    }
}
