//! Taking back what may have reached the server: there its id is claimed, or what it came to is told. Until then it waits here like
//! everything else, through restarts and without a network.

use super::{OutboxEntry, OutboxState, shows::is_mark, table};
use crate::{
    Replica, Result,
    connection::Durability,
    drafts,
    sql::{damaged, json, run},
    tables::{account, line},
};
use hearth_protocol::{
    Millis,
    body::Body,
    error::{ApiError, ErrorCode},
    ids::{ConversationId, MutationId},
    limits,
    mutations::Intent,
};
use sqlx::SqliteConnection;
use std::collections::BTreeSet;

/// What is to become of something once the server has said that it did not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakingBack {
    /// It is forgotten.
    Discard,
    /// A message's text goes back into the draft of its conversation, or of its thread.
    Edit,
    /// It is sent again, as something new.
    SendAnew,
}

/// What came of the wish to take something out of the outbox.
#[derive(Clone, Debug, PartialEq)]
pub enum Discarded {
    /// It is out, and never reached the server.
    Gone(Intent),
    /// It may have reached the server, which is asked first.
    TakingBack,
    /// These need it and were not to go with it: nothing changed.
    Needed(Vec<OutboxEntry>),
    /// It is not here: by now it was acknowledged.
    Missing,
}

/// The end of a taking back.
#[derive(Clone, Debug, PartialEq)]
pub struct TakenBack {
    pub id: MutationId,
    pub intent: Intent,
    pub fate: Fate,
}

/// What became of something that was to be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Too late: the server had it already.
    Arrived,
    Discarded,
    /// Its text is in the draft.
    Returned,
    /// It goes out again under this id.
    Renewed(MutationId),
}

impl TakingBack {
    const ALL: [Self; 3] = [Self::Discard, Self::Edit, Self::SendAnew];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Discard => "discard",
            Self::Edit => "edit",
            Self::SendAnew => "send_anew",
        }
    }

    pub(crate) fn parse(word: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|why| why.as_str() == word).ok_or_else(|| damaged("why something is taken back"))
    }
}

impl Replica {
    /// The person gives a mutation up, or wants to write it anew. What was never sent goes at once; the rest is taken back at the server
    /// first. Whatever needs it goes along if `with_others`, else it stays. Durable when this returns.
    pub async fn discard(&self, id: MutationId, why: TakingBack, with_others: bool) -> Result<Discarded> {
        let mut tx = self.write(Durability::Forever).await?;
        let Some(entry) = table::entry(&mut tx, id).await? else { return Ok(Discarded::Missing) };
        let others = needing(&mut tx, id).await?;
        if !others.is_empty() && !with_others {
            return Ok(Discarded::Needed(others));
        }
        let mut conversations: BTreeSet<ConversationId> = table::conversation_of(&entry.intent).into_iter().collect();
        for other in &others {
            conversations.extend(table::conversation_of(&other.intent));
            if !ask(&mut tx, other.id, TakingBack::Discard).await? {
                table::remove(&mut tx, other.id).await?;
            }
        }
        let discarded = if ask(&mut tx, id, why).await? {
            Discarded::TakingBack
        } else {
            table::remove(&mut tx, id).await?;
            drafts::forget_original(&mut tx, id).await?;
            if why == TakingBack::Edit {
                give_back(&mut tx, &entry.intent).await?;
            }
            Discarded::Gone(entry.intent)
        };
        let me = account::my_id(&mut tx).await?;
        for conversation in conversations {
            line::refresh(&mut tx, conversation, me).await?;
        }
        tx.commit().await?;
        Ok(discarded)
    }
}

/// Has the server asked about what may have reached it. Returns whether it may have.
pub(crate) async fn ask(tx: &mut SqliteConnection, id: MutationId, why: TakingBack) -> Result<bool> {
    let query = sqlx::query(
        "UPDATE outbox SET taking_back = ?, state = 'queued', error = NULL, next_try_local = 0 WHERE id = ? AND tried_local IS NOT NULL",
    );
    run(tx, query.bind(why.as_str()).bind(id.as_bytes())).await
}

/// The server has claimed the id: nothing of it arrived, and nothing will. Returns the end that it came to.
pub(crate) async fn end(tx: &mut SqliteConnection, id: MutationId, why: TakingBack) -> Result<Option<TakenBack>> {
    let Some(OutboxEntry { intent, .. }) = table::entry(tx, id).await? else { return Ok(None) };
    let fate = match why {
        TakingBack::SendAnew => Fate::Renewed(renew(tx, id).await?),
        TakingBack::Discard => Fate::Discarded,
        TakingBack::Edit => {
            give_back(tx, &intent).await?;
            Fate::Returned
        }
    };
    if why != TakingBack::SendAnew {
        table::remove(tx, id).await?;
        drafts::forget_original(tx, id).await?;
        let message = "What this belongs to was taken back, so this was not sent. Discard it, or write it again elsewhere.";
        let error = ApiError::new(ErrorCode::NeedIsGone, message);
        for other in needing(tx, id).await? {
            table::fail(tx, other.id, &error).await?;
        }
    }
    Ok(Some(TakenBack { id, intent, fate }))
}

