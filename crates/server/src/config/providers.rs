//! The OpenID Connect providers by which people may sign in, as the owner writes them down.

use serde::Deserialize;
use std::{collections::BTreeSet, fmt, net::IpAddr};
use url::{Host, Url};

/// One provider. Its secret is shown nowhere.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderConfig {
    /// What the server calls it: letters, digits and dashes.
    pub id: String,
    /// What people read: "Continue with NAME".
    pub name: String,
    /// Its address, exactly as its discovery document says it.
    pub issuer: String,
    pub client_id: String,
    /// Left out where the provider knows this server as a public client.
    #[serde(default)]
    pub client_secret: Option<String>,
    /// Besides `openid`. `offline_access` has tokens that are renewed.
    #[serde(default = "usual_scopes")]
    pub scopes: Vec<String>,
    /// Whether somebody who is new here may sign up by it, where people may sign up at all.
    #[serde(default = "yes")]
    pub sign_up: bool,
}

fn usual_scopes() -> Vec<String> {
    vec!["profile".into(), "email".into()]
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    provider: Vec<ProviderConfig>,
}

impl ProviderConfig {
    /// Reads the text of a TOML file with a `[[provider]]` for each.
    ///
    /// # Errors
    /// A sentence for the server's owner; it repeats nothing of the text, which has secrets in it.
    pub fn parse_all(text: &str) -> Result<Vec<Self>, String> {
        let file: File = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| text.bytes().take(span.start).filter(|byte| *byte == b'\n').count() + 1);
            format!("The list of providers cannot be read: line {line}: {}.", error.message())
        })?;
        let mut ids = BTreeSet::new();
        for provider in &file.provider {
            provider.check()?;
            if !ids.insert(&provider.id) {
                return Err(format!("There are two providers with the id {:?}. Give each its own.", provider.id));
            }
        }
        Ok(file.provider)
    }

    fn check(&self) -> Result<(), String> {
        let id = &self.id;
        if id.is_empty() || id.len() > 32 || !id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
            return Err(format!("{id:?} is no id for a provider. Use small letters, digits and dashes, 32 at most."));
        }
        if self.name.trim().is_empty() || self.name.chars().count() > 40 {
            return Err(format!("The provider {id:?} needs a name of 1 to 40 characters: people read it on a button."));
        }
        if !is_safe(&self.issuer) {
            return Err(format!(
                "The issuer of the provider {id:?} is not an https:// address (http:// is for this computer alone). Copy it from its discovery document."
            ));
        }
        Ok(())
    }
}

/// Whether what is said there stays between the two: https, or this computer.
pub(crate) fn is_safe(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return false };
    let here = match url.host() {
        Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => return false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && here)
}

impl fmt::Debug for ProviderConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderConfig").field("id", &self.id).field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const ONE: &str = r#"
        [[provider]]
        id = "work"
        name = "Example"
        issuer = "https://id.example.org"
        client_id = "hearth"
        client_secret = "do not say"
    "#;

    #[test]
    fn a_provider_needs_little() {
        let providers = ProviderConfig::parse_all(ONE).unwrap();
        let [work] = providers.as_slice() else { panic!("one") };
        assert_eq!((work.name.as_str(), work.scopes.join(" ").as_str(), work.sign_up), ("Example", "profile email", true));
        assert!(!format!("{work:?}").contains("do not say"));
        assert!(ProviderConfig::parse_all("").unwrap().is_empty());
    }

    #[test]
    fn what_is_wrong_is_said_without_the_secret() {
        let wrong = [
            ONE.replace("\"work\"", "\"Work!\""),
            ONE.replace("Example", " "),
            ONE.replace("https://id", "http://id"),
            ONE.replace("https://id.example.org", "id.example.org"),
            ONE.replace("client_id", "client"),
            ONE.replace("client_id = \"hearth\"", "client_id = 3"),
            format!("{ONE}{ONE}"),
        ];
        for text in wrong {
            let said = ProviderConfig::parse_all(&text).unwrap_err();
            assert!(!said.contains("do not say"), "{said}");
        }
        for here in ["http://127.0.0.1:8080", "http://[::1]/", "http://localhost:3000"] {
            assert!(ProviderConfig::parse_all(&ONE.replace("https://id.example.org", here)).is_ok(), "{here}");
        }
    }
}
