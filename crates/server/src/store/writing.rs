//! A writing transaction outside the committer, and what its failure means.

use super::StoreError;
use sqlx::{Any, AnyConnection, Transaction};
use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};
use tokio::sync::watch;

/// Whether the storage has failed, and why. After that nothing that it says can be relied upon, and the process should end.
#[derive(Clone, Debug)]
pub(crate) struct Health(Arc<watch::Sender<Option<String>>>);

impl Default for Health {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(None)))
    }
}

impl Health {
    /// Resolves when the storage has failed, with the reason; never otherwise.
    pub async fn failed(&self) -> String {
        let mut said = self.0.subscribe();
        // The sender lives as long as `self`: waiting cannot fail.
        match said.wait_for(Option::is_some).await.map(|reason| reason.clone()) {
            Ok(Some(reason)) => reason,
            _ => std::future::pending().await,
        }
    }

    /// Passes an error on; one that leaves open what is on the disk ends the server.
    pub fn note(&self, error: StoreError) -> StoreError {
        if matches!(error, StoreError::Failed(_)) {
            self.0.send_replace(Some(error.to_string()));
        }
        error
    }
}

/// Dropped without [`Writing::commit`], nothing of it has happened.
pub(crate) struct Writing {
    transaction: Transaction<'static, Any>,
    health: Health,
}

impl Writing {
    pub fn new(transaction: Transaction<'static, Any>, health: Health) -> Self {
        Self { transaction, health }
    }

    /// Durable when this returns `Ok`.
    ///
    /// # Errors
    /// It did not happen; after a [`StoreError::Failed`] nobody knows, and the server ends.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.transaction.commit().await.map_err(|error| self.health.note(error.into()))
    }
}

impl Deref for Writing {
    type Target = AnyConnection;
    fn deref(&self) -> &AnyConnection {
        &self.transaction
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.transaction
    }
}
