//! The outbox: what the person did and the server has not acknowledged. Durable before it is answered for; projected over the rows
//! at read; sent in order within its lane.

pub(crate) mod acknowledged;
mod choose;
mod projection;
pub(crate) mod shown;
mod shows;
pub(crate) mod table;
pub(crate) mod taking_back;

pub(crate) use projection::Projection;
pub use shows::{InThread, Shows, shows};
use shows::{is_content, is_mark};
pub use taking_back::{Discarded, Fate, TakenBack, TakingBack};

use crate::{
    Replica, Result,
    connection::{Durability, Writing},
    drafts,
    sql::small,
    tables::{account, group_membership, line, membership},
};
use hearth_protocol::{
    Millis,
    error::{ApiError, ErrorCode},
    ids::{ConversationId, MutationId},
    mutation::Mutation,
    mutations::Intent,
};
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;
use std::collections::BTreeSet;
use table::Taken;

/// Something not yet acknowledged.
#[derive(Clone, Debug, PartialEq)]
pub struct OutboxEntry {
    pub id: MutationId,
    pub intent: Intent,
    pub made_at_local: Millis,
    /// How often it was sent.
    pub tries: u32,
    pub state: OutboxState,
    /// The server's last answer, if it refused.
    pub error: Option<ApiError>,
    /// Not before this.
    pub next_try_local: Millis,
    /// Nor before this: until then it can be taken back.
    pub not_before_local: Option<Millis>,
    /// When it first went out; `None` while it cannot have arrived.
    pub tried_local: Option<Millis>,
    /// What must be acknowledged first, if it is still here.
    pub after: Vec<MutationId>,
    /// Of [`OutboxState::Canceling`].
    pub taking_back: Option<TakingBack>,
    /// When it came back: a server that was set back to a backup had acknowledged it before.
    pub replayed_local: Option<Millis>,
}

/// What goes out next.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claimed {
    /// In the order in which the server is to see each lane.
    pub mutations: Vec<Mutation>,
    /// To be taken back.
    pub cancels: Vec<MutationId>,
    /// Something was tried too long ago to be sent again, and waits for the person now: in these conversations, or in none.
    pub stale: Option<BTreeSet<ConversationId>>,
    /// When the next of those is due that are held so that they can be taken back.
    pub due_local: Option<Millis>,
}

/// Queued -> in flight -> acknowledged (and gone) | queued again | failed; what was tried -> canceling -> gone | queued under another id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutboxState {
    Queued,
    InFlight,
    /// Waits for the person: retry or discard.
    Failed,
    /// The person wants it back, and the server is asked, now or as soon as it can be reached.
    Canceling,
}

/// What to do about a mutation that did not get through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Try again at this local time.
    RetryAt(Millis),
    /// Never by itself.
    Permanent,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxCount {
    pub all: u32,
    /// Of these, waiting for the person.
    pub failed: u32,
}

impl OutboxEntry {
    /// Nothing that a person would call something they wait for: marks, and deletions, reactions and what was given up of the scheduled
    /// that they did before a backup was restored.
    pub fn is_quiet(&self) -> bool {
        let shows = shows(&self.intent);
        let again =
            self.replayed_local.is_some() && matches!(shows, Shows::Deletion { .. } | Shows::Reaction { .. } | Shows::Unscheduled { .. });
        shows.is_mark() || (again && self.state != OutboxState::Failed)
    }

    /// Until when it is held so that it can be taken back; `None` when it may go.
    pub fn held_until(&self, now_local: Millis) -> Option<Millis> {
        self.not_before_local.filter(|at| choose::holds_back(*at, now_local))
    }
}

impl OutboxState {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            // What is taken back goes out like any other, in place of what it takes back.
            Self::Queued | Self::Canceling => "queued",
            Self::InFlight => "in_flight",
            Self::Failed => "failed",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::Queued, Self::InFlight, Self::Failed].into_iter().find(|state| state.as_str() == word)
    }
}

