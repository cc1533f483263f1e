//! How somebody has their conversations: the same on all their devices, and they are told of what they want to be told of.

use hearth_client::{
    Notice,
    notice::Place,
    view::{Arrange, Connection, ConversationItem, Filter, ListOrder, Settings},
};
use hearth_protocol::{ids::ConversationId, limits::FOR_EVER, rows::NotificationLevel};
use hearth_testkit::{Person, Town};

async fn line(person: &Person, conversation: ConversationId) -> ConversationItem {
    // All again: it may come back between two looks.
    for filter in [Filter::All, Filter::Archived, Filter::All] {
        let lines = person.client.list_conversations(filter, ListOrder::Newest, 100).await.unwrap();
        if let Some(line) = lines.into_iter().find(|line| line.id == conversation) {
            return line;
        }
    }
    panic!("no line of {conversation}")
}

async fn arrange(person: &Person, conversation: ConversationId, change: Arrange) {
    person.client.arrange_conversation(conversation, change).await.unwrap();
}

#[tokio::test]
async fn what_two_devices_arrange_offline_both_have_afterwards() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    bob.says(alice.user(), "hello").await;
    let direct = alice.direct(bob.user());
    alice.sees(direct, "hello").await;
    let elsewhere = Person::arrives("Alice").await;
    elsewhere.signs_in(&town.link()).await;
    elsewhere.sees(direct, "hello").await;

    town.server_stops().await;
    for device in [&alice, &elsewhere] {
        device.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    }
    arrange(&alice, direct, Arrange::Muted(Some(FOR_EVER))).await;
    arrange(&elsewhere, direct, Arrange::Pinned(true)).await;
    assert_eq!((line(&alice, direct).await.muted_until, line(&alice, direct).await.pinned), (Some(FOR_EVER), false));
    assert!(line(&elsewhere, direct).await.pinned);
    town.server_starts().await;
    for device in [&alice, &elsewhere] {
        device
            .until("both have both", async || {
                let line = line(device, direct).await;
                line.pinned && line.muted_until == Some(FOR_EVER)
            })
            .await;
        device.outbox_empties().await;
    }
    // Put away here, it is put away there, until something comes that is not muted.
    arrange(&alice, direct, Arrange::Muted(None)).await;
    arrange(&alice, direct, Arrange::Archived(true)).await;
    elsewhere.until("it is put away", async || line(&elsewhere, direct).await.archived).await;
    assert!(!line(&elsewhere, direct).await.pinned, "one is not both");
    bob.says(alice.user(), "are you there?").await;
    for device in [&alice, &elsewhere] {
        device.until("it is back", async || !line(device, direct).await.archived).await;
    }
    let bobs = line(&bob, direct).await;
    assert_eq!((bobs.pinned, bobs.archived, bobs.muted_until), (false, false, None), "it is nobody else's");
}

#[tokio::test]
async fn who_mutes_is_told_of_nothing_and_who_wants_mentions_of_those() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    alice.client.search_people("bob").await.unwrap();
    let walks = alice.client.create_conversation("Walks", vec![bob.user()]).await.unwrap();
    bob.until("he is in it", async || bob.list().await.iter().any(|line| line.id == walks)).await;
    alice.until("she has his name", async || alice.client.list_nameable(walks).await.is_ok_and(|people| people.len() == 1)).await;
    let mut notices = bob.client.notices();
    let send = async |text: &str| {
        let message = alice.client.send_message(walks, text).await.unwrap();
        bob.sees(walks, text).await;
        message
    };
    arrange(&bob, walks, Arrange::Level(NotificationLevel::Mentions)).await;
    send("nothing for anybody").await;
    let named = send("and @bob?").await;
    let Ok(Notice::Show(said)) = notices.recv().await else { panic!("no notice") };
    assert_eq!(
        (said.message, said.unread, said.place),
        (named, 1, Place::Group("Walks".into())),
        "of the two he is told of one, and it counts as one"
    );

    let called = send("and @everyone?").await;
    let Ok(Notice::Show(said)) = notices.recv().await else { panic!("no notice") };
    assert_eq!((said.message, said.unread), (called, 2), "everyone is him too");

    arrange(&bob, walks, Arrange::Muted(Some(FOR_EVER))).await;
    send("muted, @bob").await;
    assert_eq!(bob.client.boot().await.status.unread, 0);
    bob.until("it is a mention", async || line(&bob, walks).await.mentions == 3).await;
    bob.client.set_settings(Settings { mentions_break_mute: true, ..Settings::default() }).unwrap();
    assert_eq!(bob.client.boot().await.status.unread, 3, "what comes through mute counts");
    bob.client.set_settings(Settings::default()).unwrap();
    arrange(&bob, walks, Arrange::Muted(None)).await;
    arrange(&bob, walks, Arrange::Level(NotificationLevel::All)).await;
    let last = send("loud").await;
    let Ok(Notice::Show(said)) = notices.recv().await else { panic!("no notice") };
    assert_eq!((said.message, said.unread), (last, 5), "of what came in between he was not told");
    assert_eq!(bob.client.boot().await.status.unread, 5);
}
