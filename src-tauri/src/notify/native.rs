//! Notifications on macOS and Windows. They are not withdrawn there: the system offers notify-rust no way to.

use super::{Card, Click, Order, Orders};
use crate::words::t;
use notify_rust::{Notification, NotificationResponse};
use std::thread;
use tokio::sync::mpsc as channel;

/// Clicks that wait; a person does not click faster.
const CLICKS: usize = 16;

/// The system's own sound, by the name that notify-rust hands on.
const DEFAULT_SOUND: &str = if cfg!(target_os = "macos") { "NSUserNotificationDefaultSoundName" } else { "Default" };

/// Works through the orders until they end.
pub async fn run(mut orders: Orders, on_click: impl Fn(Click)) {
    let (clicks, mut clicked) = channel::channel(CLICKS);
    loop {
        tokio::select! {
            order = orders.next() => match order {
                Some(Order::Show(card)) => show(card, clicks.clone()),
                Some(Order::Withdraw(_)) => {}
                None => break,
            },
            Some(click) = clicked.recv() => on_click(click),
        }
    }
}

/// Showing blocks until the person reacts, so each card has a thread of its own.
fn show(card: Card, clicks: channel::Sender<Click>) {
    let spawned = thread::Builder::new().name("notification".into()).spawn(move || {
        let mut notification = Notification::new();
        notification.appname(&t("app-name")).summary(&card.title).body(&card.body);
        // macOS has room for a button or for an answer; a click on the card opens it either way.
        #[cfg(target_os = "macos")]
        if card.can_be_answered() {
            notification.reply(&t("notify-answer-hint"));
        } else {
            notification.action("default", &t("notify-open"));
        }
        #[cfg(not(target_os = "macos"))]
        notification.action("default", &t("notify-open"));
        // Without a name there is no sound on either.
        if card.sound {
            notification.sound_name(DEFAULT_SOUND);
        }
        let click = Click { place: card.place, message: card.message, token: None, answer: None };
        let handle = notification.show();
        card.was_shown(handle.is_ok());
        let waited = handle.and_then(|handle| {
            handle.wait_for_response(|response: &NotificationResponse| {
                let answer = match response {
                    NotificationResponse::Default | NotificationResponse::Action(_) => None,
                    NotificationResponse::Reply(text) if !text.trim().is_empty() => Some(text.clone()),
                    _ => return,
                };
                let _ = clicks.blocking_send(Click { answer, ..click });
            })
        });
        if let Err(error) = waited {
            tracing::warn!(%error, "no notification");
        }
    });
    if let Err(error) = spawned {
        tracing::warn!(%error, "no notification");
    }
}
