//! What waits for the committer: bounded, in lanes, taken one from each lane in turn.

use super::Job;
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::{MutationId, UserId},
    limits,
};
use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
};
use tokio::sync::Notify;

/// How long somebody waits who found the queue full.
const RETRY_AFTER_MS: u64 = 500;

pub(super) struct Queue {
    state: Mutex<State>,
    /// Wakes the committer.
    arrived: Notify,
    /// Wakes those who wait for room.
    freed: Notify,
    max: usize,
}

#[derive(Default)]
struct State {
    lanes: HashMap<UserId, VecDeque<Job>>,
    /// Lanes that have something, in the order of their turns.
    turns: VecDeque<UserId>,
    len: usize,
    closed: bool,
}

impl Queue {
    pub fn new(max: usize) -> Self {
        Self { state: Mutex::default(), arrived: Notify::new(), freed: Notify::new(), max }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No code panics while it holds the lock, so a poisoned one is still whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One person may fill a quarter of the queue, so that nobody can shut everybody out.
    fn lane_max(&self) -> usize {
        (self.max / 4).max(limits::MUTATIONS_PER_BATCH_MAX).min(self.max)
    }

    /// Adds jobs to the end of a lane: all or none.
    pub fn push(&self, lane: UserId, jobs: Vec<Job>) -> Result<(), ApiError> {
        if jobs.is_empty() {
            return Ok(());
        }
        let mut state = self.state();
        if state.closed {
            return Err(super::stopped());
        }
        let waiting = state.lanes.get(&lane).map_or(0, VecDeque::len);
        if state.len + jobs.len() > self.max || waiting + jobs.len() > self.lane_max() {
            let message = "The server has more to do than it can take at the moment. It will be tried again.";
            return Err(ApiError::new(ErrorCode::RateLimited, message).retry_after(RETRY_AFTER_MS));
        }
        state.len += jobs.len();
        if waiting == 0 {
            state.turns.push_back(lane);
        }
        state.lanes.entry(lane).or_default().extend(jobs);
        drop(state);
        self.arrived.notify_one();
        Ok(())
    }

    /// The next batch, as soon as there is one; empty when the queue is closed and empty.
    pub async fn take(&self, max: usize) -> Vec<Job> {
        loop {
            let (jobs, closed) = {
                let mut state = self.state();
                (state.pick(max), state.closed)
            };
            if !jobs.is_empty() {
                self.freed.notify_waiters();
                return jobs;
            }
            if closed {
                return jobs;
            }
            self.arrived.notified().await;
        }
    }

    /// Takes everything that waits of these people.
    pub fn take_of(&self, people: &HashSet<UserId>) -> Vec<Job> {
        let mut state = self.state();
        let mut taken: Vec<Job> = Vec::new();
        for person in people {
            taken.extend(state.lanes.remove(person).into_iter().flatten());
        }
        state.turns.retain(|person| !people.contains(person));
        state.len = state.len.saturating_sub(taken.len());
        drop(state);
        self.freed.notify_waiters();
        taken
    }

    /// Waits until something has been taken, unless half of the queue is free anyway.
    pub async fn room(&self) {
        let freed = self.freed.notified();
        {
            let state = self.state();
            if state.closed || (state.len <= self.max / 2 && state.lanes.values().all(|lane| lane.len() < self.lane_max())) {
                return;
            }
        }
        freed.await;
    }

    pub fn close(&self) {
        self.state().closed = true;
        self.arrived.notify_one();
        self.freed.notify_waiters();
    }

    /// Closes, and drops what waits: everybody who waits is told by that.
    pub fn close_and_drop(&self) {
        let dropped = {
            let mut state = self.state();
            state.closed = true;
            std::mem::take(&mut state.lanes)
        };
        drop(dropped);
        self.freed.notify_waiters();
    }
}

impl State {
    /// One of each lane in turn. A mutation whose id is in the batch already waits for the next one, where it is a retry.
    fn pick(&mut self, max: usize) -> Vec<Job> {
        let mut jobs = Vec::new();
        let mut chosen: HashSet<MutationId> = HashSet::new();
        let mut parked = Vec::new();
        while jobs.len() < max {
            let Some(lane) = self.turns.pop_front() else { break };
            let Some(waiting) = self.lanes.get_mut(&lane) else { continue };
            if waiting.front().is_some_and(|job| chosen.contains(&job.request.id)) {
                parked.push(lane);
                continue;
            }
            if let Some(job) = waiting.pop_front() {
                chosen.insert(job.request.id);
                jobs.push(job);
            }
            if waiting.is_empty() {
                self.lanes.remove(&lane);
            } else {
                self.turns.push_back(lane);
            }
        }
        for lane in parked {
            self.turns.push_front(lane);
        }
        self.len = self.len.saturating_sub(jobs.len());
        jobs
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{actions::Command, commit::Request};
    use hearth_protocol::{
        ids::ConversationId,
        mutations::{Intent, MarkRead},
    };

    fn job(actor: UserId, id: MutationId) -> Job {
        let intent = Intent::MarkRead(MarkRead { conversation: ConversationId::new(), pos: 1 });
        Job {
            request: Request { id, actor, after: None, command: Command::Intent(intent), at: None },
            answer: tokio::sync::oneshot::channel().0,
        }
    }

    #[tokio::test]
    async fn lanes_take_turns_and_keep_their_order() {
        let queue = Queue::new(1_000);
        let (alice, bob) = (UserId::new(), UserId::new());
        let ids: Vec<MutationId> = (0..6).map(|_| MutationId::new()).collect();
        queue.push(alice, ids[..4].iter().map(|id| job(alice, *id)).collect()).unwrap();
        queue.push(bob, ids[4..].iter().map(|id| job(bob, *id)).collect()).unwrap();
        let order: Vec<MutationId> = queue.take(5).await.iter().map(|job| job.request.id).collect();
        assert_eq!(order, [ids[0], ids[4], ids[1], ids[5], ids[2]]);
        assert_eq!(queue.take(5).await.len(), 1);
    }

    #[tokio::test]
    async fn the_same_id_twice_goes_into_two_batches() {
        let queue = Queue::new(1_000);
        let alice = UserId::new();
        let (first, second) = (MutationId::new(), MutationId::new());
        queue.push(alice, vec![job(alice, first), job(alice, first), job(alice, second)]).unwrap();
        assert_eq!(queue.take(10).await.len(), 1);
        assert_eq!(queue.take(10).await.len(), 2);
    }

    #[tokio::test]
    async fn what_waits_behind_a_refusal_is_taken_with_it() {
        let queue = Queue::new(1_000);
        let (alice, bob) = (UserId::new(), UserId::new());
        queue.push(alice, vec![job(alice, MutationId::new()), job(alice, MutationId::new())]).unwrap();
        queue.push(bob, vec![job(bob, MutationId::new())]).unwrap();
        assert_eq!(queue.take_of(&HashSet::from([alice])).len(), 2);
        let left = queue.take(10).await;
        assert_eq!(left.iter().map(|job| job.request.actor).collect::<Vec<_>>(), [bob]);
    }

    #[tokio::test]
    async fn a_full_queue_refuses_all_of_a_batch() {
        let queue = Queue::new(2);
        let alice = UserId::new();
        let jobs = |count: usize| (0..count).map(|_| job(alice, MutationId::new())).collect::<Vec<_>>();
        assert_eq!(queue.push(alice, jobs(3)).unwrap_err().code, ErrorCode::RateLimited);
        queue.push(alice, jobs(2)).unwrap();
        assert!(queue.push(UserId::new(), jobs(1)).unwrap_err().retry_after_ms.is_some());
        queue.close();
        assert_eq!(queue.take(10).await.len(), 2);
        assert!(queue.take(10).await.is_empty());
        assert_eq!(queue.push(alice, jobs(1)).unwrap_err().code, ErrorCode::Unavailable);
    }
}
