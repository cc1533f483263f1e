//! What people have sent and can still have back: the outbox holds it for a moment, and it just says what it is given meanwhile.

use super::World;
use crate::{acts::Expect, violation::Result};
use hearth_client::engine::Input;
use hearth_protocol::{
    Millis,
    body::Body,
    ids::MutationId,
    mutations::{EditMessage, Intent},
};

/// In one town in so many people want that; the others stay as they are.
const CAREFUL: u64 = 11;
/// How long, in turn: nothing is held for every third.
const HELD_MS: [Millis; 3] = [0, 900, 5_000];

impl World<'_> {
    /// Before when the next thing that is made on a device is not to go out, by its clock.
    pub(super) fn holds(&self, device: usize, intent: &Intent) -> Option<Millis> {
        let careful = self.script.seed % CAREFUL == CAREFUL - 1;
        let turn = usize::try_from(self.devices[device].made).unwrap_or(0) % HELD_MS.len();
        let held = HELD_MS.get(turn).copied().filter(|ms| careful && *ms > 0 && matches!(intent, Intent::SendMessage(_)));
        held.map(|ms| self.wall(device) + ms)
    }

    /// Gives a message other words that is held.
    pub(super) async fn reword(&mut self, device: usize, message: MutationId) -> Result<()> {
        let Some(Intent::SendMessage(sent)) = self.model.made.get(&message).map(|made| made.intent.clone()) else { return Ok(()) };
        if sent.forwarded {
            return Ok(());
        }
        let body = Body::text(format!("other words in {message}"));
        let edit = EditMessage { conversation: sent.conversation, message, based_on: 0, body };
        let id = MutationId(self.chance.uuid());
        self.enqueue(device, edit.into(), id, Expect::Either).await?;
        self.feed(device, Input::Enqueued).await
    }

    /// Whether an edit is not in the outbox because the message there, which has never gone out, says that now. The model follows.
    pub(super) async fn is_reworded(&mut self, device: usize, by: MutationId) -> Result<bool> {
        let Some(Intent::EditMessage(edit)) = self.model.made.get(&by).map(|made| made.intent.clone()) else { return Ok(false) };
        let Some(app) = self.app(device) else { return Ok(false) };
        let entries = app.replica.clone().outbox().await?;
        let says = |intent: &Intent| matches!(intent, Intent::SendMessage(sent) if sent.body == edit.body);
        let waiting = entries.iter().find(|entry| entry.id == edit.message && entry.tried_local.is_none() && says(&entry.intent));
        let (Some(entry), Some(made)) = (waiting, self.model.made.get_mut(&edit.message)) else { return Ok(false) };
        // It called everyone, perhaps where nobody may: what it says now does not.
        if matches!(&made.intent, Intent::SendMessage(sent) if sent.body.names_everyone()) {
            made.expect = Expect::Either;
        }
        made.intent = entry.intent.clone();
        self.coverage.outbox("held", "reworded");
        Ok(true)
    }
}
