//! How mail leaves the server.

use lettre::message::Mailbox;
use std::{fmt, net::IpAddr, path::PathBuf};
use url::Url;

/// The mail server that takes letters from us. Its password is shown nowhere.
#[derive(Clone, Debug)]
pub struct MailServer {
    pub host: String,
    pub port: u16,
    pub security: MailSecurity,
    pub login: Option<MailLogin>,
    /// From whom letters come.
    pub from: Mailbox,
    /// A PEM file with the certificate of a mail server that the system does not trust.
    pub certificate: Option<PathBuf>,
}

/// How the connection to the mail server is secured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailSecurity {
    /// From the first byte on.
    Tls,
    /// After a greeting; who does not offer it gets nothing.
    StartTls,
    /// Not at all: on this computer alone.
    Plain,
}

/// What the mail server knows us by.
#[derive(Clone)]
pub struct MailLogin {
    pub user: String,
    pub password: String,
}

impl fmt::Debug for MailLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MailLogin").field("user", &self.user).finish_non_exhaustive()
    }
}

impl MailServer {
    /// Reads `smtps://HOST[:465]`, `smtp://HOST[:587]` (STARTTLS) or `smtp+plain://127.0.0.1[:25]`, and the address that letters come from.
    ///
    /// # Errors
    /// A sentence for the server's owner.
    pub fn parse(place: &str, from: &str) -> Result<Self, String> {
        let from = from
            .parse()
            .map_err(|_| format!("{from:?} is not an address that mail can come from. Give one like \"Hearth <hearth@example.org>\"."))?;
        let url =
            Url::parse(place).map_err(|error| format!("{place:?} is no mail server ({error}). Give one like smtps://mail.example.org."))?;
        let (security, usual) = match url.scheme() {
            "smtps" => (MailSecurity::Tls, 465),
            "smtp" => (MailSecurity::StartTls, 587),
            "smtp+plain" => (MailSecurity::Plain, 25),
            other => {
                return Err(format!("{other:?} is no way to send mail. Use smtps://, smtp:// or, on this computer alone, smtp+plain://."));
            }
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err("A mail server's user and password do not belong into its address. Give --mail-user, and HEARTH_MAIL_PASSWORD in the environment.".into());
        }
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        if host.is_empty() {
            return Err(format!("{place:?} names no mail server. Give one like smtps://mail.example.org."));
        }
        let here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        if security == MailSecurity::Plain && !here {
            return Err(format!(
                "Mail would go to {host} without encryption. Use smtps:// or smtp://; smtp+plain:// is for this computer alone."
            ));
        }
        Ok(Self { host, port: url.port().unwrap_or(usual), security, login: None, from, certificate: None })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn places_are_read_and_unsafe_ones_refused() {
        let read = |place: &str| MailServer::parse(place, "Hearth <hearth@example.org>");
        let server = read("smtps://mail.example.org").unwrap();
        assert_eq!((server.host.as_str(), server.port, server.security), ("mail.example.org", 465, MailSecurity::Tls));
        let server = read("smtp://mail.example.org:2525").unwrap();
        assert_eq!((server.port, server.security), (2525, MailSecurity::StartTls));
        assert_eq!(read("smtp+plain://127.0.0.1:25").unwrap().security, MailSecurity::Plain);
        assert_eq!(read("smtp+plain://[::1]").unwrap().host, "::1");
        for bad in [
            "",
            "mail.example.org",
            "http://mail.example.org",
            "smtp+plain://mail.example.org",
            "smtp+plain://192.0.2.1",
            "smtps://u:p@mail.example.org",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
        assert!(MailServer::parse("smtps://mail.example.org", "nobody").is_err());
    }

    #[test]
    fn the_password_is_not_printed() {
        let login = MailLogin { user: "hearth".into(), password: "do not say".into() };
        let server = MailServer { login: Some(login), ..MailServer::parse("smtps://mail.example.org", "hearth@example.org").unwrap() };
        assert!(!format!("{server:?}").contains("do not say"));
    }
}