impl Replica {
    /// Takes a mutation: on the disk when this returns. A message empties the draft of its conversation, or of its thread, in
    /// the same transaction; reading further replaces an earlier mark that has not gone out; the same id again changes nothing.
    pub async fn enqueue(&self, mutation: &Mutation, now_local: Millis) -> Result<()> {
        self.enqueue_later(mutation, now_local, None).await
    }

    /// The same. Before `not_before_local`, if it is given, it does not go out, nor does what is behind it in its lane: until then it can be
    /// taken back and is nobody's to see.
    pub async fn enqueue_later(&self, mutation: &Mutation, now_local: Millis, not_before_local: Option<Millis>) -> Result<()> {
        let mut tx = self.write(Durability::Forever).await?;
        let conversation = table::conversation_of(&mutation.intent);
        if take(&mut tx, mutation, now_local).await? {
            if let Some(at) = not_before_local {
                table::hold_back(&mut tx, mutation.id, at).await?;
            }
            match (shows(&mutation.intent), conversation) {
                (Shows::Message { thread, .. }, Some(conversation)) => {
                    drafts::clear(&mut tx, conversation, thread.map(|thread| thread.root)).await?;
                }
                (Shows::Scheduled { .. }, Some(conversation)) => drafts::clear(&mut tx, conversation, None).await?,
                _ => {}
            }
        }
        commit(tx, conversation).await
    }

    /// Takes all of these or none. They were not written in composers: drafts stay.
    pub async fn enqueue_all(&self, mutations: &[Mutation], now_local: Millis) -> Result<()> {
        let mut tx = self.write(Durability::Forever).await?;
        let mut conversations = BTreeSet::new();
        for mutation in mutations {
            take(&mut tx, mutation, now_local).await?;
            conversations.extend(table::conversation_of(&mutation.intent));
        }
        let me = account::my_id(&mut tx).await?;
        for conversation in conversations {
            line::refresh(&mut tx, conversation, me).await?;
        }
        tx.commit().await
    }

    /// Takes at most `limit` entries that may go out now.
    pub async fn claim(&self, now_local: Millis, limit: usize) -> Result<Claimed> {
        let mut claimed = Claimed::default();
        if limit == 0 || table::idle(&mut *self.look().await?).await? {
            return Ok(claimed);
        }
        let mut tx = self.write(Durability::Undoable).await?;
        claimed.stale = taking_back::ask_about_stale(&mut tx, now_local).await?;
        let waiting = table::waiting(&mut tx).await?;
        claimed.due_local = choose::next_due(&waiting, now_local);
        let chosen = choose::choose(&waiting, now_local, limit);
        for (n, after) in choose::follow(&waiting, &chosen) {
            match table::take(&mut tx, n, now_local).await? {
                Taken::Mutation(mutation) => claimed.mutations.push(Mutation { after, ..mutation }),
                Taken::Cancel(id) => claimed.cancels.push(id),
            }
        }
        let me = account::my_id(&mut tx).await?;
        for conversation in claimed.stale.iter().flatten() {
            line::refresh(&mut tx, *conversation, me).await?;
        }
        tx.commit().await?;
        Ok(claimed)
    }

    /// What was in flight on a lost connection has an unknown outcome: it goes again, under the same id.
    pub async fn requeue_in_flight(&self) -> Result<()> {
        let mut tx = self.write(Durability::Undoable).await?;
        table::requeue_in_flight(&mut tx).await?;
        tx.commit().await
    }

    /// The mutation did not get through.
    pub async fn failed(&self, id: MutationId, error: &ApiError, failure: Failure) -> Result<()> {
        let mut tx = self.write(Durability::Undoable).await?;
        let found = table::find(&mut tx, id).await?;
        match failure {
            Failure::RetryAt(at) => table::requeue(&mut tx, id, error, at).await?,
            Failure::Permanent => table::fail(&mut tx, id, error).await?,
        }
        commit(tx, found.and_then(|found| found.conversation)).await
    }