/// Gives an entry another id, in its place: for the server it is something new. Whatever names the old id names the new one then.
pub(crate) async fn renew(tx: &mut SqliteConnection, old: MutationId) -> Result<MutationId> {
    let new = MutationId::new();
    sqlx::query(
        "UPDATE outbox SET id = ?, state = 'queued', tries = 0, tried_local = NULL, taking_back = NULL, replayed_local = NULL, error = NULL,
            next_try_local = 0
         WHERE id = ?",
    )
    .bind(new.as_bytes())
    .bind(old.as_bytes())
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "UPDATE outbox SET after = replace(after, ?1, ?2), message = CASE WHEN message = ?3 THEN ?4 ELSE message END,
            reply_to = CASE WHEN reply_to = ?3 THEN ?4 ELSE reply_to END,
            intent = CASE
                WHEN message = ?3
                THEN json_replace(intent, '$.edit_message.message', ?2, '$.delete_message.message', ?2, '$.react.message', ?2,
                    '$.hide_message.message', ?2, '$.change_scheduled.message', ?2, '$.cancel_scheduled.message', ?2,
                    '$.follow_thread.root', ?2, '$.read_thread.root', ?2, '$.unread_thread.root', ?2)
                WHEN reply_to = ?3
                THEN json_replace(intent, '$.send_message.reply_to', ?2, '$.schedule_message.reply_to', ?2,
                    '$.send_message.thread_root', replace(intent ->> '$.send_message.thread_root', ?1, ?2))
                ELSE json_replace(intent, '$.send_message.thread_root', replace(intent ->> '$.send_message.thread_root', ?1, ?2)) END
         WHERE message = ?3 OR reply_to = ?3 OR instr(after, ?1) > 0",
    )
    .bind(old.to_string())
    .bind(new.to_string())
    .bind(old.as_bytes())
    .bind(new.as_bytes())
    .execute(&mut *tx)
    .await?;
    drafts::renew_original(tx, old, new).await?;
    Ok(new)
}

/// Moves what was first tried too long ago to those that wait for the person. Returns in which conversations, `None` where there was nothing.
/// Marks of what was read stay: done twice they change nothing.
pub(crate) async fn ask_about_stale(tx: &mut SqliteConnection, now_local: Millis) -> Result<Option<BTreeSet<ConversationId>>> {
    let message = "This was sent a long time ago and never answered. Look whether it arrived; if it did not, send it again.";
    let error = json(&ApiError::new(ErrorCode::TriedLongAgo, message))?;
    let stale: Vec<Option<Vec<u8>>> = sqlx::query_scalar(concat!(
        "UPDATE outbox SET state = 'failed', error = ? WHERE state = 'queued' AND taking_back IS NULL AND NOT ",
        is_mark!(),
        " AND tried_local < ? RETURNING conversation"
    ))
    .bind(error)
    .bind(now_local.saturating_sub(limits::RESEND_MS_MAX))
    .fetch_all(tx)
    .await?;
    if stale.is_empty() {
        return Ok(None);
    }
    let mut conversations = BTreeSet::new();
    for conversation in stale {
        conversations.extend(crate::sql::optional_id::<ConversationId>(conversation)?);
    }
    Ok(Some(conversations))
}

/// What cannot go out without it, nor without what needs it.
async fn needing(tx: &mut SqliteConnection, id: MutationId) -> Result<Vec<OutboxEntry>> {
    let mut gone = BTreeSet::from([id]);
    let mut entries = table::list(tx).await?;
    // What needs another was made after it.
    entries
        .retain(|entry| entry.state != OutboxState::Canceling && entry.after.iter().any(|id| gone.contains(id)) && gone.insert(entry.id));
    Ok(entries)
}

async fn give_back(tx: &mut SqliteConnection, intent: &Intent) -> Result<()> {
    let (conversation, root, body, reply_to) = match intent {
        Intent::SendMessage(message) => (message.conversation, message.thread_root, Some(&message.body), message.reply_to),
        Intent::ScheduleMessage(message) => (message.conversation, None, Some(&message.body), message.reply_to),
        Intent::ChangeScheduled(change) => (change.conversation, None, change.body.as_ref(), None),
        _ => return Ok(()),
    };
    if let Some(Body::Text { text, .. }) = body {
        drafts::add(tx, (conversation, root), text, reply_to).await?;
    }
    Ok(())
}
