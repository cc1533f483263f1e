//! Whether anything shows tray icons: without a host, a window that hides would be lost.

/// Asks the desktop, newly each time: panels come and go.
#[cfg(target_os = "linux")]
pub async fn is_there() -> bool {
    /// A panel that does not answer in this time is none.
    const PATIENCE: std::time::Duration = std::time::Duration::from_secs(1);
    let asked = async {
        let bus = zbus::Connection::session().await?;
        is_on(&bus).await
    };
    tokio::time::timeout(PATIENCE, asked).await.is_ok_and(|answer| answer.unwrap_or(false))
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
    async fn only_a_panel_that_shows_icons_counts() {
        assert!(answer(Some(Watcher { has_host: true })).await);
        assert!(!answer(Some(Watcher { has_host: false })).await);
        assert!(!answer(None).await);
    }
}
