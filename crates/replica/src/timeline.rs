//! The timeline: a window of a conversation's messages by place, gap-aware, with the outbox projected at its end.

mod moment;
mod rows;
mod thread;
mod window;

pub use moment::DatedPlace;

use crate::{
    OutboxEntry, Quote, Reaction, Replica, Result, StreamState, friends,
    marked::Marks,
    outbox::{Projection, shown},
    quotes::Quoting,
    reactions::Reactions,
    receipts::{Delivery, Receipts},
    sql::{number, small},
    tables::{account, channel, known, message, person, retention, stream},
};
use hearth_protocol::{
    Pos,
    ids::{ConversationId, MessageId, UserId},
    mutations::Intent,
    rows::{MessageRow, Person},
    stream::StreamId,
};
use rows::{edges, hidden_above};
use sqlx::SqliteConnection;
pub use thread::{FollowedThread, Thread, ThreadReading, ThreadRows};
use window::Window;

/// Messages of one window.
const PAGE_MAX: u32 = 500;
/// Outbox messages shown after the last row.
const ECHOES_MAX: u32 = 500;

/// Where a window is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// The first unread message with some context before it; the end when all is read.
    Unread,
    End,
    /// Around this message.
    Message(MessageId),
    /// The messages before this place.
    Before(Pos),
    /// The messages after this place.
    After(Pos),
}

/// What lies beyond a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Nothing: the conversation begins or ends here.
    End,
    /// More, here.
    More,
    /// A known hole: what is there has not been fetched.
    Gap,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    Row(MessageRow),
    /// Only in the outbox: a local echo, projected and never stored among the rows.
    Outbox(Box<OutboxEntry>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct TimelineMessage {
    pub item: Item,
    /// `None` while nothing told their name; me for the outbox.
    pub sender: Option<Person>,
    /// Whom it names, as far as their names are here.
    pub named: Vec<Person>,
    /// Of the channels to which it leads those that I can see, as they are called now.
    pub channels: Vec<(ConversationId, String)>,
    /// What it answers.
    pub quote: Option<Quote>,
    pub mine: bool,
    /// I have blocked who wrote it: it is shown only when asked for.
    pub blocked: bool,
    /// My newest edit or deletion of a row that waits: the row is shown as it will be.
    pub change: Option<OutboxEntry>,
    /// I have starred it, or that waits.
    pub starred: bool,
    /// It is pinned for everybody, or that waits.
    pub pinned: bool,
    /// Of a row of mine: how far it is.
    pub delivery: Delivery,
    /// What stands on it.
    pub reactions: Vec<Reaction>,
    /// What is said under it; `None` where nothing is, and of what is of a thread itself.
    pub thread: Option<Thread>,
}

/// A window, oldest first. It never crosses a hidden gap.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineRows {
    /// Rows by place, then, where the window reaches the newest row that is here, the outbox's messages.
    pub messages: Vec<TimelineMessage>,
    pub before: Edge,
    /// A gap here lies between the last row and the outbox's messages.
    pub after: Edge,
    pub read_pos: Pos,
    pub unread: u32,
    /// Messages before the first of all were removed by the server's policy.
    pub removed: bool,
}

impl Replica {
    /// Reads a window of at most `limit` rows. [`Error::NoSuchMessage`] when the message to show is neither visible here nor in the outbox.
    pub async fn timeline(&self, conversation: ConversationId, at: At, limit: u32) -> Result<TimelineRows> {
        let limit = limit.clamp(1, PAGE_MAX);
        let mut tx = self.read().await?;
        let (read_pos, unread) = marker(&mut tx, conversation).await?;
        let me = account::me(&mut tx).await?;
        let my_id = me.as_ref().map(|me| me.user);
        let stream = stream::find(&mut tx, StreamId::Conversation(conversation)).await?;
        let known = known::of(&mut tx, conversation).await?.readable();
        let retained = retention::pos(&mut tx, conversation).await?;
        let removed = retained > 1;
        let covered_to = stream.as_ref().map_or(1, |stream| stream.covered_to);
        let window = match at {
            At::End => Window::end(&known, limit),
            At::Unread => Window::unread(&mut tx, conversation, my_id, &known, (covered_to, read_pos), limit).await?,
            At::Message(id) => Window::around(&mut tx, conversation, id, &known, limit).await?,
            At::Before(pos) => Window::before(&known, pos, limit),
            At::After(pos) => Window::after(&known, pos, limit),
        };
        let projection = Projection::of(&mut tx, conversation).await?;
        let blocked = friends::blocked(&mut tx).await?;
        let me = me.as_ref().map(person::of_account);
        let complete = stream.as_ref().is_some_and(|stream| stream.state == StreamState::Complete);
        let quoting = Quoting { conversation, projection: &projection, blocked: &blocked, me: me.as_ref(), complete };
        let Some(window) = window else {
            // No row is here: the outbox's messages alone, or nothing.
            let before = if stream.is_some() { Edge::Gap } else { Edge::End };
            let more = known.top().is_some() || hidden_above(&mut tx, conversation, 0).await?;
            let after = if more { Edge::Gap } else { Edge::End };
            let paging = matches!(at, At::Before(_) | At::After(_));
            let mut messages = if paging { vec![] } else { echoes(&mut tx, conversation, &projection, me.clone()).await? };
            find_around(&mut tx, &quoting, &mut messages).await?;
            return Ok(TimelineRows { messages, before, after, read_pos, unread, removed });
        };
        let mut messages = rows::read(&mut tx, conversation, window, my_id).await?;
        dress(&mut tx, &quoting, my_id, &mut messages).await?;
        let (before, mut after) = edges(&mut tx, conversation, window, &messages, retained.max(1)).await?;
        if after != Edge::More && window.span.top {
            after = if hidden_above(&mut tx, conversation, window.span.to).await? { Edge::Gap } else { Edge::End };
            messages.extend(echoes(&mut tx, conversation, &projection, me.clone()).await?);
        }
        find_around(&mut tx, &quoting, &mut messages).await?;
        Ok(TimelineRows { messages, before, after, read_pos, unread, removed })
    }
}

