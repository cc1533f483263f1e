//! A thread: a root and what is said under it, in its own window; what a root shows of its thread; the threads that I follow.

use super::{ECHOES_MAX, Edge, Item, PAGE_MAX, TimelineMessage, dress, find_around, laid_over, rows::plain};
use crate::{
    Replica, Result, StreamState, drafts, friends,
    marked::{Reader, Said},
    outbox::{Projection, shown},
    quotes::{self, Quote, Quoting},
    sql::{get, id, id_list, int, number, small},
    tables::{account, hidden::put_away, message, person, stream, thread},
};
use hearth_protocol::{
    Millis, Pos,
    ids::{ConversationId, MessageId, UserId},
    rows::Person,
    stream::StreamId,
};
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::collections::BTreeMap;

/// Whose faces a root shows, at most.
const FACES_MAX: i64 = 3;

/// What a root shows of its thread.
#[derive(Clone, Debug, PartialEq)]
pub struct Thread {
    /// What is said in it, without what is deleted, hidden or of somebody whom I have blocked.
    pub messages: u32,
    /// Who said it, the newest first: a few of them.
    pub people: Vec<Person>,
    pub last_at: Millis,
    pub following: bool,
    /// 0 where I do not follow it. At most `limits::UNREAD_SHOWN_MAX`.
    pub unread: u32,
}

/// A window of a thread, oldest first.
#[derive(Clone, Debug, PartialEq)]
pub struct ThreadRows {
    /// `None` where I cannot see it (any more), or it is not here.
    pub root: Option<TimelineMessage>,
    /// Rows by place, then, in the newest window, the outbox's messages.
    pub messages: Vec<TimelineMessage>,
    pub before: Edge,
    /// The place in the conversation up to which I have read it.
    pub read_pos: Pos,
    pub following: bool,
    pub unread: u32,
    /// What is being written in it.
    pub draft: Option<String>,
    /// What that is to answer; there may be no text yet.
    pub draft_quote: Option<Quote>,
}

/// How somebody stands to a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThreadReading {
    /// The place in the conversation up to which they have read it; where they have left it, beyond all.
    pub pos: Pos,
    pub following: bool,
}

/// A thread that I follow and in which something is said.
#[derive(Clone, Debug, PartialEq)]
pub struct FollowedThread {
    pub conversation: ConversationId,
    pub root: MessageId,
    /// What the root says; `None` while it is not on this computer, and where it is gone.
    pub said: Option<Said>,
    /// The root is deleted or hidden, or will be as soon as what of mine waits has arrived.
    pub gone: bool,
    /// What is said in it, without what is deleted, hidden or of somebody whom I have blocked.
    pub messages: u32,
    /// When the newest of that was said.
    pub last_at: Millis,
    pub unread: u32,
    /// What is being written in it.
    pub draft: Option<String>,
}

/// Of `m`, what counts as said in a thread.
const SAID: &str =
    concat!("m.hidden = 0 AND m.deleted = 0 AND m.sender NOT IN (SELECT user FROM block WHERE ended_at IS NULL) AND NOT ", put_away!());

impl Thread {
    /// The threads under these messages.
    pub(super) async fn under(
        tx: &mut SqliteConnection,
        conversation: ConversationId,
        me: Option<UserId>,
        messages: &[TimelineMessage],
    ) -> Result<BTreeMap<MessageId, Self>> {
        let roots = messages.iter().filter_map(|message| if let Item::Row(row) = &message.item { Some(row) } else { None });
        let roots: Vec<MessageId> = roots.filter(|row| row.thread_root.is_none()).map(|row| row.id).collect();
        let sql = format!(
            "SELECT m.thread_root AS root, count(*) AS messages, max(m.created_at) AS last_at FROM message m
             WHERE m.thread_root IN (SELECT unhex(value) FROM json_each(?)) AND m.conversation = ? AND {SAID} GROUP BY m.thread_root"
        );
        let found = sqlx::query(AssertSqlSafe(sql))
            .bind(id_list(roots.iter().map(|root| root.as_bytes()))?)
            .bind(conversation.as_bytes())
            .fetch_all(&mut *tx)
            .await?;
        let mut threads = BTreeMap::new();
        for row in &found {
            let root: MessageId = id(get(row, "root")?)?;
            let following = thread::now(tx, root).await?.is_some_and(|now| now.following);
            let unread = small(thread::unread_of(tx, (conversation, root), me).await?);
            let people = faces(tx, conversation, root).await?;
            let (messages, last_at) = (small(get(row, "messages")?), get(row, "last_at")?);
            threads.insert(root, Self { messages, people, last_at, following, unread });
        }
        Ok(threads)
    }
}

