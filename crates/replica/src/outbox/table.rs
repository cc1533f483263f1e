//! The outbox's table.

mod instead;

pub(crate) use instead::{hold_back, replace_marks, replace_reactions, reschedule, reword, scheduled, unschedule};

use super::{OutboxEntry, OutboxState, Shows, TakingBack, choose::Waiting, shows, shows::is_mark};
use crate::{
    Result,
    sql::{damaged, from_json, get, id, int, json, optional_id, run, small, younger},
};
use hearth_protocol::{
    Millis, Pos,
    error::ApiError,
    ids::{ConversationId, GroupId, MessageId, MutationId},
    limits,
    mutation::Mutation,
    mutations::{Intent, Lane},
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

/// Entries looked at for one claim: far more than may be in flight.
const LOOKED_AT_MAX: i64 = 2_000;
/// After the first refusal, and at most; doubled by each try.
const PAUSE_MS_FIRST: i64 = 1_000;
const PAUSE_MS_MAX: i64 = 60_000;

/// What a refusal needs to know of an entry.
pub(crate) struct Found {
    pub conversation: Option<ConversationId>,
    /// Whose lane it is of.
    pub group: Option<GroupId>,
    pub tries: u32,
    pub taking_back: Option<TakingBack>,
    /// Of what was read or has come: see [`Shows::is_mark`].
    pub is_mark: bool,
    /// It says nothing that makes sense without its message.
    pub is_addition: bool,
    pub replayed_local: Option<Millis>,
}

impl Found {
    /// Whether what it needs may come yet, because a backup was restored not long ago and others send again what they wrote.
    pub fn may_wait(&self, now_local: Millis) -> bool {
        self.replayed_local.is_some_and(|at| now_local.abs_diff(at) < limits::REPLAY_MS_MAX.unsigned_abs())
    }
}

/// What goes out for an entry.
pub(crate) enum Taken {
    Mutation(Mutation),
    Cancel(MutationId),
}

/// An entry that has left the outbox.
pub(crate) struct Removed {
    pub n: i64,
    pub conversation: Option<ConversationId>,
    pub intent: Intent,
    pub made_at_local: Millis,
    /// It was on its way to be taken back.
    pub wanted_back: bool,
}

pub(crate) fn conversation_of(intent: &Intent) -> Option<ConversationId> {
    intent.lane().conversation()
}

fn lane(lane: Lane) -> String {
    match lane {
        Lane::Conversation(id) => id.to_string(),
        Lane::Group(id) => format!("group:{id}"),
        Lane::User => "user".into(),
    }
}

/// How long a refused mutation rests.
pub(crate) fn pause_ms(tries: u32, asked_ms: Option<u64>) -> Millis {
    let doubled = PAUSE_MS_FIRST.checked_shl(tries.saturating_sub(1).min(16)).unwrap_or(PAUSE_MS_MAX);
    doubled.min(PAUSE_MS_MAX).max(asked_ms.map_or(0, int))
}

pub(crate) async fn insert(
    tx: &mut SqliteConnection,
    mutation: &Mutation,
    shows: &Shows,
    after: &[MutationId],
    now_local: Millis,
) -> Result<()> {
    let pos: Option<Pos> = match shows {
        Shows::Read(pos) | Shows::Unread(pos) | Shows::Delivered(pos) | Shows::ThreadRead { pos, .. } | Shows::ThreadUnread { pos, .. } => {
            Some(*pos)
        }
        _ => None,
    };
    sqlx::query(
        "INSERT INTO outbox (id, lane, conversation, what, intent, shows, pos, message, reply_to, after, made_at_local)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
    )
    .bind(mutation.id.as_bytes())
    .bind(lane(mutation.intent.lane()))
    .bind(conversation_of(&mutation.intent).map(|id| id.as_bytes().to_vec()))
    .bind(mutation.intent.name())
    .bind(json(&mutation.intent)?)
    .bind(shows.as_str())
    .bind(pos.map(int))
    .bind(shows.target().map(|id| id.as_bytes().to_vec()))
    .bind(shows.answered().map(|id| id.as_bytes().to_vec()))
    .bind(json(&after)?)
    .bind(now_local)
    .execute(tx)
    .await?;
    Ok(())
}

/// Puts an entry of another file here, as it was there; one that is here already stays. What was in flight has an unknown outcome: it
/// goes again.
pub(crate) async fn restore(tx: &mut SqliteConnection, entry: &OutboxEntry) -> Result<()> {
    let mutation = Mutation::new(entry.id, entry.intent.clone());
    insert(tx, &mutation, &shows(&entry.intent), &entry.after, entry.made_at_local).await?;
    let state = if entry.state == OutboxState::Failed { OutboxState::Failed } else { OutboxState::Queued };
    sqlx::query(
        "UPDATE outbox SET tries = ?, state = ?, error = ?, tried_local = ?, taking_back = ?, replayed_local = ?, not_before_local = ?
         WHERE id = ?",
    )
    .bind(i64::from(entry.tries))
    .bind(state.as_str())
    .bind(entry.error.as_ref().map(json).transpose()?)
    .bind(entry.tried_local)
    .bind(entry.taking_back.map(TakingBack::as_str))
    .bind(entry.replayed_local)
    .bind(entry.not_before_local)
    .bind(entry.id.as_bytes())
    .execute(tx)
    .await?;
    Ok(())
}

/// What is in a conversation or a group that is itself still here needs that one first, what changes or answers a message needs the
/// message, a channel for some needs that these are taken into its group, and what changes a collection needs that one: of what was made
/// before the place `n`.
pub(crate) async fn dependencies(tx: &mut SqliteConnection, intent: &Intent, shows: &Shows, n: i64) -> Result<Vec<MutationId>> {
    let (conversation, group) = match (shows, intent.lane()) {
        (Shows::Group { .. }, _) => (None, None),
        (Shows::Conversation { group, .. }, _) => (None, *group),
        (_, Lane::Group(group)) => (None, Some(group)),
        (_, lane) => (lane.conversation(), None),
    };
    let collection = match intent {
        Intent::Collect(collect) => Some(collect.collection),
        Intent::RenameCollection(rename) => Some(rename.collection),
        Intent::DeleteCollection(delete) => Some(delete.collection),
        _ => None,
    };
    let named = if let Intent::CreateChannel(channel) = intent { json(&channel.members)? } else { "[]".into() };
    let ids: Vec<Vec<u8>> = sqlx::query_scalar(
        "SELECT id FROM outbox WHERE n < ?4
            AND ((conversation = ?1 AND shows = 'conversation') OR id = ?2 OR id = ?7 OR (lane = ?3 AND (shows = 'group'
                OR (what = 'add_group_members' AND state <> 'failed' AND EXISTS (
                    SELECT 1 FROM json_each(intent, '$.add_group_members.people') added JOIN json_each(?5) named ON added.value = named.value))))
                OR (?6 IS NOT NULL AND what = 'create_collection' AND intent ->> '$.create_collection.collection' = ?6)) ORDER BY n",
    )
    .bind(conversation.map(|id| id.as_bytes().to_vec()))
    .bind(shows.target().or(shows.answered()).map(|id| id.as_bytes().to_vec()))
    .bind(group.map(|id| lane(Lane::Group(id))))
    .bind(n)
    .bind(named)
    .bind(collection.map(|id| id.to_string()))
    .bind(shows.thread_root().map(|id| id.as_bytes().to_vec()))
    .fetch_all(tx)
    .await?;
    ids.iter().map(|bytes| id(bytes)).collect()
}

/// True when nothing is queued.
pub(crate) async fn idle(tx: &mut SqliteConnection) -> Result<bool> {
    Ok(sqlx::query_scalar("SELECT NOT EXISTS (SELECT 1 FROM outbox WHERE state = 'queued')").fetch_one(tx).await?)
}

pub(crate) async fn waiting(tx: &mut SqliteConnection) -> Result<Vec<Waiting>> {
    let rows = sqlx::query(
        "SELECT n, id, lane, state, next_try_local, not_before_local, after, taking_back IS NOT NULL AS back, replayed_local IS NOT NULL AS replayed,
            replayed_local IS NOT NULL AND coalesce(error ->> '$.code' = 'not_found', 0) AS missing,
            coalesce(message, reply_to, unhex(replace(intent ->> '$.send_message.thread_root', '-', ''))) AS message, shows = 'conversation' AS begins
         FROM outbox ORDER BY n LIMIT ?",
    )
    .bind(LOOKED_AT_MAX)
    .fetch_all(tx)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Waiting {
                n: get(row, "n")?,
                id: id(get(row, "id")?)?,
                lane: get(row, "lane")?,
                state: state(row)?,
                next_try_local: get(row, "next_try_local")?,
                not_before_local: get(row, "not_before_local")?,
                after: from_json(get(row, "after")?)?,
                taking_back: get(row, "back")?,
                replayed: get(row, "replayed")?,
                missing: get(row, "missing")?,
                message: optional_id(get(row, "message")?)?,
                begins: get(row, "begins")?,
            })
        })
        .collect()
}

