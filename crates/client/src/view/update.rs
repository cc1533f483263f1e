//! What the page is told of by itself.

use super::{AccountId, AccountView, ArchiveProgress, Fate, Phase, Problem, QuoteView, Settings, Status};
use hearth_protocol::ids::{ConversationId, MessageId, UserId};
use serde::Serialize;
use ts_rs::TS;

/// Everything that the shell tells the page, on one channel. Lists are asked for again by what changed.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum Update {
    Phase {
        phase: Phase,
    },
    Status {
        status: Status,
    },
    /// Lines of the list changed: ask for it again.
    Conversations,
    /// What people tell of themselves, or what I say of me, is different: ask for what is on the screen.
    People,
    /// My groups, who is in them, or what waits to change them is different: ask for what is on the screen.
    Groups,
    /// My devices, or what waits to change them, are different: ask for what is on the screen.
    Devices,
    /// My contacts, requests and blocks, or what waits to change them, are different: ask for them again.
    Friends,
    /// My collections, what is in them, or what waits to change that, is different: ask for what is on the screen.
    Collections,
    /// What I am told of is different: ask for it again.
    Inbox,
    /// Messages, states or the read marker of this conversation changed: ask for the window again.
    Timeline {
        conversation: ConversationId,
    },
    /// Somebody writes in this conversation, for so long unless it is told again; 0: not any more.
    Typing {
        conversation: ConversationId,
        user: UserId,
        name: String,
        #[ts(type = "number")]
        ttl_ms: u64,
    },
    /// A notification, a link or the tray wants this to be shown.
    Open {
        conversation: ConversationId,
        message: Option<MessageId>,
    },
    /// The same for the inbox.
    OpenInbox,
    /// What was to be taken back has come to its end; `text` is that of a message.
    TakenBack {
        conversation: Option<ConversationId>,
        fate: Fate,
        text: Option<String>,
        /// What that message answered.
        quote: Option<QuoteView>,
        /// In whose thread it was said; not there where it was in none.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        thread: Option<MessageId>,
    },
    /// The window is about to close for the first time: ask.
    AskClose,
    /// A connect link was opened: show it on the first page, do nothing by itself. `here`: this account is on that server.
    ConnectLink {
        link: String,
        here: bool,
    },
    /// A link to a message was opened: it leads to its place, or it is said why not.
    MessageLink {
        link: String,
    },
    /// A link into a group was opened: show where it leads, join nothing by itself. `server` is the connect link of the server that made it;
    /// `here`: this account is on it.
    JoinLink {
        link: String,
        server: String,
        here: bool,
    },
    Settings {
        settings: Settings,
    },
    /// The accounts in this app, one of them, or what is unread there is different.
    Accounts {
        accounts: Vec<AccountView>,
    },
    /// A notification, a link or the tray wants another account to be shown; what there comes then.
    ShowAccount {
        account: AccountId,
    },
    /// How far the archive is that is being made.
    Archive {
        progress: ArchiveProgress,
    },
    /// Something that the person must know and cannot change, such as a replica put aside.
    Warning {
        problem: Problem,
    },
}
