//! What must hold for any bytes that a network, a file or a person can bring: one function a target. They panic when it does not.
//!
//! `cargo xtask fuzz` runs them under libFuzzer; `tests/corpus.rs` runs them over what was found worth keeping.
#![allow(clippy::expect_used, reason = "a broken promise is a panic: that is how a target tells")]

mod query;
mod text;

pub use query::{close, query};
pub use text::text;

use hearth_protocol::{
    body::Body,
    frame::{ClientFrame, ServerFrame},
    limits,
    link::ConnectLink,
    row::Row,
    stream::StreamId,
    sync::{HeadsRequest, HeadsResponse, HistoryPage, PullRequest, PullResponse},
};
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;

/// A promise about any bytes; it panics when it is broken.
pub type Target = fn(&[u8]);

/// Every target by name.
pub const TARGETS: &[(&str, Target)] =
    &[("frame", frame), ("row", row), ("cursor", cursor), ("body", body), ("link", link), ("query", query), ("text", text)];

/// What reads must be the same after it travelled on.
fn travels<T: Serialize + DeserializeOwned + PartialEq + Debug>(bytes: &[u8]) -> Option<T> {
    let read: T = serde_json::from_slice(bytes).ok()?;
    let written = serde_json::to_string(&read).expect("what was read can be written");
    let again: T = serde_json::from_str(&written).expect("what was written can be read");
    assert_eq!(again, read);
    Some(read)
}

/// Frames of both directions.
pub fn frame(bytes: &[u8]) {
    travels::<ClientFrame>(bytes);
    travels::<ServerFrame>(bytes);
}

/// Rows, those of kinds that nobody knows included: they keep their key.
pub fn row(bytes: &[u8]) {
    if let Some(row) = travels::<Row>(bytes) {
        let again: Row = serde_json::from_str(&serde_json::to_string(&row).expect("a row can be written")).expect("and read");
        assert_eq!(again.data.key(), row.data.key());
    }
}

/// Cursors, watermarks, heads, pulls and pages; names of streams.
pub fn cursor(bytes: &[u8]) {
    travels::<HeadsRequest>(bytes);
    travels::<HeadsResponse>(bytes);
    travels::<PullRequest>(bytes);
    travels::<PullResponse>(bytes);
    travels::<HistoryPage>(bytes);
    if let Ok(text) = str::from_utf8(bytes)
        && let Ok(stream) = text.parse::<StreamId>()
    {
        assert_eq!(stream.to_string().parse::<StreamId>().expect("a name can be read again"), stream);
    }
}

/// Bodies, and what a person may type as one.
pub fn body(bytes: &[u8]) {
    if let Some(body) = travels::<Body>(bytes)
        && body.check().is_ok()
    {
        assert!(body.searchable().is_some(), "what may be sent can be found");
    }
    if let Ok(text) = str::from_utf8(bytes)
        && Body::text(text).check().is_ok()
    {
        assert!(text.chars().count() <= limits::TEXT_CHARS_MAX && !text.trim().is_empty());
    }
}

/// Connect links and addresses, as people paste them.
pub fn link(bytes: &[u8]) {
    if let Ok(text) = str::from_utf8(bytes)
        && let Ok(link) = text.parse::<ConnectLink>()
    {
        assert_eq!(link.to_string().parse::<ConnectLink>().expect("a link can be read again"), link);
        assert!(
            link.base_url().starts_with("https://") || hearth_protocol::link::is_loopback(&link.host),
            "plain text leaves the computer"
        );
    }
}
