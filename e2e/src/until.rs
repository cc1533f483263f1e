//! Waiting for something to become true, with an end and a sentence when it does not.

use anyhow::{Result, bail};
use std::{future::Future, time::Duration};
use tokio::time::{Instant, sleep};

/// Longer than anything takes on a busy machine with two cores; a test that waits this long has failed.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// Between two looks: nothing tells when a page has changed.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Asks until the answer is there. `what` is what the error says did not come.
pub async fn until<T, F: Future<Output = Result<Option<T>>>>(what: &str, ask: impl FnMut() -> F) -> Result<T> {
    match within(PATIENCE, ask).await {
        Ok(Some(value)) => Ok(value),
        Ok(None) => bail!("{what}: not within {} s", PATIENCE.as_secs()),
        Err(error) => Err(error.context(format!("{what}: not within {} s", PATIENCE.as_secs()))),
    }
}

/// Asks until the answer is there, or this long: of what may as well not come. A page that is just being replaced answers with errors:
/// only the last one counts.
pub async fn within<T, F: Future<Output = Result<Option<T>>>>(limit: Duration, mut ask: impl FnMut() -> F) -> Result<Option<T>> {
    let end = Instant::now() + limit;
    loop {
        let answer = ask().await;
        if matches!(answer, Ok(Some(_))) || Instant::now() > end {
            return answer;
        }
        sleep(LOOK_AGAIN).await;
    }
}
