//! Being told: by words of one's own, not while one wants quiet, and why.

use hearth_client::{
    Notice,
    view::{Arrange, NotifyLevel, QuietHours, RuleName, RuleSaid, Settings, WhyView},
};
use hearth_protocol::{
    Pos,
    ids::{ConversationId, MessageId},
    limits::FOR_EVER,
    rows::NotificationLevel,
};
use hearth_testkit::{Person, Town};

/// Alice and Bob in a conversation of several people, and what Bob is shown.
struct Lamps {
    _town: Town,
    alice: Person,
    bob: Person,
    lamps: ConversationId,
}

impl Lamps {
    async fn lit() -> Self {
        let town = Town::founded().await;
        let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
        alice.client.search_people("bob").await.unwrap();
        let lamps = alice.client.create_conversation("Lamps", vec![bob.user()]).await.unwrap();
        bob.until("he is in it", async || bob.list().await.iter().any(|line| line.id == lamps)).await;
        Self { _town: town, alice, bob, lamps }
    }

    async fn says(&self, text: &str) -> MessageId {
        let message = self.alice.client.send_message(self.lamps, text).await.unwrap();
        self.bob.sees(self.lamps, text).await;
        message
    }

    /// Once he has been told or not: what is decided is remembered.
    async fn why(&self, message: MessageId) -> WhyView {
        let why = async || self.bob.client.why_told(self.lamps, message).await.unwrap();
        self.bob.until("it is decided", async || why().await.decided_at_local.is_some()).await;
        why().await
    }

    async fn decided(&self, text: &str) -> (bool, RuleName) {
        let message = self.says(text).await;
        let why = self.why(message).await;
        (why.told, why.decided_by)
    }

    fn wants(&self, settings: Settings) {
        self.bob.client.set_settings(settings).unwrap();
    }
}

fn words(keywords: &[&str]) -> Settings {
    Settings { keywords: keywords.iter().map(|word| (*word).to_owned()).collect(), ..Settings::default() }
}

#[tokio::test]
async fn a_word_counts_like_a_mention() {
    let here = Lamps::lit().await;
    here.bob.client.arrange_conversation(here.lamps, Arrange::Level(NotificationLevel::Mentions)).await.unwrap();
    here.wants(words(&["wick"]));
    let mut notices = here.bob.client.notices();
    assert_eq!(here.decided("nothing for anybody").await, (false, RuleName::LevelMentions));
    let wick = here.says("Who trims the WICK?").await;
    let Ok(Notice::Show(said)) = notices.recv().await else { panic!("no notice") };
    assert_eq!((said.message, said.unread), (wick, 1));
    let why = here.why(wick).await;
    let found = why.steps.iter().find(|step| step.rule == RuleName::Keyword).unwrap();
    assert_eq!((why.told, why.decided_by), (true, RuleName::Keyword));
    assert_eq!((found.said, found.keyword.as_deref()), (RuleSaid::Speaks, Some("wick")));

    here.bob.client.arrange_conversation(here.lamps, Arrange::Muted(Some(FOR_EVER))).await.unwrap();
    assert_eq!(here.decided("a wick, muted").await, (false, RuleName::Mute));
    here.wants(Settings { mentions_break_mute: true, ..words(&["wick"]) });
    let last = here.says("the wick again").await;
    let Ok(Notice::Show(said)) = notices.recv().await else { panic!("no notice") };
    assert_eq!((said.message, said.unread), (last, 3), "of the three with his word he counts each");
    assert_eq!(here.decided("and nothing").await, (false, RuleName::Mute));
}

#[tokio::test]
async fn who_wants_quiet_is_told_of_nothing_and_can_ask_why() {
    let here = Lamps::lit().await;
    let plain = Settings::default();
    here.wants(Settings { do_not_disturb: true, ..plain.clone() });
    assert_eq!(here.decided("one").await, (false, RuleName::DoNotDisturb));
    here.wants(Settings { do_not_disturb: true, do_not_disturb_until_local: Some(1), ..plain.clone() });
    assert_eq!(here.decided("two").await, (true, RuleName::Everything), "it is over");
    let always = QuietHours { on: true, from: 0, to: 0, ..QuietHours::default() };
    here.wants(Settings { quiet_hours: always, ..plain.clone() });
    assert_eq!(here.decided("three").await, (false, RuleName::QuietHours));
    here.wants(Settings { notify: NotifyLevel::Nothing, ..plain.clone() });
    assert_eq!(here.decided("four").await, (false, RuleName::Shown));
    here.wants(plain);
    here.bob.client.set_focus(Some(here.lamps), None, true).await.unwrap();
    assert_eq!(here.decided("five").await, (false, RuleName::Screen));
    here.bob.client.set_idle(true).await.unwrap();
    assert_eq!(here.decided("six").await, (true, RuleName::Everything), "an open window with nobody before it is read by nobody");
}

#[tokio::test]
async fn what_nobody_remembers_is_what_would_be_said_now() {
    let mut here = Lamps::lit().await;
    let said = here.says("look at the lamp").await;
    assert_eq!(here.why(said).await.decided_by, RuleName::Everything);
    here.bob.restarts().await;
    here.bob.client.mark_read(here.lamps, None).await.unwrap();
    here.wants(words(&["lamp"]));
    let why = here.bob.client.why_told(here.lamps, said).await.unwrap();
    assert_eq!((why.told, why.decided_by, why.decided_at_local), (true, RuleName::Keyword, None), "that he has read it is no reason");

    here.alice.client.delete_message(here.lamps, said).await.unwrap();
    let gone = async || here.bob.client.why_told(here.lamps, said).await.is_err_and(|problem| problem.code == "message_gone");
    here.bob.until("it is deleted", gone).await;
}

