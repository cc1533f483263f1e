//! A client's mutations in the queue, and their answers.

use super::{Answer, Committer, Request, stopped};
use crate::actions::Command;
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::{MutationId, UserId},
    limits,
    mutation::{Acked, Mutation, Outcome},
};
use tokio::sync::oneshot;

/// Mutations that were taken, each with the door through which its answer comes.
pub struct Waiting(Vec<(MutationId, oneshot::Receiver<Answer>)>);

impl Waiting {
    /// Waits until each is durable or refused.
    pub async fn acked(self) -> Vec<Acked> {
        let mut acked = Vec::with_capacity(self.0.len());
        for (id, receiver) in self.0 {
            let outcome = match receiver.await {
                Ok(Ok(parts)) => Outcome::Applied(parts),
                Ok(Err(error)) => Outcome::Refused(error),
                Err(_) => Outcome::Refused(stopped()),
            };
            acked.push(Acked { id, outcome });
        }
        acked
    }
}

impl Committer {
    /// Puts somebody's mutations into the queue: all of them or none.
    pub fn submit_mutations(&self, actor: UserId, mutations: Vec<Mutation>) -> Result<Waiting, ApiError> {
        let request = |Mutation { id, after, intent }| Request { id, actor, after, command: Command::Intent(intent), at: None };
        self.submit_all(actor, mutations.into_iter().map(request).collect())
    }

    /// Puts the taking back of mutations into the queue, behind what this person has sent: all of it or nothing.
    pub fn submit_cancels(&self, actor: UserId, ids: Vec<MutationId>) -> Result<Waiting, ApiError> {
        let request = |id| Request { id, actor, after: None, command: Command::Cancel, at: None };
        self.submit_all(actor, ids.into_iter().map(request).collect())
    }

    fn submit_all(&self, actor: UserId, requests: Vec<Request>) -> Result<Waiting, ApiError> {
        if requests.len() > limits::MUTATIONS_PER_BATCH_MAX {
            return Err(ApiError::new(ErrorCode::TooLarge, "A batch has at most 100 mutations. Send less at a time."));
        }
        let ids: Vec<MutationId> = requests.iter().map(|request| request.id).collect();
        let receivers = self.submit(actor, requests)?;
        Ok(Waiting(ids.into_iter().zip(receivers).collect()))
    }
}
