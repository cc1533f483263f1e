//! The conversation list: lines kept by every write, joined with names and last messages at read.

mod sections;

pub use sections::Section;

use crate::{
    OutboxEntry, Quote, Replica, Result, Shows, StreamState, friends,
    outbox::{Projection, shown, table},
    people::needles,
    quotes,
    receipts::{Delivery, Receipts},
    shows,
    sql::{damaged, get, id, json, number, optional_id, small},
    tables::{hidden, person},
};
use hearth_protocol::{
    Millis, Pos,
    body::Body,
    ids::{ConversationId, GroupId, MediaId, MessageId, UserId},
    limits,
    rows::{ConversationKind, NotificationLevel, Person},
};
use sqlx::{AssertSqlSafe, SqliteConnection, sqlite::SqliteRow};

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

/// Of the unread messages of the line `l`, those that name or answer me: an expression of SQL. Asides are read with their threads.
macro_rules! mentions {
    () => {
        "(SELECT count(*) FROM notification n WHERE n.conversation = l.conversation AND n.kind IN ('mention', 'reply') AND n.read_at IS NULL
            AND n.pos > iif(n.thread_root IS NULL, l.read_pos, max(
                coalesce((SELECT t.read_pos FROM thread t WHERE t.root = n.thread_root), 0),
                coalesce((SELECT max(o.pos) FROM outbox o WHERE o.message = n.thread_root AND o.shows = 'thread_read'), 0)))
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
     LEFT JOIN draft d ON d.conversation = l.conversation
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

    /// The place of a conversation's newest message, with those of mine counted that wait to get one.
    pub async fn newest_place(&self, conversation: ConversationId) -> Result<Pos> {
        let mut tx = self.read().await?;
        let pos: i64 = sqlx::query_scalar(
            "SELECT coalesce((SELECT max(pos) FROM message WHERE conversation = ?1), 0) + (SELECT count(*) FROM outbox
                WHERE conversation = ?1 AND shows IN ('message', 'aside') AND NOT EXISTS (SELECT 1 FROM message WHERE message.id = outbox.id AND hidden = 0))",
        )
        .bind(conversation.as_bytes())
        .fetch_one(&mut *tx)
        .await?;
        Ok(number(pos))
    }

    /// The place of a conversation's newest message; 0 where there is none.
    pub async fn last_place(&self, conversation: ConversationId) -> Result<Pos> {
        let mut tx = self.read().await?;
        let sql = "SELECT coalesce(max(pos), 0) FROM message WHERE conversation = ?";
        let pos: i64 = sqlx::query_scalar(sql).bind(conversation.as_bytes()).fetch_one(&mut *tx).await?;
        Ok(number(pos))
    }

    /// Up to where I have read there once I have read up to this place: what I have hidden right after it will not be shown.
    pub async fn read_through(&self, conversation: ConversationId, pos: Pos) -> Result<Pos> {
        hidden::read_through(&mut *self.read().await?, conversation, pos).await
    }

    /// From where a conversation can be unread: the place of this message, or of the newest that would count. `None` where there is none.
    pub async fn unread_place(&self, conversation: ConversationId, message: Option<MessageId>) -> Result<Option<Pos>> {
        let mut tx = self.read().await?;
        let pos: Option<i64> = sqlx::query_scalar(
            "SELECT max(pos) FROM message m WHERE conversation = ?1 AND hidden = 0 AND iif(?2 IS NOT NULL, id = ?2, deleted = 0 AND system = 0 AND aside = 0
                AND sender <> (SELECT user FROM account) AND sender NOT IN (SELECT user FROM block WHERE ended_at IS NULL)
                AND NOT EXISTS (SELECT 1 FROM put_away h WHERE h.message = m.id))",
        )
        .bind(conversation.as_bytes())
        .bind(message.map(|id| id.as_bytes().to_vec()))
        .fetch_one(&mut *tx)
        .await?;
        Ok(pos.map(number))
    }

    /// When the next conversation that is muted at `now` is so no longer.
    pub async fn next_mute_end(&self, now: Millis) -> Result<Option<Millis>> {
        let mut tx = self.read().await?;
        let sql = "SELECT min(muted_until) FROM line WHERE muted_until > ?1 AND muted_until < ?2";
        Ok(sqlx::query_scalar(sql).bind(now).bind(limits::FOR_EVER).fetch_one(&mut *tx).await?)
    }

    /// Unread messages of all conversations and of the threads there that I follow, but those that are put away or muted at `now`.
    pub async fn total_unread(&self, now: Millis) -> Result<u32> {
        let mut tx = self.read().await?;
        let sql = "SELECT coalesce(sum(unread + asides), 0) FROM line WHERE listed = 1 AND archived = 0 AND coalesce(muted_until, 0) <= ?";
        let total: i64 = sqlx::query_scalar(sql).bind(now).fetch_one(&mut *tx).await?;
        Ok(small(total))
    }

    /// Of the unread messages that [`Replica::total_unread`] leaves out because they are muted at `now`, those that name or answer me where I
    /// want to be told of anything.
    pub async fn muted_mentions(&self, now: Millis) -> Result<u32> {
        let mut tx = self.read().await?;
        let sql = concat!(
            "SELECT coalesce(sum(",
            mentions!(),
            "), 0) FROM line l WHERE l.listed = 1 AND l.archived = 0 AND l.level <> 'nothing' AND l.muted_until > ?"
        );
        let total: i64 = sqlx::query_scalar(sql).bind(now).fetch_one(&mut *tx).await?;
        Ok(small(total))
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
        let mut item = read(tx, row).await?;
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

async fn read(tx: &mut SqliteConnection, row: &SqliteRow) -> Result<ConversationItem> {
    let peer = person::read(row)?;
    let conversation = id(get(row, "conversation")?)?;
    let mut name: String = get(row, "name")?;
    let mut group: Option<GroupId> = optional_id(get(row, "group_id")?)?;
    if name.is_empty() && get::<&str>(row, "kind")? != ConversationKind::Direct.as_str() {
        // It waits in the outbox to be made, or its own row is not here yet.
        let made = shown::made(tx, conversation).await?;
        (name, group) = (made.name.unwrap_or_default(), group.or(made.group));
    }
    let group = match group {
        Some(id) => Some((id, group_name(tx, id, get(row, "group_name")?).await?)),
        None => None,
    };
    let last = match get::<Option<i64>>(row, "outbox_n")? {
        Some(n) => table::at(tx, n).await?,
        None => None,
    };
    let projection = Projection::of(tx, conversation).await?;
    let last = last.and_then(|entry| projection.lay_over_echo(entry)).map(echo);
    let last = match last {
        Some(last) => Some(last),
        None => last_row(row)?.map(|mut last| {
            (last.body, last.outbox) = projection.body_of(last.id, last.body);
            last
        }),
    };
    let last = match last {
        Some(last) => Some(delivered(tx, conversation, last).await?),
        None => None,
    };
    let draft_quote = match optional_id(get(row, "draft_reply_to")?)? {
        Some(original) => Some(quotes::quote(tx, conversation, original).await?),
        None => None,
    };
    Ok(ConversationItem {
        id: conversation,
        kind: ConversationKind::parse(get(row, "kind")?).ok_or_else(|| damaged("a conversation's kind"))?,
        name,
        topic: get(row, "topic")?,
        group,
        group_picture: optional_id(get(row, "group_picture")?)?,
        picture: optional_id(get(row, "picture")?)?,
        private: get(row, "private")?,
        peer,
        last,
        unread: small(get(row, "unread")?),
        mentions: small(get(row, "mentions")?),
        asides: small(get(row, "asides")?),
        draft: get(row, "draft")?,
        draft_quote,
        complete: get::<Option<&str>>(row, "state")?.and_then(StreamState::parse) == Some(StreamState::Complete),
        read_pos: number(get(row, "read_pos")?),
        active_at: get(row, "active_at")?,
        pinned: get::<i64>(row, "pin_order")? != i64::MAX,
        archived: get(row, "archived")?,
        muted_until: get(row, "muted_until")?,
        level: NotificationLevel::parse(get(row, "level")?),
    })
}

/// A group's name: its row's, or while it waits in the outbox the one that it will have.
async fn group_name(tx: &mut SqliteConnection, group: GroupId, known: String) -> Result<String> {
    if known.is_empty() { Ok(shown::group_name(tx, group).await?.unwrap_or_default()) } else { Ok(known) }
}

async fn delivered(tx: &mut SqliteConnection, conversation: ConversationId, mut last: LastMessage) -> Result<LastMessage> {
    if let (Some(pos), true) = (last.pos, last.mine) {
        last.delivery = Receipts::of(tx, conversation, &[pos]).await?.delivery(pos, last.at);
    }
    Ok(last)
}

fn last_row(row: &SqliteRow) -> Result<Option<LastMessage>> {
    let Some(message) = optional_id(get(row, "message")?)? else { return Ok(None) };
    let sender: UserId = id(get(row, "sender")?)?;
    let me: Option<UserId> = optional_id(get(row, "me")?)?;
    let body: Option<&str> = get(row, "body")?;
    Ok(Some(LastMessage {
        id: message,
        pos: Some(number(get(row, "pos")?)),
        mine: me == Some(sender),
        sender: Some(sender),
        sender_first_name: get(row, "sender_first_name")?,
        blocked: false,
        named: vec![],
        body: body.map(crate::sql::from_json).transpose()?,
        at: get(row, "created_at")?,
        outbox: None,
        delivery: Delivery::Sent,
    }))
}

fn echo(entry: OutboxEntry) -> LastMessage {
    let body = if let Shows::Message { body, .. } = shows(&entry.intent) { Some(body) } else { None };
    LastMessage {
        id: entry.id,
        pos: None,
        mine: true,
        sender: None,
        sender_first_name: None,
        blocked: false,
        named: vec![],
        body,
        at: entry.made_at_local,
        outbox: Some(entry),
        delivery: Delivery::Sent,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::Key;

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
