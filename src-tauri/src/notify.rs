//! The system's notifications. The client decides who is told of what; this shows, replaces and withdraws.
//!
//! On Linux it speaks to the notification service itself, over one connection: clicks bring Wayland's activation token along,
//! and a service that restarts takes nothing down. Elsewhere notify-rust does it.

#[cfg(target_os = "linux")]
mod freedesktop;
#[cfg(not(target_os = "linux"))]
mod native;
mod text;

use crate::{shell::Shell, windows};
use hearth_client::{Notice, view::Update};
use hearth_protocol::ids::{ConversationId, MessageId};
use tauri::{AppHandle, Manager};
use tokio::sync::{
    broadcast::{Receiver, error::RecvError},
    watch,
};

/// One notification: there is at most one per conversation, and one that sums up.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Card {
    conversation: Option<ConversationId>,
    message: Option<MessageId>,
    title: String,
    body: String,
}

/// What the person clicked on: ids only, so that whatever answers the bus can show nothing of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Click {
    conversation: Option<ConversationId>,
    message: Option<MessageId>,
    /// Wayland's proof that a click was there.
    token: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Order {
    Show(Card),
    Withdraw(ConversationId),
}

/// Shows what the client says, until the app ends.
pub async fn run(app: AppHandle, notices: Receiver<Notice>) {
    let quiet = app.clone();
    let ending = app.state::<Shell>().ending();
    let orders = Orders { notices, ending, may_disturb: Box::new(move || !quiet.state::<Shell>().known().settings.do_not_disturb) };
    let on_click = move |click: Click| clicked(&app, click);
    #[cfg(target_os = "linux")]
    freedesktop::run(None, orders, on_click).await;
    #[cfg(not(target_os = "linux"))]
    native::run(orders, on_click).await;
}

fn clicked(app: &AppHandle, click: Click) {
    if let Some(conversation) = click.conversation {
        app.state::<Shell>().page.show(Update::Open { conversation, message: click.message });
    }
    windows::raise(app, click.token);
}

/// What is to be done, with everything left out that the person does not want now.
struct Orders {
    notices: Receiver<Notice>,
    ending: watch::Receiver<bool>,
    may_disturb: Box<dyn Fn() -> bool + Send + Sync>,
}

impl Orders {
    /// `None` when the app ends. Safe to drop half-way.
    async fn next(&mut self) -> Option<Order> {
        loop {
            let heard = tokio::select! {
                biased;
                _ = self.ending.wait_for(|ending| *ending) => return None,
                heard = self.notices.recv() => heard,
            };
            match heard {
                Ok(Notice::Withdraw { conversation }) => return Some(Order::Withdraw(conversation)),
                Ok(_) if !(self.may_disturb)() => {}
                Ok(Notice::Show { conversation, message, title, body }) => {
                    return Some(Order::Show(Card {
                        conversation: Some(conversation),
                        message,
                        title: text::line(&title),
                        body: text::lines(&body),
                    }));
                }
                Ok(Notice::Summary { title, body, conversation }) => {
                    return Some(Order::Show(Card { conversation, message: None, title: text::line(&title), body: text::lines(&body) }));
                }
                Err(RecvError::Lagged(missed)) => tracing::warn!(missed, "notifications overran"),
                Err(RecvError::Closed) => return None,
            }
        }
    }
}
