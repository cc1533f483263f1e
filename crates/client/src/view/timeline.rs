//! A conversation's messages.

use super::{ChangeView, PersonView, Problem, SaidView};
use hearth_protocol::{
    Millis, Pos,
    ids::{ConversationId, MessageId, UserId},
    rows::MemberRole,
};
use hearth_text::{Block, MessageKind};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a message of mine is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum Delivery {
    /// In the outbox; it goes out by itself.
    Queued,
    /// On its way.
    Sending,
    /// The server has it, durably.
    Sent,
    /// It is on a device of everybody else who is there.
    Delivered,
    /// Everybody else who is there has read it.
    Read,
    /// Refused: edit, retry or discard.
    Failed { problem: Problem },
    /// It may have arrived and is to be taken back: the server is asked as soon as it can be.
    Canceling,
}

impl From<hearth_replica::Delivery> for Delivery {
    fn from(delivery: hearth_replica::Delivery) -> Self {
        match delivery {
            hearth_replica::Delivery::Sent => Self::Sent,
            hearth_replica::Delivery::Delivered => Self::Delivered,
            hearth_replica::Delivery::Read => Self::Read,
        }
    }
}

/// Somebody whom a message has reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ReaderView {
    pub person: PersonView,
    /// When they read it; `None` while it has only reached them.
    #[ts(type = "number | null")]
    pub read_at: Option<Millis>,
}

/// What a message answers, as it stands now, in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct QuoteView {
    pub message: MessageId,
    /// `None` while it is not here.
    pub sender: Option<UserId>,
    /// Empty while nothing told it.
    pub name: String,
    pub mine: bool,
    pub what: QuotedView,
}

/// What is quoted of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum QuotedView {
    /// Plain words: without marks, and what is hidden stays hidden.
    Text {
        text: String,
    },
    /// I have blocked who wrote it, so its text is left out.
    Blocked,
    Deleted,
    /// I have hidden it.
    Hidden,
    /// A kind from a newer version.
    Unknown,
    /// Not on this computer. `coming`: history is still being fetched; otherwise it is from before I came, or was removed.
    Missing {
        coming: bool,
    },
}

/// One message on the screen.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct MessageView {
    pub id: MessageId,
    /// `None` while it is only in the outbox.
    #[ts(type = "number | null")]
    pub pos: Option<Pos>,
    pub sender: UserId,
    pub sender_name: String,
    pub mine: bool,
    /// I have blocked who wrote it: it is shown only when asked for.
    pub blocked: bool,
    pub content: Content,
    /// What it is; `None` once it is deleted, and for what a newer version says.
    pub kind: Option<MessageKind>,
    /// It was said elsewhere, and passed on by who sent it.
    pub forwarded: bool,
    /// I have starred it, or that waits.
    pub starred: bool,
    /// It is pinned for everybody, or that waits.
    pub pinned: bool,
    /// What it answers.
    pub quote: Option<QuoteView>,
    /// The server's time; the local time while it is only in the outbox.
    #[ts(type = "number")]
    pub at: Millis,
    /// For a message of mine.
    pub state: Option<Delivery>,
    /// Its text is not the first one.
    pub edited: bool,
    /// My newest edit or deletion of it that waits or was refused.
    pub change: Option<ChangeView>,
    /// What stands on it, in the order in which each came first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<ReactionView>>")]
    pub reactions: Vec<ReactionView>,
    /// What is said under it; not there where nothing is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub thread: Option<ThreadView>,
    /// In whose thread it stands besides; not there where it is of none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub thread_root: Option<MessageId>,
}

/// One emoji on a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ReactionView {
    pub emoji: String,
    /// How many people, me among them.
    pub count: u32,
    pub mine: bool,
    /// The first of the others, by name.
    pub who: Vec<String>,
}

/// Who has put an emoji on a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ReactorsView {
    pub emoji: String,
    pub people: Vec<PersonView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum Content {
    Text {
        /// As it was written: what is edited and copied.
        text: String,
        /// How it is drawn; not there where the text says it all.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        blocks: Option<Vec<Block>>,
    },
    /// A tombstone.
    Deleted,
    /// Something that the message's sender did to the conversation: nobody's words, and nothing can be done to it.
    System { happened: HappenedView },
    /// A kind from a newer version.
    Unknown { name: String },
}

