//! What the system knows of a process. Read from Linux's /proc; elsewhere there is nothing to read, and the figures go without.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::fs;

/// Thousands of sockets need thousands of descriptors.
const OPEN_FILES: u64 = 20_000;

/// CPU seconds that a process has used so far, in itself and in the kernel for it.
pub fn cpu_s(pid: u32) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name may hold spaces; what follows its bracket does not.
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11);
    let ticks = fields.next()?.parse::<f64>().ok()? + fields.next()?.parse::<f64>().ok()?;
    Some(ticks / rustix::param::clock_ticks_per_second() as f64)
}

/// CPU seconds between two readings.
pub fn spent(before: Option<f64>, after: Option<f64>) -> Option<f64> {
    Some(after? - before?)
}

/// The memory that a process takes alone, shared pages divided among those who share them, in KiB.
pub fn memory_kib(pid: u32) -> Option<f64> {
    rolled_up(pid, "Pss:")
}

/// All the memory that a process has in use, whoever shares it, in KiB.
#[cfg(target_os = "linux")]
pub fn resident_kib(pid: u32) -> Option<f64> {
    rolled_up(pid, "Rss:")
}

fn rolled_up(pid: u32, what: &str) -> Option<f64> {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    let line = rollup.lines().find(|line| line.starts_with(what))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// A process and all that it and its children have started.
#[cfg(target_os = "linux")]
pub fn family(eldest: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let parents: Vec<(u32, u32)> = processes
        .filter_map(|entry| {
            let pid = entry.file_name().to_str()?.parse().ok()?;
            Some((pid, parent(pid)?))
        })
        .collect();
    let mut family = vec![eldest];
    let mut asked = 0;
    while let Some(&member) = family.get(asked) {
        family.extend(parents.iter().filter(|(_, parent)| *parent == member).map(|(pid, _)| *pid));
        asked += 1;
    }
    family
}

#[cfg(target_os = "linux")]
fn parent(pid: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, rest) = stat.rsplit_once(')')?;
    rest.split_whitespace().nth(1)?.parse().ok()
}

/// As many open files as the system grants, up to what the cases need; the server inherits it.
pub fn raise_open_files() {
    let now = getrlimit(Resource::Nofile);
    let wanted = now.maximum.map_or(OPEN_FILES, |most| most.min(OPEN_FILES));
    if now.current.is_some_and(|current| current < wanted) {
        // Refused: the case that needs them says so.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum: now.maximum });
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_child_is_of_the_family_and_its_memory_is_read() {
        let own = std::process::id();
        let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        let family = family(own);
        let memory = (memory_kib(own), resident_kib(own));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(family.starts_with(&[own]) && family.contains(&child.id()), "{family:?}");
        assert!(memory.0.unwrap() > 0.0 && memory.1.unwrap() >= memory.0.unwrap(), "{memory:?}");
    }
}
