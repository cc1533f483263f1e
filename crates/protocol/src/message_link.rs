//! Links to messages, as people pass them on. They hold no secret: whoever may not see the message learns nothing by its ids.
//!
//! `hearth://message/HOST:PORT/CONVERSATION/MESSAGE`, with `#sha256=HEX` where the server made its certificate itself.

use crate::{
    ids::{ConversationId, MessageId},
    link::{ConnectLink, LinkError, Trust},
};
use std::{fmt, str::FromStr};

const START: &str = "hearth://message/";

/// Where a message is: on which server, in which conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageLink {
    pub server: ConnectLink,
    pub conversation: ConversationId,
    pub message: MessageId,
}

impl fmt::Display for MessageLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { server, conversation, message } = self;
        write!(f, "{START}{}/{conversation}/{message}", server.authority())?;
        match (&server.trust, server.to_string().split_once('#')) {
            (Trust::Pinned(_), Some((_, print))) => write!(f, "#{print}"),
            _ => Ok(()),
        }
    }
}

impl FromStr for MessageLink {
    type Err = LinkError;

    fn from_str(text: &str) -> Result<Self, LinkError> {
        let rest = text.trim().strip_prefix(START).ok_or(LinkError::NotALink)?;
        let (path, print) = rest.split_once('#').map_or((rest, None), |(path, print)| (path, Some(print)));
        let mut parts = path.split('/');
        let (Some(place), Some(conversation), Some(message), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(LinkError::NotALink);
        };
        let print = print.map(|print| format!("#{print}")).unwrap_or_default();
        Ok(Self { server: format!("hearth://connect/{place}{print}").parse()?, conversation: id(conversation)?, message: id(message)? })
    }
}

/// Exactly the way we write ids: 36 characters, hyphens, lower case; none of UUID's other spellings.
fn id<T: FromStr + fmt::Display>(text: &str) -> Result<T, LinkError> {
    text.parse::<T>().ok().filter(|id| id.to_string() == text).ok_or(LinkError::NotALink)
}

#[cfg(test)]
mod tests {
    use super::*;

    const C: &str = "01890a5d-ac96-774b-bcce-b302099a8057";
    const M: &str = "01890a5d-ac96-774b-bcce-b302099a8058";

    #[test]
    fn a_link_goes_there_and_back() {
        for server in ["hearth://connect/chat.example.org:7380", "hearth://connect/127.0.0.1:9", "hearth://connect/[fe80::1]:9"] {
            let link = MessageLink { server: server.parse().unwrap(), conversation: C.parse().unwrap(), message: M.parse().unwrap() };
            assert_eq!(link.to_string().parse::<MessageLink>().unwrap(), link);
        }
        let server = ConnectLink { host: "192.168.1.7".into(), port: 7380, trust: Trust::Pinned([0xab; 32]) };
        let link = MessageLink { server, conversation: C.parse().unwrap(), message: M.parse().unwrap() };
        assert_eq!(link.to_string(), format!("hearth://message/192.168.1.7:7380/{C}/{M}#sha256={}", "ab".repeat(32)));
        assert_eq!(link.to_string().parse::<MessageLink>().unwrap(), link);
    }

    #[test]
    fn nonsense_is_refused() {
        for text in [
            "hearth://message/".into(),
            "hearth://message/host".into(),
            format!("hearth://message/{C}/{M}"),
            format!("hearth://message/host/{C}"),
            format!("hearth://message/host/{C}/"),
            format!("hearth://message/host/{C}/{M}/"),
            format!("hearth://message/host/more/{C}/{M}"),
            format!("hearth://message//{C}/{M}"),
            format!("hearth://message/user@host/{C}/{M}"),
            format!("hearth://message/host/{}/{M}", C.to_uppercase()),
            format!("hearth://message/host/{C}/{}", M.replace('-', "")),
            format!("hearth://message/host/{C}/{M}?x=1"),
            format!("hearth://message/host/{C}/{M}#sha256=12"),
            format!("hearth://open/{C}/{M}"),
            format!("https://host/{C}/{M}"),
        ] {
            assert!(text.parse::<MessageLink>().is_err(), "{text}");
        }
    }
}
