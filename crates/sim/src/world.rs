//! The world: a queue of events in virtual time, and nothing that happens outside of it.

mod accounts;
mod check;
mod client;
mod collections;
mod deeds;
mod event;
mod farewells;
mod friends;
mod gone;
mod held;
mod minds;
mod network;
mod outbox;
mod persons;
mod plots;
mod power;
mod profiles;
mod reactions;
mod replay;
mod rot;
mod scheduled;
mod server;
mod sessions;
mod stars;
mod strike;
mod threads;
mod update;
mod versions;
mod watch;

pub use deeds::{Asking, Deed, Wish};
pub use event::{Event, Line, Question, Told};
pub use plots::Plot;
pub use power::Forced;

use crate::{
    bench::Bench,
    coverage::Coverage,
    device::{Device, Troubles},
    dice::Dice,
    fault::Fault,
    host::Host,
    model::Model,
    template::{ACTIVE_MAX, BEGIN_MS, Template},
    trace::Trace,
    violation::Result,
};
use hearth_protocol::{
    ids::{self, DeviceId, UserId},
    limits,
    rows::AccountRow,
};
use hearth_replica::Glance;
use hearth_server::inside::{Session, set_clock};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// Between two activities, on average.
const ACT_EVERY_MS: u64 = 400;
/// The log's reader and the heartbeat, as a server has them.
const TAIL_MS: u64 = 1_000;

/// What a seed is asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    pub seed: u64,
    /// Things that people do, in both halves together; `None`: as the seed says.
    pub actions: Option<usize>,
    /// Kinds of faults that do not happen.
    pub without: BTreeSet<Fault>,
}

/// Where a seed plays.
#[derive(Clone, Copy)]
pub struct Stage<'t> {
    pub template: &'t Template,
    pub bench: &'t Bench,
    /// For this seed alone.
    pub folder: &'t Path,
}

pub struct World<'t> {
    pub script: Script,
    stage: Stage<'t>,
    pub now: u64,
    ties: u64,
    events: BTreeMap<(u64, u64), Event>,
    /// Of these, what people and faults do: the activity that a phase waits for.
    busy: usize,
    host: Host,
    server_clock_ms: i64,
    server_clock_jumped: bool,
    people: Vec<AccountRow>,
    /// They have no devices; others write to them, and take them into groups.
    guests: Vec<AccountRow>,
    devices: Vec<Device>,
    lines: BTreeMap<u64, Line>,
    lines_made: u64,
    /// What the server has been told and not yet committed.
    inbox: Vec<(u64, Session, Told)>,
    commit_due: bool,
    crash: Option<Fault>,
    hints_lost_until: u64,
    busy_until: u64,
    /// Counts what the server has changed.
    changes: u64,
    pub model: Model,
    pub coverage: Coverage,
    pub trace: Trace,
    net: Dice,
    chance: Dice,
    calm_since: Option<u64>,
    numbers: usize,
    /// What people do to accounts has dice of its own: where they do nothing, everything is as it would be without.
    fate: Dice,
    has_wishes: bool,
    /// Who turns their account on again by signing in.
    returning: BTreeSet<UserId>,
    /// What is being done to accounts, and the device that a fault meets it on.
    under_way: Vec<(usize, &'static str)>,
}