impl Replica {
    /// A message that can be seen, as the server has it: without what of mine waits.
    pub async fn message_row(&self, conversation: ConversationId, id: MessageId) -> Result<Option<MessageRow>> {
        message::visible(&mut *self.read().await?, conversation, id).await
    }
}

/// Lays over rows what stands on them and what waits.
async fn dress(tx: &mut SqliteConnection, around: &Quoting<'_>, me: Option<UserId>, messages: &mut [TimelineMessage]) -> Result<()> {
    let &Quoting { conversation, projection, blocked, .. } = around;
    let of_mine =
        |message: &TimelineMessage| if let (Item::Row(row), true) = (&message.item, message.mine) { Some(row.clone()) } else { None };
    let mine: Vec<MessageRow> = messages.iter().filter_map(of_mine).collect();
    let receipts = Receipts::for_messages(tx, conversation, mine.iter()).await?;
    let id = |message: &TimelineMessage| if let Item::Row(row) = &message.item { Some(row.id) } else { None };
    let ids: Vec<MessageId> = messages.iter().filter_map(id).collect();
    let mut reactions = Reactions::of(tx, conversation, &ids, me, blocked).await?;
    let marks = Marks::of(tx, conversation).await?;
    let mut threads = Thread::under(tx, conversation, me, messages).await?;
    for message in messages {
        if let Item::Row(row) = &mut message.item {
            message.blocked = blocked.contains(&row.sender);
            message.delivery = receipts.delivery(row.pos, row.created_at);
            if row.is_aside() {
                // A receipt is of the conversation: whoever has read that far need not have opened the thread.
                message.delivery = message.delivery.min(Delivery::Delivered);
            }
            message.change = projection.lay_over(row);
            message.reactions = if row.body.is_some() { reactions.take(row.id) } else { vec![] };
            message.starred = row.body.is_some() && marks.stars.contains(&row.id);
            message.pinned = row.body.is_some() && marks.pins.contains(&row.id);
            message.thread = threads.remove(&row.id);
        }
    }
    Ok(())
}

async fn echoes(
    tx: &mut SqliteConnection,
    conversation: ConversationId,
    projection: &Projection,
    me: Option<Person>,
) -> Result<Vec<TimelineMessage>> {
    Ok(laid_over(shown::echoes(tx, conversation, ECHOES_MAX).await?, projection, me.as_ref()))
}

fn laid_over(entries: Vec<OutboxEntry>, projection: &Projection, me: Option<&Person>) -> Vec<TimelineMessage> {
    let entries = entries.into_iter().filter_map(|entry| projection.lay_over_echo(entry));
    entries
        .map(|entry| TimelineMessage {
            item: Item::Outbox(Box::new(entry)),
            sender: me.cloned(),
            named: vec![],
            channels: vec![],
            quote: None,
            mine: true,
            blocked: false,
            change: None,
            starred: false,
            pinned: false,
            delivery: Delivery::Sent,
            reactions: vec![],
            thread: None,
        })
        .collect()
}

/// The people whom messages name, and what they answer, as they are shown.
async fn find_around(tx: &mut SqliteConnection, quoting: &Quoting<'_>, messages: &mut [TimelineMessage]) -> Result<()> {
    for message in messages {
        let (body, reply_to) = match &message.item {
            Item::Row(row) => (row.body.as_ref(), row.reply_to),
            Item::Outbox(entry) => match &entry.intent {
                Intent::SendMessage(message) => (Some(&message.body), message.reply_to),
                _ => (None, None),
            },
        };
        message.named = person::named(tx, body).await?;
        message.channels = channel::led_to(tx, body).await?;
        if let Some(original) = reply_to {
            message.quote = Some(quoting.quote(tx, original).await?);
        }
    }
    Ok(())
}

async fn marker(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<(Pos, u32)> {
    let row: Option<(i64, i64)> =
        sqlx::query_as("SELECT read_pos, unread FROM line WHERE conversation = ?").bind(conversation.as_bytes()).fetch_optional(tx).await?;
    Ok(row.map_or((0, 0), |(pos, unread)| (number(pos), small(unread))))
}
