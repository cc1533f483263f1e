//! Hearth's client without a window: the sync engine, the outbox, the keychain, and the façade that the shell calls.
//!
//! [`Client`] is the whole of it for a shell: one method per command, one channel of updates, one of notices.

pub mod api;
mod client;
pub mod engine;
pub mod hosting;
pub mod keychain;
pub mod notice;
mod problem;
mod profile;
mod seal;
mod secrets;
mod session;
mod trust;
pub mod view;

pub use client::{Client, NewChannel, Options, SignUpForm, rate_password};
pub use hosting::{HostedServer, NoHost, ServerHost};
pub use keychain::{Keychain, MemoryKeychain, OsKeychain};
pub use notice::Notice;
