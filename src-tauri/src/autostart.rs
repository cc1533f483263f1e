//! Starting with the session. The system has it on its own list, where the person may change it too: it is asked, and nothing is kept here.

#[cfg(target_os = "linux")]
mod desktop_entry;
#[cfg(not(target_os = "linux"))]
mod native;

#[cfg(target_os = "linux")]
use desktop_entry as system;
#[cfg(not(target_os = "linux"))]
use native as system;

use crate::{
    options::ProfileChoice,
    shell::Shell,
    words::{t, t_with},
};
use hearth_client::view::Problem;
use std::{ffi::OsString, path::PathBuf};
use tauri::{AppHandle, Manager};

/// What the system is to start. Each profile has one of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    /// What the system calls it.
    name: String,
    /// What the person reads on the system's list.
    title: String,
    program: PathBuf,
    arguments: Vec<OsString>,
}

impl Entry {
    fn of(profile: &ProfileChoice, program: PathBuf, hidden: bool) -> Self {
        let (name, title) = match profile.is_default {
            true => ("Hearth".to_owned(), t("app-name")),
            false => {
                let title = t_with("window-title-profile", [("profile", profile.shown().to_owned().into())]);
                (format!("Hearth-{}", profile.instance()), title)
            }
        };
        let mut arguments = profile.arguments();
        if hidden {
            arguments.push("--hidden".into());
        }
        Self { name, title, program, arguments }
    }
}

/// Whether the system starts this profile with the session.
///
/// # Errors
/// `no_autostart`: the system does not say.
pub fn is_on(app: &AppHandle) -> Result<bool, Problem> {
    entry(app).and_then(|entry| system::is_on(&entry)).map_err(refused)
}

/// Puts it on the system's list, with the tray alone or with the window as the settings have it, or takes it off.
///
/// # Errors
/// `no_autostart`: the system does not let us.
pub fn set(app: &AppHandle, on: bool) -> Result<(), Problem> {
    entry(app).and_then(|entry| if on { system::put(&entry) } else { system::remove(&entry) }).map_err(refused)
}

/// The settings have changed how it starts.
///
/// # Errors
/// As [`set`].
pub fn renew(app: &AppHandle) -> Result<(), Problem> {
    if is_on(app)? { set(app, true) } else { Ok(()) }
}

fn entry(app: &AppHandle) -> anyhow::Result<Entry> {
    let shell = app.state::<Shell>();
    let hidden = shell.client().is_ok_and(|client| client.settings().start_hidden);
    Ok(Entry::of(&shell.profile, program(app)?, hidden))
}

/// An AppImage runs from a folder that is there for as long as it runs; what is started again is the file.
fn program(app: &AppHandle) -> std::io::Result<PathBuf> {
    #[cfg(target_os = "linux")]
    if let Some(file) = app.env().appimage {
        return Ok(file.into());
    }
    #[cfg(not(target_os = "linux"))]
    let _ = app;
    std::env::current_exe()
}

fn refused(error: anyhow::Error) -> Problem {
    tracing::warn!(%error, "starting with the session");
    Problem::new("no_autostart", t("no-autostart"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::options::Cli;
    use clap::Parser;

    #[test]
    fn what_is_started_opens_the_same_profile() {
        let starts: [&[&str]; 4] =
            [&[], &["--profile", "bob"], &["--profile-dir", "/somewhere/bob"], &["--profile", "bob", "--profile-dir", "/x y"]];
        for given in starts {
            let profile = Cli::parse_from(["hearth"].iter().chain(given)).profile().unwrap();
            for hidden in [false, true] {
                let entry = Entry::of(&profile, "/usr/bin/hearth".into(), hidden);
                let again = Cli::parse_from(["hearth".into()].into_iter().chain(entry.arguments));
                assert_eq!((again.profile().unwrap(), again.hidden), (profile.clone(), hidden));
            }
        }
        let names = |given: &[&str]| {
            let profile = Cli::parse_from(["hearth"].iter().chain(given)).profile().unwrap();
            let Entry { name, title, .. } = Entry::of(&profile, PathBuf::new(), false);
            (name, title)
        };
        assert_eq!(names(&[]), ("Hearth".into(), "Hearth".into()));
        assert_eq!(names(&["--profile", "bob"]).1, "Hearth – bob");
        assert_ne!(names(&["--profile", "bob"]).0, names(&["--profile", "ada"]).0);
    }
}
