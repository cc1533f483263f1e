//! The language that Hearth's server and clients speak: ids, rows, mutations, frames, errors and limits.
//!
//! Plain data, serde, and what both sides check of it: no I/O, no clock, no async runtime. `docs/protocol.md` tells the same story in
//! prose.

pub mod account;
pub mod admin;
pub mod blind;
pub mod body;
pub mod code;
pub mod devices;
pub mod digest;
pub mod ephemeral;
pub mod error;
pub mod frame;
pub mod ids;
pub mod invite;
pub mod limits;
pub mod link;
pub mod message_link;
pub mod mutation;
pub mod mutations;
pub mod name;
pub mod presence;
pub mod profile;
pub mod provider;
pub mod role;
pub mod row;
pub mod rows;
pub mod rule;
pub mod search;
pub mod stream;
pub mod sync;
pub mod system;
pub mod two_step;
pub mod version;
pub mod versions;

/// Milliseconds since 1970-01-01 UTC, always read off the *server's* clock unless a field says otherwise.
pub type Millis = i64;

/// A stream's change number. 0 means "before everything".
pub type Seq = u64;

/// A message's place in its conversation, counted from 1; it never changes.
pub type Pos = u64;
