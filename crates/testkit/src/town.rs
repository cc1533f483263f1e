//! A server and the wire to it.

use crate::{person::Person, proxy::Proxy};
use hearth_server::{Config, Server};
use std::sync::atomic::{AtomicBool, Ordering};
use tempfile::TempDir;

/// A real server on loopback with its data in a temporary folder, behind a wire that can be cut.
pub struct Town {
    folder: TempDir,
    server: Option<Server>,
    proxy: Proxy,
    set_up_code: Option<String>,
    founded: AtomicBool,
    change: fn(&mut Config),
}

impl Town {
    pub async fn founded() -> Self {
        Self::founded_with(|_| {}).await
    }

    /// `change` may switch faults on; it is applied at every start.
    pub async fn founded_with(change: fn(&mut Config)) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let server = start(&folder, change).await;
        let proxy = Proxy::start(server.address()).await;
        let set_up_code = server.set_up_code();
        Self { folder, server: Some(server), proxy, set_up_code, founded: AtomicBool::new(false), change }
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

    pub async fn server_starts(&mut self) {
        let server = start(&self.folder, self.change).await;
        self.proxy.retarget(server.address());
        self.server = Some(server);
    }
}

async fn start(folder: &TempDir, change: fn(&mut Config)) -> Server {
    let mut config = Config::for_tests(folder.path().to_owned());
    change(&mut config);
    Server::start(config).await.expect("the server starts")
}
