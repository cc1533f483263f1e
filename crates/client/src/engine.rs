//! The sync engine: a pure state step, and the one driver that gives it time, network and disk.

mod driver;
mod effect;
mod input;
mod link;
mod local;
mod profiles;
mod socket;
mod state;
#[cfg(test)]
mod state_tests;

pub use driver::{Changed, Driver, EngineHandle, Happened, wall_ms};
pub use effect::Effect;
pub use input::{Input, Moment, Plan, Screen};
pub use link::Link;
pub use local::{Local, Place};
pub use state::Engine;