    /// The person wants a failed or waiting mutation to be tried now, also one that is held. Under another id where the server would not take the old one, or
    /// may have forgotten it. Returns whether there is such a one.
    pub async fn retry(&self, id: MutationId) -> Result<bool> {
        let mut tx = self.write(Durability::Forever).await?;
        let Some(entry) = table::entry(&mut tx, id).await? else { return Ok(false) };
        let queued = match entry.error.as_ref().map(|error| error.code) {
            _ if matches!(entry.state, OutboxState::InFlight | OutboxState::Canceling) => false,
            Some(ErrorCode::TriedLongAgo) => taking_back::ask(&mut tx, id, TakingBack::SendAnew).await?,
            Some(ErrorCode::IdReused | ErrorCode::Cancelled) => taking_back::renew(&mut tx, id).await.map(|_| true)?,
            _ => table::retry(&mut tx, id).await?,
        };
        commit(tx, table::conversation_of(&entry.intent)).await?;
        Ok(queued)
    }

    /// Everything not yet acknowledged, oldest first; marks of what was read or has come included.
    pub async fn outbox(&self) -> Result<Vec<OutboxEntry>> {
        table::list(&mut *self.read().await?).await
    }

    /// What the person did and waits for: see [`OutboxEntry::is_quiet`].
    pub async fn outbox_count(&self) -> Result<OutboxCount> {
        let sql = concat!(
            "SELECT count(*), coalesce(sum(state = 'failed'), 0) FROM outbox WHERE NOT ",
            is_mark!(),
            " AND (shows NOT IN ('deletion', 'reaction', 'unscheduled') OR replayed_local IS NULL OR state = 'failed')"
        );
        let (all, failed): (i64, i64) = sqlx::query_as(sql).fetch_one(&mut *self.read().await?).await?;
        Ok(OutboxCount { all: small(all), failed: small(failed) })
    }
}

/// Takes a mutation into the outbox. `false` when it is useless; what it made useless is out even so.
pub(crate) async fn take(tx: &mut SqliteConnection, mutation: &Mutation, now_local: Millis) -> Result<bool> {
    if !shows::make_room(tx, &mutation.intent).await? {
        return Ok(false);
    }
    let shows = shows(&mutation.intent);
    let after = table::dependencies(tx, &mutation.intent, &shows, i64::MAX).await?;
    table::insert(tx, mutation, &shows, &after, now_local).await?;
    Ok(true)
}

/// Why something that waits for a conversation does not go there any more.
pub(crate) fn not_a_member() -> ApiError {
    let message =
        "You are no longer in this conversation, so this was not sent. Copy it if you need it, or ask to be added again and retry.";
    ApiError::new(ErrorCode::NotAMember, message)
}

/// Why something that waits for a group does not go there any more.
pub(crate) fn not_in_group() -> ApiError {
    let message = "You are no longer in this group, so this was not done. Ask to be added again and retry.";
    ApiError::new(ErrorCode::NotAMember, message)
}

/// Why something that waits for a group or one of its channels goes nowhere any more.
pub(crate) fn group_is_gone() -> ApiError {
    let message = "This group was deleted, so this was not done. Copy it if you need it, then discard it.";
    ApiError::new(ErrorCode::GroupIsGone, message)
}

/// Why something that waits for a conversation goes nowhere any more.
pub(crate) fn conversation_is_gone() -> ApiError {
    let message = "This conversation was deleted, so this was not done. Copy it if you need it, then discard it.";
    ApiError::new(ErrorCode::ConversationIsGone, message)
}

/// Why nothing goes to a conversation ever again, if it or its group was deleted.
pub(crate) async fn why_gone(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<Option<ApiError>> {
    if group_membership::is_home_gone(tx, conversation).await? {
        return Ok(Some(group_is_gone()));
    }
    let name = membership::gone_name(tx, conversation).await?;
    Ok(name.map(|_| conversation_is_gone()))
}

/// Derives the conversation's line again, then commits.
async fn commit(mut tx: Writing<'_>, conversation: Option<ConversationId>) -> Result<()> {
    if let Some(conversation) = conversation {
        let me = account::my_id(&mut tx).await?;
        line::refresh(&mut tx, conversation, me).await?;
    }
    tx.commit().await
}
