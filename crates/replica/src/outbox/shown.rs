//! What of the outbox stands among what the server has told.

use super::{
    OutboxEntry, Shows, shows,
    table::{self, read},
};
use crate::{Result, sql::from_json};
use hearth_protocol::{
    Millis,
    ids::{ConversationId, GroupId, MessageId},
    mutations::{Collect, EditConversation, EditGroup, Intent, PinMessage, React, Star},
    rows::Arrangement,
};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

/// A conversation's messages that are only here, in the order in which they were written.
pub(crate) async fn echoes(tx: &mut SqliteConnection, conversation: ConversationId, limit: u32) -> Result<Vec<OutboxEntry>> {
    let rows = sqlx::query(
        "SELECT * FROM outbox
         WHERE conversation = ? AND shows = 'message'
            AND NOT EXISTS (SELECT 1 FROM message WHERE message.id = outbox.id AND hidden = 0)
         ORDER BY n LIMIT ?",
    )
    .bind(conversation.as_bytes())
    .bind(i64::from(limit))
    .fetch_all(tx)
    .await?;
    rows.iter().map(read).collect()
}

/// A thread's messages that are only here, in the order in which they were written.
pub(crate) async fn thread_echoes(tx: &mut SqliteConnection, root: MessageId, limit: u32) -> Result<Vec<OutboxEntry>> {
    let rows = sqlx::query(
        "SELECT * FROM outbox
         WHERE shows IN ('message', 'aside') AND intent ->> '$.send_message.thread_root' = ?
            AND NOT EXISTS (SELECT 1 FROM message WHERE message.id = outbox.id AND hidden = 0)
         ORDER BY n LIMIT ?",
    )
    .bind(root.to_string())
    .bind(i64::from(limit))
    .fetch_all(tx)
    .await?;
    rows.iter().map(read).collect()
}

