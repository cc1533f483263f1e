use hearth_client::{
    Notice,
    notice::{Place, Said},
    view::{At, Connection, Delivery, Edge, SearchOrder, Update},
};
use hearth_testkit::Town;

#[tokio::test]
async fn reading_on_one_device_is_reading_on_all() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    for text in ["one", "two", "three"] {
        alice.says(bob.user(), text).await;
    }
    bob.sees(conversation, "three").await;
    let phone = hearth_testkit::Person::arrives("Bob").await;
    phone.signs_in(&town.link()).await;
    phone.sees(conversation, "three").await;
    assert_eq!(phone.list().await[0].unread, 3);

    bob.client.mark_read(conversation, 2).await.unwrap();
    assert_eq!(bob.list().await[0].unread, 1, "at once, before the server knows");
    phone.until("the phone knows", async || phone.list().await[0].unread == 1).await;
    phone.client.mark_read(conversation, 1).await.unwrap();
    assert_eq!(phone.list().await[0].unread, 1, "a marker never goes back");
    let page = phone.client.open_timeline(conversation, At::Unread).await.unwrap();
    assert_eq!((page.read_pos, page.unread, page.before), (2, 1, Edge::End));
}

#[tokio::test]
async fn marking_as_unread_is_on_all_devices_and_works_offline() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    alice.client.set_focus(Some(conversation), None, true).await.unwrap();
    let mut ids = vec![];
    for text in ["one", "two", "three"] {
        ids.push(alice.says(bob.user(), text).await);
    }
    bob.sees(conversation, "three").await;
    let phone = hearth_testkit::Person::arrives("Bob").await;
    phone.signs_in(&town.link()).await;
    bob.client.mark_read(conversation, None).await.unwrap();
    phone.until("the phone has read", async || phone.list().await.first().is_some_and(|line| line.unread == 0)).await;
    alice.ticks(conversation, ids[2], Delivery::Read).await;

    town.wire().cut();
    bob.is(Connection::default()).await;
    bob.client.mark_unread(conversation, Some(ids[1])).await.unwrap();
    assert_eq!(bob.list().await[0].unread, 2, "at once, with no network");
    let status = bob.client.boot().await.status;
    assert_eq!((status.outbox, status.unread), (0, 2));
    let page = bob.client.open_timeline(conversation, At::Unread).await.unwrap();
    assert_eq!((page.read_pos, page.unread), (1, 2));
    town.wire().heal();
    phone.until("the phone knows", async || phone.list().await[0].unread == 2).await;
    alice.ticks(conversation, ids[2], Delivery::Read).await;

    phone.client.mark_read(conversation, None).await.unwrap();
    bob.until("it is read again", async || bob.list().await[0].unread == 0).await;
    bob.client.mark_unread(conversation, None).await.unwrap();
    phone.until("the newest is unread", async || phone.list().await[0].unread == 1).await;
    let refused = alice.client.mark_unread(conversation, None).await.unwrap_err();
    assert_eq!(refused.code, "nothing_unread");
}

#[tokio::test]
async fn a_message_notifies_unless_it_is_on_the_screen() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    let mut notices = bob.client.notices();

    alice.says(bob.user(), "look here").await;
    let shown = notices.recv().await.unwrap();
    let Notice::Show(said) = shown else { panic!("{shown:?}") };
    assert_eq!((said.conversation, said.sender.as_str(), said.place), (conversation, "Alice", Place::Direct));
    assert_eq!((said.text.as_deref(), said.unread), (Some("look here"), 1));

    bob.client.mark_read(conversation, 1).await.unwrap();
    assert_eq!(notices.recv().await.unwrap(), Notice::Withdraw { conversation });

    bob.client.set_focus(Some(conversation), None, true).await.unwrap();
    let mut updates = bob.client.updates();
    alice.says(bob.user(), "you see this already").await;
    while !matches!(updates.recv().await.unwrap(), Update::Status { status } if status.unread == 1) {}
    bob.client.set_focus(None, None, false).await.unwrap();
    alice.says(bob.user(), "and this you do not").await;
    let shown = notices.recv().await.unwrap();
    assert!(matches!(shown, Notice::Show(Said { text: Some(text), .. }) if text == "and this you do not"));
}

#[tokio::test]
async fn drafts_survive_a_restart_and_sending_clears_them() {
    let town = Town::founded().await;
    let mut alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.client.start_direct(bob.user()).await.unwrap();
    alice.client.save_draft(conversation, "half a thou", None).await.unwrap();
    alice.restarts().await;
    assert_eq!(alice.list().await[0].draft.as_deref(), Some("half a thou"));
    alice.client.send_message(conversation, "half a thought").await.unwrap();
    assert_eq!(alice.list().await[0].draft, None);
}

#[tokio::test]
async fn search_finds_old_words_with_the_server_gone() {
    let mut town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    for text in ["the declination motor hums", "schöne Grüße", "今日は天気がいい", "nothing to see"] {
        alice.says(bob.user(), text).await;
    }
    bob.sees(conversation, "nothing to see").await;
    town.server_stops().await;
    for (query, expected) in [("declination mot", 1), ("schone grüße", 1), ("天気", 1), ("\"to see\"", 1), ("absent", 0), ("\" OR *", 0)]
    {
        let page = bob.client.search(query, SearchOrder::Newest, None).await.unwrap();
        assert_eq!(page.hits.len(), expected, "{query}");
        assert_eq!(page.incomplete, 0);
    }
    let page = bob.client.search("declination", SearchOrder::Newest, None).await.unwrap();
    assert!(page.hits[0].snippet.iter().any(|part| part.hit && part.text == "declination"));
    assert_eq!((page.hits[0].sender_name.as_str(), page.hits[0].conversation_name.as_str()), ("Alice", "Alice"));
    assert_eq!(bob.client.search("alice", SearchOrder::Newest, None).await.unwrap().conversations.len(), 1);
}

#[tokio::test]
async fn typing_shows_to_the_other_until_the_message_is_there() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    alice.says(bob.user(), "hello").await;
    bob.sees(conversation, "hello").await;
    let mut updates = bob.client.updates();
    let mut typing = async || loop {
        if let Update::Typing { conversation, user, name, ttl_ms } = updates.recv().await.unwrap() {
            return (conversation, user, name, ttl_ms > 0);
        }
    };
    alice.client.typing(conversation).await.unwrap();
    assert_eq!(typing().await, (conversation, alice.user(), "Alice".to_owned(), true));
    alice.says(bob.user(), "how are you?").await;
    assert_eq!(typing().await, (conversation, alice.user(), String::new(), false));
}
