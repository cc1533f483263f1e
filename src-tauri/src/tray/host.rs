//! Whether anything shows tray icons: without a host, a window that hides would be lost.

/// Asks the desktop, newly each time: panels come and go.
#[cfg(target_os = "linux")]
pub async fn is_there() -> bool {
    /// A panel that does not answer in this time is none.
    const PATIENCE: std::time::Duration = std::time::Duration::from_secs(1);
    tokio::time::timeout(PATIENCE, asked()).await.is_ok_and(|answer| answer.unwrap_or(false))
}

#[cfg(target_os = "linux")]
async fn asked() -> zbus::Result<bool> {
    let bus = zbus::Connection::session().await?;
    let watcher =
        zbus::Proxy::new(&bus, "org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher", "org.kde.StatusNotifierWatcher").await?;
    watcher.get_property("IsStatusNotifierHostRegistered").await
}

/// macOS and Windows always have a place for it.
#[cfg(not(target_os = "linux"))]
pub async fn is_there() -> bool {
    true
}
