//! A private desktop and the people who sit at it.
//!
//! [`Desktop`] is an Xvfb display with a D-Bus, a keychain, a window manager and a notification daemon of its own: nothing of the
//! person's session is seen or touched. A [`Person`] drives one real window of the app there, through tauri-driver and WebKitWebDriver,
//! by what the page says of itself (`data-testid`). [`Hearthd`] is a server that can be stopped and started again.
//!
//! Linux only: the desktop is made of X11 and D-Bus.
#![cfg(target_os = "linux")]

mod axe;
mod bus;
mod desktop;
mod drawer;
mod gate;
mod hearthd;
mod message;
mod person;
mod pointer;
mod postbox;
mod process;
mod programs;
mod reader;
mod screens;
mod small_disk;
mod until;
mod window;

pub use axe::Sense;
pub use bus::{Bus, Shown};
pub use desktop::Desktop;
pub use drawer::holds;
pub use gate::Gate;
pub use hearthd::Hearthd;
pub use message::Message;
pub use person::{PASSWORD, Person};
pub use pointer::{Pointer, Turn};
pub use postbox::Postbox;
pub use process::{Process, free_port};
pub use programs::Programs;
pub use reader::Reader;
pub use screens::Screens;
pub use small_disk::SmallDisk;
pub use thirtyfour::Key;
pub use until::{PATIENCE, until, within};
pub use window::Window;
