//! The conversation list: lines kept by every write, joined with names and last messages at read.

mod line;
mod order;
mod places;
mod sections;

pub use order::{Compare, Order};
pub use sections::Section;

use crate::{OutboxEntry, Quote, Replica, Result, friends, outbox::shown, people::needles, receipts::Delivery, sql::json, tables::person};
use hearth_protocol::{
    Millis, Pos,
    body::Body,
    ids::{ConversationId, GroupId, MediaId, MessageId, UserId},
    rows::{ConversationKind, NotificationLevel, Person},
};
use sqlx::{AssertSqlSafe, SqliteConnection};

/// Which conversations to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// With those that I have put away, which come last.
    All,
    /// Those that I have not put away, as the following are.
    Current,
    Unread,
    Direct,
    Groups,
    /// What I have put away.
    Archived,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct ConversationItem {
    pub id: ConversationId,
    pub kind: ConversationKind,
    /// Empty for a direct conversation: `peer` names it.
    pub name: String,
    pub topic: String,
    /// The group whose channel it is, with its name; empty while nothing has told it.
    pub group: Option<(GroupId, String)>,
    /// What that group looks like.
    pub group_picture: Option<MediaId>,
    /// What it looks like itself.
    pub picture: Option<MediaId>,
    /// Of a channel: for its members alone.
    pub private: bool,
    /// The other person of a direct conversation.
    pub peer: Option<Person>,
    pub last: Option<LastMessage>,
    /// At most `limits::UNREAD_SHOWN_MAX`.
    pub unread: u32,
    /// Unread messages that name or answer me.
    pub mentions: u32,
    /// Unread messages of the threads there that I follow; none of them is in `unread`. At most as many.
    pub asides: u32,
    pub draft: Option<String>,
    /// What the draft is to answer; there may be no text yet.
    pub draft_quote: Option<Quote>,
    /// Every message is here.
    pub complete: bool,
    pub read_pos: Pos,
    pub active_at: Millis,
    /// Above the others.
    pub pinned: bool,
    pub archived: bool,
    /// I am told of nothing until then; it may have passed.
    pub muted_until: Option<Millis>,
    pub level: NotificationLevel,
}

/// The newest message that somebody wrote: of the rows, or of the outbox if one waits there.
#[derive(Clone, Debug, PartialEq)]
pub struct LastMessage {
    pub id: MessageId,
    /// `None` while it is only in the outbox.
    pub pos: Option<Pos>,
    pub mine: bool,
    pub sender: Option<UserId>,
    pub sender_first_name: Option<String>,
    /// I have blocked who wrote it: its text is not for the list.
    pub blocked: bool,
    /// `None` for a tombstone.
    pub body: Option<Body>,
    /// Whom it names, of those who are known here.
    pub named: Vec<Person>,
    pub at: Millis,
    /// Where it, or my newest change of it, is in the outbox, if it is there.
    pub outbox: Option<OutboxEntry>,
    /// How far it is, if it is mine and a row.
    pub delivery: Delivery,
}

/// Of the unread messages of the line `l`, those that name or answer me: an expression of SQL. Asides are read with their
/// threads, and where one is over with the conversation.
macro_rules! mentions {
    () => {
        "(SELECT count(*) FROM notification n WHERE n.conversation = l.conversation AND n.kind IN ('mention', 'reply') AND n.read_at IS NULL
            AND n.pos > coalesce((SELECT t.read_pos FROM thread_now t WHERE t.root = n.thread_root), l.read_pos)
            AND n.pos >= coalesce((SELECT r.pos FROM retention r WHERE r.conversation = l.conversation), 0)
            AND NOT EXISTS (SELECT 1 FROM block b WHERE b.user = n.sender AND b.ended_at IS NULL))"
    };
}
pub(crate) use mentions;

const SELECT: &str = concat!(
    "SELECT l.conversation AS conversation, l.kind AS kind, l.unread AS unread, l.read_pos AS read_pos,
        l.active_at AS active_at, l.outbox_n AS outbox_n, l.archived AS archived, l.pin_order AS pin_order,
        l.muted_until AS muted_until, l.level AS level, l.asides AS asides, coalesce(c.name, ch.name, '') AS name, coalesce(c.topic, ch.topic, '') AS topic,
        coalesce(c.private, 0) AS private, h.group_id AS group_id, coalesce(g.name, '') AS group_name, g.picture AS group_picture,
        c.picture AS picture,
        p.user AS person, p.username, p.first_name, p.last_name, nullif(d.text, '') AS draft, d.reply_to AS draft_reply_to, s.state AS state,
        ",
    mentions!(),
    " AS mentions,
        m.id AS message, m.pos AS pos, m.sender AS sender, m.body AS body, m.created_at AS created_at,
        sender.first_name AS sender_first_name, (SELECT user FROM account) AS me
     FROM line l
     LEFT JOIN conversation c ON c.id = l.conversation
     LEFT JOIN channel ch ON ch.conversation = l.conversation
     LEFT JOIN home h ON h.conversation = l.conversation
     LEFT JOIN group_info g ON g.id = h.group_id
     LEFT JOIN person p ON p.user = l.peer
     LEFT JOIN draft d ON d.conversation = l.conversation AND d.root = x''
     LEFT JOIN stream s ON s.conversation = l.conversation AND s.kind = 1
     LEFT JOIN message m ON m.n = l.last_n
     LEFT JOIN person sender ON sender.user = m.sender
     WHERE l.listed = 1 AND "
);

