//! The system's notifications. The client decides who is told of what; this shows, replaces and withdraws.
//!
//! On Linux it speaks to the notification service itself, over one connection: clicks bring Wayland's activation token along,
//! and a service that restarts takes nothing down. Elsewhere notify-rust does it.

#[cfg(target_os = "linux")]
mod freedesktop;
#[cfg(not(target_os = "linux"))]
mod native;
mod said;
#[cfg(target_os = "linux")]
mod sound;
mod text;

use crate::{
    shell::Shell,
    windows,
    words::{t, t_with},
};
use hearth_client::{
    Notice,
    view::{AccountId, Problem, Update},
};
use hearth_protocol::ids::{ConversationId, MessageId};
use std::time::Duration;
use tauri::{AppHandle, Manager};
use tokio::sync::{
    broadcast::{Receiver, error::RecvError},
    mpsc, watch,
};

/// A service that has not shown a card in this time does not show it.
const PATIENCE: Duration = Duration::from_secs(10);

/// What an account wants to be shown.
#[derive(Clone, Debug)]
pub struct Tagged {
    account: AccountId,
    /// Where there are several, what this one is called.
    label: Option<String>,
    /// It is to be heard as well.
    sound: bool,
    told: Told,
}

#[derive(Clone, Debug)]
enum Told {
    Of(Notice),
    /// Somebody tries how they are told, and waits for whether it was shown.
    Trial(mpsc::Sender<bool>),
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
    /// Nothing: somebody tries how they are told.
    Trial,
}

#[derive(Clone, Debug)]
struct Card {
    place: Place,
    message: Option<MessageId>,
    title: String,
    body: String,
    sound: bool,
    /// Who waits for whether it was shown.
    waits: Option<mpsc::Sender<bool>>,
}

impl Card {
    /// Somebody said it, so that something can be said to it.
    fn can_be_answered(&self) -> bool {
        matches!(self.place.of, Of::Conversation(_)) && self.message.is_some()
    }

    fn was_shown(&self, shown: bool) {
        if let Some(waits) = &self.waits {
            // Whoever waited may have given up.
            let _ = waits.try_send(shown);
        }
    }
}

/// What the person did with a card: ids and their own words only, so that whatever answers the bus can show nothing of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Click {
    place: Place,
    message: Option<MessageId>,
    /// Wayland's proof that a click was there.
    token: Option<String>,
    /// What they wrote into the card, where they did that instead.
    answer: Option<String>,
}

#[derive(Clone, Debug)]
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
                let (label, sound) = (shell.label(account), shell.known().settings.sound);
                // Nobody listens before the app is up, or when it ends.
                let _ = shell.notices.send(Tagged { account, label, sound, told: Told::Of(notice) });
            }
            Err(RecvError::Lagged(missed)) => tracing::warn!(missed, "notifications overran"),
            Err(RecvError::Closed) => return,
        }
    }
}

/// Shows a notification of no message, by the way of all others, whatever the rules say of this moment.
///
/// # Errors
/// `no_notifications`: nothing on this computer shows them.
pub async fn try_out(app: &AppHandle) -> Result<(), Problem> {
    let shell = app.state::<Shell>();
    let (waits, mut answer) = mpsc::channel(1);
    let account = shell.page.account().unwrap_or_default();
    let trial = Tagged { account, label: None, sound: shell.known().settings.sound, told: Told::Trial(waits) };
    let listened = shell.notices.send(trial).is_ok();
    let shown = listened && tokio::time::timeout(PATIENCE, answer.recv()).await.is_ok_and(|shown| shown == Some(true));
    if shown { Ok(()) } else { Err(Problem::new("no_notifications", t("no-notifications"))) }
}

/// Shows what the accounts say, until the app ends.
pub async fn run(app: AppHandle, notices: Receiver<Tagged>) {
    let orders = Orders { notices, ending: app.state::<Shell>().ending() };
    let on_click = move |click: Click| clicked(&app, click);
    #[cfg(target_os = "linux")]
    freedesktop::run(None, orders, on_click, sound::play).await;
    #[cfg(not(target_os = "linux"))]
    native::run(orders, on_click).await;
}

fn clicked(app: &AppHandle, click: Click) {
    let Place { account, of } = click.place;
    let shell = app.state::<Shell>();
    let there = shell.accounts().is_ok_and(|accounts| accounts.get(account).is_some());
    if let (Of::Conversation(conversation), Some(message), Some(text)) = (of, click.message, &click.answer) {
        let (app, text) = (app.clone(), text.clone());
        tauri::async_runtime::spawn(async move { answer(&app, account, (conversation, message), &text).await });
        return;
    }
    match of {
        // What was removed meanwhile leads nowhere.
        _ if !there => {}
        Of::Conversation(conversation) => shell.show_in(account, Update::Open { conversation, message: click.message }),
        Of::Inbox => shell.show_in(account, Update::OpenInbox),
        Of::Absence if shell.page.account().is_some_and(|shown| shown != account) => {
            let _ = shell.page.tell_any(Update::ShowAccount { account });
        }
        Of::Absence | Of::Trial => {}
    }
    windows::raise(app, click.token);
}

/// Says what somebody wrote into a card. Where it cannot be sent, the window shows it where it is kept: in the draft.
async fn answer(app: &AppHandle, account: AccountId, (conversation, message): (ConversationId, MessageId), text: &str) {
    let shell = app.state::<Shell>();
    let Ok(Some(client)) = shell.accounts().map(|accounts| accounts.get(account)) else { return };
    if let Err(problem) = client.answer_notice(conversation, message, text).await {
        tracing::warn!(%problem, "an answer was not sent");
        shell.show_in(account, Update::Open { conversation, message: None });
        windows::raise(app, None);
    }
}

/// What is to be done.
struct Orders {
    notices: Receiver<Tagged>,
    ending: watch::Receiver<bool>,
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
            let Tagged { account, label, sound, told } = match heard {
                Ok(tagged) => tagged,
                Err(RecvError::Lagged(missed)) => {
                    tracing::warn!(missed, "notifications overran");
                    continue;
                }
                Err(RecvError::Closed) => return None,
            };
            let notice = match told {
                Told::Of(notice) => notice,
                Told::Trial(waits) => return Some(Order::Show(trial(account, sound, waits))),
            };
            let (of, message) = match &notice {
                Notice::Withdraw { conversation } => return Some(Order::Withdraw(Place { account, of: Of::Conversation(*conversation) })),
                Notice::Show(said) => (Of::Conversation(said.conversation), Some(said.message)),
                Notice::Summary { only, .. } => (only.map_or(Of::Absence, Of::Conversation), None),
                Notice::Inbox(_) => (Of::Inbox, None),
            };
            let Some(said::Words { title, body }) = said::words(notice) else { continue };
            let title = match label {
                Some(label) => t_with("notify-to", [("title", title.into()), ("account", label.into())]),
                None => title,
            };
            let place = Place { account, of };
            let (title, body) = (text::line(&title), text::lines(&body));
            return Some(Order::Show(Card { place, message, title, body, sound, waits: None }));
        }
    }
}

fn trial(account: AccountId, sound: bool, waits: mpsc::Sender<bool>) -> Card {
    let place = Place { account, of: Of::Trial };
    Card { place, message: None, title: t("notice-trial"), body: t("notice-trial-text"), sound, waits: Some(waits) }
}
