//! `cargo xtask run` without a display: a short scripted conversation in real windows, on a desktop of their own.
//!
//! `hearth-stage people alice,bob` or `hearth-stage sample USERNAME PROFILE-FOLDER`.
#![allow(clippy::print_stdout, reason = "it tells what happens on the stage")]

#[cfg(target_os = "linux")]
mod stage;

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    match stage::play() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("The real windows are driven on Linux only.");
}
