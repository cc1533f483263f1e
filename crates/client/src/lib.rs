//! Hearth's client without a window: the sync engine, the outbox, the keychain, and the façade that the shell calls.
//!
//! [`Client`] is the whole of it for a shell: one method per command, one channel of updates, one of notices. [`Accounts`] holds several of them.

mod accounts;
pub mod api;
mod archive;
mod client;
pub mod engine;
mod files;
mod folder;
pub mod hosting;
pub mod keychain;
mod kinds;
mod language;
mod loopback;
pub mod notice;
mod problem;
mod profile;
pub mod rules;
mod seal;
mod secrets;
mod session;
mod trust;
pub mod view;

pub use accounts::Accounts;
pub use client::{Client, Errand, NewChannel, SignUpForm, Visit, rate_password};
pub use hosting::{HostedServer, NoHost, ServerHost};
pub use keychain::{Keychain, MemoryKeychain, OsKeychain};
pub use language::Language;
pub use loopback::ClosingPage;
pub use notice::Notice;
pub use profile::Options;
