//! Links by which people join a group. They are no rows of a stream: whoever has the secret may be nobody whom the group knows.
//!
//! `hearth://join/HOST:PORT/SECRET`, with `#sha256=HEX` where the server made its certificate itself; and `hearth://sign-up/` likewise, the
//! link that invites somebody to the server itself (see `admin`).

use crate::{
    Millis,
    ids::{GroupId, InviteLinkId, UserId},
    link::{ConnectLink, LinkError, Trust},
    rows::MemberRole,
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// 256 random bits in base64url.
const SECRET_CHARS: usize = 43;

/// `POST /v1/groups/{id}/links`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateInviteLink {
    /// What somebody is who joins by it: a member, or an admin if the owner says so.
    pub role: MemberRole,
    /// How long it is good, up to `limits::INVITE_LINK_MS_MAX`.
    pub lives_ms: i64,
    /// How many may join by it, up to `limits::INVITE_LINK_USES_MAX`.
    pub uses: u32,
}

/// The answer: the one time that the secret is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteLinkMade {
    pub secret: String,
    pub link: InviteLink,
}

/// A link that is good, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteLink {
    pub id: InviteLinkId,
    pub role: MemberRole,
    pub created_by: UserId,
    pub created_at: Millis,
    pub expires_at: Millis,
    pub uses_left: u32,
}

/// The answer to `GET /v1/groups/{id}/links`: those that are good, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteLinks {
    pub links: Vec<InviteLink>,
}

/// `POST /v1/links/look` and `POST /v1/links/join`: the secret never stands in an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteSecret {
    pub secret: String,
}

/// Where a link leads, for who has not decided yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteFound {
    pub group: GroupId,
    pub name: String,
    /// May be empty.
    pub about: String,
    /// How many are in it.
    pub people: u32,
    /// I am one of them.
    pub joined: bool,
}

/// The answer to joining; the rows come by their streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteTaken {
    pub group: GroupId,
}

macro_rules! secret_link {
    ($(#[$doc:meta])* $name:ident = $start:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name {
            pub server: ConnectLink,
            pub secret: String,
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_link(f, $start, &self.server, &self.secret)
            }
        }

        /// Without the secret, which is not for a log.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).field("server", &self.server).finish_non_exhaustive()
            }
        }

        impl FromStr for $name {
            type Err = LinkError;

            fn from_str(text: &str) -> Result<Self, LinkError> {
                let (server, secret) = read_link(text, $start)?;
                Ok(Self { server, secret })
            }
        }
    };
}

secret_link!(
    /// A link into a group as people pass it on.
    JoinLink = "hearth://join/"
);
secret_link!(
    /// A link by which somebody signs up on a server that takes an invitation for that.
    SignUpLink = "hearth://sign-up/"
);

fn write_link(f: &mut fmt::Formatter<'_>, start: &str, server: &ConnectLink, secret: &str) -> fmt::Result {
    write!(f, "{start}{}/{secret}", server.authority())?;
    match (&server.trust, server.to_string().split_once('#')) {
        (Trust::Pinned(_), Some((_, print))) => write!(f, "#{print}"),
        _ => Ok(()),
    }
}

fn read_link(text: &str, start: &str) -> Result<(ConnectLink, String), LinkError> {
    let rest = text.trim().strip_prefix(start).ok_or(LinkError::NotALink)?;
    let (path, print) = rest.split_once('#').map_or((rest, None), |(path, print)| (path, Some(print)));
    let (place, secret) = path.split_once('/').ok_or(LinkError::NotALink)?;
    let written = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if secret.len() != SECRET_CHARS || !secret.chars().all(written) {
        return Err(LinkError::NotALink);
    }
    let print = print.map(|print| format!("#{print}")).unwrap_or_default();
    Ok((format!("hearth://connect/{place}{print}").parse()?, secret.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_goes_there_and_back() {
        let secret = "aB3-_".repeat(9)[..SECRET_CHARS].to_owned();
        for server in ["hearth://connect/chat.example.org:7380", "hearth://connect/127.0.0.1:9", "hearth://connect/[fe80::1]:9"] {
            let link = JoinLink { server: server.parse().unwrap(), secret: secret.clone() };
            assert_eq!(link.to_string().parse::<JoinLink>().unwrap(), link);
            assert!(link.to_string().parse::<SignUpLink>().is_err(), "what leads into a group signs nobody up");
        }
        let server = ConnectLink { host: "192.168.1.7".into(), port: 7380, trust: Trust::Pinned([0xab; 32]) };
        let link = JoinLink { server, secret: secret.clone() };
        assert_eq!(link.to_string().parse::<JoinLink>().unwrap(), link);
        assert!(!format!("{link:?}").contains(&secret));
    }

    #[test]
    fn nonsense_is_refused() {
        let secret = "x".repeat(SECRET_CHARS);
        for text in [
            "hearth://join/".into(),
            "hearth://join/host".into(),
            format!("hearth://join/{secret}"),
            format!("hearth://join/host/{secret}y"),
            format!("hearth://join/host/{}", &secret[1..]),
            format!("hearth://join/host/{}%", &secret[1..]),
            format!("hearth://join/host/more/{secret}"),
            format!("hearth://join/host/{secret}#sha256=12"),
            format!("hearth://connect/host/{secret}"),
            format!("https://host/{secret}"),
        ] {
            assert!(text.parse::<JoinLink>().is_err(), "{text}");
        }
    }
}
