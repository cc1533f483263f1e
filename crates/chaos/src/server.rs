//! `hearthd` as a process that can be killed and started again at the same place.

use crate::{
    process::{Around, Process},
    stage::Stage,
    until::PATIENCE,
};
use anyhow::{Context as _, Result, bail, ensure};
use std::{
    ffi::OsString,
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

#[derive(Debug)]
pub struct Hearthd {
    program: PathBuf,
    data: PathBuf,
    complaints: PathBuf,
    host: String,
    port: u16,
    /// Used from the next start on.
    pub around: Around,
    process: Option<Process>,
    link: String,
    set_up_code: Option<String>,
}

impl Hearthd {
    /// A server on loopback that does not run yet.
    pub fn new(stage: &Stage) -> Result<Self> {
        Self::at(stage, "127.0.0.1", TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
    }

    /// One that listens on another address of a network of its own.
    pub fn at(stage: &Stage, host: &str, port: u16) -> Result<Self> {
        Ok(Self {
            program: stage.programs.server.clone(),
            data: stage.folder().join("server"),
            complaints: stage.folder().join("server.err"),
            host: host.into(),
            port,
            around: Around::default(),
            process: None,
            link: String::new(),
            set_up_code: None,
        })
    }

    /// A running one.
    pub async fn started(stage: &Stage) -> Result<Self> {
        let mut server = Self::new(stage)?;
        server.start().await?;
        Ok(server)
    }

    /// Starts it and waits until it listens; gives back how long that took.
    pub async fn start(&mut self) -> Result<Duration> {
        let took = self.try_start().await?;
        took.with_context(|| format!("hearthd did not start: {}", self.last_words()))
    }

    /// `None` when it refused to start; [`Hearthd::last_words`] says why.
    pub async fn try_start(&mut self) -> Result<Option<Duration>> {
        let listen = format!("{}:{}", self.host, self.port);
        let mut arguments: Vec<OsString> = ["serve", "--unlimited", "--listen", &listen, "--data"].map(Into::into).into();
        arguments.push(self.data.clone().into());
        let process = self.process.insert(Process::start(&self.program, &arguments, &self.around, &self.complaints)?);
        let began = Instant::now();
        match process.says("its connect link", PATIENCE, link).await {
            Ok(link) => self.link = link,
            // It refused: it has ended, or is about to.
            Err(error) => return process.end(Duration::from_secs(1)).await.map(|_| None).map_err(|_| error),
        }
        Ok(Some(began.elapsed()))
    }

    pub async fn kill(&mut self) -> Result<()> {
        match &mut self.process {
            Some(process) => process.kill().await,
            None => Ok(()),
        }
    }

    /// Asks it to stop; an end that is no success is an error.
    pub async fn stop(&mut self) -> Result<()> {
        let status = self.process()?.stop().await?;
        ensure!(status.success(), "hearthd did not stop in peace ({status}): {}", self.last_words());
        Ok(())
    }

    pub fn process(&mut self) -> Result<&mut Process> {
        self.process.as_mut().context("the server was never started")
    }

    pub fn last_words(&self) -> String {
        self.process.as_ref().map(Process::last_words).unwrap_or_default()
    }

    pub fn complaints(&self) -> String {
        self.process.as_ref().map(Process::complaints).unwrap_or_default()
    }

    /// What people paste to connect.
    pub fn link(&self) -> &str {
        &self.link
    }

    /// The first account needs it, once.
    pub async fn set_up_code(&mut self) -> Result<Option<String>> {
        if self.set_up_code.is_none() {
            let process = self.process()?;
            self.set_up_code = Some(process.says("its set-up code", PATIENCE, set_up_code).await?);
        }
        Ok(self.set_up_code.clone())
    }

    /// Plain HTTP on loopback.
    pub fn base(&self) -> String {
        format!("http://{}:{}", self.host, self.port)
    }

    pub fn data(&self) -> &Path {
        &self.data
    }

    pub fn database(&self) -> PathBuf {
        self.data.join("hearth.db")
    }

    pub fn id(&self) -> u32 {
        self.process.as_ref().and_then(Process::id).unwrap_or_default()
    }

    /// Looks at a copy of its files with SQLite's own check; the server must not be writing.
    pub fn check_integrity(&self, stage: &Stage) -> Result<()> {
        let copy = stage.folder().join("looked-at");
        if copy.exists() {
            fs::remove_dir_all(&copy)?;
        }
        copy_files(&self.data, &copy)?;
        let database = copy.join("hearth.db");
        let output = Command::new("sqlite3").arg(&database).arg("PRAGMA integrity_check; PRAGMA foreign_key_check;").output();
        let output = output.context("`sqlite3` is needed: `cargo xtask test --only setup` installs it")?;
        let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        if said != "ok" {
            bail!("the server's database is damaged: {said} {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(())
    }
}

fn link(said: &[String]) -> Option<String> {
    said.iter().find_map(|line| Some(line.strip_prefix("Connect link:")?.trim().to_owned()))
}

fn set_up_code(said: &[String]) -> Option<String> {
    said.iter().find_map(|line| line.strip_prefix("Set-up code:")?.split_whitespace().next().map(str::to_owned))
}

/// Copies the files of a folder, without the index of the log, which is made anew.
pub fn copy_files(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let is_index = entry.file_name().to_string_lossy().ends_with("-shm");
        if entry.file_type()?.is_file() && !is_index {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}
