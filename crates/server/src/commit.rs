//! The committer: the one task that writes streams.
//!
//! It takes a fair batch from the queue, performs every mutation's action inside one transaction, assigns seq and pos, commits
//! durably, and only then acknowledges and publishes. Actions say *what* changes ([`change::Change`]); the numbers are given here,
//! and a mutation whose action refuses leaves no trace: that is its savepoint.

mod batch;
pub(crate) mod change;
mod facts;
mod ledger;
mod queue;
mod reread;
mod waiting;

pub(crate) use facts::{GroupFacts, GroupMember, Member, Outdated, Reactions, Scope, View};
pub(crate) use ledger::{Committed, Move};
pub use waiting::Waiting;

use crate::{
    actions::Command,
    clock,
    config::Faults,
    store::{Store, StoreError},
};
use batch::{Batch, Done};
use hearth_protocol::{
    Millis,
    error::{ApiError, ErrorCode},
    ids::{Epoch, MutationId, UserId},
    limits,
    mutation::Part,
};
use queue::Queue;
use sqlx::{AnyConnection, Connection as _};
use std::{collections::HashSet, sync::Arc};
use tokio::sync::{mpsc, oneshot, watch};

/// One mutation on its way to the committer.
pub(crate) struct Request {
    pub id: MutationId,
    /// Whose mutation it is.
    pub actor: UserId,
    /// What must have an answer before this is performed.
    pub after: Option<MutationId>,
    pub command: Command,
    /// When it counts as done, for imports; otherwise the clock says.
    pub at: Option<Millis>,
}

/// What became of a mutation: the parts it changed, or why not.
pub(crate) type Answer = Result<Vec<Part>, ApiError>;

/// A request with the door through which its answer leaves.
pub(crate) struct Job {
    pub request: Request,
    answer: oneshot::Sender<Answer>,
}

/// The way to the committer; cheap to clone.
#[derive(Clone)]
pub(crate) struct Committer {
    queue: Arc<Queue>,
    failed: watch::Receiver<Option<String>>,
}

/// Mutations between two foldings of the log: about a thousand pages of it.
const UNFOLDED_MAX: usize = 200;
/// Finished batches waiting for the fanout: a full channel slows the committer down rather than growing.
const PUBLISHED_MAX: usize = 64;

impl Committer {
    /// Starts the task. It ends when [`Committer::stop`] has been called and the queue is empty, or when the storage failed.
    pub fn start(
        store: Store,
        epoch: Epoch,
        queue_max: usize,
        faults: Faults,
    ) -> (Self, mpsc::Receiver<Committed>, tokio::task::JoinHandle<()>) {
        let queue = Arc::new(Queue::new(queue_max));
        let (failed_sender, failed) = watch::channel(None);
        let (publish, published) = mpsc::channel(PUBLISHED_MAX);
        let task =
            Task { store, epoch, queue: queue.clone(), faults, facts: facts::Facts::default(), connection: None, unfolded: 0, publish };
        let handle = tokio::spawn(async move {
            if let Err(error) = task.run().await {
                tracing::error!(%error, "the storage failed; nothing is acknowledged any more");
                failed_sender.send_replace(Some(error.to_string()));
            }
        });
        (Self { queue, failed }, published, handle)
    }

    /// Puts mutations of one lane into the queue, in order: all of them or none.
    ///
    /// # Errors
    /// `rate_limited` when the queue is full, `unavailable` when the committer has stopped.
    pub fn submit(&self, lane: UserId, requests: Vec<Request>) -> Result<Vec<oneshot::Receiver<Answer>>, ApiError> {
        if self.failed.borrow().is_some() {
            return Err(stopped());
        }
        let mut receivers = Vec::with_capacity(requests.len());
        let jobs = requests
            .into_iter()
            .map(|request| {
                let (answer, receiver) = oneshot::channel();
                receivers.push(receiver);
                Job { request, answer }
            })
            .collect();
        self.queue.push(lane, jobs)?;
        Ok(receivers)
    }

    /// Submits one mutation and waits until it is durable or refused.
    pub async fn perform(&self, lane: UserId, request: Request) -> Answer {
        let mut receivers = self.submit(lane, vec![request])?;
        match receivers.pop() {
            Some(receiver) => receiver.await.unwrap_or_else(|_| Err(stopped())),
            None => Err(stopped()),
        }
    }

    /// Waits until the queue has room again.
    pub async fn room(&self) {
        self.queue.room().await;
    }

    /// Why the storage failed, if it has.
    pub fn failure(&self) -> Option<String> {
        self.failed.borrow().clone()
    }

    /// Resolves when the storage has failed, with the reason; never otherwise.
    pub async fn failed(&self) -> String {
        let mut failed = self.failed.clone();
        loop {
            if let Some(reason) = failed.borrow_and_update().clone() {
                return reason;
            }
            if failed.changed().await.is_err() {
                // The task ended in peace.
                std::future::pending::<()>().await;
            }
        }
    }

    /// Takes no more; what is queued is still committed.
    pub fn stop(&self) {
        self.queue.close();
    }
}

