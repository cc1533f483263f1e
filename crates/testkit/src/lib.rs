//! People, servers and faults for tests: `alice.says(bob, "hi").await; bob.sees("hi").await;`. A dev-dependency only.
//!
//! Everything is real but the keychain, which lives in memory so that tests can lock and lose it: the server on loopback with its
//! database in a temporary folder, the client with its engine, replica and outbox.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod person;
pub mod provider;
mod proxy;
mod town;

pub use person::Person;
pub use proxy::Proxy;
pub use town::{Town, config};
