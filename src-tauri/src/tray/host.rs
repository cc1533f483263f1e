//! Whether anything shows tray icons: without a host, a window that hides would be lost.

use std::time::Duration;

/// Asks the desktop, newly each time: panels come and go.
#[cfg(target_os = "linux")]
pub async fn is_there() -> bool {
    /// A panel that does not answer in this time is none.
    const PATIENCE: Duration = Duration::from_secs(1);
    let asked = async {
        let bus = zbus::Connection::session().await?;
        is_on(&bus).await
    };
    tokio::time::timeout(PATIENCE, asked).await.is_ok_and(|answer| answer.unwrap_or(false))
}

/// How often a panel is looked for that comes up with the session as the app does, and how long after each time.
const LOOKS: u32 = 10;
const AGAIN: Duration = Duration::from_secs(1);

/// The same while the session begins, when the panel may be later than the app.
pub async fn comes() -> bool {
    found(is_there, AGAIN).await
}

async fn found<F: Future<Output = bool>>(is_there: impl Fn() -> F, again: Duration) -> bool {
    for _ in 0..LOOKS {
        if is_there().await {
            return true;
        }
        tokio::time::sleep(again).await;
    }
    false
}

#[cfg(target_os = "linux")]
async fn is_on(bus: &zbus::Connection) -> zbus::Result<bool> {
    let watcher: zbus::Proxy<'_> = zbus::proxy::Builder::new(bus)
        .destination("org.kde.StatusNotifierWatcher")?
        .path("/StatusNotifierWatcher")?
        .interface("org.kde.StatusNotifierWatcher")?
        .cache_properties(zbus::proxy::CacheProperties::No)
        .build()
        .await?;
    watcher.get_property("IsStatusNotifierHostRegistered").await
}

/// macOS and Windows always have a place for it.
#[cfg(not(target_os = "linux"))]
pub async fn is_there() -> bool {
    true
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::test_bus::Bus;
    use std::sync::atomic::{AtomicU32, Ordering};

    struct Watcher {
        has_host: bool,
    }

    #[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
    impl Watcher {
        #[zbus(property)]
        fn is_status_notifier_host_registered(&self) -> bool {
            self.has_host
        }
    }

    async fn answer(watcher: Option<Watcher>) -> bool {
        let bus = Bus::start();
        let asking = bus.connect().build().await.unwrap();
        let Some(watcher) = watcher else { return is_on(&asking).await.unwrap_or(false) };
        let desktop = bus.connect().name("org.kde.StatusNotifierWatcher").unwrap();
        let _desktop = desktop.serve_at("/StatusNotifierWatcher", watcher).unwrap().build().await.unwrap();
        is_on(&asking).await.unwrap_or(false)
    }

    #[tokio::test]
    async fn a_panel_is_waited_for_but_not_for_ever() {
        for (comes_at, there) in [(1, true), (LOOKS, true), (LOOKS + 1, false)] {
            let looks = AtomicU32::new(0);
            let look = || std::future::ready(looks.fetch_add(1, Ordering::Relaxed) + 1 == comes_at);
            assert_eq!(found(look, Duration::ZERO).await, there);
        }
    }

    #[tokio::test]
    async fn only_a_panel_that_shows_icons_counts() {
        assert!(answer(Some(Watcher { has_host: true })).await);
        assert!(!answer(Some(Watcher { has_host: false })).await);
        assert!(!answer(None).await);
    }
}
