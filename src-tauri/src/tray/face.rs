//! What the tray shows, decided apart from how.

use super::undisturbed::{self, time_of_day};
use crate::{
    shell::{Known, Seen},
    windows::shown_count,
    words::{t, t_with},
};
use hearth_client::view::{AccountId, Connection, Phase};
use hearth_protocol::Millis;

/// Everything in the tray that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    pub badge: Badge,
    pub ink: Ink,
    pub unread: String,
    pub status: String,
    /// What the part of the menu is called where it is switched.
    pub do_not_disturb: String,
    pub undisturbed: bool,
    pub words: Words,
}

/// What changes with the language alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub open: String,
    pub undisturbed: [String; 5],
    pub quit: String,
}

/// The more urgent, the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Badge {
    None,
    Unread,
    /// Signed out, locked, or nothing goes out: only the person can mend it.
    Alert,
}

/// The drawing's colour: light for dark panels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    Light,
    Dark,
}

impl Ink {
    /// Which colour a panel wants. Some desktops keep a dark panel in every theme; elsewhere the panel follows the windows.
    pub fn on(system: &str, desktop: &str, dark_windows: bool) -> Self {
        let always_dark = ["GNOME", "Unity", "XFCE", "X-Cinnamon", "Pantheon"];
        let dark_panel = match system {
            "linux" => dark_windows || desktop.split(':').any(|name| always_dark.contains(&name)),
            // A template image is coloured by the system: it reads the shape of the dark one.
            "macos" => false,
            _ => dark_windows,
        };
        if dark_panel { Self::Light } else { Self::Dark }
    }
}

impl Face {
    /// `label` is what an account is called where there are several; `now` is by the clock of this computer.
    pub fn of(known: &Known, label: impl Fn(AccountId) -> Option<String>, ink: Ink, now: Millis) -> Self {
        let badge = badge_of(known);
        let count = known.unread();
        let unread = t_with("tray-unread", [("count", count.into()), ("shown", shown_count(count).into())]);
        // The line is the first account's that needs somebody, or else the first one's.
        let alert = known.accounts.iter().find(|(_, seen)| self::badge(seen) == Badge::Alert);
        let status = match (alert, known.accounts.values().next()) {
            (Some((account, seen)), _) => match label(*account) {
                Some(label) => t_with("status-of-account", [("account", label.into()), ("status", sentence(seen).into())]),
                None => sentence(seen),
            },
            (None, Some(seen)) => sentence(seen),
            (None, None) => t("status-starting"),
        };
        let settings = &known.settings;
        let undisturbed = settings.is_undisturbed(now);
        let do_not_disturb = match settings.do_not_disturb_until_local {
            _ if !undisturbed => t("tray-do-not-disturb"),
            Some(until) => t_with("tray-do-not-disturb-until", [("until", time_of_day(until).into())]),
            None => t("tray-do-not-disturb-on"),
        };
        let words = Words { open: t("tray-open"), undisturbed: undisturbed::choices(), quit: t("tray-quit") };
        Self { badge, ink, unread, status, do_not_disturb, undisturbed, words }
    }
}

/// Of all accounts: the most urgent of them.
pub fn badge_of(known: &Known) -> Badge {
    known.accounts.values().map(badge).max().unwrap_or(Badge::None)
}

fn badge(Seen { phase, status }: &Seen) -> Badge {
    let blocked = matches!(status.connection, Connection::Blocked { .. }) || status.outbox_failed > 0;
    match phase {
        Phase::Starting | Phase::FirstRun => Badge::None,
        // One that is being added is nobody's yet.
        Phase::SignIn { returning: None, .. } => Badge::None,
        Phase::SignIn { .. } | Phase::Locked { .. } | Phase::Blocked { .. } => Badge::Alert,
        Phase::Ready { .. } if blocked => Badge::Alert,
        Phase::Ready { .. } if status.unread > 0 => Badge::Unread,
        Phase::Ready { .. } => Badge::None,
    }
}

