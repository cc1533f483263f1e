//! One batch, one transaction.

use super::{
    Answer, Job, Request,
    facts::{Facts, View},
    ledger::{Committed, Ledger, StreamRows},
    reread,
};
use crate::{
    actions::{self, Command, Context, Refusal},
    store::{
        Dialect, StoreError,
        mutation::{self, AppliedMutation, Earlier, Touched},
    },
};
use hearth_protocol::{
    Millis,
    error::{ApiError, ErrorClass, ErrorCode},
    ids::{Epoch, MutationId, UserId},
    mutation::Part,
    rule::{Rule, holds},
    stream::StreamId,
};
use sqlx::{AnyConnection, Connection};
use std::collections::{HashMap, HashSet};

/// A committed batch: an answer for each job, in order, and what to publish.
pub(super) struct Done {
    pub answers: Vec<Answer>,
    pub committed: Committed,
}

/// What a job came to, before the rows of others are written.
enum Outcome {
    Answered(Answer),
    /// Rows that must be read again at their newest once the batch is written.
    Reread(UserId, Vec<Touched>),
}

impl Outcome {
    /// Whether the mutation will not come again by itself.
    fn is_final(&self) -> bool {
        !matches!(self, Self::Answered(Err(error)) if error.class() == ErrorClass::Retry)
    }
}

pub(super) struct Batch<'a> {
    pub connection: &'a mut AnyConnection,
    pub facts: &'a mut Facts,
    pub epoch: Epoch,
    pub dialect: Dialect,
}

impl Batch<'_> {
    /// Performs the jobs in order and commits. On an error nothing has happened, and the facts are worthless.
    pub async fn run(self, jobs: &[Job], now: Millis) -> Result<Done, StoreError> {
        let Self { connection, facts, epoch, dialect } = self;
        let mut transaction = connection.begin_with(dialect.begin_write()).await?;
        let from = View::new(&mut transaction, facts).lock().await?;
        let ids: Vec<MutationId> = jobs.iter().map(|job| job.request.id).chain(followed(jobs)).collect();
        let earlier = mutation::earlier(&mut transaction, &ids).await?;

        let mut ledger = Ledger::default();
        let mut outcomes = Vec::with_capacity(jobs.len());
        for job in jobs {
            let mut view = View::new(&mut transaction, facts);
            let outcome = if is_early(&view, &earlier, &job.request) {
                Outcome::Answered(Err(out_of_order()))
            } else {
                perform(&mut view, &mut ledger, &earlier, epoch, job, now).await?
            };
            if outcome.is_final() {
                view.learn_answer(job.request.actor, job.request.id);
            }
            outcomes.push(outcome);
        }
        let upto = if ledger.is_empty() { from } else { ledger.write(&mut transaction, from).await? };

        let mut answers = Vec::with_capacity(jobs.len());
        for outcome in outcomes {
            answers.push(match outcome {
                Outcome::Answered(answer) => answer,
                Outcome::Reread(actor, touched) => Ok(reread::parts(&mut transaction, epoch, actor, &touched).await?),
            });
        }
        let committed = ledger.publish(&mut View::new(&mut transaction, facts), from, upto).await?;
        if holds(Rule::DurableFirst) {
            transaction.commit().await?;
        }
        facts.committed(upto);
        Ok(Done { answers, committed })
    }
}

/// What the jobs follow and is not among them.
fn followed(jobs: &[Job]) -> impl Iterator<Item = MutationId> {
    let here: HashSet<MutationId> = jobs.iter().map(|job| job.request.id).collect();
    jobs.iter().filter_map(|job| job.request.after).filter(move |after| !here.contains(after))
}

/// True when what the mutation follows in its lane has no answer yet: it was refused for now, or has not arrived.
fn is_early(view: &View<'_>, earlier: &HashMap<MutationId, Earlier>, request: &Request) -> bool {
    let mine = |id| earlier.get(&id).is_some_and(|earlier| earlier.account == request.actor);
    let Some(after) = request.after.filter(|_| holds(Rule::LaneOnServer) && !mine(request.id)) else { return false };
    !mine(after) && !view.is_answered(request.actor, after)
}

