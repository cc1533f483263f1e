//! Notifications on macOS and Windows. They are not withdrawn there: the system offers notify-rust no way to.

use super::{Card, Click, Order, Orders};
use crate::words::t;
use notify_rust::{Notification, NotificationResponse};
use std::thread;
use tokio::sync::mpsc as channel;

/// Clicks that wait; a person does not click faster.
const CLICKS: usize = 16;

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
        notification.appname(&t("app-name")).summary(&card.title).body(&card.body).action("default", &t("notify-open"));
        let click = Click { place: card.place, message: card.message, token: None };
        let waited = notification.show().and_then(|handle| {
            handle.wait_for_response(|response: &NotificationResponse| {
                if matches!(response, NotificationResponse::Default | NotificationResponse::Action(_)) {
                    let _ = clicks.blocking_send(click);
                }
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
