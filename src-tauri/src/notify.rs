//! The system's notifications. The client decides who is told of what; this shows, replaces and withdraws.
//!
//! On Linux it speaks to the notification service itself, over one connection: clicks bring Wayland's activation token along,
//! and a service that restarts takes nothing down. Elsewhere notify-rust does it.

#[cfg(target_os = "linux")]
mod freedesktop;
#[cfg(not(target_os = "linux"))]
mod native;
mod text;
mod words;

use crate::{shell::Shell, windows, words::t_with};
use hearth_client::{
    Notice,
    view::{AccountId, Update},
};
use hearth_protocol::ids::{ConversationId, MessageId};
use tauri::{AppHandle, Manager};
use tokio::sync::{
    broadcast::{Receiver, error::RecvError},
    watch,
};

/// What an account wants to be shown.
#[derive(Clone, Debug)]
pub struct Tagged {
    account: AccountId,
    /// Where there are several, what this one is called.
    label: Option<String>,
    notice: Notice,
}

/// Which notification: of each account there is at most one of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    account: AccountId,
    of: Of,
}

/// What it is of, and leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Conversation(ConversationId),
    Inbox,
    /// Everything that came while away: it leads to its account.
    Absence,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Card {
    place: Place,
    message: Option<MessageId>,
    title: String,
    body: String,
}

/// What the person clicked on: ids only, so that whatever answers the bus can show nothing of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Click {
    place: Place,
    message: Option<MessageId>,
    /// Wayland's proof that a click was there.
    token: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Order {
    Show(Card),
    Withdraw(Place),
}

/// Hands on what an account says, with its name, as long as it is there.
pub async fn pass_on(app: AppHandle, account: AccountId, mut notices: Receiver<Notice>) {
    loop {
        match notices.recv().await {
            Ok(notice) => {
                let shell = app.state::<Shell>();
                let label = shell.label(account);
                // Nobody listens before the app is up, or when it ends.
                let _ = shell.notices.send(Tagged { account, label, notice });
            }
            Err(RecvError::Lagged(missed)) => tracing::warn!(missed, "notifications overran"),
            Err(RecvError::Closed) => return,
        }
    }
}

/// Shows what the accounts say, until the app ends.
pub async fn run(app: AppHandle, notices: Receiver<Tagged>) {
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
    let Place { account, of } = click.place;
    let shell = app.state::<Shell>();
    let there = shell.accounts().is_ok_and(|accounts| accounts.get(account).is_some());
    match of {
        // What was removed meanwhile leads nowhere.
        _ if !there => {}
        Of::Conversation(conversation) => shell.show_in(account, Update::Open { conversation, message: click.message }),
        Of::Inbox => shell.show_in(account, Update::OpenInbox),
        Of::Absence if shell.page.account().is_some_and(|shown| shown != account) => {
            let _ = shell.page.tell_any(Update::ShowAccount { account });
        }
        Of::Absence => {}
    }
    windows::raise(app, click.token);
}

/// What is to be done, with everything left out that the person does not want now.
struct Orders {
    notices: Receiver<Tagged>,
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
            let Tagged { account, label, notice } = match heard {
                Ok(tagged) => tagged,
                Err(RecvError::Lagged(missed)) => {
                    tracing::warn!(missed, "notifications overran");
                    continue;
                }
                Err(RecvError::Closed) => return None,
            };
            let (of, message, title, body) = match notice {
                Notice::Withdraw { conversation } => return Some(Order::Withdraw(Place { account, of: Of::Conversation(conversation) })),
                _ if !(self.may_disturb)() => continue,
                Notice::Show { conversation, message, title, body } => (Of::Conversation(conversation), message, title, words::body(body)),
                Notice::Summary { messages, conversations, conversation } => {
                    let of = conversation.map_or(Of::Absence, Of::Conversation);
                    (of, None, words::new_messages(messages), words::in_conversations(conversations))
                }
                Notice::Inbox { title, event, note } => (Of::Inbox, None, title, words::inbox(event, note)),
            };
            let title = match label {
                Some(label) => t_with("notify-to", [("title", title.into()), ("account", label.into())]),
                None => title,
            };
            let place = Place { account, of };
            return Some(Order::Show(Card { place, message, title: text::line(&title), body: text::lines(&body) }));
        }
    }
}
