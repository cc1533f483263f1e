//! The server's side of an event.

use super::{
    Event, Question, Told, World,
    network::{refused, unanswered},
};
use crate::{
    acts::act,
    fault::Fault,
    violation::{Result, Violation},
};
use hearth_client::{api::Failure, engine::Input};
use hearth_protocol::{
    frame::{ClientFrame, ServerFrame},
    limits,
    mutation::{Acked, Outcome},
    sync::{Page, PullResponse},
};
use hearth_server::inside::Session;

impl World<'_> {
    pub(super) async fn dialled(&mut self, device: usize, life: u64, attempt: u64, line: u64, session: Session) -> Result<()> {
        let Some(inside) = self.host.up() else {
            self.refuse_to_connect(device, line);
            return Ok(());
        };
        match inside.connect(session).await {
            Ok((welcome, wire)) => {
                if let Some(state) = self.lines.get_mut(&line) {
                    state.wire = Some(wire);
                }
                self.tell(line, vec![welcome]);
            }
            Err(error) => {
                let at = self.now + self.lag(device);
                let input = Input::Closed { attempt, failure: Failure::Refused(error) };
                self.at(at, Event::Reach { device, life, input: Box::new(input) });
            }
        }
        Ok(())
    }

    pub(super) async fn asked(&mut self, device: usize, life: u64, attempt: u64, session: Session, question: Question) -> Result<()> {
        if matches!(question, Question::Heads(_)) {
            self.devices[device].heads_as_of = self.changes;
        }
        let Some(inside) = self.host.up() else {
            self.answer(device, life, unanswered(attempt, question));
            return Ok(());
        };
        let input = match question {
            Question::Heads(request) => Input::Heads { attempt, result: inside.heads(session, &request).await.map_err(refused) },
            Question::Pull(request) => {
                let result = inside.pull(session, &request).await.map_err(refused);
                if let Ok(pulled) = &result {
                    self.watch_pages(session, pulled)?;
                }
                Input::Pulled { attempt, result }
            }
            Question::Digests(request) => {
                let result = inside.digests(session, &request).await.map_err(refused);
                Input::Digests { attempt, segments: request.segments, result }
            }
            Question::Profiles { after, request } => {
                let result = inside.profiles(session, &request).await.map_err(refused);
                if let Ok(told) = &result {
                    let privacies = inside.privacies().await?;
                    self.watch_profiles(session.user, told, &privacies)?;
                }
                Input::Profiles { attempt, after, result }
            }
            Question::History { conversation, before_pos, limit } => {
                let result = inside.history(session, conversation, before_pos, limit).await.map_err(refused);
                Input::History { attempt, conversation, before_pos, result }
            }
        };
        self.answer(device, life, input);
        Ok(())
    }

    pub(super) fn watch_pages(&self, session: Session, pulled: &PullResponse) -> Result<()> {
        for page in &pulled.pages {
            if let Page::Changes { part, .. } | Page::Tail { part, .. } = page {
                self.watch_part(session.user, part, false)?;
            }
        }
        Ok(())
    }

    pub(super) fn told(&mut self, line: u64, text: &str) -> Result<()> {
        let Some(state) = self.lines.get(&line).filter(|state| !state.dead) else { return Ok(()) };
        let Some(wire) = &state.wire else { return Ok(()) };
        let session = wire.session;
        let frame: ClientFrame = serde_json::from_str(text).map_err(|error| Violation::broken("a client's frame", error))?;
        let told = match frame {
            ClientFrame::Mutate(mutations) => Told::Mutate(mutations),
            ClientFrame::Cancel(ids) => Told::Cancel(ids),
            // Nobody looks at a window in here.
            ClientFrame::Hello(_) | ClientFrame::Ephemeral(_) | ClientFrame::Idle(_) | ClientFrame::Watch(_) => return Ok(()),
        };
        self.inbox.push((line, session, told));
        self.hurry_deed(session.user);
        if !self.commit_due {
            self.commit_due = true;
            let at = self.now + self.net.between(1, 40);
            self.at(at, Event::Commit);
        }
        Ok(())
    }

    /// The committer takes everything that has come: one transaction for all.
    pub(super) async fn commit(&mut self) -> Result<()> {
        self.commit_due = false;
        let inbox = std::mem::take(&mut self.inbox);
        let crash = self.crash.take();
        let now = self.now;
        if crash == Some(Fault::CrashBefore) {
            return self.kill_server().await;
        }
        let Some(inside) = self.host.up() else { return Ok(()) };
        // Now and then it takes what comes, even then.
        let clogged = (self.busy_until > now && self.net.percent(60)).then(|| inside.clog());
        let mut submitted = vec![];
        for (line, session, told) in inbox {
            let (ids, waiting) = match told {
                Told::Mutate(mutations) => {
                    let ids: Vec<_> = mutations.iter().map(|mutation| mutation.id).collect();
                    (ids, inside.submit(session, mutations))
                }
                Told::Cancel(ids) => (ids.clone(), inside.submit_cancels(session, ids)),
            };
            submitted.push((line, session, ids, waiting));
        }
        let mut answers = vec![];
        for (line, session, ids, waiting) in submitted {
            let acked = match waiting {
                Ok(waiting) => waiting.acked().await,
                Err(error) => ids.into_iter().map(|id| Acked { id, outcome: Outcome::Refused(error.clone()) }).collect(),
            };
            answers.push((line, session, acked));
        }
        if let Some(clogged) = clogged {
            clogged.await;
        }
        let failure = inside.failure();
        let lie = answers.iter().flat_map(|(.., acked)| acked).find(|acked| matches!(acked.outcome, Outcome::Applied(_)));
        if let (Some(failure), Some(acked)) = (&failure, lie) {
            return Err(Violation::new("durable", format!("{} was acknowledged although the disk failed: {failure}", acked.id)));
        }
        for (_, session, acked) in &answers {
            for acked in acked {
                self.model.answered(session.user, acked).map_err(|wrong| Violation::new("answer", wrong))?;
                let outcome = match &acked.outcome {
                    Outcome::Applied(_) => "applied",
                    Outcome::Refused(error) => error.code.as_str(),
                };
                let what = self.model.made.get(&acked.id).map_or("?", |made| made.intent.name());
                self.trace.line(now, format_args!("the server: {what} {} is {outcome}", acked.id));
            }
        }
        let moved = self.look_who_is_where(&answers).await?;
        self.host.moved = true;
        self.changes += 1;
        if crash == Some(Fault::CrashAfter) || failure.is_some() {
            return self.kill_server().await;
        }
        self.publish().await?;
        // The socket writes whichever is there first.
        let pushes_first = self.net.percent(50);
        if pushes_first {
            self.pump().await?;
        }
        for (line, session, acked) in answers {
            // Who left in this commit hears of what they did before in it, as it was allowed then.
            if !moved {
                acked.iter().try_for_each(|acked| self.watch_outcome(session.user, &acked.outcome))?;
            }
            if self.lines.get(&line).is_some_and(|line| line.wire.is_some()) {
                self.tell(line, vec![ServerFrame::Acked(acked)]);
            }
        }
        self.pump().await
    }

    /// Several changes of one commit have an order that only the server knows, so it is asked.
    async fn look_who_is_where(&mut self, answers: &[(u64, Session, Vec<Acked>)]) -> Result<bool> {
        let applied = answers.iter().flat_map(|(_, _, acked)| acked).filter(|acked| matches!(acked.outcome, Outcome::Applied(_)));
        let mut made = applied.filter_map(|acked| self.model.made.get(&acked.id));
        let moved = made.any(|made| act(&made.intent).moves_members());
        if moved {
            self.look_around().await?;
        }
        Ok(moved)
    }

    /// Who is where, and who knows and has blocked whom.
    pub(super) async fn look_around(&mut self) -> Result<()> {
        if let Some(inside) = self.host.up() {
            let (sights, groups) = (inside.sights().await?, inside.groups().await?);
            let owners = inside.owners().await?;
            self.model.set_sights(sights);
            self.model.set_groups(groups);
            [self.model.contacts, self.model.blocks] = inside.circles().await?;
            self.model.check_groups(&owners).map_err(|wrong| Violation::new("groups", wrong))?;
        }
        Ok(())
    }

    /// The server forgets what it keeps for a time: deleted messages may be gone from here on.
    pub(super) async fn tidy_server(&mut self) -> Result<()> {
        // That something was sent at its time is forgotten as well: first it is noted.
        self.send_scheduled().await?;
        let Some(inside) = self.host.up() else { return Ok(()) };
        // A full disk keeps all of it.
        if inside.forget().await.is_ok() {
            self.model.forget();
            self.host.moved = true;
            self.changes += 1;
        }
        Ok(())
    }

    pub(super) async fn publish(&mut self) -> Result<()> {
        if let Some(inside) = self.host.up() {
            inside.publish().await;
        }
        Ok(())
    }

    pub(super) async fn tail(&mut self) -> Result<()> {
        self.send_scheduled().await?;
        let moved = std::mem::take(&mut self.host.moved);
        if let (Some(inside), true) = (self.host.up(), moved) {
            inside.tail().await;
            self.pump().await?;
        }
        let at = self.now + super::TAIL_MS;
        self.at(at, Event::Tail);
        Ok(())
    }

    pub(super) async fn beat(&mut self) -> Result<()> {
        if let Some(inside) = self.host.up() {
            inside.beat().await;
            self.pump().await?;
        }
        let at = self.now + limits::HEARTBEAT_MS;
        self.at(at, Event::Beat);
        Ok(())
    }

    pub(super) async fn kill_server(&mut self) -> Result<()> {
        self.trace.line(self.now, "the server is killed");
        self.inbox.clear();
        self.cut_all();
        self.host.kill().await?;
        self.rise_later();
        Ok(())
    }

    pub(super) async fn stop_server(&mut self) -> Result<()> {
        self.trace.line(self.now, "the server stops");
        if let Some(inside) = self.host.up() {
            inside.say_goodbye(1_000);
        }
        self.pump().await?;
        self.inbox.clear();
        for line in self.lines.values_mut() {
            line.wire = None;
        }
        self.host.stop().await;
        self.rise_later();
        Ok(())
    }

    fn rise_later(&mut self) {
        let at = self.now + self.net.between(200, 7_000);
        self.at(at, Event::Rise);
    }

    pub(super) async fn rise(&mut self) -> Result<()> {
        self.trace.line(self.now, "the server starts");
        self.host.rise().await?;
        if self.has_wishes {
            self.look_at_accounts().await?;
            // What an earlier life began.
            let at = self.now + self.fate.between(1, 500);
            self.at(at, Event::Erase);
        }
        Ok(())
    }

    pub(super) fn server_well(&mut self) -> Result<()> {
        self.host.faults.drop_push(false);
        self.host.faults.disk_full(false);
        Ok(())
    }
}
