//! The scenarios: one fault, one file.

mod backup;
mod clock;
mod disk_full;
mod flood;
mod fsync;
mod keychain;
mod kill;
mod pair;
mod partition;
mod slow_reader;
mod soak;
mod storm;
mod torn;
mod unsynced;
mod versions;

use crate::stage::Stage;
use anyhow::Result;
use futures::future::LocalBoxFuture;

/// What became of a scenario that did not fail.
#[derive(Debug)]
pub enum Outcome {
    /// With the counts and times.
    Passed(String),
    /// This machine cannot show it, and why.
    NotShown(String),
}

pub struct Scenario {
    pub name: &'static str,
    pub what: &'static str,
    pub play: for<'a> fn(&'a mut Stage) -> LocalBoxFuture<'a, Result<Outcome>>,
}

pub const SCENARIOS: &[Scenario] = &[
    Scenario { name: "kill-server", what: "kill -9 of the server while messages flow", play: |stage| Box::pin(kill::server(stage)) },
    Scenario { name: "kill-app", what: "kill -9 of the app while messages flow", play: |stage| Box::pin(kill::app(stage)) },
    Scenario { name: "unsynced", what: "power cuts that take what no fsync covered", play: |stage| Box::pin(unsynced::play(stage)) },
    Scenario { name: "torn-server", what: "torn and flipped bytes in the server's files", play: |stage| Box::pin(torn::server(stage)) },
    Scenario { name: "torn-app", what: "torn and flipped bytes in the app's files", play: |stage| Box::pin(torn::app(stage)) },
    Scenario { name: "fsync", what: "an error at every n-th fsync", play: |stage| Box::pin(fsync::play(stage)) },
    Scenario { name: "keychain", what: "the keychain's entries gone with unsent messages", play: |stage| Box::pin(keychain::play(stage)) },
    Scenario { name: "disk-full", what: "no room left, on both sides", play: |stage| Box::pin(disk_full::play(stage)) },
    Scenario { name: "clock", what: "clocks that jump by an hour and by ten years", play: |stage| Box::pin(clock::play(stage)) },
    Scenario { name: "partition", what: "a network that is cut between app and server", play: |stage| Box::pin(partition::play(stage)) },
    Scenario { name: "slow-reader", what: "a socket that reads 1 KB/s among quick ones", play: |stage| Box::pin(slow_reader::play(stage)) },
    Scenario { name: "storm", what: "everybody reconnects after a restart", play: |stage| Box::pin(storm::play(stage)) },
    Scenario { name: "backup", what: "a backup restored under live apps", play: |stage| Box::pin(backup::play(stage)) },
    Scenario { name: "flood", what: "one person sends without end", play: |stage| Box::pin(flood::play(stage)) },
    Scenario { name: "versions", what: "older and newer protocols on either side", play: |stage| Box::pin(versions::play(stage)) },
    Scenario { name: "soak", what: "faults of all kinds, then quiet, then activity", play: |stage| Box::pin(soak::play(stage)) },
];
