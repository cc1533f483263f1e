//! The sync engine: a pure state step, and the one driver that gives it time, network and disk.

mod driver;
mod local;
mod socket;
mod state;
#[cfg(test)]
mod state_tests;

pub use driver::{Changed, Driver, EngineHandle, Happened, wall_ms};
pub use local::{Local, Place};
pub use state::{Effect, Engine, Input, Link, Moment, Plan};
