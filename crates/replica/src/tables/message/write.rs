//! Messages written in bulk, each guarded by its seq.

use super::removal;
use crate::{
    Result,
    search::Index,
    sql::{get, id, id_list, int, json, number},
    tables::known::Known,
};
use hearth_protocol::{
    Millis, Pos, Seq,
    body::Body,
    ids::{ConversationId, MessageId},
    rows::MessageRow,
    rule::{Rule, holds},
};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Messages of one INSERT.
const ROWS_PER_INSERT: usize = 100;
/// The bits of `n` below the time: 2^43 milliseconds reach the year 2248.
const TIE_BITS: u32 = 20;
const TIME_MAX: i64 = (1 << 43) - 1;

/// What is here of a message that comes again.
struct Stored {
    n: i64,
    conversation: Vec<u8>,
    seq: Seq,
    pos: Pos,
    text: Option<String>,
    deleted: bool,
    hidden: bool,
}

impl Stored {
    /// Any row of this copy replaces it.
    fn is_of_older_copy(&self) -> bool {
        self.seq == 0
    }
}

/// What [`apply`] did.
#[derive(Default)]
pub(super) struct Written {
    pub changed: bool,
    /// Became visible now, as positions in the given rows.
    pub appeared: Vec<usize>,
}

/// Writes the rows that are newer than what is here, and shows those that are in a known interval.
pub(super) async fn apply(
    tx: &mut SqliteConnection,
    index: &mut Index,
    conversation: ConversationId,
    known: &Known,
    rows: &[(Seq, &MessageRow)],
) -> Result<Written> {
    let mut written = Written::default();
    let (mut stored, taken) = find(tx, rows).await?;
    let mut new: BTreeMap<MessageId, usize> = BTreeMap::new();
    for (at, (seq, row)) in rows.iter().enumerate() {
        match stored.get_mut(&row.id) {
            Some(old) if old.conversation == conversation.as_bytes() => {
                update(tx, index, old, known, (at, *seq, row), &mut written).await?;
            }
            Some(_) => tracing::warn!(message = %row.id, "a message of another conversation has this id; ignored"),
            None => {
                let newest = new.entry(row.id).or_insert(at);
                if rows.get(*newest).is_some_and(|(other, _)| other < seq) {
                    *newest = at;
                }
            }
        }
    }
    let new: Vec<(usize, Seq, &MessageRow)> = new.into_values().filter_map(|at| rows.get(at).map(|(seq, row)| (at, *seq, *row))).collect();
    insert(tx, index, conversation, known, (&new, taken), &mut written).await?;
    Ok(written)
}

/// What is here of these messages, and which of the numbers that new ones would get are taken.
async fn find(tx: &mut SqliteConnection, rows: &[(Seq, &MessageRow)]) -> Result<(HashMap<MessageId, Stored>, BTreeSet<i64>)> {
    let found = sqlx::query(
        "SELECT n, id, conversation, seq, pos, text, deleted, hidden FROM message
         WHERE id IN (SELECT unhex(value) FROM json_each(?)) OR n IN (SELECT value FROM json_each(?))",
    )
    .bind(id_list(rows.iter().map(|(_, row)| row.id.as_bytes()))?)
    .bind(json(&rows.iter().map(|(_, row)| first_number(row)).collect::<Vec<_>>())?)
    .fetch_all(tx)
    .await?;
    let mut stored = HashMap::with_capacity(found.len());
    let mut taken = BTreeSet::new();
    for row in &found {
        let n = get(row, "n")?;
        taken.insert(n);
        let old = Stored {
            n,
            conversation: get(row, "conversation")?,
            seq: number(get(row, "seq")?),
            pos: number(get(row, "pos")?),
            text: get(row, "text")?,
            deleted: get(row, "deleted")?,
            hidden: get(row, "hidden")?,
        };
        stored.insert(id(get(row, "id")?)?, old);
    }
    Ok((stored, taken))
}

async fn update(
    tx: &mut SqliteConnection,
    index: &mut Index,
    old: &mut Stored,
    known: &Known,
    (at, seq, row): (usize, Seq, &MessageRow),
    written: &mut Written,
) -> Result<()> {
    let newer = seq > old.seq || !holds(Rule::NewestRow);
    let pos = if old.is_of_older_copy() { row.pos } else { old.pos };
    let hidden = !known.has(pos) && (old.hidden || pos != old.pos);
    if !newer && hidden == old.hidden {
        return Ok(());
    }
    // What was deleted stays deleted, whatever a later row of this copy says.
    let deleted = (old.deleted && !old.is_of_older_copy()) || (newer && row.body.is_none());
    let text = match (deleted, newer) {
        (true, _) => None,
        (false, true) => row.body.as_ref().and_then(Body::searchable).map(str::to_owned),
        (false, false) => old.text.clone(),
    };
    match (old.hidden, hidden) {
        (false, false) => index.replace(old.n, old.text.as_deref(), text.as_deref()),
        (false, true) => index.hide(old.n, old.text.as_deref()),
        (true, false) => {
            index.show(old.n, text.as_deref());
            written.appeared.push(at);
        }
        (true, true) => {}
    }
    if newer {
        let body = row.body.as_ref().filter(|_| !deleted).map(json).transpose()?;
        let sql =
            "UPDATE message SET seq = ?, pos = ?, body = ?, text = ?, created_at = ?, edited_at = ?, revision = ?, reply_to = ?, forwarded = ?, system = ?,
                 thread_root = ?, aside = ?, deleted = ?, hidden = ?
             WHERE n = ?";
        sqlx::query(sql)
            .bind(int(seq))
            .bind(int(pos))
            .bind(body)
            .bind(&text)
            .bind(row.created_at)
            .bind(row.edited_at)
            .bind(i64::from(row.revision))
            .bind(row.reply_to.filter(|_| !deleted).map(|id| id.as_bytes().to_vec()))
            .bind(row.forwarded && !deleted)
            .bind(row.body.as_ref().is_some_and(Body::is_system))
            .bind(row.thread_root.map(|id| id.as_bytes().to_vec()))
            .bind(row.is_aside())
            .bind(deleted)
            .bind(hidden)
            .bind(old.n)
            .execute(tx)
            .await?;
        (old.seq, old.pos) = (seq, pos);
    } else {
        sqlx::query("UPDATE message SET hidden = ? WHERE n = ?").bind(hidden).bind(old.n).execute(tx).await?;
    }
    (old.text, old.deleted, old.hidden) = (text, deleted, hidden);
    written.changed = true;
    Ok(())
}

