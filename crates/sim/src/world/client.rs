//! The client's side of an event: what the driver does, one effect at a time, with crashes in between.

use super::{Event, Line, Question, World};
use crate::{
    coverage::link_name,
    device::App,
    fault::Fault,
    template::copy_database,
    violation::{Result, Violation},
};
use hearth_client::{
    api::{Failure, SessionEnd},
    engine::{Effect, Input, Link, Moment},
};
use hearth_protocol::{
    frame::ClientFrame,
    limits,
    mutation::Outcome,
    sync::{HeadsRequest, Want},
};
use hearth_replica::Apply;

impl World<'_> {
    pub(super) fn app(&mut self, device: usize) -> Option<&mut App> {
        self.devices.get_mut(device)?.app.as_mut()
    }

    pub(super) fn is_live(&self, device: usize) -> bool {
        self.devices[device].app.as_ref().is_some_and(|app| *app.engine.link() == Link::Live)
    }

    pub(super) async fn reach(&mut self, device: usize, life: u64, input: Input) -> Result<()> {
        if self.devices[device].life != life {
            return Ok(());
        }
        self.trace.line(self.now, format_args!("device {device} <- {}", answer(&input)));
        self.feed(device, input).await
    }

    pub(super) async fn tick(&mut self, device: usize, life: u64, at: u64) -> Result<()> {
        if self.devices[device].life != life {
            return Ok(());
        }
        match self.app(device) {
            Some(app) if app.tick_at == Some(at) => app.tick_at = None,
            _ => return Ok(()),
        }
        self.feed(device, Input::Tick).await
    }

    /// Gives the engine an input, and performs what comes of it to the end.
    pub(super) async fn feed(&mut self, device: usize, input: Input) -> Result<()> {
        let life = self.devices[device].life;
        let Some(app) = self.app(device) else { return Ok(()) };
        app.queue.push_back(input);
        while self.devices[device].life == life {
            let moment = Moment { now: self.now, random: self.net.unit() };
            let Some(app) = self.app(device) else { break };
            let Some(input) = app.queue.pop_front() else { break };
            let before = link_name(app.engine.link());
            let effects = app.engine.step(moment, input);
            let after = link_name(app.engine.link());
            self.coverage.link(before, after);
            if before != after {
                self.trace.line(self.now, format_args!("device {device} is {after}"));
            }
            for effect in effects {
                if self.is_killed(device) {
                    return self.kill_app(device).await;
                }
                self.perform(device, effect).await?;
            }
        }
        self.want_tick(device);
        Ok(())
    }

    fn want_tick(&mut self, device: usize) {
        let now = self.now;
        let life = self.devices[device].life;
        let Some(app) = self.app(device) else { return };
        let due = app.engine.deadline().map(|at| at.max(now + 1));
        if due.is_some() && due != app.tick_at {
            app.tick_at = due;
            let at = due.unwrap_or(now);
            self.at(at, Event::Tick { device, life, at });
        }
    }

    fn is_killed(&mut self, device: usize) -> bool {
        match &mut self.devices[device].troubles.crash_after {
            Some(0) => true,
            Some(left) => {
                *left -= 1;
                false
            }
            None => false,
        }
    }

    /// What kill -9 leaves: the file and its log as they are; everything in memory is gone.
    pub(super) async fn kill_app(&mut self, device: usize) -> Result<()> {
        self.trace.line(self.now, format_args!("device {device} is killed"));
        self.hang_up(device);
        let path = self.stage.folder.join(format!("device{device}-{}.db", self.devices[device].life + 1));
        let killed = &mut self.devices[device];
        killed.troubles.crash_after = None;
        copy_database(&killed.path, &path)?;
        killed.close().await;
        let old = std::mem::replace(&mut killed.path, path);
        std::fs::remove_file(old)?;
        let at = self.now + self.net.between(300, 6_000);
        self.at(at, Event::Reopen { device });
        Ok(())
    }

    async fn perform(&mut self, device: usize, effect: Effect) -> Result<()> {
        let Some(app) = self.devices[device].app.as_ref() else { return Ok(()) };
        let local = app.local.clone();
        let now_local = self.wall(device);
        match effect {
            Effect::Connect { attempt } => match local.place().await {
                Ok(_) => self.dial(device, attempt),
                Err(failure) => self.fail(device, failure),
            },
            Effect::Disconnect => self.hang_up(device),
            Effect::Welcomed { epoch, now_server } => match local.welcome(epoch, now_server, now_local).await {
                Ok(_) => {
                    self.requeued(device);
                    self.note_replayed(device).await?;
                }
                Err(failure) => self.fail(device, failure),
            },
            Effect::Heads { attempt } => match local.place().await {
                Ok(place) => {
                    let request = HeadsRequest { epoch: place.epoch, watermark: place.watermark };
                    self.ask(device, attempt, Question::Heads(request));
                }
                Err(failure) => self.fail(device, failure),
            },
            Effect::Pull { attempt, wants } => self.pull(device, attempt, wants).await,
            Effect::History { attempt, conversation, before_pos, limit } => {
                let limit = self.page(device).min(limit);
                self.ask(device, attempt, Question::History { conversation, before_pos, limit });
            }
            Effect::Check { attempt } => match local.segments(now_local).await {
                Ok(request) if !request.segments.is_empty() => self.ask(device, attempt, Question::Digests(request)),
                Ok(_) => {}
                Err(failure) => self.fail(device, failure),
            },
            Effect::Profiles { attempt, after } => match local.profiles(after).await {
                Ok(request) => self.ask(device, attempt, Question::Profiles { after, request }),
                Err(failure) => self.give(device, Input::Profiles { attempt, after, result: Err(failure) }),
            },
            Effect::Apply { batch, live: _ } => self.apply(device, *batch, now_local).await?,
            Effect::Plan { claim, open, without } => match local.plan(now_local, claim, open, &without).await {
                Ok(plan) => {
                    self.note_told(device, &plan.mutations).await?;
                    self.claimed(device, &plan.mutations);
                    if plan.stale.is_some() {
                        self.coverage.outbox("queued", "asked-about");
                        self.read_outbox(device).await?;
                    }
                    self.give(device, Input::Planned(plan));
                }
                Err(failure) => {
                    // Whatever it had claimed by then is in flight.
                    self.read_outbox(device).await?;
                    self.fail(device, failure);
                }
            },
            Effect::Send { attempt, mutations } => {
                let frames = mutations.chunks(limits::MUTATIONS_PER_BATCH_MAX).map(|batch| ClientFrame::Mutate(batch.to_vec()));
                self.send(device, attempt, frames.collect())?;
            }
            Effect::Cancel { attempt, ids } => {
                let frames = ids.chunks(limits::MUTATIONS_PER_BATCH_MAX).map(|batch| ClientFrame::Cancel(batch.to_vec()));
                self.send(device, attempt, frames.collect())?;
            }
            Effect::SessionEnded { end: Some(SessionEnd::AccountDeleted | SessionEnd::Deactivated) } => {
                let (at, life) = (self.now + self.fate.between(1, 400), self.devices[device].life);
                self.at(at, Event::LockedOut { device, life });
            }
            Effect::SessionEnded { .. } => {
                let at = self.now + self.net.between(500, 4_000);
                self.at(at, Event::SignIn { device });
            }
            // Nobody types in here.
            Effect::Report | Effect::CaughtUp | Effect::Stale(_) | Effect::Say { .. } | Effect::Signalled(_) | Effect::Present(_) => {}
        }
        Ok(())
    }

    async fn pull(&mut self, device: usize, attempt: u64, wants: Vec<Want>) {
        let limit = self.page(device);
        let Some(app) = self.app(device) else { return };
        match app.local.clone().pull(wants, limit).await {
            Ok(request) => self.ask(device, attempt, Question::Pull(request)),
            Err(failure) => self.give(device, Input::Pulled { attempt, result: Err(failure) }),
        }
    }

    /// Rows of the next page.
    fn page(&mut self, device: usize) -> u32 {
        let few = self.devices[device].troubles.small_pages_until > self.now;
        if few { u32::try_from(self.net.between(1, 4)).unwrap_or(1) } else { self.devices[device].page }
    }

    async fn apply(&mut self, device: usize, batch: Apply, now_local: i64) -> Result<()> {
        let Some(app) = self.app(device) else { return Ok(()) };
        let acked = batch.acked.clone();
        let heads = batch.heads.clone();
        let local = app.local.clone();
        let applied = local.apply(batch, now_local).await;
        match applied {
            Ok(applied) => {
                self.acknowledged(device, &acked);
                self.ended(&applied.taken_back);
                if acked.is_empty() && applied.outbox_changed {
                    // Out of a conversation: its marks are gone.
                    self.drop_replaced(device, None).await?;
                }
                // What was taken back may have another id now, and others that needed it have failed.
                if !applied.taken_back.is_empty() || acked.iter().any(|acked| matches!(acked.outcome, Outcome::Applied(_))) {
                    // It may have outrun its copy, and waits in the outbox to be answered again.
                    self.read_outbox(device).await?;
                }
                self.note_missing(device, &acked).await?;
                if heads.is_some() {
                    self.note_replayed(device).await?;
                }
                self.give(device, Input::Applied);
                self.watch_replica(device).await?;
                match heads {
                    Some(heads) => self.watch_unread(device, &heads).await,
                    None => Ok(()),
                }
            }
            Err(failure) => {
                self.fail(device, failure);
                Ok(())
            }
        }
    }

    fn give(&mut self, device: usize, input: Input) {
        if let Some(app) = self.app(device) {
            app.queue.push_back(input);
        }
    }

    /// The replica refused: as the driver does.
    fn fail(&mut self, device: usize, failure: Failure) {
        self.trace.line(self.now, format_args!("device {device}: {failure}"));
        if let Some(app) = self.app(device) {
            let attempt = app.engine.attempt();
            app.queue.push_back(Input::Closed { attempt, failure });
        }
    }

    fn dial(&mut self, device: usize, attempt: u64) {
        let life = self.devices[device].life;
        let Some(session) = self.devices[device].session else { return };
        self.lines_made += 1;
        let line = self.lines_made;
        let made = Line { device, life, attempt, wire: None, down_at: 0, up_at: 0, dead: false };
        self.lines.insert(line, made);
        if let Some(app) = self.app(device) {
            app.line = Some(line);
        }
        if self.is_cut_off(device) {
            return self.refuse_to_connect(device, line);
        }
        let at = self.now + self.lag(device);
        self.at(at, Event::Dial { device, life, attempt, line, session });
    }

    fn send(&mut self, device: usize, attempt: u64, frames: Vec<ClientFrame>) -> Result<()> {
        let Some(line) = self.app(device).and_then(|app| app.line) else { return Ok(()) };
        if self.lines.get(&line).is_none_or(|line| line.attempt != attempt) {
            return Ok(());
        }
        for frame in frames {
            let text = serde_json::to_string(&frame);
            let text = text.map_err(|error| Violation::broken("a client's frame", error))?;
            if self.is_cut_off(device) || self.lines.get(&line).is_some_and(|line| line.dead) {
                continue;
            }
            let soon = self.now + self.lag(device);
            let Some(line_state) = self.lines.get_mut(&line) else { continue };
            line_state.up_at = line_state.up_at.max(soon);
            let at = line_state.up_at;
            self.at(at, Event::Told { line, text });
        }
        Ok(())
    }

    /// A fault that struck this device alone, for the counts.
    pub(super) fn met(&mut self, device: usize, fault: Fault) {
        for (_, name) in self.under_way.iter().filter(|(victim, _)| *victim == device) {
            *self.coverage.deeds_met.entry((*name, fault)).or_default() += 1;
        }
        for id in self.devices[device].outbox.keys() {
            if let Some(made) = self.model.made.get(id) {
                *self.coverage.met.entry((made.intent.name(), fault)).or_default() += 1;
            }
        }
    }
}

/// An answer in a few words.
fn answer(input: &Input) -> String {
    fn said<T>(what: &str, result: &Result<T, Failure>) -> String {
        match result {
            Ok(_) => what.to_owned(),
            Err(failure) => format!("{what}: {failure}"),
        }
    }
    match input {
        Input::Heads { result, .. } => said("heads", result),
        Input::Pulled { result, .. } => said("pages", result),
        Input::History { result, .. } => said("history", result),
        Input::Digests { result, .. } => said("digests", result),
        Input::Profiles { result, .. } => said("profiles", result),
        Input::Closed { failure, .. } => format!("closed: {failure}"),
        _ => "a word".to_owned(),
    }
}
