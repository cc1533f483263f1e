//! Everything of a person as one file: `docs/archive.md` says what is in it and where.
//!
//! Reads page by page and writes as it reads, so that years take no more memory than a page of messages.

mod collect;
mod manifest;
mod readme;
mod source;
mod writer;

pub(crate) use collect::{Owner, collect};
pub(crate) use source::{Source, Wanted};
