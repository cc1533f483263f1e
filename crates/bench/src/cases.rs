//! What is measured: one file for each thing that people wait for.

mod apply;
mod catch_up;
mod direct;
mod group;
mod heads;
mod idle;
pub(crate) mod library;
mod new_device;
mod open;
mod outbox;
mod search;

use crate::{Bench, Figure};
use anyhow::Result;
use futures::future::LocalBoxFuture;

pub struct Case {
    pub name: &'static str,
    pub about: &'static str,
    pub run: for<'b> fn(&'b Bench) -> LocalBoxFuture<'b, Result<Vec<Figure>>>,
}

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
    outbox: "a message into the outbox, claimed, acknowledged",
    direct: "1:1 messages through a server: accepted, durable, delivered; their latency",
    group: "the same in a group of 50 readers",
    heads: "heads for somebody in thousands of conversations",
    catch_up: "10,000 missed messages in 50 conversations pulled",
    new_device: "a real client signs in and fetches everything",
    idle: "the server's memory for connections that do nothing",
}
