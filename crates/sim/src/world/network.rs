//! What lies between a device and the server: time, order, loss.

use super::{Event, Question, World};
use crate::violation::{Result, Violation};
use hearth_client::{api::Failure, engine::Input};
use hearth_protocol::{
    error::ApiError, frame::ServerFrame, ids::UserId, mutation::Outcome, row::Row, rows::RowData, stream::StreamId, sync::Page,
};

/// A request that nobody answers fails after this, as the client's own does.
const REQUEST_MS_MAX: u64 = 30_000;

impl World<'_> {
    pub(super) fn is_cut_off(&self, device: usize) -> bool {
        self.devices[device].troubles.cut_off_until > self.now
    }

    /// Milliseconds that the next message takes.
    pub(super) fn lag(&mut self, device: usize) -> u64 {
        let slow = self.devices[device].troubles.slow_until > self.now;
        if slow { self.net.between(300, 6_000) } else { self.net.between(2, 60) }
    }

    pub(super) fn refuse_to_connect(&mut self, device: usize, line: u64) {
        // Half of the time the network says so; else there is only silence.
        if self.net.percent(50) {
            let at = self.now + self.net.between(1, 200);
            self.close_line(device, line, at, Failure::Unreachable("no network".into()));
        }
    }

    fn close_line(&mut self, device: usize, line: u64, at: u64, failure: Failure) {
        let Some(state) = self.lines.get(&line) else { return };
        let (life, attempt) = (state.life, state.attempt);
        self.at(at, Event::Reach { device, life, input: Box::new(Input::Closed { attempt, failure }) });
    }

    /// The app lets go of its connection; the server notices later.
    pub(super) fn hang_up(&mut self, device: usize) {
        let Some(line) = self.app(device).and_then(|app| app.line.take()) else { return };
        let at = self.now + self.lag(device);
        self.at(at, Event::HungUp { line });
    }

    /// Breaks a device's connection: what is on its way is lost.
    pub(super) fn cut(&mut self, device: usize, silently: bool) {
        let Some(line) = self.app(device).and_then(|app| app.line) else { return };
        if let Some(state) = self.lines.get_mut(&line) {
            state.dead = true;
        }
        if !silently {
            let at = self.now + self.net.between(1, 1_500);
            self.close_line(device, line, at, Failure::Unreachable("the connection broke".into()));
        }
        let at = self.now + self.net.between(1, 4_000);
        self.at(at, Event::HungUp { line });
    }

    /// The server is gone: so are its sockets.
    pub(super) fn cut_all(&mut self) {
        let lines: Vec<(u64, usize)> = self.lines.iter().map(|(line, state)| (*line, state.device)).collect();
        for (line, device) in lines {
            if let Some(state) = self.lines.get_mut(&line) {
                (state.wire, state.dead) = (None, true);
            }
            if self.net.percent(70) {
                let at = self.now + self.net.between(1, 800);
                self.close_line(device, line, at, Failure::Unreachable("the server is gone".into()));
            }
        }
    }

    pub(super) fn ask(&mut self, device: usize, attempt: u64, question: Question) {
        let life = self.devices[device].life;
        let Some(session) = self.devices[device].session else { return };
        self.trace.line(self.now, format_args!("device {device} asks {question:?}"));
        let lost = self.devices[device].troubles.lossy_until > self.now && self.net.percent(40);
        if lost || self.is_cut_off(device) {
            let at = self.now + if self.net.percent(50) { self.net.between(1, 300) } else { REQUEST_MS_MAX };
            let failure = Failure::Unreachable("the request was lost".into());
            return self.at(at, Event::Reach { device, life, input: Box::new(failed(attempt, question, failure)) });
        }
        let at = self.now + self.lag(device);
        self.at(at, Event::Asked { device, life, attempt, session, question });
    }

    /// Sends an answer back, unless it gets lost.
    pub(super) fn answer(&mut self, device: usize, life: u64, input: Input) {
        let input = self.as_read(device, input);
        let troubles = &self.devices[device].troubles;
        let (now, late, history) = (self.now, troubles.late_answers_until, troubles.slow_history_until);
        let mut at = now + self.lag(device);
        if late > now && self.net.percent(60) {
            at += self.net.between(1_000, 20_000);
        }
        if has_copies(&input) {
            at = at.max(self.devices[device].troubles.holey_until);
        }
        if self.devices[device].slow_copies && has_copies(&input) {
            at += self.net.between(0, 1_500);
        }
        if history > now && matches!(input, Input::History { .. }) {
            at += self.net.between(500, 10_000);
        }
        self.at(at, Event::Reach { device, life, input: Box::new(input) });
    }

    pub(super) fn tell(&mut self, line: u64, frames: Vec<ServerFrame>) {
        let Some(device) = self.lines.get(&line).map(|line| line.device) else { return };
        let frames = self.frames_as_read(device, frames);
        let mut soon = self.now + self.lag(device);
        if self.devices[device].troubles.deaf_until > self.now {
            soon = self.devices[device].troubles.deaf_until;
        }
        let Some(state) = self.lines.get_mut(&line) else { return };
        state.down_at = state.down_at.max(soon);
        let at = state.down_at;
        self.at(at, Event::Deliver { line, frames });
    }

    pub(super) async fn deliver(&mut self, line: u64, frames: Vec<ServerFrame>) -> Result<()> {
        let Some(state) = self.lines.get(&line) else { return Ok(()) };
        let (device, life, attempt, dead) = (state.device, state.life, state.attempt, state.dead);
        let held = self.app(device).is_some_and(|app| app.line == Some(line));
        if dead || !held || self.is_cut_off(device) || self.devices[device].life != life {
            return Ok(());
        }
        self.trace.line(self.now, format_args!("device {device} <- {}", names(&frames)));
        self.feed(device, Input::Frames { attempt, frames }).await
    }

    /// Takes from the server's queues what is there, and sends it on its way.
    pub(super) async fn pump(&mut self) -> Result<()> {
        let lines: Vec<u64> = self.lines.iter().filter(|(_, line)| line.wire.is_some()).map(|(line, _)| *line).collect();
        for line in lines {
            self.pump_line(line).await?;
        }
        Ok(())
    }

    async fn pump_line(&mut self, line: u64) -> Result<()> {
        let Some(state) = self.lines.get_mut(&line) else { return Ok(()) };
        let Some(wire) = state.wire.as_mut() else { return Ok(()) };
        let (device, session) = (state.device, wire.session);
        let ended = wire.ended();
        let mut texts = vec![];
        if ended.is_none() && self.devices[device].troubles.deaf_until <= self.now {
            while let Some(text) = wire.ready() {
                texts.push(text);
            }
        }
        if let Some(word) = ended {
            let word = match (word, self.host.up()) {
                (Some(word), _) => word,
                (None, Some(inside)) => inside.why_revoked(session).await,
                (None, None) => ServerFrame::Revoked,
            };
            self.tell(line, vec![word]);
            if let Some(state) = self.lines.get_mut(&line) {
                state.wire = None;
            }
            return Ok(());
        }
        let mut frames = vec![];
        for text in texts {
            let frame: ServerFrame = serde_json::from_str(&text).map_err(|error| Violation::broken("a server's frame", error))?;
            self.watch_frame(session, &frame)?;
            let lost = self.hints_lost_until > self.now && matches!(frame, ServerFrame::Hint { .. });
            let holey = self.devices[device].troubles.holey_until > self.now && matches!(frame, ServerFrame::Rows(_));
            if !(lost || holey && self.fate.percent(50)) {
                frames.push(frame);
            }
        }
        while !frames.is_empty() {
            // The client reads as many at once as have arrived.
            let rest = frames.split_off(frames.len().min(usize::try_from(self.net.between(1, 8)).unwrap_or(1)));
            self.tell(line, std::mem::replace(&mut frames, rest));
        }
        Ok(())
    }

    /// Nothing leaves the server for somebody who may not see it, and nothing but the goodbye after a session's end.
    fn watch_frame(&self, session: hearth_server::inside::Session, frame: &ServerFrame) -> Result<()> {
        let ServerFrame::Rows(part) = frame else { return Ok(()) };
        if self.model.ended.contains(&session.id) {
            return Err(Violation::new("revoked", format!("rows of {} were pushed into an ended session", part.stream)));
        }
        self.watch_part(session.user, part, true)
    }

    /// `queued`: it waited while the server gave messages up, and what is on its way is not called back.
    pub(super) fn watch_part(&self, user: UserId, part: &hearth_protocol::mutation::Part, queued: bool) -> Result<()> {
        let hidden = |row: &Row| match (part.stream, row.data.pos()) {
            (StreamId::Conversation(id), Some(pos)) => {
                let called_back = !(queued && self.model.is_given_up(id, pos));
                called_back && !self.model.in_window(user, id, pos)
            }
            _ => false,
        };
        if self.model.may_see(user, part.stream) && !part.rows.iter().any(hidden) {
            return Ok(());
        }
        let what = part.rows.iter().map(|row| kind(&row.data)).collect::<Vec<_>>().join(", ");
        Err(Violation::new("window", format!("{user} was given {} ({what}) and may not see it", part.stream)))
    }

    pub(super) fn watch_outcome(&self, user: UserId, outcome: &Outcome) -> Result<()> {
        match outcome {
            Outcome::Applied(parts) => parts.iter().try_for_each(|part| self.watch_part(user, part, false)),
            Outcome::Refused(_) => Ok(()),
        }
    }
}

