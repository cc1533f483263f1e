//! Faults for real: `hearthd` and a headless app as processes that are killed, whose disks fail, whose clocks jump and whose network
//! breaks. The simulator (`crates/sim`) shows that the rules hold; this shows that the programs keep them on a real machine.
//!
//! One scenario, one file in `scenarios/`; `docs/chaos.md` says when each passes. Nothing depends on this crate.
#![cfg(target_os = "linux")]

pub mod app;
pub mod crowd;
pub mod damage;
pub mod dice;
pub mod keychain;
pub mod ledger;
pub mod measure;
pub mod network;
pub mod power;
pub mod process;
pub mod scenarios;
pub mod server;
pub mod shim;
pub mod small_disk;
pub mod stage;
pub mod talk;
pub mod until;
pub mod wire;

pub use app::App;
pub use dice::Dice;
pub use ledger::Ledger;
pub use server::Hearthd;
pub use stage::Stage;
pub use until::until;
