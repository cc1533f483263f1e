//! A gate between the app and its server: it lets everything through but history, of which it lets through so much and no more.

use anyhow::{Context as _, Result};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::watch,
    task::JoinHandle,
};

/// How a request for a page of history begins behind the conversation's id; nothing else that the app asks for has it.
const HISTORY: &[u8] = b"/messages?before_pos=";

#[derive(Debug)]
pub struct Gate {
    port: u16,
    /// How many pages of history may be asked for.
    pages: watch::Sender<usize>,
    passing: JoinHandle<()>,
}

impl Gate {
    /// Stands before the server at this port of loopback and lets `pages` pages of history through.
    pub async fn before(server: u16, pages: usize) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let (pages, allowed) = watch::channel(pages);
        Ok(Self { port, pages, passing: tokio::spawn(take_in(listener, server, allowed)) })
    }

    /// What people type to connect through it.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Holds nothing back any more.
    pub fn open(&self) {
        self.pages.send_replace(usize::MAX);
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.passing.abort();
    }
}

async fn take_in(listener: TcpListener, server: u16, allowed: watch::Receiver<usize>) {
    let (asked, _) = watch::channel(0_usize);
    while let Ok((app, _)) = listener.accept().await {
        let (asked, allowed) = (asked.clone(), allowed.clone());
        // A connection that breaks is the app's business: it connects again.
        tokio::spawn(async move { pass(app, server, &asked, allowed).await });
    }
}

async fn pass(app: TcpStream, server: u16, asked: &watch::Sender<usize>, allowed: watch::Receiver<usize>) -> Result<()> {
    let server = TcpStream::connect(("127.0.0.1", server)).await.context("the server is away")?;
    let ((from_app, mut to_app), (mut from_server, to_server)) = (app.into_split(), server.into_split());
    tokio::select! {
        passed = requests(from_app, to_server, asked, allowed) => passed,
        passed = copy(&mut from_server, &mut to_app) => Ok(passed.map(drop)?),
    }
}

/// The app asks for one page of history at a time, so the one that is held back is the only one.
async fn requests(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    asked: &watch::Sender<usize>,
    mut allowed: watch::Receiver<usize>,
) -> Result<()> {
    let mut bytes = vec![0; 64 * 1024];
    loop {
        let count = from.read(&mut bytes).await?;
        let request = bytes.get(..count).unwrap_or_default();
        if count == 0 {
            return Ok(());
        }
        if request.windows(HISTORY.len()).any(|part| part == HISTORY) {
            asked.send_modify(|asked| *asked += 1);
            let asked = *asked.borrow();
            allowed.wait_for(|pages| asked <= *pages).await?;
        }
        to.write_all(request).await?;
    }
}
