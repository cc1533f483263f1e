//! A server and the wire to it.

use crate::{person::Person, proxy::Proxy};
use hearth_protocol::Millis;
use hearth_server::{Config, Faults, Server};
use std::{
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
};
use tempfile::TempDir;

/// A real server on loopback with its data in a temporary folder, behind a wire that can be cut.
pub struct Town {
    _folder: TempDir,
    server: Option<Server>,
    proxy: Proxy,
    set_up_code: Option<String>,
    founded: AtomicBool,
    config: Config,
}

impl Town {
    pub async fn founded() -> Self {
        Self::founded_with(|_| {}).await
    }

    /// One whose owner wants something else than usual.
    pub async fn founded_with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut config = config(folder.path());
        change(&mut config);
        let server = Server::start(config.clone()).await.expect("the server starts");
        let proxy = Proxy::start(server.address()).await;
        let set_up_code = server.set_up_code().map(str::to_owned);
        Self { _folder: folder, server: Some(server), proxy, set_up_code, founded: AtomicBool::new(false), config }
    }

    /// The switches of what the server is to do wrong.
    pub fn faults(&self) -> &Faults {
        &self.config.faults
    }

    /// The address that clients use; it stays the same over restarts.
    pub fn link(&self) -> String {
        format!("http://{}", self.proxy.address())
    }

    pub fn wire(&self) -> &Proxy {
        &self.proxy
    }

    pub fn set_up_code(&self) -> Option<String> {
        self.set_up_code.clone()
    }

    /// Somebody new, signed up and online.
    pub async fn resident(&self, name: &str) -> Person {
        let person = Person::arrives(name).await;
        let first = !self.founded.swap(true, Ordering::SeqCst);
        person.signs_up(&self.link(), self.set_up_code().filter(|_| first)).await;
        person
    }

    pub async fn server_stops(&mut self) {
        if let Some(server) = self.server.take() {
            server.shutdown().await;
        }
    }

    /// The server looks what is due by then; it looks every second by itself.
    pub async fn time_comes(&self, now: Millis) {
        let server = self.server.as_ref().expect("the server runs");
        server.send_scheduled_now(now).await.expect("the database answers");
    }

    /// A copy of the database of a stopped server.
    pub fn backup(&self) -> Vec<u8> {
        std::fs::read(self.config.data_dir.join("hearth.db")).expect("the database can be read")
    }

    /// Puts a copy in the place of the database of a stopped server; the witness beside it stays, as when somebody copies a file back.
    pub fn is_set_back_to(&self, backup: &[u8]) {
        for leftover in ["hearth.db-wal", "hearth.db-shm"] {
            let _ = std::fs::remove_file(self.config.data_dir.join(leftover));
        }
        std::fs::write(self.config.data_dir.join("hearth.db"), backup).expect("the database can be written");
    }

    pub async fn server_starts(&mut self) {
        let server = Server::start(self.config.clone()).await.expect("the server starts again");
        self.proxy.retarget(server.address());
        self.server = Some(server);
    }
}

/// A server for tests: any free port, quick heartbeats, and no limits on signing in.
pub fn config(folder: &Path) -> Config {
    let mut config = Config::new(folder);
    config.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    config.limits.heartbeat_ms = 250;
    config.limits.tail_ms = 100;
    config.limits.lift_rates();
    config
}
