//! What the server says over the socket.

use super::{Engine, millis};
use crate::{
    api::Failure,
    engine::{effect::Effect, input::Moment, link::Link},
};
use hearth_protocol::{
    Millis,
    error::{ApiError, ErrorCode},
    frame::{ClientFrame, ServerFrame},
    rule::{Rule, holds},
};
use hearth_replica::Apply;

/// A quiet replica is told this often how far it is.
const KEEP_WATERMARK_MS: u64 = 60_000;

impl Engine {
    pub(super) fn frames(&mut self, moment: Moment, frames: Vec<ServerFrame>) -> Vec<Effect> {
        self.heard_at = moment.now;
        let mut effects = vec![];
        let mut batch = Apply::default();
        let live = self.link == Link::Live;
        for frame in frames {
            match frame {
                ServerFrame::Welcome { epoch, now, .. } if matches!(self.link, Link::Connecting { .. }) => {
                    self.go(Link::CatchingUp);
                    self.hear_time(moment, now);
                    effects.push(Effect::Welcomed { epoch, now_server: now });
                    effects.push(Effect::Report);
                    effects.extend(self.fetch_heads());
                    if self.screen.idle {
                        effects.push(self.say(ClientFrame::Idle(true)));
                    }
                }
                ServerFrame::Welcome { .. } => {}
                ServerFrame::Rows(part) => {
                    self.told += 1;
                    self.heads_behind |= self.heads_running;
                    batch.parts.push(part);
                }
                ServerFrame::Hint { .. } => {
                    self.told += 1;
                    effects.extend(self.fetch_heads());
                }
                ServerFrame::Heartbeat { watermark, .. } if !holds(Rule::WatermarkWithHeads) => batch.watermark = Some(watermark),
                ServerFrame::Heartbeat { sent, .. } if sent != self.told && holds(Rule::AskOnHeartbeat) => {
                    self.told = sent;
                    effects.extend(self.fetch_heads());
                }
                ServerFrame::Heartbeat { watermark, now, .. } => {
                    self.hear_time(moment, now);
                    if !self.heads_running && self.keep_watermark(moment, !batch.parts.is_empty()) {
                        batch.watermark = Some(watermark);
                    }
                    // A mutation that was told to wait is looked at again with each heartbeat.
                    effects.extend(self.plan());
                }
                ServerFrame::Acked(acked) => {
                    self.in_flight = self.in_flight.saturating_sub(acked.len());
                    batch.acked.extend(acked);
                }
                ServerFrame::Ephemeral(from) => effects.push(Effect::Signalled(from)),
                ServerFrame::Presence(people) => effects.push(Effect::Present(people)),
                ServerFrame::Profiles if live && self.profiles.hint(moment.now) => effects.extend(self.ask_profiles()),
                // Before that everything is asked anyway.
                ServerFrame::Profiles => {}
                ServerFrame::Revoked => {
                    let ended = ApiError::new(
                        ErrorCode::Unauthorized,
                        "You were signed out on the server. Sign in again; everything on this computer is still here.",
                    );
                    effects.extend(self.fail(moment, Failure::Refused(ended)));
                    break;
                }
                ServerFrame::Bye { retry_ms, error } => {
                    let error = error.unwrap_or_else(|| {
                        ApiError::new(ErrorCode::Unavailable, "The server is restarting. Hearth connects again by itself.")
                    });
                    let error = if error.retry_after_ms.is_none() { error.retry_after(retry_ms) } else { error };
                    effects.extend(self.fail(moment, Failure::Refused(error)));
                    break;
                }
            }
        }
        if batch != Apply::default() {
            batch.now_server = self.server_ahead.map(|ahead| millis(moment.now).saturating_add(ahead));
            effects.insert(0, Effect::Apply { batch: Box::new(batch), live });
        }
        effects
    }

    fn hear_time(&mut self, moment: Moment, now_server: Millis) {
        self.server_ahead = Some(now_server.saturating_sub(millis(moment.now)));
    }

    /// Everything up to a heartbeat's watermark is here or comes with its batch. Kept with what is written anyway, and now and then: it
    /// only shortens the next heads.
    fn keep_watermark(&mut self, moment: Moment, writes: bool) -> bool {
        let keep = writes || moment.now >= self.kept_at + KEEP_WATERMARK_MS;
        if keep {
            self.kept_at = moment.now;
        }
        keep
    }
}
