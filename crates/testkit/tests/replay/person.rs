//! Somebody with one socket, who keeps every frame that comes.

use futures::{SinkExt as _, StreamExt as _};
use hearth_client::api::Api;
use hearth_protocol::{
    account::{Device, SignUp},
    error::ApiError,
    frame::{ClientFrame, Hello, ServerFrame},
    ids::{DeviceId, Epoch, MutationId, UserId},
    mutation::{Acked, Mutation, Outcome, Part},
    mutations::Intent,
    rows::AccountRow,
    sync::{HeadsRequest, Watermark},
    version::SPOKEN,
};
use hearth_server::Server;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};
use zeroize::Zeroizing;

/// A server that says nothing for so long has failed the test.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Person {
    pub name: &'static str,
    pub api: Api,
    pub account: AccountRow,
    pub epoch: Epoch,
    pub device: DeviceId,
    /// Every part that was pushed, in order.
    pub frames: Vec<Part>,
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// What the last heartbeat said.
    heard: Watermark,
}

impl Person {
    pub async fn arrive(server: &Server, name: &'static str) -> Self {
        let api = Api::new(server.connect_link()).expect("an API");
        let device = Device { id: DeviceId::new(), name: "a test's device".into(), platform: "linux".into() };
        let sign_up = SignUp {
            username: name.into(),
            first_name: name.into(),
            last_name: "Tester".into(),
            password: "correct horse battery".into(),
            email: None,
            set_up_code: None,
            invite: None,
            device: device.clone(),
        };
        let signed_in = api.sign_up(&sign_up).await.expect("signs up");
        let api = api.with_token(Zeroizing::new(signed_in.token));
        let ticket = api.ticket().await.expect("a ticket").ticket;
        let (socket, _) = connect_async(format!("ws://{}/v1/socket", server.address())).await.expect("a socket");
        let (account, epoch) = (signed_in.account, signed_in.epoch);
        let mut person = Self { name, api, account, epoch, device: device.id, frames: Vec::new(), socket, heard: Watermark::new() };
        let hello = Hello { proto: SPOKEN, device: device.id, ticket, epoch: Some(epoch), watermark: Watermark::new() };
        person.say(&ClientFrame::Hello(hello)).await;
        person
    }

    pub fn user(&self) -> UserId {
        self.account.user
    }

    async fn say(&mut self, frame: &ClientFrame) {
        self.socket.send(Message::text(serde_json::to_string(frame).unwrap())).await.expect("it is sent");
    }

    /// Takes the next frame; gives back an answer if it is one.
    async fn hear(&mut self) -> Option<Vec<Acked>> {
        let message = tokio::time::timeout(PATIENCE, self.socket.next()).await.expect("a frame in time").expect("an open socket").unwrap();
        let Message::Text(text) = message else { return None };
        match serde_json::from_str(&text).expect("a frame that parses") {
            ServerFrame::Rows(part) => self.frames.push(part),
            ServerFrame::Heartbeat { watermark, .. } => self.heard = watermark,
            ServerFrame::Acked(acked) => return Some(acked),
            ServerFrame::Welcome { .. }
            | ServerFrame::Hint { .. }
            | ServerFrame::Ephemeral(_)
            | ServerFrame::Presence(_)
            | ServerFrame::Profiles => {}
            ServerFrame::Revoked | ServerFrame::Bye { .. } => panic!("sent away: {text}"),
        }
        None
    }

    pub async fn perform(&mut self, intent: Intent) -> Result<Vec<Part>, ApiError> {
        self.say(&ClientFrame::Mutate(vec![Mutation::new(MutationId::new(), intent)])).await;
        loop {
            if let Some(mut acked) = self.hear().await {
                return match acked.remove(0).outcome {
                    Outcome::Applied(parts) => Ok(parts),
                    Outcome::Refused(error) => Err(error),
                };
            }
        }
    }

    /// Waits until everything that was committed so far has been pushed: heartbeats come after it.
    pub async fn hear_everything(&mut self) {
        let newest = self.api.heads(&HeadsRequest::default()).await.expect("heads").watermark;
        while self.heard.get(&0) < newest.get(&0) {
            self.hear().await;
        }
    }
}
