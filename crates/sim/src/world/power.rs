//! Power cuts: of what was written, only what was forced onto the disk is sure to be there.

use super::World;
use crate::{
    template::{log_header, log_of},
    violation::Result,
};
use std::fs;

/// From here on SQLite moves the log into the database, after forcing both onto the disk: then the log alone says nothing.
const LOG_BYTES_MAX: u64 = 16_000_000;

/// How much of a replica's log is certainly on the disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forced {
    /// The log's first bytes: another log has others.
    header: Vec<u8>,
    bytes: u64,
}

impl World<'_> {
    /// Something was written that a power cut must not take.
    pub(super) fn note_forced(&mut self, device: usize) -> Result<()> {
        let (header, bytes) = log_header(&self.devices[device].path)?;
        self.devices[device].forced = Forced { header, bytes };
        Ok(())
    }

    /// Kills the app, and its log ends anywhere after what was forced; `part` of the rest, in `[0, 1)`, stays.
    pub(super) async fn cut_power(&mut self, device: usize, part: f64) -> Result<()> {
        if self.devices[device].app.is_none() {
            return Ok(());
        }
        let (header, bytes) = log_header(&self.devices[device].path)?;
        let forced = self.devices[device].forced.clone();
        self.kill_app(device).await?;
        if forced.header == header && forced.bytes < bytes && bytes < LOG_BYTES_MAX {
            let left = forced.bytes + ((bytes - forced.bytes) as f64 * part) as u64;
            self.trace.line(self.now, format_args!("device {device} lost {} bytes of its log", bytes - left));
            fs::OpenOptions::new().write(true).open(log_of(&self.devices[device].path))?.set_len(left)?;
            self.coverage.bytes_lost += bytes - left;
        }
        Ok(())
    }
}
