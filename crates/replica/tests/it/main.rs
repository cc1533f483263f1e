//! The replica through its public face, on real encrypted files.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod apply;
mod changes;
mod converge;
mod file;
mod list;
mod outbox;
mod rescue;
mod reset;
mod search;
mod support;
mod taking_back;
mod timeline;
mod windows;
