//! The notification service on the bus.

use super::{Card, t, text};
use crate::notify::sound;
use futures::{StreamExt, stream::BoxStream};
use std::{collections::HashMap, time::Duration};
use zbus::{Connection, MatchRule, Message, MessageStream, message::Type, zvariant::Value};

/// What the service tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Comes just before the click that it belongs to.
    Token {
        id: u32,
        token: String,
    },
    Clicked {
        id: u32,
    },
    /// Something was written into the card.
    Answered {
        id: u32,
        text: String,
    },
    Closed {
        id: u32,
    },
    /// Another service, or the same one anew: no id means anything any more.
    Restarted,
}

impl Signal {
    pub fn id(&self) -> Option<u32> {
        match self {
            Self::Token { id, .. } | Self::Clicked { id } | Self::Answered { id, .. } | Self::Closed { id } => Some(*id),
            Self::Restarted => None,
        }
    }
}

#[zbus::proxy(
    interface = "org.freedesktop.Notifications",
    default_service = "org.freedesktop.Notifications",
    default_path = "/org/freedesktop/Notifications"
)]
trait Notifications {
    #[allow(clippy::too_many_arguments)]
    fn notify(
        &self,
        app_name: &str,
        replaces_id: u32,
        app_icon: &str,
        summary: &str,
        body: &str,
        actions: &[&str],
        hints: HashMap<&str, Value<'_>>,
        expire_timeout: i32,
    ) -> zbus::Result<u32>;
    fn close_notification(&self, id: u32) -> zbus::Result<()>;
    fn get_capabilities(&self) -> zbus::Result<Vec<String>>;
    /// KDE's: the person wants no notifications from anything at this moment.
    #[zbus(property(emits_changed_signal = "false"))]
    fn inhibited(&self) -> zbus::Result<bool>;
}

/// A service that answered.
pub struct Service {
    proxy: NotificationsProxy<'static>,
    /// It reads markup in bodies, so plain text must be escaped for it. Others show text as it is.
    markup: bool,
    /// It plays what is to be heard.
    sound: bool,
    /// It has room to write an answer: KDE's.
    answers: bool,
}

/// A service and what it tells.
pub struct Line {
    pub service: Service,
    pub signals: BoxStream<'static, Signal>,
}

/// Signals that wait. Other apps' notifications make some as well.
const SIGNALS_MAX: usize = 256;

/// A service that does not say in this time whether it is inhibited is not.
const PATIENCE: Duration = Duration::from_secs(1);

/// The service chooses how long a card stays.
const EXPIRES_BY_ITSELF: i32 = -1;

impl Line {
    /// Looks for the service, which the bus may start for this.
    pub async fn find(bus: Option<Connection>) -> zbus::Result<Self> {
        let bus = match bus {
            Some(bus) => bus,
            None => Connection::session().await?,
        };
        let proxy = NotificationsProxy::new(&bus).await?;
        let signals = MessageStream::for_match_rule(signals()?, &bus, Some(SIGNALS_MAX)).await?;
        let signals = signals.filter_map(|message| async move { message.ok().and_then(|message| read(&message)) });
        let restarts = MessageStream::for_match_rule(restarts()?, &bus, Some(SIGNALS_MAX)).await?.map(|_| Signal::Restarted);
        let able = proxy.get_capabilities().await?;
        let able = |what: &str| able.iter().any(|word| word == what);
        let (markup, sound, answers) = (able("body-markup"), able("sound"), able("inline-reply"));
        let signals = futures::stream::select(signals, restarts).boxed();
        Ok(Self { service: Service { proxy, markup, sound, answers }, signals })
    }
}

impl Service {
    /// Shows a card in the place of `replaced`, and returns its id.
    pub async fn show(&self, card: &Card, replaced: Option<u32>) -> zbus::Result<u32> {
        let body = if self.markup { text::escaped(&card.body) } else { card.body.clone() };
        let mut hints = HashMap::from([
            ("desktop-entry", Value::from("Hearth")),
            ("category", Value::from("im.received")),
            ("urgency", Value::from(1_u8)),
        ]);
        if card.sound && self.sound {
            hints.insert("sound-name", Value::from(sound::NAME));
        } else {
            // Also where we play it: twice is once too often.
            hints.insert("suppress-sound", Value::from(true));
        }
        let (open, answer) = (t("notify-open"), t("notify-answer"));
        let mut actions = vec!["default", open.as_str()];
        if self.answers && card.can_be_answered() {
            actions.extend(["inline-reply", answer.as_str()]);
            hints.insert("x-kde-reply-placeholder-text", Value::from(t("notify-answer-hint")));
            hints.insert("x-kde-reply-submit-button-text", Value::from(t("notify-answer-send")));
        }
        self.proxy.notify(&t("app-name"), replaced.unwrap_or(0), "hearth", &card.title, &body, &actions, hints, EXPIRES_BY_ITSELF).await
    }

    /// It plays nothing itself, and nobody has told it to be quiet.
    pub async fn leaves_sound_to_us(&self) -> bool {
        !self.sound && !tokio::time::timeout(PATIENCE, self.proxy.inhibited()).await.is_ok_and(|said| said.unwrap_or(false))
    }

    pub async fn close(&self, id: u32) -> zbus::Result<()> {
        self.proxy.close_notification(id).await
    }
}

fn signals() -> zbus::Result<MatchRule<'static>> {
    Ok(MatchRule::builder()
        .msg_type(Type::Signal)
        .interface("org.freedesktop.Notifications")?
        .path("/org/freedesktop/Notifications")?
        .build())
}

/// The name has another owner. Heard as it comes: the proxy's own stream for this waits for what follows before it tells.
fn restarts() -> zbus::Result<MatchRule<'static>> {
    let rule = MatchRule::builder().msg_type(Type::Signal).interface("org.freedesktop.DBus")?.member("NameOwnerChanged")?;
    Ok(rule.arg(0, "org.freedesktop.Notifications")?.build())
}

/// One stream for all of them keeps their order: a token comes before its click, a click before the closing that it causes.
fn read(message: &Message) -> Option<Signal> {
    let header = message.header();
    let body = message.body();
    match header.member()?.as_str() {
        "ActivationToken" => body.deserialize::<(u32, String)>().ok().map(|(id, token)| Signal::Token { id, token }),
        "ActionInvoked" => body.deserialize::<(u32, String)>().ok().map(|(id, _)| Signal::Clicked { id }),
        "NotificationReplied" => body.deserialize::<(u32, String)>().ok().map(|(id, text)| Signal::Answered { id, text }),
        "NotificationClosed" => body.deserialize::<(u32, u32)>().ok().map(|(id, _)| Signal::Closed { id }),
        _ => None,
    }
}
