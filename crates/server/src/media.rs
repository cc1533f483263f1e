//! The bytes that people upload, each in a file of the media folder. What a file is called is for the server to say: nothing that anybody
//! sends is ever part of a path. What a file is, whose it is and who sees it is in the database.

use crate::{secret, tls::write_private};
use hearth_protocol::error::ApiError;
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// In the data folder.
pub(crate) const FOLDER: &str = "media";
/// In there: files that are not whole yet.
const NEW: &str = "new";
/// Characters of an object's name: 128 random bits.
const KEY_CHARS: usize = 32;
/// Of these so many name the folder in which it lies: 256 folders, as long lists of files are slow.
const SHARD_CHARS: usize = 2;

/// What an object is called in the folder.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ObjectKey(String);

impl ObjectKey {
    pub fn new() -> Result<Self, ApiError> {
        Ok(Self(secret::random::<{ KEY_CHARS / 2 }>()?.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// A name that this server could have made, and no other.
    pub fn parse(text: &str) -> Option<Self> {
        let made = text.len() == KEY_CHARS && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        made.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What is kept of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Whole,
    /// A small picture of it.
    Small,
}

impl Part {
    const ALL: [Self; 2] = [Self::Whole, Self::Small];

    fn ending(self) -> &'static str {
        match self {
            Self::Whole => "",
            Self::Small => ".small",
        }
    }
}

/// The folder; everything here waits for the disk.
#[derive(Clone, Debug)]
pub(crate) struct MediaFolder(PathBuf);

impl MediaFolder {
    pub fn of_folder(data_dir: &Path) -> io::Result<Self> {
        let root = data_dir.join(FOLDER);
        fs::create_dir_all(root.join(NEW))?;
        Ok(Self(root))
    }

    /// Keeps an object: once this returns it outlives a power cut, and before that nothing can be read of it.
    pub fn put(&self, key: &ObjectKey, parts: &[(Part, &[u8])]) -> io::Result<()> {
        let shard = self.shard(key);
        fs::create_dir_all(&shard)?;
        for (part, bytes) in parts {
            let name = name(key, *part);
            let new = self.0.join(NEW).join(&name);
            write_private(&new, bytes)?;
            fs::rename(&new, shard.join(&name))?;
        }
        if cfg!(unix) {
            File::open(&shard)?.sync_all()?;
            File::open(&self.0)?.sync_all()?;
        }
        Ok(())
    }

    /// `None`: it is not there.
    pub fn read(&self, key: &ObjectKey, part: Part) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.shard(key).join(name(key, part))) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub fn remove(&self, key: &ObjectKey) -> io::Result<()> {
        Part::ALL.into_iter().try_for_each(|part| gone(fs::remove_file(self.shard(key).join(name(key, part)))))
    }

    /// The folders in which objects lie, by what the names in them begin with.
    pub fn shards(&self) -> io::Result<Vec<String>> {
        let names = fs::read_dir(&self.0)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        names.filter(|name| !name.as_ref().is_ok_and(|name| name.len() != SHARD_CHARS)).collect()
    }

    /// The objects of one of them that were written so long ago.
    pub fn older_in(&self, shard: &str, age: Duration) -> io::Result<Vec<ObjectKey>> {
        let files = older(&self.0.join(shard), age)?;
        let mut keys: Vec<ObjectKey> = files.iter().filter_map(|file| ObjectKey::parse(file.file_stem()?.to_str()?)).collect();
        keys.dedup();
        Ok(keys)
    }

    /// Removes what was begun so long ago and never got whole.
    pub fn remove_unfinished(&self, age: Duration) -> io::Result<()> {
        older(&self.0.join(NEW), age)?.into_iter().try_for_each(|file| gone(fs::remove_file(file)))
    }

    fn shard(&self, key: &ObjectKey) -> PathBuf {
        self.0.join(key.0.get(..SHARD_CHARS).unwrap_or_default())
    }
}

fn name(key: &ObjectKey, part: Part) -> String {
    format!("{}{}", key.0, part.ending())
}

fn older(folder: &Path, age: Duration) -> io::Result<Vec<PathBuf>> {
    let before = SystemTime::now() - age;
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.metadata()?.modified()? <= before {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}

/// Another process may have been quicker.
fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_object_is_there_whole_until_it_is_removed() {
        let data = tempfile::tempdir().unwrap();
        let folder = MediaFolder::of_folder(data.path()).unwrap();
        let (key, other) = (ObjectKey::new().unwrap(), ObjectKey::new().unwrap());
        folder.put(&key, &[(Part::Whole, b"large"), (Part::Small, b"small")]).unwrap();
        assert_eq!(folder.read(&key, Part::Whole).unwrap().as_deref(), Some(&b"large"[..]));
        assert_eq!(folder.read(&key, Part::Small).unwrap().as_deref(), Some(&b"small"[..]));
        assert_eq!(folder.read(&other, Part::Whole).unwrap(), None);
        let shards = folder.shards().unwrap();
        assert_eq!(shards, [&key.as_str()[..2]]);
        assert_eq!(folder.older_in(&shards[0], Duration::ZERO).unwrap(), std::slice::from_ref(&key));
        assert_eq!(folder.older_in(&shards[0], Duration::from_secs(60)).unwrap(), []);
        folder.remove(&key).unwrap();
        folder.remove(&key).unwrap();
        assert_eq!(folder.read(&key, Part::Whole).unwrap(), None);
    }

    #[test]
    fn what_was_begun_and_left_goes() {
        let data = tempfile::tempdir().unwrap();
        let folder = MediaFolder::of_folder(data.path()).unwrap();
        let left = data.path().join(FOLDER).join(NEW).join("half");
        fs::write(&left, b"ha").unwrap();
        folder.remove_unfinished(Duration::from_secs(60)).unwrap();
        assert!(left.exists(), "somebody may be writing it");
        folder.remove_unfinished(Duration::ZERO).unwrap();
        assert!(!left.exists());
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let key = ObjectKey::new().unwrap();
        assert_eq!(ObjectKey::parse(key.as_str()), Some(key.clone()));
        let upper = key.as_str().to_uppercase().replace(|c: char| c.is_ascii_digit(), "A");
        let dots = "../".repeat(10) + "ab";
        for text in ["", "..", "../../epoch", "/etc/passwd", "con", "a\0b", "C:\\x", &dots, &upper, &key.as_str()[1..]] {
            assert_eq!(ObjectKey::parse(text), None, "{text:?}");
        }
    }
}
