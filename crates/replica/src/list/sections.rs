//! The list in sections by group: one pass over the lines for what the heads say, then those lines whole that are shown.

use super::{
    ConversationItem, Filter, Order,
    line::group_name,
    mentions,
    order::{ordered, whole},
};
use crate::{
    Replica, Result,
    outbox::shown,
    search::fold_name,
    sql::{get, id, optional_id, small},
};
use hearth_protocol::{
    Millis,
    ids::{ConversationId, GroupId, MediaId},
    rows::ConversationKind,
};
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, btree_map::Entry};

/// What the list has of one group, or of none.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// With its name; empty while nothing has told it. `None`: conversations that are of no group.
    pub group: Option<(GroupId, String)>,
    pub group_picture: Option<MediaId>,
    /// Conversations in it, shown or not.
    pub count: u32,
    /// Unread messages, without those of muted conversations.
    pub unread: u32,
    /// Unread messages that name or answer me, in threads too.
    pub mentions: u32,
    /// Unread messages of the threads that I follow, without those of muted conversations.
    pub asides: u32,
    /// Those that are shown, in the order of the list.
    pub items: Vec<ConversationItem>,
}

/// One as the pass finds it.
#[derive(Default)]
struct Gathered {
    name: String,
    picture: Option<MediaId>,
    unread: u32,
    mentions: u32,
    asides: u32,
    conversations: Vec<ConversationId>,
}

const PASS: &str = concat!(
    "SELECT l.conversation AS conversation, l.kind AS kind, l.unread AS unread, l.asides AS asides, l.muted_until AS muted_until,
        h.group_id AS group_id, coalesce(g.name, '') AS group_name, g.picture AS group_picture, ",
    mentions!(),
    " AS mentions
     FROM line l INDEXED BY line_order
     LEFT JOIN home h ON h.conversation = l.conversation
     LEFT JOIN group_info g ON g.id = h.group_id
     WHERE l.listed = 1 AND "
);

/// ?1 is the condition's parameter.
fn pass(filter: Filter) -> String {
    format!("{PASS}{} ORDER BY l.archived, l.pin_order, l.active_at DESC", filter.condition())
}

impl Replica {
    /// What the list shows, by group: first what is of none, then the groups by name, each in that order. Of those that are not
    /// folded, which `None` among them means for what is of no group, the first `limit` lines are there; muted is what is so at `now`.
    pub async fn sections(
        &self,
        filter: Filter,
        order: Order<'_>,
        folded: &[Option<GroupId>],
        limit: u32,
        now: Millis,
    ) -> Result<Vec<Section>> {
        let mut tx = self.read().await?;
        let rows = sqlx::query(AssertSqlSafe(pass(filter))).bind("").fetch_all(&mut *tx).await?;
        let renamed = shown::renamed(&mut tx).await?;
        let mut found: BTreeMap<Option<GroupId>, Gathered> = BTreeMap::new();
        for row in &rows {
            let conversation: ConversationId = id(get(row, "conversation")?)?;
            let mut group: Option<GroupId> = optional_id(get(row, "group_id")?)?;
            if group.is_none() && get::<&str>(row, "kind")? == ConversationKind::Channel.as_str() {
                // It waits in the outbox to be made.
                group = shown::made(&mut tx, conversation).await?.group;
            }
            let section = match found.entry(group) {
                Entry::Occupied(section) => section.into_mut(),
                Entry::Vacant(section) => {
                    let name = match group {
                        Some(id) => match renamed.get(&id) {
                            Some(name) => name.clone(),
                            None => group_name(&mut tx, id, get(row, "group_name")?).await?,
                        },
                        None => String::new(),
                    };
                    section.insert(Gathered { name, picture: optional_id(get(row, "group_picture")?)?, ..Gathered::default() })
                }
            };
            let muted = get::<Option<Millis>>(row, "muted_until")?.is_some_and(|until| now < until);
            section.unread = section.unread.saturating_add(if muted { 0 } else { small(get(row, "unread")?) });
            section.asides = section.asides.saturating_add(if muted { 0 } else { small(get(row, "asides")?) });
            section.mentions = section.mentions.saturating_add(small(get(row, "mentions")?));
            section.conversations.push(conversation);
        }
        let mut found: Vec<(Option<GroupId>, Gathered)> = found.into_iter().collect();
        if let Some(all) = ordered(&mut tx, filter, order).await? {
            let places: BTreeMap<ConversationId, usize> =
                all.into_iter().enumerate().map(|(at, conversation)| (conversation, at)).collect();
            found.iter_mut().for_each(|(_, section)| section.conversations.sort_by_key(|conversation| places.get(conversation).copied()));
        }
        found.sort_by_cached_key(|(group, section)| (group.is_some(), fold_name(&section.name), *group));
        let open = found.iter().filter(|(group, _)| !folded.contains(group)).flat_map(|(_, section)| &section.conversations);
        let wanted = open.take(usize::try_from(limit).unwrap_or(usize::MAX)).copied().collect();
        let lines = whole(&mut tx, wanted).await?;
        Ok(filled(found, lines))
    }
}

fn filled(found: Vec<(Option<GroupId>, Gathered)>, lines: Vec<ConversationItem>) -> Vec<Section> {
    let mut at = BTreeMap::new();
    let mut sections = Vec::with_capacity(found.len());
    for (group, Gathered { name, picture, unread, mentions, asides, conversations }) in found {
        let count = u32::try_from(conversations.len()).unwrap_or(u32::MAX);
        at.extend(conversations.into_iter().map(|conversation| (conversation, sections.len())));
        sections.push(Section {
            group: group.map(|id| (id, name)),
            group_picture: picture,
            count,
            unread,
            mentions,
            asides,
            items: vec![],
        });
    }
    for line in lines {
        if let Some(section) = at.get(&line.id).and_then(|at| sections.get_mut(*at)) {
            section.items.push(line);
        }
    }
    sections
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::Key;

    #[tokio::test]
    async fn the_pass_follows_the_order_of_the_list_and_sorts_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let replica = Replica::open(&folder.path().join("replica.db"), &Key::from_bytes([1; 32])).await.unwrap();
        let mut tx = replica.read().await.unwrap();
        for filter in [Filter::Current, Filter::Unread, Filter::Direct, Filter::Groups, Filter::Archived] {
            let sql = format!("EXPLAIN QUERY PLAN {}", pass(filter));
            let rows = sqlx::query(AssertSqlSafe(sql)).bind("").fetch_all(&mut *tx).await.unwrap();
            let plan: Vec<String> = rows.iter().map(|row| get(row, "detail").unwrap()).collect();
            assert!(plan.iter().any(|step| step.contains("line_order")), "{plan:?}");
            let slow = |step: &&String| step.contains("TEMP B-TREE") || (step.starts_with("SCAN") && !step.contains("SCAN l "));
            assert_eq!(plan.iter().find(slow), None, "{plan:?}");
        }
    }
}
