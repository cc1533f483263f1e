//! The real windows: built, opened and used as people do.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod about;
mod accounts;
mod acts;
mod administration;
mod aloud;
mod archive;
mod arrangements;
mod axe;
mod being_told;
mod certificate;
mod codes;
mod collections;
mod crash;
mod dates;
mod day;
mod deleted;
mod desktop;
mod details;
mod devices;
mod edit;
mod everyone;
mod friends;
mod full_disk;
mod groups;
mod guarded;
mod hidden;
mod hostile;
mod languages;
mod later;
mod marked;
mod mentions;
mod newer;
// The server's tests ask more of it.
#[allow(dead_code)]
#[path = "../../../crates/testkit/src/provider.rs"]
mod openid;
mod own_account;
mod pictures;
mod places;
mod providers;
mod reactions;
mod reading;
mod replies;
mod sample;
mod scheduled;
mod search;
mod shown;
mod stage;
mod talk;
mod threads;
mod troubles;
mod two_step;
mod versions;
mod why;
mod window_keys;
