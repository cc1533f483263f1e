//! A desktop of its own: display, bus, keychain, window manager, notifications.

use crate::{Bus, Process, Programs, Screens, programs, until};
use anyhow::{Context as _, Result, bail};
use std::{
    ffi::OsStr,
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicI32, Ordering},
    },
    time::Duration,
};
use tempfile::TempDir;
use tokio::{process::Command, time::sleep};

/// Debian's place of what starts an accessibility bus.
const ACCESSIBILITY: &str = "/usr/libexec/at-spi-bus-launcher";
/// Keeps GTK from the accessibility bus.
const NOT_READ: &str = "NO_AT_BRIDGE";
/// Guards the keychain of a desktop that lives for minutes in a temporary folder.
const KEYCHAIN_PASSWORD: &[u8] = b"hearth-e2e";
/// Two windows of the usual size fit beside each other.
const SCREEN: &str = "2560x960x24";
const SCREEN_WIDTH: i32 = 2560;
/// Between two looks at the screen; when they are equal it rests. A blinking caret never does.
const REST: Duration = Duration::from_millis(250);
const REST_LOOKS_MAX: u32 = 8;

/// Ends, with everything that runs on it, when it is dropped.
#[derive(Debug)]
pub struct Desktop {
    // The order is the order in which they end: those that need the others first.
    bus: Bus,
    drivers: Mutex<Vec<Process>>,
    _services: Vec<Process>,
    display: String,
    bus_address: String,
    programs: Programs,
    screens: Screens,
    logs: PathBuf,
    seats: AtomicI32,
    /// Windows that open from now on say what they are to who asks by the accessibility bus.
    read_aloud: bool,
    home: TempDir,
}

impl Desktop {
    /// Starts everything. `name` is the folder of its screenshots and logs under target/e2e.
    pub async fn start(name: &str) -> Result<Self> {
        // WebDriver speaks plain HTTP, but its client wants to know who would do the cryptography. Installed before is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let logs = programs::target().join("e2e").join(name).join("logs");
        match fs::remove_dir_all(&logs) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => fs::create_dir_all(&logs)?,
        }
        let home = tempfile::Builder::new().prefix("hearth-e2e-").tempdir()?;
        for folder in ["run", "data", "config", "cache", "people", "bin"] {
            fs::create_dir(home.path().join(folder))?;
        }
        fs::set_permissions(home.path().join("run"), Permissions::from_mode(0o700))?;
        let browser = home.path().join("bin/xdg-open");
        fs::write(&browser, BROWSER)?;
        fs::set_permissions(browser, Permissions::from_mode(0o700))?;

        let mut services = Vec::new();
        let mut xvfb = Command::new("Xvfb");
        xvfb.args(["-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"]);
        let mut xvfb = Process::start("xvfb", xvfb, &logs, None).await?;
        let display = xvfb.says("its display", |line| line.trim().parse::<u16>().ok()).await?;
        let display = format!(":{display}");
        services.push(xvfb);

        let mut bus = dressed("dbus-daemon", &home, &display, "");
        bus.args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
            .arg(format!("--address=unix:dir={}", home.path().join("run").display()));
        let mut bus = Process::start("dbus", bus, &logs, None).await?;
        let bus_address = bus.says("its address", |line| line.starts_with("unix:").then(|| line.trim().to_owned())).await?;
        services.push(bus);
        let bus = Bus::connect(&bus_address).await?;

