//! What is measured: one file for each thing that people wait for.

mod apply;
mod catch_up;
mod direct;
#[cfg(not(target_os = "linux"))]
mod elsewhere;
mod group;
mod heads;
mod idle;
pub(crate) mod library;
mod new_device;
mod open;
mod outbox;
mod search;
pub(crate) mod typing;
#[cfg(target_os = "linux")]
mod window_memory;
#[cfg(target_os = "linux")]
mod window_open;
#[cfg(target_os = "linux")]
mod window_scroll;
#[cfg(target_os = "linux")]
mod window_search;
#[cfg(not(target_os = "linux"))]
use {elsewhere as window_memory, elsewhere as window_open, elsewhere as window_scroll, elsewhere as window_search};

use crate::{Bench, Figure};
use anyhow::Result;
use futures::future::LocalBoxFuture;

pub struct Case {
    pub name: &'static str,
    pub about: &'static str,
    pub run: for<'b> fn(&'b Bench) -> LocalBoxFuture<'b, Result<Vec<Figure>>>,
}

impl Case {
    /// Those that drive the app's real window: they run where they are asked for, because they need the app built and a display made.
    pub fn opens_windows(&self) -> bool {
        self.name.starts_with("window_")
    }

    /// Whether it is one of those asked for by name, by `windows` for all that open some, or by nothing at all.
    pub fn is_among(&self, wanted: &[String]) -> bool {
        let asked = |name: &String| name == self.name || (name == WINDOWS && self.opens_windows());
        if wanted.is_empty() { !self.opens_windows() } else { wanted.iter().any(asked) }
    }
}

/// The name for all the cases that open windows.
pub const WINDOWS: &str = "windows";

macro_rules! cases {
    ($($name:ident: $about:literal),+ $(,)?) => {
        pub const CASES: [Case; [$($about),+].len()] = [
            $(Case { name: stringify!($name), about: $about, run: |bench| Box::pin($name::run(bench)) }),+
        ];
    };
}

cases! {
    apply: "messages into a replica: stored, encrypted, indexed",
    open: "a large replica: opened, list and first page read, paged back",
    search: "a large replica searched",
    typing: "the same as one types, in several scripts: a search for each key",
    outbox: "a message into the outbox, claimed, acknowledged",
    direct: "1:1 messages through a server: accepted, durable, delivered; their latency",
    group: "the same in a group of 50 readers",
    heads: "heads for somebody in thousands of conversations",
    catch_up: "10,000 missed messages in 50 conversations pulled",
    new_device: "a real client signs in and fetches everything",
    idle: "the server's memory for connections that do nothing",
    window_scroll: "a very long conversation scrolled by the wheel in the real window: frames, and whether anything jumps",
    window_open: "any conversation out of thousands opened in the real window; their list scrolled",
    window_search: "everything searched as one types in the real window: from the key to the results",
    window_memory: "the memory of the app and its page over a long scripted use",
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(wanted: &[&str]) -> Vec<&'static str> {
        let wanted: Vec<String> = wanted.iter().map(|&name| name.to_owned()).collect();
        CASES.iter().filter(|case| case.is_among(&wanted)).map(|case| case.name).collect()
    }

    #[test]
    fn windows_are_opened_only_where_they_are_asked_for() {
        assert!(chosen(&[]).contains(&"apply") && !chosen(&[]).contains(&"window_open"));
        assert_eq!(chosen(&["apply", "window_open"]), ["apply", "window_open"]);
        assert_eq!(chosen(&["windows"]), ["window_scroll", "window_open", "window_search", "window_memory"]);
    }
}
