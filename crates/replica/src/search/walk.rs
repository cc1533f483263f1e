//! Which messages are wanted, newest first, a few at a time: along the index that leads past the fewest others.
//!
//! Where a filter is met by few messages, all of them are listed, which indexes do by themselves, and the rest is asked of each. Otherwise the
//! way is the word index, an index in the order of the messages, one conversation's or one sender's among them, or the messages
//! themselves: what many messages are is met soon.

use super::{
    conditions::{FTS, LINK, NAMING, conditions, ids, is_marked, range},
    filter::Mark,
    wanted::Wanted,
};
use crate::{Result, sql::json};
use hearth_protocol::ids::{ConversationId, UserId};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};
use std::collections::BTreeSet;

/// So many can be looked at one by one where words must be in them too, which the index is asked for each.
const FEW_WITH_WORDS: usize = 3_000;
/// So many can be looked at one by one otherwise.
const FEW: usize = 20_000;
/// To find what has a reaction each reaction's message must be found.
const FEW_REACTIONS: usize = 5_000;
/// Of a list as many are looked at in one statement.
const CHUNK: usize = 500;

/// Where the way goes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Along a list of messages, newest first. `words`: what the list is made of.
    Listed {
        numbers: Vec<i64>,
        words: bool,
    },
    Words,
    Naming,
    Links,
    Conversation(ConversationId),
    Sender(UserId),
    Everything,
}

pub(super) struct Walk<'w> {
    wanted: &'w Wanted,
    pub way: Way,
    /// Only what is older is still to come.
    before: i64,
    over: bool,
}

impl<'w> Walk<'w> {
    /// Through what is older than `before`.
    pub async fn begin(tx: &mut SqliteConnection, wanted: &'w Wanted, before: i64) -> Result<Self> {
        let way = match list(tx, wanted).await? {
            Some((numbers, words)) => Way::Listed { numbers, words },
            None if wanted.words.is_some() => Way::Words,
            None if wanted.marked(Mark::Mention) => Way::Naming,
            None if wanted.marked(Mark::Link) || wanted.marked(Mark::LinkAlone) => Way::Links,
            None => match (only(wanted.conversations.as_ref()), only(wanted.senders.as_ref())) {
                (Some(conversation), _) => Way::Conversation(conversation),
                (None, Some(sender)) => Way::Sender(sender),
                (None, None) => Way::Everything,
            },
        };
        Ok(Self { wanted, way, before: before.min(wanted.until), over: false })
    }

    /// The next ones, at most `limit`; there may be none of them on this stretch. `None` at the end.
    pub async fn next(&mut self, tx: &mut SqliteConnection, limit: usize) -> Result<Option<Vec<i64>>> {
        if self.over {
            return Ok(None);
        }
        let chunk = match &self.way {
            Way::Listed { numbers, .. } => {
                let from = numbers.partition_point(|n| *n >= self.before);
                Some(numbers.iter().skip(from).take(CHUNK).copied().collect::<Vec<_>>())
            }
            _ => None,
        };
        let mut found = self.statement(chunk.as_deref(), limit)?;
        let found: Vec<i64> = found.build_query_scalar().fetch_all(tx).await?;
        let full = found.len() >= limit;
        match chunk.as_deref().and_then(<[i64]>::last) {
            Some(last) if !full => self.before = *last,
            _ => {
                self.over = !full;
                self.before = found.last().copied().unwrap_or(self.before);
            }
        }
        Ok(Some(found))
    }

    /// The numbers of messages on the way, newest first.
    pub fn statement(&self, chunk: Option<&[i64]>, limit: usize) -> Result<QueryBuilder<Sqlite>> {
        let wanted = self.wanted;
        let words = wanted.words.as_deref().unwrap_or_default();
        let mut sql = QueryBuilder::new("SELECT m.n FROM ");
        match &self.way {
            Way::Listed { .. } => {
                sql.push("message m NOT INDEXED WHERE m.n IN (SELECT value FROM json_each(");
                sql.push_bind(json(chunk.unwrap_or_default())?).push("))");
            }
            Way::Words => {
                sql.push(FTS).push(" CROSS JOIN message m ON m.n = message_words.rowid WHERE message_words MATCH ");
                sql.push_bind(words.to_owned());
                range(&mut sql, "message_words.rowid", wanted.from, self.before);
            }
            Way::Naming => {
                sql.push("message m INDEXED BY message_naming WHERE ").push(NAMING);
            }
            Way::Links => {
                sql.push("message m INDEXED BY message_link WHERE ").push(LINK);
            }
            Way::Conversation(conversation) => {
                sql.push("message m INDEXED BY message_conversation WHERE m.conversation = ").push_bind(conversation.as_bytes().to_vec());
            }
            Way::Sender(sender) => {
                sql.push("message m INDEXED BY message_sender WHERE m.sender = ").push_bind(sender.as_bytes().to_vec());
            }
            Way::Everything => {
                sql.push("message m NOT INDEXED WHERE 1");
            }
        }
        if !matches!(self.way, Way::Words) {
            range(&mut sql, "m.n", wanted.from, self.before);
        }
        if matches!(self.way, Way::Listed { words: false, .. }) && !words.is_empty() {
            sql.push(" AND EXISTS (SELECT 1 FROM message_words WHERE message_words MATCH ").push_bind(words.to_owned());
            sql.push(" AND message_words.rowid = m.n)");
        }
        conditions(&mut sql, wanted)?;
        // The word index gives its own numbers in this order, and no others.
        sql.push(if self.way == Way::Words { " ORDER BY message_words.rowid DESC LIMIT " } else { " ORDER BY m.n DESC LIMIT " });
        sql.push_bind(i64::try_from(limit).unwrap_or(i64::MAX));
        Ok(sql)
    }
}

