//! People on a server: accounts, requests, and light sockets.

use crate::server::ServerProcess;
use anyhow::{Context as _, Result, bail};
use futures::{SinkExt as _, StreamExt as _};
use hearth_protocol::{
    account::{Device, SignUp, SignedIn, Ticket},
    body::Body,
    error::{ApiError, ErrorCode},
    frame::{ClientFrame, Hello, ServerFrame},
    ids::{ConversationId, DeviceId, Epoch, MutationId, UserId},
    mutation::{Acked, MutateRequest, MutateResponse, Mutation, Outcome},
    mutations::{CreateConversation, CreateDirect, Intent, SendMessage},
    sync::Watermark,
    version::SPOKEN,
};
use serde::{Serialize, de::DeserializeOwned};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config,
    tungstenite::{Message, protocol::WebSocketConfig},
};

pub const PASSWORD: &str = "a long enough secret";

pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Somebody who is signed in.
#[derive(Clone)]
pub struct Person {
    http: reqwest::Client,
    base: String,
    token: String,
    device: DeviceId,
    pub username: String,
    pub user: UserId,
    pub epoch: Epoch,
}

impl Person {
    /// Makes an account.
    pub async fn signs_up(server: &ServerProcess, username: String) -> Result<Self> {
        let http = reqwest::Client::builder().no_gzip().no_zstd().build()?;
        let device = DeviceId::new();
        let form = SignUp {
            username: username.clone(),
            first_name: username.clone(),
            last_name: "Bench".into(),
            password: PASSWORD.into(),
            email: None,
            set_up_code: None,
            invite: None,
            device: Device { id: device, name: "bench".into(), platform: "linux".into() },
        };
        let base = server.base_url();
        let answer = http.post(format!("{base}/v1/sign-up")).json(&form).send().await?;
        let signed_in: SignedIn = read(answer).await?;
        let SignedIn { token, account, epoch, .. } = signed_in;
        Ok(Self { http, base, token, device, username, user: account.user, epoch })
    }

    /// Many at once: a password takes the server a while.
    pub async fn sign_up_all(server: &ServerProcess, prefix: &str, count: usize) -> Result<Vec<Self>> {
        let each = futures::stream::iter((0..count).map(|at| Self::signs_up(server, format!("{prefix}{at}"))));
        each.buffered(4).collect::<Vec<_>>().await.into_iter().collect()
    }

    pub async fn post<Q: Serialize, A: DeserializeOwned>(&self, path: &str, question: &Q) -> Result<A> {
        read(self.request(path, question, "identity").send().await?).await
    }

    /// The bytes of an answer as they travel in this encoding.
    pub async fn post_encoded<Q: Serialize>(&self, path: &str, question: &Q, encoding: &str) -> Result<Encoded> {
        let response = self.request(path, question, encoding).send().await?.error_for_status()?;
        let encoding = response.headers().get("content-encoding").and_then(|value| value.to_str().ok()).unwrap_or("identity").to_owned();
        Ok(Encoded { encoding, bytes: response.bytes().await?.to_vec() })
    }

    fn request<Q: Serialize>(&self, path: &str, question: &Q, encoding: &str) -> reqwest::RequestBuilder {
        self.http.post(format!("{}{path}", self.base)).bearer_auth(&self.token).header("accept-encoding", encoding).json(question)
    }

    /// Performs mutations in order, a hundred to a request; each must be applied.
    pub async fn perform(&self, mutations: Vec<Mutation>) -> Result<()> {
        for batch in mutations.chunks(100) {
            self.perform_batch(batch.to_vec()).await?;
        }
        Ok(())
    }

    async fn perform_batch(&self, mutations: Vec<Mutation>) -> Result<()> {
        let request = MutateRequest { mutations };
        loop {
            let answer = self.request("/v1/mutations", &request, "identity").send().await?;
            // The server says when it has had enough and until when, and everybody in the bench listens.
            if answer.status() == reqwest::StatusCode::TOO_MANY_REQUESTS {
                let refused: ApiError = answer.json().await?;
                let ms = refused.retry_after_ms.context("the server does not say when to try again")?;
                tokio::time::sleep(Duration::from_millis(ms)).await;
                continue;
            }
            let response: MutateResponse = read(answer).await?;
            return response.results.iter().try_for_each(applied);
        }
    }

