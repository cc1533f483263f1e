//! One line of the list, out of its row and of what waits in the outbox.

use super::{ConversationItem, LastMessage};
use crate::{
    OutboxEntry, Result, Shows, StreamState,
    outbox::{Projection, shown, table},
    quotes,
    receipts::{Delivery, Receipts},
    shows,
    sql::{damaged, get, id, number, optional_id, small},
    tables::person,
};
use hearth_protocol::{
    ids::{ConversationId, GroupId, UserId},
    rows::{ConversationKind, NotificationLevel},
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

pub(super) async fn read(tx: &mut SqliteConnection, row: &SqliteRow) -> Result<ConversationItem> {
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
pub(super) async fn group_name(tx: &mut SqliteConnection, group: GroupId, known: String) -> Result<String> {
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
