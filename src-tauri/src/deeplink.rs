//! `hearth://` links: a fixed grammar that navigates and does nothing else. Whatever else arrives is refused whole.
//!
//! - `hearth://connect/HOST[:PORT][#sha256=HEX]` shows the link on the first page; the person decides.
//! - `hearth://join/HOST[:PORT]/SECRET[#sha256=HEX]` shows where a link into a group leads; the person decides.
//! - `hearth://sign-up/HOST[:PORT]/SECRET[#sha256=HEX]`, an invitation to a server, is shown like a connect link.
//! - `hearth://message/HOST[:PORT]/CONVERSATION/MESSAGE[#sha256=HEX]` shows a message in its place, or why not.
//! - `hearth://open/CONVERSATION[/MESSAGE]` shows a conversation that is there already.

use hearth_client::view::Update;
use hearth_protocol::{
    ids::{ConversationId, MessageId},
    invite::{JoinLink, SignUpLink},
    link::ConnectLink,
    message_link::MessageLink,
};
use std::{fmt::Display, str::FromStr};

/// Longer than any real link: a host name of 253, a port, two ids and a fingerprint.
const LINK_CHARS_MAX: usize = 450;

/// A link that may be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeepLink {
    Connect(ConnectLink),
    Join(JoinLink),
    SignUp(SignUpLink),
    Message(MessageLink),
    Open { conversation: ConversationId, message: Option<MessageId> },
}

/// Why a link is not followed. It does not repeat the link: that came from a stranger and goes into the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the link is not one of Hearth's")]
    Grammar,
    #[error("the link is too long")]
    TooLong,
    #[error("the link's address is wrong")]
    Address,
}

impl DeepLink {
    /// What the page is told. It is written anew from what was understood: no character of the link goes on unread.
    /// `here`: the account that it is shown in is on the server that it names.
    pub fn update(&self, here: bool) -> Update {
        match self {
            Self::Connect(link) => Update::ConnectLink { link: link.to_string(), here },
            Self::SignUp(link) => Update::ConnectLink { link: link.to_string(), here },
            Self::Join(link) => Update::JoinLink { link: link.to_string(), server: link.server.to_string(), here },
            Self::Message(link) => Update::MessageLink { link: link.to_string() },
            Self::Open { conversation, message } => Update::Open { conversation: *conversation, message: *message },
        }
    }
}

/// Reads a link.
///
/// # Errors
/// For everything that is not exactly of the grammar above.
pub fn parse(text: &str) -> Result<DeepLink, Refused> {
    if text.len() > LINK_CHARS_MAX {
        return Err(Refused::TooLong);
    }
    if text.chars().any(|c| c.is_control() || c.is_whitespace() || !c.is_ascii()) {
        return Err(Refused::Grammar);
    }
    let rest = text.strip_prefix("hearth://").ok_or(Refused::Grammar)?;
    match rest.split_once('/') {
        Some(("connect", place)) if !place.contains('/') || place.ends_with('/') => {
            text.parse().map(DeepLink::Connect).map_err(|_| Refused::Address)
        }
        Some(("join", _)) => text.parse().map(DeepLink::Join).map_err(|_| Refused::Address),
        Some(("sign-up", _)) => text.parse().map(DeepLink::SignUp).map_err(|_| Refused::Address),
        Some(("message", _)) => text.parse().map(DeepLink::Message).map_err(|_| Refused::Address),
        Some(("open", path)) => {
            let (conversation, message) = match path.split_once('/') {
                Some((conversation, message)) => (conversation, Some(message)),
                None => (path, None),
            };
            Ok(DeepLink::Open { conversation: id(conversation)?, message: message.map(id).transpose()? })
        }
        _ => Err(Refused::Grammar),
    }
}

/// Exactly the way we write ids: 36 characters, hyphens, lower case; none of UUID's other spellings.
fn id<T: FromStr + Display>(text: &str) -> Result<T, Refused> {
    text.parse::<T>().ok().filter(|id| id.to_string() == text).ok_or(Refused::Grammar)
}

#[cfg(test)]
#[path = "deeplink_tests.rs"]
mod tests;
