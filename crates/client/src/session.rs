//! A signed-in person: their replica, and the engine that keeps it in sync once there is a server to talk to.

use crate::{
    api::Api,
    client::lock,
    engine::{Driver, EngineHandle, Happened},
    profile::StoredServer,
    view::{Backfill, Connection, Me, Status},
};
use hearth_protocol::ids::{ConversationId, DeviceId};
use hearth_replica::Replica;
use std::sync::{Arc, Mutex};
use tokio::sync::mpsc;

pub(crate) struct Session {
    pub me: Me,
    pub server: StoredServer,
    pub replica: Replica,
    connection: Mutex<Connection>,
    online: Mutex<Online>,
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
    pub fn new(me: Me, server: StoredServer, replica: Replica) -> Self {
        Self { me, server, replica, connection: Mutex::new(Connection::Connecting), online: Mutex::new(Online::Not) }
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

    pub fn set_connection(&self, connection: Connection) {
        *lock(&self.connection) = connection;
    }

    /// The outbox has something new.
    pub async fn enqueued(&self) {
        if let Some(engine) = self.engine() {
            engine.enqueued().await;
        }
    }

    /// Try now.
    pub async fn wake(&self) {
        if let Some(engine) = self.engine() {
            engine.wake().await;
        }
    }

    pub async fn opened(&self, conversation: Option<ConversationId>) {
        if let Some(engine) = self.engine() {
            engine.opened(conversation).await;
        }
    }

    /// What the foot of the list shows; counts that cannot be read are shown as none and logged.
    pub async fn status(&self) -> Status {
        let counted = async {
            let progress = self.replica.backfill_progress().await?;
            let outbox = self.replica.outbox_count().await?;
            Ok::<_, hearth_replica::Error>(Status {
                connection: self.connection(),
                backfill: Backfill { complete: progress.complete, conversations: progress.conversations, messages: progress.messages },
                outbox: outbox.all,
                outbox_failed: outbox.failed,
                unread: self.replica.total_unread().await?,
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
        self.replica.clone().close().await;
    }

    fn engine(&self) -> Option<Arc<EngineHandle>> {
        match &*lock(&self.online) {
            Online::Yes { engine, .. } => Some(engine.clone()),
            _ => None,
        }
    }
}