/// What waits in the queue of a committer that is gone is answered by this.
pub(crate) fn stopped() -> ApiError {
    ApiError::new(ErrorCode::Unavailable, "The server is stopping. It will be tried again when it is back.").retry_after(2_000)
}

struct Task {
    store: Store,
    epoch: Epoch,
    queue: Arc<Queue>,
    faults: Faults,
    facts: facts::Facts,
    /// Made anew after every failure: a transaction that the database gave up on is not worth reasoning about.
    connection: Option<AnyConnection>,
    /// Mutations since the log was folded into the file.
    unfolded: usize,
    publish: mpsc::Sender<Committed>,
}

impl Task {
    async fn run(mut self) -> Result<(), StoreError> {
        loop {
            self.faults.until_released().await;
            let jobs = self.queue.take(limits::COMMIT_BATCH_MAX).await;
            if jobs.is_empty() {
                return self.end().await;
            }
            // A batch that fails is halved until it is clear which mutation cannot be stored.
            let mut parts = vec![jobs];
            while let Some(jobs) = parts.pop() {
                if jobs.is_empty() {
                    continue;
                }
                match self.commit(&jobs).await {
                    Ok(done) => {
                        let mutations = jobs.len();
                        self.acknowledge(jobs, done).await;
                        if let Err(error) = self.fold(mutations).await {
                            self.queue.close_and_drop();
                            return Err(error);
                        }
                    }
                    Err(error) => {
                        self.connection = None;
                        self.facts.clear();
                        match error {
                            StoreError::Failed(_) => {
                                // What is still queued can never be answered; dropping it tells everybody who waits.
                                self.queue.close_and_drop();
                                return Err(error);
                            }
                            StoreError::Away(_) => self.refuse(jobs, &mut parts, error),
                            // It is performed again, and refused for what is there now.
                            StoreError::Overtaken if jobs.len() == 1 => parts.push(jobs),
                            _ if jobs.len() == 1 => self.refuse(jobs, &mut parts, error),
                            _ => parts.extend(halves(jobs)),
                        }
                    }
                }
            }
        }
    }

    /// One that is only dropped closes some time later: then SQLite's log stays beside the file for want of a last connection.
    async fn end(&mut self) -> Result<(), StoreError> {
        if let Some(connection) = self.connection.take() {
            connection.close().await?;
        }
        Ok(())
    }

    /// One transaction: all of it is durable when this returns `Ok`; nothing of it is acknowledged otherwise.
    async fn commit(&mut self, jobs: &[Job]) -> Result<Done, StoreError> {
        let connection = match &mut self.connection {
            Some(connection) => connection,
            None => self.connection.insert(self.store.connect().await?),
        };
        self.faults.before_commit(connection, self.store.dialect()).await?;
        let batch = Batch { connection, facts: &mut self.facts, epoch: self.epoch, dialect: self.store.dialect() };
        batch.run(jobs, clock::now()).await
    }

    /// Refuses jobs, and with them everything of the same people that waits behind: it will be tried again, and in its order.
    fn refuse(&self, jobs: Vec<Job>, parts: &mut Vec<Vec<Job>>, error: StoreError) {
        let error = ApiError::from(error);
        let people: HashSet<UserId> = jobs.iter().map(|job| job.request.actor).collect();
        refuse(jobs, &error);
        for part in parts {
            let (behind, others) = std::mem::take(part).into_iter().partition(|job| people.contains(&job.request.actor));
            *part = others;
            refuse(behind, &error);
        }
        refuse(self.queue.take_of(&people), &error);
    }

    /// Folds the log into the file when it has grown. What was acknowledged is in the log; were an error here passed over, the next
    /// folding could drop it from there without its ever having reached the file.
    async fn fold(&mut self, mutations: usize) -> Result<(), StoreError> {
        self.unfolded += mutations;
        if self.unfolded < UNFOLDED_MAX {
            return Ok(());
        }
        match self.store.fold_log().await {
            Err(error @ StoreError::Failed(_)) => Err(error),
            Err(error) => {
                tracing::warn!(%error, "the log could not be folded into the database; it will be tried again");
                Ok(())
            }
            Ok(()) => {
                self.unfolded = 0;
                Ok(())
            }
        }
    }

    async fn acknowledge(&mut self, jobs: Vec<Job>, done: Done) {
        for (job, answer) in jobs.into_iter().zip(done.answers) {
            // The asker may have gone: then nobody wants the answer, and a retry will find it.
            let _ = job.answer.send(answer);
        }
        if !done.committed.moves.is_empty() {
            // Without a fanout there is nobody to tell: an import into a server that is not running.
            let _ = self.publish.send(done.committed).await;
        }
    }
}

fn refuse(jobs: Vec<Job>, error: &ApiError) {
    for job in jobs {
        let _ = job.answer.send(Err(error.clone()));
    }
}

/// Last half first: the caller pops from the end, and order within a lane must hold.
fn halves(mut jobs: Vec<Job>) -> [Vec<Job>; 2] {
    let second = jobs.split_off(jobs.len() / 2);
    [second, jobs]
}
