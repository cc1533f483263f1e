//! Work that takes a core for a while: off the async threads, and only so much of it at once.

use hearth_protocol::error::{ApiError, ErrorCode};
use std::{sync::Arc, time::Duration};
use tokio::sync::Semaphore;

/// Longer than this in the line means that somebody floods the server.
const WAIT_MAX: Duration = Duration::from_secs(10);

/// Where the work waits; cheap to clone.
#[derive(Clone)]
pub(crate) struct Gate {
    places: Arc<Semaphore>,
    /// What who waits too long is told.
    busy: &'static str,
}

impl Gate {
    pub fn new(at_once: usize, busy: &'static str) -> Self {
        Self { places: Arc::new(Semaphore::new(at_once)), busy }
    }

    pub async fn work<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Result<T, ApiError> {
        let busy = || ApiError::new(ErrorCode::Unavailable, self.busy).retry_after(5_000);
        let permit = tokio::time::timeout(WAIT_MAX, self.places.clone().acquire_owned()).await.map_err(|_| busy())?.map_err(|_| busy())?;
        let done = tokio::task::spawn_blocking(move || {
            // Held until the work is done even if the asker has gone.
            let _permit = permit;
            job()
        });
        done.await.map_err(|_| busy())
    }
}