pub(crate) async fn take(tx: &mut SqliteConnection, n: i64, now_local: Millis) -> Result<Taken> {
    let (bytes, intent, back): (Vec<u8>, String, bool) = sqlx::query_as(
        "UPDATE outbox SET state = 'in_flight', tries = tries + (taking_back IS NULL), tried_local = coalesce(tried_local, ?)
          WHERE n = ? RETURNING id, intent, taking_back IS NOT NULL",
    )
    .bind(now_local)
    .bind(n)
    .fetch_one(tx)
    .await?;
    let id = id(&bytes)?;
    Ok(if back { Taken::Cancel(id) } else { Taken::Mutation(Mutation::new(id, from_json::<Intent>(&intent)?)) })
}

pub(crate) async fn requeue_in_flight(tx: &mut SqliteConnection) -> Result<()> {
    sqlx::query("UPDATE outbox SET state = 'queued', next_try_local = 0 WHERE state = 'in_flight'").execute(tx).await?;
    Ok(())
}

pub(crate) async fn find(tx: &mut SqliteConnection, mutation: MutationId) -> Result<Option<Found>> {
    let sql = concat!(
        "SELECT conversation, lane, tries, taking_back, ",
        is_mark!(),
        " AS is_mark, shows IN ('deletion', 'reaction', 'unscheduled') AS is_addition, replayed_local FROM outbox WHERE id = ?"
    );
    let row = sqlx::query(sql).bind(mutation.as_bytes()).fetch_optional(tx).await?;
    let found = |row: SqliteRow| {
        let back: Option<&str> = get(&row, "taking_back")?;
        Ok(Found {
            conversation: optional_id(get(&row, "conversation")?)?,
            group: get::<&str>(&row, "lane")?.strip_prefix("group:").and_then(|id| id.parse().ok()),
            tries: small(get(&row, "tries")?),
            taking_back: back.map(TakingBack::parse).transpose()?,
            is_mark: get(&row, "is_mark")?,
            is_addition: get(&row, "is_addition")?,
            replayed_local: get(&row, "replayed_local")?,
        })
    };
    row.map(found).transpose()
}

