//! Messages: written in bulk, guarded by seq, hidden outside the known intervals, indexed for search while visible.

use super::{delivery, known::Known};
use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    search::Index,
    sql::{damaged, from_json, get, id, id_list, int, json, number, small},
};
use hearth_protocol::{
    Pos, Seq,
    body::Body,
    digest::Entry,
    ids::{ConversationId, MessageId},
    rows::MessageRow,
    rule::{Rule, holds},
    stream::StreamId,
};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection, sqlite::SqliteRow};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The columns that [`read`] wants, of a table named `m`.
pub(crate) const COLUMNS: &str = "m.id, m.pos, m.sender, m.body, m.created_at, m.edited_at, m.revision";

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

/// What [`apply`] did.
#[derive(Default)]
pub(crate) struct Written {
    pub changed: bool,
    /// Became visible now, as positions in the given rows.
    pub appeared: Vec<usize>,
}

impl Kept for MessageRow {
    const DUMP: &'static str = "SELECT lower(hex(conversation)) || ' ' || pos || ' ' || lower(hex(id)) || ' ' || seq || ' '
            || json_array(lower(hex(sender)), body, created_at, edited_at, revision, deleted)
         FROM message WHERE hidden = 0 ORDER BY conversation, pos, id";

    /// In bulk: visible where their places are known.
    async fn apply(changes: &mut Changes<'_>, arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        let StreamId::Conversation(conversation) = arrival.stream else { return Ok(()) };
        let retained = changes.retained(conversation).await?;
        let purged = |(seq, row): &&(Seq, &Self)| (row.body.is_none() && *seq <= arrival.floor) || row.pos < retained;
        let kept: Vec<(Seq, &Self)>;
        let rows = if rows.iter().any(|row| purged(&row)) {
            kept = rows.iter().filter(|row| !purged(row)).copied().collect();
            &kept
        } else {
            rows
        };
        let written = apply(changes.tx, &mut changes.index, conversation, arrival.known, rows).await?;
        if written.changed {
            changes.touch(conversation);
        }
        crate::outbox::acknowledged::forget(changes.tx, rows.iter().filter(|(_, row)| row.body.is_none()).map(|(_, row)| row.id)).await?;
        let appeared = written.appeared.iter().filter_map(|at| rows.get(*at)).map(|(_, row)| row);
        let theirs = appeared.filter(|row| Some(row.sender) != changes.me && row.body.is_some());
        if let Some(pos) = theirs.map(|row| row.pos).max() {
            delivery::reach(changes.tx, conversation, pos).await?;
        }
        for (_, row) in written.appeared.iter().filter_map(|at| rows.get(*at)) {
            changes.tell(arrival, row);
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        let StreamId::Conversation(conversation) = stream else { return Ok(()) };
        delivery::forget(changes.tx, conversation).await?;
        clear(changes.tx, &mut changes.index, conversation, keep_after).await
    }
}

/// What the digest of the places `[from, to)` is made of.
pub(crate) async fn entries(tx: &mut SqliteConnection, conversation: ConversationId, from: Pos, to: Pos) -> Result<Vec<Entry>> {
    let rows = sqlx::query(
        "SELECT pos, id, seq, revision FROM message
         WHERE conversation = ? AND pos >= ? AND pos < ? AND deleted = 0 AND hidden = 0 ORDER BY pos",
    )
    .bind(conversation.as_bytes())
    .bind(int(from))
    .bind(int(to))
    .fetch_all(tx)
    .await?;
    let entry = |row: &SqliteRow| {
        let (pos, seq) = (number(get(row, "pos")?), number(get(row, "seq")?));
        Ok(Entry { pos, id: id(get(row, "id")?)?, seq, revision: small(get(row, "revision")?) })
    };
    rows.iter().map(entry).collect()
}

pub(crate) fn read(row: &SqliteRow) -> Result<MessageRow> {
    let body: Option<String> = get(row, "body")?;
    Ok(MessageRow {
        id: id(get(row, "id")?)?,
        pos: number(get(row, "pos")?),
        sender: id(get(row, "sender")?)?,
        body: body.as_deref().map(from_json::<Body>).transpose()?,
        created_at: get(row, "created_at")?,
        edited_at: get(row, "edited_at")?,
        revision: small(get(row, "revision")?),
    })
}

/// Writes the rows that are newer than what is here, and shows those that are in a known interval.
async fn apply(
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
    let hidden = old.hidden && !known.has(old.pos);
    if !newer && hidden == old.hidden {
        return Ok(());
    }
    // What was deleted stays deleted, whatever a later row says.
    let deleted = old.deleted || (newer && row.body.is_none());
    let text = match (deleted, newer) {
        (true, _) => None,
        (false, true) => row.body.as_ref().and_then(Body::searchable).map(str::to_owned),
        (false, false) => old.text.clone(),
    };
    if !old.hidden {
        index.replace(old.n, old.text.as_deref(), text.as_deref());
    } else if !hidden {
        index.show(old.n, text.as_deref());
        written.appeared.push(at);
    }
    if newer {
        let body = row.body.as_ref().filter(|_| !deleted).map(json).transpose()?;
        sqlx::query("UPDATE message SET seq = ?, body = ?, text = ?, edited_at = ?, revision = ?, deleted = ?, hidden = ? WHERE n = ?")
            .bind(int(seq))
            .bind(body)
            .bind(&text)
            .bind(row.edited_at)
            .bind(i64::from(row.revision))
            .bind(deleted)
            .bind(hidden)
            .bind(old.n)
            .execute(tx)
            .await?;
        old.seq = seq;
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
        QueryBuilder::<Sqlite>::new(
            "INSERT INTO message (n, id, conversation, pos, seq, sender, body, text, created_at, edited_at, revision, deleted, hidden) ",
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

/// Shows what was kept hidden in `[from, to)`, now that it is known. Returns whether there was anything.
pub(crate) async fn reveal(tx: &mut SqliteConnection, index: &mut Index, conversation: ConversationId, from: Pos, to: Pos) -> Result<bool> {
    let found: Vec<(i64, Option<String>)> =
        sqlx::query_as("SELECT n, text FROM message WHERE conversation = ? AND pos >= ? AND pos < ? AND hidden = 1")
            .bind(conversation.as_bytes())
            .bind(int(from))
            .bind(int(to))
            .fetch_all(&mut *tx)
            .await?;
    if found.is_empty() {
        return Ok(false);
    }
    for (n, text) in &found {
        index.show(*n, text.as_deref());
    }
    sqlx::query("UPDATE message SET hidden = 0 WHERE conversation = ? AND pos >= ? AND pos < ? AND hidden = 1")
        .bind(conversation.as_bytes())
        .bind(int(from))
        .bind(int(to))
        .execute(tx)
        .await?;
    Ok(true)
}

/// Removes a copy's messages and their words, up to `keep_after` if given.
async fn clear(tx: &mut SqliteConnection, index: &mut Index, conversation: ConversationId, keep_after: Option<Seq>) -> Result<()> {
    let last = keep_after.map_or(i64::MAX, int);
    let shown: Vec<(i64, Option<String>)> =
        sqlx::query_as("SELECT n, text FROM message WHERE conversation = ? AND seq <= ? AND hidden = 0")
            .bind(conversation.as_bytes())
            .bind(last)
            .fetch_all(&mut *tx)
            .await?;
    for (n, text) in &shown {
        index.hide(*n, text.as_deref());
    }
    sqlx::query("DELETE FROM message WHERE conversation = ? AND seq <= ?").bind(conversation.as_bytes()).bind(last).execute(tx).await?;
    Ok(())
}

/// Removes tombstones that changed last at or before `floor`. Returns whether there was any that shows.
pub(crate) async fn purge(tx: &mut SqliteConnection, index: &mut Index, conversation: ConversationId, floor: Seq) -> Result<bool> {
    let gone: Vec<(i64, bool)> =
        sqlx::query_as("DELETE FROM message WHERE conversation = ? AND deleted = 1 AND seq <= ? RETURNING n, hidden")
            .bind(conversation.as_bytes())
            .bind(int(floor))
            .fetch_all(tx)
            .await?;
    let mut shown = gone.iter().filter(|(_, hidden)| !hidden).peekable();
    let any = shown.peek().is_some();
    shown.for_each(|(n, _)| index.hide(*n, None));
    Ok(any)
}

/// Removes messages below a place, and their words.
pub(crate) async fn retain(tx: &mut SqliteConnection, index: &mut Index, conversation: ConversationId, pos: Pos) -> Result<()> {
    let gone: Vec<(i64, Option<String>, bool)> =
        sqlx::query_as("DELETE FROM message WHERE conversation = ? AND pos < ? RETURNING n, text, hidden")
            .bind(conversation.as_bytes())
            .bind(int(pos))
            .fetch_all(tx)
            .await?;
    gone.iter().filter(|(_, _, hidden)| !hidden).for_each(|(n, text, _)| index.hide(*n, text.as_deref()));
    Ok(())
}

/// The places of a conversation's visible messages.
pub(crate) async fn visible_places(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<Vec<Pos>> {
    let kept: Vec<i64> = sqlx::query_scalar("SELECT pos FROM message WHERE conversation = ? AND hidden = 0")
        .bind(conversation.as_bytes())
        .fetch_all(tx)
        .await?;
    Ok(kept.into_iter().map(number).collect())
}

/// The highest place, from `from` on, of a message that the cursor has passed.
pub(crate) async fn last_passed(tx: &mut SqliteConnection, conversation: ConversationId, from: Pos, cursor: Seq) -> Result<Option<Pos>> {
    let pos: Option<i64> = sqlx::query_scalar("SELECT max(pos) FROM message WHERE conversation = ? AND pos >= ? AND seq <= ?")
        .bind(conversation.as_bytes())
        .bind(int(from))
        .bind(int(cursor))
        .fetch_one(tx)
        .await?;
    Ok(pos.map(number))
}

/// The place of a visible message.
pub(crate) async fn place(tx: &mut SqliteConnection, conversation: ConversationId, message: MessageId) -> Result<Option<Pos>> {
    let row: Option<(i64, Vec<u8>)> = sqlx::query_as("SELECT pos, conversation FROM message WHERE id = ? AND hidden = 0")
        .bind(message.as_bytes())
        .fetch_optional(tx)
        .await?;
    let Some((pos, found)) = row else { return Ok(None) };
    let found: ConversationId = id(&found).map_err(damaged)?;
    Ok((found == conversation).then_some(number(pos)))
}
