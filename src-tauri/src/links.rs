//! Links in messages: whatever the page asks for, only what the one rule allows leaves the app.

use crate::words::t;
use hearth_client::view::Problem;
use hearth_text::target::allowed;
use tauri::Url;

/// Hands a link to the system.
///
/// # Errors
/// `link_refused` for anything but https and mailto, `link_failed` when no program takes it.
pub fn open(text: &str) -> Result<(), Problem> {
    let url = allowed(text).ok_or_else(|| Problem::new("link_refused", t("link-refused")))?;
    hand_over(&url)
}

/// Hands an address to the system that may leave the app: of a link, or a provider's page, of which the client has seen to it that it is https,
/// or on this computer by a server on this computer.
///
/// # Errors
/// `link_failed`.
pub fn hand_over(url: &Url) -> Result<(), Problem> {
    tauri_plugin_opener::open_url(url.as_str(), None::<&str>).map_err(|error| {
        tracing::warn!(%error, scheme = url.scheme(), "link not opened");
        Problem::new("link_failed", t("link-failed"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_and_mail_go_out() {
        for good in ["https://example.org", "https://example.org/a?b=c#d", "HTTPS://example.org:8443/", "mailto:a@example.org?subject=x"] {
            assert!(allowed(good).is_some(), "{good}");
        }
    }

    #[test]
    fn nothing_else_does() {
        let long = format!("https://example.org/{}", "a".repeat(5_000));
        let refused = [
            "",
            "http://example.org",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,x",
            "smb://host/share",
            "ms-msdt:/id",
            "hearth://open/x",
            "tauri://localhost",
            "ssh://host",
            "vbscript:x",
            "\\\\host\\share",
            "//host/share",
            "/bin/sh",
            "C:\\x.exe",
            "https://",
            "https:///",
            "https://user@example.org",
            "https://user:word@example.org",
            "https://example.org\n",
            " https://example.org",
            "jar:https://example.org",
            "mailto:",
            "mailto:a@example.org?attach=/etc/passwd",
            "mailto:a@example.org?Attachment=/x",
            "-h",
            &long,
        ];
        for bad in refused {
            assert!(allowed(bad).is_none(), "{bad}");
        }
    }
}
