//! The load generator: senders with a bound on what is in flight, receivers that count. It shares the machine with the server, so it
//! reads frames no further than it must.

use crate::people::{Socket, message};
use anyhow::{Context as _, Result, bail};
use futures::{SinkExt as _, StreamExt as _, stream::SplitSink};
use hearth_protocol::{
    frame::ClientFrame,
    ids::{ConversationId, MutationId},
    mutation::Mutation,
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use tokio::{
    sync::{Notify, Semaphore, mpsc},
    task::JoinSet,
};
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;

/// What stands before a message's id in every frame that carries its row.
const ID_FOLLOWS: &str = "\"data\":{\"id\":\"";
/// Nothing was delivered for so long: something is lost.
const PATIENCE: Duration = Duration::from_secs(60);

/// Follows every message of one run from the writing to the last receiver.
pub struct Ledger {
    began: Instant,
    /// Tells this run's ids from those of others.
    run: u8,
    /// Nanoseconds after `began` at which each was written, and at which the last receiver had it.
    written: Vec<AtomicU64>,
    received: Vec<AtomicU64>,
    /// Receivers that each still waits for, and its author's acknowledgement.
    receivers_left: Vec<AtomicU32>,
    steps_left: Vec<AtomicU32>,
    done: AtomicU64,
    gates: Vec<Semaphore>,
    finished: Notify,
}

impl Ledger {
    /// For `messages` written in turn by `senders`, each with so many in flight, each message read by so many.
    pub fn new(run: u8, messages: usize, senders: usize, in_flight: usize, receivers: u32) -> Arc<Self> {
        Arc::new(Self {
            began: Instant::now(),
            run,
            written: (0..messages).map(|_| AtomicU64::new(0)).collect(),
            received: (0..messages).map(|_| AtomicU64::new(0)).collect(),
            receivers_left: (0..messages).map(|_| AtomicU32::new(receivers)).collect(),
            steps_left: (0..messages).map(|_| AtomicU32::new(receivers + 1)).collect(),
            done: AtomicU64::new(0),
            gates: (0..senders).map(|_| Semaphore::new(in_flight)).collect(),
            finished: Notify::new(),
        })
    }

    /// The id of a message: time-ordered as a client's, with its number at the end.
    fn id(&self, n: usize) -> MutationId {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_millis());
        MutationId(Uuid::from_u128((now << 80) | (7 << 76) | (0b10 << 62) | (u128::from(self.run) << 40) | n as u128))
    }

    /// The numbers of this run's messages in a frame.
    fn numbers<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        text.match_indices(ID_FOLLOWS).filter_map(|(at, _)| {
            let start = at + ID_FOLLOWS.len();
            let tail = u64::from_str_radix(text.get(start + 24..start + 36)?, 16).ok()?;
            (tail >> 40 == u64::from(self.run)).then_some((tail & 0xff_ffff_ffff) as usize)
        })
    }

    fn nanos(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    fn receive(&self, n: usize) {
        if self.receivers_left.get(n).is_some_and(|left| left.fetch_sub(1, Relaxed) == 1)
            && let Some(at) = self.received.get(n)
        {
            at.store(self.nanos(), Relaxed);
        }
        self.step(n);
    }

    /// One of its receivers has it, or its author knows that it is durable.
    fn step(&self, n: usize) {
        if self.steps_left.get(n).is_none_or(|left| left.fetch_sub(1, Relaxed) != 1) {
            return;
        }
        if let Some(gate) = self.gates.get(n % self.gates.len()) {
            gate.add_permits(1);
        }
        if self.done.fetch_add(1, Relaxed) + 1 == self.written.len() as u64 {
            self.finished.notify_one();
        }
    }

    /// From just before the writing to the last receiver's parse, in ms.
    pub fn latencies_ms(&self) -> impl Iterator<Item = f64> {
        self.written.iter().zip(&self.received).map(|(from, to)| to.load(Relaxed).saturating_sub(from.load(Relaxed)) as f64 / 1e6)
    }
}

/// Sockets that stay open over several runs.
pub struct Crowd {
    senders: Vec<mpsc::UnboundedSender<Vec<(usize, Mutation)>>>,
    /// The run that is on, told to every socket's reader.
    current: Arc<tokio::sync::watch::Sender<Arc<Ledger>>>,
    tasks: JoinSet<Result<()>>,
}

impl Crowd {
    pub fn new(senders: Vec<Socket>, receivers: Vec<Socket>) -> Self {
        let current = Arc::new(tokio::sync::watch::Sender::new(Ledger::new(0, 0, 1, 1, 1)));
        let mut tasks = JoinSet::new();
        let mut ways = Vec::with_capacity(senders.len());
        for socket in senders {
            let (way, waiting) = mpsc::unbounded_channel();
            let (sink, stream) = socket.split();
            ways.push(way);
            tasks.spawn(write(sink, waiting, current.subscribe()));
            tasks.spawn(read(stream, current.subscribe(), true));
        }
        for socket in receivers {
            tasks.spawn(read(socket, current.subscribe(), false));
        }
        Self { senders: ways, current, tasks }
    }

