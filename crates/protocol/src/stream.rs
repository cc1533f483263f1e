//! A stream is the ordered home of rows that sync together.

use crate::ids::{ConversationId, GroupId, UserId};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// Names a stream; `kind:uuid` on the wire and in the replica. The server keeps kind and owner in columns of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum StreamId {
    /// Private to one person: account, memberships, read markers.
    User(UserId),
    /// A conversation's info and messages.
    Conversation(ConversationId),
    /// Who is in a conversation. Never part of heads: pulled when the conversation is first followed and when it moved.
    Members(ConversationId),
    /// What has reached whom, and who has read it. Never part of heads: pulled while its conversation is open.
    Receipts(ConversationId),
    /// A group's info, members and public channels.
    Group(GroupId),
}

/// What a stream is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StreamKind {
    User,
    Conversation,
    Members,
    Receipts,
    Group,
}

impl StreamKind {
    /// The word on the wire and in the server's tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Conversation => "conversation",
            Self::Members => "members",
            Self::Receipts => "receipts",
            Self::Group => "group",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [Self::User, Self::Conversation, Self::Members, Self::Receipts, Self::Group].into_iter().find(|kind| kind.as_str() == word)
    }

    /// The stream of this kind that belongs to a person, a conversation or a group.
    pub fn of(self, owner: Uuid) -> StreamId {
        match self {
            Self::User => StreamId::User(UserId(owner)),
            Self::Conversation => StreamId::Conversation(ConversationId(owner)),
            Self::Members => StreamId::Members(ConversationId(owner)),
            Self::Receipts => StreamId::Receipts(ConversationId(owner)),
            Self::Group => StreamId::Group(GroupId(owner)),
        }
    }
}

impl StreamId {
    pub fn kind(self) -> StreamKind {
        match self {
            Self::User(_) => StreamKind::User,
            Self::Conversation(_) => StreamKind::Conversation,
            Self::Members(_) => StreamKind::Members,
            Self::Receipts(_) => StreamKind::Receipts,
            Self::Group(_) => StreamKind::Group,
        }
    }

    /// The person's, the conversation's or the group's id.
    pub fn owner(self) -> Uuid {
        match self {
            Self::User(id) => id.0,
            Self::Conversation(id) | Self::Members(id) | Self::Receipts(id) => id.0,
            Self::Group(id) => id.0,
        }
    }

    /// The conversation that it is of, if it is of one.
    pub fn conversation(self) -> Option<ConversationId> {
        match self {
            Self::User(_) | Self::Group(_) => None,
            Self::Conversation(id) | Self::Members(id) | Self::Receipts(id) => Some(id),
        }
    }
}

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind().as_str(), self.owner())
    }
}

/// The text is not `kind:uuid` with a kind that this build knows.
#[derive(Debug, thiserror::Error)]
#[error("not a stream: {0}")]
pub struct NotAStream(String);

impl FromStr for StreamId {
    type Err = NotAStream;

    fn from_str(text: &str) -> Result<Self, NotAStream> {
        let error = || NotAStream(text.chars().take(60).collect());
        let (kind, id) = text.split_once(':').ok_or_else(error)?;
        let kind = StreamKind::parse(kind).ok_or_else(error)?;
        Uuid::parse_str(id).map(|id| kind.of(id)).map_err(|_| error())
    }
}

impl TryFrom<String> for StreamId {
    type Error = NotAStream;
    fn try_from(text: String) -> Result<Self, NotAStream> {
        text.parse()
    }
}

impl From<StreamId> for String {
    fn from(stream: StreamId) -> String {
        stream.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_there_and_back_and_nonsense_is_refused() {
        let conversation = ConversationId::new();
        let of_conversation = [StreamId::Conversation(conversation), StreamId::Members(conversation), StreamId::Receipts(conversation)];
        for stream in of_conversation.into_iter().chain([StreamId::User(UserId::new()), StreamId::Group(GroupId::new())]) {
            assert_eq!(stream.to_string().parse::<StreamId>().unwrap(), stream);
        }
        for nonsense in ["", "user", "user:", "user:1", "room:00000000-0000-0000-0000-000000000000"] {
            assert!(nonsense.parse::<StreamId>().is_err(), "{nonsense}");
        }
    }
}
