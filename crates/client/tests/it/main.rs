//! Clients and a real server on loopback: conversations, faults, keys, and what people are told when something is wrong.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod accounts;
mod administration;
mod archive;
mod backup;
mod bad_input;
mod codes;
mod conversations;
mod deletions;
mod devices;
mod faults;
mod formatted;
mod friends;
mod group_life;
mod groups;
mod heal;
mod inbox;
mod keys;
mod outbox;
mod pictures;
mod profiles;
mod providers;
mod reading;
mod receipts;
mod two_step;
mod wire;