/// What happened to a conversation. People without a name are not known here, or have deleted their account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
#[ts(export)]
pub enum HappenedView {
    /// It has another name, another topic, or both.
    Edited {
        name: bool,
        topic: bool,
    },
    Added {
        people: Vec<HappenedTo>,
    },
    /// `heir`: who owns it since, where it was its owner who is out.
    Removed {
        person: HappenedTo,
        heir: Option<HappenedTo>,
    },
    Left {
        heir: Option<HappenedTo>,
    },
    RoleSet {
        person: HappenedTo,
        role: MemberRole,
    },
    /// Who comes from here on sees what was said before, or does not.
    HistorySet {
        shared: bool,
    },
    /// It looks otherwise, or has no picture any more.
    PictureSet {
        removed: bool,
    },
    /// A kind from a newer version.
    Unknown,
}

/// Somebody to whom it happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct HappenedTo {
    pub user: UserId,
    pub me: bool,
    /// They have deleted their account.
    pub deleted: bool,
    /// Empty where they are not known here.
    pub name: String,
}

/// A window of a conversation's messages, oldest first, then the outbox's.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct TimelinePage {
    pub conversation: ConversationId,
    pub messages: Vec<MessageView>,
    /// What lies before the first message.
    pub before: Edge,
    /// What lies after the last one. Messages of the outbox are there only at `End`.
    pub after: Edge,
    /// My read marker: the unread line goes after it.
    #[ts(type = "number")]
    pub read_pos: Pos,
    pub unread: u32,
    /// Messages before the first of all were removed by the server's policy.
    pub removed: bool,
}

/// What a message shows of what is said under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ThreadView {
    pub messages: u32,
    /// Who said it, the newest first: a few of them.
    pub people: Vec<PersonView>,
    /// When the newest was said.
    #[ts(type = "number")]
    pub last_at: Millis,
    pub following: bool,
    /// 0 where I do not follow it.
    pub unread: u32,
}

/// A window of a thread, oldest first, then the outbox's.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct ThreadPage {
    pub conversation: ConversationId,
    /// The message that the thread is about.
    pub thread: MessageId,
    /// As it stands there; `None` while it is not here, or where I cannot see it.
    pub root: Option<MessageView>,
    pub messages: Vec<MessageView>,
    /// What lies before the first message.
    pub before: Edge,
    /// Up to where I have read it: the unread line goes after it.
    #[ts(type = "number")]
    pub read_pos: Pos,
    pub following: bool,
    /// 0 where I do not follow it.
    pub unread: u32,
    /// What is being written in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub draft: Option<String>,
    /// What that is to answer; there may be no text yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub draft_quote: Option<QuoteView>,
}

/// A thread that I follow, in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct FollowedThreadView {
    pub conversation: ConversationId,
    /// What that is called.
    pub name: String,
    pub root: MessageId,
    /// What the root says; `None` while it is not on this computer, and where it is gone.
    pub said: Option<SaidView>,
    /// The root is deleted, or I have hidden it.
    pub gone: bool,
    pub messages: u32,
    /// When the newest was said.
    #[ts(type = "number")]
    pub last_at: Millis,
    pub unread: u32,
    /// What is being written in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub draft: Option<String>,
}

/// The threads that I follow, the one with the newest message first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ThreadList {
    pub items: Vec<FollowedThreadView>,
    /// There may be more than was asked for.
    pub more: bool,
}

/// What lies beyond a timeline page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Edge {
    /// Nothing: the conversation begins or ends here.
    End,
    /// More, on this computer.
    More,
    /// A known hole: being fetched, or waiting for the network.
    Gap,
}

/// Where a timeline page is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum At {
    /// The first unread message with some context, or the end when all is read.
    Unread,
    End,
    /// Around this message.
    Message {
        id: MessageId,
    },
    /// The messages before this place.
    Before {
        #[ts(type = "number")]
        pos: Pos,
    },
    /// The messages after this place.
    After {
        #[ts(type = "number")]
        pos: Pos,
    },
}
