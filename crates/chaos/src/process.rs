//! A program under test: started with what stands before it, heard line by line, killed or asked to stop, ended with the value.

use anyhow::{Context as _, Result, bail};
use std::{
    ffi::OsString,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, ChildStdin, Command},
    sync::watch,
    time::timeout,
};

/// How long a program may take to end when it is asked to.
const END_MAX: Duration = Duration::from_secs(30);

/// What stands between a scenario and the program: a namespace, a preloaded library.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// A command that becomes the program at its end: `ip netns exec NAME`.
    pub before: Vec<OsString>,
    pub env: Vec<(String, OsString)>,
}

#[derive(Debug)]
pub struct Process {
    child: Child,
    pub input: Option<ChildStdin>,
    said: watch::Receiver<Vec<String>>,
    complaints: PathBuf,
}

impl Process {
    /// Starts it; what it complains of goes to the file `complaints`, anew each time.
    pub fn start(program: &Path, arguments: &[OsString], around: &Around, complaints: &Path) -> Result<Self> {
        let (first, rest) = around.before.split_first().map_or((program.as_os_str(), &[][..]), |(first, rest)| (first.as_os_str(), rest));
        let mut command = Command::new(first);
        command.args(rest);
        if !around.before.is_empty() {
            command.arg(program);
        }
        let mut child = command
            .args(arguments)
            .envs(around.env.iter().map(|(name, value)| (name, value)))
            .env("NO_COLOR", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(complaints)?)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{} could not be started", program.display()))?;
        let (says, said) = watch::channel(Vec::new());
        let input = child.stdin.take();
        let output = child.stdout.take().context("a program without an output")?;
        tokio::spawn(listen(output, says));
        Ok(Self { child, input, said, complaints: complaints.to_owned() })
    }

    /// Waits until something is found in what it said.
    ///
    /// # Errors
    /// It ended without saying it, or does not say it in time.
    pub async fn says<T>(&mut self, what: &str, patience: Duration, find: impl Fn(&[String]) -> Option<T>) -> Result<T> {
        let found = timeout(patience, self.said.wait_for(|said| find(said).is_some())).await;
        match found.map(|said| said.map(|said| find(&said))) {
            Ok(Ok(found)) => found.context("what was said is gone"),
            Ok(Err(_)) => bail!("it ended without {what}: {}", self.last_words()),
            Err(_) => bail!("{what}: not within {} s", patience.as_secs()),
        }
    }

    pub fn complaints(&self) -> String {
        fs::read_to_string(&self.complaints).unwrap_or_default()
    }

    /// The last line that it complained with: what an owner reads.
    pub fn last_words(&self) -> String {
        self.complaints().lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default().to_owned()
    }

    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    /// Waits until it ends by itself.
    pub async fn end(&mut self, patience: Duration) -> Result<ExitStatus> {
        match timeout(patience, self.child.wait()).await {
            Ok(status) => Ok(status?),
            Err(_) => bail!("a program that should have ended still runs after {} s", patience.as_secs()),
        }
    }

    /// Ends it as a crash does.
    pub async fn kill(&mut self) -> Result<()> {
        // It may have ended by itself.
        let _ = self.child.start_kill();
        self.child.wait().await?;
        Ok(())
    }

    /// Asks it to end and waits until it has.
    pub async fn stop(&mut self) -> Result<ExitStatus> {
        self.signal("-TERM").await?;
        self.end(END_MAX).await
    }

    /// `-STOP` and `-CONT` make a program stand still and go on.
    pub async fn signal(&self, signal: &str) -> Result<()> {
        if let Some(id) = self.id() {
            Command::new("kill").args([signal, &id.to_string()]).stderr(Stdio::null()).status().await?;
        }
        Ok(())
    }
}

async fn listen(output: impl tokio::io::AsyncRead + Unpin, says: watch::Sender<Vec<String>>) {
    let mut lines = BufReader::new(output).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        says.send_modify(|said| said.push(line));
    }
}
