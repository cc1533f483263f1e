//! Where a link may lead: the one rule, for the reader of texts and for who opens them. Out of the app to https and mailto, within it to
//! a message.

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

/// What a link to a message begins with.
const MESSAGE: &str = "hearth://message/";
/// Longer than any real one: a host name of 253, a port, two ids and a fingerprint.
const MESSAGE_BYTES_MAX: usize = 450;
/// As ids are written, 36 characters with hyphens.
const ID_CHARS: usize = 36;
const FINGERPRINT_CHARS: usize = 64;

/// The address of a link that is drawn as one: what may go out, or a link to a message.
pub fn shown(text: &str) -> Option<Url> {
    if text.starts_with(MESSAGE) { to_message(text) } else { allowed(text) }
}

/// A link that leads to a message, by its form: `hearth://message/HOST/CONVERSATION/MESSAGE`, with the fingerprint of a server that made its
/// certificate itself. Whether there is such a message is for who opens it to find out.
fn to_message(text: &str) -> Option<Url> {
    let rest = text.strip_prefix(MESSAGE).filter(|_| text.len() <= MESSAGE_BYTES_MAX)?;
    let (path, print) = rest.split_once('#').map_or((rest, None), |(path, print)| (path, Some(print)));
    let mut parts = path.split('/');
    let (Some(host), Some(conversation), Some(message), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return None;
    };
    let is_host = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || "-.:[]".contains(c));
    let is_id = |id: &str| id.len() == ID_CHARS && id.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f' | '-'));
    let is_hex = |hex: &str| hex.len() == FINGERPRINT_CHARS && hex.chars().all(|c| c.is_ascii_hexdigit());
    let pinned = print.is_none_or(|print| print.strip_prefix("sha256=").is_some_and(is_hex));
    if is_host && is_id(conversation) && is_id(message) && pinned { Url::parse(text).ok() } else { None }
}

/// What the reader must see of an address beside `words`, when these do not say where it leads: the host in the letters of the
/// network, so that no look-alike letter deceives, or the address of a mail.
pub fn host_beside(words: &str, url: &Url) -> Option<String> {
    let host = match url.host_str() {
        // The server is the first part of what stands behind that.
        Some(_) if url.scheme() == "hearth" => url.path_segments()?.next()?.to_owned(),
        Some(host) => host.to_owned(),
        None => url.path().to_owned(),
    };
    // The address itself, as typed, says it.
    let says = shown(words).is_some_and(|said| said == *url) && words.to_lowercase().contains(&host.to_lowercase());
    (!says).then_some(host)
}
