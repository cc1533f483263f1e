//! The tray: a badge, and a menu that works on every desktop (Linux has no left click).

pub mod face;
pub mod host;
pub mod undisturbed;

use crate::{
    options::ProfileChoice,
    quit,
    shell::{Known, Shell, lock},
    windows,
    words::t,
};
use face::{Badge, Face, Ink};
use hearth_client::view::{Filter, ListOrder, Update};
use std::sync::Mutex;
use tauri::{
    AppHandle, Manager, Wry,
    image::Image,
    menu::{Menu, MenuItem, PredefinedMenuItem},
    tray::{TrayIcon, TrayIconBuilder},
};
use undisturbed::Undisturbed;

const OPEN: &str = "open";
const UNREAD: &str = "unread";
const STATUS: &str = "status";
const QUIT: &str = "quit";

/// The tray's icon and menu; managed by Tauri.
pub struct Tray {
    icon: TrayIcon,
    open: MenuItem<Wry>,
    unread: MenuItem<Wry>,
    undisturbed: Undisturbed,
    status: MenuItem<Wry>,
    quit: MenuItem<Wry>,
    shown: Mutex<Face>,
}

impl Tray {
    /// Puts the icon up. Must run on the main thread.
    ///
    /// # Errors
    /// When the system refuses the menu or the icon.
    pub fn put_up(app: &AppHandle, profile: &ProfileChoice, known: &Known) -> tauri::Result<Self> {
        let face = face(app, known);
        let open = MenuItem::with_id(app, OPEN, &face.words.open, true, None::<&str>)?;
        let unread = MenuItem::with_id(app, UNREAD, &face.unread, true, None::<&str>)?;
        let undisturbed = Undisturbed::new(app, &face)?;
        let status = MenuItem::with_id(app, STATUS, &face.status, false, None::<&str>)?;
        let quit = MenuItem::with_id(app, QUIT, &face.words.quit, true, None::<&str>)?;
        let lines = [PredefinedMenuItem::separator(app)?, PredefinedMenuItem::separator(app)?];
        let menu = Menu::with_items(app, &[&open, &unread, &lines[0], &undisturbed.menu, &status, &lines[1], &quit])?;
        // Linux hands the icon over as a file: two profiles must not share its name, nor strangers its folder. The last run's is
        // still there, because an app that ends does not wait for its tray.
        let files = profile.folder.join("tray");
        let _ = std::fs::remove_dir_all(&files);
        let icon = TrayIconBuilder::with_id(profile.instance())
            .icon(image(face.badge, face.ink)?)
            .icon_as_template(face.badge == Badge::None)
            .tooltip(t("app-name"))
            .menu(&menu)
            .temp_dir_path(files)
            .on_menu_event(|app, event| chosen(app, event.id().as_ref()))
            .build(app)?;
        Ok(Self { icon, open, unread, undisturbed, status, quit, shown: Mutex::new(face) })
    }

    /// Shows what is known now, if that looks any different.
    pub fn show(&self, app: &AppHandle, known: &Known) {
        let face = face(app, known);
        let mut shown = lock(&self.shown);
        if *shown == face {
            return;
        }
        if let Err(error) = self.draw(&face, &shown) {
            tracing::warn!(%error, "the tray did not change");
        }
        *shown = face;
    }

    fn draw(&self, face: &Face, shown: &Face) -> tauri::Result<()> {
        self.unread.set_text(&face.unread)?;
        self.status.set_text(&face.status)?;
        self.undisturbed.draw(face)?;
        if face.words != shown.words {
            self.open.set_text(&face.words.open)?;
            self.quit.set_text(&face.words.quit)?;
        }
        if (face.badge, face.ink) != (shown.badge, shown.ink) {
            self.icon.set_icon_with_as_template(Some(image(face.badge, face.ink)?), face.badge == Badge::None)?;
        }
        Ok(())
    }
}

fn chosen(app: &AppHandle, item: &str) {
    match item {
        OPEN => windows::raise(app, None),
        UNREAD => open_unread(app),
        QUIT => quit::quit(app),
        item => undisturbed::chosen(app, item),
    }
}

/// Shows the newest conversation with something unread; where there is none, another account's.
fn open_unread(app: &AppHandle) {
    windows::raise(app, None);
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let shell = app.state::<Shell>();
        for client in shell.accounts().map(|accounts| accounts.shown_first()).unwrap_or_default() {
            match client.list_conversations(Filter::Unread, ListOrder::Newest, 1).await {
                Ok(found) => {
                    if let Some(item) = found.first() {
                        return shell.show_in(client.account(), Update::Open { conversation: item.id, message: None });
                    }
                }
                Err(problem) => tracing::debug!(%problem, "nothing unread to open"),
            }
        }
    });
}

fn face(app: &AppHandle, known: &Known) -> Face {
    let shell = app.state::<Shell>();
    Face::of(known, |account| shell.label(account), ink(app), undisturbed::now())
}

fn ink(app: &AppHandle) -> Ink {
    let theme = app.get_webview_window(windows::MAIN).and_then(|window| window.theme().ok());
    let desktop = std::env::var("XDG_CURRENT_DESKTOP").unwrap_or_default();
    Ink::on(std::env::consts::OS, &desktop, theme == Some(tauri::Theme::Dark))
}

fn image(badge: Badge, ink: Ink) -> tauri::Result<Image<'static>> {
    macro_rules! drawing {
        ($name:literal) => {
            include_bytes!(concat!("../../icons/tray/", $name, "-44.png")).as_slice()
        };
    }
    Image::from_bytes(match (badge, ink) {
        (Badge::None, Ink::Light) => drawing!("normal-light"),
        (Badge::None, Ink::Dark) => drawing!("normal-dark"),
        (Badge::Unread, Ink::Light) => drawing!("unread-light"),
        (Badge::Unread, Ink::Dark) => drawing!("unread-dark"),
        (Badge::Alert, Ink::Light) => drawing!("alert-light"),
        (Badge::Alert, Ink::Dark) => drawing!("alert-dark"),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn every_drawing_is_there_and_tells_itself_apart() {
        let mut seen = Vec::new();
        for badge in [Badge::None, Badge::Unread, Badge::Alert] {
            for ink in [Ink::Light, Ink::Dark] {
                let image = image(badge, ink).unwrap();
                assert_eq!((image.width(), image.height()), (44, 44));
                assert!(!seen.contains(&image.rgba().to_vec()));
                seen.push(image.rgba().to_vec());
            }
        }
    }
}
