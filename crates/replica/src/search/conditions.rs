//! What a message must be, in SQL.

use super::{filter::Mark, wanted::Wanted};
use crate::{
    Result,
    sql::{id_list, json},
    tables::hidden::put_away,
};
use sqlx::{QueryBuilder, Sqlite};

pub(super) const FTS: &str = "message_words";
/// As the index of migration 33 has it, which serves no other condition.
pub(super) const LINK: &str = "(m.text LIKE '%https:%' OR m.text LIKE '%mailto:%' OR m.text LIKE '%hearth://message/%')";
/// The same of the index of migration 38.
pub(super) const NAMING: &str = "(instr(m.body, '\"mentions\":[') > 0 OR instr(m.body, '\"everyone\":true') > 0)";

/// `[from, until)` of a column.
pub(super) fn range(sql: &mut QueryBuilder<Sqlite>, column: &str, from: i64, until: i64) {
    sql.push(" AND ").push(column).push(" >= ").push_bind(from);
    sql.push(" AND ").push(column).push(" < ").push_bind(until);
}

/// `IN` these ids; one alone is told by itself, so that what is found stays in the order of its index.
pub(super) fn ids<'a>(sql: &mut QueryBuilder<Sqlite>, ids: impl Iterator<Item = &'a [u8]> + Clone) -> Result<()> {
    let mut rest = ids.clone();
    match (rest.next(), rest.next()) {
        (Some(one), None) => sql.push("= ").push_bind(one.to_vec()),
        _ => sql.push("IN (SELECT unhex(value) FROM json_each(").push_bind(id_list(ids)?).push("))"),
    };
    Ok(())
}

/// A SELECT of the messages that get a mark as soon as what waits has arrived.
pub(super) fn is_marked(sql: &mut QueryBuilder<Sqlite>, waiting: &[(Vec<u8>, bool)]) -> Result<()> {
    let on = id_list(waiting.iter().filter(|(_, on)| *on).map(|(message, _)| message.as_slice()))?;
    sql.push("SELECT unhex(value) FROM json_each(").push_bind(on).push(")");
    Ok(())
}

/// Everything that is wanted but words that must be there and the range, each with an AND before it.
pub(super) fn conditions(sql: &mut QueryBuilder<Sqlite>, wanted: &Wanted) -> Result<()> {
    // A tombstone has no text, and what this build cannot read has none that could be shown.
    sql.push(concat!(" AND m.hidden = 0 AND m.text IS NOT NULL AND NOT ", put_away!()));
    one_of(sql, "m.sender NOT", wanted.here.blocked.iter().chain(&wanted.not_senders).map(|user| user.as_bytes()))?;
    one_of(sql, "m.conversation NOT", wanted.not_conversations.iter().map(|id| id.as_bytes()))?;
    if let Some(senders) = &wanted.senders {
        sql.push(" AND m.sender ");
        ids(sql, senders.iter().map(|user| user.as_bytes()))?;
    }
    if let Some(conversations) = &wanted.conversations {
        sql.push(" AND m.conversation ");
        ids(sql, conversations.iter().map(|id| id.as_bytes()))?;
    }
    for (from, until) in &wanted.not_between {
        sql.push(" AND (m.n < ").push_bind(*from).push(" OR m.n >= ").push_bind(*until).push(")");
    }
    if let Some(words) = &wanted.no_words {
        sql.push(" AND NOT EXISTS (SELECT 1 FROM message_words WHERE message_words MATCH ").push_bind(words.clone());
        sql.push(" AND message_words.rowid = m.n)");
    }
    for (at, is) in &wanted.marks {
        match at {
            // Whether there is one, and whom a message names, is for Rust to say of what is left.
            Mark::Link | Mark::LinkAlone | Mark::Mention if !*is => continue,
            Mark::Link | Mark::LinkAlone => {
                sql.push(" AND ").push(LINK);
                continue;
            }
            Mark::Mention => {
                sql.push(" AND ").push(NAMING).push(" AND (instr(m.body, ");
                sql.push_bind(wanted.here.me.map(|me| me.to_string()).unwrap_or_default()).push(") > 0");
                sql.push(" OR instr(m.body, '\"everyone\":true') > 0)");
                continue;
            }
            Mark::Starred | Mark::Unread | Mark::Pinned | Mark::Reaction => {}
        }
        sql.push(if *is { " AND coalesce(" } else { " AND NOT coalesce(" });
        match at {
            Mark::Starred => {
                let row = "EXISTS (SELECT 1 FROM star s WHERE s.message = m.id AND s.ended_at IS NULL)";
                with_waiting(sql, row, &wanted.here.starred)?;
            }
            Mark::Pinned => {
                let row = "EXISTS (SELECT 1 FROM pin p WHERE p.conversation = m.conversation AND p.message = m.id AND p.ended_at IS NULL)";
                with_waiting(sql, row, &wanted.here.pinned)?;
            }
            Mark::Reaction => reacted(sql, wanted)?,
            Mark::Unread => {
                sql.push("m.sender <> ").push_bind(wanted.here.me.map(|me| me.as_bytes().to_vec()).unwrap_or_default());
                sql.push(
                    " AND m.pos > (SELECT l.read_pos FROM line l WHERE l.conversation = m.conversation AND l.listed = 1) AND m.aside = 0",
                );
            }
            Mark::Link | Mark::LinkAlone | Mark::Mention => {}
        }
        sql.push(", 0)");
    }
    Ok(())
}

/// `column IN` some ids that may be none; what is said NOT of none is nothing.
fn one_of<'a>(sql: &mut QueryBuilder<Sqlite>, column: &str, ids: impl Iterator<Item = &'a [u8]>) -> Result<()> {
    let mut ids = ids.peekable();
    if ids.peek().is_some() {
        sql.push(" AND ").push(column).push(" IN (SELECT unhex(value) FROM json_each(").push_bind(id_list(ids)?).push("))");
    }
    Ok(())
}

/// What the server has told of a mark, with what waits laid over it.
fn with_waiting(sql: &mut QueryBuilder<Sqlite>, row: &str, waiting: &[(Vec<u8>, bool)]) -> Result<()> {
    let list = |on: bool| id_list(waiting.iter().filter(|(_, is)| *is == on).map(|(message, _)| message.as_slice()));
    sql.push("(").push(row).push(" AND m.id NOT IN (SELECT unhex(value) FROM json_each(").push_bind(list(false)?);
    sql.push("))) OR m.id IN (SELECT unhex(value) FROM json_each(").push_bind(list(true)?).push("))");
    Ok(())
}

/// Somebody has an emoji on it, or I will; not where I alone had one and take it back.
fn reacted(sql: &mut QueryBuilder<Sqlite>, wanted: &Wanted) -> Result<()> {
    let here = &wanted.here;
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let back = here.reactions.iter().filter(|(.., on)| !on).map(|(message, emoji, _)| format!("{} {emoji}", hex(message)));
    let back = json(&back.collect::<Vec<_>>())?;
    let on = id_list(here.reactions.iter().filter(|(.., on)| *on).map(|(message, ..)| message.as_slice()))?;
    sql.push("EXISTS (SELECT 1 FROM reaction r WHERE r.message = m.id AND r.at IS NOT NULL AND NOT (r.user = ");
    sql.push_bind(here.me.map(|me| me.as_bytes().to_vec()).unwrap_or_default());
    sql.push(" AND lower(hex(r.message)) || ' ' || r.emoji IN (SELECT value FROM json_each(").push_bind(back);
    sql.push(")))) OR m.id IN (SELECT unhex(value) FROM json_each(").push_bind(on).push("))");
    Ok(())
}
