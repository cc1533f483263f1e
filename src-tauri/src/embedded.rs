//! The server inside the app: the only place in the shell that knows the server crate.

use crate::words::t_with;
use futures::future::BoxFuture;
use hearth_client::{HostedServer, ServerHost, view::Problem};
use hearth_protocol::link::{ConnectLink, DEFAULT_PORT};
use hearth_server::{Config, OpenError, Server, StartError};
use std::{
    fs,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};
use tokio::sync::oneshot;

/// Starts `hearthd`'s library in this process.
pub struct Host {
    /// The computer's name, which is in the server's.
    pub computer: String,
}

impl ServerHost for Host {
    fn start(&self, folder: PathBuf, lan: bool) -> BoxFuture<'static, Result<HostedServer, Problem>> {
        let name = t_with("server-name", [("computer", self.computer.clone().into())]);
        Box::pin(async move {
            let server = start(&folder, lan, &name).await.map_err(|error| problem(&error))?;
            Ok(hosted(server, name))
        })
    }
}

/// Where it listened last, or the usual port, or any: links that were given away stay good as long as the port is free.
async fn start(folder: &Path, lan: bool, name: &str) -> Result<Server, StartError> {
    let address = if lan { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
    let ports = last_port(folder).into_iter().chain([DEFAULT_PORT, 0]);
    let mut in_use = None;
    for port in ports {
        let config = Config {
            listen: SocketAddr::new(IpAddr::V4(address), port),
            name: name.to_owned(),
            // The client knows the code and gives it for its owner; a stranger who finds the server first does not.
            require_set_up_code: true,
            ..Config::new(folder)
        };
        match Server::start(config).await {
            Ok(server) => {
                remember_port(folder, server.address().port());
                return Ok(server);
            }
            Err(error @ StartError::PortInUse(_)) => {
                tracing::warn!(port, "port in use: trying another");
                in_use = Some(error);
            }
            Err(error) => return Err(error),
        }
    }
    // Port 0 is never in use.
    Err(in_use.unwrap_or_else(|| StartError::Other("No port was tried.".into())))
}

fn hosted(server: Server, name: String) -> HostedServer {
    let share = server.connect_link();
    // This computer need not go through its own network; the certificate is pinned either way.
    let link = ConnectLink { host: Ipv4Addr::LOCALHOST.to_string(), port: server.address().port(), trust: share.trust.clone() };
    let set_up_code = server.set_up_code().map(str::to_owned);
    let (stop, stopped) = oneshot::channel::<()>();
    let running = tokio::spawn(async move {
        tokio::select! {
            _ = stopped => {}
            reason = server.failed() => tracing::error!(reason, "the embedded server's storage failed: it stops"),
        }
        server.shutdown().await;
    });
    let stop = move || -> BoxFuture<'static, ()> {
        Box::pin(async move {
            drop(stop);
            if let Err(error) = running.await {
                tracing::error!(%error, "the embedded server did not stop in order");
            }
        })
    };
    HostedServer { link, share, name, set_up_code, stop: Box::new(stop) }
}

fn problem(error: &StartError) -> Problem {
    let code = match error {
        StartError::Open(OpenError::Newer { .. }) => "newer_database",
        _ => "server_start",
    };
    Problem::new(code, t_with("server-not-started", [("reason", error.to_string().into())]))
}

fn last_port(folder: &Path) -> Option<u16> {
    fs::read_to_string(folder.join("port")).ok()?.trim().parse().ok().filter(|port| *port != 0)
}

fn remember_port(folder: &Path, port: u16) {
    if let Err(error) = fs::write(folder.join("port"), port.to_string()) {
        tracing::warn!(%error, "the port was not noted: links given away may not last");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    async fn started(folder: &Path, lan: bool) -> HostedServer {
        let host = Host { computer: "attic".into() };
        host.start(folder.to_owned(), lan).await.unwrap()
    }

    /// A folder whose server listened on a port before that is free now: the usual one may be a real Hearth's.
    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        remember_port(folder.path(), port);
        folder
    }

    #[tokio::test]
    async fn it_comes_back_where_its_links_point_and_hands_its_owner_the_code() {
        let folder = folder();
        let first = started(folder.path(), false).await;
        assert_eq!(first.name, "Hearth on attic");
        assert!(first.set_up_code.is_some(), "a stranger must not become the first admin");
        assert_eq!(first.link, first.share);
        // A second one at the same time takes another port.
        let other_folder = tempfile::tempdir().unwrap();
        remember_port(other_folder.path(), first.link.port);
        let other = started(other_folder.path(), false).await;
        assert_ne!(other.link.port, first.link.port);
        let (links, link) = (other.link.clone(), first.link.clone());
        (first.stop)().await;
        (other.stop)().await;
        let (again, other) = (started(folder.path(), false).await, started(other_folder.path(), false).await);
        assert_eq!((again.link.clone(), other.link.clone()), (link, links));
        (again.stop)().await;
        (other.stop)().await;
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_used_is_said_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("not-a-folder");
        fs::write(&file, "x").unwrap();
        let host = Host { computer: "attic".into() };
        let problem = host.start(file, false).await.err().unwrap();
        assert_eq!(problem.code, "server_start");
        assert!(problem.message.starts_with("The server did not start. "), "{}", problem.message);
    }
}