async fn faces(tx: &mut SqliteConnection, conversation: ConversationId, root: MessageId) -> Result<Vec<Person>> {
    let sql = format!(
        "SELECT p.user AS person, p.username, p.first_name, p.last_name FROM (
            SELECT m.sender AS sender, max(m.pos) AS last FROM message m WHERE m.thread_root = ? AND m.conversation = ? AND {SAID}
            GROUP BY m.sender) said JOIN person p ON p.user = said.sender
         ORDER BY said.last DESC LIMIT ?"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(root.as_bytes()).bind(conversation.as_bytes()).bind(FACES_MAX);
    query.fetch_all(tx).await?.iter().filter_map(|row| person::read(row).transpose()).collect()
}

impl Replica {
    /// Reads the newest messages of a thread, or those before a place.
    pub async fn thread(&self, conversation: ConversationId, root: MessageId, before: Option<Pos>, limit: u32) -> Result<ThreadRows> {
        let limit = limit.clamp(1, PAGE_MAX);
        let mut tx = self.read().await?;
        let me = account::me(&mut tx).await?;
        let my_id = me.as_ref().map(|me| me.user);
        let me = me.as_ref().map(person::of_account);
        let projection = Projection::of(&mut tx, conversation).await?;
        let blocked = friends::blocked(&mut tx).await?;
        let stream = stream::find(&mut tx, StreamId::Conversation(conversation)).await?;
        let complete = stream.is_some_and(|stream| stream.state == StreamState::Complete);
        let quoting = Quoting { conversation, projection: &projection, blocked: &blocked, me: me.as_ref(), complete };
        let mut roots = select(&mut tx, conversation, ("m.id", root), None, 1, my_id).await?;
        let mut messages = select(&mut tx, conversation, ("m.thread_root", root), before, limit + 1, my_id).await?;
        let more = messages.len() > usize::try_from(limit).unwrap_or(usize::MAX);
        if more {
            messages.pop();
        }
        messages.reverse();
        dress(&mut tx, &quoting, my_id, &mut roots).await?;
        dress(&mut tx, &quoting, my_id, &mut messages).await?;
        if before.is_none() {
            messages.extend(laid_over(shown::thread_echoes(&mut tx, root, ECHOES_MAX).await?, &projection, me.as_ref()));
        }
        find_around(&mut tx, &quoting, &mut roots).await?;
        find_around(&mut tx, &quoting, &mut messages).await?;
        let edge = match (more, complete) {
            (true, _) => Edge::More,
            (false, true) => Edge::End,
            (false, false) => Edge::Gap,
        };
        let now = thread::now(&mut tx, root).await?;
        let unread = small(thread::unread_of(&mut tx, (conversation, root), my_id).await?);
        let (read_pos, following) = now.map_or((0, false), |now| (now.read_pos, now.following));
        let (draft, original) = drafts::of(&mut tx, conversation, Some(root)).await?.unwrap_or_default();
        let draft_quote = match original {
            Some(original) => Some(quotes::quote(&mut tx, conversation, original).await?),
            None => None,
        };
        let draft = Some(draft).filter(|draft| !draft.is_empty());
        Ok(ThreadRows { root: roots.pop(), messages, before: edge, read_pos, following, unread, draft, draft_quote })
    }

