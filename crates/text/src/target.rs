//! Where a link may lead: the one rule, for the reader of texts and for who opens them.

use url::Url;

/// Longer ones are no addresses that people share; some desktops cut them.
pub const URL_BYTES_MAX: usize = 4_096;

/// The address as it goes out: parsed and written anew, or nothing. https and mailto, and nothing that hides where it leads.
pub fn allowed(text: &str) -> Option<Url> {
    if text.len() > URL_BYTES_MAX || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return None;
    }
    let url = Url::parse(text).ok()?;
    let fits = match url.scheme() {
        // A name before the host is there to deceive: https://bank.example@evil.example
        "https" => url.host_str().is_some_and(|host| !host.is_empty()) && url.username().is_empty() && url.password().is_none(),
        // Attachments by mailto are an old trick to send files away.
        "mailto" => !url.path().is_empty() && !url.query_pairs().any(|(name, _)| name.to_ascii_lowercase().starts_with("attach")),
        _ => false,
    };
    fits.then_some(url)
}

/// What the reader must see of an address beside `words`, when these do not say where it leads: the host in the letters of the
/// network, so that no look-alike letter deceives, or the address of a mail.
pub fn host_beside(words: &str, url: &Url) -> Option<String> {
    let host = match url.host_str() {
        Some(host) => host.to_owned(),
        None => url.path().to_owned(),
    };
    // The address itself, as typed, says it.
    let says = allowed(words).is_some_and(|said| said == *url) && words.to_lowercase().contains(&host.to_lowercase());
    (!says).then_some(host)
}