    /// Opens the direct conversations with others.
    pub async fn meets(&self, others: &[UserId]) -> Result<Vec<ConversationId>> {
        let direct = |peer: &UserId| ConversationId::direct(self.user, *peer);
        let create = |peer: &UserId| Intent::from(CreateDirect { conversation: direct(peer), peer: *peer });
        self.perform(others.iter().map(|peer| mutation(create(peer))).collect()).await?;
        Ok(others.iter().map(direct).collect())
    }

    /// Makes groups with the same members.
    pub async fn founds(&self, count: usize, members: &[UserId]) -> Result<Vec<ConversationId>> {
        let ids: Vec<ConversationId> = (0..count).map(|_| ConversationId(uuid::Uuid::new_v4())).collect();
        let create = |(at, id): (usize, &ConversationId)| {
            let members = members.iter().copied().collect();
            mutation(CreateConversation { conversation: *id, name: format!("Group {at}"), members, shared_history: true }.into())
        };
        self.perform(ids.iter().enumerate().map(create).collect()).await?;
        Ok(ids)
    }

    /// An open socket that has been welcomed.
    pub async fn connects(&self) -> Result<Socket> {
        let ticket: Ticket = self.post("/v1/ticket", &()).await?;
        let url = format!("{}/v1/socket", self.base.replacen("http", "ws", 1));
        // Small buffers: the larger default is cleared before each read, which here would be the server's time.
        let config = WebSocketConfig::default().read_buffer_size(8 * 1024);
        let (mut socket, _) = connect_async_with_config(url, Some(config), true).await?;
        let hello = Hello { proto: SPOKEN, device: self.device, ticket: ticket.ticket, epoch: None, watermark: Watermark::new() };
        socket.send(Message::text(serde_json::to_string(&ClientFrame::Hello(hello))?)).await?;
        let first = socket.next().await.context("the server closed the socket")??;
        match serde_json::from_str(first.to_text()?)? {
            ServerFrame::Welcome { .. } => Ok(socket),
            other => bail!("no welcome but {other:?}"),
        }
    }
}

/// An answer's body as it came.
pub struct Encoded {
    encoding: String,
    pub bytes: Vec<u8>,
}

impl Encoded {
    /// Undoes the encoding and parses.
    pub fn parse<A: DeserializeOwned>(&self) -> Result<A> {
        Ok(match self.encoding.as_str() {
            "identity" => serde_json::from_slice(&self.bytes)?,
            "gzip" => {
                let mut plain = Vec::new();
                std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(self.bytes.as_slice()), &mut plain)?;
                serde_json::from_slice(&plain)?
            }
            "zstd" => serde_json::from_slice(&zstd::decode_all(self.bytes.as_slice())?)?,
            other => bail!("an answer in the encoding {other}"),
        })
    }
}

pub fn mutation(intent: Intent) -> Mutation {
    Mutation::new(MutationId::new(), intent)
}

pub fn message(conversation: ConversationId, text: String) -> Intent {
    SendMessage::new(conversation, Body::text(text)).into()
}

async fn read<A: DeserializeOwned>(answer: reqwest::Response) -> Result<A> {
    let status = answer.status();
    let bytes = answer.bytes().await?;
    if !status.is_success() {
        bail!("the server answered {status}: {}", String::from_utf8_lossy(&bytes));
    }
    let bytes: &[u8] = if bytes.is_empty() { b"null" } else { &bytes };
    Ok(serde_json::from_slice(bytes)?)
}

fn applied(acked: &Acked) -> Result<()> {
    match &acked.outcome {
        Outcome::Applied(_) => Ok(()),
        Outcome::Refused(error) if error.code == ErrorCode::IdReused => Ok(()),
        Outcome::Refused(error) => bail!("a mutation was refused: {error:?}"),
    }
}
