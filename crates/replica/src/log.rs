//! Looking at SQLite's write-ahead log before SQLite does. It reads the log up to the first frame whose sum is wrong and forgets the rest
//! without a word: right after a power cut, when nobody was promised what comes there, and wrong when a byte of it changed.
//!
//! The format is that of sqlite.org/fileformat2.html#the_write_ahead_log.

use std::{fs, io, path::Path};

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
/// The last bit says in which order the sums read their words.
const MAGIC: u32 = 0x377f_0682;
const PAGE_BYTES: std::ops::RangeInclusive<usize> = 512..=65_536;

/// Says whether the log beside this database ends where its writer ended it. False when there is a frame of its present round that does
/// not match its sum: what was written last is gone, and may have been promised.
///
/// # Errors
/// The log cannot be read. That there is none is no error.
pub fn is_log_whole(database: &Path) -> io::Result<bool> {
    let mut path = database.as_os_str().to_owned();
    path.push("-wal");
    match fs::read(path) {
        Ok(bytes) => Ok(is_whole(&bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

fn is_whole(log: &[u8]) -> bool {
    if log.is_empty() {
        return true;
    }
    let Some((header, frames)) = log.split_at_checked(HEADER) else { return false };
    let magic = word(header, 0);
    let (page, salts) = (word(header, 8) as usize, (word(header, 16), word(header, 20)));
    let big_endian = magic & 1 == 1;
    let mut sum = summed((0, 0), header.get(..24).unwrap_or_default(), big_endian);
    if magic & !1 != MAGIC || !PAGE_BYTES.contains(&page) || sum != (word(header, 24), word(header, 28)) {
        return false;
    }
    let of_this_round = |frame: &[u8]| (word(frame, 8), word(frame, 12)) == salts;
    // One that was never finished is left out.
    let mut frames = frames.chunks_exact(FRAME_HEADER + page);
    while let Some(frame) = frames.next() {
        if !of_this_round(frame) {
            // What follows is left from earlier rounds, or this one is not what it was.
            return !frames.any(of_this_round);
        }
        let (head, body) = frame.split_at(FRAME_HEADER);
        sum = summed(summed(sum, head.get(..8).unwrap_or_default(), big_endian), body, big_endian);
        if sum != (word(head, 16), word(head, 20)) {
            return false;
        }
    }
    true
}

/// A big-endian number; 0 beyond the end.
fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_be_bytes)
}

fn summed(sum: (u32, u32), bytes: &[u8], big_endian: bool) -> (u32, u32) {
    let read = |bytes: &[u8]| {
        let number = bytes.try_into().map_or(0, u32::from_be_bytes);
        if big_endian { number } else { number.swap_bytes() }
    };
    bytes.chunks_exact(8).fold(sum, |(first, second), pair| {
        let (left, right) = pair.split_at(4);
        let first = first.wrapping_add(read(left)).wrapping_add(second);
        (first, second.wrapping_add(read(right)).wrapping_add(first))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use sqlx::{ConnectOptions as _, Connection as _, sqlite::SqliteConnectOptions};

    /// A log as SQLite writes it.
    async fn written() -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
        let mut connection = options.connect().await.unwrap();
        let sql = "PRAGMA journal_mode = WAL; CREATE TABLE a (b TEXT); INSERT INTO a VALUES ('one'); INSERT INTO a VALUES ('two');";
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        assert!(is_log_whole(&path).unwrap());
        let log = fs::read(folder.path().join("a.db-wal")).unwrap();
        connection.close().await.unwrap();
        assert!(is_log_whole(&path).unwrap(), "no log is a whole one");
        log
    }

    #[tokio::test]
    async fn a_changed_byte_is_found_and_an_early_end_is_not_blamed() {
        let log = written().await;
        assert!(is_whole(&log) && is_whole(&[]));
        for at in (0..log.len()).step_by(97) {
            let mut changed = log.clone();
            changed[at] ^= 4;
            assert!(!is_whole(&changed), "byte {at}");
        }
        assert!(is_whole(&log[..log.len() - 100]));
    }
}
