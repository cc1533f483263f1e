//! A server inside the app: the client asks for one, the shell knows how.

use crate::view::Problem;
use futures::future::BoxFuture;
use hearth_protocol::link::ConnectLink;
use std::path::PathBuf;

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
