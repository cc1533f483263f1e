//! A client's end of a WebSocket.

use crate::person::Person;
use futures::{SinkExt as _, StreamExt as _};
use hearth_protocol::{
    ephemeral::{Ephemeral, Signal},
    frame::{ClientFrame, Hello, ServerFrame},
    ids::{ConversationId, MutationId, UserId},
    mutation::{Acked, Mutation, Part},
    presence::Presence,
    stream::StreamId,
    sync::Watermark,
    version::SPOKEN,
};
use std::{collections::HashMap, time::Duration};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{self, Message, client::IntoClientRequest as _, http::HeaderValue},
};

/// A server that says nothing for so long has failed the test.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// What the welcome said.
    pub watermark: Watermark,
    /// How far each stream was at that moment: what is told of it later may still be of before.
    had: HashMap<StreamId, u64>,
}

impl Socket {
    /// Connects without a hello.
    pub async fn connect(base: &str, origin: Option<&str>) -> Result<Self, tungstenite::Error> {
        let url = format!("{}/v1/socket", base.replacen("http", "ws", 1));
        let mut request = url.into_client_request()?;
        if let Some(origin) = origin {
            request.headers_mut().insert("origin", HeaderValue::from_str(origin).expect("an origin"));
        }
        let (stream, _) = connect_async(request).await?;
        Ok(Self { stream, watermark: Watermark::new(), had: HashMap::new() })
    }

    pub async fn welcomed(person: &Person) -> Self {
        let mut socket = Self::connect(&person.base, None).await.expect("a socket");
        socket.hello(person, person.ticket().await).await;
        match socket.next().await {
            Some(ServerFrame::Welcome { epoch, watermark, .. }) => {
                assert_eq!(epoch, person.epoch);
                socket.watermark = watermark;
            }
            other => panic!("not welcome: {other:?}"),
        }
        // Whoever has nothing left of their budget hears of nothing but what is new.
        if let Ok(all) = person.try_heads(None).await {
            socket.had = all.heads.into_iter().map(|head| (head.stream, head.head)).collect();
        }
        socket
    }

    pub async fn hello(&mut self, person: &Person, ticket: String) {
        let hello = Hello { proto: SPOKEN, device: person.device, ticket, epoch: Some(person.epoch), watermark: Watermark::new() };
        self.say(&ClientFrame::Hello(hello)).await;
    }

    pub async fn mutate(&mut self, mutations: Vec<Mutation>) {
        self.say(&ClientFrame::Mutate(mutations)).await;
    }

    pub async fn cancel(&mut self, ids: Vec<MutationId>) {
        self.say(&ClientFrame::Cancel(ids)).await;
    }

    /// Says that something is being written.
    pub async fn signal(&mut self, conversation: ConversationId) {
        self.say(&ClientFrame::Ephemeral(Ephemeral { conversation, signal: Signal::Typing })).await;
    }

    /// Names the people whom the app shows.
    pub async fn watch(&mut self, people: &[&Person]) {
        self.watch_ids(people.iter().map(|person| person.user).collect()).await;
    }

    pub async fn watch_ids(&mut self, people: Vec<UserId>) {
        self.say(&ClientFrame::Watch(people)).await;
    }

    /// Says whether anybody touches the app.
    pub async fn idle(&mut self, idle: bool) {
        self.say(&ClientFrame::Idle(idle)).await;
    }

    /// What is told next of how people are here.
    pub async fn presence(&mut self) -> Vec<(UserId, Presence)> {
        let told = |frame| if let ServerFrame::Presence(people) = frame { Some(people) } else { None };
        self.until(told).await.into_iter().map(|of| (of.user, of.presence)).collect()
    }

    pub async fn say(&mut self, frame: &ClientFrame) {
        let text = serde_json::to_string(frame).expect("it serialises");
        self.stream.send(Message::text(text)).await.expect("it is sent");
    }

    /// The next frame, without rows that are older than this socket; `None` when the server has closed it.
    pub async fn next(&mut self) -> Option<ServerFrame> {
        loop {
            let frame = self.any().await?;
            if !matches!(&frame, ServerFrame::Rows(part) if self.had.get(&part.stream).is_some_and(|had| part.seq <= *had)) {
                return Some(frame);
            }
        }
    }

    async fn any(&mut self) -> Option<ServerFrame> {
        loop {
            match tokio::time::timeout(PATIENCE, self.stream.next()).await.expect("a frame in time") {
                Some(Ok(Message::Text(text))) => return Some(serde_json::from_str(&text).expect("a frame that parses")),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    /// The first frame that is wanted; others are passed over.
    pub async fn until<T>(&mut self, wanted: impl Fn(ServerFrame) -> Option<T>) -> T {
        loop {
            let frame = self.next().await.expect("an open socket");
            if let Some(found) = wanted(frame) {
                return found;
            }
        }
    }

    /// What is said last.
    pub async fn end(&mut self) -> ServerFrame {
        self.until(|frame| matches!(frame, ServerFrame::Revoked | ServerFrame::Bye { .. }).then_some(frame)).await
    }

    /// The next rows of a stream.
    pub async fn rows(&mut self, stream: StreamId) -> Part {
        self.until(|frame| match frame {
            ServerFrame::Rows(part) if part.stream == stream => Some(part),
            _ => None,
        })
        .await
    }

    pub async fn acked(&mut self) -> Vec<Acked> {
        self.until(|frame| match frame {
            ServerFrame::Acked(acked) => Some(acked),
            _ => None,
        })
        .await
    }
}
