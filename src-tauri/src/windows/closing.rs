//! Closing the window: to the tray or out, asked once.

use super::{MAIN, with_main};
use crate::{
    quit,
    shell::{Known, Shell},
    tray::host,
};
use hearth_client::view::{CloseChoice, Phase, Problem, Settings, Update};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tauri::{AppHandle, Manager};

/// A page that does not answer in this time cannot ask anybody anything.
const ANSWER: Duration = Duration::from_secs(3);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Ask,
    Tray,
    Quit,
}

/// With nobody signed in there is nothing to stay for, except where the person chose to.
fn step(known: &Known) -> Step {
    let somebody = known.accounts.values().any(|seen| matches!(seen.phase, Phase::Ready { .. }));
    match (known.settings.close, somebody) {
        (CloseChoice::Quit, _) => Step::Quit,
        (CloseChoice::Tray, _) => Step::Tray,
        (CloseChoice::Ask, true) => Step::Ask,
        (CloseChoice::Ask, false) => Step::Quit,
    }
}

/// The window's cross, Alt+F4, or the session's end of the window.
pub fn asked_to_close(app: &AppHandle) {
    let shell = app.state::<Shell>();
    match step(&shell.known()) {
        Step::Ask if shell.page.tell_any(Update::AskClose) => quit_unless_answered(app),
        Step::Tray => leave_for_tray(app),
        Step::Ask | Step::Quit => quit::quit(app),
    }
}

/// What the person chose, and whether for the next times too.
///
/// # Errors
/// When the choice could not be kept; it is followed all the same.
pub fn answer_close(app: &AppHandle, choice: CloseChoice, remember: bool) -> Result<(), Problem> {
    let shell = app.state::<Shell>();
    let kept = match shell.client() {
        Ok(client) if remember => client.set_settings(Settings { close: choice, ..client.settings() }),
        _ => Ok(()),
    };
    match choice {
        CloseChoice::Tray => leave_for_tray(app),
        CloseChoice::Quit => quit::quit(app),
        CloseChoice::Ask => {}
    }
    kept
}

/// Hides the window where a tray brings it back; where there is none, hiding would lose it, so it is minimised.
fn leave_for_tray(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let tray = host::is_there().await;
        with_main(&app, |window| if tray { window.hide() } else { window.minimize() });
    });
}

/// A page that hangs must not make a window that cannot be closed.
fn quit_unless_answered(app: &AppHandle) {
    let answered = Arc::new(AtomicBool::new(false));
    let ear = answered.clone();
    if let Some(window) = app.get_webview_window(MAIN)
        && let Err(error) = window.eval_with_callback("0", move |_| ear.store(true, Ordering::Release))
    {
        tracing::warn!(%error, "the page cannot be asked");
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(ANSWER).await;
        if !answered.load(Ordering::Acquire) {
            tracing::error!("the page hangs: quitting without its answer");
            quit::quit(&app);
        }
    });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::shell::Seen;
    use hearth_client::view::{AccountId, Me, Server, Status};
    use hearth_protocol::ids::UserId;

    #[test]
    fn it_asks_only_where_there_is_something_to_stay_for() {
        let ready = Phase::Ready {
            me: Me { user: UserId::new(), username: "bob".into(), name: "Bob".into() },
            server: Server {
                name: "Home".into(),
                address: "a:1".into(),
                connect_link: "hearth://connect/a:1".into(),
                embedded: true,
                needs_set_up: false,
                accounts: Default::default(),
                invite: None,
            },
            last: None,
        };
        let other: AccountId = "01890000-0000-7000-8000-000000000001".parse().unwrap();
        let step = |phases: &[&Phase], close| {
            let seen = |phase: &&Phase| Seen { phase: (*phase).clone(), status: Status::default() };
            let accounts = [AccountId::FIRST, other].into_iter().zip(phases.iter().map(seen)).collect();
            step(&Known { settings: Settings { close, ..Settings::default() }, accounts })
        };
        assert_eq!(step(&[&ready], CloseChoice::Ask), Step::Ask);
        assert_eq!(step(&[&Phase::FirstRun, &ready], CloseChoice::Ask), Step::Ask, "whichever is shown");
        assert_eq!(step(&[&Phase::FirstRun], CloseChoice::Ask), Step::Quit);
        assert_eq!(step(&[], CloseChoice::Ask), Step::Quit);
        assert_eq!(step(&[&Phase::FirstRun], CloseChoice::Tray), Step::Tray);
        assert_eq!(step(&[&ready], CloseChoice::Quit), Step::Quit);
    }
}