#[tokio::test]
async fn what_is_shown_goes_when_it_is_deleted_though_other_things_are_unread() {
    let here = Lamps::lit().await;
    let mut notices = here.bob.client.notices();
    here.says("first").await;
    let Ok(Notice::Show(_)) = notices.recv().await else { panic!("no notice") };
    let second = here.says("second").await;
    let Ok(Notice::Show(said)) = notices.recv().await else { panic!("no notice") };
    assert_eq!((said.message, said.unread), (second, 2));
    here.alice.client.delete_message(here.lamps, second).await.unwrap();
    assert_eq!(notices.recv().await.unwrap(), Notice::Withdraw { conversation: here.lamps });
}

#[tokio::test]
async fn what_was_deleted_and_what_the_blocked_wrote_counts_no_more() {
    let town = Town::founded().await;
    let (alice, bob, carol) = (town.resident("Alice").await, town.resident("Bob").await, town.resident("Carol").await);
    let lamps = alice.client.create_conversation("Lamps", vec![bob.user(), carol.user()]).await.unwrap();
    for person in [&bob, &carol] {
        person.until("it is listed", async || person.list().await.iter().any(|line| line.id == lamps)).await;
    }
    bob.client.arrange_conversation(lamps, Arrange::Level(NotificationLevel::Mentions)).await.unwrap();
    bob.client.set_settings(words(&["wick"])).unwrap();
    let mut notices = bob.client.notices();
    let says = async |person: &Person, text: &str| {
        let message = person.client.send_message(lamps, text).await.unwrap();
        bob.sees(lamps, text).await;
        message
    };
    let mut shown = async |message: MessageId| loop {
        if let Notice::Show(said) = notices.recv().await.expect("a notice")
            && said.message == message
        {
            return said.unread;
        }
    };
    let (deleted, blocked) = (says(&alice, "a wick too many").await, says(&carol, "my wick").await);
    assert_eq!(shown(blocked).await, 2);
    bob.client.block_user(carol.user()).await.unwrap();
    bob.outbox_empties().await;
    alice.client.delete_message(lamps, deleted).await.unwrap();
    let gone = async || bob.client.why_told(lamps, deleted).await.is_err_and(|problem| problem.code == "message_gone");
    bob.until("it is deleted", gone).await;
    says(&alice, "nothing for anybody").await;
    let last = says(&alice, "the last wick").await;
    assert_eq!(shown(last).await, 1, "of two unread ones he is told of one");
}

impl Lamps {
    /// Alice says something in a thread alone; once Bob has it, with its place.
    async fn says_aside(&self, root: MessageId, text: &str) -> (MessageId, Pos) {
        let aside = self.alice.client.say_in_thread(self.lamps, root, text, false).await.unwrap();
        let place = async || {
            let page = self.bob.client.open_thread(self.lamps, root, None).await.unwrap();
            page.messages.into_iter().find(|message| message.id == aside).and_then(|message| message.pos)
        };
        self.bob.until("the aside came", async || place().await.is_some()).await;
        (aside, place().await.unwrap())
    }
}

#[tokio::test]
async fn an_aside_is_on_the_screen_in_its_thread_and_elsewhere_it_is_told_of_until_it_is_read() {
    let here = Lamps::lit().await;
    here.bob.client.arrange_conversation(here.lamps, Arrange::Level(NotificationLevel::Mentions)).await.unwrap();
    here.wants(words(&["wick"]));
    let root = here.says("the lamp").await;
    let mut notices = here.bob.client.notices();
    // He looks at the conversation, which does not show it.
    here.bob.client.set_focus(Some(here.lamps), None, true).await.unwrap();
    let (first, pos) = here.says_aside(root, "its wick is short").await;
    let why = here.why(first).await;
    assert_eq!((why.told, why.decided_by), (true, RuleName::Keyword));
    let Ok(Notice::Show(said)) = notices.recv().await else { panic!("no notice") };
    assert_eq!((said.message, said.unread), (first, 1));
    // Of a thread that he does not follow he has read what he has read of the conversation.
    here.bob.client.mark_read(here.lamps, pos).await.unwrap();
    assert_eq!(notices.recv().await.unwrap(), Notice::Withdraw { conversation: here.lamps });
    // One that he follows is read for itself: how much is for him is counted from where he has read it.
    here.bob.client.follow_thread(here.lamps, root, true).await.unwrap();
    here.bob.outbox_empties().await;
    let (second, pos) = here.says_aside(root, "another wick").await;
    let Ok(Notice::Show(said)) = notices.recv().await else { panic!("no notice") };
    assert_eq!((said.message, said.unread), (second, 1));
    here.bob.client.mark_read(here.lamps, pos).await.unwrap();
    let (third, _) = here.says_aside(root, "and one more wick").await;
    let Ok(Notice::Show(said)) = notices.recv().await else { panic!("no notice") };
    assert_eq!((said.message, said.unread), (third, 2));
    // With the window of the thread open it is before his eyes.
    here.bob.client.set_focus(Some(here.lamps), Some(root), true).await.unwrap();
    let (last, _) = here.says_aside(root, "the last wick").await;
    let why = here.why(last).await;
    assert_eq!((why.told, why.decided_by), (false, RuleName::Screen));
}
