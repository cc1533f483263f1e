//! What the tray shows, decided apart from how.

use crate::{
    shell::Known,
    windows::shown_count,
    words::{t, t_with},
};
use hearth_client::view::{Connection, Phase, Status};

/// Everything in the tray that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    pub badge: Badge,
    pub ink: Ink,
    pub unread: String,
    pub status: String,
    pub do_not_disturb: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    pub fn of(known: &Known, ink: Ink) -> Self {
        let Known { phase, status, settings } = known;
        let blocked = matches!(status.connection, Connection::Blocked { .. }) || status.outbox_failed > 0;
        let badge = match phase {
            Phase::Starting | Phase::FirstRun => Badge::None,
            Phase::SignIn { .. } | Phase::Locked { .. } | Phase::Blocked { .. } => Badge::Alert,
            Phase::Ready { .. } if blocked => Badge::Alert,
            Phase::Ready { .. } if status.unread > 0 => Badge::Unread,
            Phase::Ready { .. } => Badge::None,
        };
        let unread = t_with("tray-unread", [("count", status.unread.into()), ("shown", shown_count(status.unread).into())]);
        Self { badge, ink, unread, status: sentence(phase, status), do_not_disturb: settings.do_not_disturb }
    }
}

fn sentence(phase: &Phase, status: &Status) -> String {
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
    use hearth_client::view::{Me, Problem, Server, Settings};
    use hearth_protocol::ids::UserId;

    fn ready(status: Status) -> Known {
        let server = Server {
            name: "Home".into(),
            address: "a:1".into(),
            connect_link: "hearth://connect/a:1".into(),
            embedded: true,
            needs_set_up: false,
            accounts: Default::default(),
        };
        let me = Me { user: UserId::new(), username: "bob".into(), name: "Bob".into() };
        Known { phase: Phase::Ready { me, server, last: None }, status, settings: Settings::default() }
    }

    fn shown(known: &Known) -> (Badge, String) {
        let face = Face::of(known, Ink::Light);
        (face.badge, face.status)
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
        let lost = Known { phase: Phase::Blocked { problem: problem() }, ..ready(live) };
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