/// Whether it says only what has come: nothing on the screen changes with it.
pub(crate) async fn is_delivered_mark(tx: &mut SqliteConnection, mutation: MutationId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM outbox WHERE id = ? AND shows = 'delivered')";
    Ok(sqlx::query_scalar(sql).bind(mutation.as_bytes()).fetch_one(tx).await?)
}

/// Mutations of these names that wait and were not refused, oldest first.
pub(crate) async fn of_names(tx: &mut SqliteConnection, names: &[&str]) -> Result<Vec<Intent>> {
    let sql = "SELECT intent FROM outbox WHERE what IN (SELECT value FROM json_each(?)) AND state <> 'failed' ORDER BY n";
    let intents: Vec<String> = sqlx::query_scalar(sql).bind(json(names)?).fetch_all(tx).await?;
    intents.iter().map(|intent| from_json(intent)).collect()
}

pub(crate) async fn requeue(tx: &mut SqliteConnection, mutation: MutationId, error: &ApiError, next_try_local: Millis) -> Result<()> {
    sqlx::query("UPDATE outbox SET state = 'queued', error = ?, next_try_local = ? WHERE id = ?")
        .bind(json(error)?)
        .bind(next_try_local)
        .bind(mutation.as_bytes())
        .execute(tx)
        .await?;
    Ok(())
}