fn out_of_order() -> ApiError {
    ApiError::new(ErrorCode::OutOfOrder, "What was sent before this has not been accepted yet. Both will be tried again.")
}

/// Deduplicates first: a retry of what was applied before a removal is still answered, then authorises inside the action.
async fn perform(
    view: &mut View<'_>,
    ledger: &mut Ledger,
    earlier: &HashMap<MutationId, Earlier>,
    epoch: Epoch,
    job: &Job,
    now: Millis,
) -> Result<Outcome, StoreError> {
    let request = &job.request;
    let payload_hash = request.command.payload_hash();
    let cancels = matches!(request.command, Command::Cancel);
    if let Some(earlier) = earlier.get(&request.id).filter(|_| holds(Rule::Deduplicate)) {
        let mine = earlier.account == request.actor;
        if mine && actions::is_cancelled(&earlier.payload_hash) {
            return Ok(Outcome::Answered(Err(actions::cancelled())));
        }
        if mine && cancels {
            // Too late: this is what it came to.
            return Ok(Outcome::Reread(request.actor, earlier.touched.clone()));
        }
        let same = mine && earlier.payload_hash == payload_hash;
        return Ok(if same {
            Outcome::Reread(request.actor, earlier.touched.clone())
        } else {
            Outcome::Answered(Err(ApiError::new(ErrorCode::IdReused, "This was sent before as something else. Send it again as new.")))
        });
    }
    let context = Context { epoch, actor: request.actor, id: request.id, now: request.at.unwrap_or(now) };
    let performed = match actions::perform(&mut view.after(ledger), &context, &request.command).await {
        Ok(performed) => performed,
        Err(Refusal::Api(error)) => return Ok(Outcome::Answered(Err(error))),
        Err(Refusal::Store(error)) => return Err(error),
    };
    let mut changed = ledger.record(view, performed.changes).await?;
    if performed.own {
        changed.retain(|rows| rows.stream == StreamId::User(request.actor));
    }
    if let Some(act) = performed.audit {
        ledger.add_audit(act);
    }
    // What others alone may see is in no answer to a retry: deleting a group moves the stream of everybody in it.
    let told = |rows: &&StreamRows| !matches!(rows.stream, StreamId::User(user) if user != request.actor);
    let mut touched: Vec<Touched> = changed.iter().filter(told).map(touched_by).collect();
    touched.extend(performed.existing.iter().map(|(stream, key)| Touched { stream: *stream, seq: 0, keys: vec![key.clone()] }));
    let outcome = if cancels {
        Outcome::Answered(Err(actions::cancelled()))
    } else if performed.existing.is_empty() {
        Outcome::Answered(Ok(parts(view, epoch, request.actor, changed).await?))
    } else {
        Outcome::Reread(request.actor, touched.clone())
    };
    ledger.add_mutation(AppliedMutation {
        id: request.id,
        account: request.actor,
        intent: request.command.name(),
        payload_hash,
        touched,
        at: now,
    });
    Ok(outcome)
}

fn touched_by(changed: &StreamRows) -> Touched {
    Touched { stream: changed.stream, seq: changed.seq, keys: changed.rows.iter().map(|row| row.data.key()).collect() }
}

/// The parts that the author may see.
async fn parts(view: &mut View<'_>, epoch: Epoch, actor: UserId, changed: Vec<StreamRows>) -> Result<Vec<Part>, StoreError> {
    let mut parts = Vec::with_capacity(changed.len());
    for StreamRows { stream, seq, mut rows } in changed {
        if let Some(sight) = view.sight(stream, actor).await? {
            rows.retain(|row| sight.show(row));
            parts.push(Part { stream, epoch, vis_ver: sight.vis_ver, prev: seq - 1, seq, rows });
        }
    }
    Ok(parts)
}
