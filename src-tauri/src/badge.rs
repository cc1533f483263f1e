//! What stands on the app's icon in the dock, taskbar or launcher: how much is for the person, a dot where something else is unread, and
//! `!` where somebody is needed.

#[cfg(target_os = "linux")]
mod launcher;
#[cfg(any(target_os = "windows", test))]
mod overlay;

#[cfg(not(target_os = "linux"))]
use crate::windows;
use crate::{
    shell::{Known, Shell},
    tray::face,
};
use tauri::{AppHandle, Manager};
use tokio::sync::watch;

/// What of it a desktop can show differs: Linux's launchers have room for a number alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Badge {
    /// Messages in direct conversations, and those that name or answer their reader elsewhere. What is muted is not among them.
    pub number: u32,
    pub more: More,
}

/// What there is besides the number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum More {
    #[default]
    Nothing,
    /// Something is unread.
    Unread,
    /// Signed out, locked, or nothing goes out.
    Alert,
}

impl Badge {
    pub fn of(known: &Known) -> Self {
        let more = match face::badge_of(known) {
            face::Badge::None => More::Nothing,
            face::Badge::Unread => More::Unread,
            face::Badge::Alert => More::Alert,
        };
        Self { number: known.for_me(), more }
    }

    /// The same in a few letters: the most urgent of it.
    #[cfg_attr(all(target_os = "linux", not(test)), expect(dead_code, reason = "a launcher is given the number itself"))]
    fn sign(self, number: impl Fn(u32) -> String) -> Option<String> {
        match self {
            Self { more: More::Alert, .. } => Some("!".into()),
            Self { number: 0, more: More::Unread } => Some("•".into()),
            Self { number: 0, more: More::Nothing } => None,
            Self { number: some, .. } => Some(number(some)),
        }
    }
}

/// Follows what is known, until the app ends.
pub async fn run(app: AppHandle, badge: watch::Receiver<Badge>) {
    let ending = app.state::<Shell>().ending();
    #[cfg(target_os = "linux")]
    launcher::run(None, badge, ending).await;
    #[cfg(not(target_os = "linux"))]
    follow(&app, badge, ending).await;
}

#[cfg(not(target_os = "linux"))]
async fn follow(app: &AppHandle, mut badge: watch::Receiver<Badge>, mut ending: watch::Receiver<bool>) {
    loop {
        let now = *badge.borrow_and_update();
        #[cfg(target_os = "macos")]
        windows::with_main(app, |window| window.set_badge_label(now.sign(windows::shown_count)));
        #[cfg(target_os = "windows")]
        windows::with_main(app, |window| window.set_overlay_icon(now.sign(overlay::number).map(|sign| overlay::drawn(&sign))));
        tokio::select! {
            biased;
            _ = ending.wait_for(|ending| *ending) => return,
            changed = badge.changed() => if changed.is_err() { return },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::Seen;
    use hearth_client::view::{AccountId, Me, Phase, Server, Settings, Status};
    use hearth_protocol::ids::UserId;

    fn seen(unread: u32, for_me: u32) -> Seen {
        let server = Server {
            name: "Home".into(),
            address: "a:1".into(),
            connect_link: "hearth://connect/a:1".into(),
            embedded: true,
            needs_set_up: false,
            accounts: Default::default(),
            invite: None,
        };
        let me = Me { user: UserId::new(), username: "bob".into(), name: "Bob".into() };
        Seen { phase: Phase::Ready { me, server, last: None }, status: Status { unread, for_me, ..Status::default() } }
    }

    #[test]
    fn what_is_for_the_person_in_all_accounts_is_counted_together() {
        let other: AccountId = "01890000-0000-7000-8000-000000000001".parse().unwrap_or_default();
        let badge = |first, second| {
            let accounts = [(AccountId::FIRST, first), (other, second)].into_iter().collect();
            Badge::of(&Known { settings: Settings::default(), accounts })
        };
        assert_eq!(badge(seen(5, 2), seen(1, 1)), Badge { number: 3, more: More::Unread });
        assert_eq!(badge(seen(5, 0), seen(0, 0)), Badge { number: 0, more: More::Unread });
        let mut failed = seen(0, 0);
        failed.status.outbox_failed = 1;
        assert_eq!(badge(failed, seen(900, 900)), Badge { number: 900, more: More::Alert });
        assert_eq!(badge(seen(900, 900), seen(900, 900)).number, 1_000, "as many as are shown at most");
        assert_eq!(badge(seen(0, 0), seen(0, 0)), Badge::default());
    }

    #[test]
    fn what_is_most_urgent_stands_on_the_icon() {
        let sign = |number, more| Badge { number, more }.sign(|number| number.to_string());
        assert_eq!(sign(0, More::Nothing), None);
        assert_eq!(sign(0, More::Unread).as_deref(), Some("•"));
        assert_eq!(sign(3, More::Unread).as_deref(), Some("3"));
        assert_eq!(sign(3, More::Alert).as_deref(), Some("!"));
    }
}
