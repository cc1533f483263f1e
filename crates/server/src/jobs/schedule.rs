//! What people have scheduled.

use super::{every, nobody};
use crate::{
    actions::{Command, SendScheduled, StopScheduled},
    app::App,
    clock,
    commit::Request,
    store::{StoreError, meta, scheduled},
};
use hearth_protocol::{
    Millis,
    ids::{MessageId, MutationId, UserId},
    limits,
};
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
/// an error or a stop leaves behind is due the next time. Returns whether there was anything to do.
pub(crate) async fn send_due(app: &App, now: Millis) -> Result<bool, StoreError> {
    let began_at = meta::unstopped(&mut *app.store().snapshot().await?).await?;
    if let Some(began_at) = began_at
        && !stop_restored(app, began_at, now).await?
    {
        return Ok(true);
    }
    let mut any = began_at.is_some();
    loop {
        let due = scheduled::due(&mut *app.store().snapshot().await?, now, DUE_PER_LOOK).await?;
        any |= !due.is_empty();
        let more = is_full(&due);
        if !perform(app, due, now, |message| Command::SendScheduled(SendScheduled { message })).await || !more {
            return Ok(any);
        }
    }
}

/// A backup was put back: what is due by then, or so soon after it that its author may not have signed in again, waits for them. They may
/// have changed it or given it up since the backup. Before anything else is sent; returns whether all of it is stopped.
async fn stop_restored(app: &App, began_at: Millis, now: Millis) -> Result<bool, StoreError> {
    let upto = began_at.saturating_add(limits::SCHEDULE_RESTORED_MS);
    loop {
        let due = scheduled::due(&mut *app.store().snapshot().await?, upto, DUE_PER_LOOK).await?;
        let more = is_full(&due);
        if !perform(app, due, now, |message| Command::StopScheduled(StopScheduled { message })).await {
            return Ok(false);
        }
        if !more {
            break;
        }
    }
    let mut transaction = app.store().write().await?;
    meta::set_stopped(&mut transaction, now).await?;
    transaction.commit().await?;
    Ok(true)
}

fn is_full(due: &[(UserId, MessageId)]) -> bool {
    i64::try_from(due.len()).is_ok_and(|found| found == DUE_PER_LOOK)
}

/// Has the committer do this with each. `false`: not with all, and what is left comes again at the next look.
async fn perform(app: &App, due: Vec<(UserId, MessageId)>, now: Millis, command: fn(MessageId) -> Command) -> bool {
    if due.is_empty() {
        return true;
    }
    let requests = due.into_iter().map(|(actor, message)| Request {
        id: MutationId::new(),
        actor,
        after: None,
        command: command(message),
        at: Some(now),
    });
    let answers = match app.installation.committer.submit(nobody(), requests.collect()) {
        Ok(answers) => answers,
        // The queue is full, or the server stops.
        Err(error) => {
            tracing::debug!(%error, "what is scheduled waits");
            return false;
        }
    };
    for answer in answers {
        match answer.await {
            Ok(Ok(_)) => {}
            // It would be found again at once.
            Ok(Err(error)) => {
                tracing::warn!(%error, "something scheduled could not be sent; it will be tried again");
                return false;
            }
            Err(_) => return false,
        }
    }
    true
}
