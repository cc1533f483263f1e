//! One installation: its data folder, its database and its committer. A server listens on top of it; an import needs nothing else.

use crate::{
    clock,
    commit::{Committed, Committer},
    config::Config,
    epoch::{self, Testimony, Witness},
    media::{self, MediaFolder},
    passwords::Passwords,
    seal::{self, Seal},
    server::StartError,
    store::{Store, StoreError, account, change_log, two_step},
};
use hearth_protocol::ids::Epoch;
use std::{
    fs, io,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{sync::mpsc, task::JoinHandle};

/// The database's file in the data folder.
const DATABASE: &str = "hearth.db";

/// An open installation; cheap to clone. Close it, so that everything queued is committed and witnessed.
#[derive(Clone)]
pub struct Installation {
    pub(crate) store: Store,
    pub(crate) committer: Committer,
    pub(crate) passwords: Passwords,
    pub(crate) seal: Arc<Seal>,
    pub(crate) media: MediaFolder,
    pub(crate) testimony: Testimony,
    witness: Witness,
    /// The committer's task, until it is waited for.
    running: Arc<Mutex<Option<JoinHandle<()>>>>,
}

impl Installation {
    /// Opens the data folder and the database, making what is missing.
    ///
    /// # Errors
    /// When the folder cannot be written, or the database cannot be opened or was made by a newer build.
    pub async fn open(config: &Config) -> Result<Self, StartError> {
        // Nobody listens: the committer publishes into the void, rather than into a channel that fills up.
        Self::open_published(config).await.map(|(installation, _)| installation)
    }

    /// The same, with what the committer publishes. It waits for a reader that falls behind.
    pub(crate) async fn open_published(config: &Config) -> Result<(Self, mpsc::Receiver<Committed>), StartError> {
        prepare_folder(&config.data_dir).map_err(|source| StartError::Folder { path: config.data_dir.clone(), source })?;
        let witness = Witness::new(&config.data_dir);
        let read = |source| StartError::Witness { path: config.data_dir.clone(), source };
        let witnessed = witness.read().map_err(read)?;
        let seal = Seal::of_folder(&config.data_dir).map_err(|source| StartError::Seal { path: config.data_dir.clone(), source })?;
        let media = MediaFolder::of_folder(&config.data_dir)
            .map_err(|source| StartError::Folder { path: config.data_dir.join(media::FOLDER), source })?;
        let store = match &config.database_url {
            Some(url) => Store::open(url, clock::now()).await?,
            None => Store::open_file(&config.data_dir.join(DATABASE), clock::now()).await?,
        };
        let testimony = {
            let mut transaction = store.write().await?;
            let testimony = epoch::establish(&mut transaction, witnessed, store.dialect(), clock::now()).await?;
            account::note_looks(&mut transaction).await?;
            let closed = two_step::sealed_by_others(&mut transaction, seal.name()).await?;
            if closed > 0 {
                let file = seal::FILE;
                tracing::warn!(
                    closed,
                    file,
                    "secrets of authenticator apps lie under another key: put back the file that was beside the database, or the people need a recovery code"
                );
            }
            transaction.commit().await?;
            testimony
        };
        witness.write(testimony).map_err(read)?;
        let passwords = Passwords::new().map_err(|error| StartError::Other(error.message))?;
        let (committer, published, task) =
            Committer::start(store.clone(), testimony.epoch, config.limits.commit_queue_max, config.faults.clone());
        let running = Arc::new(Mutex::new(Some(task)));
        let seal = Arc::new(seal);
        Ok((Self { store, committer, passwords, seal, media, testimony, witness, running }, published))
    }

    pub fn epoch(&self) -> Epoch {
        self.testimony.epoch
    }

    /// Commits what is queued, lets the witness see it, and closes the database.
    pub async fn close(&self) {
        self.committer.stop();
        let task = self.running.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(task) = task {
            let _ = task.await;
        }
        match self.newest().await {
            Ok(n) => self.testify(n),
            Err(error) => tracing::warn!(%error, "the epoch's witness was not told of the last commits"),
        }
        self.store.close().await;
    }

    /// The change log's newest entry.
    pub(crate) async fn newest(&self) -> Result<u64, StoreError> {
        let mut snapshot = self.store.snapshot().await?;
        Ok(change_log::bounds(&mut snapshot).await?.0)
    }

    /// Lets the witness remember how far the database has come.
    pub(crate) fn testify(&self, n: u64) {
        if let Err(error) = self.witness.write(Testimony { n, ..self.testimony }) {
            tracing::warn!(%error, "the epoch's witness could not be written");
        }
    }
}

/// Makes the folder, for its owner alone, and sees whether it can be written.
fn prepare_folder(path: &Path) -> io::Result<()> {
    if !path.is_dir() {
        fs::create_dir_all(path)?;
        #[cfg(unix)]
        fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    }
    let probe = path.join(format!(".probe{}", std::process::id()));
    fs::write(&probe, b"")?;
    fs::remove_file(&probe)
}
