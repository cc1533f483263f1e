//! Where the programs under test are.

use anyhow::{Result, bail};
use std::{
    env,
    path::{Path, PathBuf},
};

/// The app, the server and the driver between a test and a window.
#[derive(Clone, Debug)]
pub struct Programs {
    app: PathBuf,
    server: PathBuf,
    driver: PathBuf,
}

impl Programs {
    /// From `HEARTH_E2E_APP`, `HEARTH_E2E_SERVER` and `HEARTH_E2E_DRIVER`, or where `cargo xtask` leaves them.
    pub fn find() -> Self {
        let target = target();
        let at = |name: &str, usual: &str| env::var_os(name).map_or_else(|| target.join(usual), PathBuf::from);
        Self {
            app: at("HEARTH_E2E_APP", "debug/hearth"),
            server: at("HEARTH_E2E_SERVER", "debug/hearthd"),
            driver: at("HEARTH_E2E_DRIVER", "tools/bin/tauri-driver"),
        }
    }

    pub fn app(&self) -> Result<&Path> {
        there(&self.app, "cargo build --package hearth")
    }

    pub fn server(&self) -> Result<&Path> {
        there(&self.server, "cargo build --package hearth-server")
    }

    pub fn driver(&self) -> Result<&Path> {
        there(&self.driver, "cargo xtask test --only setup")
    }
}

fn there<'a>(program: &'a Path, made_by: &str) -> Result<&'a Path> {
    if !program.is_file() {
        bail!("{} is not there. `{made_by}` makes it.", program.display());
    }
    Ok(program)
}

/// Cargo's target folder, for programs and for what a run leaves behind.
pub fn target() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.parent().unwrap_or(here);
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| root.join(folder))
}
