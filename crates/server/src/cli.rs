//! What `hearthd` says and understands besides the server itself.

pub mod admin;

use anyhow::Context as _;
use std::io::{self, Write as _};

/// One line on the standard output.
pub fn say(line: &str) -> anyhow::Result<()> {
    writeln!(io::stdout(), "{line}").context("the standard output is closed")
}
