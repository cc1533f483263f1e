//! A power cut after the fact: what no fsync had covered is taken from the files again, all of it or, as real disks do, any part of it.

use crate::dice::Dice;
use anyhow::{Context as _, Result};
use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fs::{self, File},
    os::unix::{ffi::OsStrExt as _, fs::FileExt as _},
    path::{Path, PathBuf},
};

/// What a disk writes whole or not at all.
const SECTOR: usize = 512;
const HEADER: usize = 40;
const WRITE: u32 = 1;
const SYNCED: u32 = 3;

/// A write or truncation that no fsync has covered: `struct record` in shim.c.
#[derive(Debug, PartialEq)]
struct Pending {
    is_write: bool,
    offset: u64,
    /// The file's length before it.
    size: u64,
    before: Vec<u8>,
    after: Vec<u8>,
}

/// Plays the cut on the files that the journal names and begins a new journal. Gives back how many writes were not durable.
///
/// # Errors
/// The journal is not what the shim writes, or a file cannot be written.
pub fn cut(journal: &Path, dice: &mut Dice) -> Result<usize> {
    let bytes = fs::read(journal).context("the shim left no journal")?;
    let mut lost = 0;
    for (path, pending) in pending(&bytes) {
        lost += pending.len();
        if path.exists() {
            undo(&path, &pending)?;
            if dice.percent(70) {
                redo_some(&path, &pending, dice)?;
            }
        }
        // The log's index is memory, not disk.
        let _ = fs::remove_file(path.with_extension("db-shm"));
    }
    fs::remove_file(journal)?;
    Ok(lost)
}

fn pending(bytes: &[u8]) -> BTreeMap<PathBuf, Vec<Pending>> {
    let mut found: BTreeMap<PathBuf, Vec<Pending>> = BTreeMap::new();
    let mut rest = bytes;
    // The last record may be cut off by the program's end: its write was not made.
    while let Some((kind, path, record, after)) = record(rest) {
        rest = after;
        match kind {
            SYNCED => drop(found.remove(&path)),
            _ => found.entry(path).or_default().push(record),
        }
    }
    found
}

fn record(bytes: &[u8]) -> Option<(u32, PathBuf, Pending, &[u8])> {
    let half = |at: usize| Some(u32::from_ne_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let whole = |at: usize| u64::try_from(i64::from_ne_bytes(bytes.get(at..at + 8)?.try_into().ok()?)).ok();
    let (kind, path_length) = (half(0)?, half(4)? as usize);
    let (offset, size, before, after) = (whole(8)?, whole(16)?, whole(24)? as usize, whole(32)? as usize);
    let (path, rest) = bytes.get(HEADER..)?.split_at_checked(path_length)?;
    let (before, rest) = rest.split_at_checked(before)?;
    let (after, rest) = rest.split_at_checked(after)?;
    let pending = Pending { is_write: kind == WRITE, offset, size, before: before.into(), after: after.into() };
    Some((kind, PathBuf::from(OsStr::from_bytes(path)), pending, rest))
}

/// Back to what was on the disk for certain.
fn undo(path: &Path, pending: &[Pending]) -> Result<()> {
    let file = File::options().write(true).open(path)?;
    for step in pending.iter().rev() {
        file.write_all_at(&step.before, step.offset)?;
        file.set_len(step.size)?;
    }
    Ok(())
}

/// Any sectors of what was still in the cache may have been written all the same, in any order.
fn redo_some(path: &Path, pending: &[Pending], dice: &mut Dice) -> Result<()> {
    let file = File::options().write(true).open(path)?;
    for step in pending {
        if !step.is_write {
            if dice.percent(50) {
                file.set_len(step.offset)?;
            }
            continue;
        }
        for (number, sector) in step.after.chunks(SECTOR).enumerate() {
            if dice.percent(50) {
                file.write_all_at(sector, step.offset + (number * SECTOR) as u64)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn encoded(kind: u32, path: &Path, offset: i64, size: i64, before: &[u8], after: &[u8]) -> Vec<u8> {
        let path = path.as_os_str().as_bytes();
        let mut bytes = [kind.to_ne_bytes(), (path.len() as u32).to_ne_bytes()].concat();
        for number in [offset, size, before.len() as i64, after.len() as i64] {
            bytes.extend(number.to_ne_bytes());
        }
        [&bytes, path, before, after].concat()
    }

    #[test]
    fn what_was_synced_stays_and_the_rest_goes() {
        let folder = tempfile::tempdir().unwrap();
        let (path, journal) = (folder.path().join("a.db"), folder.path().join("journal"));
        fs::write(&path, b"kept and lost").unwrap();
        let written = encoded(WRITE, &path, 0, 0, b"", b"kept");
        let synced = encoded(SYNCED, &path, 0, 0, b"", b"");
        let lost = encoded(WRITE, &path, 4, 4, b"", b" and lost");
        fs::write(&journal, [written, synced, lost, vec![1, 0]].concat()).unwrap();
        let bytes = fs::read(&journal).unwrap();
        undo(&path, &pending(&bytes)[&path]).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"kept");
        assert_eq!(cut(&journal, &mut Dice::new(1)).unwrap(), 1);
        assert!(!journal.exists());
    }
}
