//! The app's real window on a display of its own, with a profile as large as is wanted.

mod frames;

pub use frames::{Frame, drift, intervals, jumps, scale};

use crate::{Bench, Figure, cases::library, figure::percentile, people, process, server::ServerProcess};
use anyhow::{Context as _, Result};
use frames::AT_REST;
use hearth_e2e::{Desktop, Person, Pointer, Turn, Window, until};
use hearth_replica::{Key, Replica};
use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// A frame of a display that shows sixty a second, in ms.
pub const FRAME_MS: f64 = 1000.0 / 60.0;
const USERNAME: &str = "reader";

/// A profile's place on the disk that is measured. The app starts in another folder, so it is named from the root.
pub fn profile(bench: &Bench) -> Result<(TempDir, PathBuf)> {
    let folder = bench.folder()?;
    let path = std::path::absolute(folder.path())?.join("profile");
    Ok((folder, path))
}

/// Keeps a picture of the screen when something goes wrong, and says where the logs are.
pub async fn seen<T>(desktop: &Desktop, outcome: Result<T>) -> Result<T> {
    match outcome {
        Ok(value) => Ok(value),
        Err(error) => {
            let picture = desktop.picture("failed").await;
            Err(error.context(format!("the screen: {picture:?}; the logs: {}", desktop.logs().display())))
        }
    }
}

/// Somebody with a new account of this server, signed in and live in their window.
pub async fn signs_in<'d>(desktop: &'d Desktop, server: &ServerProcess, profile: &Path) -> Result<Person<'d>> {
    let mut reader = Person::returns(desktop, USERNAME, profile.to_path_buf()).await?;
    reader.opens_the_app(&[]).await?;
    reader.window()?.wait("first-run").await?;
    reader.connects_to(&server.address.to_string()).await?;
    reader.signs_in(USERNAME, people::PASSWORD).await?;
    reader.gets_in().await?;
    reader.is("live").await?;
    Ok(reader)
}

/// The account of whoever sits at the window.
pub async fn signs_up(server: &ServerProcess) -> Result<people::Person> {
    people::Person::signs_up(server, USERNAME.into()).await
}

/// Somebody who opens their window and finds a large replica there. Their server is away, as it is on a train: nothing but what is on
/// this computer is measured.
pub async fn reader<'d>(bench: &Bench, desktop: &'d Desktop, profile: &Path, messages: usize, conversations: usize) -> Result<Person<'d>> {
    let server = ServerProcess::start(bench).await?;
    signs_up(&server).await?;
    let mut reader = signs_in(desktop, &server, profile).await?;
    reader.app_ends().await?;
    server.stop().await?;
    fill(desktop, &reader, messages, conversations).await?;
    reader.opens_the_app(&[]).await?;
    reader.gets_in().await?;
    reader.window()?.wait("conversation-row").await?;
    Ok(reader)
}

/// Puts a new replica with the same key in place of the one from signing in.
async fn fill(desktop: &Desktop, reader: &Person<'_>, messages: usize, conversations: usize) -> Result<()> {
    let key = desktop.secret(&reader.keychain_entry("replica-key")).await?.context("the keychain has no key of the replica")?;
    let key: [u8; 32] = key.as_slice().try_into().context("the replica's key has another length than 32 bytes")?;
    let key = Key::from_bytes(key);
    let path = reader.profile().join("replica.db");
    let replica = Replica::open(&path, &key).await?;
    let me = replica.me().await?.context("the replica does not know whose it is")?;
    let epoch = replica.epoch().await?.context("a replica without an epoch")?;
    replica.close().await;
    for ending in ["", "-wal", "-shm"] {
        match fs::remove_file(reader.profile().join(format!("replica.db{ending}"))) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    library::fill_for(me, epoch, &path, &key, messages, conversations).await
}

/// The processes of a person's app and of its pages.
pub fn processes(person: &Person<'_>) -> Result<Vec<u32>> {
    Ok(process::family(person.app_process()?))
}

/// CPU seconds of the app and its pages so far.
pub fn cpu_s(person: &Person<'_>) -> Result<Option<f64>> {
    Ok(processes(person)?.into_iter().map(process::cpu_s).sum())
}

/// Something that scrolls in the page, with the pointer on it and each of its frames written down.
pub struct Scroller<'w> {
    window: &'w Window,
    pointer: Pointer<'w>,
}

