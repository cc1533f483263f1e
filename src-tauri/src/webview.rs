//! What each system's web view needs to be told beyond what Tauri does.

use std::path::Path;
use tauri::{WebviewWindow, Wry, webview::WebviewWindowBuilder};

type Builder<'a> = WebviewWindowBuilder<'a, Wry, tauri::AppHandle>;

/// Keeps the web view from writing what the page shows to disk: that is kept encrypted in the replica, and nowhere else.
///
/// What the engine makes all the same (empty stores and their salts) lies in the profile with everything else of this person.
/// A window that a test drives cannot be ephemeral, because WebKitGTK lets automation into the shared context only; that
/// holds for debug builds alone, and the tests look for leaks in the same folder.
pub fn leave_nothing_behind<'a>(builder: Builder<'a>, profile: &Path) -> Builder<'a> {
    let driven = cfg!(debug_assertions) && std::env::var("TAURI_WEBVIEW_AUTOMATION").as_deref() == Ok("true");
    builder.data_directory(profile.join("webview")).incognito(!driven)
}

/// Settings that no option of Tauri's reaches.
///
/// # Errors
/// When the web view is gone already.
pub fn adjust(window: &WebviewWindow) -> tauri::Result<()> {
    #[cfg(target_os = "linux")]
    window.with_webview(|view| {
        use webkit2gtk::{SettingsExt, WebViewExt};
        let view = view.inner();
        if let Some(settings) = view.settings() {
            // Every scrollTop write cancels the wheel's animation in flight: half of a fast wheel's travel is lost.
            settings.set_enable_smooth_scrolling(false);
        }
        // A crashed page comes back by itself: all state is on this side.
        view.connect_web_process_terminated(|view, reason| {
            tracing::error!(?reason, "the page's process ended: loading it again");
            view.reload();
        });
    })?;
    #[cfg(not(target_os = "linux"))]
    let _ = window;
    Ok(())
}

/// Hands over the proof of a click that Wayland, and focus-stealing prevention elsewhere, asks for.
pub fn use_activation_token(window: &WebviewWindow, token: Option<String>) {
    #[cfg(target_os = "linux")]
    if let Some(token) = token {
        let handle = window.clone();
        // GTK lives on the main thread only.
        let set = window.run_on_main_thread(move || {
            use gtk::prelude::GtkWindowExt;
            if let Ok(inner) = handle.gtk_window() {
                inner.set_startup_id(&token);
            }
        });
        if let Err(error) = set {
            tracing::debug!(%error, "no activation");
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = (window, token);
}

/// WebKitGTK closes up words at 1x when fonts are hinted: the whole toolkit draws unhinted instead. On the main thread, after GTK is up.
pub fn unhint_fonts() {
    #[cfg(target_os = "linux")]
    if let Some(settings) = gtk::Settings::default() {
        use gtk::prelude::ObjectExt;
        settings.set_property("gtk-xft-hinting", 0_i32);
    }
}

/// Starts this program again, drawing without the graphics card. The variables must be there before the first thread is, and
/// only a new process can have that; it replaces this one.
///
/// # Errors
/// When the program's own file is gone.
pub fn draw_safely() -> std::io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::process::CommandExt;
        const SAFE: [&str; 2] = ["WEBKIT_DISABLE_DMABUF_RENDERER", "WEBKIT_DISABLE_COMPOSITING_MODE"];
        if SAFE.iter().all(|name| std::env::var_os(name).is_some()) {
            return Ok(());
        }
        let program = std::env::current_exe()?;
        Err(std::process::Command::new(program).args(std::env::args_os().skip(1)).envs(SAFE.map(|name| (name, "1"))).exec())
    }
    #[cfg(not(target_os = "linux"))]
    Ok(())
}
