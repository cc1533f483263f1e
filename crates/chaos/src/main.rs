//! Plays the scenarios: `cargo xtask chaos --only kill-server,torn-app --seed 7`.
#![allow(clippy::print_stdout, reason = "a command line tool talks on standard output")]

#[cfg(target_os = "linux")]
mod play;

fn main() -> std::process::ExitCode {
    #[cfg(target_os = "linux")]
    return play::main();
    #[cfg(not(target_os = "linux"))]
    {
        println!("Faults are played on Linux only: not shown here.");
        std::process::ExitCode::SUCCESS
    }
}
