//! System packages on Debian and its kin: dpkg-query says what is missing, apt-get installs it.

use super::Need;
use crate::call::{Call, on_path};
use anyhow::{Result, bail};
use std::{
    process::{Command, Stdio},
    time::Instant,
};

/// What the app is built with.
const BUILD: &[&str] = &["libwebkit2gtk-4.1-dev", "libayatana-appindicator3-dev", "librsvg2-dev", "pkg-config", "libssl-dev"];

/// A display with a pointer, a bus, a keychain, a window manager, notifications and a driver of its own; fonts for what is on the screenshots.
const HEADLESS: &[&str] = &[
    "xvfb",
    "xdotool",
    "dbus",
    "dbus-x11",
    "openbox",
    "gnome-keyring",
    "libsecret-tools",
    "dunst",
    "libnotify-bin",
    "webkit2gtk-driver",
    "imagemagick",
    "fonts-noto-core",
    "fonts-noto-cjk",
    "fonts-noto-color-emoji",
];

/// What only the tests use.
const TESTS: &[&str] = &["postgresql", "sqlite3", "iproute2", "at-spi2-core", "gcc", "libc6-dev", "python3-aiosmtpd"];

pub fn is_here() -> bool {
    on_path("dpkg-query") && on_path("apt-get")
}

/// Installs what `need` lacks, or says the one line that does and stops.
pub fn install(need: Need) -> Result<()> {
    let missing: Vec<&str> = wanted(need).into_iter().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let install = ["apt-get", "install", "--yes", "--no-install-recommends"];
    let Some(before) = as_root() else {
        bail!(
            "These system packages are missing and installing them needs root. Run this line, then the command again:\n\n    sudo apt-get update && sudo {} {}",
            install.join(" "),
            missing.join(" ")
        );
    };
    println!("      Installing {} system packages: {}", missing.len(), missing.join(" "));
    let began = Instant::now();
    apt(before, &["apt-get", "update", "--quiet", "--quiet"])?;
    apt(before, &[&install[..], &["--quiet", "--quiet"], &missing].concat())?;
    println!("      Installed them in {:.0} s", began.elapsed().as_secs_f64());
    Ok(())
}

fn wanted(need: Need) -> Vec<&'static str> {
    let lists: &[&[&str]] = match need {
        Need::Window => &[BUILD],
        Need::Headless => &[BUILD, HEADLESS],
        Need::Tests => &[BUILD, HEADLESS, TESTS],
    };
    lists.concat()
}

fn is_installed(package: &str) -> bool {
    let query = Command::new("dpkg-query").args(["--show", "--showformat=${db:Status-Status}", package]).stderr(Stdio::null()).output();
    query.is_ok_and(|output| output.status.success() && output.stdout == b"installed")
}

/// The words that make a command run as root, none when it already does; `None` when nobody here may.
fn as_root() -> Option<&'static [&'static str]> {
    let id = Command::new("id").arg("-u").output().ok()?;
    if id.stdout.trim_ascii() == b"0" {
        return Some(&[]);
    }
    let may = Command::new("sudo").args(["-n", "true"]).stderr(Stdio::null()).status();
    may.is_ok_and(|status| status.success()).then_some(&["sudo", "-n"])
}

fn apt(before: &[&str], words: &[&str]) -> Result<()> {
    // sudo drops the environment, so that the setting goes through env(1).
    let quiet = ["env", "DEBIAN_FRONTEND=noninteractive"];
    let all = [before, &quiet[..], words].concat();
    let Some((program, arguments)) = all.split_first() else { return Ok(()) };
    Call::new(program, arguments).output().map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_need_has_all_of_the_smaller_one() {
        let (window, headless, tests) = (wanted(Need::Window), wanted(Need::Headless), wanted(Need::Tests));
        assert!(window.iter().all(|package| headless.contains(package)));
        assert!(headless.iter().all(|package| tests.contains(package)));
        assert!(!window.contains(&"xvfb"));
        assert!(tests.contains(&"postgresql"));
    }

    #[test]
    fn a_package_that_does_not_exist_is_not_installed() {
        assert!(!is_installed("hearth-no-such-package"));
    }
}