impl<'t> World<'t> {
    pub async fn make(script: Script, stage: Stage<'t>, trace: Trace) -> Result<Self> {
        let seed = script.seed;
        let mut made = Dice::new(seed, 1);
        ids::set_source(Some(Box::new(move || made.uuid())));
        set_clock(Some(BEGIN_MS));
        let mut chance = Dice::new(seed, 2);
        let frames_max = usize::try_from(chance.between(2, 12)).unwrap_or(2);
        let host = Host::start(stage.folder, stage.template, frames_max).await?;
        let count = [1, 2, 2, 2, 3, 3, 3, 4, 4][chance.index(9)];
        let people = stage.template.people.iter().take(count).cloned().collect();
        let guests = stage.template.people.iter().skip(ACTIVE_MAX).take(chance.index(4)).cloned().collect();
        let mut fate = Dice::new(seed, 6);
        let mut world = Self {
            script,
            stage,
            now: 0,
            ties: 0,
            events: BTreeMap::new(),
            busy: 0,
            host,
            server_clock_ms: 0,
            server_clock_jumped: false,
            people,
            guests,
            devices: vec![],
            lines: BTreeMap::new(),
            lines_made: 0,
            inbox: vec![],
            commit_due: false,
            crash: None,
            hints_lost_until: 0,
            busy_until: 0,
            changes: 0,
            model: Model::default(),
            coverage: Coverage::default(),
            trace,
            net: Dice::new(seed, 3),
            chance,
            calm_since: None,
            numbers: 0,
            has_wishes: fate.percent(deeds::CHANCE_PERCENT),
            fate,
            returning: BTreeSet::new(),
            under_way: vec![],
        };
        world.settle_in().await?;
        Ok(world)
    }

    /// Groups, and everybody's first devices.
    async fn settle_in(&mut self) -> Result<()> {
        for _ in 0..self.chance.below(3) {
            self.add_group().await?;
        }
        for _ in 0..self.chance.below(3) {
            self.add_team().await?;
        }
        for person in 0..self.people.len() {
            self.add_device(person)?;
        }
        let more = self.chance.between(u64::from(self.people.len() == 1), 2);
        for _ in 0..more {
            let person = self.chance.index(self.people.len());
            self.add_device(person)?;
        }
        for device in 0..self.devices.len() {
            let at = self.chance.below(300);
            self.at(at, Event::SignIn { device });
        }
        self.at(TAIL_MS, Event::Tail);
        self.at(limits::HEARTBEAT_MS, Event::Beat);
        Ok(())
    }

    /// A device that has never been signed in.
    fn add_device(&mut self, person: usize) -> Result<usize> {
        let device = self.devices.len();
        let path = self.stage.folder.join(format!("device{device}-0.db"));
        self.stage.template.replica(&path)?;
        let tail = [2, 5, 50][self.chance.index(3)];
        let page = [1, 2, 4, limits::ROWS_PER_PAGE_MAX, limits::ROWS_PER_PAGE_MAX, limits::ROWS_PER_PAGE_MAX][self.chance.index(6)];
        let slow_copies = self.chance.percent(30);
        self.devices.push(Device {
            person,
            id: DeviceId(self.chance.uuid()),
            session: None,
            path,
            life: 0,
            app: None,
            outbox: BTreeMap::new(),
            made: 0,
            clock_ms: 0,
            clock_jumped: false,
            troubles: Troubles::default(),
            heads_as_of: 0,
            glance: Glance::default(),
            tail,
            page,
            slow_copies,
            lacks: None,
            rotten: false,
            forced: Forced::default(),
        });
        Ok(device)
    }

