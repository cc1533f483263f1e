//! Waiting for something to become true, with an end and a sentence when it does not.

use anyhow::{Result, bail};
use std::time::{Duration, Instant};

/// Longer than anything takes on a busy machine with two cores; a scenario that waits this long has failed.
pub const PATIENCE: Duration = Duration::from_secs(60);
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Asks until the answer is there and says how long that took. An error is final.
pub async fn until<T>(what: &str, patience: Duration, mut ask: impl AsyncFnMut() -> Result<Option<T>>) -> Result<(T, Duration)> {
    let began = Instant::now();
    loop {
        if let Some(value) = ask().await? {
            return Ok((value, began.elapsed()));
        }
        if began.elapsed() > patience {
            bail!("{what}: not within {} s", patience.as_secs());
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}
