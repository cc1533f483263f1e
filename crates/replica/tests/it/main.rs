//! The replica through its public face, on real encrypted files.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod apply;
mod arrangements;
mod changes;
mod channels;
mod converge;
mod devices;
mod file;
mod friends;
mod group_life;
mod list;
mod outbox;
mod profiles;
mod receipts;
mod replay;
mod replies;
mod rescue;
mod reset;
mod retention;
mod search;
mod support;
mod taking_back;
mod timeline;
mod windows;
