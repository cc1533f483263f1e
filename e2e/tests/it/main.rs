//! The real windows: built, opened and used as people do.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod desktop;
mod sample;
mod stage;
mod talk;
mod troubles;
