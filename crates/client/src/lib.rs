//! Hearth's client without a window: the sync engine, the outbox, the keychain, and the façade that the shell calls.

pub mod view;
