//! Against a real bus of its own, with a notification service that writes down what it is asked.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::notify::{Of, Tagged, Told};
use crate::test_bus::Bus;
use hearth_client::{
    Notice,
    notice::{Place as Where, Said},
    view::AccountId,
};
use hearth_protocol::ids::{ConversationId, MessageId};
use std::collections::HashMap;
use tokio::sync::{broadcast, mpsc, watch};
use zbus::{object_server::SignalEmitter, zvariant::OwnedValue};

fn in_first(conversation: ConversationId) -> Place {
    Place { account: AccountId::FIRST, of: Of::Conversation(conversation) }
}

#[derive(Debug, PartialEq)]
enum Asked {
    Shown { id: u32, replaces: u32, summary: String, body: String },
    Closed(u32),
}

/// How a card is to be heard, and what can be done with it.
#[derive(Debug, PartialEq)]
struct Asides {
    sound: Option<String>,
    silent: bool,
    actions: Vec<String>,
}

struct Recorder {
    asked: mpsc::UnboundedSender<Asked>,
    asides: mpsc::UnboundedSender<Asides>,
    able: &'static [&'static str],
    inhibited: bool,
    refuses: bool,
    last: u32,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Recorder {
    fn get_capabilities(&self) -> Vec<String> {
        self.able.iter().map(|what| (*what).to_owned()).collect()
    }

    #[zbus(property)]
    fn inhibited(&self) -> bool {
        self.inhibited
    }

    #[allow(clippy::too_many_arguments)]
    fn notify(
        &mut self,
        _app_name: String,
        replaces: u32,
        _icon: String,
        summary: String,
        body: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        _expires: i32,
    ) -> zbus::fdo::Result<u32> {
        if self.refuses {
            return Err(zbus::fdo::Error::Failed("not today".into()));
        }
        let id = if replaces == 0 { self.last + 1 } else { replaces };
        self.last = self.last.max(id);
        self.asked.send(Asked::Shown { id, replaces, summary, body }).unwrap();
        let sound = hints.get("sound-name").map(|name| name.try_clone().unwrap().try_into().unwrap());
        let silent = hints.get("suppress-sound").is_some_and(|hint| bool::try_from(hint).unwrap());
        self.asides.send(Asides { sound, silent, actions }).unwrap();
        Ok(id)
    }

    fn close_notification(&mut self, id: u32) {
        self.asked.send(Asked::Closed(id)).unwrap();
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action: &str) -> zbus::Result<()>;
    #[zbus(signal)]
    async fn activation_token(emitter: &SignalEmitter<'_>, id: u32, token: &str) -> zbus::Result<()>;
    #[zbus(signal)]
    async fn notification_replied(emitter: &SignalEmitter<'_>, id: u32, text: &str) -> zbus::Result<()>;
}

struct Stage {
    service: zbus::Connection,
    asked: mpsc::UnboundedReceiver<Asked>,
    asides: mpsc::UnboundedReceiver<Asides>,
    /// As often as we played a sound ourselves.
    played: mpsc::UnboundedReceiver<()>,
    clicks: mpsc::UnboundedReceiver<Click>,
    notices: broadcast::Sender<Tagged>,
    ending: watch::Sender<bool>,
    _bus: Bus,
}

async fn stage() -> Stage {
    stage_with(&["body", "body-markup", "actions"], false).await
}

/// With a service that can do this, and may have been told to be quiet.
async fn stage_with(able: &'static [&'static str], inhibited: bool) -> Stage {
    let bus = Bus::start();
    let (said, asked) = mpsc::unbounded_channel();
    let (beside, asides) = mpsc::unbounded_channel();
    let path = "/org/freedesktop/Notifications";
    let recorder = Recorder { asked: said, asides: beside, able, inhibited, refuses: false, last: 0 };
    let service = bus.connect().name("org.freedesktop.Notifications").unwrap().serve_at(path, recorder).unwrap().build().await.unwrap();
    let ours = bus.connect().build().await.unwrap();
    let (notices, heard) = broadcast::channel(16);
    let (clicked, clicks) = mpsc::unbounded_channel();
    let ending = watch::Sender::new(false);
    let orders = Orders { notices: heard, ending: ending.subscribe() };
    let (sounded, played) = mpsc::unbounded_channel();
    tokio::spawn(run(Some(ours), orders, move |click| drop(clicked.send(click)), move || sounded.send(()).unwrap_or_default()));
    Stage { service, asked, asides, played, clicks, notices, ending, _bus: bus }
}

fn said(conversation: ConversationId, message: MessageId, sender: &str, text: &str) -> Notice {
    Notice::Show(Said { conversation, message, sender: sender.into(), place: Where::Direct, unread: 1, text: Some(text.into()) })
}

impl Stage {
    fn show(&self, conversation: ConversationId, message: MessageId, body: &str) {
        self.tell(AccountId::FIRST, None, said(conversation, message, "Alice <3", body));
    }

    fn withdraw(&self, conversation: ConversationId) {
        self.tell(AccountId::FIRST, None, Notice::Withdraw { conversation });
    }

    fn tell(&self, account: AccountId, label: Option<&str>, notice: Notice) {
        self.send(Tagged { account, label: label.map(str::to_owned), sound: true, told: Told::Of(notice) });
    }

    fn send(&self, tagged: Tagged) {
        self.notices.send(tagged).unwrap();
    }

    /// Shows a message to be heard or not, and returns how.
    async fn heard(&mut self, sound: bool) -> Asides {
        let notice = said(ConversationId::new(), MessageId::new(), "Alice", "hi");
        self.send(Tagged { account: AccountId::FIRST, label: None, sound, told: Told::Of(notice) });
        self.asides.recv().await.unwrap()
    }

    async fn asked(&mut self) -> Asked {
        self.asked.recv().await.unwrap()
    }

    fn emitter(&self) -> SignalEmitter<'_> {
        SignalEmitter::new(&self.service, "/org/freedesktop/Notifications").unwrap()
    }
}

