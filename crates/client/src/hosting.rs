//! A server inside the app: the client asks for one, the shell knows how.

use crate::{
    client::lock,
    view::{AccountId, Problem},
};
use futures::future::BoxFuture;
use hearth_protocol::link::ConnectLink;
use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::{Arc, Mutex},
};

/// Starts servers inside this process. The client crate never knows the server crate.
pub trait ServerHost: Send + Sync {
    /// Starts the server whose data is in `folder`, creating it at the first start; with `lan`, reachable from other machines.
    fn start(&self, folder: PathBuf, lan: bool) -> BoxFuture<'static, Result<HostedServer, Problem>>;
}

/// A running server of our own.
pub struct HostedServer {
    /// How this app reaches it.
    pub link: ConnectLink,
    /// How others reach it.
    pub share: ConnectLink,
    pub name: String,
    /// Until the first account exists. The person at this computer is the owner, so they need not type it.
    pub set_up_code: Option<String>,
    pub stop: Box<dyn FnOnce() -> BoxFuture<'static, ()> + Send + Sync>,
}

/// For clients that host nothing.
pub struct NoHost;

impl ServerHost for NoHost {
    fn start(&self, _folder: PathBuf, _lan: bool) -> BoxFuture<'static, Result<HostedServer, Problem>> {
        Box::pin(async { Err(Problem::new("no_host", "This build of Hearth cannot run a server. Start hearthd and connect to it.")) })
    }
}

/// The one server of a profile, for all of its accounts that are on it. It runs as long as one of them is.
pub(crate) struct Hosting {
    host: Arc<dyn ServerHost>,
    folder: PathBuf,
    /// Held while it is started or stopped.
    changing: tokio::sync::Mutex<()>,
    running: Mutex<Option<Running>>,
}

struct Running {
    server: HostedServer,
    lan: bool,
    used_by: BTreeSet<AccountId>,
}

/// What a client needs to know of the server that runs.
#[derive(Clone)]
pub(crate) struct Hosted {
    pub link: ConnectLink,
    pub share: ConnectLink,
    pub name: String,
    pub lan: bool,
    pub set_up_code: Option<String>,
}

impl Hosting {
    pub fn new(host: Arc<dyn ServerHost>, folder: PathBuf) -> Self {
        Self { host, folder, changing: tokio::sync::Mutex::default(), running: Mutex::default() }
    }

    /// The server as it runs; for the first account that asks it is started, as `lan` says.
    pub async fn start(&self, account: AccountId, lan: bool) -> Result<Hosted, Problem> {
        let _one = self.changing.lock().await;
        if lock(&self.running).is_none() {
            let server = self.host.start(self.folder.clone(), lan).await?;
            *lock(&self.running) = Some(Running { server, lan, used_by: BTreeSet::new() });
        }
        let mut running = lock(&self.running);
        let running = running.as_mut().ok_or_else(|| Problem::internal("the server is gone"))?;
        running.used_by.insert(account);
        Ok(running.view())
    }

    pub fn now(&self) -> Option<Hosted> {
        lock(&self.running).as_ref().map(Running::view)
    }

    /// An account is not on it any more; it stops with the last of them.
    pub async fn leave(&self, account: AccountId) {
        let _one = self.changing.lock().await;
        let last = lock(&self.running).as_mut().is_some_and(|running| running.used_by.remove(&account) && running.used_by.is_empty());
        if last {
            self.take_down().await;
        }
    }

    pub async fn stop(&self) {
        let _one = self.changing.lock().await;
        self.take_down().await;
    }

    async fn take_down(&self) {
        let running = lock(&self.running).take();
        if let Some(running) = running {
            (running.server.stop)().await;
        }
    }
}

impl Running {
    fn view(&self) -> Hosted {
        let HostedServer { link, share, name, set_up_code, .. } = &self.server;
        Hosted { link: link.clone(), share: share.clone(), name: name.clone(), lan: self.lan, set_up_code: set_up_code.clone() }
    }
}
