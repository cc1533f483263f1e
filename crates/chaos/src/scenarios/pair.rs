//! Two people with their apps and a server: where most scenarios begin and how they end.

use crate::{App, Hearthd, Ledger, Stage, talk::Ask, until::PATIENCE, until::until};
use anyhow::{Context as _, Result, ensure};
use hearth_protocol::ids::{ConversationId, UserId};
use std::time::{Duration, Instant};
use tokio::time::timeout;

pub struct Pair {
    pub server: Hearthd,
    pub ada: App,
    pub bob: App,
    pub conversation: ConversationId,
    pub ledger: Ledger,
}

/// Whose app.
#[derive(Clone, Copy, Debug)]
pub enum Who {
    Ada,
    Bob,
}

impl Pair {
    /// Both signed up and in touch, on a server that runs already.
    pub async fn meet(stage: &Stage, server: Hearthd) -> Result<Self> {
        let (ada, bob) = (App::new(stage, "Ada", "first"), App::new(stage, "Bob", "first"));
        Self::meet_with(server, ada, bob).await
    }

    /// The same with apps that were prepared and do not run yet.
    pub async fn meet_with(mut server: Hearthd, mut ada: App, mut bob: App) -> Result<Self> {
        ada.start().await?;
        ada.sign_up(&mut server).await?;
        bob.start().await?;
        let bobs: UserId = bob.sign_up(&mut server).await?;
        let conversation = ada.direct(bobs).await?;
        let mut pair = Self { server, ada, bob, conversation, ledger: Ledger::default() };
        pair.say(Who::Ada).await?;
        pair.converge().await?;
        Ok(pair)
    }

    pub fn app(&mut self, who: Who) -> &mut App {
        match who {
            Who::Ada => &mut self.ada,
            Who::Bob => &mut self.bob,
        }
    }

    /// One message, safe on the sender's disk when this returns.
    pub async fn say(&mut self, who: Who) -> Result<()> {
        let app = match who {
            Who::Ada => &mut self.ada,
            Who::Bob => &mut self.bob,
        };
        let text = self.ledger.next(app.name());
        let id = app.send(self.conversation, &text).await?;
        self.ledger.accept(&text, id);
        Ok(())
    }

    /// So many messages, in turns.
    pub async fn chat(&mut self, messages: usize) -> Result<()> {
        for number in 0..messages {
            self.say(if number % 2 == 0 { Who::Ada } else { Who::Bob }).await?;
        }
        Ok(())
    }

    /// Messages in turns for so long; what is being handed over at the end may or may not have been accepted.
    pub async fn chat_for(&mut self, time: Duration) -> Result<()> {
        let talk = async {
            loop {
                self.chat(2).await?;
                // So fast types nobody; it leaves the server time for a commit in between.
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        timeout(time, talk).await.unwrap_or(Ok(()))
    }

    /// The same for one of them, whose app may die meanwhile.
    pub async fn talk_until_death(&mut self, who: Who, time: Duration) {
        let talk = async { while self.say(who).await.is_ok() {} };
        let _ = timeout(time, talk).await;
    }

    /// Notes what both show as acknowledged.
    pub async fn note(&mut self) -> Result<()> {
        for who in [Who::Ada, Who::Bob] {
            let conversation = self.conversation;
            let lines = self.app(who).read(conversation).await?;
            self.ledger.see(&lines)?;
        }
        Ok(())
    }

    /// "Try now", as a person who is told that the server is away.
    pub async fn nudge(&mut self) -> Result<()> {
        self.ada.ask(Ask::SyncNow).await?;
        self.bob.ask(Ask::SyncNow).await.map(drop)
    }

    /// As [`Pair::converge`], with two people who press "try now" while they wait.
    pub async fn hurry(&mut self) -> Result<Duration> {
        let began = Instant::now();
        loop {
            self.nudge().await?;
            if let Ok(converged) = timeout(Duration::from_millis(500), self.converge()).await {
                converged?;
                return Ok(began.elapsed());
            }
            ensure!(began.elapsed() < PATIENCE * 2, "the apps do not converge: {:?}, {:?}", self.ada.state().await, self.bob.state().await);
        }
    }

    /// Waits until everything accepted is sent and both show the same.
    pub async fn converge(&mut self) -> Result<Duration> {
        let (_, took) = until("both show the same", PATIENCE * 2, async || {
            for who in [Who::Ada, Who::Bob] {
                if !self.app(who).state().await?.is_settled() {
                    return Ok(None);
                }
            }
            let (hers, his) = (self.ada.read(self.conversation).await?, self.bob.read(self.conversation).await?);
            Ok((hers == his && hers.iter().all(|line| line.pos.is_some())).then_some(()))
        })
        .await
        .context("the apps do not converge")?;
        Ok(took)
    }

    /// The same for one of them, the other's app being closed.
    pub async fn converge_one(&mut self, who: Who) -> Result<Duration> {
        let conversation = self.conversation;
        let app = self.app(who);
        app.settles().await?;
        let (_, took) = until("the app shows everything as sent", PATIENCE, async || {
            Ok(app.read(conversation).await?.iter().all(|line| line.pos.is_some()).then_some(()))
        })
        .await?;
        Ok(took)
    }

    /// The end of every scenario: both converge, a fresh computer of each sees the same and the ledger agrees; then the server stops in
    /// peace and its files are whole. Gives back how many messages there are.
    pub async fn check(&mut self, stage: &Stage) -> Result<usize> {
        self.hurry().await?;
        let shown = self.ada.read(self.conversation).await?;
        for name in ["Ada", "Bob"] {
            let mut fresh = App::fresh(stage, &self.server, name, "fresh").await?;
            let lines = fresh.read(self.conversation).await?;
            fresh.quit().await?;
            self.ledger.check(&lines)?;
            ensure!(lines == shown, "a fresh computer of {name} shows something else");
        }
        self.ada.kill().await?;
        self.bob.kill().await?;
        self.server.stop().await?;
        self.server.check_integrity(stage)?;
        Ok(shown.len())
    }
}