/// One entry.
pub(crate) async fn entry(tx: &mut SqliteConnection, mutation: MutationId) -> Result<Option<OutboxEntry>> {
    let row = sqlx::query("SELECT * FROM outbox WHERE id = ?").bind(mutation.as_bytes()).fetch_optional(tx).await?;
    row.as_ref().map(read).transpose()
}

/// Lets it go again, from this local time on.
pub(crate) async fn postpone(tx: &mut SqliteConnection, mutation: MutationId, next_try_local: Millis) -> Result<()> {
    let query = sqlx::query("UPDATE outbox SET state = 'queued', next_try_local = ? WHERE id = ?");
    query.bind(next_try_local).bind(mutation.as_bytes()).execute(tx).await?;
    Ok(())
}

/// A refusal for good of all that was ever sent says that it has not arrived.
pub(crate) async fn fail(tx: &mut SqliteConnection, mutation: MutationId, error: &ApiError) -> Result<()> {
    sqlx::query("UPDATE outbox SET state = 'failed', error = ?, tried_local = CASE WHEN tries > 1 THEN tried_local END WHERE id = ?")
        .bind(json(error)?)
        .bind(mutation.as_bytes())
        .execute(tx)
        .await?;
    Ok(())
}

/// Fails what waits for a conversation and was never sent; marks mean nothing any more. Returns whether there was any.
pub(crate) async fn strand(tx: &mut SqliteConnection, conversation: ConversationId, error: &ApiError) -> Result<bool> {
    let marks = sqlx::query(concat!("DELETE FROM outbox WHERE conversation = ? AND ", is_mark!(), " AND state <> 'in_flight'"));
    let marks = run(tx, marks.bind(conversation.as_bytes())).await?;
    // The server's refusal may have come before the reason for it, and that a channel is closed before that it was deleted.
    let failed = sqlx::query(
        "UPDATE outbox SET state = 'failed', error = ? WHERE conversation = ?
            AND ((state = 'queued' AND tries = 0) OR (state = 'failed' AND error ->> '$.code' IN ('not_found', 'not_a_member')))",
    );
    Ok(run(tx, failed.bind(json(error)?).bind(conversation.as_bytes())).await? || marks)
}

/// The same for what waits to change a group, or to make a channel in it.
pub(crate) async fn strand_group(tx: &mut SqliteConnection, group: GroupId, error: &ApiError) -> Result<bool> {
    let failed = sqlx::query(
        "UPDATE outbox SET state = 'failed', error = ?1 WHERE (lane = ?2 OR intent ->> '$.create_channel.group' = ?3)
            AND ((state = 'queued' AND tries = 0) OR (state = 'failed' AND error ->> '$.code' = 'not_found'))",
    );
    run(tx, failed.bind(json(error)?).bind(lane(Lane::Group(group))).bind(group.to_string())).await
}

