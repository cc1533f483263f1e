//! Hearth's sync server: accounts, streams, one committer, a fanout, and the WebSocket that ties them together.
//!
//! `routes/<noun>` parses and responds, `actions/<verb>` authorises and says what changes, `commit` is the only writer of streams,
//! `store` is the only place with SQL, `fanout` pushes what was committed. Nothing is acknowledged before it is durable.
//!
//! ```no_run
//! # async fn run() -> Result<(), hearth_server::StartError> {
//! let server = hearth_server::Server::start(hearth_server::Config::new("/var/lib/hearth")).await?;
//! tracing::info!("{}", server.connect_link());
//! server.shutdown().await;
//! # Ok(())
//! # }
//! ```

mod actions;
mod address;
pub mod admin;
mod app;
mod authority;
mod challenges;
mod clock;
mod codes;
mod commit;
mod config;
mod epoch;
mod fanout;
mod gate;
pub mod import;
#[cfg(feature = "sim")]
pub mod inside;
mod installation;
mod jobs;
mod media;
mod names;
pub mod owner;
mod passwords;
mod pictures;
mod post;
mod providers;
mod rates;
mod routes;
mod seal;
mod secret;
mod seen;
mod server;
mod settings;
mod short_lived;
mod sight;
mod store;
mod tickets;
mod tls;
mod totp;

pub use config::{Config, Faults, Limits, MailLogin, MailSecurity, MailServer, ProviderConfig, Rate, Tls};
pub use hearth_protocol::account::EmailPolicy;
pub use installation::Installation;
pub use server::{Server, StartError};
pub use store::{OpenError, StoreError};
pub use tls::connect_link;