/// What waits to change messages of a conversation, and what was refused of that, in the order in which it was made.
pub(crate) async fn changes(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<Vec<OutboxEntry>> {
    let rows = sqlx::query(
        "SELECT * FROM outbox
         WHERE conversation = ? AND message IS NOT NULL
           AND shows NOT IN ('reaction', 'hide', 'unhide', 'rescheduled', 'unscheduled', 'follow', 'leave', 'thread_read',
               'thread_unread') ORDER BY n",
    )
    .bind(conversation.as_bytes())
    .fetch_all(tx)
    .await?;
    rows.iter().map(read).collect()
}

/// What I put on messages of a conversation, or of all, or take back, in the order in which I did; what was refused shows nothing.
pub(crate) async fn reactions(tx: &mut SqliteConnection, conversation: Option<ConversationId>) -> Result<Vec<React>> {
    let intents: Vec<String> = sqlx::query_scalar(
        "SELECT intent FROM outbox WHERE shows = 'reaction' AND state <> 'failed' AND (?1 IS NULL OR conversation = ?1) ORDER BY n",
    )
    .bind(conversation.map(|id| id.as_bytes().to_vec()))
    .fetch_all(tx)
    .await?;
    let mut waiting = Vec::with_capacity(intents.len());
    for intent in intents {
        if let Intent::React(react) = from_json(&intent)? {
            waiting.push(react);
        }
    }
    Ok(waiting)
}

/// What waits to change how I have a conversation, in the order in which it was made, with the time at which it was.
pub(crate) async fn arrangements(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<Vec<(Arrangement, Millis)>> {
    let rows: Vec<(String, Millis)> = sqlx::query_as(
        "SELECT intent, made_at_local FROM outbox WHERE conversation = ? AND shows = 'arrangement' AND state <> 'failed' ORDER BY n",
    )
    .bind(conversation.as_bytes())
    .fetch_all(tx)
    .await?;
    let mut waiting = Vec::with_capacity(rows.len());
    for (intent, at) in rows {
        if let Shows::Arrangement(change) = shows(&from_json(&intent)?) {
            waiting.push((change, at));
        }
    }
    Ok(waiting)
}

/// A star or a pin that waits to be put on a message, or to be taken off.
pub(crate) struct Mark {
    pub conversation: ConversationId,
    pub message: MessageId,
    pub pin: bool,
    pub on: bool,
    /// When that was wanted, by this computer's clock.
    pub at: Millis,
}

/// Those of a conversation, or of all, in the order in which they were made.
pub(crate) async fn marks(tx: &mut SqliteConnection, conversation: Option<ConversationId>) -> Result<Vec<Mark>> {
    let rows: Vec<(String, Millis)> = sqlx::query_as(
        "SELECT intent, made_at_local FROM outbox WHERE shows IN ('star', 'pin') AND state <> 'failed' AND (?1 IS NULL OR conversation = ?1)
         ORDER BY n",
    )
    .bind(conversation.map(|id| id.as_bytes().to_vec()))
    .fetch_all(tx)
    .await?;
    let mut marks = Vec::with_capacity(rows.len());
    for (intent, at) in rows {
        marks.extend(match from_json(&intent)? {
            Intent::Star(Star { conversation, message, on }) => Some(Mark { conversation, message, pin: false, on, at }),
            Intent::PinMessage(PinMessage { conversation, message, on }) => Some(Mark { conversation, message, pin: true, on, at }),
            _ => None,
        });
    }
    Ok(marks)
}

/// What waits to be put into collections, or to be taken out, in the order in which that was wanted, with the time at which it was.
pub(crate) async fn collected(tx: &mut SqliteConnection) -> Result<Vec<(Collect, Millis)>> {
    let rows: Vec<(String, Millis)> =
        sqlx::query_as("SELECT intent, made_at_local FROM outbox WHERE what = 'collect' AND state <> 'failed' ORDER BY n")
            .fetch_all(tx)
            .await?;
    let mut waiting = Vec::with_capacity(rows.len());
    for (intent, at) in rows {
        if let Intent::Collect(collect) = from_json(&intent)? {
            waiting.push((collect, at));
        }
    }
    Ok(waiting)
}

/// What is known of a conversation that waits to be made.
#[derive(Default)]
pub(crate) struct Made {
    pub name: Option<String>,
    pub group: Option<GroupId>,
}

pub(crate) async fn made(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<Made> {
    let intent: Option<String> = sqlx::query_scalar("SELECT intent FROM outbox WHERE conversation = ? AND shows = 'conversation' LIMIT 1")
        .bind(conversation.as_bytes())
        .fetch_optional(tx)
        .await?;
    match intent.as_deref().map(from_json).transpose()?.as_ref().map(shows) {
        Some(Shows::Conversation { name, group, .. }) => Ok(Made { name: Some(name), group }),
        _ => Ok(Made::default()),
    }
}

/// The name of a group that waits to be made.
pub(crate) async fn group_name(tx: &mut SqliteConnection, group: GroupId) -> Result<Option<String>> {
    let waiting = groups(tx).await?.into_iter().find(|(id, _)| *id == group);
    Ok(waiting.map(|(_, name)| name))
}

/// The groups that wait for another name, with the one that they will have.
pub(crate) async fn renamed(tx: &mut SqliteConnection) -> Result<BTreeMap<GroupId, String>> {
    let edits = table::of_names(tx, &["edit_group"]).await?.into_iter();
    let name = |intent| if let Intent::EditGroup(EditGroup { group, name: Some(name), .. }) = intent { Some((group, name)) } else { None };
    Ok(edits.filter_map(name).collect())
}

/// What waits to give conversations another name or topic, in the order in which it was made.
pub(crate) async fn conversation_edits(tx: &mut SqliteConnection) -> Result<Vec<EditConversation>> {
    let edits = table::of_names(tx, &["edit_conversation"]).await?.into_iter();
    Ok(edits.filter_map(|intent| if let Intent::EditConversation(edit) = intent { Some(edit) } else { None }).collect())
}

/// What newcomers of a conversation will see, if that waits to be changed.
pub(crate) async fn shared_history(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<Option<bool>> {
    let waiting = table::of_names(tx, &["set_shared_history"]).await?.into_iter();
    let of_it = waiting.filter_map(|intent| match intent {
        Intent::SetSharedHistory(set) if set.conversation == conversation => Some(set.on),
        _ => None,
    });
    Ok(of_it.fold(None, |_, on| Some(on)))
}

/// The groups that wait to be made, with their names.
pub(crate) async fn groups(tx: &mut SqliteConnection) -> Result<Vec<(GroupId, String)>> {
    let intents: Vec<String> = sqlx::query_scalar("SELECT intent FROM outbox WHERE shows = 'group' ORDER BY n").fetch_all(tx).await?;
    let mut groups = Vec::with_capacity(intents.len());
    for intent in intents {
        if let Shows::Group { group, name } = shows(&from_json(&intent)?) {
            groups.push((group, name));
        }
    }
    Ok(groups)
}
