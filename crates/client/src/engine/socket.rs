//! One WebSocket from ticket to close: frames in, frames out, nothing decided here.

use super::input::Input;
use crate::api::{Api, Failure, sort_failure};
use futures::{SinkExt, StreamExt};
use hearth_protocol::{
    frame::{ClientFrame, Hello, ServerFrame, read_server_frame},
    ids::{DeviceId, Epoch},
    sync::Watermark,
    version::SPOKEN,
};
use tokio::{net::TcpStream, sync::mpsc, task::JoinHandle};
use tokio_tungstenite::{
    Connector, MaybeTlsStream, WebSocketStream, connect_async_tls_with_config,
    tungstenite::{self, Message, protocol::WebSocketConfig},
};

/// Frames read at once when they arrive faster than the replica writes: they share a transaction.
const FRAMES_AT_ONCE: usize = 128;
/// Frames of ours waiting for the network; the engine's window of mutations in flight keeps it far below.
const OUTGOING_MAX: usize = 64;
/// A frame carries at most one commit's rows; this only stops a hostile server.
const FRAME_BYTES_MAX: usize = 64 * 1024 * 1024;

/// The default of 128 KiB is cleared before each read.
const READ_BUFFER_BYTES: usize = 16 * 1024;

/// An open or opening socket; dropping it closes it.
pub struct Socket {
    pub attempt: u64,
    outgoing: mpsc::Sender<ClientFrame>,
    task: JoinHandle<()>,
}

/// Who says hello, and how far they are.
pub struct Greeting {
    pub device: DeviceId,
    pub epoch: Option<Epoch>,
    pub watermark: Watermark,
}

impl Socket {
    /// Starts to connect; what becomes of it arrives as inputs of this attempt.
    pub fn open(api: Api, attempt: u64, greeting: Greeting, inputs: mpsc::Sender<Input>) -> Self {
        let (outgoing, frames) = mpsc::channel(OUTGOING_MAX);
        let task = tokio::spawn(async move {
            let failure = match dial(&api, greeting).await {
                Ok(stream) => talk(stream, attempt, frames, &inputs).await,
                Err(failure) => failure,
            };
            // The driver may have gone first; then nobody needs to know.
            let _ = inputs.send(Input::Closed { attempt, failure }).await;
        });
        Self { attempt, outgoing, task }
    }

    /// Hands a frame over; lost when the socket is closing, which its failure then tells.
    pub async fn send(&self, frame: ClientFrame) {
        let _ = self.outgoing.send(frame).await;
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.task.abort();
    }
}

type Stream = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn dial(api: &Api, greeting: Greeting) -> Result<Stream, Failure> {
    let ticket = api.ticket().await?.ticket;
    let connector = api.tls().map_or(Connector::Plain, Connector::Rustls);
    let config = WebSocketConfig::default()
        .max_message_size(Some(FRAME_BYTES_MAX))
        .max_frame_size(Some(FRAME_BYTES_MAX))
        .read_buffer_size(READ_BUFFER_BYTES);
    let (mut stream, _) =
        connect_async_tls_with_config(api.link().socket_url(), Some(config), true, Some(connector)).await.map_err(broken)?;
    let hello =
        ClientFrame::Hello(Hello { proto: SPOKEN, device: greeting.device, ticket, epoch: greeting.epoch, watermark: greeting.watermark });
    stream.send(text(&hello)?).await.map_err(broken)?;
    Ok(stream)
}

/// Passes frames both ways until one side ends; returns why.
async fn talk(stream: Stream, attempt: u64, mut outgoing: mpsc::Receiver<ClientFrame>, inputs: &mpsc::Sender<Input>) -> Failure {
    let (mut sink, source) = stream.split();
    let mut source = source.ready_chunks(FRAMES_AT_ONCE);
    loop {
        tokio::select! {
            chunk = source.next() => {
                let Some(chunk) = chunk else { return closed() };
                let (frames, ended) = read(chunk);
                if !frames.is_empty() && inputs.send(Input::Frames { attempt, frames }).await.is_err() {
                    return closed();
                }
                if let Some(failure) = ended {
                    return failure;
                }
            }
            frame = outgoing.recv() => {
                let Some(frame) = frame else { return closed() };
                let sent = match text(&frame) {
                    Ok(message) => sink.send(message).await.map_err(broken),
                    Err(failure) => Err(failure),
                };
                if let Err(failure) = sent {
                    return failure;
                }
            }
        }
    }
}

/// The frames of a chunk in order, and why there will be no more.
fn read(chunk: Vec<Result<Message, tungstenite::Error>>) -> (Vec<ServerFrame>, Option<Failure>) {
    let mut frames = Vec::with_capacity(chunk.len());
    for message in chunk {
        match message {
            Ok(Message::Text(text)) => match read_server_frame(&text) {
                Ok(Some(frame)) => frames.push(frame),
                Ok(None) => tracing::debug!("a frame of a kind that this build does not know was passed over"),
                Err(error) => return (frames, Some(Failure::NotHearth(format!("a frame does not parse: {error}")))),
            },
            Ok(Message::Close(_)) => return (frames, Some(closed())),
            Ok(_) => {}
            Err(error) => return (frames, Some(broken(error))),
        }
    }
    (frames, None)
}

fn text(frame: &ClientFrame) -> Result<Message, Failure> {
    serde_json::to_string(frame).map(Message::text).map_err(|error| Failure::NotHearth(error.to_string()))
}

fn closed() -> Failure {
    Failure::Unreachable("the connection was closed".into())
}

fn broken(error: tungstenite::Error) -> Failure {
    sort_failure(&error)
}
