//! On macOS a launch agent, on Windows a line of the registry, by auto-launch.

use super::Entry;
use anyhow::Context as _;
use auto_launch::{AutoLaunch, AutoLaunchBuilder, MacOSLaunchMode, WindowsEnableMode};
use std::ffi::OsStr;

pub fn is_on(entry: &Entry) -> anyhow::Result<bool> {
    Ok(launch(entry)?.is_enabled()?)
}

pub fn put(entry: &Entry) -> anyhow::Result<()> {
    Ok(launch(entry)?.enable()?)
}

pub fn remove(entry: &Entry) -> anyhow::Result<()> {
    Ok(launch(entry)?.disable()?)
}

fn launch(entry: &Entry) -> anyhow::Result<AutoLaunch> {
    let arguments = entry.arguments.iter().map(|argument| written(argument)).collect::<anyhow::Result<Vec<_>>>()?;
    let mut builder = AutoLaunchBuilder::new();
    builder.set_app_name(&entry.name).set_app_path(&written(entry.program.as_os_str())?).set_args(&arguments);
    builder.set_macos_launch_mode(MacOSLaunchMode::LaunchAgent).set_windows_enable_mode(WindowsEnableMode::CurrentUser);
    Ok(builder.build()?)
}

/// As the library puts it into a command line, unquoted, or into a list in XML. No path of Windows has a quote in it.
fn written(word: &OsStr) -> anyhow::Result<String> {
    let word = word.to_str().context("a path that is no text cannot be started with the session")?;
    Ok(match cfg!(windows) {
        true => format!("\"{word}\""),
        false => word.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
    })
}
