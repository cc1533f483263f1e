//! Old builds: a device that lacks a row kind, until it is updated.

use super::{Event, World};
use crate::{dice::Dice, violation::Result};
use hearth_client::engine::Input;
use hearth_protocol::{blind, frame::ServerFrame};
use serde::{Serialize, de::DeserializeOwned};

/// Kinds without which an app can do its work.
const LACKED: &[&str] = &["read_marker", "member", "reaction"];

impl World<'_> {
    pub(super) fn add_old_device(&mut self, device: usize, until: u64, dice: &mut Dice) -> Result<()> {
        let person = self.devices[device].person;
        let old = self.add_device(person)?;
        self.devices[old].lacks = dice.pick(LACKED).copied();
        self.at(self.now, Event::SignIn { device: old });
        self.at(until + 3_000, Event::Update { device: old });
        Ok(())
    }

    /// The app ends, and starts again as the newest build.
    pub(super) async fn update(&mut self, device: usize) -> Result<()> {
        let Some(kind) = self.devices[device].lacks.take() else { return Ok(()) };
        if self.devices[device].app.is_none() {
            return Ok(());
        }
        self.trace.line(self.now, format_args!("device {device} is updated"));
        if let Some(app) = self.app(device) {
            let kept = app.replica.clone().dump().await?;
            let unread = format!(" {kind} ");
            self.coverage.learned += kept.lines().filter(|line| line.starts_with("unknown_row") && line.contains(&unread)).count() as u64;
        }
        self.feed(device, Input::Stop).await?;
        self.devices[device].close().await;
        self.open_app(device).await
    }

    /// What an answer is to a device's build.
    pub(super) fn as_read(&self, device: usize, input: Input) -> Input {
        let lacks = self.devices[device].lacks;
        match input {
            Input::Heads { attempt, result } => Input::Heads { attempt, result: result.map(|heads| read(lacks, heads)) },
            Input::Pulled { attempt, result } => Input::Pulled { attempt, result: result.map(|pulled| read(lacks, pulled)) },
            Input::History { attempt, conversation, before_pos, result } => {
                Input::History { attempt, conversation, before_pos, result: result.map(|page| read(lacks, page)) }
            }
            other => other,
        }
    }

    pub(super) fn frames_as_read(&self, device: usize, frames: Vec<ServerFrame>) -> Vec<ServerFrame> {
        read(self.devices[device].lacks, frames)
    }
}

/// As a build reads it from the wire that lacks a kind.
fn read<T: Serialize + DeserializeOwned>(lacks: Option<&'static str>, value: T) -> T {
    if lacks.is_none() {
        return value;
    }
    blind::forget(lacks);
    let read = serde_json::to_string(&value).and_then(|text| serde_json::from_str(&text));
    blind::forget(None);
    // What the server sends is read by every build.
    read.unwrap_or(value)
}
