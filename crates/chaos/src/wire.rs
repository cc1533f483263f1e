//! A client that is no more than a socket: for many of them at once, for slow ones, and for what the real client never says.

use crate::server::Hearthd;
use anyhow::{Context as _, Result, anyhow, bail};
use futures::{SinkExt as _, StreamExt as _};
use hearth_client::api::Api;
use hearth_protocol::{
    account::{Device, SignUp},
    body::Body,
    frame::{ClientFrame, Hello, ServerFrame},
    ids::{ConversationId, DeviceId, Epoch, MutationId, UserId},
    link::ConnectLink,
    mutation::Mutation,
    mutations::Intent,
    sync::{HeadsRequest, Watermark},
    version::{SPOKEN, Versions},
};
use serde_json::json;
use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpSocket, TcpStream},
    time::{Sleep, timeout},
};
use tokio_tungstenite::{WebSocketStream, client_async, tungstenite::Message};
use zeroize::Zeroizing;

/// A server that says nothing for so long has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// Somebody with an account and no app.
#[derive(Clone)]
pub struct Guest {
    api: Api,
    device: DeviceId,
    epoch: Epoch,
    pub user: UserId,
}

impl Guest {
    pub async fn sign_up(server: &mut Hearthd, name: &str) -> Result<Self> {
        let api = Api::new(server.link().parse::<ConnectLink>()?)?;
        let needs_code = api.server_info().await?.needs_set_up;
        let device = DeviceId::new();
        let request = SignUp {
            username: name.to_lowercase(),
            first_name: name.into(),
            last_name: String::new(),
            password: format!("{name} keeps a secret"),
            email: None,
            set_up_code: if needs_code { server.set_up_code().await? } else { None },
            invite: None,
            device: Device { id: device, name: "socket".into(), platform: "linux".into() },
        };
        let signed = api.sign_up(&request).await?;
        Ok(Self { api: api.with_token(Zeroizing::new(signed.token)), device, epoch: signed.epoch, user: signed.account.user })
    }

    pub async fn ticket(&self) -> Result<String> {
        Ok(self.api.ticket().await?.ticket)
    }

    /// The watermark up to which the server tells everything.
    pub async fn heads(&self, watermark: Watermark) -> Result<Watermark> {
        Ok(self.api.heads(&HeadsRequest { epoch: Some(self.epoch), watermark }).await?.watermark)
    }
}

/// An open WebSocket.
pub struct Wire {
    stream: WebSocketStream<Throttled>,
    /// What the welcome said.
    pub watermark: Watermark,
    /// The protocol that the server chose.
    pub proto: u16,
}

impl Wire {
    pub async fn open(guest: &Guest) -> Result<Self> {
        Self::open_with(guest, &guest.ticket().await?).await
    }

    pub async fn open_with(guest: &Guest, ticket: &str) -> Result<Self> {
        Self::greet(guest, ticket, SPOKEN, &Arc::default()).await
    }

    /// One that reads no more than a kilobyte a second while `slow` is on.
    pub async fn open_slow(guest: &Guest, slow: &Arc<AtomicBool>) -> Result<Self> {
        Self::greet(guest, &guest.ticket().await?, SPOKEN, slow).await
    }

    /// One that says which versions it speaks.
    ///
    /// # Errors
    /// The server's own words when it refuses.
    pub async fn offering(guest: &Guest, versions: Versions) -> Result<Self> {
        Self::greet(guest, &guest.ticket().await?, versions, &Arc::default()).await
    }

