//! Calling other programs: what they are, whether they failed, and how many tests they counted.

use crate::{
    project,
    steps::{Tally, tally_in},
};
use anyhow::{Context as _, Result, anyhow, bail};
use std::{
    env,
    ffi::OsStr,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, ExitStatus, Stdio},
};

/// One call of a program, ready to be made.
pub struct Call {
    command: Command,
    name: String,
}

/// The cargo that runs this, with `--locked` where builds must be the committed ones.
pub fn cargo<I: AsRef<OsStr>>(arguments: impl IntoIterator<Item = I>) -> Call {
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut call = Call::new(&program, arguments).said("cargo");
    // `cargo run` describes xtask to it in the environment; build scripts would take that for their own and build again.
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"].iter().any(|start| name.starts_with(start)) {
            call.command.env_remove(&*name);
        }
    }
    call
}

/// npm in the page's folder.
pub fn npm<I: AsRef<OsStr>>(arguments: impl IntoIterator<Item = I>) -> Call {
    npm_in(&project::ui(), arguments)
}

/// npm in another folder that has packages.
pub fn npm_in<I: AsRef<OsStr>>(folder: &Path, arguments: impl IntoIterator<Item = I>) -> Call {
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    Call::new(program, arguments).said("npm").in_folder(folder)
}

impl Call {
    pub fn new<I: AsRef<OsStr>>(program: impl AsRef<OsStr>, arguments: impl IntoIterator<Item = I>) -> Self {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(project::root());
        let name = project::shown(Path::new(command.get_program()));
        Self { command, name }
    }

    /// What messages call the program.
    fn said(mut self, program: &str) -> Self {
        self.name = program.to_owned();
        self
    }

    fn shown(&self) -> String {
        let arguments = self.command.get_args().map(|argument| argument.to_string_lossy());
        std::iter::once(self.name.as_str().into()).chain(arguments).collect::<Vec<_>>().join(" ")
    }

    pub fn args(self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        arguments.into_iter().fold(self, |call, argument| call.arg(argument))
    }

    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    pub fn in_folder(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Makes the call and lets it talk to the person.
    pub fn run(mut self) -> Result<()> {
        let status = self.command.status().with_context(|| self.not_started())?;
        self.check(status)
    }

    /// Makes the call and returns what it wrote; its complaints are part of the error.
    pub fn output(mut self) -> Result<String> {
        let output = self.command.stdin(Stdio::null()).output().with_context(|| self.not_started())?;
        self.check(output.status).map_err(|error| anyhow!("{error}\n{}", String::from_utf8_lossy(&output.stderr).trim()))?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// As [`Self::output`], but what it says of its progress goes to the person.
    pub fn output_shown(mut self) -> Result<String> {
        if !colour() {
            self.command.env("NO_COLOR", "1");
        }
        let output = self.command.stdin(Stdio::null()).stderr(Stdio::inherit()).output().with_context(|| self.not_started())?;
        self.check(output.status)?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Makes the call, passes on what it writes and counts the tests it reports.
    pub fn counted(mut self) -> Result<Tally> {
        let mut child = self
            .command
            .env("CARGO_TERM_COLOR", if colour() { "always" } else { "never" })
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| self.not_started())?;
        let mut tally = Tally::default();
        if let Some(out) = child.stdout.take() {
            for line in BufReader::new(out).split(b'\n') {
                let line = line?;
                let mut stdout = std::io::stdout().lock();
                stdout.write_all(&line)?;
                stdout.write_all(b"\n")?;
                tally += tally_in(&String::from_utf8_lossy(&line));
            }
        }
        self.check(child.wait()?)?;
        Ok(tally)
    }

    /// Starts it and does not wait.
    pub fn spawn(mut self) -> Result<std::process::Child> {
        self.command.spawn().with_context(|| self.not_started())
    }

    fn not_started(&self) -> String {
        format!("`{}` could not be started", self.shown())
    }

    fn check(&self, status: ExitStatus) -> Result<()> {
        if status.success() { Ok(()) } else { bail!("`{}` failed ({status})", self.shown()) }
    }
}

fn colour() -> bool {
    use std::io::IsTerminal;
    std::io::stdout().is_terminal()
}

/// True when a program of this name is on the PATH.
pub fn on_path(program: &str) -> bool {
    let Some(path) = env::var_os("PATH") else { return false };
    env::split_paths(&path).any(|folder| folder.join(format!("{program}{}", env::consts::EXE_SUFFIX)).is_file())
}
