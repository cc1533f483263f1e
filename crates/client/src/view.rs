//! What the page sees: plain, complete, ready to draw. These types generate the page's TypeScript (`cargo xtask codegen`).
//!
//! Times are milliseconds since 1970 UTC by the server's clock, except where a name says `local`.

mod accounts;
mod admin;
mod archive;
mod collections;
mod coverage;
mod devices;
mod friends;
mod groups;
mod inbox;
mod marked;
mod outbox;
mod profiles;
mod providers;
mod scheduled;
mod search;
mod settings;
mod timeline;
mod two_step;
mod update;
mod versions;
mod why;

pub use accounts::{AccountId, AccountRules, AccountState, AccountView, EmailView, PasswordRating};
pub use admin::{AdminPeoplePage, AdminPersonView, AuditEntryView, AuditPageView, NewServerInvite, ServerInviteView, Standing};
pub use archive::{ArchiveMade, ArchiveProgress};
pub use collections::{CollectionList, CollectionView, StarredIn};
pub use coverage::{CoverageList, CoverageView, MissingIn, MissingView, Period};
pub use devices::DeviceView;
pub use friends::{AskedView, FriendsView, InvitedView};
pub use groups::{
    ChannelView, EveryoneView, GroupMemberView, GroupOf, GroupView, InviteLinkView, InviteView, ListSection, MadeView, MembersView,
};
pub use inbox::{InboxItem, InboxWhat};
pub use marked::{MarkedView, PinList, SaidView, StarredPage};
pub use outbox::{ChangeView, Discarded, Fate, OutboxItem, Wait};
pub use profiles::{OwnProfileView, ProfileView, StatusView};
pub use providers::{Entrance, NewcomerView, WaysIn};
pub use scheduled::ScheduledView;
pub use search::{
    FurtherPage, QueryPartView, QueryProblem, SearchFilterName, SearchHit, SearchOrder, SearchPage, SnippetPart, SuggestionView,
    SuggestionsView,
};
pub use settings::{CloseChoice, Density, ListOrder, NotifyLevel, QuietHours, Settings, Theme};
pub use timeline::{
    At, Content, Delivery, Edge, FollowedThreadView, HappenedTo, HappenedView, MessageView, QuoteView, QuotedView, ReactionView,
    ReactorsView, ReaderView, ThreadList, ThreadPage, ThreadView, TimelinePage,
};
pub use two_step::{QrView, TwoStepSetUp};
pub use update::Update;
pub use versions::{DatePlace, MessagePlace, PartChange, VersionPart, VersionView, VersionsView};
pub use why::{RuleName, RuleSaid, RuleStep, WhyView};