/// Puts a text in the place of what was its beginning when its conversation ended under whoever was writing it there, or
/// in a thread. Returns whether there is
/// such an entry.
pub(crate) async fn go_on(
    tx: &mut SqliteConnection,
    (conversation, root): (ConversationId, Option<MessageId>),
    text: &str,
) -> Result<bool> {
    let query = sqlx::query(
        "UPDATE outbox SET intent = json_set(intent, '$.send_message.body.text', ?2)
         WHERE n = (SELECT max(n) FROM outbox WHERE conversation = ?1 AND what = 'send_message' AND state = 'failed' AND tries = 0
            AND intent ->> '$.send_message.thread_root' IS ?3
            AND substr(?2, 1, length(intent ->> '$.send_message.body.text')) = intent ->> '$.send_message.body.text')",
    );
    run(tx, query.bind(conversation.as_bytes()).bind(text).bind(root.map(|root| root.to_string()))).await
}

pub(crate) async fn retry(tx: &mut SqliteConnection, mutation: MutationId) -> Result<bool> {
    let query = sqlx::query(
        "UPDATE outbox SET state = 'queued', error = NULL, next_try_local = 0, not_before_local = NULL WHERE id = ? AND state <> 'in_flight'",
    );
    run(tx, query.bind(mutation.as_bytes())).await
}

/// Takes out what has come to its end: `None` if it is not here.
pub(crate) async fn remove(tx: &mut SqliteConnection, mutation: MutationId) -> Result<Option<Removed>> {
    let sql = "DELETE FROM outbox WHERE id = ? RETURNING n, conversation, intent, made_at_local, taking_back IS NOT NULL AS back";
    let row = sqlx::query(sql).bind(mutation.as_bytes()).fetch_optional(tx).await?;
    let removed = |row: SqliteRow| {
        Ok(Removed {
            n: get(&row, "n")?,
            conversation: optional_id(get(&row, "conversation")?)?,
            intent: from_json(get(&row, "intent")?)?,
            made_at_local: get(&row, "made_at_local")?,
            wanted_back: get(&row, "back")?,
        })
    };
    row.map(removed).transpose()
}

pub(crate) async fn list(tx: &mut SqliteConnection) -> Result<Vec<OutboxEntry>> {
    let rows = sqlx::query("SELECT * FROM outbox ORDER BY n").fetch_all(tx).await?;
    rows.iter().map(read).collect()
}

/// One entry by its place in the outbox.
pub(crate) async fn at(tx: &mut SqliteConnection, n: i64) -> Result<Option<OutboxEntry>> {
    let row = sqlx::query("SELECT * FROM outbox WHERE n = ?").bind(n).fetch_optional(tx).await?;
    row.as_ref().map(read).transpose()
}

pub(crate) fn read(row: &SqliteRow) -> Result<OutboxEntry> {
    let error: Option<String> = get(row, "error")?;
    let (tries, made_at_local) = (small(get(row, "tries")?), get(row, "made_at_local")?);
    // A damaged file that is rescued may be of an older schema: then whatever was sent may have arrived.
    let tried_local = younger(row, "tried_local")?.unwrap_or((tries > 0).then_some(made_at_local));
    let taking_back: Option<String> = younger(row, "taking_back")?.flatten();
    let taking_back = taking_back.as_deref().map(TakingBack::parse).transpose()?;
    Ok(OutboxEntry {
        id: id(get(row, "id")?)?,
        intent: from_json(get(row, "intent")?)?,
        made_at_local,
        tries,
        state: if taking_back.is_some() { OutboxState::Canceling } else { state(row)? },
        error: error.as_deref().map(from_json).transpose()?,
        next_try_local: get(row, "next_try_local")?,
        not_before_local: younger(row, "not_before_local")?.flatten(),
        tried_local,
        after: from_json(get(row, "after")?)?,
        taking_back,
        replayed_local: younger(row, "replayed_local")?.flatten(),
    })
}

fn state(row: &SqliteRow) -> Result<OutboxState> {
    OutboxState::parse(get(row, "state")?).ok_or_else(|| damaged("an outbox state"))
}
