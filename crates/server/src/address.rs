//! Addresses for mail: what is accepted, and how they are compared; and what somebody types to say who they are.

use crate::names;
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    limits::EMAIL_BYTES_MAX,
};
use unicode_normalization::UnicodeNormalization as _;

/// An address as it is compared. By the letter of the standard the part before the `@` has case; no mail server that people use has it.
pub(crate) fn fold(address: &str) -> String {
    address.nfc().collect::<String>().to_lowercase()
}

/// Checks an address that somebody gives; gives it back as it will be shown.
pub(crate) fn check(wanted: &str) -> Result<String, ApiError> {
    let address: String = wanted.trim().nfc().collect();
    let fits = address.len() <= EMAIL_BYTES_MAX && !address.chars().any(|c| c.is_control() || c.is_whitespace() || c == '"');
    // The domain needs a dot: a name of this computer's own network is most often a typing mistake.
    let outside = address.rsplit_once('@').is_some_and(|(_, domain)| domain.trim_matches('.').contains('.'));
    if !fits || !outside || address.parse::<lettre::Address>().is_err() {
        return Err(ApiError::new(ErrorCode::InvalidEmail, "This is not an email address. It looks like name@example.org."));
    }
    Ok(address)
}

/// Checks a domain by which a server takes people; gives it back as it is compared.
pub(crate) fn domain(wanted: &str) -> Result<String, ApiError> {
    let domain = fold(wanted.trim().trim_start_matches('@'));
    match check(&format!("somebody@{domain}")) {
        Ok(_) if !domain.contains('@') => Ok(domain),
        _ => Err(ApiError::new(ErrorCode::InvalidEmail, format!("\"{domain}\" is not a domain. One looks like example.org."))),
    }
}

/// Whether an address is of one of these domains, or of one below it; of none of none: of any.
pub(crate) fn is_of(address: &str, domains: &[String]) -> bool {
    let address = fold(address);
    let Some((_, of)) = address.rsplit_once('@') else { return false };
    domains.is_empty()
        || domains.iter().any(|domain| of == domain || of.strip_suffix(domain.as_str()).is_some_and(|rest| rest.ends_with('.')))
}

/// Who somebody says that they are. A username has no `@`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Login {
    /// Folded.
    Username(String),
    /// Folded.
    Address(String),
}

impl Login {
    pub fn of(typed: &str) -> Self {
        let typed = typed.trim();
        if typed.contains('@') { Self::Address(fold(typed)) } else { Self::Username(names::fold(typed)) }
    }

    /// What is counted when somebody tries too often.
    pub fn key(&self) -> &str {
        match self {
            Self::Username(key) | Self::Address(key) => key,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_those_below_as_well_and_not_those_that_end_alike() {
        let domains = [domain(" @Example.org ").unwrap()];
        for (address, fits) in
            [("a@example.org", true), ("a@mail.EXAMPLE.org", true), ("a@badexample.org", false), ("a@example.org.evil.net", false)]
        {
            assert_eq!(is_of(address, &domains), fits, "{address}");
        }
        assert!(is_of("a@anywhere.net", &[]));
        for nonsense in ["", "localhost", "a b.org", "a@b.org", "x@example.org@y.org"] {
            assert!(domain(nonsense).is_err(), "{nonsense}");
        }
    }

    #[test]
    fn addresses_are_told_from_what_is_none() {
        for address in ["elin@example.org", " Elin.Brandt+hearth@mail.example.co.uk ", "дарья@пример.рф", "a@xn--bcher-kva.example"]
        {
            assert!(check(address).is_ok(), "{address}");
        }
        let endless = format!("{}@example.org", "x".repeat(250));
        for other in [
            "",
            "elin",
            "elin@",
            "@example.org",
            "elin@localhost",
            "a b@example.org",
            "a@example.org\r\nBcc: b@example.org",
            "a@example.org, b@example.org",
            "Elin <elin@example.org>",
            "\"elin\"@example.org",
            endless.as_str(),
        ] {
            assert_eq!(check(other).err().map(|error| error.code), Some(ErrorCode::InvalidEmail), "{other}");
        }
    }

    #[test]
    fn what_is_typed_is_a_username_or_an_address() {
        assert_eq!(Login::of(" ELIN "), Login::Username("elin".into()));
        assert_eq!(Login::of(" Elin@Example.ORG "), Login::Address("elin@example.org".into()));
    }
}
