//! Waiting for something to become true, with an end and a sentence when it does not.

use anyhow::{Result, bail};
use std::{future::Future, time::Duration};
use tokio::time::{Instant, sleep};

/// Longer than anything takes on a busy machine with two cores; a test that waits this long has failed.
pub const PATIENCE: Duration = Duration::from_secs(30);
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Asks until the answer is there. `what` is what the error says did not come.
pub async fn until<T, F: Future<Output = Result<Option<T>>>>(what: &str, mut ask: impl FnMut() -> F) -> Result<T> {
    let end = Instant::now() + PATIENCE;
    loop {
        let error = match ask().await {
            Ok(Some(value)) => return Ok(value),
            Ok(None) => None,
            // A page that is just being replaced answers with errors: only the last one counts.
            Err(error) => Some(error),
        };
        if Instant::now() > end {
            match error {
                Some(error) => return Err(error.context(format!("{what}: not within {} s", PATIENCE.as_secs()))),
                None => bail!("{what}: not within {} s", PATIENCE.as_secs()),
            }
        }
        sleep(LOOK_AGAIN).await;
    }
}
