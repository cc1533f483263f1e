//! A signed-in person: their replica, and the engine that keeps it in sync once there is a server to talk to.

use crate::{
    api::Api,
    client::lock,
    engine::{Driver, EngineHandle, Happened, Screen, wall_ms},
    folder::StoredServer,
    problem::DAMAGED,
    rules::Told,
    view::{Backfill, Connection, Me, Status},
};
use hearth_protocol::{
    Millis,
    ids::{ConversationId, DeviceId, UserId},
    presence::{Presence, PresenceOf},
};
use hearth_replica::Replica;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};
use tokio::sync::{Notify, mpsc, watch};

/// The replica's setting that names the conversation to show at the next start.
pub(crate) const LAST_CONVERSATION: &str = "last_conversation";

/// The replica's setting that says when every page of it was last looked at: local milliseconds, or null while the app
/// runs and after it ended without closing the replica.
pub(crate) const LOOKED_OVER: &str = "looked_over";

pub(crate) struct Session {
    pub user: UserId,
    /// With the name that waits to be sent, if there is one.
    me: Mutex<Me>,
    pub server: StoredServer,
    pub replica: Replica,
    /// The conversation that the person had open last.
    last: Mutex<Option<ConversationId>>,
    connection: Mutex<Connection>,
    screen: Mutex<Screen>,
    /// How those are here whom the window shows, as long as the server tells.
    presence: Mutex<BTreeMap<UserId, Presence>>,
    online: Mutex<Online>,
    looked_over: Mutex<Option<Millis>>,
    /// Why their person was told of the messages that came lately, or not.
    pub told: Mutex<Told>,
    /// Somebody met a page of the replica that is not as it was written.
    damaged: Notify,
    closed: watch::Sender<bool>,
}

enum Online {
    Not,
    Yes {
        api: Api,
        engine: Arc<EngineHandle>,
    },
    /// Closed for good: what comes late finds nothing to start.
    Closed,
}

impl Session {
    pub fn new(me: Me, server: StoredServer, replica: Replica, last: Option<ConversationId>) -> Self {
        Self {
            user: me.user,
            me: Mutex::new(me),
            server,
            replica,
            last: Mutex::new(last),
            connection: Mutex::new(Connection::Connecting),
            screen: Mutex::default(),
            presence: Mutex::default(),
            online: Mutex::new(Online::Not),
            looked_over: Mutex::new(None),
            told: Mutex::default(),
            damaged: Notify::new(),
            closed: watch::Sender::new(false),
        }
    }

    /// Who I am, as the person has it.
    pub fn me(&self) -> Me {
        lock(&self.me).clone()
    }

    /// Returns whether this is something new.
    pub fn set_me(&self, me: Me) -> bool {
        let mut mine = lock(&self.me);
        let other = *mine != me;
        *mine = me;
        other
    }

    /// Passes a result of the replica on; damage that shows in it is noticed, and healed by whoever waits for [`Session::damaged`].
    pub fn checked<T>(&self, result: Result<T, hearth_replica::Error>) -> Result<T, hearth_replica::Error> {
        if matches!(result, Err(hearth_replica::Error::Damaged(_))) {
            self.damaged.notify_one();
        }
        result
    }

    /// Resolves when damage was noticed.
    pub async fn damaged(&self) {
        self.damaged.notified().await;
    }

    /// Resolves when the session is being closed.
    pub async fn closed(&self) {
        // The sender lives as long as `self`: waiting cannot fail.
        let _ = self.closed.subscribe().wait_for(|closed| *closed).await;
    }

    /// Every page of the replica was right at this local time.
    pub fn set_looked_over(&self, at: Millis) {
        *lock(&self.looked_over) = Some(at);
    }

    /// The conversation to show first.
    pub fn last(&self) -> Option<ConversationId> {
        *lock(&self.last)
    }

    /// Starts the engine; `None` when the session was closed meanwhile.
    pub async fn go_online(&self, api: Api, device: DeviceId) -> Option<mpsc::Receiver<Happened>> {
        let mut online = lock(&self.online);
        if !matches!(*online, Online::Not) {
            return None;
        }
        let (engine, happened) = Driver::start(self.replica.clone(), api.clone(), device);
        *online = Online::Yes { api, engine: Arc::new(engine) };
        Some(happened)
    }

    /// The server's API with this session's token, once the server is known.
    pub fn api(&self) -> Option<Api> {
        match &*lock(&self.online) {
            Online::Yes { api, .. } => Some(api.clone()),
            _ => None,
        }
    }

