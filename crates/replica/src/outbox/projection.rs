//! My edits and deletions that wait, laid over the rows at read.

use super::{OutboxEntry, OutboxState, Shows, shown, shows};
use crate::Result;
use hearth_protocol::{
    body::Body,
    ids::{ConversationId, MessageId},
    mutations::Intent,
    rows::MessageRow,
};
use sqlx::SqliteConnection;
use std::collections::HashMap;

/// What waits for the messages of one conversation, in the order in which it was made. What failed shows nothing: the row stands.
#[derive(Default)]
pub(crate) struct Projection(HashMap<MessageId, Vec<OutboxEntry>>);

impl Projection {
    pub async fn of(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<Self> {
        let mut waiting: HashMap<MessageId, Vec<OutboxEntry>> = HashMap::new();
        for entry in shown::changes(tx, conversation).await? {
            if let Some(message) = shows(&entry.intent).target() {
                waiting.entry(message).or_default().push(entry);
            }
        }
        Ok(Self(waiting))
    }

    /// Lays what waits over a row, which gets the revision that it will have. Returns the newest of what waits or was refused.
    pub fn lay_over(&self, row: &mut MessageRow) -> Option<OutboxEntry> {
        let waiting = self.0.get(&row.id)?;
        for entry in waiting {
            match shows(&entry.intent) {
                // A tombstone stays one.
                _ if row.body.is_none() || refused(entry) || has(row, entry) => {}
                Shows::Edit { body, .. } => {
                    row.body = Some(body);
                    row.edited_at = Some(entry.made_at_local);
                    row.revision = row.revision.saturating_add(1);
                }
                Shows::Deletion { .. } => (row.body, row.reply_to, row.forwarded) = (None, None, false),
                _ => {}
            }
        }
        waiting.last().cloned()
    }

    /// Lays it over a message that itself still waits; `None` when it is deleted before anybody has seen it.
    pub fn lay_over_echo(&self, mut entry: OutboxEntry) -> Option<OutboxEntry> {
        for change in self.0.get(&entry.id).into_iter().flatten().filter(|change| !refused(change)) {
            match (shows(&change.intent), &mut entry.intent) {
                (Shows::Edit { body, .. }, Intent::SendMessage(message)) => message.body = body,
                (Shows::Deletion { .. }, _) => return None,
                _ => {}
            }
        }
        Some(entry)
    }

    /// Lays it over a body that is shown without its row; the entry is the newest of what waits.
    pub fn body_of(&self, message: MessageId, body: Option<Body>) -> (Option<Body>, Option<OutboxEntry>) {
        let Some(waiting) = self.0.get(&message) else { return (body, None) };
        let laid = waiting.iter().filter(|entry| !refused(entry)).fold(body, |body, entry| match (body, shows(&entry.intent)) {
            (Some(_), Shows::Edit { body, .. }) => Some(body),
            (_, Shows::Deletion { .. }) => None,
            (body, _) => body,
        });
        (laid, waiting.last().cloned())
    }
}

/// What was acknowledged once may be in the row still.
fn has(row: &MessageRow, entry: &OutboxEntry) -> bool {
    entry.replayed_local.is_some() && matches!(&entry.intent, Intent::EditMessage(edit) if edit.based_on < row.revision)
}

/// What failed changes nothing: the row stands.
fn refused(entry: &OutboxEntry) -> bool {
    entry.state == OutboxState::Failed
}
