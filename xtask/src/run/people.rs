//! Several people on this display: a window each, one server inside the first one's app.

use crate::{call::Call, project};
use anyhow::{Context as _, Result, bail};
use std::{
    fs,
    net::TcpStream,
    path::PathBuf,
    process::Child,
    thread,
    time::{Duration, Instant},
};

/// An embedded server makes its database, a certificate and the first account in this time, on a slow machine too.
const SIGN_UP_MAX: Duration = Duration::from_secs(90);
const LOOK_AGAIN: Duration = Duration::from_millis(100);

pub fn open(people: &[String]) -> Result<()> {
    let Some((host, guests)) = people.split_first() else { return Ok(()) };
    let mut windows = Windows::default();
    let mut more = vec!["--start-server"];
    if let Some(first) = guests.first() {
        more.extend(["--auto-direct", first]);
    }
    windows.start(host, &more)?;
    let signed_up = || folder(host).join("account.json").is_file();
    let link = windows.wait_for(|| link(host).filter(|link| signed_up() && answers(link)))?;
    println!("      {host}: signed up, server at {link}");
    for guest in guests {
        windows.start(guest, &["--connect", &link, "--auto-direct", host])?;
        println!("      {guest}: window open");
    }
    windows.wait_for_all()
}

fn folder(name: &str) -> PathBuf {
    super::folder().join("people").join(name)
}

/// The connect link of the server in this person's app.
fn link(name: &str) -> Option<String> {
    let stored: serde_json::Value = serde_json::from_slice(&fs::read(folder(name).join("server.json")).ok()?).ok()?;
    Some(stored.get("link")?.as_str()?.to_owned())
}

/// True when somebody listens there: a profile of an earlier run has a link already, which may lead nowhere yet.
fn answers(link: &str) -> bool {
    let place = link.trim_start_matches("hearth://connect/").split('#').next().unwrap_or_default();
    TcpStream::connect(place).is_ok()
}

/// The apps that this command started; they end with it.
#[derive(Default)]
struct Windows(Vec<(String, Child)>);

impl Windows {
    fn start(&mut self, name: &str, more: &[&str]) -> Result<()> {
        let folder = folder(name);
        fs::create_dir_all(&folder)?;
        let folder = folder.to_str().context("the path of this checkout is not UTF-8")?.to_owned();
        let profile = format!("run-{name}");
        let own = ["--profile", &profile, "--profile-dir", &folder, "--auto-sign-up", name];
        let child = Call::new(project::program("hearth"), own.iter().chain(more)).spawn()?;
        self.0.push((name.to_owned(), child));
        Ok(())
    }

    fn wait_for<T>(&mut self, mut ready: impl FnMut() -> Option<T>) -> Result<T> {
        let began = Instant::now();
        while began.elapsed() < SIGN_UP_MAX {
            if let Some(value) = ready() {
                return Ok(value);
            }
            for (name, child) in &mut self.0 {
                if let Some(status) = child.try_wait()? {
                    bail!(
                        "{name}'s app ended before it was signed up ({status}). What it said is above; --people starts anew after `rm -r target/run/people`."
                    );
                }
            }
            thread::sleep(LOOK_AGAIN);
        }
        bail!("The first app did not sign up within {} s. What it said is above.", SIGN_UP_MAX.as_secs())
    }

    fn wait_for_all(mut self) -> Result<()> {
        while let Some((_, mut child)) = self.0.pop() {
            child.wait()?;
        }
        Ok(())
    }
}

impl Drop for Windows {
    fn drop(&mut self) {
        for (_, child) in &mut self.0 {
            // It may have ended by itself, which is as good.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