    pub fn connection(&self) -> Connection {
        lock(&self.connection).clone()
    }

    /// True if nobody knows any more how anybody is here.
    pub fn set_connection(&self, connection: Connection) -> bool {
        if matches!(&connection, Connection::Offline { problem: Some(problem), .. } if problem.code == DAMAGED) {
            self.damaged.notify_one();
        }
        let connected = matches!(connection, Connection::CatchingUp | Connection::Live);
        *lock(&self.connection) = connection;
        !connected && !std::mem::take(&mut *lock(&self.presence)).is_empty()
    }

    pub fn set_presence(&self, people: Vec<PresenceOf>) {
        lock(&self.presence).extend(people.into_iter().map(|of| (of.user, of.presence)));
    }

    /// `None` when the server does not tell.
    pub fn presence(&self, user: UserId) -> Option<Presence> {
        lock(&self.presence).get(&user).copied().filter(|presence| *presence != Presence::Unknown)
    }

    /// These people are on the screen now, and nobody else.
    pub async fn show(&self, people: Vec<UserId>) {
        lock(&self.presence).retain(|user, _| people.contains(user));
        lock(&self.screen).people = people;
        self.tell_screen().await;
    }

    /// Nobody has touched the window for a while.
    pub fn is_idle(&self) -> bool {
        lock(&self.screen).idle
    }

    pub async fn set_idle(&self, idle: bool) {
        lock(&self.screen).idle = idle;
        self.tell_screen().await;
    }

    /// Once more, as the engine may be a new one.
    pub async fn tell_screen(&self) {
        if let Some(engine) = self.engine() {
            let screen = lock(&self.screen).clone();
            engine.screen(screen).await;
        }
    }

    /// The outbox has something new.
    pub async fn enqueued(&self) {
        if let Some(engine) = self.engine() {
            engine.enqueued().await;
        }
    }

    pub async fn typing(&self, conversation: ConversationId) {
        if let Some(engine) = self.engine() {
            engine.typing(conversation).await;
        }
    }

    /// Try now.
    pub async fn wake(&self) {
        if let Some(engine) = self.engine() {
            engine.wake().await;
        }
    }

    /// The person looks at this conversation: its history goes first, and the next start shows it.
    pub async fn opened(&self, conversation: Option<ConversationId>) {
        if let Some(engine) = self.engine() {
            engine.opened(conversation).await;
        }
        let Some(conversation) = conversation else { return };
        let moved = lock(&self.last).replace(conversation) != Some(conversation);
        if moved && let Err(error) = self.replica.set_setting(LAST_CONVERSATION, &conversation).await {
            tracing::warn!(%error, "the open conversation is not kept");
        }
    }

    /// What the foot of the list shows; counts that cannot be read are shown as none and logged.
    pub async fn status(&self, mentions_break_mute: bool) -> Status {
        let counted = async {
            let progress = self.replica.backfill_progress().await?;
            let outbox = self.replica.outbox_count().await?;
            let now = wall_ms();
            let muted = if mentions_break_mute { self.replica.muted_mentions(now).await? } else { 0 };
            Ok::<_, hearth_replica::Error>(Status {
                connection: self.connection(),
                backfill: Backfill { complete: progress.complete, conversations: progress.conversations, messages: progress.messages },
                outbox: outbox.all,
                outbox_failed: outbox.failed,
                unread: self.replica.total_unread(now).await?.saturating_add(muted),
                for_me: self.replica.unread_for_me(now).await?.saturating_add(muted),
            })
        };
        counted.await.unwrap_or_else(|error| {
            if matches!(error, hearth_replica::Error::Closed) {
                return Status { connection: self.connection(), ..Status::default() };
            }
            tracing::error!(%error, "status unreadable");
            Status { connection: self.connection(), ..Status::default() }
        })
    }

    /// Stops the engine and closes the replica.
    pub async fn close(&self) {
        let online = std::mem::replace(&mut *lock(&self.online), Online::Closed);
        if let Online::Yes { engine, .. } = online {
            engine.stop().await;
        }
        self.closed.send_replace(true);
        let looked_over = *lock(&self.looked_over);
        if let Some(at) = looked_over
            && let Err(error) = self.replica.set_setting(LOOKED_OVER, &Some(at)).await
        {
            tracing::info!(%error, "the next start will look the replica over");
        }
        self.replica.clone().close().await;
    }

    fn engine(&self) -> Option<Arc<EngineHandle>> {
        match &*lock(&self.online) {
            Online::Yes { engine, .. } => Some(engine.clone()),
            _ => None,
        }
    }
}
