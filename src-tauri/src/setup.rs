//! From the command line to a running app.

use crate::{
    badge, commands,
    deeplink::DeepLink,
    embedded::Host,
    errands::Errands,
    notify,
    options::{Cli, ProfileChoice},
    quit,
    shell::Shell,
    single_instance,
    tray::{self, Tray},
    updates, webview,
    windows::{self, Curtain},
    words::{self, t},
};
use anyhow::Context as _;
use hearth_client::{
    Accounts, Client, Notice, Options, OsKeychain,
    view::{AccountId, Problem, Update},
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
        .plugin(tauri_plugin_dialog::init())
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
    let accounts = tauri::async_runtime::block_on(async { open(&profile) });
    let ears = accounts.as_ref().map(listen).ok();
    app.manage(Shell::new(accounts, profile));
    tauri::async_runtime::block_on(meet_all(&handle.state::<Shell>()));
    app.manage(Curtain::new(cli.hidden));
    windows::open(&handle)?;
    if let Some(ears) = ears {
        attend(&handle, ears);
        let client = handle.state::<Shell>().client().map_err(anyhow::Error::msg)?;
        tauri::async_runtime::spawn(Errands::of(cli).run(handle.clone(), client));
    }
    tauri::async_runtime::spawn(quit::on_signals(handle.clone()));
    take_links(&handle, cli);
    Ok(())
}

/// What the shell listens to.
type Ears = (AccountId, Receiver<Update>, Receiver<Notice>);

/// Opens the profile. Must be called on the runtime.
fn open(profile: &ProfileChoice) -> Result<Accounts, Problem> {
    let options = Options {
        profile_dir: profile.folder.clone(),
        profile_name: profile.name.clone(),
        keychain: Arc::new(OsKeychain),
        device_name: device_name(),
        platform: std::env::consts::OS.to_owned(),
    };
    Accounts::open(options, Arc::new(Host { computer: device_name() }))
        .inspect_err(|problem| tracing::error!(code = problem.code, "the profile does not open"))
}

/// Listens before anybody looks, so that nothing falls between.
fn listen(accounts: &Accounts) -> Vec<Ears> {
    accounts.list().iter().map(ears).collect()
}

fn ears(client: &Client) -> Ears {
    (client.account(), client.updates(), client.notices())
}

async fn meet_all(shell: &Shell) {
    if let Ok(client) = shell.client()
        && let Some(language) = client.settings().language
    {
        words::speak(&language, Vec::new());
    }
    for client in shell.accounts().map(|accounts| accounts.list()).unwrap_or_default() {
        shell.meet(&client).await;
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
    let accounts = open(&shell.profile);
    let ears = accounts.as_ref().map(listen).ok();
    shell.set_accounts(accounts);
    meet_all(&shell).await;
    if let Some(ears) = ears {
        attend(app, ears);
    }
}

/// One more account, which begins at the first page.
///
/// # Errors
/// As [`Accounts::add`].
pub async fn add_account(app: &AppHandle) -> Result<AccountId, Problem> {
    let shell = app.state::<Shell>();
    let client = shell.accounts()?.add().await?;
    if !shell.known().accounts.contains_key(&client.account()) {
        let ears = ears(&client);
        shell.meet(&client).await;
        attend_account(app, ears);
        updates::refresh(app);
    }
    Ok(client.account())
}

/// Removes an account from this computer, and returns which one is shown now.
///
/// # Errors
/// As [`Accounts::remove`].
pub async fn remove_account(app: &AppHandle, account: AccountId) -> Result<AccountId, Problem> {
    let shell = app.state::<Shell>();
    let accounts = shell.accounts()?;
    let next = accounts.remove(account).await?;
    if accounts.get(account).is_none() {
        shell.forget(account);
    }
    updates::refresh(app);
    Ok(next)
}

/// Tray, updates and notifications of the accounts that are open. Without any there is nothing for a tray to stay for, and the
/// profile may be another process's.
fn attend(app: &AppHandle, ears: Vec<Ears>) {
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
    tauri::async_runtime::spawn(badge::run(app.clone(), app.state::<Shell>().badge.subscribe()));
    tauri::async_runtime::spawn(notify::run(app.clone(), app.state::<Shell>().notices.subscribe()));
    tauri::async_runtime::spawn(tray::undisturbed::look(app.clone()));
    for ears in ears {
        attend_account(app, ears);
    }
}

fn attend_account(app: &AppHandle, (account, updates, notices): Ears) {
    tauri::async_runtime::spawn(updates::run(app.clone(), account, updates));
    tauri::async_runtime::spawn(notify::pass_on(app.clone(), account, notices));
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

/// Shows what a link means, in the account that it fits: the one on the server that it names, or the one that has the conversation, or
/// else the one that is shown. It navigates; the page asks before anything else happens.
pub fn follow(app: &AppHandle, link: &DeepLink) {
    let (app, link) = (app.clone(), link.clone());
    tauri::async_runtime::spawn(async move {
        let shell = app.state::<Shell>();
        let Ok(accounts) = shell.accounts() else { return shell.show_in(AccountId::FIRST, link.update(false)) };
        let fitting = match &link {
            DeepLink::Connect(server) => accounts.on_server(server),
            DeepLink::Join(join) => accounts.on_server(&join.server),
            DeepLink::SignUp(invitation) => accounts.on_server(&invitation.server),
            DeepLink::Message(link) => accounts.for_message(link).await,
            DeepLink::Open { conversation, .. } => accounts.with_conversation(*conversation).await,
        };
        shell.show_in(fitting.unwrap_or_else(|| accounts.shown()), link.update(fitting.is_some()));
    });
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
