//! Somebody who is signed in, and what they can ask for.

use crate::{
    host::{Host, answer},
    socket::Socket,
};
use hearth_protocol::{
    Millis, Pos, Seq,
    account::{SignedIn, Ticket},
    body::Body,
    error::ApiError,
    ids::{ConversationId, DeviceId, Epoch, MutationId, UserId},
    mutation::{Acked, CancelRequest, MutateRequest, MutateResponse, Mutation, Outcome, Part},
    mutations::{AddMembers, CreateConversation, CreateDirect, DeleteMessage, EditMessage, Intent, MarkRead, RemoveMember, SendMessage},
    row::Row,
    rows::{MessageRow, RowData},
    search::{SearchRequest, SearchResponse},
    stream::StreamId,
    sync::{From, HeadsRequest, HeadsResponse, HistoryPage, Page, PlaceAt, PullRequest, PullResponse, Want, Watermark},
    system::SystemEvent,
    versions::MessageVersions,
};
use reqwest::Client;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;

#[derive(Clone)]
pub struct Person {
    pub user: UserId,
    pub device: DeviceId,
    pub epoch: Epoch,
    pub token: String,
    pub base: String,
    pub http: Client,
}

impl Person {
    pub fn new(host: &Host, signed_in: SignedIn, device: DeviceId) -> Self {
        Self {
            user: signed_in.account.user,
            device,
            epoch: signed_in.epoch,
            token: signed_in.token,
            base: host.url(""),
            http: host.http.clone(),
        }
    }

    /// The same session at a server that was started again, on another port.
    pub fn at(&self, host: &Host) -> Self {
        Self { base: host.url(""), ..self.clone() }
    }

    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ApiError> {
        answer(self.http.get(format!("{}{path}", self.base)).bearer_auth(&self.token)).await
    }

    pub async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, ApiError> {
        answer(self.http.post(format!("{}{path}", self.base)).bearer_auth(&self.token).json(body)).await
    }

    pub async fn put(&self, path: &str, body: &impl Serialize) -> Result<serde_json::Value, ApiError> {
        answer(self.http.put(format!("{}{path}", self.base)).bearer_auth(&self.token).json(body)).await
    }

    pub async fn sign_out(&self) {
        self.post::<serde_json::Value>("/v1/sign-out", &json!({})).await.expect("signs out");
    }

    pub async fn ticket(&self) -> String {
        self.post::<Ticket>("/v1/ticket", &json!({})).await.expect("a ticket").ticket
    }

    /// A socket that was welcomed.
    pub async fn socket(&self) -> Socket {
        Socket::welcomed(self).await
    }

    pub async fn try_mutate(&self, mutations: Vec<Mutation>) -> Result<Vec<Acked>, ApiError> {
        self.post::<MutateResponse>("/v1/mutations", &MutateRequest { mutations }).await.map(|response| response.results)
    }

    pub async fn cancel(&self, ids: Vec<MutationId>) -> Vec<Acked> {
        self.post::<MutateResponse>("/v1/mutations/cancel", &CancelRequest { ids }).await.expect("answers").results
    }

    /// Performs one intent under a given id.
    pub async fn perform(&self, id: MutationId, intent: Intent) -> Result<Vec<Part>, ApiError> {
        let mut acked = self.try_mutate(vec![Mutation::new(id, intent)]).await?;
        let Acked { id: answered, outcome } = acked.remove(0);
        assert_eq!(answered, id);
        match outcome {
            Outcome::Applied(parts) => Ok(parts),
            Outcome::Refused(error) => Err(error),
        }
    }

    /// Opens the direct conversation with somebody.
    pub async fn direct(&self, peer: &Person) -> ConversationId {
        let conversation = ConversationId::direct(self.user, peer.user);
        let intent = Intent::CreateDirect(CreateDirect { conversation, peer: peer.user });
        self.perform(MutationId::new(), intent).await.expect("a conversation");
        conversation
    }

    /// Makes a group with these people.
    pub async fn group(&self, name: &str, members: &[&Person], shared_history: bool) -> ConversationId {
        let conversation = ConversationId::new();
        let members = members.iter().map(|person| person.user).collect();
        let intent = CreateConversation { conversation, name: name.into(), members, shared_history };
        self.perform(MutationId::new(), intent.into()).await.expect("a group");
        conversation
    }

    pub async fn add(&self, conversation: ConversationId, person: &Person) -> Result<Vec<Part>, ApiError> {
        self.perform(MutationId::new(), AddMembers { conversation, members: [person.user].into() }.into()).await
    }

    pub async fn remove(&self, conversation: ConversationId, person: &Person) -> Result<Vec<Part>, ApiError> {
        self.perform(MutationId::new(), RemoveMember { conversation, member: person.user }.into()).await
    }

    pub async fn try_send(&self, conversation: ConversationId, text: &str) -> Result<MessageRow, ApiError> {
        let parts = self.perform(MutationId::new(), message(conversation, text)).await?;
        Ok(messages(&parts.into_iter().flat_map(|part| part.rows).collect::<Vec<_>>()).remove(0))
    }

    pub async fn send(&self, conversation: ConversationId, text: &str) -> MessageRow {
        self.try_send(conversation, text).await.expect("it is sent")
    }

