//! From the command line to a running app.

use crate::{
    commands,
    deeplink::DeepLink,
    embedded::Host,
    errands::Errands,
    notify,
    options::{Cli, ProfileChoice},
    quit,
    shell::{self, Shell},
    single_instance,
    tray::Tray,
    updates, webview,
    windows::{self, Curtain},
    words::t,
};
use anyhow::Context as _;
use hearth_client::{
    Client, Notice, Options, OsKeychain,
    view::{Problem, Update},
};
use hearth_protocol::limits::DEVICE_NAME_CHARS_MAX;
use std::sync::Arc;
use tauri::{App, AppHandle, Manager, RunEvent};
use tauri_plugin_window_state::StateFlags;
use tokio::sync::broadcast::Receiver;

/// Runs the app to its end.
///
/// # Errors
/// When there is no display, no web view, no home folder, or another instance that hangs.
pub fn run(cli: Cli) -> anyhow::Result<()> {
    let profile = cli.profile()?;
    let context = tauri::generate_context!();
    let mut builder = tauri::Builder::default();
    // First of all: a second start must end before it opens anything.
    single_instance::let_the_last_one_go(&profile, &context.config().identifier)?;
    if let Some(plugin) = single_instance::plugin(&profile, &context.config().identifier) {
        builder = builder.plugin(plugin);
    }
    let remembered = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
    let place = profile.folder.join("window.json").to_string_lossy().into_owned();
    let app = builder
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(remembered).with_filename(place).build())
        .invoke_handler(commands::handler())
        .setup(move |app| Ok(set_up(app, &cli, profile)?))
        .build(context)
        .context("the window system did not let Hearth in (is there a display?)")?;
    app.run(|app, event| match event {
        // No window is left. Whoever wanted that wants out, in order.
        RunEvent::ExitRequested { code: None, api, .. } => {
            api.prevent_exit();
            quit::quit(app);
        }
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => crate::windows::raise(app, None),
        _ => {}
    });
    Ok(())
}

fn set_up(app: &mut App, cli: &Cli, profile: ProfileChoice) -> anyhow::Result<()> {
    let handle = app.handle().clone();
    webview::unhint_fonts();
    let (client, ears, boot) = tauri::async_runtime::block_on(async {
        let (client, ears) = open(&profile);
        let boot = shell::first_look(&client).await;
        (client, ears, boot)
    });
    app.manage(Shell::new(client.clone(), profile, boot));
    app.manage(Curtain::new(cli.hidden));
    windows::open(&handle)?;
    if let (Ok(client), Some(ears)) = (client, ears) {
        attend(&handle, &client, ears);
        tauri::async_runtime::spawn(Errands::of(cli).run(handle.clone(), client));
    }
    tauri::async_runtime::spawn(quit::on_signals(handle.clone()));
    take_links(&handle, cli);
    Ok(())
}

/// What the shell listens to.
type Ears = (Receiver<Update>, Receiver<Notice>);

/// Opens the profile, and listens before anybody looks, so that nothing falls between. Must be called on the runtime.
fn open(profile: &ProfileChoice) -> (Result<Client, Problem>, Option<Ears>) {
    let options = Options {
        profile_dir: profile.folder.clone(),
        profile_name: profile.name.clone(),
        keychain: Arc::new(OsKeychain),
        device_name: device_name(),
        platform: std::env::consts::OS.to_owned(),
    };
    let client = Client::open(options, Arc::new(Host { computer: device_name() }));
    match &client {
        Ok(opened) => {
            let ears = (opened.updates(), opened.notices());
            (client, Some(ears))
        }
        Err(problem) => {
            tracing::error!(code = problem.code, "the profile does not open");
            (client, None)
        }
    }
}

/// Opens a profile that did not open before: the page was told to try again.
pub async fn try_again(app: &AppHandle) {
    let shell = app.state::<Shell>();
    let _once = shell.opening.lock().await;
    if let Ok(client) = shell.client() {
        client.try_again().await;
        return;
    }
    let (client, ears) = open(&shell.profile);
    shell.set_client(client.clone());
    let boot = shell::first_look(&client).await;
    shell.learn(&Update::Phase { phase: boot.phase });
    shell.learn(&Update::Settings { settings: boot.settings });
    if let (Ok(client), Some(ears)) = (client, ears) {
        attend(app, &client, ears);
    }
}

/// Tray, updates and notifications of a client that is open. Without one there is nothing for a tray to stay for, and the
/// profile may be another process's.
fn attend(app: &AppHandle, client: &Client, (updates, notices): Ears) {
    let handle = app.clone();
    let put_up = app.run_on_main_thread(move || {
        let shell = handle.state::<Shell>();
        match Tray::put_up(&handle, &shell.profile, &shell.known()) {
            Ok(tray) => drop(handle.manage(tray)),
            // The app works without one; closing asks the desktop whether there is a host.
            Err(error) => tracing::warn!(%error, "no tray icon"),
        }
        updates::refresh(&handle);
    });
    if let Err(error) = put_up {
        tracing::warn!(%error, "no tray icon");
    }
    tauri::async_runtime::spawn(updates::run(app.clone(), client.clone(), updates));
    tauri::async_runtime::spawn(notify::run(app.clone(), notices));
}

/// What the server lists this device as: the computer's name where it has one to tell.
fn device_name() -> String {
    let told = if cfg!(target_os = "linux") {
        std::fs::read_to_string("/proc/sys/kernel/hostname").ok()
    } else {
        std::env::var("COMPUTERNAME").or_else(|_| std::env::var("HOSTNAME")).ok()
    };
    let name: String = told.unwrap_or_default().trim().chars().filter(|c| !c.is_control()).take(DEVICE_NAME_CHARS_MAX).collect();
    if name.is_empty() { t("device-unnamed") } else { name }
}

/// Shows what a link means. It navigates; the page asks before anything else happens.
pub fn follow(app: &AppHandle, link: &DeepLink) {
    app.state::<Shell>().page.show(link.update());
}

fn take_links(app: &AppHandle, cli: &Cli) {
    if let Some(link) = cli.deep_link() {
        follow(app, &link);
    }
    #[cfg(target_os = "macos")]
    {
        use tauri_plugin_deep_link::DeepLinkExt;
        let handle = app.clone();
        app.deep_link().on_open_url(move |event| {
            for link in event.urls().iter().filter_map(|url| crate::deeplink::parse(url.as_str()).ok()) {
                follow(&handle, &link);
            }
            windows::raise(&handle, None);
        });
    }
    // Packages register the scheme themselves; an AppImage is installed by nobody else.
    #[cfg(target_os = "linux")]
    if app.env().appimage.is_some() {
        use tauri_plugin_deep_link::DeepLinkExt;
        let handle = app.clone();
        tauri::async_runtime::spawn_blocking(move || {
            if let Err(error) = handle.deep_link().register("hearth") {
                tracing::warn!(%error, "hearth:// links are not registered");
            }
        });
    }
}