/// Whether an answer brings whole copies of streams.
fn has_copies(input: &Input) -> bool {
    matches!(input, Input::Pulled { result: Ok(pulled), .. } if pulled.pages.iter().any(|page| matches!(page, Page::Tail { .. })))
}

fn kind(data: &RowData) -> String {
    data.key().kind
}

fn failed(attempt: u64, question: Question, failure: Failure) -> Input {
    match question {
        Question::Heads(_) => Input::Heads { attempt, result: Err(failure) },
        Question::Pull(_) => Input::Pulled { attempt, result: Err(failure) },
        Question::Digests(request) => Input::Digests { attempt, segments: request.segments, result: Err(failure) },
        Question::Profiles { after, .. } => Input::Profiles { attempt, after, result: Err(failure) },
        Question::History { conversation, before_pos, .. } => Input::History { attempt, conversation, before_pos, result: Err(failure) },
    }
}

pub(super) fn unanswered(attempt: u64, question: Question) -> Input {
    failed(attempt, question, Failure::Unreachable("the server is down".into()))
}

pub(super) fn refused(error: ApiError) -> Failure {
    Failure::Refused(error)
}

/// Frames in a few words.
fn names(frames: &[ServerFrame]) -> String {
    let name = |frame: &ServerFrame| match frame {
        ServerFrame::Welcome { .. } => "welcome".to_owned(),
        ServerFrame::Rows(part) => format!("rows ({}, {}] of {}", part.prev, part.seq, part.stream),
        ServerFrame::Hint { stream, head } => format!("hint {head} of {stream}"),
        ServerFrame::Heartbeat { watermark, .. } => format!("heartbeat {:?}", watermark.values().collect::<Vec<_>>()),
        ServerFrame::Acked(acked) => format!("{} acked", acked.len()),
        ServerFrame::Ephemeral(from) => format!("{:?} by {}", from.signal, from.user),
        ServerFrame::Presence(people) => format!("presence of {}", people.len()),
        ServerFrame::Profiles => "profiles".to_owned(),
        ServerFrame::Revoked => "revoked".to_owned(),
        ServerFrame::Bye { .. } => "bye".to_owned(),
    };
    frames.iter().map(name).collect::<Vec<_>>().join(", ")
}
