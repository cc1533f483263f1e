//! Orders of the list that are not the one in which its lines are kept: one pass over all of them for what the order goes by, then those
//! lines whole that are shown.

use super::{ConversationItem, Filter, items};
use crate::{
    Result,
    outbox::shown,
    sql::{get, id, id_list},
    tables::person,
};
use hearth_protocol::{ids::ConversationId, rows::Person};
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::{cmp::Ordering, collections::BTreeMap};

/// Which of two names comes first: languages differ in that.
pub type Compare = dyn Fn(&str, &str) -> Ordering + Send + Sync;

/// In which order conversations stand below those that are pinned, which keep theirs.
#[derive(Clone, Copy)]
pub enum Order<'a> {
    /// By what was said last.
    Newest,
    /// Those with something unread, in them or in a thread there that I follow, and then the others.
    Unread,
    /// By their names, or those of the people with whom they are.
    Name(&'a Compare),
}

/// What a line is ordered by.
struct Standing {
    conversation: ConversationId,
    archived: bool,
    pin_order: i64,
    unread: bool,
    name: String,
}

const PASS: &str = "SELECT l.conversation AS conversation, l.archived AS archived, l.pin_order AS pin_order,
        l.unread > 0 OR l.asides > 0 AS unread, coalesce(c.name, ch.name, '') AS name, p.user AS person, p.username, p.first_name, p.last_name
     FROM line l INDEXED BY line_order
     LEFT JOIN conversation c ON c.id = l.conversation
     LEFT JOIN channel ch ON ch.conversation = l.conversation
     LEFT JOIN person p ON p.user = l.peer
     WHERE l.listed = 1 AND ";

/// ?1 is the condition's parameter.
fn pass(filter: Filter) -> String {
    format!("{PASS}{} ORDER BY l.archived, l.pin_order, l.active_at DESC", filter.condition())
}

/// All that the filter lets through. What the order holds for one stands as by [`Order::Newest`], in which the lines are kept: for that one
/// it is `None`.
pub(super) async fn ordered(tx: &mut SqliteConnection, filter: Filter, order: Order<'_>) -> Result<Option<Vec<ConversationId>>> {
    if matches!(order, Order::Newest) {
        return Ok(None);
    }
    let rows = sqlx::query(AssertSqlSafe(pass(filter))).bind("").fetch_all(&mut *tx).await?;
    let renamed: BTreeMap<ConversationId, String> =
        shown::conversation_edits(tx).await?.into_iter().filter_map(|edit| Some((edit.conversation, edit.name?))).collect();
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let conversation: ConversationId = id(get(row, "conversation")?)?;
        let known: String = get(row, "name")?;
        let name = match (renamed.get(&conversation), person::read(row)?) {
            (Some(name), _) => name.clone(),
            (None, Some(peer)) => called(peer),
            // It waits in the outbox to be made.
            (None, None) if known.is_empty() => shown::made(tx, conversation).await?.name.unwrap_or_default(),
            (None, None) => known,
        };
        let (archived, pin_order, unread) = (get(row, "archived")?, get(row, "pin_order")?, get(row, "unread")?);
        all.push(Standing { conversation, archived, pin_order, unread, name });
    }
    // Whatever is alike stays as it was.
    all.sort_by(|a, b| {
        let pinned = (a.archived, a.pin_order).cmp(&(b.archived, b.pin_order));
        pinned.then_with(|| match order {
            Order::Newest => Ordering::Equal,
            Order::Unread => b.unread.cmp(&a.unread),
            // What has no name, such as what somebody has left with their account, comes last.
            Order::Name(compare) => a.name.is_empty().cmp(&b.name.is_empty()).then_with(|| compare(&a.name, &b.name)),
        })
    });
    Ok(Some(all.into_iter().map(|line| line.conversation).collect()))
}

/// As the page names a person.
fn called(person: Person) -> String {
    match format!("{} {}", person.first_name, person.last_name).trim() {
        "" => person.username,
        name => name.to_owned(),
    }
}

/// These lines, in this order.
pub(super) async fn whole(tx: &mut SqliteConnection, wanted: Vec<ConversationId>) -> Result<Vec<ConversationItem>> {
    let list = id_list(wanted.iter().map(ConversationId::as_bytes))?;
    let limit = u32::try_from(wanted.len()).unwrap_or(u32::MAX);
    let mut lines = items(tx, "l.conversation IN (SELECT unhex(value) FROM json_each(?1))", list, limit).await?;
    let places: BTreeMap<ConversationId, usize> = wanted.into_iter().enumerate().map(|(at, conversation)| (conversation, at)).collect();
    lines.sort_by_key(|line| places.get(&line.id).copied());
    Ok(lines)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{Key, Replica};

    #[tokio::test]
    async fn the_pass_follows_the_order_in_which_the_lines_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let replica = Replica::open(&folder.path().join("replica.db"), &Key::from_bytes([1; 32])).await.unwrap();
        let mut tx = replica.read().await.unwrap();
        for filter in [Filter::All, Filter::Current, Filter::Unread, Filter::Direct, Filter::Groups, Filter::Archived] {
            let sql = format!("EXPLAIN QUERY PLAN {}", pass(filter));
            let rows = sqlx::query(AssertSqlSafe(sql)).bind("").fetch_all(&mut *tx).await.unwrap();
            let plan: Vec<String> = rows.iter().map(|row| get(row, "detail").unwrap()).collect();
            assert!(plan.iter().any(|step| step.contains("line_order")), "{plan:?}");
            let slow = |step: &&String| step.contains("TEMP B-TREE") || (step.starts_with("SCAN") && !step.contains("SCAN l "));
            assert_eq!(plan.iter().find(slow), None, "{plan:?}");
        }
    }
}