use crate::api::SessionEnd;
use hearth_protocol::{
    Millis,
    ids::{ConversationId, MediaId, UserId},
    rows::{AccountRow, ConversationKind, NotificationLevel},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the window shows as a whole. The page asks for it once at start and hears of every change.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum Phase {
    /// The keychain and the replica are being opened; a moment, or as long as the keychain's own prompt takes.
    Starting,
    /// No server is known yet: start one here, or connect to one.
    FirstRun,
    /// A server is known, nobody is signed in.
    SignIn {
        server: Server,
        /// Whose replica lies here and waits, with everything unsent, for them to sign in again.
        returning: Option<Me>,
        /// Why they have to, when they did not ask for it.
        reason: Option<SignInReason>,
    },
    /// The replica is there, its key is not at hand.
    Locked { lock: Lock },
    /// The profile cannot be opened; nothing was deleted.
    Blocked { problem: Problem },
    /// The conversations, online or not; `last` is the one that was open when the app last ended.
    Ready { me: Me, server: Server, last: Option<ConversationId> },
}

/// All that the page needs to paint for the first time.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Boot {
    /// Which account this is of; the page names it with each call.
    pub account: AccountId,
    /// All that are in this app.
    pub accounts: Vec<AccountView>,
    pub phase: Phase,
    pub status: Status,
    pub settings: Settings,
    /// The profile's name; empty for the default one.
    pub profile: String,
    /// The app's version.
    pub version: String,
    /// What [`Update::Warning`] said before the page was there.
    pub warning: Option<Problem>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SignInReason {
    /// The server ended the session.
    SessionEnded,
    /// Another device of theirs, which has this name, signed this one out. Nothing was deleted.
    SignedOut { by: String },
    /// The account waits: by their own wish, then signing in turns it on again, or by an admin's. Nothing was deleted.
    Deactivated,
    /// The account is no more; what this computer has of it can be removed.
    AccountDeleted,
    /// The keychain no longer has this account's entries.
    KeychainLost,
}

impl From<SessionEnd> for SignInReason {
    fn from(end: SessionEnd) -> Self {
        match end {
            SessionEnd::By(by) => Self::SignedOut { by },
            SessionEnd::AccountDeleted => Self::AccountDeleted,
            SessionEnd::Deactivated => Self::Deactivated,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Lock {
    /// The keychain is there but locked: unlock it, then try again.
    KeychainLocked,
    /// This computer has no keychain: a passphrase guards the replica. Choose one.
    PassphraseNew,
    /// Type the passphrase.
    Passphrase,
}

/// Something that went wrong, in words: what happened, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Problem {
    /// Stable, for tests and for words in other languages: the server's codes, and `unreachable`, `not_hearth`,
    /// `wrong_certificate`, `bad_link`, `disk_full`, `newer_database`, `damaged_database`, `cut_log`, `wrong_key`, `wrong_passphrase`,
    /// `keychain`, `offline`, `archive_running`, `archive_cancelled`, `archive_unwritten`, `other_server`, `not_a_member`,
    /// `message_gone`, `internal`.
    pub code: String,
    pub message: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Server {
    pub name: String,
    /// `host:port`.
    pub address: String,
    /// The link that others paste to join.
    pub connect_link: String,
    /// True for the server that runs inside this app.
    pub embedded: bool,
    /// The first account has yet to be made; it needs the set-up code unless the server is embedded.
    pub needs_set_up: bool,
    /// What it asks for when somebody signs up.
    pub accounts: AccountRules,
    /// The secret of the invitation that led here.
    pub invite: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Me {
    pub user: UserId,
    pub username: String,
    pub name: String,
}

impl From<&AccountRow> for Me {
    fn from(account: &AccountRow) -> Self {
        let name = format!("{} {}", account.first_name, account.last_name).trim().to_owned();
        Self { user: account.user, username: account.username.clone(), name }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PersonView {
    pub user: UserId,
    pub username: String,
    pub name: String,
}

/// A line of the conversation list.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct ConversationItem {
    pub id: ConversationId,
    pub kind: ConversationKind,
    /// The other person's name for a direct conversation; a channel's without a sign before it.
    pub name: String,
    /// Of a channel.
    pub group: Option<GroupOf>,
    /// Of a channel: for its members alone.
    pub private: bool,
    /// What `get_picture` gives, of its own; a channel without one looks like its group.
    pub picture: Option<MediaId>,
    /// Empty where there is none.
    pub topic: String,
    /// The other person of a direct conversation; its hash colours avatar and name.
    pub peer: Option<PersonView>,
    pub last: Option<LastMessage>,
    /// Capped at `limits::UNREAD_SHOWN_MAX`.
    pub unread: u32,
    /// Unread messages that name or answer me.
    pub mentions: u32,
    /// Unread messages of the threads there that I follow; not there where there is none.
    #[serde(skip_serializing_if = "is_zero")]
    #[ts(optional, as = "Option<u32>")]
    pub asides: u32,
    /// Unsent text that waits in the composer.
    pub draft: Option<String>,
    /// What that text is to answer; there may be none yet.
    pub draft_quote: Option<QuoteView>,
    /// Of this conversation's messages, how much is on this computer.
    pub complete: bool,
    /// Above the others.
    pub pinned: bool,
    /// Put away, until something comes.
    pub archived: bool,
    /// I am told of nothing until then; it may have passed.
    #[ts(type = "number | null")]
    pub muted_until: Option<Millis>,
    /// Of what I am told while it is not muted.
    pub level: NotificationLevel,
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// One thing to change of how I have a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Arrange {
    Pinned(bool),
    Archived(bool),
    /// Told of nothing until then; `None`: no longer, `limits::FOR_EVER`: until I say otherwise.
    Muted(#[ts(type = "number | null")] Option<Millis>),
    Level(NotificationLevel),
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct LastMessage {
    /// The sender's first name; `None` for a message of mine.
    pub sender: Option<String>,
    /// Plain words: without marks, and what is hidden stays hidden.
    pub text: String,
    /// I have blocked who wrote it, so its text is left out.
    pub blocked: bool,
    #[ts(type = "number")]
    pub at: Millis,
    /// For a message of mine.
    pub state: Option<Delivery>,
}

/// Which lines of the conversation list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Filter {
    /// All but the archived ones, as the following.
    All,
    Unread,
    Direct,
    Groups,
    Archived,
}

/// The ember at the foot of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum Connection {
    /// Not reachable; the next try is in so many milliseconds.
    Offline {
        #[ts(type = "number")]
        next_try_ms: u64,
        problem: Option<Problem>,
    },
    Connecting,
    CatchingUp,
    Live,
    /// Nothing goes out until the person does something.
    Blocked {
        problem: Problem,
    },
}

/// History on its way to this computer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Backfill {
    /// Conversations that are wholly here, of all.
    pub complete: u32,
    pub conversations: u32,
    #[ts(type = "number")]
    pub messages: u64,
}

/// What the foot of the list, the tray and the window's title show.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Status {
    pub connection: Connection,
    pub backfill: Backfill,
    /// Not yet acknowledged; of these, refused and waiting for the person.
    pub outbox: u32,
    pub outbox_failed: u32,
    pub unread: u32,
    /// Of these, what is said in direct conversations, and what names or answers me elsewhere: the number on the app's icon.
    pub for_me: u32,
}

impl Default for Connection {
    fn default() -> Self {
        Self::Offline { next_try_ms: 0, problem: None }
    }
}
