//! A message that is lost behind a replica's back, as a bug of another build could lose it: nothing but a digest tells.

use super::World;
use crate::violation::{Result, Violation};
use hearth_client::engine::{Input, Local};
use hearth_protocol::{Millis, digest::Segment};
use hearth_replica::{Apply, Checks, Replica};
use hearth_server::inside::{Inside, Session};

const A_WEEK_MS: Millis = 7 * 24 * 3_600 * 1_000;
/// Beyond every clock that jumps.
const LATER_MS: Millis = 100_000_000_000_000;
/// Worlds in which one is lost.
const CHANCE_PERCENT: u64 = 20;

impl World<'_> {
    /// Now and then a device loses a message in peace. The next comparison with the server notices, and it is fetched again.
    pub(super) async fn rot(&mut self) -> Result<()> {
        let device = self.chance.index(self.devices.len());
        let (Some(session), true) = (self.devices[device].session, self.chance.percent(CHANCE_PERCENT)) else { return Ok(()) };
        let Some(app) = self.app(device) else { return Ok(()) };
        let replica = app.replica.clone();
        if !replica.lose_a_message().await? {
            return Ok(());
        }
        self.trace.line(self.now, format_args!("device {device} loses a message"));
        self.devices[device].rotten = true;
        let later = self.weeks_later();
        if let Some(inside) = self.host.up() {
            // A round whose end a power cut took goes on where it was: then the next one looks at everything.
            if compare(inside, session, &replica, later).await?.is_none() {
                compare(inside, session, &replica, later + 2 * A_WEEK_MS).await?;
            }
        }
        self.begin_watch(device).await?;
        self.feed(device, Input::Wake).await?;
        self.until_quiet().await?;
        // A power cut that took the cure would leave the loss.
        self.note_forced(device)?;
        self.devices[device].rotten = false;
        Ok(())
    }

    /// A time by a device's clock at which everything that was compared before is due again.
    pub(super) fn weeks_later(&self) -> Millis {
        LATER_MS + 2 * A_WEEK_MS * i64::try_from(self.now).unwrap_or(0)
    }
}

/// Compares everything that is known with what the server has, until something differs: what did.
pub(super) async fn compare(inside: &Inside, session: Session, replica: &Replica, later: Millis) -> Result<Option<Vec<Segment>>> {
    let local = Local::new(replica.clone());
    let failed = |failure: hearth_client::api::Failure| Violation::broken("a digest", failure);
    // What is new is due within a week.
    local.segments(later - A_WEEK_MS).await.map_err(failed)?;
    loop {
        let request = local.segments(later).await.map_err(failed)?;
        if request.segments.is_empty() {
            return Ok(None);
        }
        let answer = inside.digests(session, &request).await?;
        let checks = Some(Checks { segments: request.segments.clone(), answer });
        local.apply(Apply { checks, ..Apply::default() }, later).await.map_err(failed)?;
        if !replica.wants(None, 1, 1).await?.is_empty() {
            return Ok(Some(request.segments));
        }
    }
}
