//! The desktop's bus: who is there, and which notifications were shown.

use crate::until;
use anyhow::{Context as _, Result};
use futures::StreamExt;
use serde::Serialize;
use std::sync::{Arc, Mutex, PoisonError};
use zbus::{
    Connection, MatchRule, MessageStream,
    connection::Builder,
    fdo,
    message::Type,
    names::BusName,
    zvariant::{DynamicType, Value},
};

const NOTIFICATIONS: &str = "org.freedesktop.Notifications";
const LAUNCHER: &str = "com.canonical.Unity.LauncherEntry";

/// A notification as the app asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub app: String,
    pub title: String,
    pub body: String,
    /// Pairs of a key and what the button says.
    pub actions: Vec<String>,
}

/// A connection to the desktop's bus, and a second one that listens in on notifications.
#[derive(Debug)]
pub struct Bus {
    connection: Connection,
    shown: Arc<Mutex<Vec<Shown>>>,
    /// What the launcher was told last, of all apps that run.
    number: Arc<Mutex<Option<i64>>>,
    listening: tokio::task::JoinHandle<()>,
}

impl Bus {
    pub async fn connect(address: &str) -> Result<Self> {
        let connection = Builder::address(address)?.build().await.context("the desktop's bus does not answer")?;
        let monitor = Builder::address(address)?.build().await?;
        let shows = MatchRule::builder().msg_type(Type::MethodCall).interface(NOTIFICATIONS)?.member("Notify")?.build();
        let counts = MatchRule::builder().msg_type(Type::Signal).interface(LAUNCHER)?.member("Update")?.build();
        fdo::MonitoringProxy::new(&monitor).await?.become_monitor(&[shows, counts], 0).await?;
        let (shown, number) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(None)));
        let listening = tokio::spawn(listen(monitor, Arc::clone(&shown), Arc::clone(&number)));
        Ok(Self { connection, shown, number, listening })
    }

    /// Waits until somebody has this name.
    pub async fn has(&self, name: &str) -> Result<()> {
        let bus = fdo::DBusProxy::new(&self.connection).await?;
        let wanted = BusName::try_from(name)?;
        until(&format!("{name} on the bus"), || async { Ok(bus.name_has_owner(wanted.clone()).await?.then_some(())) }).await
    }

    /// The processes by which the apps that run are known on the bus: one for each profile.
    pub async fn instances(&self) -> Result<Vec<u32>> {
        let bus = fdo::DBusProxy::new(&self.connection).await?;
        let mut processes = Vec::new();
        for name in bus.list_names().await? {
            if name.as_str().ends_with(".SingleInstance") {
                processes.push(bus.get_connection_unix_process_id(name.inner().clone()).await?);
            }
        }
        Ok(processes)
    }

    /// Where the accessibility bus is: beside this one, on a desktop that is read aloud.
    pub async fn accessibility(&self) -> Result<String> {
        let reply = self
            .connection
            .call_method(Some("org.a11y.Bus"), "/org/a11y/bus", Some("org.a11y.Bus"), "GetAddress", &())
            .await
            .context("there is no accessibility bus")?;
        let body = reply.body();
        Ok(body.deserialize::<String>()?)
    }

    /// Every notification so far, oldest first.
    pub fn shown(&self) -> Vec<Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits for a notification that has `words` in its title or body.
    pub async fn notification(&self, words: &str) -> Result<Shown> {
        until(&format!("a notification with {words:?}"), || async {
            Ok(self.shown().into_iter().find(|shown| shown.title.contains(words) || shown.body.contains(words)))
        })
        .await
    }

    /// Waits until this is the last number that any app has put on its icon.
    pub async fn launcher_shows(&self, number: i64) -> Result<()> {
        until(&format!("{number} on the icon"), || async {
            let last = *self.number.lock().unwrap_or_else(PoisonError::into_inner);
            Ok((last == Some(number)).then_some(()))
        })
        .await
    }

    /// Clicks the notification on the top of the screen, the oldest, as dunst's own key does.
    pub async fn click_notification(&self) -> Result<()> {
        self.order("NotificationAction", &0_u32).await
    }

    /// Puts away what is on the screen.
    pub async fn close_notifications(&self) -> Result<()> {
        self.order("NotificationCloseAll", &()).await
    }

    async fn order(&self, what: &str, body: &(impl Serialize + DynamicType)) -> Result<()> {
        self.connection
            .call_method(Some(NOTIFICATIONS), "/org/freedesktop/Notifications", Some("org.dunstproject.cmd0"), what, body)
            .await
            .with_context(|| format!("dunst did not take {what}"))?;
        Ok(())
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// The app's name, the id it replaces, icon, title, body, actions, hints, how long.
type Notify<'a> = (String, u32, String, String, String, Vec<String>, std::collections::HashMap<String, Value<'a>>, i32);

/// Of which app, and what is to stand on its icon.
type Update<'a> = (String, std::collections::HashMap<String, Value<'a>>);

async fn listen(monitor: Connection, shown: Arc<Mutex<Vec<Shown>>>, number: Arc<Mutex<Option<i64>>>) {
    let mut messages = MessageStream::from(monitor);
    while let Some(Ok(message)) = messages.next().await {
        let body = message.body();
        if message.header().member().is_some_and(|member| member.as_str() == "Update") {
            if let Ok((_, told)) = body.deserialize::<Update<'_>>()
                && let Some(Value::I64(count)) = told.get("count")
            {
                *number.lock().unwrap_or_else(PoisonError::into_inner) = Some(*count);
            }
            continue;
        }
        if message.header().member().is_none_or(|member| member.as_str() != "Notify") {
            continue;
        }
        if let Ok((app, _, _, title, body, actions, _, _)) = body.deserialize::<Notify<'_>>() {
            shown.lock().unwrap_or_else(PoisonError::into_inner).push(Shown { app, title, body, actions });
        }
    }
}
