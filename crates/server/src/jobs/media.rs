//! What people have uploaded and nobody has any more.

use crate::{
    app::App,
    clock,
    media::{MediaFolder, ObjectKey},
    store::{StoreError, media},
};
use std::{collections::HashSet, io, time::Duration};

/// What is being uploaded now is nobody's yet.
pub(super) const UNCLAIMED_KEPT: Duration = Duration::from_secs(60 * 60);

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SweepError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the media folder failed: {0}")]
    Folder(#[from] io::Error),
}

/// Removes pictures that nobody has, and files of which the database knows nothing, once they are so old: what a stop or an error has left.
pub(crate) async fn sweep(app: &App, age: Duration) -> Result<(), SweepError> {
    let before = clock::now() - i64::try_from(age.as_millis()).unwrap_or(i64::MAX);
    let mut transaction = app.store().write().await?;
    let pruned = media::prune(&mut transaction, before).await?;
    transaction.commit().await?;
    let shards = with_folder(app, move |folder| {
        folder.remove_unfinished(age)?;
        folder.shards()
    });
    let mut removed = 0;
    for shard in shards.await? {
        // In this order: what is uploaded meanwhile is not looked at.
        let (name, found) = (shard.clone(), with_folder(app, move |folder| folder.older_in(&shard, age)).await?);
        let known: HashSet<ObjectKey> = media::keys_in(&mut *app.store().snapshot().await?, &name).await?.into_iter().collect();
        let orphans: Vec<ObjectKey> = found.into_iter().filter(|key| !known.contains(key)).collect();
        removed += orphans.len();
        with_folder(app, move |folder| orphans.iter().try_for_each(|key| folder.remove(key))).await?;
    }
    tracing::debug!(pruned, removed, "swept what was uploaded");
    Ok(())
}

/// Removes an object that nobody has from here on; where that fails, the next sweep finds it.
pub(crate) async fn remove(app: &App, key: ObjectKey) {
    if let Err(error) = with_folder(app, move |folder| folder.remove(&key)).await {
        tracing::warn!(%error, "an uploaded file stays for now");
    }
}

/// Works in the folder, off the async threads.
pub(crate) async fn with_folder<T: Send + 'static>(
    app: &App,
    work: impl FnOnce(&MediaFolder) -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    let folder = app.installation.media.clone();
    tokio::task::spawn_blocking(move || work(&folder)).await.map_err(io::Error::other)?
}
