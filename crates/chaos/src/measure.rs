//! Numbers about running programs.

use anyhow::{Context as _, Result};
use std::{fs, time::Duration};

/// Memory that a process really has, in KiB.
pub fn memory_kib(process: u32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).context("the process is gone")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no memory is told")?;
    Ok(line.trim().trim_end_matches(" kB").trim().parse()?)
}

/// Files and sockets that a process has open.
pub fn handles(process: u32) -> Result<usize> {
    Ok(fs::read_dir(format!("/proc/{process}/fd")).context("the process is gone")?.count())
}

/// So many of a hundred were as quick as this.
pub fn percentile(mut times: Vec<Duration>, hundredth: usize) -> Duration {
    times.sort_unstable();
    let at = (times.len() * hundredth).div_ceil(100).saturating_sub(1);
    times.get(at).copied().unwrap_or_default()
}

/// Milliseconds, as a person reads them.
pub fn ms(time: Duration) -> String {
    format!("{:.0} ms", time.as_secs_f64() * 1_000.0)
}
