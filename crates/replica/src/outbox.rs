//! The outbox: what the person did and the server has not acknowledged. Durable before it is answered for; projected over the rows
//! at read; sent in order within its lane.

mod choose;
mod projection;
mod shows;
pub(crate) mod table;

pub(crate) use projection::Projection;
pub use shows::{Shows, shows};

use crate::{
    Replica, Result,
    connection::{Durability, Writing},
    drafts,
    sql::small,
    tables::{account, line},
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
}

/// Queued -> in flight -> acknowledged (and gone) | queued again | failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutboxState {
    Queued,
    InFlight,
    /// Waits for the person: retry or discard.
    Failed,
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

impl OutboxState {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::InFlight => "in_flight",
            Self::Failed => "failed",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::Queued, Self::InFlight, Self::Failed].into_iter().find(|state| state.as_str() == word)
    }
}

impl Replica {
    /// Takes a mutation: on the disk when this returns. A message empties its conversation's draft in the same transaction; reading
    /// further replaces an earlier mark that has not gone out; the same id again changes nothing.
    pub async fn enqueue(&self, mutation: &Mutation, now_local: Millis) -> Result<()> {
        let mut tx = self.write(Durability::Forever).await?;
        let conversation = table::conversation_of(&mutation.intent);
        if !take(&mut tx, mutation, now_local).await? {
            return tx.commit().await;
        }
        if let (Shows::Message(_), Some(conversation)) = (shows(&mutation.intent), conversation) {
            drafts::clear(&mut tx, conversation).await?;
        }
        commit(tx, conversation).await
    }

    /// Takes at most `limit` mutations that may go out now, in the order in which the server is to see each lane.
    pub async fn claim(&self, now_local: Millis, limit: usize) -> Result<Vec<Mutation>> {
        if limit == 0 || table::idle(&mut *self.look().await?).await? {
            return Ok(vec![]);
        }
        let mut tx = self.write(Durability::Undoable).await?;
        let waiting = table::waiting(&mut tx).await?;
        let chosen = choose::choose(&waiting, now_local, limit);
        let mut claimed = Vec::with_capacity(chosen.len());
        for n in chosen {
            claimed.push(table::take(&mut tx, n).await?);
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

    /// The person wants a failed or waiting mutation to be tried now. Returns whether there is such a one.
    pub async fn retry(&self, id: MutationId) -> Result<bool> {
        let mut tx = self.write(Durability::Forever).await?;
        let found = table::find(&mut tx, id).await?;
        let queued = table::retry(&mut tx, id).await?;
        commit(tx, found.and_then(|found| found.conversation)).await?;
        Ok(queued)
    }

    /// The person gives a mutation up. `None`, and nothing changed, while it is in flight or when it is not here any more.
    pub async fn discard(&self, id: MutationId) -> Result<Option<Intent>> {
        let mut tx = self.write(Durability::Forever).await?;
        let intent = table::discard(&mut tx, id).await?;
        commit(tx, intent.as_ref().and_then(table::conversation_of)).await?;
        Ok(intent)
    }

    /// Everything not yet acknowledged, oldest first; marks of what was read or has come included.
    pub async fn outbox(&self) -> Result<Vec<OutboxEntry>> {
        table::list(&mut *self.read().await?).await
    }

    /// What the person did: marks of what was read or has come are not counted.
    pub async fn outbox_count(&self) -> Result<OutboxCount> {
        let (all, failed): (i64, i64) =
            sqlx::query_as("SELECT count(*), coalesce(sum(state = 'failed'), 0) FROM outbox WHERE shows NOT IN ('read', 'delivered')")
                .fetch_one(&mut *self.read().await?)
                .await?;
        Ok(OutboxCount { all: small(all), failed: small(failed) })
    }
}

/// Takes a mutation into the outbox. `false`, and nothing changed, when it is useless.
pub(crate) async fn take(tx: &mut SqliteConnection, mutation: &Mutation, now_local: Millis) -> Result<bool> {
    if !shows::make_room(tx, &mutation.intent).await? {
        return Ok(false);
    }
    let shows = shows(&mutation.intent);
    let after = table::dependencies(tx, &mutation.intent, &shows).await?;
    table::insert(tx, mutation, &shows, &after, now_local).await?;
    Ok(true)
}

/// Why something that waits for a conversation does not go there any more.
pub(crate) fn not_a_member() -> ApiError {
    let message =
        "You are no longer in this conversation, so this was not sent. Copy it if you need it, or ask to be added again and retry.";
    ApiError::new(ErrorCode::NotAMember, message)
}

/// Derives the conversation's line again, then commits.
async fn commit(mut tx: Writing<'_>, conversation: Option<ConversationId>) -> Result<()> {
    if let Some(conversation) = conversation {
        let me = account::my_id(&mut tx).await?;
        line::refresh(&mut tx, conversation, me).await?;
    }
    tx.commit().await
}