    /// Everything that a seed is: activity with faults, quiet, a look at everything; and all of it again.
    pub async fn run(&mut self) -> Result<()> {
        let actions = self.script.actions.unwrap_or_else(|| usize::try_from(Dice::new(self.script.seed, 4).between(8, 40)).unwrap_or(8));
        let kinds = self.kinds();
        self.trace.line(0, format_args!("faults: {}", kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ")));
        for (n, half) in [actions - actions / 2, actions / 2].into_iter().enumerate() {
            self.calm_since = None;
            self.schedule(half, &kinds);
            while self.busy > 0 {
                self.step().await?;
            }
            self.become_calm().await?;
            if n > 0 {
                self.call_back();
            }
            self.until_quiet().await?;
            self.rot().await?;
            self.check().await?;
        }
        Ok(())
    }

    /// The kinds of faults of this seed: a few at a time find more than all at once.
    fn kinds(&self) -> Vec<Fault> {
        let mut dice = Dice::new(self.script.seed, 5);
        let count = dice.between(1, 7);
        let mut kinds = vec![];
        for _ in 0..count {
            let kind = Fault::ALL[dice.index(Fault::ALL.len())];
            // A restored backup excuses losses: most seeds must do without it.
            if !kinds.contains(&kind) && (kind != Fault::Restore || dice.percent(50)) {
                kinds.push(kind);
            }
        }
        kinds
    }

    fn schedule(&mut self, actions: usize, kinds: &[Fault]) {
        let span = ACT_EVERY_MS * actions as u64;
        for _ in 0..actions {
            let number = self.numbers;
            self.numbers += 1;
            let mut dice = Dice::new(self.script.seed, 1_000 + number as u64);
            let at = self.now + dice.below(span);
            self.busy += 1;
            self.at(at, Event::Act(number));
            if let Some(fault) = dice.pick(kinds).copied()
                && dice.percent(45)
                && !self.script.without.contains(&fault)
            {
                let at = self.now + dice.below(span);
                self.busy += 1;
                self.at(at, Event::Strike { fault, number, victim: None });
            }
        }
        self.plan_wishes(span, actions);
    }

    /// The next event.
    pub async fn step(&mut self) -> Result<()> {
        let Some(((at, _), event)) = self.events.pop_first() else { return Ok(()) };
        self.now = self.now.max(at);
        self.coverage.events += 1;
        self.set_server_clock();
        match event {
            Event::Act(number) => {
                self.busy -= 1;
                self.act(number).await
            }
            Event::Strike { fault, number, victim } => {
                self.busy -= 1;
                self.strike(fault, number, victim).await
            }
            Event::Tick { device, life, at } => self.tick(device, life, at).await,
            Event::Reach { device, life, input } => self.reach(device, life, *input).await,
            Event::Deliver { line, frames } => self.deliver(line, frames).await,
            Event::Dial { device, life, attempt, line, session } => self.dialled(device, life, attempt, line, session).await,
            Event::Told { line, text } => self.told(line, &text),
            Event::HungUp { line } => {
                self.lines.remove(&line);
                Ok(())
            }
            Event::Asked { device, life, attempt, session, question } => self.asked(device, life, attempt, session, question).await,
            Event::Commit => self.commit().await,
            Event::Tail => self.tail().await,
            Event::Beat => self.beat().await,
            Event::Rise => self.rise().await,
            Event::SignIn { device } => self.sign_in(device).await,
            Event::SignOut { device, life, session } => self.signed_out(device, life, session).await,
            Event::Leave { device, life } => self.leave(device, life).await,
            Event::Reopen { device } => self.reopen(device).await,
            Event::More { device, life, intent } => self.more(device, life, *intent).await,
            Event::Update { device } => self.update(device).await,
            Event::Room { device, life } => self.make_room(device, life).await,
            Event::Plot(plot) => self.play(plot).await,
            Event::ServerWell => self.server_well(),
            Event::Wish => {
                self.busy -= 1;
                self.wish().await
            }
            Event::Deed(wish) => self.deed(wish).await,
            Event::Done { device, life, deed } => self.done(device, life, deed).await,
            Event::LockedOut { device, life } => self.locked_out(device, life).await,
            Event::Return { user } => self.come_back(user).await,
            Event::Erase => self.erase().await,
        }
    }

    pub fn at(&mut self, at: u64, event: Event) {
        self.ties += 1;
        self.events.insert((at.max(self.now), self.ties), event);
    }

    fn set_server_clock(&self) {
        set_clock(Some(BEGIN_MS + i64::try_from(self.now).unwrap_or(0) + self.server_clock_ms));
    }

    /// What a device takes for the time.
    fn wall(&self, device: usize) -> i64 {
        BEGIN_MS + i64::try_from(self.now).unwrap_or(0) + self.devices.get(device).map_or(0, |device| device.clock_ms)
    }

    fn user(&self, device: usize) -> UserId {
        self.people[self.devices[device].person].user
    }

    /// Closes every file; the world is over.
    pub async fn end(mut self) -> (Coverage, Trace) {
        for device in &mut self.devices {
            device.close().await;
        }
        self.lines.clear();
        self.host.stop().await;
        set_clock(None);
        ids::set_source(None);
        (self.coverage, self.trace)
    }
}
