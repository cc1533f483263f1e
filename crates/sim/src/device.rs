//! One device: an engine, its replica's file, and what the simulator remembers of both.

use crate::{
    violation::{Result, Violation},
    world::Forced,
};
use hearth_client::engine::{Engine, Input, Local};
use hearth_protocol::{
    Millis, blind,
    ids::{ConversationId, DeviceId, MutationId},
};
use hearth_replica::{Glance, OutboxState, Replica};
use hearth_server::inside::Session;
use std::{
    collections::{BTreeMap, VecDeque},
    path::PathBuf,
};

pub struct Device {
    /// Whose it is: an index of the people.
    pub person: usize,
    pub id: DeviceId,
    pub session: Option<Session>,
    pub path: PathBuf,
    /// Counts the lives of the app: what belongs to an earlier one is dropped.
    pub life: u64,
    pub app: Option<App>,
    /// The outbox as the simulator believes it to be.
    pub outbox: BTreeMap<MutationId, OutboxState>,
    /// Counts what was made here.
    pub made: u64,
    /// This device's clock less the world's.
    pub clock_ms: Millis,
    /// It has jumped.
    pub clock_jumped: bool,
    pub troubles: Troubles,
    /// Of how many changes of the server the last answered heads knew.
    pub heads_as_of: u64,
    /// What the replica showed after the last write.
    pub glance: Glance,
    /// Newest messages in a first copy, and rows of a page.
    pub tail: u32,
    pub page: u32,
    /// First copies take their time to this one: frames outrun them.
    pub slow_copies: bool,
    /// The row kind that its build lacks.
    pub lacks: Option<&'static str>,
    /// It has lost a message behind its own back, and has not noticed yet.
    pub rotten: bool,
    /// What a power cut cannot take.
    pub forced: Forced,
}

/// The running app.
pub struct App {
    pub engine: Engine,
    pub replica: Replica,
    pub local: Local,
    pub queue: VecDeque<Input>,
    /// The conversation on the screen.
    pub open: Option<ConversationId>,
    /// The connection that the app holds or opens.
    pub line: Option<u64>,
    /// When a tick is on its way.
    pub tick_at: Option<u64>,
}

/// What is wrong with a device, and until when.
#[derive(Default)]
pub struct Troubles {
    pub slow_until: u64,
    pub cut_off_until: u64,
    pub late_answers_until: u64,
    pub slow_history_until: u64,
    pub lossy_until: u64,
    pub deaf_until: u64,
    pub small_pages_until: u64,
    /// Half of the pushed rows get lost on their way to it, and copies are here after them.
    pub holey_until: u64,
    /// The app is killed after so many more effects.
    pub crash_after: Option<u64>,
}

impl Device {
    /// Opens the file and gives it an engine that has not started.
    pub async fn open(&mut self) -> Result<()> {
        blind::forget(self.lacks);
        let replica = Replica::open_plain(&self.path).await;
        blind::forget(None);
        let replica = replica.map_err(|error| Violation::broken("a replica's opening", error))?;
        self.life += 1;
        let local = Local::with_tail(replica.clone(), self.tail);
        self.app = Some(App { engine: Engine::default(), replica, local, queue: VecDeque::new(), open: None, line: None, tick_at: None });
        Ok(())
    }

    /// Ends the app; its file stays.
    pub async fn close(&mut self) {
        if let Some(app) = self.app.take() {
            drop(app.local);
            app.replica.close().await;
        }
        self.life += 1;
    }
}

/// A trouble-free device has none of them.
impl Troubles {
    pub fn end(&mut self) {
        *self = Self::default();
    }
}
