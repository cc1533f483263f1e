//! Programs that a desktop runs: each in a process group of its own, logged to files, ended with the value.

use crate::until;
use anyhow::{Context as _, Result, bail};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command as Blocking, ExitStatus, Stdio},
    time::Duration,
};
use tokio::{
    io::AsyncWriteExt,
    net::TcpListener,
    process::{Child, Command},
    time::timeout,
};

/// How long a program may take to end when it is asked to.
const END_MAX: Duration = Duration::from_secs(15);

#[derive(Debug)]
pub struct Process {
    name: String,
    child: Child,
    group: u32,
    out: PathBuf,
    /// How much an earlier one of this name had said.
    said_before: usize,
}

impl Process {
    /// Starts it; what it says goes to `NAME.out` and `NAME.err` in `logs`, after what an earlier one of that name said.
    pub async fn start(name: &str, mut command: Command, logs: &Path, input: Option<&[u8]>) -> Result<Self> {
        fs::create_dir_all(logs)?;
        let out = logs.join(format!("{name}.out"));
        let log = |file: &Path| File::options().create(true).append(true).open(file);
        let program = command.as_std().get_program().to_string_lossy().into_owned();
        let said_before = fs::read(&out).map_or(0, |said| said.len());
        let mut child = command
            .stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() })
            .stdout(log(&out)?)
            .stderr(log(&logs.join(format!("{name}.err")))?)
            .process_group(0)
            .spawn()
            .with_context(|| format!("{program} could not be started; `cargo xtask test --only setup` installs what is missing"))?;
        if let (Some(input), Some(mut pipe)) = (input, child.stdin.take()) {
            pipe.write_all(input).await?;
        }
        let group = child.id().context("a program that just started has no id")?;
        Ok(Self { name: name.into(), child, group, out, said_before })
    }

    /// Waits until it has said a line in which `find` finds something.
    pub async fn says<T>(&mut self, what: &str, find: impl Fn(&str) -> Option<T>) -> Result<T> {
        let (name, out, before) = (self.name.clone(), self.out.clone(), self.said_before);
        let child = &mut self.child;
        let mut ended = move || child.try_wait();
        until(&format!("{name} says {what}"), || {
            let found = fs::read_to_string(&out).map(|said| said.get(before..).unwrap_or_default().lines().find_map(&find));
            let ended = ended();
            let name = &name;
            async move {
                match (found?, ended?) {
                    (None, Some(status)) => bail!("{name} ended ({status}) without saying {what}"),
                    (found, _) => Ok(found),
                }
            }
        })
        .await
    }

    /// Its process id, which is its group's as well.
    pub fn id(&self) -> u32 {
        self.group
    }

    pub fn has_ended(&mut self) -> Result<bool> {
        Ok(self.child.try_wait()?.is_some())
    }

    /// Waits until it has ended by itself.
    pub async fn ended(&mut self) -> Result<ExitStatus> {
        match timeout(END_MAX, self.child.wait()).await {
            Ok(status) => Ok(status?),
            Err(_) => bail!("{} did not end by itself within {} s", self.name, END_MAX.as_secs()),
        }
    }

    /// Asks it to end and waits; its children go with it.
    pub async fn stop(&mut self) -> Result<ExitStatus> {
        signal("-TERM", &self.group.to_string());
        match timeout(END_MAX, self.child.wait()).await {
            Ok(status) => Ok(status?),
            Err(_) => bail!("{} did not end within {} s", self.name, END_MAX.as_secs()),
        }
    }

    /// Ends it without asking, as a crash does.
    pub async fn kill(&mut self) -> Result<()> {
        signal("-KILL", &format!("-{}", self.group));
        self.child.wait().await?;
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The group may have members left although its first one is gone.
        signal("-KILL", &format!("-{}", self.group));
    }
}

pub(crate) fn signal(signal: &str, whom: &str) {
    // Nobody left to receive it is as good.
    let _ = Blocking::new("kill").args([signal, "--", whom]).stderr(Stdio::null()).status();
}

/// The process of this program that was started with this argument.
pub(crate) fn running(program: &Path, argument: &str) -> Result<Option<u32>> {
    for entry in fs::read_dir("/proc")? {
        let entry = entry?;
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        // It may have ended since it was listed.
        let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let mut words = line.split(|byte| *byte == 0);
        if words.next() == Some(program.as_os_str().as_encoded_bytes()) && words.any(|word| word == argument.as_bytes()) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// A port of the loopback interface that nobody listens on now.
pub async fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0)).await?.local_addr()?.port())
}