    /// Writes every message of a run, each sender as fast as its gate lets it; returns the seconds until all are everywhere.
    pub async fn runs(
        &mut self,
        ledger: &Arc<Ledger>,
        text: impl Fn(usize) -> String,
        place: impl Fn(usize) -> ConversationId,
    ) -> Result<f64> {
        self.current.send_replace(ledger.clone());
        let senders = self.senders.len();
        let texts: Vec<(usize, Mutation)> =
            (0..ledger.written.len()).map(|n| (n, Mutation::new(ledger.id(n), message(place(n), text(n))))).collect();
        let mut lanes: Vec<Vec<(usize, Mutation)>> = vec![Vec::new(); senders];
        for (n, mutation) in texts {
            if let Some(lane) = lanes.get_mut(n % senders) {
                lane.push((n, mutation));
            }
        }
        let started = Instant::now();
        let feeding = lanes.into_iter().zip(&self.senders).enumerate().map(|(at, (lane, way))| feed(ledger.clone(), at, lane, way.clone()));
        let feeding = futures::future::try_join_all(feeding);
        self.until_finished(ledger, feeding).await?;
        Ok(started.elapsed().as_secs_f64())
    }

    /// Writes a run's messages one by one, so far apart.
    pub async fn paces(
        &mut self,
        ledger: &Arc<Ledger>,
        apart: Duration,
        text: impl Fn(usize) -> String,
        place: impl Fn(usize) -> ConversationId,
    ) -> Result<()> {
        self.current.send_replace(ledger.clone());
        let ways = self.senders.clone();
        let feeding = async {
            let mut clock = tokio::time::interval(apart);
            for n in 0..ledger.written.len() {
                clock.tick().await;
                let mutation = Mutation::new(ledger.id(n), message(place(n), text(n)));
                ways.get(n % ways.len()).context("a sender")?.send(vec![(n, mutation)])?;
            }
            Ok(vec![])
        };
        self.until_finished(ledger, feeding).await
    }

    async fn until_finished(&mut self, ledger: &Ledger, feeding: impl Future<Output = Result<Vec<()>>>) -> Result<()> {
        tokio::pin!(feeding);
        let mut fed = false;
        let mut before = u64::MAX;
        loop {
            tokio::select! {
                () = ledger.finished.notified() => return Ok(()),
                done = &mut feeding, if !fed => {
                    done?;
                    fed = true;
                }
                Some(ended) = self.tasks.join_next() => {
                    ended??;
                    bail!("a socket was closed in the middle of the run");
                }
                () = tokio::time::sleep(PATIENCE) => {
                    let done = ledger.done.load(Relaxed);
                    if done == before {
                        bail!("{done} of {} messages arrived, then no more", ledger.written.len());
                    }
                    before = done;
                }
            }
        }
    }
}

/// Hands over a sender's messages as far as its gate is open, as many at once as may go.
async fn feed(
    ledger: Arc<Ledger>,
    at: usize,
    lane: Vec<(usize, Mutation)>,
    way: mpsc::UnboundedSender<Vec<(usize, Mutation)>>,
) -> Result<()> {
    let gate = ledger.gates.get(at).context("a sender without a gate")?;
    let mut lane = lane.into_iter().peekable();
    while lane.peek().is_some() {
        gate.acquire().await?.forget();
        let mut frame: Vec<(usize, Mutation)> = lane.next().into_iter().collect();
        while lane.peek().is_some()
            && let Ok(permit) = gate.try_acquire()
        {
            permit.forget();
            frame.extend(lane.next());
        }
        way.send(frame)?;
    }
    Ok(())
}

type Current = tokio::sync::watch::Receiver<Arc<Ledger>>;

async fn write(
    mut sink: SplitSink<Socket, Message>,
    mut waiting: mpsc::UnboundedReceiver<Vec<(usize, Mutation)>>,
    current: Current,
) -> Result<()> {
    while let Some(frame) = waiting.recv().await {
        let ledger = current.borrow().clone();
        let (numbers, mutations): (Vec<usize>, Vec<Mutation>) = frame.into_iter().unzip();
        let text = serde_json::to_string(&ClientFrame::Mutate(mutations))?;
        let now = ledger.nanos();
        for n in numbers {
            if let Some(written) = ledger.written.get(n) {
                written.store(now, Relaxed);
            }
        }
        sink.send(Message::text(text)).await?;
    }
    Ok(())
}

/// A sender's socket counts acknowledgements, a receiver's the rows that are pushed.
async fn read<S>(mut stream: S, current: Current, sender: bool) -> Result<()>
where
    S: futures::Stream<Item = Result<Message, tokio_tungstenite::tungstenite::Error>> + Unpin,
{
    while let Some(frame) = stream.next().await {
        let frame = frame?;
        let Message::Text(text) = &frame else { continue };
        let acked = text.starts_with("{\"acked\"");
        if acked && text.contains("\"refused\"") {
            bail!("the server refused a message: {text}");
        }
        if acked != sender {
            continue;
        }
        let ledger = current.borrow().clone();
        for n in ledger.numbers(text) {
            if sender {
                ledger.step(n);
            } else {
                ledger.receive(n);
            }
        }
    }
    Ok(())
}
