//! The only loop: takes inputs one at a time, steps the engine, performs its effects.
//!
//! Everything that touches the replica happens here, in order; everything that waits for the network is a task that comes back as an input.

use super::{
    effect::Effect,
    input::{Input, Moment, Screen},
    local::{Local, Place},
    socket::{Greeting, Socket},
    state::Engine,
};
use crate::{
    api::{Api, Failure, SessionEnd},
    client::lock,
    view::Connection,
};
use hearth_protocol::{
    Millis,
    ephemeral::EphemeralFrom,
    frame::ClientFrame,
    ids::{ConversationId, DeviceId, UserId},
    limits,
    presence::PresenceOf,
    rows::NotificationRow,
    sync::{HeadsRequest, Want},
};
use hearth_replica::{Applied, Apply, NewMessage, Replica, TakenBack};
use std::{
    collections::{BTreeSet, VecDeque},
    sync::Mutex,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use tokio::{sync::mpsc, task::JoinHandle, time::Instant};

/// Inputs waiting for the loop; a full queue slows the socket's reader, and so the server.
const INPUTS_MAX: usize = 256;
/// News waiting for whoever watches.
const NEWS_MAX: usize = 1_024;
/// The clock on the wall ran this much further than ours: the computer slept.
const SLEPT_MS: i64 = 5_000;

/// What the engine tells the rest of the client.
#[derive(Debug)]
pub enum Happened {
    Connection(Connection),
    /// The replica changed.
    Changed(Changed),
    CaughtUp,
    /// Somebody else does something at this moment, such as typing.
    Signalled(EphemeralFrom),
    /// How people are here whom the window shows.
    Present(Vec<PresenceOf>),
    /// The token is worth nothing any more; `end` says why, if that is known.
    SessionEnded {
        end: Option<SessionEnd>,
    },
}

/// What one write to the replica changed.
#[derive(Debug, Default)]
pub struct Changed {
    /// Their lines or timelines look different now.
    pub conversations: BTreeSet<ConversationId>,
    /// What people tell of themselves, or what I say of me, is different now.
    pub people: bool,
    /// My groups, who is in them or what waits to change them is different now.
    pub groups: bool,
    /// My devices, or what waits to change them, are different now.
    pub devices: bool,
    /// My contacts, requests and blocks, or what waits to change them, are different now.
    pub friends: bool,
    /// My collections, what is in them, or what waits to change that, is different now.
    pub collections: bool,
    /// What I am told of is different now.
    pub inbox: bool,
    /// What of that came just now.
    pub told: Vec<NotificationRow>,
    /// Messages of others, seen for the first time.
    pub messages: Vec<NewMessage>,
    /// False for what was missed while away.
    pub live: bool,
    /// What the person wanted back, and what became of it.
    pub taken_back: Vec<TakenBack>,
}

/// Talks to a running [`Driver`].
#[derive(Debug)]
pub struct EngineHandle {
    inputs: mpsc::Sender<Input>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl EngineHandle {
    /// The outbox has something new.
    pub async fn enqueued(&self) {
        self.give(Input::Enqueued).await;
    }

    /// The person writes something in this conversation.
    pub async fn typing(&self, conversation: ConversationId) {
        self.give(Input::Typing(conversation)).await;
    }

    /// Whom the window shows, and whether anybody touches it.
    pub async fn screen(&self, screen: Screen) {
        self.give(Input::Screen(screen)).await;
    }

    /// Try now.
    pub async fn wake(&self) {
        self.give(Input::Wake).await;
    }

    pub async fn opened(&self, conversation: Option<ConversationId>) {
        self.give(Input::Opened(conversation)).await;
    }

    /// Ends the loop and closes the socket; returns once nothing writes to the replica any more.
    pub async fn stop(&self) {
        self.give(Input::Stop).await;
        let task = lock(&self.task).take();
        if let Some(task) = task {
            // A panic in the loop was logged where it happened.
            let _ = task.await;
        }
    }

    async fn give(&self, input: Input) {
        // After a stop there is nobody to tell.
        let _ = self.inputs.send(input).await;
    }
}

pub struct Driver {
    engine: Engine,
    local: Local,
    api: Api,
    device: DeviceId,
    /// Inputs that effects gave rise to: before anything from outside.
    queue: VecDeque<Input>,
    inputs: mpsc::Receiver<Input>,
    sender: mpsc::Sender<Input>,
    news: mpsc::Sender<Happened>,
    socket: Option<Socket>,
    started: Instant,
    /// The wall clock less ours, when last looked at.
    clock_offset: Millis,
}

impl Driver {
    /// Starts to sync the replica with the server. The receiver hears what happens; drop it only after [`EngineHandle::stop`].
    pub fn start(replica: Replica, api: Api, device: DeviceId) -> (EngineHandle, mpsc::Receiver<Happened>) {
        let (sender, inputs) = mpsc::channel(INPUTS_MAX);
        let (news, happened) = mpsc::channel(NEWS_MAX);
        let driver = Self {
            engine: Engine::default(),
            local: Local::new(replica),
            api,
            device,
            queue: VecDeque::from([Input::Start]),
            inputs,
            sender: sender.clone(),
            news,
            socket: None,
            started: Instant::now(),
            clock_offset: wall_ms(),
        };
        let task = tokio::spawn(driver.run());
        (EngineHandle { inputs: sender, task: Mutex::new(Some(task)) }, happened)
    }

    async fn run(mut self) {
        while let Some(input) = self.next().await {
            let stopping = matches!(input, Input::Stop);
            let moment = Moment { now: self.now(), random: random() };
            for effect in self.engine.step(moment, input) {
                self.perform(effect).await;
            }
            if stopping {
                break;
            }
        }
    }

    async fn next(&mut self) -> Option<Input> {
        if let Some(input) = self.queue.pop_front() {
            return Some(input);
        }
        loop {
            let deadline = self.engine.deadline().map(|ms| self.started + Duration::from_millis(ms));
            let look_again = Instant::now() + Duration::from_secs(1);
            let wake = deadline.map_or(look_again, |deadline| deadline.min(look_again));
            tokio::select! {
                input = self.inputs.recv() => return input,
                () = tokio::time::sleep_until(wake) => {
                    if self.slept() {
                        return Some(Input::Wake);
                    }
                    if deadline.is_some_and(|deadline| deadline <= Instant::now()) {
                        return Some(Input::Tick);
                    }
                }
            }
        }
    }

    /// True once after the computer slept: timers stood still, and the connection is most likely dead.
    fn slept(&mut self) -> bool {
        let offset = wall_ms() - Millis::try_from(self.now()).unwrap_or(Millis::MAX);
        let jumped = offset - self.clock_offset > SLEPT_MS;
        self.clock_offset = offset;
        jumped
    }

    async fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Connect { attempt } => self.connect(attempt).await,
            Effect::Disconnect => self.socket = None,
            Effect::Welcomed { epoch, now_server } => {
                let welcomed = self.local.welcome(epoch, now_server, wall_ms()).await;
                if let Some(applied) = self.or_fail(welcomed) {
                    self.tell_applied(applied, false).await;
                }
            }
            Effect::Heads { attempt } => self.fetch_heads(attempt).await,
            Effect::Pull { attempt, wants } => self.pull(attempt, wants).await,
            Effect::History { attempt, conversation, before_pos, limit } => {
                let api = self.api.clone();
                self.spawn(async move {
                    let result = api.history(conversation, before_pos, limit).await;
                    Input::History { attempt, conversation, before_pos, result }
                });
            }
            Effect::Apply { batch, live } => self.apply(*batch, live).await,
            Effect::Plan { claim, open, without } => {
                let plan = self.local.plan(wall_ms(), claim, open, &without).await;
                if let Some(plan) = self.or_fail(plan) {
                    self.queue.push_back(Input::Planned(plan));
                }
            }
            Effect::Send { attempt, mutations } => {
                let frames = mutations.chunks(limits::MUTATIONS_PER_BATCH_MAX).map(|batch| ClientFrame::Mutate(batch.to_vec()));
                self.say(attempt, frames.collect()).await;
            }
            Effect::Cancel { attempt, ids } => {
                let frames = ids.chunks(limits::MUTATIONS_PER_BATCH_MAX).map(|batch| ClientFrame::Cancel(batch.to_vec()));
                self.say(attempt, frames.collect()).await;
            }
            Effect::Stale(conversations) => {
                self.tell(Happened::Changed(Changed { conversations, ..Changed::default() })).await;
            }
            Effect::Check { attempt } => self.check(attempt).await,
            Effect::Profiles { attempt, after } => self.ask_profiles(attempt, after).await,
            Effect::Say { attempt, frame } => {
                if let Some(socket) = self.socket.as_ref().filter(|socket| socket.attempt == attempt) {
                    socket.send(frame).await;
                }
            }
            Effect::Signalled(from) => self.tell(Happened::Signalled(from)).await,
            Effect::Present(people) => self.tell(Happened::Present(people)).await,
            Effect::Report => self.tell(Happened::Connection(self.engine.connection(self.now()))).await,
            Effect::CaughtUp => self.tell(Happened::CaughtUp).await,
            Effect::SessionEnded { end } => self.tell(Happened::SessionEnded { end }).await,
        }
    }

    /// What cannot be said any more goes with the next connection.
    async fn say(&self, attempt: u64, frames: Vec<ClientFrame>) {
        if let Some(socket) = self.socket.as_ref().filter(|socket| socket.attempt == attempt) {
            for frame in frames {
                socket.send(frame).await;
            }
            self.tell(Happened::Changed(Changed::default())).await;
        }
    }

    async fn connect(&mut self, attempt: u64) {
        if let Some(Place { epoch, watermark }) = self.place().await {
            let greeting = Greeting { device: self.device, epoch, watermark };
            self.socket = Some(Socket::open(self.api.clone(), attempt, greeting, self.sender.clone()));
        }
    }

    async fn fetch_heads(&mut self, attempt: u64) {
        if let Some(Place { epoch, watermark }) = self.place().await {
            let api = self.api.clone();
            self.spawn(async move { Input::Heads { attempt, result: api.heads(&HeadsRequest { epoch, watermark }).await } });
        }
    }

    async fn pull(&mut self, attempt: u64, wants: Vec<Want>) {
        match self.local.pull(wants, limits::ROWS_PER_PAGE_MAX).await {
            Ok(request) => {
                let api = self.api.clone();
                self.spawn(async move { Input::Pulled { attempt, result: api.pull(&request).await } });
            }
            Err(failure) => self.queue.push_back(Input::Pulled { attempt, result: Err(failure) }),
        }
    }

    async fn check(&mut self, attempt: u64) {
        let question = self.local.segments(wall_ms()).await;
        if let Some(question) = self.or_fail(question)
            && !question.segments.is_empty()
        {
            let api = self.api.clone();
            self.spawn(async move {
                let result = api.digests(&question).await;
                Input::Digests { attempt, segments: question.segments, result }
            });
        }
    }

    async fn ask_profiles(&mut self, attempt: u64, after: Option<UserId>) {
        match self.local.profiles(after).await {
            Ok(question) => {
                let api = self.api.clone();
                self.spawn(async move { Input::Profiles { attempt, after, result: api.profiles(&question).await } });
            }
            Err(failure) => self.queue.push_back(Input::Profiles { attempt, after, result: Err(failure) }),
        }
    }

    async fn apply(&mut self, batch: Apply, live: bool) {
        let applied = self.local.apply(batch, wall_ms()).await;
        if let Some(applied) = self.or_fail(applied) {
            self.queue.push_back(Input::Applied);
            self.tell_applied(applied, live).await;
        }
    }

    async fn tell_applied(&self, applied: Applied, live: bool) {
        let own = applied.devices || applied.friends || applied.collections || applied.inbox;
        let news = applied.people || applied.groups || own;
        if !applied.conversations.is_empty() || applied.outbox_changed || news {
            let Applied { conversations, people, groups, devices, friends, collections, inbox, told, taken_back, .. } = applied;
            let messages = applied.new_messages;
            self.tell(Happened::Changed(Changed {
                conversations,
                people,
                groups,
                devices,
                friends,
                collections,
                inbox,
                told,
                messages,
                live,
                taken_back,
            }))
            .await;
        }
    }

    async fn place(&mut self) -> Option<Place> {
        let place = self.local.place().await;
        self.or_fail(place)
    }

    /// A replica that cannot be used ends the connection: it is tried again later, with words for the person.
    fn or_fail<T>(&mut self, result: Result<T, Failure>) -> Option<T> {
        result
            .map_err(|failure| {
                tracing::error!(%failure, "the replica refused");
                self.queue.push_back(Input::Closed { attempt: self.engine.attempt(), failure });
            })
            .ok()
    }

    fn spawn(&self, work: impl Future<Output = Input> + Send + 'static) {
        let sender = self.sender.clone();
        tokio::spawn(async move {
            // The loop may have ended meanwhile.
            let _ = sender.send(work.await).await;
        });
    }

    async fn tell(&self, happened: Happened) {
        // Whoever watched may be gone; syncing goes on.
        let _ = self.news.send(happened).await;
    }

    fn now(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Milliseconds since 1970 by this computer's clock: for what is shown as local time, never for order.
pub fn wall_ms() -> Millis {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX))
}

/// Uniform in [0, 1): jitter, nothing secret.
fn random() -> f64 {
    let bytes = uuid::Uuid::new_v4().as_u128() as u32;
    f64::from(bytes) / (f64::from(u32::MAX) + 1.0)
}
