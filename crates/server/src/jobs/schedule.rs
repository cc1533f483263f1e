//! What people have scheduled.

use super::{every, nobody};
use crate::{
    actions::{Command, SendScheduled},
    app::App,
    clock,
    commit::Request,
    store::{StoreError, scheduled},
};
use hearth_protocol::{Millis, ids::MutationId};
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// A message is said to go out at a minute; a second later is that minute.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Sent in one go, so that they share a commit: after a long stop there may be many.
const DUE_PER_LOOK: i64 = 100;

/// Looks every second for what is due, late as well after a stop.
pub(crate) async fn send(app: Arc<App>, stop: watch::Receiver<bool>) {
    every(LOOK_EVERY, stop, || {
        let app = app.clone();
        async move {
            if let Err(error) = send_due(&app, clock::now()).await {
                tracing::warn!(%error, "what is scheduled could not be sent; it will be tried again");
            }
        }
    })
    .await;
}

/// Sends what is due by `now`, in the order of its times. It goes through the committer as one person's would, whose order it keeps; what
/// an error or a stop leaves behind is due the next time.
pub(crate) async fn send_due(app: &App, now: Millis) -> Result<(), StoreError> {
    loop {
        let due = scheduled::due(&mut *app.store().snapshot().await?, now, DUE_PER_LOOK).await?;
        let more = i64::try_from(due.len()).is_ok_and(|found| found == DUE_PER_LOOK);
        let requests = due.into_iter().map(|(actor, message)| {
            let command = Command::SendScheduled(SendScheduled { message });
            Request { id: MutationId::new(), actor, after: None, command, at: Some(now) }
        });
        let answers = match app.installation.committer.submit(nobody(), requests.collect()) {
            Ok(answers) => answers,
            // The queue is full, or the server stops.
            Err(error) => {
                tracing::debug!(%error, "what is scheduled waits");
                return Ok(());
            }
        };
        for answer in answers {
            match answer.await {
                Ok(Ok(_)) => {}
                // It would be found again at once.
                Ok(Err(error)) => {
                    tracing::warn!(%error, "something scheduled could not be sent; it will be tried again");
                    return Ok(());
                }
                Err(_) => return Ok(()),
            }
        }
        if !more {
            return Ok(());
        }
    }
}