    /// How I stand to a thread; `None` where I have never followed it nor left it, and where that is over.
    pub async fn reading(&self, root: MessageId) -> Result<Option<ThreadReading>> {
        let now = thread::now(&mut *self.read().await?, root).await?;
        Ok(now.map(|now| ThreadReading { pos: now.read_pos, following: now.following }))
    }

    /// From where a thread can be unread: the place of this message of it, or of its root, or of the newest that would count. `None` where there
    /// is none.
    pub async fn unread_place_in(&self, conversation: ConversationId, root: MessageId, message: Option<MessageId>) -> Result<Option<Pos>> {
        let mut tx = self.read().await?;
        let sql = format!(
            "SELECT max(m.pos) FROM message m WHERE m.conversation = ?1 AND (m.thread_root = ?2 OR m.id = ?2)
                AND iif(?3 IS NOT NULL, m.id = ?3 AND m.hidden = 0, m.aside = 1 AND m.sender <> (SELECT user FROM account) AND {SAID})"
        );
        let pos: Option<i64> = sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(conversation.as_bytes())
            .bind(root.as_bytes())
            .bind(message.map(|id| id.as_bytes().to_vec()))
            .fetch_one(&mut *tx)
            .await?;
        Ok(pos.map(number))
    }

    /// The threads that I follow, of all conversations that I am in: the newest first. Such in which nothing is said yet are not among them.
    pub async fn threads(&self, limit: u32) -> Result<Vec<FollowedThread>> {
        let mut tx = self.read().await?;
        let me = account::my_id(&mut tx).await?;
        let sql = format!(
            "SELECT t.root AS root, t.conversation AS conversation, count(*) AS messages, max(m.created_at) AS last_at
             FROM thread_now t JOIN message m ON m.thread_root = t.root AND m.conversation = t.conversation
             WHERE t.following AND {SAID} AND EXISTS (SELECT 1 FROM line l WHERE l.conversation = t.conversation AND l.listed = 1)
             GROUP BY t.root, t.conversation ORDER BY last_at DESC, t.root LIMIT ?"
        );
        let rows = sqlx::query(AssertSqlSafe(sql)).bind(i64::from(limit)).fetch_all(&mut *tx).await?;
        let mut threads = Vec::with_capacity(rows.len());
        for row in &rows {
            let (root, conversation) = (id(get(row, "root")?)?, id(get(row, "conversation")?)?);
            let unread = small(thread::unread_of(&mut tx, (conversation, root), me).await?);
            let (messages, last_at) = (small(get(row, "messages")?), get(row, "last_at")?);
            let draft = drafts::of(&mut tx, conversation, Some(root)).await?.map(|(text, _)| text).filter(|text| !text.is_empty());
            threads.push(FollowedThread { conversation, root, said: None, gone: false, messages, last_at, unread, draft });
        }
        let mut reader = Reader::new(&mut tx).await?;
        for thread in &mut threads {
            match reader.said(thread.conversation, thread.root).await? {
                Some(found) => thread.said = found.here(),
                None => thread.gone = true,
            }
        }
        Ok(threads)
    }
}

/// Messages by an id of theirs, the newest first.
async fn select(
    tx: &mut SqliteConnection,
    conversation: ConversationId,
    (column, root): (&'static str, MessageId),
    before: Option<Pos>,
    limit: u32,
    me: Option<UserId>,
) -> Result<Vec<TimelineMessage>> {
    let sql = format!(
        "SELECT {}, p.user AS person, p.username, p.first_name, p.last_name
         FROM message m LEFT JOIN person p ON p.user = m.sender
         WHERE {column} = ? AND m.conversation = ? AND m.hidden = 0 AND NOT {} AND m.pos < ? ORDER BY m.pos DESC LIMIT ?",
        message::COLUMNS,
        put_away!()
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(root.as_bytes())
        .bind(conversation.as_bytes())
        .bind(before.map_or(i64::MAX, int))
        .bind(i64::from(limit))
        .fetch_all(tx)
        .await?;
    rows.iter().map(|row| plain(row, me)).collect()
}