#[tokio::test]
async fn one_card_per_conversation_that_leads_to_its_message() {
    let mut stage = stage().await;
    let (alice, bob) = (ConversationId::new(), ConversationId::new());
    let (first, second) = (MessageId::new(), MessageId::new());
    stage.show(alice, first, "<b>hi</b>");
    let shown = |id, replaces, body: &str| Asked::Shown { id, replaces, summary: "Alice <3".into(), body: body.into() };
    assert_eq!(stage.asked().await, shown(1, 0, "&lt;b&gt;hi&lt;/b&gt;"), "markup is text");
    stage.show(alice, second, "again");
    assert_eq!(stage.asked().await, shown(1, 1, "again"), "the second replaces the first");
    stage.show(bob, first, "yo");
    assert_eq!(stage.asked().await, shown(2, 0, "yo"));

    Recorder::action_invoked(&stage.emitter(), 77, "default").await.unwrap();
    Recorder::activation_token(&stage.emitter(), 1, "token").await.unwrap();
    Recorder::action_invoked(&stage.emitter(), 1, "default").await.unwrap();
    let click = stage.clicks.recv().await.unwrap();
    assert_eq!(
        click,
        Click { place: in_first(alice), message: Some(second), token: Some("token".into()), answer: None },
        "a stranger's id leads nowhere"
    );

    stage.withdraw(alice);
    stage.withdraw(bob);
    assert_eq!(stage.asked().await, Asked::Closed(2), "a card that was clicked is gone already");
}

#[tokio::test]
async fn what_two_accounts_are_told_of_one_conversation_are_two_cards() {
    let mut stage = stage().await;
    let (conversation, message) = (ConversationId::new(), MessageId::new());
    let other: AccountId = "01890000-0000-7000-8000-000000000001".parse().unwrap();
    let show = || said(conversation, message, "Carol", "hi");
    let shown = |id, summary: &str| Asked::Shown { id, replaces: 0, summary: summary.into(), body: "hi".into() };
    stage.tell(AccountId::FIRST, Some("Alice"), show());
    assert_eq!(stage.asked().await, shown(1, "Carol → Alice"));
    stage.tell(other, Some("Bob"), show());
    assert_eq!(stage.asked().await, shown(2, "Carol → Bob"));
    Recorder::action_invoked(&stage.emitter(), 2, "default").await.unwrap();
    assert_eq!(stage.clicks.recv().await.unwrap().place, Place { account: other, of: Of::Conversation(conversation) });
    stage.withdraw(conversation);
    assert_eq!(stage.asked().await, Asked::Closed(1), "read in one, it goes there");
}

#[tokio::test]
async fn a_service_that_starts_anew_knows_no_old_cards() {
    let mut stage = stage().await;
    let (alice, bob, carol) = (ConversationId::new(), ConversationId::new(), ConversationId::new());
    stage.show(alice, MessageId::new(), "hi");
    assert!(matches!(stage.asked().await, Asked::Shown { id: 1, replaces: 0, .. }));
    // Cards are shown one after the other: when this one is asked for, the answer to the first has arrived.
    stage.show(carol, MessageId::new(), "hi");
    assert!(matches!(stage.asked().await, Asked::Shown { id: 2, replaces: 0, .. }));
    stage.service.release_name("org.freedesktop.Notifications").await.unwrap();
    stage.service.request_name("org.freedesktop.Notifications").await.unwrap();
    stage.show(bob, MessageId::new(), "yo");
    assert!(matches!(stage.asked().await, Asked::Shown { id: 3, replaces: 0, .. }));
    Recorder::action_invoked(&stage.emitter(), 3, "default").await.unwrap();
    assert_eq!(stage.clicks.recv().await.unwrap().place, in_first(bob));
    stage.show(alice, MessageId::new(), "hi again");
    assert!(matches!(stage.asked().await, Asked::Shown { replaces: 0, .. }));
}