async fn insert(
    tx: &mut SqliteConnection,
    index: &mut Index,
    conversation: ConversationId,
    known: &Known,
    (new, taken): (&[(usize, Seq, &MessageRow)], BTreeSet<i64>),
    written: &mut Written,
) -> Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    for (.., row) in new.iter().filter(|(.., row)| known.stale.interval(row.pos).is_some()) {
        // An older copy had another message in this place.
        removal::sweep(tx, index, conversation, row.pos, row.pos.saturating_add(1)).await?;
    }
    let numbers = numbers(tx, taken, new.iter().map(|(_, _, row)| *row)).await?;
    let mut rows = Vec::with_capacity(new.len());
    for ((at, seq, row), n) in new.iter().zip(numbers) {
        let hidden = !known.has(row.pos);
        let text = row.body.as_ref().and_then(Body::searchable);
        if !hidden {
            index.show(n, text);
            written.appeared.push(*at);
        }
        rows.push((n, *seq, *row, row.body.as_ref().map(json).transpose()?, text, hidden));
    }
    for chunk in rows.chunks(ROWS_PER_INSERT) {
        // An error ends the transaction, so nothing need be kept for undoing this statement alone (`OR FAIL`).
        QueryBuilder::<Sqlite>::new(
            "INSERT OR FAIL INTO message (n, id, conversation, pos, seq, sender, body, text, created_at, edited_at, revision, reply_to, forwarded, system, thread_root, aside, deleted, \
             hidden) ",
        )
        .push_values(chunk, |mut values, (n, seq, row, body, text, hidden)| {
            values
                .push_bind(*n)
                .push_bind(row.id.as_bytes())
                .push_bind(conversation.as_bytes())
                .push_bind(int(row.pos))
                .push_bind(int(*seq))
                .push_bind(row.sender.as_bytes())
                .push_bind(body)
                .push_bind(*text)
                .push_bind(row.created_at)
                .push_bind(row.edited_at)
                .push_bind(i64::from(row.revision))
                .push_bind(row.reply_to.map(|id| id.as_bytes().to_vec()))
                .push_bind(row.forwarded)
                .push_bind(row.body.as_ref().is_some_and(Body::is_system))
                .push_bind(row.thread_root.map(|id| id.as_bytes().to_vec()))
                .push_bind(row.is_aside())
                .push_bind(row.body.is_none())
                .push_bind(*hidden);
        })
        .build()
        .execute(&mut *tx)
        .await?;
    }
    written.changed = true;
    Ok(())
}

/// A number for each new message that sorts by its time and that no other has. `taken` knows of every first choice.
async fn numbers(tx: &mut SqliteConnection, mut taken: BTreeSet<i64>, rows: impl Iterator<Item = &MessageRow>) -> Result<Vec<i64>> {
    let mut numbers = vec![];
    for row in rows {
        let first = first_number(row);
        let mut n = first;
        while taken.contains(&n) || (n != first && is_taken(tx, n).await?) {
            n += 1;
        }
        taken.insert(n);
        numbers.push(n);
    }
    Ok(numbers)
}

async fn is_taken(tx: &mut SqliteConnection, n: i64) -> Result<bool> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM message WHERE n = ?)").bind(n).fetch_one(tx).await?)
}

fn first_number(row: &MessageRow) -> i64 {
    let tie = row.id.as_bytes().iter().rev().take(3).fold(0_i64, |tie, byte| (tie << 8) | i64::from(*byte));
    (row.created_at.clamp(0, TIME_MAX) << TIE_BITS) | (tie & ((1 << TIE_BITS) - 1))
}

/// The numbers of messages from a moment on are this one and higher.
pub(crate) fn number_at(at: Millis) -> i64 {
    if at > TIME_MAX { i64::MAX } else { at.max(0) << TIE_BITS }
}

/// The moment from which on these numbers are: [`number_at`] the other way round.
pub(crate) fn moment_of(number: i64) -> Millis {
    if number == i64::MAX { Millis::MAX } else { number >> TIE_BITS }
}