fn sentence(Seen { phase, status }: &Seen) -> String {
    match phase {
        Phase::Starting => return t("status-starting"),
        Phase::FirstRun => return t("status-first-run"),
        Phase::SignIn { .. } => return t("status-sign-in"),
        Phase::Locked { .. } => return t("status-locked"),
        Phase::Blocked { .. } => return t("status-blocked"),
        Phase::Ready { .. } => {}
    }
    if status.outbox_failed > 0 {
        return t_with("status-failed", [("failed", status.outbox_failed.into())]);
    }
    match &status.connection {
        Connection::Live => t("status-live"),
        Connection::Connecting => t("status-connecting"),
        Connection::CatchingUp => t("status-catching-up"),
        Connection::Blocked { .. } => t("status-blocked"),
        Connection::Offline { .. } if status.outbox == 0 => t("status-offline"),
        Connection::Offline { .. } => t_with("status-offline-waiting", [("waiting", status.outbox.into())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hearth_client::view::{Me, Problem, Server, Settings, SignInReason, Status};
    use hearth_protocol::ids::UserId;

    fn ready(status: Status) -> Seen {
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
        Seen { phase: Phase::Ready { me, server, last: None }, status }
    }

    fn other() -> AccountId {
        "01890000-0000-7000-8000-000000000001".parse().unwrap_or_default()
    }

    fn face(accounts: &[&Seen]) -> Face {
        let accounts = [AccountId::FIRST, other()].into_iter().zip(accounts.iter().map(|seen| (*seen).clone())).collect();
        let label = |account| Some(if account == other() { "Elin" } else { "Bob" }.to_owned());
        let several = |known: &Known| known.accounts.len() > 1;
        let known = Known { settings: Settings::default(), accounts };
        Face::of(&known, |account| label(account).filter(|_| several(&known)), Ink::Light, 0)
    }

    fn shown(seen: &Seen) -> (Badge, String) {
        let face = face(&[seen]);
        (face.badge, face.status)
    }

    #[test]
    fn several_accounts_are_counted_together_and_the_needy_one_is_named() {
        let live = |unread| ready(Status { connection: Connection::Live, unread, ..Status::default() });
        let both = face(&[&live(2), &live(3)]);
        assert_eq!((both.badge, both.unread.as_str(), both.status.as_str()), (Badge::Unread, "5 unread messages", "Connected"));
        assert_eq!(face(&[&live(0), &live(1)]).badge, Badge::Unread, "whichever is shown");
        let Phase::Ready { me, server, .. } = live(0).phase else { return };
        let out = |returning| Seen {
            phase: Phase::SignIn { server: server.clone(), returning, reason: Some(SignInReason::SessionEnded) },
            status: Status::default(),
        };
        let signed_out = face(&[&live(2), &out(Some(me))]);
        assert_eq!((signed_out.badge, signed_out.status.as_str()), (Badge::Alert, "Elin: Signed out"));
        assert_eq!(face(&[&live(2), &out(None)]).badge, Badge::Unread, "one that is being added needs nobody");
    }

    #[test]
    fn do_not_disturb_is_named_as_long_as_it_lasts() {
        let named = |settings: Settings, now| {
            let known = Known { settings, accounts: Default::default() };
            let face = Face::of(&known, |_| None, Ink::Light, now);
            (face.do_not_disturb, face.undisturbed)
        };
        let on = Settings { do_not_disturb: true, ..Settings::default() };
        let until = Settings { do_not_disturb_until_local: Some(60_000), ..on.clone() };
        assert_eq!(named(Settings::default(), 1), ("Do not disturb".into(), false));
        assert_eq!(named(on, 1), ("Do not disturb: on".into(), true));
        assert_eq!(named(until.clone(), 60_000), ("Do not disturb".into(), false));
        assert_eq!(named(until, 1), (format!("Do not disturb until {}", time_of_day(60_000)), true));
    }

    #[test]
    fn the_badge_and_the_line_follow_the_state() {
        let problem = || Problem::new("newer_server", "Update Hearth.");
        let live = Status { connection: Connection::Live, ..Status::default() };
        assert_eq!(shown(&ready(live.clone())), (Badge::None, "Connected".into()));
        assert_eq!(shown(&ready(Status { unread: 2, ..live.clone() })), (Badge::Unread, "Connected".into()));
        let waiting = Status { connection: Connection::Offline { next_try_ms: 1, problem: None }, outbox: 2, ..live.clone() };
        assert_eq!(shown(&ready(waiting)), (Badge::None, "Offline, 2 changes wait".into()));
        let refused = Status { outbox_failed: 1, unread: 2, ..live.clone() };
        assert_eq!(shown(&ready(refused)), (Badge::Alert, "1 change was refused".into()));
        let blocked = Status { connection: Connection::Blocked { problem: problem() }, ..live.clone() };
        assert_eq!(shown(&ready(blocked)), (Badge::Alert, "Needs your attention".into()));
        let lost = Seen { phase: Phase::Blocked { problem: problem() }, ..ready(live) };
        assert_eq!(shown(&lost), (Badge::Alert, "Needs your attention".into()));
    }

    #[test]
    fn the_drawing_can_be_seen_on_its_panel() {
        assert_eq!(Ink::on("linux", "ubuntu:GNOME", false), Ink::Light);
        assert_eq!(Ink::on("linux", "KDE", false), Ink::Dark);
        assert_eq!(Ink::on("linux", "KDE", true), Ink::Light);
        assert_eq!(Ink::on("windows", "", true), Ink::Light);
        assert_eq!(Ink::on("macos", "", true), Ink::Dark);
    }
}
