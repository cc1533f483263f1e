//! The connect link: where a server is, and the fingerprint of its certificate if it made that itself.
//!
//! `hearth://connect/HOST:PORT`, `hearth://connect/HOST:PORT#sha256=HEX`; also a bare `HOST[:PORT]` or an `https://` address.
//! Plain `http` is taken for loopback only.

use std::{fmt, net::IpAddr, str::FromStr};

/// The port that `hearthd` listens on unless told otherwise.
pub const DEFAULT_PORT: u16 = 7380;

/// Where a server is and how to know that it is the right one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectLink {
    /// A DNS name, an IPv4 address or an IPv6 address without brackets; lower case.
    pub host: String,
    pub port: u16,
    pub trust: Trust,
}

/// How the connection is secured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Plain HTTP: loopback only.
    Loopback,
    /// A certificate that the system's roots vouch for.
    SystemRoots,
    /// The SHA-256 of the server's own certificate (DER), as the link carried it.
    Pinned([u8; 32]),
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    #[error("Type the server's address, such as chat.example.org, or paste its connect link.")]
    Empty,
    #[error("This is not an address or a connect link. An address looks like chat.example.org; a link starts with hearth://connect/.")]
    NotALink,
    #[error("The fingerprint in the link is damaged. Ask for the link again.")]
    Fingerprint,
    #[error("Hearth talks to other machines only through an encrypted connection. Use https:// or the server's connect link.")]
    Plaintext,
}

impl ConnectLink {
    /// The base URL for requests: scheme, host and port.
    pub fn base_url(&self) -> String {
        let scheme = if self.trust == Trust::Loopback { "http" } else { "https" };
        format!("{scheme}://{}", self.authority())
    }

    /// The WebSocket's URL.
    pub fn socket_url(&self) -> String {
        let scheme = if self.trust == Trust::Loopback { "ws" } else { "wss" };
        format!("{scheme}://{}/v1/socket", self.authority())
    }

    /// `host:port` with brackets where IPv6 needs them.
    pub fn authority(&self) -> String {
        if self.host.contains(':') { format!("[{}]:{}", self.host, self.port) } else { format!("{}:{}", self.host, self.port) }
    }
}

/// True for `localhost` and the loopback addresses, where plain HTTP is safe.
pub fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

impl fmt::Display for ConnectLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.trust {
            // Without its scheme the address of this computer would mean plain HTTP.
            Trust::SystemRoots if is_loopback(&self.host) => "https://",
            _ => "hearth://connect/",
        };
        write!(f, "{scheme}{}", self.authority())?;
        if let Trust::Pinned(print) = &self.trust {
            f.write_str("#sha256=")?;
            for byte in print {
                write!(f, "{byte:02x}")?;
            }
        }
        Ok(())
    }
}

impl FromStr for ConnectLink {
    type Err = LinkError;

    fn from_str(text: &str) -> Result<Self, LinkError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(LinkError::Empty);
        }
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
            None => (String::new(), text),
        };
        let rest = match scheme.as_str() {
            "hearth" => rest.strip_prefix("connect/").ok_or(LinkError::NotALink)?,
            "" | "http" | "https" => rest,
            _ => return Err(LinkError::NotALink),
        };
        let (place, fragment) = rest.split_once('#').unwrap_or((rest, ""));
        let (host, port) = split_authority(place.strip_suffix('/').unwrap_or(place))?;
        let pinned = match fragment {
            "" => None,
            _ => Some(parse_fingerprint(fragment.strip_prefix("sha256=").ok_or(LinkError::Fingerprint)?)?),
        };
        let trust = match (pinned, scheme.as_str()) {
            (Some(print), _) => Trust::Pinned(print),
            (None, "https") => Trust::SystemRoots,
            (None, _) if is_loopback(&host) => Trust::Loopback,
            (None, "http") => return Err(LinkError::Plaintext),
            (None, _) => Trust::SystemRoots,
        };
        let default = if scheme == "https" { 443 } else { DEFAULT_PORT };
        Ok(Self { host, port: port.unwrap_or(default), trust })
    }
}

fn split_authority(place: &str) -> Result<(String, Option<u16>), LinkError> {
    let (host, port) = if let Some(rest) = place.strip_prefix('[') {
        let (host, after) = rest.split_once(']').ok_or(LinkError::NotALink)?;
        host.parse::<std::net::Ipv6Addr>().map_err(|_| LinkError::NotALink)?;
        (host, if after.is_empty() { None } else { Some(after.strip_prefix(':').ok_or(LinkError::NotALink)?) })
    } else {
        match place.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (place, None),
        }
    };
    let port = match port {
        Some(digits) => Some(digits.parse().ok().filter(|port| *port != 0).ok_or(LinkError::NotALink)?),
        None => None,
    };
    let bracketed = place.starts_with('[');
    let legal = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.' || (bracketed && c == ':');
    if host.is_empty() || host.len() > 253 || !host.chars().all(legal) {
        return Err(LinkError::NotALink);
    }
    Ok((host.to_ascii_lowercase(), port))
}

fn parse_fingerprint(hex: &str) -> Result<[u8; 32], LinkError> {
    let digits: Vec<u8> = hex.chars().filter_map(|c| c.to_digit(16)).filter_map(|digit| u8::try_from(digit).ok()).collect();
    if hex.len() != 64 || digits.len() != 64 {
        return Err(LinkError::Fingerprint);
    }
    let mut print = [0_u8; 32];
    for (byte, pair) in print.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = pair.iter().fold(0, |value, digit| value * 16 + digit);
    }
    Ok(print)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_goes_there_and_back() {
        let link = ConnectLink { host: "192.168.1.7".into(), port: 7380, trust: Trust::Pinned([0xab; 32]) };
        assert_eq!(link.to_string().parse::<ConnectLink>().unwrap(), link);
        let v6 = ConnectLink { host: "fe80::1".into(), port: 9, trust: Trust::Pinned([1; 32]) };
        assert_eq!(v6.to_string().parse::<ConnectLink>().unwrap(), v6);
        assert_eq!(v6.base_url(), "https://[fe80::1]:9");
        let own = ConnectLink { host: "::1".into(), port: 380, trust: Trust::SystemRoots };
        assert_eq!(own.to_string().parse::<ConnectLink>().unwrap(), own);
    }

    #[test]
    fn bare_addresses_find_their_scheme() {
        let parse = |text: &str| text.parse::<ConnectLink>().unwrap();
        assert_eq!(parse(" Chat.Example.org ").base_url(), "https://chat.example.org:7380");
        assert_eq!(parse("https://chat.example.org/").base_url(), "https://chat.example.org:443");
        assert_eq!(parse("localhost:9000").base_url(), "http://localhost:9000");
        assert_eq!(parse("http://127.0.0.1:1").socket_url(), "ws://127.0.0.1:1/v1/socket");
        assert_eq!(parse("[::1]:80").trust, Trust::Loopback);
    }

    #[test]
    fn nonsense_and_plaintext_are_refused_with_words() {
        let refused = |text: &str| text.parse::<ConnectLink>().unwrap_err();
        assert_eq!(refused(""), LinkError::Empty);
        assert_eq!(refused("http://example.org"), LinkError::Plaintext);
        assert_eq!(refused("hearth://connect/example.org#sha256=12"), LinkError::Fingerprint);
        for text in ["ftp://a", "hearth://join/x", "a b", "host:0", "host:99999", "javascript:alert(1)", "user@host", "host/path", "[::1"] {
            assert_eq!(refused(text), LinkError::NotALink, "{text}");
        }
    }
}
