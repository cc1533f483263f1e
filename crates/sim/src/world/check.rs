//! Quiet, and what must hold then.

mod fresh;

use super::{Event, World, rot::compare};
use crate::{
    device::Device,
    violation::{Result, Violation},
};
use fresh::sync;
use hearth_protocol::{
    body::Body,
    ids::{ConversationId, DeviceId, MutationId},
    mutations::Intent,
    rows::MessageRow,
    stream::StreamId,
};
use hearth_replica::{Filter, Replica, Standing, StreamState};
use std::collections::{BTreeMap, BTreeSet};

/// Long enough for the log's reader, two heartbeats and what they start.
const QUIET_MS_MIN: u64 = 12_000;
/// The longest pause of a refused mutation is a minute; what needs longer than this is stuck.
const QUIET_MS_MAX: u64 = 240_000;
const LOOK_EVERY_MS: u64 = 1_000;
/// What has waited so long for the message or conversation that a restored backup lacks waits for somebody who does not have it either.
const PATIENCE_MS: u64 = 150_000;

impl World<'_> {
    /// Every fault ends.
    pub(super) async fn become_calm(&mut self) -> Result<()> {
        self.trace.line(self.now, "calm");
        self.calm_since = Some(self.now);
        self.crash = None;
        (self.hints_lost_until, self.busy_until) = (0, 0);
        self.server_well()?;
        for device in &mut self.devices {
            device.troubles.end();
            if let Some(app) = &device.app {
                app.replica.clone().limit_pages(None).await?;
            }
        }
        for device in 0..self.devices.len() {
            self.update(device).await?;
        }
        Ok(())
    }

    /// Lets time pass until nobody has anything to do.
    pub(super) async fn until_quiet(&mut self) -> Result<()> {
        let since = self.now;
        let mut look_at = since + QUIET_MS_MIN;
        loop {
            self.step().await?;
            if self.now < look_at {
                continue;
            }
            look_at = self.now + LOOK_EVERY_MS;
            for device in 0..self.devices.len() {
                self.tidy_outbox(device).await?;
                if self.now > since + PATIENCE_MS {
                    self.give_up_missing(device).await?;
                }
            }
            if self.is_quiet() {
                return Ok(());
            }
            if self.now > since + QUIET_MS_MAX {
                return Err(Violation::new("stuck", self.unfinished()));
            }
        }
    }

    fn is_quiet(&self) -> bool {
        let travelling = self.events.values().any(|event| {
            !matches!(
                event,
                Event::Tick { .. }
                    | Event::Tail
                    | Event::Beat
                    | Event::HungUp { .. }
                    | Event::Update { .. }
                    | Event::Room { .. }
                    | Event::ServerWell
            )
        });
        !travelling && self.host.is_up() && self.inbox.is_empty() && (0..self.devices.len()).all(|device| self.has_nothing_to_do(device))
    }

    fn has_nothing_to_do(&self, device: usize) -> bool {
        let closed = self.devices[device].app.is_none() && self.stays_out(self.user(device));
        closed
            || self.is_connected(device)
                && self.is_live(device)
                && self.devices[device].outbox.is_empty()
                && behind(&self.devices[device]).is_none()
    }

    /// An app that still waits for a lost connection to speak may look as if all were well.
    fn is_connected(&self, device: usize) -> bool {
        let line = self.devices[device].app.as_ref().and_then(|app| app.line);
        line.and_then(|line| self.lines.get(&line)).is_some_and(|line| !line.dead && line.wire.is_some())
    }

    fn unfinished(&self) -> String {
        let mut lines = vec![];
        for (n, device) in self.devices.iter().enumerate().filter(|(n, _)| !self.has_nothing_to_do(*n)) {
            let link = device.app.as_ref().map_or("closed".to_owned(), |app| format!("{:?}", app.engine.link()));
            lines.push(format!("device {n}: {link}, outbox {:?}, behind {:?}", device.outbox, behind(device)));
        }
        if !self.host.is_up() {
            lines.push("the server is down".into());
        }
        lines.join("; ")
    }

    pub(super) async fn check(&mut self) -> Result<()> {
        self.trace.line(self.now, "check");
        for person in 0..self.people.len() {
            if self.model.is_away(self.people[person].user) {
                self.check_away(person).await?;
                continue;
            }
            let fresh = self.fresh(person).await?;
            let checked = match self.check_person(person, &fresh).await {
                Ok(()) => self.check_friends(person, &fresh).await,
                failed => failed,
            };
            let checked = match checked {
                Ok(()) => self.check_gone(self.people[person].user, &fresh).await,
                failed => failed,
            };
            self.stage.bench.give_back(fresh);
            checked?;
        }
        for device in 0..self.devices.len() {
            self.check_device(device).await?;
        }
        self.check_versions().await?;
        self.check_kept()?;
        self.check_replayed()
    }

    /// A replica that has just synced for the first time, with nothing in its way.
    async fn fresh(&mut self, person: usize) -> Result<Replica> {
        let replica = self.stage.bench.fresh(self.stage.template).await?;
        replica.remember_me(&self.people[person]).await?;
        let user = self.people[person].user;
        let Some(inside) = self.host.up() else { return Ok(replica) };
        let session = inside.look_in(user, DeviceId(self.chance.uuid())).await?;
        sync(inside, session, &replica).await?;
        inside.end_unseen(session).await?;
        Ok(replica)
    }

    async fn check_person(&mut self, person: usize, fresh: &Replica) -> Result<()> {
        let user = self.people[person].user;
        let wanted = fresh.dump().await?;
        self.trace.line(self.now, &wanted);
        let messages = fresh.messages().await?;
        self.check_truth(person, &messages)?;
        self.check_reactions(person, &messages, &fresh.reaction_rows().await?)?;
        self.check_stars(user, fresh, &messages).await?;
        self.check_collections(user, fresh, &messages).await?;
        self.check_threads(user, fresh, &messages).await?;
        for item in fresh.conversations(Filter::All, 1_000).await? {
            let marker = self.model.markers.get(&(user, item.id)).copied().unwrap_or(0);
            if item.read_pos != marker {
                return Err(Violation::new(
                    "marker",
                    format!("{user} has read {} up to {marker}, the server says {}", item.id, item.read_pos),
                ));
            }
        }
        let seen: BTreeSet<ConversationId> = fresh.conversations(Filter::All, 1_000).await?.into_iter().map(|item| item.id).collect();
        let mine: BTreeSet<ConversationId> =
            self.model.members.iter().filter(|(_, members)| members.contains(&user)).map(|(id, _)| *id).collect();
        if seen != mine {
            return Err(Violation::new("list", format!("{user} is in {mine:?}, a fresh replica lists {seen:?}")));
        }
        let devices: Vec<usize> = (0..self.devices.len()).filter(|device| self.devices[*device].person == person).collect();
        for device in devices {
            let Some(app) = &self.devices[device].app else { continue };
            let dump = app.replica.clone().dump().await?;
            self.trace.line(self.now, format_args!("device {device} has {} lines", dump.lines().count()));
            if let Some(difference) = self.difference(&followed(&wanted, app.open), &followed(&dump, app.open)) {
                return Err(Violation::new("converged", format!("device {device} is not what a fresh replica is: {difference}")));
            }
            self.check_receipts(device, &dump)?;
            self.check_profiles(device, fresh).await?;
        }
        Ok(())
    }

    /// The first line that only one of them has. Somebody whom one met somewhere, or whom a restored backup never knew, stays known by name.
    fn difference(&self, wanted: &str, dump: &str) -> Option<String> {
        // A device that stays connected may keep tombstones that the server need not keep any more, and what is derived from them.
        let forgotten: BTreeSet<String> = self.model.purged.iter().map(|id| id.0.simple().to_string()).collect();
        let homes = self.model.purged.iter().filter_map(|id| self.model.sent.get(id));
        let homes: BTreeSet<String> = homes.map(|(conversation, _)| conversation.0.simple().to_string()).collect();
        let kept_longer = |line: &&str| {
            let words: Vec<&str> = line.splitn(5, ' ').collect();
            match words.as_slice() {
                ["message", _, _, id, ..] => forgotten.contains(*id),
                ["line" | "known", conversation, ..] => homes.contains(*conversation),
                ["messages", ..] => !forgotten.is_empty(),
                _ => false,
            }
        };
        let lines = |dump| str::lines(dump).filter(|line| !kept_longer(line)).collect::<BTreeSet<&str>>();
        let (wanted, here) = (lines(wanted), lines(dump));
        let met = self.model.restored || self.model.out_of_group || !self.model.bounded.is_empty();
        let excused = |line: &&&str| met && line.starts_with("person ");
        let missing = wanted.difference(&here).next().map(|line| format!("it lacks {line}"));
        let more = here.difference(&wanted).find(|line| !excused(line)).map(|line| format!("it has {line}"));
        match (missing, more) {
            (Some(missing), Some(more)) => Some(format!("{missing}; {more}")),
            (missing, more) => missing.or(more),
        }
    }

    /// What the server tells somebody is what it has acknowledged: each once, as it was written, in the order of its lane.
    fn check_truth(&self, person: usize, messages: &[(ConversationId, MessageRow)]) -> Result<()> {
        let user = self.people[person].user;
        let there: BTreeMap<MutationId, (&ConversationId, &MessageRow)> =
            messages.iter().map(|(conversation, row)| (row.id, (conversation, row))).collect();
        let mine = |id: &MutationId, conversation: &ConversationId| {
            let pos = self.model.places.get(id);
            self.model.may_see(user, StreamId::Conversation(*conversation))
                && pos.is_some_and(|pos| self.model.in_window(user, *conversation, *pos))
        };
        for (id, (conversation, sender)) in self.model.sent.iter().filter(|(id, (conversation, _))| mine(id, conversation)) {
            let Some((found_in, row)) = there.get(id) else {
                if self.model.purged.contains(id) {
                    continue;
                }
                return Err(Violation::new("durable", format!("message {id} was applied, and is not there for {user}")));
            };
            let (mut answers, forwarded) = self.model.origin(*id);
            if row.reply_to.is_none() && answers.is_some_and(|original| self.model.may_be_lost(*conversation, original)) {
                answers = None;
            }
            let said = (self.model.text(*id), (answers, forwarded), self.model.revision(*id));
            let same = said == (row.body.as_ref(), (row.reply_to, row.forwarded), row.revision);
            if *found_in != conversation || row.sender != *sender || !same {
                return Err(Violation::new("durable", format!("message {id} is not as it was written: {row:?}")));
            }
        }
        // What happened to a conversation is told under the id of what somebody did to it.
        let told = |id: &MutationId, row: &MessageRow| row.body.as_ref().is_some_and(Body::is_system) && self.model.applied.contains(id);
        if let Some((id, _)) = there.iter().find(|(id, (_, row))| !self.model.sent.contains_key(id) && !told(id, row)) {
            return Err(Violation::new("once", format!("message {id} is there for {user}, and nobody was told so")));
        }
        self.check_order(messages)
    }

    fn check_order(&self, messages: &[(ConversationId, MessageRow)]) -> Result<()> {
        let mut last: BTreeMap<(ConversationId, usize), (u64, MutationId)> = BTreeMap::new();
        for (conversation, row) in messages {
            let Some(made) = self.model.made.get(&row.id).filter(|made| !made.touched && !made.late && !made.refused) else { continue };
            // Its place is that of its time.
            if matches!(made.intent, Intent::ScheduleMessage(_)) {
                continue;
            }
            if let Some((before, other)) = last.insert((*conversation, made.device), (made.n, row.id))
                && before > made.n
            {
                return Err(Violation::new("lane-order", format!("{} was made before {other}, and comes after it", row.id)));
            }
        }
        Ok(())
    }

    async fn check_device(&mut self, device: usize) -> Result<()> {
        let Some(app) = self.app(device) else { return Ok(()) };
        let replica = app.replica.clone();
        let damage = replica.check().await?;
        if !damage.is_empty() {
            return Err(Violation::new("integrity", format!("device {device}: {damage:?}")));
        }
        let waiting = replica.outbox().await?;
        if let Some(entry) = waiting.first() {
            return Err(Violation::new("outbox", format!("device {device} still has {entry:?}")));
        }
        self.check_digests(device, &replica).await?;
        for unread in replica.count_unread().await? {
            if unread.line != unread.counted || unread.asides != unread.asides_counted {
                return Err(Violation::new("unread", format!("device {device}: {unread:?}")));
            }
        }
        Ok(())
    }

    /// The digest of everything that is known is the server's.
    async fn check_digests(&mut self, device: usize, replica: &Replica) -> Result<()> {
        let later = self.weeks_later();
        let (Some(inside), Some(session)) = (self.host.up(), self.devices[device].session) else { return Ok(()) };
        match compare(inside, session, replica, later).await? {
            Some(segments) => Err(Violation::new("digest", format!("device {device} has another digest in {segments:?}"))),
            None => Ok(()),
        }
    }

    /// Nothing that a person typed is gone without their word.
    fn check_kept(&self) -> Result<()> {
        let gone = self.model.made.iter().find(|(id, made)| {
            // A mark in a conversation that one has left is of no use, and no word of anybody's.
            let of = match &made.intent {
                Intent::MarkRead(mark) => Some(mark.conversation),
                Intent::MarkDelivered(mark) => Some(mark.conversation),
                _ => None,
            };
            let useless = of.is_some_and(|conversation| self.model.bounded.contains(&(made.by, conversation)));
            // What has come is nobody's word either: the next mark says more.
            let useless = useless || matches!(made.intent, Intent::MarkDelivered(_));
            let useless = useless || self.is_of_the_gone(**id);
            let kept = useless || made.dropped || self.model.applied.contains(id) || self.model.lost.contains(id);
            !kept && !self.devices[made.device].outbox.contains_key(id)
        });
        match gone {
            Some((id, made)) => Err(Violation::new("kept", format!("{id} ({:?}, by {}) is nowhere any more", made.intent, made.by))),
            None => Ok(()),
        }
    }
}

/// The first stream that is not wholly here.
fn behind(device: &Device) -> Option<String> {
    // Receipts are fetched for the conversation on the screen alone.
    let open = device.app.as_ref().and_then(|app| app.open).map(StreamId::Receipts);
    let wanted = |standing: &&Standing| !matches!(standing.stream, StreamId::Receipts(_)) || Some(standing.stream) == open;
    let mut standings = device.glance.standings.values().filter(wanted);
    let behind = standings.find(|standing| standing.cursor < standing.head || standing.state != StreamState::Complete);
    behind.map(|standing| format!("{standing:?}"))
}

/// A dump without the receipts of conversations that are not on the screen: nobody keeps those up to date.
fn followed(dump: &str, open: Option<ConversationId>) -> String {
    let open = open.map(|open| open.0.simple().to_string());
    let kept = |line: &&str| {
        let receipt = line.strip_prefix("read_receipt ").or_else(|| line.strip_prefix("delivered "));
        receipt.is_none_or(|rest| open.as_ref().is_some_and(|open| rest.starts_with(open.as_str())))
    };
    dump.lines().filter(kept).collect::<Vec<_>>().join("\n")
}