/// The one of a set that has no others.
fn only<T: Copy + Ord>(set: Option<&BTreeSet<T>>) -> Option<T> {
    set.filter(|set| set.len() == 1).and_then(|set| set.first().copied())
}

/// All messages that can be wanted, where they are few, newest first, and whether the words were what they were listed by.
async fn list(tx: &mut SqliteConnection, wanted: &Wanted) -> Result<Option<(Vec<i64>, bool)>> {
    if !wanted.narrows() {
        return Ok(None);
    }
    if let Some(words) = &wanted.words {
        let mut sql = QueryBuilder::new("SELECT rowid FROM message_words WHERE message_words MATCH ");
        sql.push_bind(words.clone());
        range(&mut sql, "rowid", wanted.from, wanted.until);
        sql.push(" ORDER BY rowid DESC");
        if let Some(numbers) = few(tx, sql, FEW_WITH_WORDS).await? {
            return Ok(Some((numbers.into_iter().rev().collect(), true)));
        }
    }
    let most = if wanted.words.is_some() { FEW_WITH_WORDS } else { FEW };
    let mut listed: Option<BTreeSet<i64>> = None;
    for sql in lists(wanted)? {
        let (sql, most) = (sql.0, most.min(sql.1));
        if let Some(numbers) = few(tx, sql, most).await? {
            listed = Some(match listed {
                Some(listed) => listed.intersection(&numbers).copied().collect(),
                None => numbers,
            });
        }
    }
    Ok(listed.map(|numbers| (numbers.into_iter().rev().collect(), false)))
}

/// What a statement gives, if that is not too much.
async fn few(tx: &mut SqliteConnection, mut sql: QueryBuilder<Sqlite>, most: usize) -> Result<Option<BTreeSet<i64>>> {
    sql.push(" LIMIT ").push_bind(i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1));
    let numbers: Vec<i64> = sql.build_query_scalar().fetch_all(tx).await?;
    Ok((numbers.len() <= most).then(|| numbers.into_iter().collect()))
}

/// For each filter the statement that lists what it can mean, perhaps more than once, and how much may be listed.
pub(super) fn lists(wanted: &Wanted) -> Result<Vec<(QueryBuilder<Sqlite>, usize)>> {
    let mut lists = vec![];
    let mut add = |mut sql: QueryBuilder<Sqlite>, most: usize| {
        range(&mut sql, "m.n", wanted.from, wanted.until);
        lists.push((sql, most));
    };
    if let Some(senders) = &wanted.senders {
        let mut sql = QueryBuilder::new("SELECT m.n FROM message m INDEXED BY message_sender WHERE m.sender ");
        ids(&mut sql, senders.iter().map(|user| user.as_bytes()))?;
        add(sql, FEW);
    }
    if let Some(conversations) = &wanted.conversations {
        let mut sql = QueryBuilder::new("SELECT m.n FROM message m INDEXED BY message_place WHERE m.conversation ");
        ids(&mut sql, conversations.iter().map(|id| id.as_bytes()))?;
        add(sql, FEW);
    }
    for (mark, _) in wanted.marks.iter().filter(|(_, is)| *is) {
        let mut sql = QueryBuilder::new("SELECT m.n FROM ");
        let mut most = FEW;
        match mark {
            Mark::Link | Mark::LinkAlone => {
                sql.push("message m INDEXED BY message_link WHERE m.hidden = 0 AND ").push(LINK);
            }
            Mark::Mention => {
                sql.push("message m INDEXED BY message_naming WHERE m.hidden = 0 AND ").push(NAMING);
            }
            Mark::Starred => {
                sql.push("(SELECT message FROM star WHERE ended_at IS NULL UNION ");
                is_marked(&mut sql, &wanted.here.starred)?;
                sql.push(") s CROSS JOIN message m ON m.id = s.message WHERE 1");
            }
            Mark::Pinned => {
                sql.push("(SELECT message FROM pin WHERE ended_at IS NULL UNION ");
                is_marked(&mut sql, &wanted.here.pinned)?;
                sql.push(") p CROSS JOIN message m ON m.id = p.message WHERE 1");
            }
            Mark::Reaction => {
                most = FEW_REACTIONS;
                let mine: Vec<(Vec<u8>, bool)> = wanted.here.reactions.iter().map(|(message, _, on)| (message.clone(), *on)).collect();
                sql.push("(SELECT message FROM reaction WHERE at IS NOT NULL UNION ALL ");
                is_marked(&mut sql, &mine)?;
                sql.push(") r CROSS JOIN message m ON m.id = r.message WHERE 1");
            }
            Mark::Unread => {
                sql.push(
                    "line l CROSS JOIN message m INDEXED BY message_place ON m.conversation = l.conversation AND m.pos > l.read_pos
                     WHERE l.listed = 1 AND l.unread > 0",
                );
            }
        }
        add(sql, most);
    }
    Ok(lists)
}

#[cfg(test)]
#[path = "walk_tests.rs"]
mod tests;