    async fn greet(guest: &Guest, ticket: &str, proto: Versions, slow: &Arc<AtomicBool>) -> Result<Self> {
        let url = guest.api.link().socket_url();
        let authority = guest.api.link().authority();
        let socket = TcpSocket::new_v4()?;
        if slow.load(SeqCst) {
            socket.set_recv_buffer_size(4 * 1024)?;
        }
        let tcp = socket.connect(authority.parse()?).await?;
        tcp.set_nodelay(true)?;
        let (stream, _) = client_async(url.as_str(), Throttled { tcp, slow: slow.clone(), pause: None }).await?;
        let mut wire = Self { stream, watermark: Watermark::new(), proto: 0 };
        let hello = Hello { proto, device: guest.device, ticket: ticket.into(), epoch: Some(guest.epoch), watermark: Watermark::new() };
        wire.say(&ClientFrame::Hello(hello)).await?;
        match wire.next().await? {
            ServerFrame::Welcome { proto, watermark, .. } => {
                (wire.proto, wire.watermark) = (proto, watermark);
                Ok(wire)
            }
            ServerFrame::Bye { error: Some(error), .. } => Err(anyhow!(error)),
            other => bail!("not welcome: {other:?}"),
        }
    }

    pub async fn say(&mut self, frame: &ClientFrame) -> Result<()> {
        Ok(self.stream.send(Message::text(serde_json::to_string(frame)?)).await?)
    }

    /// Sends text as it is.
    pub async fn say_raw(&mut self, text: String) -> Result<()> {
        Ok(self.stream.send(Message::text(text)).await?)
    }

    pub async fn mutate(&mut self, mutations: Vec<Mutation>) -> Result<()> {
        self.say(&ClientFrame::Mutate(mutations)).await
    }

    /// The next frame.
    ///
    /// # Errors
    /// The socket is closed or silent.
    pub async fn next(&mut self) -> Result<ServerFrame> {
        loop {
            match timeout(PATIENCE, self.stream.next()).await.context("the server fell silent")? {
                Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text)?),
                Some(Ok(Message::Close(_)) | Err(_)) | None => bail!("the socket is closed"),
                Some(Ok(_)) => {}
            }
        }
    }

    /// Waits until everything sent in one frame is answered; refusals are errors.
    pub async fn acknowledged(&mut self) -> Result<()> {
        loop {
            if let ServerFrame::Acked(acked) = self.next().await? {
                return match acked.into_iter().find_map(|acked| match acked.outcome {
                    hearth_protocol::mutation::Outcome::Refused(error) => Some(error),
                    hearth_protocol::mutation::Outcome::Applied(_) => None,
                }) {
                    Some(error) => Err(error.into()),
                    None => Ok(()),
                };
            }
        }
    }
}

/// A mutation from its words on the wire, so that fields which this crate does not care about keep their defaults.
pub fn mutation(intent: serde_json::Value) -> Result<Mutation> {
    Ok(Mutation::new(MutationId::new(), serde_json::from_value::<Intent>(intent)?))
}

pub fn send_message(conversation: ConversationId, text: &str) -> Result<Mutation> {
    mutation(json!({"send_message": {"conversation": conversation, "body": Body::text(text)}}))
}

pub fn create_conversation(conversation: ConversationId, members: &[UserId]) -> Result<Mutation> {
    mutation(
        json!({"create_conversation": {"conversation": conversation, "name": "Everybody", "members": members, "shared_history": true}}),
    )
}

/// A connection that can be made to read slowly.
pub struct Throttled {
    tcp: TcpStream,
    slow: Arc<AtomicBool>,
    pause: Option<Pin<Box<Sleep>>>,
}

const SLOW_BYTES: usize = 1_024;

impl AsyncRead for Throttled {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<std::io::Result<()>> {
        if !self.slow.load(SeqCst) {
            return Pin::new(&mut self.tcp).poll_read(context, buffer);
        }
        if let Some(pause) = &mut self.pause {
            ready!(pause.as_mut().poll(context));
            self.pause = None;
        }
        let mut bytes = vec![0; SLOW_BYTES.min(buffer.remaining())];
        let mut few = ReadBuf::new(&mut bytes);
        ready!(Pin::new(&mut self.tcp).poll_read(context, &mut few))?;
        buffer.put_slice(few.filled());
        self.pause = Some(Box::pin(tokio::time::sleep(Duration::from_secs(1))));
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Throttled {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.tcp).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(context)
    }
}
