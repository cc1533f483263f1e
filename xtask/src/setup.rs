//! What has to be on the machine before anything builds. On Debian and its kin the missing packages are installed; elsewhere the person is told.

mod debian;
mod packages;
mod page;
mod tools;

use crate::project;
use anyhow::Result;
use std::env;

pub use page::build as build_page;
pub use tools::{driver, install_fuzz, path_with_tools};

/// What the command about to run needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Building the app and opening its window on a display that is there.
    Window,
    /// As well driving it on a display that is not there.
    Headless,
    /// As well everything that the tests use.
    Tests,
}

/// Checks the tools' versions, installs system packages and what the real-window driver needs.
pub fn prepare(need: Need) -> Result<()> {
    tools::check_versions()?;
    if debian::is_here() {
        debian::install(need)?;
    } else {
        println!("{}", advice(env::consts::OS));
    }
    if need != Need::Window {
        tools::install_driver()?;
    }
    if need == Need::Tests {
        packages::install(&project::provider(), "provider-lock.json", "the OpenID provider of the tests")?;
    }
    Ok(())
}

/// Installs what the page is built with and from, when its lock file changed.
pub fn prepare_page() -> Result<()> {
    packages::install(&project::ui(), "package-lock.json", "the page's packages")
}

/// True when windows can be opened here.
pub fn has_display() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// What to install where the project does not install it by itself.
fn advice(os: &str) -> &'static str {
    match os {
        "macos" => {
            "      On macOS the build needs Xcode's command line tools (xcode-select --install) and OpenSSL (brew install openssl@3).\n      \
             The store tests need PostgreSQL (brew install postgresql@15). The real-window tests run on Linux only."
        }
        "windows" => {
            "      On Windows the build needs Visual Studio's C++ build tools, the WebView2 runtime (part of Windows 11) and OpenSSL \
             (set OPENSSL_DIR).\n      The store tests need PostgreSQL 15. The real-window tests run on Linux only."
        }
        _ => {
            "      This is not Debian or a relative of it: install the development packages of WebKitGTK 4.1, Ayatana AppIndicator 3, librsvg 2 \
             and OpenSSL, and pkg-config.\n      Without a display and for the tests also: Xvfb, dbus, openbox, gnome-keyring, libsecret's \
             secret-tool, dunst, WebKitWebDriver, ImageMagick, xdotool, PostgreSQL 15, sqlite3, iproute2, at-spi2-core, Python 3 with \
             aiosmtpd, a C compiler, the Noto fonts."
        }
    }
}