#[tokio::test]
async fn what_stands_is_taken_down_at_the_end() {
    let mut stage = stage().await;
    stage.show(ConversationId::new(), MessageId::new(), "hi");
    assert!(matches!(stage.asked().await, Asked::Shown { id: 1, .. }));
    stage.ending.send(true).unwrap();
    assert_eq!(stage.asked().await, Asked::Closed(1));
    stage.ending.closed().await;
}

fn open_only() -> Vec<String> {
    vec!["default".into(), "Open".into()]
}

#[tokio::test]
async fn a_service_with_sounds_plays_them_where_they_are_wanted() {
    let mut stage = stage_with(&["body", "actions", "sound"], false).await;
    let (name, actions) = ("message-new-instant".to_owned(), open_only());
    assert_eq!(stage.heard(true).await, Asides { sound: Some(name), silent: false, actions: actions.clone() });
    assert_eq!(stage.heard(false).await, Asides { sound: None, silent: true, actions });
    stage.ending.send(true).unwrap();
    stage.ending.closed().await;
    assert_eq!(stage.played.recv().await, None, "we play nothing");
}

#[tokio::test]
async fn where_the_service_has_no_sounds_we_play_one_of_what_comes_at_once() {
    let mut stage = stage_with(&["body", "actions"], false).await;
    let silent = || Asides { sound: None, silent: true, actions: open_only() };
    assert_eq!(stage.heard(false).await, silent());
    for _ in 0..3 {
        assert_eq!(stage.heard(true).await, silent(), "it is told to be silent, so that it is not heard twice");
    }
    stage.ending.send(true).unwrap();
    stage.ending.closed().await;
    assert_eq!((stage.played.recv().await, stage.played.recv().await), (Some(()), None));
}

#[tokio::test]
async fn a_desktop_that_is_to_be_quiet_hears_nothing_of_us() {
    let mut stage = stage_with(&["body", "actions"], true).await;
    stage.heard(true).await;
    stage.ending.send(true).unwrap();
    stage.ending.closed().await;
    assert_eq!(stage.played.recv().await, None);
}

#[tokio::test]
async fn a_message_is_answered_in_its_card_where_the_service_has_room_for_that() {
    let mut stage = stage_with(&["body", "actions", "inline-reply"], false).await;
    let (alice, bob, message) = (ConversationId::new(), ConversationId::new(), MessageId::new());
    stage.show(alice, message, "who has the key?");
    let asides = stage.asides.recv().await.unwrap();
    assert_eq!(asides.actions, ["default", "Open", "inline-reply", "Reply"]);
    stage.show(bob, message, "and the lamp?");
    assert_eq!(stage.asides.recv().await.unwrap().actions.len(), 4);
    // What came while away is nothing that somebody said.
    stage.tell(AccountId::FIRST, None, Notice::Summary { unread: 2, conversations: 1, only: Some(ConversationId::new()) });
    assert_eq!(stage.asides.recv().await.unwrap().actions, open_only());

    Recorder::notification_replied(&stage.emitter(), 77, "to nobody").await.unwrap();
    Recorder::notification_replied(&stage.emitter(), 2, " \n").await.unwrap();
    Recorder::notification_replied(&stage.emitter(), 1, "I do").await.unwrap();
    let click = stage.clicks.recv().await.unwrap();
    assert_eq!(click, Click { place: in_first(alice), message: Some(message), token: None, answer: Some("I do".into()) });
}

#[tokio::test]
async fn whoever_tries_it_hears_whether_it_was_shown() {
    let mut stage = stage().await;
    let (waits, mut answer) = mpsc::channel(1);
    let trial = |waits| Tagged { account: AccountId::FIRST, label: Some("Alice".into()), sound: true, told: Told::Trial(waits) };
    stage.send(trial(waits));
    let title = "This is how Hearth tells you".to_owned();
    let body = "Messages will look and sound like this.".to_owned();
    assert_eq!(stage.asked().await, Asked::Shown { id: 1, replaces: 0, summary: title, body });
    assert_eq!(answer.recv().await, Some(true));
    assert_eq!(stage.played.recv().await, Some(()));
    Recorder::action_invoked(&stage.emitter(), 1, "default").await.unwrap();
    let click = stage.clicks.recv().await.unwrap();
    assert_eq!((click.place.of, click.message, click.answer), (Of::Trial, None, None), "it leads to the window and no further");

    let recorder = stage.service.object_server().interface::<_, Recorder>("/org/freedesktop/Notifications").await.unwrap();
    recorder.get_mut().await.refuses = true;
    let (waits, mut answer) = mpsc::channel(1);
    stage.send(trial(waits));
    assert_eq!(answer.recv().await, Some(false), "the service does not show it");
}
