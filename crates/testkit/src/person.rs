//! Somebody with Hearth on their computer.

use hearth_client::{
    Client, MemoryKeychain, NoHost, Options, SignUpForm,
    view::{
        At, Connection, Content, ConversationItem, Delivery, Filter, HappenedTo, HappenedView, MessageView, Phase, Problem, TimelinePage,
        Update,
    },
};
use hearth_protocol::{
    ids::{ConversationId, MessageId, UserId},
    mutations::Intent,
};
use std::{path::PathBuf, sync::Arc, time::Duration};
use tempfile::TempDir;
use tokio::sync::broadcast;
use zeroize::Zeroizing;

/// How long anything may take before a test says that it never happened. Nothing waits this long when it works.
const PATIENCE: Duration = Duration::from_secs(60);

/// One person on one computer, with the app open.
pub struct Person {
    pub name: String,
    pub client: Client,
    pub keychain: MemoryKeychain,
    folder: TempDir,
}

impl Person {
    /// Opens the app for the first time on a new computer.
    pub async fn arrives(name: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let keychain = MemoryKeychain::default();
        let client = open(name, folder.path().to_owned(), &keychain);
        let person = Self { name: name.to_owned(), client, keychain, folder };
        person.started().await;
        person
    }

    /// Connects to a server and makes an account there. The password follows from the name.
    pub async fn signs_up(&self, link: &str, set_up_code: Option<String>) -> UserId {
        self.client.connect(link).await.expect("the server answers");
        let form = SignUpForm {
            username: self.name.to_lowercase(),
            first_name: self.name.clone(),
            last_name: String::new(),
            password: self.password(),
            email: None,
            set_up_code,
            invite: None,
        };
        let me = self.client.sign_up(form).await.expect("the name is free");
        self.is(Connection::Live).await;
        me.user
    }

    /// Connects and signs in to the account of this name.
    pub async fn signs_in(&self, link: &str) -> UserId {
        self.client.connect(link).await.expect("the server answers");
        self.client.sign_in(&self.name.to_lowercase(), self.password()).await.expect("the account is there").user
    }

    /// Signs in again after the server has ended the session.
    pub async fn signs_in_again(&self) {
        let problem = Problem { code: String::new(), message: String::new() };
        self.is(Connection::Blocked { problem }).await;
        self.client.sign_out().await.expect("signing out needs no network");
        self.client.sign_in(&self.name.to_lowercase(), self.password()).await.expect("the account is there");
        self.is(Connection::Live).await;
    }

