//! The number on Linux's launchers and docks, by the signal that Unity has brought: Ubuntu's dock and Plasma's task bar follow it.

use super::Badge;
use futures::StreamExt;
use std::{collections::HashMap, future::pending};
use tokio::sync::watch;
use zbus::{Connection, MatchRule, MessageStream, message::Type, zvariant::Value};

/// By the name of the file that the packages put into the list of programs.
const APP: &str = "application://Hearth.desktop";
const PATH: &str = "/chat/hearth/launcher";
const INTERFACE: &str = "com.canonical.Unity.LauncherEntry";
/// What each of those who follow the signal is called on the bus.
const LAUNCHER: &str = "com.canonical.Unity";
/// Launchers that come and go; one comes with a session.
const COMING_MAX: usize = 16;

/// Tells the launchers, until the app ends; whoever comes later is told then. `bus` is the session's unless a test brings one.
pub async fn run(bus: Option<Connection>, badge: watch::Receiver<Badge>, ending: watch::Receiver<bool>) {
    if let Err(error) = follow(bus, badge, ending).await {
        tracing::warn!(%error, "no number on the launcher");
    }
}

async fn follow(bus: Option<Connection>, mut badge: watch::Receiver<Badge>, mut ending: watch::Receiver<bool>) -> zbus::Result<()> {
    let bus = match bus {
        Some(bus) => bus,
        None => Connection::session().await?,
    };
    let mut coming = MessageStream::for_match_rule(coming()?, &bus, Some(COMING_MAX)).await?;
    loop {
        let number = badge.borrow_and_update().number;
        tell(&bus, number).await?;
        loop {
            let changed = async {
                match badge.changed().await {
                    Ok(()) => {}
                    // Nobody sets it any more; the app is about to end.
                    Err(_) => pending().await,
                }
            };
            // What it returns must not be held while the launchers are told.
            let ended = async { drop(ending.wait_for(|ending| *ending).await) };
            tokio::select! {
                biased;
                // On a launcher that outlives the app nothing must stay.
                () = ended => return tell(&bus, 0).await,
                () = changed => {
                    if badge.borrow().number != number {
                        break;
                    }
                }
                Some(_) = coming.next() => break,
            }
        }
    }
}

async fn tell(bus: &Connection, number: u32) -> zbus::Result<()> {
    let shown = HashMap::from([("count", Value::from(i64::from(number))), ("count-visible", Value::from(number > 0))]);
    bus.emit_signal(None::<&str>, PATH, INTERFACE, "Update", &(APP, shown)).await
}

fn coming() -> zbus::Result<MatchRule<'static>> {
    let rule = MatchRule::builder().msg_type(Type::Signal).interface("org.freedesktop.DBus")?.member("NameOwnerChanged")?;
    Ok(rule.arg(0, LAUNCHER)?.build())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::{badge::More, test_bus::Bus};
    use zbus::zvariant::OwnedValue;

    /// A launcher: what it is told, as the number and whether it is to be seen.
    struct Launcher {
        signals: MessageStream,
        bus: Connection,
    }

    impl Launcher {
        async fn on(bus: &Bus) -> Self {
            let bus = bus.connect().build().await.unwrap();
            let rule = MatchRule::builder().msg_type(Type::Signal).interface(INTERFACE).unwrap().build();
            Self { signals: MessageStream::for_match_rule(rule, &bus, None).await.unwrap(), bus }
        }

        async fn told(&mut self) -> (i64, bool) {
            let message = self.signals.next().await.unwrap().unwrap();
            assert_eq!(message.header().member().unwrap().as_str(), "Update");
            let body = message.body();
            let (app, shown): (String, HashMap<String, OwnedValue>) = body.deserialize().unwrap();
            assert_eq!(app, "application://Hearth.desktop");
            (i64::try_from(&shown["count"]).unwrap(), bool::try_from(&shown["count-visible"]).unwrap())
        }
    }

    #[tokio::test]
    async fn launchers_are_told_the_number_also_those_that_come_later_and_nothing_stays() {
        let bus = Bus::start();
        let mut launcher = Launcher::on(&bus).await;
        let (badge, seen) = watch::channel(Badge { number: 2, more: More::Unread });
        let ending = watch::Sender::new(false);
        let ours = bus.connect().build().await.unwrap();
        let running = tokio::spawn(run(Some(ours), seen, ending.subscribe()));
        assert_eq!(launcher.told().await, (2, true));
        // A dot is nothing that a launcher shows.
        badge.send_replace(Badge { number: 2, more: More::Alert });
        badge.send_replace(Badge { number: 1_000, more: More::Alert });
        assert_eq!(launcher.told().await, (1_000, true));
        badge.send_replace(Badge::default());
        assert_eq!(launcher.told().await, (0, false));
        launcher.bus.request_name(LAUNCHER).await.unwrap();
        assert_eq!(launcher.told().await, (0, false), "whoever starts now knows as well");
        badge.send_replace(Badge { number: 3, more: More::Nothing });
        assert_eq!(launcher.told().await, (3, true));
        ending.send_replace(true);
        assert_eq!(launcher.told().await, (0, false));
        running.await.unwrap();
    }
}