        let screens = Screens::open(name)?;
        let mut desktop = Self {
            bus,
            drivers: Mutex::default(),
            _services: services,
            display,
            bus_address,
            programs: Programs::find(),
            screens,
            logs,
            seats: AtomicI32::new(0),
            read_aloud: false,
            home,
        };
        desktop.serve("gnome-keyring-daemon", &["--foreground", "--unlock", "--components=secrets"], Some(KEYCHAIN_PASSWORD)).await?;
        desktop.bus.has("org.freedesktop.secrets").await?;
        desktop.serve("openbox", &["--sm-disable"], None).await?;
        let look = desktop.home.path().join("config/dunstrc");
        fs::write(&look, DUNST)?;
        desktop.serve("dunst", &["-config".as_ref(), look.as_os_str()], None).await?;
        desktop.bus.has("org.freedesktop.Notifications").await?;
        desktop.check_keychain().await?;
        Ok(desktop)
    }

    /// The same with an accessibility bus of its own, on which its windows are read as a screen reader reads them.
    pub async fn start_read_aloud(name: &str) -> Result<Self> {
        let mut desktop = Self::start(name).await?;
        let mut launcher = desktop.command(ACCESSIBILITY);
        launcher.args(["--launch-immediately", "--a11y=1"]);
        let launcher = Process::start("at-spi-bus-launcher", launcher, &desktop.logs, None).await?;
        desktop._services.push(launcher);
        desktop.bus.has("org.a11y.Bus").await?;
        desktop.read_aloud = true;
        Ok(desktop)
    }

    /// A command that lives on this desktop and knows of no other.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = dressed(program, &self.home, &self.display, &self.bus_address);
        if self.read_aloud {
            command.env_remove(NOT_READ);
        }
        command
    }

    pub fn bus(&self) -> &Bus {
        &self.bus
    }

    pub fn programs(&self) -> &Programs {
        &self.programs
    }

    pub fn screens(&self) -> &Screens {
        &self.screens
    }

    /// What the system's browser was given to open last, once it was.
    pub async fn browser_opens(&self) -> Result<String> {
        let opened = self.home.path().join("opened");
        let read = || async { Ok(fs::read_to_string(&opened).ok().filter(|url| url.ends_with('\n'))) };
        let url = until("the browser opens something", read).await?;
        fs::remove_file(&opened)?;
        Ok(url.trim().to_owned())
    }

    /// What the programs said: target/e2e/NAME/logs.
    pub fn logs(&self) -> &Path {
        &self.logs
    }

    /// A temporary folder, with the profiles in people/NAME.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// A picture of the whole screen, notifications included, when it has come to rest: what the page says is drawn a moment later.
    pub async fn picture(&self, what: &str) -> Result<PathBuf> {
        let path = self.screens.next(what);
        let mut before = Vec::new();
        for _ in 0..REST_LOOKS_MAX {
            sleep(REST).await;
            let taken = self
                .command("import")
                .args(["-window", "root"])
                .arg(&path)
                .status()
                .await
                .context("ImageMagick's import could not be started")?;
            if !taken.success() {
                bail!("the screen could not be pictured ({taken})");
            }
            let now = fs::read(&path)?;
            if now == before {
                break;
            }
            before = now;
        }
        Ok(path)
    }

    /// Keeps a person's driver, and with it their window, for as long as the desktop is there: a test that fails can still be looked at.
    pub(crate) fn keep(&self, driver: Process) {
        self.drivers.lock().unwrap_or_else(PoisonError::into_inner).push(driver);
    }

    /// Where the next window goes, so that all of them can be seen.
    pub(crate) fn seat(&self) -> (i32, i32) {
        let seat = self.seats.fetch_add(1, Ordering::Relaxed);
        (16 + (seat % 2) * (SCREEN_WIDTH / 2), 16 + (seat / 2) * 32)
    }

    /// An entry of the secret service, as the app keeps it; `None` when there is none.
    pub async fn secret(&self, username: &str) -> Result<Option<Vec<u8>>> {
        let found = self.command("secret-tool").args(["lookup", "service", "chat.hearth.desktop", "username", username]).output().await?;
        Ok((found.status.success() && !found.stdout.is_empty()).then_some(found.stdout))
    }

    async fn serve(&mut self, program: &str, arguments: &[impl AsRef<OsStr>], input: Option<&[u8]>) -> Result<()> {
        let mut command = self.command(program);
        command.args(arguments);
        let process = Process::start(program, command, &self.logs, input).await?;
        self._services.push(process);
        Ok(())
    }

    /// A keychain that is on the bus may still refuse to keep anything: then every test would fail in a way that says nothing.
    async fn check_keychain(&self) -> Result<()> {
        let mut store = self.command("secret-tool");
        store.args(["store", "--label=check", "service", "hearth-e2e-check"]);
        let mut stored = Process::start("secret-tool", store, &self.logs, Some(b"kept")).await?;
        stored.ended().await?;
        let found = self.command("secret-tool").args(["lookup", "service", "hearth-e2e-check"]).output().await?;
        if found.stdout != b"kept" {
            bail!("the desktop's keychain does not keep what it is given; {} has what it said", self.logs.display());
        }
        Ok(())
    }
}

/// An environment with nothing of the person's own session in it.
fn dressed(program: impl AsRef<OsStr>, home: &TempDir, display: &str, bus: &str) -> Command {
    let home = home.path();
    let mut command = Command::new(program);
    command.env_clear();
    for kept in ["PATH", "USER", "LOGNAME", "TMPDIR", "RUST_BACKTRACE"] {
        if let Some(value) = std::env::var_os(kept) {
            command.env(kept, value);
        }
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    if let Ok(path) = std::env::join_paths(std::iter::once(home.join("bin")).chain(std::env::split_paths(&path))) {
        command.env("PATH", path);
    }
    command
        .current_dir(home)
        .env("HOME", home)
        .env("LANG", "C.UTF-8")
        .env("DISPLAY", display)
        .env("DBUS_SESSION_BUS_ADDRESS", bus)
        .env("XDG_RUNTIME_DIR", home.join("run"))
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("XDG_SESSION_TYPE", "x11")
        .env("GDK_BACKEND", "x11")
        .env("GSETTINGS_BACKEND", "memory")
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        // The accessibility bus would start services of the system's; where nobody reads the screen aloud there is no need of it.
        .env(NOT_READ, "1")
        .env("RUST_LOG", std::env::var_os("HEARTH_E2E_LOG").unwrap_or_else(|| "info,hearth=debug,hearth_client=debug".into()))
        .kill_on_drop(true);
    command
}

/// The system's way to open an address: it only notes which.
const BROWSER: &str = "#!/bin/sh\nprintf '%s\\n' \"$1\" > \"$HOME/opened\"\n";

const DUNST: &str = "[global]\n    font = Noto Sans 11\n    width = 360\n    origin = top-right\n    offset = 16x16\n    frame_width = 1\n";