impl<'w> Scroller<'w> {
    /// `selector` finds it in the page.
    pub async fn of(desktop: &'w Desktop, window: &'w Window, selector: &str) -> Result<Self> {
        let selector = serde_json::to_string(selector)?;
        let middle = "const box = document.querySelector(SELECTOR).getBoundingClientRect();
            return [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];";
        let (x, y): (f64, f64) = window.run(&middle.replace("SELECTOR", &selector)).await?;
        let pointer = Pointer::of(desktop);
        pointer.moves_to(window, (x, y)).await?;
        let record = RECORD.replace("SELECTOR", &selector).replace("POINT", &format!("[{x}, {y}]"));
        window.run::<()>(&record).await?;
        Ok(Self { window, pointer })
    }

    /// Turns the wheel, waits until all is at rest, and returns the frames since the last time.
    pub async fn turns(&self, turn: Turn, notches: u32) -> Result<Vec<Frame>> {
        self.pointer.turns(turn, notches).await?;
        let frames = TAKE.replace("AT_REST", &AT_REST.to_string());
        until("the page feels the wheel, and is at rest again", || self.window.run(&frames)).await
    }

    /// How often an older page has come before the first message since it began.
    pub async fn prepends(&self) -> Result<usize> {
        self.window.run("return window.hearthBench.prepends;").await
    }

    /// True when it can be scrolled down no further.
    pub async fn is_at_its_end(&self) -> Result<bool> {
        self.window.run("return window.hearthBench.below() < 2;").await
    }

    /// Writes down no more.
    pub async fn ends(self) -> Result<()> {
        self.window.run("window.hearthBench.on = false;").await
    }
}

/// How long frames took while something moved.
pub fn frame_figures(what: &str, frames: &[f64], cpu_s: Option<f64>) -> Vec<Figure> {
    let limit = |figure: Figure| figure.limit("a frame of 60 a second", FRAME_MS);
    vec![
        limit(Figure::lower(format!("frames of {what}, p95"), percentile(frames.iter().copied(), 0.95), "ms")).cpu(cpu_s).goal(20.0),
        limit(Figure::lower(format!("frames of {what}, the worst"), percentile(frames.iter().copied(), 1.0), "ms")),
    ]
}

/// The frames since the last time, once something was turned and all is at rest.
const TAKE: &str = "const { frames, rest } = window.hearthBench;
return frames.some((frame) => frame.turned !== 0) && rest >= AT_REST ? frames.splice(0) : null;";

/// Each frame is looked at right after it was painted: before that, what the page corrects in the same frame is not corrected yet.
const RECORD: &str = r#"const scroller = document.querySelector(SELECTOR);
const [x, y] = POINT;
const below = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
const record = { on: true, frames: [], rest: 0, prepends: 0, below };
window.hearthBench = record;
let turned = 0;
let row = null;
let top = 0;
let oldest = null;
let began = 0;
window.addEventListener('wheel', (event) => (turned -= event.isTrusted ? event.deltaY : 0), { capture: true, passive: true });
const painted = new MessageChannel();
painted.port1.onmessage = () => {
    const lost = row !== null && !row.isConnected;
    const moved = row !== null && !lost ? row.getBoundingClientRect().top - top : 0;
    const first = scroller.querySelector('[data-testid="message"]')?.dataset.id ?? null;
    if (oldest !== null && first !== oldest) record.prepends += 1;
    oldest = first;
    record.frames.push({ began, turned, moved, lost, top: scroller.scrollTop, edge: scroller.scrollTop < 1 || below() < 1 });
    record.rest = turned === 0 && moved === 0 ? record.rest + 1 : 0;
    turned = 0;
    row = document.elementFromPoint(x, y)?.closest('[data-row]') ?? null;
    top = row?.getBoundingClientRect().top ?? 0;
};
const frame = (now) => {
    if (!record.on) return;
    began = now;
    painted.port2.postMessage(null);
    requestAnimationFrame(frame);
};
requestAnimationFrame(frame);"#;
