//! What I have scheduled, as the server has told it, with what of mine waits in the outbox laid over it.

use crate::{
    Replica, Result,
    outbox::{OutboxEntry, OutboxState, table},
    tables::scheduled,
};
use hearth_protocol::{
    Millis,
    ids::{ConversationId, MessageId},
    mutations::{ChangeScheduled, Intent, ScheduleMessage},
    rows::{ScheduledRow, ScheduledState},
};
use std::collections::BTreeMap;

/// A message of mine that waits for its time, or could not be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheduled {
    /// As it will be when what of mine waits has arrived, with the revision that it will have.
    pub row: ScheduledRow,
    /// The newest of what of mine waits or was refused.
    pub change: Option<OutboxEntry>,
    /// The server does not have it yet.
    pub only_here: bool,
}

impl Replica {
    /// Those of a conversation, or of all, what goes out first first.
    pub async fn scheduled(&self, conversation: Option<ConversationId>) -> Result<Vec<Scheduled>> {
        let mut tx = self.read().await?;
        let mut shown: BTreeMap<MessageId, Scheduled> = BTreeMap::new();
        for row in scheduled::open(&mut tx, conversation).await? {
            shown.insert(row.id, Scheduled { row, change: None, only_here: false });
        }
        for entry in table::scheduled(&mut tx, conversation).await? {
            lay_over(&mut shown, entry);
        }
        let mut shown: Vec<Scheduled> = shown.into_values().collect();
        shown.sort_by_key(|one| (one.row.send_at, one.row.id));
        Ok(shown)
    }
}

fn lay_over(shown: &mut BTreeMap<MessageId, Scheduled>, entry: OutboxEntry) {
    let refused = entry.state == OutboxState::Failed;
    match &entry.intent {
        // What was acknowledged and sent or given up on another device has no row here that is shown, nor an entry.
        Intent::ScheduleMessage(ScheduleMessage { conversation, body, reply_to, send_at }) => {
            let row = ScheduledRow {
                id: entry.id,
                conversation: *conversation,
                body: Some(body.clone()),
                reply_to: *reply_to,
                send_at: (*send_at).max(entry.made_at_local),
                revision: 0,
                created_at: entry.made_at_local,
                state: ScheduledState::Waiting,
                reason: None,
            };
            shown.entry(entry.id).or_insert(Scheduled { row, change: Some(entry), only_here: true });
        }
        Intent::ChangeScheduled(change) => {
            let Some(one) = shown.get_mut(&change.message) else { return };
            if !refused && change.based_on >= one.row.revision {
                apply(&mut one.row, change, entry.made_at_local);
            }
            one.change = Some(entry);
        }
        Intent::CancelScheduled(cancel) if !refused => {
            shown.remove(&cancel.message);
        }
        _ => {}
    }
}

/// What is to go out at once has no time of its own: it is when that was wanted.
fn apply(row: &mut ScheduledRow, change: &ChangeScheduled, at_local: Millis) {
    if let Some(body) = &change.body {
        row.body = Some(body.clone());
    }
    row.send_at = change.send_at.map_or(row.send_at, |at| at.max(at_local));
    row.revision = row.revision.saturating_add(1);
    (row.state, row.reason) = (ScheduledState::Waiting, None);
}
