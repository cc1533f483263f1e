//! Many sockets in one group, and how long a message takes to reach them.

use crate::{
    server::Hearthd,
    wire::{Guest, Wire, create_conversation, send_message},
};
use anyhow::{Context as _, Result, ensure};
use hearth_protocol::{frame::ServerFrame, ids::ConversationId};
use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

/// Sockets of one person; the server allows 50.
const SOCKETS_EACH: usize = 40;

/// People with sockets, all in one group; the first one speaks.
pub struct Crowd {
    pub guests: Vec<Guest>,
    pub group: ConversationId,
    pub speaker: Wire,
}

/// What a socket that is read has got.
#[derive(Debug, Default)]
pub struct Heard {
    pub rows: AtomicUsize,
    pub hints: AtomicUsize,
}

/// When each message was sent, and how long each took to each reader.
#[derive(Default)]
struct Times {
    sent: Mutex<Vec<Instant>>,
    took: Mutex<Vec<Duration>>,
}

impl Crowd {
    /// So many people in one group.
    pub async fn gather(server: &mut Hearthd, people: usize) -> Result<Self> {
        let mut guests = Vec::with_capacity(people);
        for number in 0..people {
            guests.push(Guest::sign_up(server, &format!("guest{number}")).await?);
        }
        let mut speaker = Wire::open(guests.first().context("a crowd of nobody")?).await?;
        let group = ConversationId::new();
        let members: Vec<_> = guests.iter().skip(1).map(|guest| guest.user).collect();
        speaker.mutate(vec![create_conversation(group, &members)?]).await?;
        speaker.acknowledged().await?;
        Ok(Self { guests, group, speaker })
    }

    /// For so many sockets.
    pub fn people_for(sockets: usize) -> usize {
        sockets.div_ceil(SOCKETS_EACH) + 1
    }

    /// The person of each socket, the speaker left out.
    pub fn owners(&self, sockets: usize) -> Vec<Guest> {
        let listeners = self.guests.get(1..).unwrap_or_default();
        (0..sockets).filter_map(|number| listeners.get(number % listeners.len().max(1)).cloned()).collect()
    }

    /// Says so many messages of so many signs, each a commit, and measures how long each takes to each of `sockets` quick readers.
    pub async fn measure(&mut self, sockets: usize, messages: usize, signs: usize) -> Result<Vec<Duration>> {
        let times = Arc::new(Times::default());
        let mut readers = JoinSet::new();
        for guest in self.owners(sockets) {
            let wire = Wire::open(&guest).await?;
            readers.spawn(listen(wire, times.clone(), messages));
        }
        // Three bytes each: the limit of a text counts signs.
        let filling = "火".repeat(signs);
        for number in 0..messages {
            let message = send_message(self.group, &format!("{number} {filling}"))?;
            times.sent.lock().unwrap_or_else(PoisonError::into_inner).push(Instant::now());
            self.speaker.mutate(vec![message]).await?;
            self.speaker.acknowledged().await?;
        }
        while let Some(read) = readers.join_next().await {
            read??;
        }
        let took = std::mem::take(&mut *times.took.lock().unwrap_or_else(PoisonError::into_inner));
        ensure!(took.len() == sockets * messages, "{} of {} frames arrived", took.len(), sockets * messages);
        Ok(took)
    }
}

/// Reads until it has all messages.
async fn listen(mut wire: Wire, times: Arc<Times>, messages: usize) -> Result<()> {
    let mut heard = 0;
    while heard < messages {
        if let ServerFrame::Rows(part) = wire.next().await? {
            let new = part.rows.len();
            let now = Instant::now();
            let sent = times.sent.lock().unwrap_or_else(PoisonError::into_inner).get(heard + new.saturating_sub(1)).copied();
            let took = sent.map(|sent| now.saturating_duration_since(sent)).context("a message arrived before it was sent")?;
            times.took.lock().unwrap_or_else(PoisonError::into_inner).extend(std::iter::repeat_n(took, new));
            heard += new;
        }
    }
    Ok(())
}

/// Reads whatever comes, slowly while `slow` is on, until the socket closes.
pub async fn read_on(guest: Guest, slow: Arc<AtomicBool>, heard: Arc<Heard>) -> Result<()> {
    let mut wire = Wire::open_slow(&guest, &slow).await?;
    loop {
        match wire.next().await? {
            ServerFrame::Rows(_) => drop(heard.rows.fetch_add(1, SeqCst)),
            ServerFrame::Hint { .. } => drop(heard.hints.fetch_add(1, SeqCst)),
            _ => {}
        }
    }
}
