//! A stream is the ordered home of rows that sync together.

use crate::ids::{ConversationId, UserId};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

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
}

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(id) => write!(f, "user:{id}"),
            Self::Conversation(id) => write!(f, "conversation:{id}"),
            Self::Members(id) => write!(f, "members:{id}"),
        }
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
        match kind {
            "user" => id.parse().map(Self::User).map_err(|_| error()),
            "conversation" => id.parse().map(Self::Conversation).map_err(|_| error()),
            "members" => id.parse().map(Self::Members).map_err(|_| error()),
            _ => Err(error()),
        }
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
        for stream in
            [StreamId::User(UserId::new()), StreamId::Conversation(ConversationId::new()), StreamId::Members(ConversationId::new())]
        {
            assert_eq!(stream.to_string().parse::<StreamId>().unwrap(), stream);
        }
        for nonsense in ["", "user", "user:", "user:1", "room:00000000-0000-0000-0000-000000000000"] {
            assert!(nonsense.parse::<StreamId>().is_err(), "{nonsense}");
        }
    }
}
