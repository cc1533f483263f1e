//! What must hold after every single write to a replica.

use super::World;
use crate::{
    coverage::stream_name,
    violation::{Result, Violation},
};
use hearth_protocol::{ids::MutationId, stream::StreamId, sync::HeadsResponse};
use hearth_replica::{Glance, Standing, StreamState};

impl World<'_> {
    /// The file was opened: from here on nothing goes back.
    pub(super) async fn begin_watch(&mut self, device: usize) -> Result<()> {
        let Some(app) = self.app(device) else { return Ok(()) };
        let glance = app.replica.clone().glance().await?;
        self.devices[device].glance = glance;
        Ok(())
    }

    pub(super) async fn watch_replica(&mut self, device: usize) -> Result<()> {
        let Some(app) = self.app(device) else { return Ok(()) };
        let now = app.replica.clone().glance().await?;
        let before = std::mem::replace(&mut self.devices[device].glance, now.clone());
        self.watch_standings(device, &before, &now)?;
        self.watch_names(device, &before, &now)?;
        if self.devices[device].rotten {
            return Ok(());
        }
        let user = self.user(device);
        // A page of history lacks what the server keeps no longer a moment before the device hears of that; a restored server has forgotten
        // what it had purged.
        let shortened = |conversation| self.model.retained.contains_key(&conversation) || self.model.is_purged(conversation);
        let whole = |conversation| !self.model.bounded.contains(&(user, conversation)) && !shortened(conversation) && !self.model.restored;
        let hole = now.holes.iter().find(|(conversation, _)| whole(*conversation));
        if let Some((_, hole)) = hole {
            return Err(Violation::new("holes", format!("device {device}: {hole}")));
        }
        self.watch_shown(device, &before, &now)
    }

    /// Where nothing has changed since the server counted, the list says what the server says, whatever is here of the messages.
    pub(super) async fn watch_unread(&mut self, device: usize, heads: &HeadsResponse) -> Result<()> {
        let state = &self.devices[device];
        let mine = StreamId::User(self.user(device));
        let read = state.glance.standings.get(&mine).is_some_and(|standing| standing.cursor >= standing.head && standing.cursor > 0);
        // Rows of the epoch before count until the new copies come: a moment that nobody reads in.
        let settled = state.heads_as_of == self.changes && !self.model.restored && state.lacks.is_none();
        if !settled || !read || !state.outbox.is_empty() {
            return Ok(());
        }
        let Some(app) = self.app(device) else { return Ok(()) };
        let lines = app.replica.clone().count_unread().await?;
        for head in &heads.heads {
            let (StreamId::Conversation(id), Some(unread)) = (head.stream, head.unread) else { continue };
            // Before the first copy the list may be a moment behind.
            let copied = self.devices[device].glance.standings.get(&head.stream).filter(|standing| standing.state != StreamState::New);
            let Some(standing) = copied else { continue };
            if let Some(line) = lines.iter().find(|line| line.conversation == id && line.line != u64::from(unread.count)) {
                let detail = format!("device {device}: the server counts {} unread in {id}, the list says {}", unread.count, line.line);
                return Err(Violation::new("unread", detail));
            }
            // Which messages name me is told on my own stream; that the server keeps them no longer, on the conversation's.
            let level = standing.cursor >= head.head;
            if let Some(line) = lines.iter().find(|line| level && line.conversation == id && line.mentions != u64::from(unread.mentions)) {
                let (server, here) = (unread.mentions, line.mentions);
                let detail = format!("device {device}: the server counts {server} unread mentions in {id}, the list says {here}");
                return Err(Violation::new("unread", detail));
            }
        }
        Ok(())
    }

    fn watch_standings(&mut self, device: usize, before: &Glance, now: &Glance) -> Result<()> {
        for standing in now.standings.values() {
            let old = before.standings.get(&standing.stream);
            self.coverage.stream(old.map_or("none", |old| stream_name(old.state)), stream_name(standing.state));
            if let Some(old) = old.filter(|old| same_generation(old, standing) && standing.cursor < old.cursor) {
                let detail = format!("device {device}: {} went from {} back to {}", standing.stream, old.cursor, standing.cursor);
                return Err(Violation::new("cursor", detail));
            }
        }
        for old in before.standings.values().filter(|old| !now.standings.contains_key(&old.stream)) {
            self.coverage.stream(stream_name(old.state), "gone");
        }
        Ok(())
    }

    /// Whoever has lost their name here has lost it, whatever comes late. In a restored backup they may have it again.
    fn watch_names(&self, device: usize, before: &Glance, now: &Glance) -> Result<()> {
        match before.nameless.difference(&now.nameless).next().filter(|_| !self.model.restored) {
            Some(user) => Err(Violation::new("names", format!("device {device}: {user} had lost their name, and has one again"))),
            None => Ok(()),
        }
    }

    /// What a person could see stays where they can see it, unless its conversation went or the server was set back.
    fn watch_shown(&self, device: usize, before: &Glance, now: &Glance) -> Result<()> {
        if self.model.restored {
            return Ok(());
        }
        let user = self.user(device);
        // Whatever copy it is of. With other windows some of it may be for others.
        let followed = |conversation, id: &MutationId| {
            now.standings.contains_key(&StreamId::Conversation(conversation))
                && self.model.places.get(id).is_none_or(|pos| self.model.in_window(user, conversation, *pos))
        };
        // A message that was applied before its sender was taken out is answered without its row.
        let out = |id: &MutationId, conversation| self.model.applied.contains(id) && self.model.bounded.contains(&(user, conversation));
        // That somebody left is not in the answer to them, so its place is not known.
        let given_up = |id: &MutationId, conversation| !self.model.sent.contains_key(id) && self.model.retained.contains_key(&conversation);
        let removed = |id: &MutationId, conversation| match self.model.places.get(id) {
            Some(pos) => self.model.is_given_up(conversation, *pos),
            None => given_up(id, conversation),
        };
        let taken_back = |id: &MutationId| self.model.made.get(id).is_some_and(|made| made.dropped) && !self.model.applied.contains(id);
        let vanished = before.shown.keys().find(|(conversation, id)| {
            !now.shown.contains_key(&(*conversation, *id))
                && followed(*conversation, id)
                && !out(id, *conversation)
                && !removed(id, *conversation)
                && !taken_back(id)
                && !self.model.purged.contains(id)
        });
        match vanished {
            Some((conversation, message)) => Err(Violation::new(
                "vanished",
                format!("device {device}: message {message} of {conversation} could be seen, and cannot now"),
            )),
            None => Ok(()),
        }
    }
}

fn same_generation(old: &Standing, new: &Standing) -> bool {
    (old.epoch, old.vis_ver, old.resets) == (new.epoch, new.vis_ver, new.resets)
}
