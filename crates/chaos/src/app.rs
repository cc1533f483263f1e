//! The headless app as a process, seen from a scenario.

use crate::{
    process::{Around, Process},
    server::Hearthd,
    stage::Stage,
    talk::{Answer, Ask, Line, State},
    until::{PATIENCE, until},
};
use anyhow::{Context as _, Result, bail};
use hearth_protocol::ids::{ConversationId, MessageId, UserId};
use std::{
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::io::AsyncWriteExt as _;

/// The longest that the app may think about one question: opening a replica and making an account included.
const ANSWER_MAX: Duration = Duration::from_secs(30);

#[derive(Debug)]
pub struct App {
    name: String,
    program: PathBuf,
    profile: PathBuf,
    complaints: PathBuf,
    /// Used from the next start on.
    pub around: Around,
    process: Option<Process>,
    answers: usize,
}

/// What an app answered when it did not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[error("{code}: {message}")]
pub struct Refused {
    pub code: String,
    pub message: String,
}

impl App {
    /// An app that does not run yet. `name` is the person's; `computer` tells several of theirs apart.
    pub fn new(stage: &Stage, name: &str, computer: &str) -> Self {
        let profile = stage.folder().join(format!("{name}-{computer}"));
        Self {
            name: name.into(),
            program: stage.programs.app.clone(),
            complaints: profile.with_extension("err"),
            profile,
            around: Around::default(),
            process: None,
            answers: 0,
        }
    }

    /// Somebody new, signed up and online.
    pub async fn signed_up(stage: &Stage, server: &mut Hearthd, name: &str) -> Result<(Self, UserId)> {
        let mut app = Self::new(stage, name, "first");
        app.start().await?;
        let user = app.sign_up(server).await?;
        Ok((app, user))
    }

    /// A fresh computer of somebody who has an account, with everything fetched.
    pub async fn fresh(stage: &Stage, server: &Hearthd, name: &str, computer: &str) -> Result<Self> {
        let mut app = Self::new(stage, name, computer);
        app.start().await?;
        app.ask(Ask::Connect { link: server.link().into() }).await?;
        app.sign_in().await?;
        app.settles().await?;
        Ok(app)
    }

    /// Starts it and waits until it answers with a page to show; gives back how long that took.
    pub async fn start(&mut self) -> Result<Duration> {
        self.answers = 0;
        self.process = Some(Process::start(&self.program, &[self.profile.clone().into()], &self.around, &self.complaints)?);
        let (_, took) =
            until("the app answers", PATIENCE, async || Ok(Some(self.state().await?).filter(|state| state.phase != "starting"))).await?;
        Ok(took)
    }

    pub async fn sign_up(&mut self, server: &mut Hearthd) -> Result<UserId> {
        self.ask(Ask::Connect { link: server.link().into() }).await?;
        let set_up_code = server.set_up_code().await?;
        let (name, password) = (self.name.clone(), self.password());
        match self.ask(Ask::SignUp { name, password, set_up_code }).await? {
            Answer::Me { user } => {
                self.settles().await?;
                Ok(user)
            }
            other => bail!("an account answers with {other:?}"),
        }
    }

    pub async fn sign_in(&mut self) -> Result<()> {
        let (name, password) = (self.name.clone(), self.password());
        self.ask(Ask::SignIn { name, password }).await.map(drop)
    }

    fn password(&self) -> String {
        format!("{} keeps a secret", self.name)
    }

    pub async fn direct(&mut self, with: UserId) -> Result<ConversationId> {
        match self.ask(Ask::Direct { with }).await? {
            Answer::Conversation { id } => Ok(id),
            other => bail!("a conversation answers with {other:?}"),
        }
    }

    /// When this returns, the app has said that the message is safe on its disk.
    pub async fn send(&mut self, conversation: ConversationId, text: &str) -> Result<MessageId> {
        match self.ask(Ask::Send { conversation, text: text.into() }).await? {
            Answer::Message { id } => Ok(id),
            other => bail!("a message answers with {other:?}"),
        }
    }

    pub async fn read(&mut self, conversation: ConversationId) -> Result<Vec<Line>> {
        match self.ask(Ask::Read { conversation }).await {
            Ok(Answer::Lines(lines)) => Ok(lines),
            Ok(other) => bail!("a conversation answers with {other:?}"),
            Err(refused) => {
                let state = self.state().await?;
                Err(refused.context(format!("{} is in {state:?}", self.name)))
            }
        }
    }

    pub async fn state(&mut self) -> Result<State> {
        match self.ask(Ask::State).await? {
            Answer::State(state) => Ok(*state),
            other => bail!("a state answers with {other:?}"),
        }
    }

    /// Waits until a state is reached; gives back how long that took.
    pub async fn until(&mut self, what: &str, reached: impl Fn(&State) -> bool) -> Result<Duration> {
        let what = format!("{} {what}", self.name);
        let mut last = State::default();
        let waited = until(&what, PATIENCE, async || {
            last = self.state().await?;
            Ok(reached(&last).then_some(()))
        })
        .await;
        waited.map(|(_, took)| took).with_context(|| format!("it stayed in {last:?}"))
    }

    /// Waits until everything is sent and everything is here.
    pub async fn settles(&mut self) -> Result<Duration> {
        self.until("has sent and has everything", State::is_settled).await
    }

    /// Asks one thing and waits for its answer.
    ///
    /// # Errors
    /// [`Refused`] when the app says no; otherwise it has ended or does not answer.
    pub async fn ask(&mut self, ask: Ask) -> Result<Answer> {
        let mut text = serde_json::to_vec(&ask)?;
        text.push(b'\n');
        let number = self.answers;
        let process = self.process.as_mut().context("the app was never started")?;
        let input = process.input.as_mut().context("the app's input is closed")?;
        input.write_all(&text).await.context("the app has ended")?;
        self.answers += 1;
        let heard = process.says(&format!("an answer to {ask:?}"), ANSWER_MAX, |said| said.get(number).cloned()).await?;
        match serde_json::from_str(&heard)? {
            Answer::Problem { code, message } => Err(Refused { code, message }.into()),
            answer => Ok(answer),
        }
    }

    pub async fn kill(&mut self) -> Result<()> {
        match &mut self.process {
            Some(process) => process.kill().await,
            None => Ok(()),
        }
    }

    /// Closes it as a person does.
    pub async fn quit(&mut self) -> Result<()> {
        self.ask(Ask::Quit).await?;
        self.process()?.end(PATIENCE).await.map(drop)
    }

    pub fn process(&mut self) -> Result<&mut Process> {
        self.process.as_mut().context("the app was never started")
    }

    pub fn id(&self) -> u32 {
        self.process.as_ref().and_then(Process::id).unwrap_or_default()
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn profile(&self) -> &Path {
        &self.profile
    }

    pub fn replica(&self) -> PathBuf {
        self.profile.join("replica.db")
    }

    /// The file that stands for the system's keychain.
    pub fn keychain(&self) -> PathBuf {
        self.profile.with_extension("keychain")
    }
}