impl Filter {
    fn condition(self) -> &'static str {
        match self {
            Self::All => "?1 IS NOT NULL",
            Self::Current => "?1 IS NOT NULL AND l.archived = 0",
            Self::Unread => "?1 IS NOT NULL AND l.archived = 0 AND (l.unread > 0 OR l.asides > 0)",
            Self::Direct => "?1 IS NOT NULL AND l.archived = 0 AND l.kind = 'direct'",
            Self::Groups => "?1 IS NOT NULL AND l.archived = 0 AND l.kind <> 'direct'",
            Self::Archived => "?1 IS NOT NULL AND l.archived = 1",
        }
    }
}

/// ?1 is the condition's parameter, ?2 the limit.
fn statement(wanted: &'static str) -> String {
    format!("{SELECT}{wanted} ORDER BY l.archived, l.pin_order, l.active_at DESC LIMIT ?2")
}

impl Replica {
    /// The list: what is pinned, longest first, then newest activity first.
    pub async fn conversations(&self, filter: Filter, limit: u32) -> Result<Vec<ConversationItem>> {
        self.list(filter.condition(), String::new(), limit).await
    }

    /// The same in another order, with what is pinned above the others in each.
    pub async fn conversations_in(&self, filter: Filter, order: Order<'_>, limit: u32) -> Result<Vec<ConversationItem>> {
        let mut tx = self.read().await?;
        match order::ordered(&mut tx, filter, order).await? {
            Some(all) => order::whole(&mut tx, all.into_iter().take(usize::try_from(limit).unwrap_or(usize::MAX)).collect()).await,
            None => items(&mut tx, filter.condition(), String::new(), limit).await,
        }
    }

    /// One line of the list.
    pub async fn conversation(&self, conversation: ConversationId) -> Result<Option<ConversationItem>> {
        let hex = conversation.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(self.list("l.conversation = unhex(?1)", hex, 1).await?.pop())
    }

    /// Conversations of whose name, or whose other person's, each word of the query begins a word. As the list has them, archived
    /// ones last.
    pub async fn find_conversations(&self, query: &str, limit: u32) -> Result<Vec<ConversationItem>> {
        let needles = needles(query);
        if needles.is_empty() {
            return Ok(vec![]);
        }
        let wanted = "NOT EXISTS (SELECT 1 FROM json_each(?1) WHERE instr(coalesce(c.folded, '') || coalesce(p.folded, ''), value) = 0)";
        self.list(wanted, json(&needles)?, limit).await
    }

    /// Whether who comes into a conversation sees what was said before, with what of mine waits; `None` while its own row is not here.
    pub async fn shares_history(&self, conversation: ConversationId) -> Result<Option<bool>> {
        let mut tx = self.read().await?;
        let sql = "SELECT shared_history FROM conversation WHERE id = ?";
        let told: Option<bool> = sqlx::query_scalar(sql).bind(conversation.as_bytes()).fetch_optional(&mut *tx).await?;
        Ok(shown::shared_history(&mut tx, conversation).await?.filter(|_| told.is_some()).or(told))
    }

    async fn list(&self, wanted: &'static str, parameter: String, limit: u32) -> Result<Vec<ConversationItem>> {
        items(&mut *self.read().await?, wanted, parameter, limit).await
    }
}

/// The lines that fulfil a condition, as they are shown.
async fn items(tx: &mut SqliteConnection, wanted: &'static str, parameter: String, limit: u32) -> Result<Vec<ConversationItem>> {
    let rows = sqlx::query(AssertSqlSafe(statement(wanted))).bind(parameter).bind(i64::from(limit)).fetch_all(&mut *tx).await?;
    let renamed = shown::renamed(tx).await?;
    let edits = shown::conversation_edits(tx).await?;
    let mut items = Vec::with_capacity(rows.len());
    let blocked = friends::blocked(tx).await?;
    for row in &rows {
        let mut item = line::read(tx, row).await?;
        if let Some(last) = &mut item.last {
            last.blocked = last.sender.is_some_and(|sender| blocked.contains(&sender));
            last.named = person::named(tx, last.body.as_ref()).await?;
        }
        if let Some((group, name)) = &mut item.group
            && let Some(renamed) = renamed.get(group)
        {
            name.clone_from(renamed);
        }
        for edit in edits.iter().filter(|edit| edit.conversation == item.id) {
            item.name = edit.name.clone().unwrap_or(item.name);
            item.topic = edit.topic.clone().unwrap_or(item.topic);
        }
        items.push(item);
    }
    Ok(items)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{Key, sql::get};

    #[tokio::test]
    async fn the_list_is_read_in_order_and_never_sorted() {
        let folder = tempfile::tempdir().unwrap();
        let replica = Replica::open(&folder.path().join("replica.db"), &Key::from_bytes([1; 32])).await.unwrap();
        let mut tx = replica.read().await.unwrap();
        for filter in [Filter::All, Filter::Current, Filter::Unread, Filter::Direct, Filter::Groups, Filter::Archived] {
            let sql = format!("EXPLAIN QUERY PLAN {}", statement(filter.condition()));
            let rows = sqlx::query(AssertSqlSafe(sql)).bind("").bind(10).fetch_all(&mut *tx).await.unwrap();
            let plan: Vec<String> = rows.iter().map(|row| get(row, "detail").unwrap()).collect();
            assert!(plan.iter().any(|step| step.contains("line_order")), "{plan:?}");
            let slow = |step: &&String| {
                step.contains("TEMP B-TREE") || (step.starts_with("SCAN") && !step.contains("SCAN l ") && *step != "SCAN account")
            };
            assert_eq!(plan.iter().find(slow), None, "{plan:?}");
        }
    }
}