    pub fn password(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("{} keeps a secret", self.name))
    }

    pub fn user(&self) -> UserId {
        match self.client.phase() {
            Phase::Ready { me, .. } => me.user,
            other => panic!("{} is not signed in but {other:?}", self.name),
        }
    }

    pub fn profile_dir(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Closes the app and opens it again, on the same folder and keychain.
    pub async fn restarts(&mut self) {
        self.client.shutdown().await;
        self.opens();
        self.started().await;
    }

    /// Opens the app on the folder as it is; the old one must be shut down.
    pub fn opens(&mut self) {
        self.client = open(&self.name, self.profile_dir(), &self.keychain);
    }

    /// Sends a message to somebody, in their direct conversation.
    pub async fn says(&self, to: UserId, text: &str) -> MessageId {
        let conversation = self.client.start_direct(to).await.expect("a direct conversation needs no network");
        self.client.send_message(conversation, text).await.expect("sending needs no network")
    }

    pub fn direct(&self, other: UserId) -> ConversationId {
        ConversationId::direct(self.user(), other)
    }

    pub async fn list(&self) -> Vec<ConversationItem> {
        self.client.list_conversations(Filter::All, hearth_client::view::ListOrder::Newest, 10_000).await.expect("the list is local")
    }

    /// The whole timeline of a conversation, oldest first.
    pub async fn timeline(&self, conversation: ConversationId) -> Vec<MessageView> {
        let mut page = self.page(conversation, At::End).await;
        let mut messages = page.messages;
        while let Some(pos) = messages.iter().find_map(|message| message.pos).filter(|_| page.before == hearth_client::view::Edge::More) {
            page = self.page(conversation, At::Before { pos }).await;
            let mut earlier = page.messages.clone();
            earlier.append(&mut messages);
            messages = earlier;
        }
        messages
    }

    /// The texts of a conversation as they stand on the screen.
    pub async fn reads(&self, conversation: ConversationId) -> Vec<String> {
        self.timeline(conversation).await.into_iter().map(|message| text(&message)).collect()
    }

    async fn page(&self, conversation: ConversationId, at: At) -> TimelinePage {
        self.client.open_timeline(conversation, at).await.expect("the timeline is local")
    }

    /// Waits until the newest message of a conversation says this.
    pub async fn sees(&self, conversation: ConversationId, newest: &str) {
        let seen = async || self.page(conversation, At::End).await.messages.last().is_some_and(|message| text(message) == newest);
        self.until(&format!("{} sees {newest:?}", self.name), seen).await;
    }

    /// Waits until a message of mine is acknowledged.
    pub async fn delivered(&self, conversation: ConversationId, id: MessageId) {
        let sent = async || {
            let page = self.page(conversation, At::End).await;
            page.messages.iter().any(|message| message.id == id && is_sent(&message.state))
        };
        self.until(&format!("{}'s message {id} is acknowledged", self.name), sent).await;
    }

    /// Waits until nothing is left to acknowledge, marks of what was read included.
    pub async fn outbox_empties(&self) {
        let empty = async || {
            let waiting = self.client.replica().expect("somebody is signed in").outbox().await.expect("the outbox is local");
            waiting.iter().all(|entry| matches!(entry.intent, Intent::MarkDelivered(_)))
        };
        self.until(&format!("{}'s outbox is empty", self.name), empty).await;
    }

    /// Waits until a message of mine is this far.
    pub async fn ticks(&self, conversation: ConversationId, id: MessageId, state: Delivery) {
        let there = async || {
            let page = self.page(conversation, At::End).await;
            page.messages.iter().any(|message| message.id == id && message.state.as_ref() == Some(&state))
        };
        self.until(&format!("{}'s message {id} is {state:?}", self.name), there).await;
    }

    /// Waits for a state of the connection.
    pub async fn is(&self, wanted: Connection) {
        let kind = std::mem::discriminant(&wanted);
        let reached = async || std::mem::discriminant(&self.client.boot().await.status.connection) == kind;
        self.until(&format!("{} is {wanted:?}", self.name), reached).await;
    }

    /// Waits until every conversation is wholly on this computer.
    pub async fn has_everything(&self) {
        let complete = async || {
            let status = self.client.boot().await.status;
            status.connection == Connection::Live && status.backfill.complete == status.backfill.conversations
        };
        self.until(&format!("{} has everything", self.name), complete).await;
    }

    /// Waits until the client knows which page to show.
    pub async fn started(&self) {
        self.until(&format!("{} has started", self.name), async || self.client.phase() != Phase::Starting).await;
    }

    /// Looks again at each update until it holds; panics with `what` when it never does.
    pub async fn until(&self, what: &str, mut holds: impl AsyncFnMut() -> bool) {
        let mut updates = self.client.updates();
        let waited = async {
            while !holds().await {
                next(&mut updates).await;
            }
        };
        if tokio::time::timeout(PATIENCE, waited).await.is_err() {
            panic!("never: {what}; phase {:?}, {:?}", self.client.phase(), self.client.boot().await.status);
        }
    }

    /// What an operation that must fail says.
    pub async fn sign_up_problem(&self, username: &str, password: &str, set_up_code: Option<&str>) -> Problem {
        let form = SignUpForm {
            username: username.into(),
            first_name: self.name.clone(),
            last_name: String::new(),
            password: Zeroizing::new(password.into()),
            email: None,
            set_up_code: set_up_code.map(str::to_owned),
            invite: None,
        };
        self.client.sign_up(form).await.expect_err("this cannot be an account")
    }
}

/// Whether the server has it.
fn is_sent(state: &Option<Delivery>) -> bool {
    matches!(state, Some(Delivery::Sent | Delivery::Delivered | Delivery::Read))
}

async fn next(updates: &mut broadcast::Receiver<Update>) {
    match updates.recv().await {
        // Lagging means that there was news: look again.
        Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
        Err(broadcast::error::RecvError::Closed) => panic!("the client is gone"),
    }
}

fn open(name: &str, profile_dir: PathBuf, keychain: &MemoryKeychain) -> Client {
    let options = Options {
        profile_dir,
        profile_name: name.to_lowercase(),
        keychain: Arc::new(keychain.clone()),
        device_name: format!("{name}'s laptop"),
        platform: "linux".into(),
    };
    Client::open(options, Arc::new(NoHost)).expect("the folder is free")
}

/// What happened to a conversation, in as few words as tell it.
fn event(happened: &HappenedView) -> String {
    let heir = |heir: &Option<HappenedTo>| heir.as_ref().map_or_else(String::new, |heir| format!(", {} owns it", heir.name));
    match happened {
        HappenedView::Edited { name, topic } => format!("edited{}{}", if *name { " name" } else { "" }, if *topic { " topic" } else { "" }),
        HappenedView::Added { people } => {
            format!("added {}", people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(", "))
        }
        HappenedView::Removed { person, heir: next } => format!("removed {}{}", person.name, heir(next)),
        HappenedView::Left { heir: next } => format!("left{}", heir(next)),
        HappenedView::RoleSet { person, role } => format!("made {} {}", person.name, role.as_str()),
        HappenedView::HistorySet { shared } => format!("{} what was said before", if *shared { "shows" } else { "keeps" }),
        HappenedView::PictureSet { removed } => format!("{} picture", if *removed { "removed the" } else { "chose a" }),
        HappenedView::Unknown => "something".into(),
    }
}

fn text(message: &MessageView) -> String {
    match &message.content {
        Content::Text { text, .. } => text.clone(),
        Content::Deleted => "(deleted)".into(),
        Content::System { happened } => format!("({})", event(happened)),
        Content::Unknown { name } => format!("(unknown: {name})"),
    }
}
