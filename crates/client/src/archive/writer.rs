//! The file itself: a zip beside its place, which takes it when it is whole.

use crate::{archive::manifest::Entry, view::Problem};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::{
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    ops::Range,
    path::{Path, PathBuf},
};
use tempfile::{Builder, NamedTempFile};
use zip::{ZipWriter, write::SimpleFileOptions};

/// An archive that is being written. Dropped before [`Writer::finish`], nothing of it is left.
pub(crate) struct Writer {
    /// `None` while a thread has it, and after one has failed with it.
    open: Option<Box<Open>>,
    place: PathBuf,
}

struct Open {
    zip: ZipWriter<NamedTempFile>,
    entries: Vec<Entry>,
}

/// Pages that come in the wrong order: written as they come, read back from the last to the first. They lie in a file without a name.
pub(crate) struct Pages {
    file: std::fs::File,
    pages: Vec<Range<u64>>,
}

impl Writer {
    /// # Errors
    /// When nothing can be written in the folder of this place.
    pub async fn create(place: &Path) -> Result<Self, Problem> {
        let place = place.to_owned();
        blocking(move || {
            let beside = Builder::new().prefix(".hearth-archive-").suffix(".part").tempfile_in(folder(&place))?;
            let open = Box::new(Open { zip: ZipWriter::new(beside), entries: Vec::new() });
            Ok(Self { open: Some(open), place })
        })
        .await
    }

    /// A file of one value.
    pub async fn json<T: Serialize>(&mut self, path: impl Into<String>, value: &T) -> Result<(), Problem> {
        let mut bytes = serde_json::to_vec_pretty(value).map_err(Problem::internal)?;
        bytes.push(b'\n');
        self.bytes(path, bytes).await
    }

    pub async fn bytes(&mut self, path: impl Into<String>, bytes: Vec<u8>) -> Result<(), Problem> {
        let path = path.into();
        self.with(move |open| open.write(path, [Ok(bytes)].into_iter())).await
    }

    /// A file of pages that came in the wrong order.
    pub async fn pages(&mut self, path: impl Into<String>, pages: Pages) -> Result<(), Problem> {
        let path = path.into();
        self.with(move |open| open.write(path, pages.backwards())).await
    }

    /// Pages for [`Writer::pages`], on the same disk.
    pub async fn spool(&self) -> Result<Pages, Problem> {
        let place = self.place.clone();
        blocking(move || Ok(Pages { file: tempfile::tempfile_in(folder(&place))?, pages: Vec::new() })).await
    }

    /// What was written until now.
    pub fn entries(&self) -> &[Entry] {
        self.open.as_ref().map_or(&[], |open| &open.entries)
    }

    /// Puts the whole archive in its place, over what is there.
    pub async fn finish(mut self) -> Result<u64, Problem> {
        let Some(open) = self.open.take() else { return Err(Problem::internal("the archive is not open")) };
        let place = self.place;
        blocking(move || {
            let file = open.zip.finish()?;
            file.as_file().sync_all()?;
            let bytes = file.as_file().metadata()?.len();
            file.persist(place).map_err(|error| error.error)?;
            Ok(bytes)
        })
        .await
    }

    /// What a disk does, a thread waits for.
    async fn with(&mut self, work: impl FnOnce(&mut Open) -> io::Result<()> + Send + 'static) -> Result<(), Problem> {
        let Some(mut open) = self.open.take() else { return Err(Problem::internal("the archive is not open")) };
        let open = blocking(move || {
            work(&mut open)?;
            Ok(open)
        });
        self.open = Some(open.await?);
        Ok(())
    }
}

impl Open {
    fn write(&mut self, path: String, pieces: impl Iterator<Item = io::Result<Vec<u8>>>) -> io::Result<()> {
        let (mut hash, mut bytes) = (Sha256::new(), 0);
        self.zip.start_file(&path, SimpleFileOptions::default().large_file(true))?;
        for piece in pieces {
            let piece = piece?;
            self.zip.write_all(&piece)?;
            hash.update(&piece);
            bytes += piece.len() as u64;
        }
        let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        self.entries.push(Entry { path, bytes, sha256 });
        Ok(())
    }
}

impl Pages {
    pub async fn add(self, page: Vec<u8>) -> Result<Self, Problem> {
        let Self { mut file, mut pages } = self;
        blocking(move || {
            let from = pages.last().map_or(0, |page| page.end);
            file.write_all(&page)?;
            pages.push(from..from + page.len() as u64);
            Ok(Self { file, pages })
        })
        .await
    }

    fn backwards(self) -> impl Iterator<Item = io::Result<Vec<u8>>> {
        let Self { mut file, pages } = self;
        pages.into_iter().rev().map(move |page| {
            file.seek(SeekFrom::Start(page.start))?;
            let mut bytes = Vec::new();
            (&file).take(page.end - page.start).read_to_end(&mut bytes)?;
            Ok(bytes)
        })
    }
}

fn folder(place: &Path) -> PathBuf {
    place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal)?.map_err(unwritten)
}

fn unwritten(error: io::Error) -> Problem {
    if error.kind() == io::ErrorKind::StorageFull {
        return Problem::new(
            "disk_full",
            "The disk has no room for the archive, and nothing was kept of it. Make room or choose another place, then try again.",
        );
    }
    let message =
        format!("The archive could not be written there ({error}), and nothing was kept of it. Choose another place, then try again.");
    Problem::new("archive_unwritten", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_from_a_place_that_takes_nothing() {
        assert_eq!(unwritten(io::Error::from(io::ErrorKind::StorageFull)).code, "disk_full");
        assert_eq!(unwritten(io::Error::from(io::ErrorKind::PermissionDenied)).code, "archive_unwritten");
    }
}