    pub async fn edit(&self, of: (ConversationId, MutationId), based_on: u32, text: &str) -> Result<Vec<Part>, ApiError> {
        let (conversation, message) = of;
        let intent = EditMessage { conversation, message, based_on, body: Body::text(text) };
        self.perform(MutationId::new(), intent.into()).await
    }

    pub async fn delete(&self, of: (ConversationId, MutationId)) -> Result<Vec<Part>, ApiError> {
        let (conversation, message) = of;
        self.perform(MutationId::new(), DeleteMessage { conversation, message }.into()).await
    }

    pub async fn mark_read(&self, conversation: ConversationId, pos: Pos) -> Vec<Part> {
        self.perform(MutationId::new(), Intent::MarkRead(MarkRead { conversation, pos })).await.expect("it is marked")
    }

    pub async fn try_heads(&self, watermark: Option<&Watermark>) -> Result<HeadsResponse, ApiError> {
        let request = HeadsRequest { epoch: Some(self.epoch), watermark: watermark.cloned().unwrap_or_default() };
        self.post("/v1/sync/heads", &request).await
    }

    pub async fn heads(&self, watermark: Option<&Watermark>) -> HeadsResponse {
        self.try_heads(watermark).await.expect("heads")
    }

    /// How many messages of a conversation the server counts as unread.
    pub async fn unread(&self, conversation: ConversationId) -> u32 {
        let heads = self.heads(None).await.heads;
        let head = heads.iter().find(|head| head.stream == StreamId::Conversation(conversation)).expect("its head");
        head.unread.expect("a count").count
    }

    pub async fn pull(&self, wants: Vec<Want>, limit: u32) -> Result<Vec<Page>, ApiError> {
        let request = PullRequest { epoch: self.epoch, wants, limit };
        self.post::<PullResponse>("/v1/sync/pull", &request).await.map(|response| response.pages)
    }

    /// The one page of one want.
    pub async fn page(&self, stream: StreamId, from: From, limit: u32) -> Page {
        let mut pages = self.pull(vec![Want { stream, from }], limit).await.expect("a page");
        assert_eq!(pages.len(), 1);
        pages.remove(0)
    }

    /// What changed after a cursor, and the stream's head.
    pub async fn changes(&self, stream: StreamId, seq: Seq, limit: u32) -> (Part, Seq) {
        self.changes_under(1, stream, seq, limit).await
    }

    /// The same under a version of what they see.
    pub async fn changes_under(&self, vis_ver: u64, stream: StreamId, seq: Seq, limit: u32) -> (Part, Seq) {
        match self.page(stream, From::Cursor { seq, vis_ver }, limit).await {
            Page::Changes { part, head } => (part, head),
            other => panic!("not changes: {other:?}"),
        }
    }

    /// Every message of a conversation.
    pub async fn messages(&self, conversation: ConversationId) -> Vec<MessageRow> {
        messages(&self.changes(StreamId::Conversation(conversation), 0, 1_000).await.0.rows)
    }

    pub async fn history(&self, conversation: ConversationId, before: Option<Pos>, limit: u32) -> Result<HistoryPage, ApiError> {
        let before = before.map(|pos| format!("&before_pos={pos}")).unwrap_or_default();
        self.get(&format!("/v1/conversations/{conversation}/messages?limit={limit}{before}")).await
    }

    pub async fn place_at(&self, conversation: ConversationId, at: Millis) -> Result<Option<Pos>, ApiError> {
        self.place_of(conversation, &format!("at={at}")).await
    }

    pub async fn place_of(&self, conversation: ConversationId, query: &str) -> Result<Option<Pos>, ApiError> {
        let found: PlaceAt = self.get(&format!("/v1/conversations/{conversation}/place?{query}")).await?;
        Ok(found.pos)
    }

    pub async fn search(&self, request: &SearchRequest) -> Result<SearchResponse, ApiError> {
        self.post("/v1/search", request).await
    }

    pub async fn versions(&self, (conversation, message): (ConversationId, MutationId)) -> Result<MessageVersions, ApiError> {
        self.get(&format!("/v1/conversations/{conversation}/messages/{message}/versions")).await
    }
}

pub fn message(conversation: ConversationId, text: &str) -> Intent {
    Intent::SendMessage(SendMessage::new(conversation, Body::text(text)))
}

/// What people said, and what is left of that.
pub fn messages(rows: &[Row]) -> Vec<MessageRow> {
    all_messages(rows).into_iter().filter(|message| !message.body.as_ref().is_some_and(Body::is_system)).collect()
}

/// What happened to the conversation.
pub fn happened(rows: &[Row]) -> Vec<SystemEvent> {
    let event = |message: MessageRow| if let Some(Body::System(event)) = message.body { Some(event) } else { None };
    all_messages(rows).into_iter().filter_map(event).collect()
}

fn all_messages(rows: &[Row]) -> Vec<MessageRow> {
    let message = |row: &Row| match &row.data {
        RowData::Message(message) => Some(message.clone()),
        _ => None,
    };
    rows.iter().filter_map(message).collect()
}

/// Their words, in order.
pub fn texts(messages: &[MessageRow]) -> Vec<String> {
    messages.iter().map(|message| message.body.as_ref().and_then(Body::searchable).expect("a text").to_owned()).collect()
}
