//! Against a real bus of its own, with a notification service that writes down what it is asked.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::notify::Of;
use crate::notify::Tagged;
use crate::test_bus::Bus;
use hearth_client::{Notice, notice::Body, view::AccountId};
use hearth_protocol::ids::{ConversationId, MessageId};
use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
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

struct Recorder {
    asked: mpsc::UnboundedSender<Asked>,
    last: u32,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Recorder {
    fn get_capabilities(&self) -> Vec<String> {
        vec!["body".into(), "body-markup".into(), "actions".into()]
    }

    #[allow(clippy::too_many_arguments)]
    fn notify(
        &mut self,
        _app_name: String,
        replaces: u32,
        _icon: String,
        summary: String,
        body: String,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expires: i32,
    ) -> u32 {
        let id = if replaces == 0 { self.last + 1 } else { replaces };
        self.last = self.last.max(id);
        self.asked.send(Asked::Shown { id, replaces, summary, body }).unwrap();
        id
    }

    fn close_notification(&mut self, id: u32) {
        self.asked.send(Asked::Closed(id)).unwrap();
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action: &str) -> zbus::Result<()>;
    #[zbus(signal)]
    async fn activation_token(emitter: &SignalEmitter<'_>, id: u32, token: &str) -> zbus::Result<()>;
}

struct Stage {
    service: zbus::Connection,
    asked: mpsc::UnboundedReceiver<Asked>,
    clicks: mpsc::UnboundedReceiver<Click>,
    notices: broadcast::Sender<Tagged>,
    may_disturb: Arc<AtomicBool>,
    ending: watch::Sender<bool>,
    _bus: Bus,
}

async fn stage() -> Stage {
    let bus = Bus::start();
    let (said, asked) = mpsc::unbounded_channel();
    let path = "/org/freedesktop/Notifications";
    let recorder = Recorder { asked: said, last: 0 };
    let service = bus.connect().name("org.freedesktop.Notifications").unwrap().serve_at(path, recorder).unwrap().build().await.unwrap();
    let ours = bus.connect().build().await.unwrap();
    let (notices, heard) = broadcast::channel(16);
    let (clicked, clicks) = mpsc::unbounded_channel();
    let may_disturb = Arc::new(AtomicBool::new(true));
    let may = may_disturb.clone();
    let ending = watch::Sender::new(false);
    let orders = Orders { notices: heard, ending: ending.subscribe(), may_disturb: Box::new(move || may.load(Ordering::Acquire)) };
    tokio::spawn(run(Some(ours), orders, move |click| drop(clicked.send(click))));
    Stage { service, asked, clicks, notices, may_disturb, ending, _bus: bus }
}

impl Stage {
    fn show(&self, conversation: ConversationId, message: MessageId, body: &str) {
        let notice = Notice::Show { conversation, message: Some(message), title: "Alice <3".into(), body: Body::Text(body.into()) };
        self.tell(AccountId::FIRST, None, notice);
    }

    fn withdraw(&self, conversation: ConversationId) {
        self.tell(AccountId::FIRST, None, Notice::Withdraw { conversation });
    }

    fn tell(&self, account: AccountId, label: Option<&str>, notice: Notice) {
        self.notices.send(Tagged { account, label: label.map(str::to_owned), notice }).unwrap();
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
        Click { place: in_first(alice), message: Some(second), token: Some("token".into()) },
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
    let show = || Notice::Show { conversation, message: Some(message), title: "Carol".into(), body: Body::Text("hi".into()) };
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
async fn do_not_disturb_keeps_quiet_and_still_withdraws() {
    let mut stage = stage().await;
    let alice = ConversationId::new();
    stage.show(alice, MessageId::new(), "hi");
    assert!(matches!(stage.asked().await, Asked::Shown { id: 1, .. }));
    stage.may_disturb.store(false, Ordering::Release);
    stage.show(alice, MessageId::new(), "psst");
    stage.withdraw(alice);
    assert_eq!(stage.asked().await, Asked::Closed(1));
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
