//! A wire that can be cut: a TCP proxy on loopback between clients and a server.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

/// Passes connections on to the server while it is whole; cut, it drops those that are open and refuses new ones.
pub struct Proxy {
    address: SocketAddr,
    target: Arc<Mutex<SocketAddr>>,
    whole: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Proxy {
    pub async fn start(target: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let (whole, cut) = watch::channel(true);
        let target = Arc::new(Mutex::new(target));
        let task = tokio::spawn(accept(listener, target.clone(), cut));
        Self { address, target, whole, task }
    }

    /// Where clients connect to.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Passes on to another place from the next connection on: the server was restarted elsewhere.
    pub fn retarget(&self, target: SocketAddr) {
        *self.target.lock().unwrap() = target;
    }

    /// Breaks every connection and lets no new one through.
    pub fn cut(&self) {
        self.whole.send_replace(false);
    }

    pub fn heal(&self) {
        self.whole.send_replace(true);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, target: Arc<Mutex<SocketAddr>>, whole: watch::Receiver<bool>) {
    while let Ok((client, _)) = listener.accept().await {
        if !*whole.borrow() {
            continue;
        }
        let target = *target.lock().unwrap();
        tokio::spawn(pass(client, target, whole.clone()));
    }
}

async fn pass(mut client: TcpStream, target: SocketAddr, mut whole: watch::Receiver<bool>) {
    let Ok(mut server) = TcpStream::connect(target).await else { return };
    tokio::select! {
        _ = copy_bidirectional(&mut client, &mut server) => {}
        _ = whole.wait_for(|whole| !whole) => {}
    }
}
