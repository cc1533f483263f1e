//! Where the page may go: nowhere.

use tauri::Url;

/// Only the app's own pages; links in messages leave through `open_link`, and files that are dropped open nothing.
pub fn may_navigate(url: &Url) -> bool {
    let own = match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) => true,
        // WebView2 has no schemes of its own.
        ("http" | "https", Some("tauri.localhost")) => cfg!(windows),
        _ => false,
    };
    if !own {
        tracing::warn!(scheme = url.scheme(), "navigation refused");
    }
    own && url.port().is_none()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn only_the_apps_own_pages() {
        let may = |text: &str| may_navigate(&text.parse().unwrap());
        assert!(may("tauri://localhost") && may("tauri://localhost/index.html#x"));
        for foreign in [
            "https://example.org",
            "http://localhost",
            "http://127.0.0.1:1420",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
            "blob:tauri://localhost/1",
            "javascript:alert(1)",
            "tauri://example.org",
            "tauri://localhost:1",
            "tauri://localhost.example.org",
            "ipc://localhost",
            "asset://localhost/x",
            "hearth://open/x",
        ] {
            assert!(!may(foreign), "{foreign}");
        }
    }
}
