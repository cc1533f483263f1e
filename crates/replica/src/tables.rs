//! One file per noun: what a table's row is, and every statement that touches it alone.

pub(crate) mod account;
pub(crate) mod ahead;
pub(crate) mod channel;
pub(crate) mod checked;
pub(crate) mod conversation;
pub(crate) mod delivered;
pub(crate) mod delivery;
pub(crate) mod device;
pub(crate) mod group;
pub(crate) mod group_member;
pub(crate) mod group_membership;
pub(crate) mod known;
pub(crate) mod line;
pub(crate) mod member;
pub(crate) mod membership;
pub(crate) mod message;
pub(crate) mod meta;
pub(crate) mod person;
pub(crate) mod profile;
pub(crate) mod read_marker;
pub(crate) mod read_receipt;
pub(crate) mod retention;
pub(crate) mod stream;
pub(crate) mod unknown_row;
