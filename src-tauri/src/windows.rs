//! The main window: made hidden, shown when it has something to show, and raised when somebody wants it.

mod closing;
mod policy;

pub use closing::{answer_close, asked_to_close};

use crate::{
    shell::{Known, Shell},
    tray::host,
    webview,
    words::{number, t, t_with},
};
use hearth_client::view::Theme;
use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use tauri::{
    AppHandle, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
    webview::{NewWindowResponse, PageLoadEvent, PermissionResponse},
    window::Color,
};

pub const MAIN: &str = "main";

const SIZE: (f64, f64) = (1200.0, 800.0);
/// The narrow layout's least.
const SIZE_MIN: (f64, f64) = (420.0, 480.0);
/// A window is shown after this long even if the page has not come to life: then one sees that something is wrong.
const PATIENCE: Duration = Duration::from_secs(2);

/// `--base` of the page's tokens, so that the window does not flash before the first paint.
const BASE_LIGHT: Color = Color(240, 235, 229, 255);
const BASE_DARK: Color = Color(17, 14, 11, 255);

/// What has to happen before the window is shown for the first time.
pub struct Curtain {
    loaded: AtomicBool,
    booted: AtomicBool,
    up: AtomicBool,
    /// Started for the tray: the window stays away until it is asked for.
    start_hidden: bool,
}

impl Curtain {
    pub fn new(start_hidden: bool) -> Self {
        Self { loaded: AtomicBool::new(false), booted: AtomicBool::new(false), up: AtomicBool::new(false), start_hidden }
    }

    fn may_rise(&self) -> bool {
        self.loaded.load(Ordering::Acquire) && self.booted.load(Ordering::Acquire)
    }
}

/// Makes the main window. Must run on the main thread.
///
/// # Errors
/// When the system has no web view to give.
pub fn open(app: &AppHandle) -> tauri::Result<()> {
    let shell = app.state::<Shell>();
    let known = shell.known();
    let mut builder = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title(title(shell.profile.shown(), known.unread()))
        .inner_size(SIZE.0, SIZE.1)
        .min_inner_size(SIZE_MIN.0, SIZE_MIN.1)
        .visible(false)
        .devtools(cfg!(debug_assertions))
        .on_navigation(policy::may_navigate)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny)
        .on_page_load(|window, load| {
            if load.event() == PageLoadEvent::Finished {
                window.state::<Curtain>().loaded.store(true, Ordering::Release);
                rise_when_ready(window.app_handle());
            }
        });
    builder = webview::leave_nothing_behind(builder, &shell.profile.folder);
    let window = builder.build()?;
    // The page's ground, before the page is there to paint it.
    window.set_background_color(Some(base(&known, &window)))?;
    webview::adjust(&window)?;
    let handle = app.clone();
    window.on_window_event(move |event| match event {
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            asked_to_close(&handle);
        }
        WindowEvent::ThemeChanged(_) => crate::updates::refresh(&handle),
        _ => {}
    });
    let handle = app.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(PATIENCE).await;
        rise(&handle);
    });
    Ok(())
}

/// The page has its first state and paints it.
pub fn page_booted(app: &AppHandle) {
    app.state::<Curtain>().booted.store(true, Ordering::Release);
    rise_when_ready(app);
}

fn rise_when_ready(app: &AppHandle) {
    if app.state::<Curtain>().may_rise() {
        rise(app);
    }
}

/// Shows the window for the first time, once.
fn rise(app: &AppHandle) {
    let curtain = app.state::<Curtain>();
    if curtain.up.swap(true, Ordering::AcqRel) {
        return;
    }
    if !curtain.start_hidden {
        raise(app, None);
        return;
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if !host::comes().await {
            // Nothing else would ever bring a hidden window back. Meanwhile somebody may have asked for it.
            with_main(&app, |window| if window.is_visible()? { Ok(()) } else { window.minimize().and_then(|()| window.show()) });
        }
    });
}

/// Brings the window to the front. `token` is what the desktop gave with the click, where it wants proof of one.
pub fn raise(app: &AppHandle, token: Option<String>) {
    app.state::<Curtain>().up.store(true, Ordering::Release);
    with_main(app, |window| {
        webview::use_activation_token(window, token);
        window.show()?;
        window.unminimize()?;
        window.set_focus()
    });
}

/// Sets the window's title.
pub fn show_title(app: &AppHandle, unread: u32) {
    let shell = app.state::<Shell>();
    let title = title(shell.profile.shown(), unread);
    if !shell.retitle(&title) {
        return;
    }
    with_main(app, |window| window.set_title(&title));
}

/// Does something with the main window, where it is there.
pub fn with_main(app: &AppHandle, act: impl FnOnce(&WebviewWindow) -> tauri::Result<()>) {
    if let Some(window) = app.get_webview_window(MAIN)
        && let Err(error) = act(&window)
    {
        tracing::warn!(%error, "the window did not obey");
    }
}

fn title(profile: &str, unread: u32) -> String {
    let title =
        if profile.is_empty() { t("window-title") } else { t_with("window-title-profile", [("profile", profile.to_owned().into())]) };
    if unread == 0 { title } else { t_with("window-title-unread", [("unread", shown_count(unread).into()), ("title", title.into())]) }
}

/// "1,000+" from the bound on, as in the page.
pub fn shown_count(unread: u32) -> String {
    let most = hearth_protocol::limits::UNREAD_SHOWN_MAX;
    if unread >= most { format!("{}+", number(most)) } else { number(unread) }
}

fn base(known: &Known, window: &WebviewWindow) -> Color {
    let dark = match known.settings.theme {
        Theme::Light => false,
        Theme::Dark => true,
        Theme::System => window.theme().is_ok_and(|theme| theme == tauri::Theme::Dark),
    };
    if dark { BASE_DARK } else { BASE_LIGHT }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_says_who_and_how_many() {
        assert_eq!(title("", 0), "Hearth");
        assert_eq!(title("bob", 0), "Hearth – bob");
        assert_eq!(title("bob", 3), "(3) Hearth – bob");
        assert_eq!(title("", 1_000), "(1,000+) Hearth");
    }

    #[test]
    fn the_curtain_waits_for_page_and_state() {
        let curtain = Curtain::new(false);
        curtain.loaded.store(true, Ordering::Release);
        assert!(!curtain.may_rise());
        curtain.booted.store(true, Ordering::Release);
        assert!(curtain.may_rise());
    }
}
