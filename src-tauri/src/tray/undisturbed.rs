//! Do not disturb, in the tray's menu: for how long, and off again.

use super::face::Face;
use crate::{
    shell::Shell,
    updates,
    words::{t, time},
};
use hearth_client::view::Settings;
use hearth_protocol::Millis;
use jiff::{Timestamp, ToSpan, Zoned, tz::TimeZone};
use std::time::Duration;
use tauri::{
    AppHandle, Manager, Wry,
    menu::{MenuItem, Submenu},
};

const HALF_HOUR: &str = "undisturbed_half_hour";
const HOUR: &str = "undisturbed_hour";
const TOMORROW: &str = "undisturbed_tomorrow";
const FOR_EVER: &str = "undisturbed_for_ever";
const OFF: &str = "undisturbed_off";

const HOUR_MS: Millis = 3_600_000;

/// How late the menu may say that it is over; whether it is, the client asks the clock.
const LOOK: Duration = Duration::from_secs(30);

pub fn now() -> Millis {
    Timestamp::now().as_millisecond()
}

/// What can be chosen, in the order of the menu; the last one only while it is on.
pub fn choices() -> [String; 5] {
    [
        t("tray-do-not-disturb-half-hour"),
        t("tray-do-not-disturb-hour"),
        t("tray-do-not-disturb-tomorrow"),
        t("tray-do-not-disturb-for-ever"),
        t("tray-do-not-disturb-off"),
    ]
}

/// That part of the menu.
pub struct Undisturbed {
    pub menu: Submenu<Wry>,
    items: [MenuItem<Wry>; 5],
}

impl Undisturbed {
    /// # Errors
    /// When the system refuses the menu.
    pub fn new(app: &AppHandle, face: &Face) -> tauri::Result<Self> {
        let [half_hour, hour, tomorrow, for_ever, off] = &face.words.undisturbed;
        let item = |id: &str, text: &String, enabled| MenuItem::with_id(app, id, text, enabled, None::<&str>);
        let items = [
            item(HALF_HOUR, half_hour, true)?,
            item(HOUR, hour, true)?,
            item(TOMORROW, tomorrow, true)?,
            item(FOR_EVER, for_ever, true)?,
            item(OFF, off, face.undisturbed)?,
        ];
        let [a, b, c, d, e] = &items;
        let menu = Submenu::with_items(app, &face.do_not_disturb, true, &[a, b, c, d, e])?;
        Ok(Self { menu, items })
    }

    /// # Errors
    /// When the system refuses.
    pub fn draw(&self, face: &Face) -> tauri::Result<()> {
        self.menu.set_text(&face.do_not_disturb)?;
        for (item, text) in self.items.iter().zip(&face.words.undisturbed) {
            item.set_text(text)?;
        }
        let [.., off] = &self.items;
        off.set_enabled(face.undisturbed)
    }
}

pub fn chosen(app: &AppHandle, item: &str) {
    match item {
        HALF_HOUR => set(app, true, Some(now() + HOUR_MS / 2)),
        HOUR => set(app, true, Some(now() + HOUR_MS)),
        TOMORROW => set(app, true, midnight_after(&Zoned::now())),
        FOR_EVER => set(app, true, None),
        OFF => set(app, false, None),
        _ => {}
    }
}

fn set(app: &AppHandle, do_not_disturb: bool, do_not_disturb_until_local: Option<Millis>) {
    let Ok(client) = app.state::<Shell>().client() else { return };
    let settings = Settings { do_not_disturb, do_not_disturb_until_local, ..client.settings() };
    if let Err(problem) = client.set_settings(settings) {
        tracing::warn!(%problem, "do not disturb was not kept");
    }
}

/// The beginning of the next day.
fn midnight_after(at: &Zoned) -> Option<Millis> {
    let tomorrow = at.date().checked_add(1.day()).ok()?;
    Some(tomorrow.to_zoned(at.time_zone().clone()).ok()?.timestamp().as_millisecond())
}

/// The time of a moment by the clock of this computer, as the language writes it.
pub fn time_of_day(at: Millis) -> String {
    let Ok(at) = Timestamp::from_millisecond(at) else { return String::new() };
    let at = at.to_zoned(TimeZone::system());
    time(at.hour(), at.minute())
}

/// Draws the tray again when it ends, as long as the app runs.
pub async fn look(app: AppHandle) {
    let mut was = false;
    loop {
        tokio::time::sleep(LOOK).await;
        let is = app.state::<Shell>().known().settings.is_undisturbed(now());
        if was && !is {
            updates::refresh(&app);
        }
        was = is;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn tomorrow_begins_at_midnight_where_one_is() {
        // Summer time begins in the night: the day is an hour shorter.
        let evening: Zoned = "2026-03-28T23:30:00+01:00[Europe/Berlin]".parse().unwrap();
        let day = midnight_after(&evening).unwrap();
        assert_eq!(day, "2026-03-28T23:00:00Z".parse::<Timestamp>().unwrap().as_millisecond());
        let sunday: Zoned = "2026-03-29T00:00:00+01:00[Europe/Berlin]".parse().unwrap();
        assert_eq!(midnight_after(&sunday).unwrap() - day, 23 * HOUR_MS);
    }
}
