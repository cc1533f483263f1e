//! The simulator: real engines, real replicas and the real server's actions, committer and fanout, under a seeded network, disk and
//! clock. One seed is one run, the same each time.
//!
//! [`world`] is the discrete-event loop; [`acts`] is what people do, one file for each mutation; [`model`] is what must be true;
//! `world/watch.rs` and `world/check.rs` compare the two.

pub mod acts;
pub mod bench;
pub mod coverage;
mod device;
pub mod dice;
pub mod fault;
mod host;
pub mod model;
pub mod mutants;
pub mod run;
pub mod shrink;
pub mod template;
mod trace;
pub mod violation;
pub mod world;
