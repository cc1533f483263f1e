//! A wire that counts the bytes which come down it.

use anyhow::Result;
use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, copy},
    net::{TcpListener, TcpStream, tcp::OwnedReadHalf, tcp::OwnedWriteHalf},
    task::JoinHandle,
};

pub struct CountingProxy {
    address: SocketAddr,
    received: Arc<AtomicU64>,
    listening: JoinHandle<()>,
}

impl CountingProxy {
    /// Passes everything on to `target`, both ways.
    pub async fn start(target: SocketAddr) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let received = Arc::new(AtomicU64::new(0));
        let counter = received.clone();
        let listening = tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                tokio::spawn(pass(near, target, counter.clone()));
            }
        });
        Ok(Self { address, received, listening })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Bytes that the clients behind it have been sent so far.
    pub fn received(&self) -> u64 {
        self.received.load(Relaxed)
    }
}

impl Drop for CountingProxy {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn pass(near: TcpStream, target: SocketAddr, received: Arc<AtomicU64>) {
    let Ok(far) = TcpStream::connect(target).await else { return };
    // Whoever cannot be reached any more has closed: then this ends as well.
    let _ = (near.set_nodelay(true), far.set_nodelay(true));
    let (mut from_near, to_near) = near.into_split();
    let (from_far, mut to_far) = far.into_split();
    let up = async move {
        let _ = copy(&mut from_near, &mut to_far).await;
    };
    tokio::join!(up, count(from_far, to_near, received));
}

async fn count(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, received: Arc<AtomicU64>) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        received.fetch_add(length as u64, Relaxed);
        let Some(bytes) = buffer.get(..length) else { return };
        if to.write_all(bytes).await.is_err() {
            return;
        }
    }
}
