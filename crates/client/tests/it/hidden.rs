//! What somebody deletes for themselves: without a server too, the same on all their devices, and nobody else's business.

use hearth_client::view::{Connection, QuotedView, SearchOrder};
use hearth_testkit::{Person, Town};

#[tokio::test]
async fn what_is_hidden_offline_is_hidden_on_every_device_and_for_nobody_else() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let first = bob.says(alice.user(), "first").await;
    let second = bob.says(alice.user(), "second").await;
    let direct = alice.direct(bob.user());
    let elsewhere = Person::arrives("Alice").await;
    elsewhere.signs_in(&town.link()).await;
    for device in [&alice, &elsewhere] {
        device.sees(direct, "second").await;
    }
    alice.client.reply_to_message(direct, second, "why second?").await.unwrap();
    alice.outbox_empties().await;

    town.server_stops().await;
    for device in [&alice, &elsewhere] {
        device.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    }
    alice.client.hide_message(direct, second, true).await.unwrap();
    elsewhere.client.hide_message(direct, first, true).await.unwrap();
    assert_eq!(alice.reads(direct).await, ["first", "why second?"], "at once, where it was done");
    let quote = alice.timeline(direct).await.pop().unwrap().quote.unwrap();
    assert_eq!((quote.what, quote.sender), (QuotedView::Hidden, None));
    let hits = alice.client.search("second", SearchOrder::Newest, None).await.unwrap().hits;
    assert_eq!(hits.iter().filter(|hit| hit.message == second).count(), 0);
    let what: Vec<String> = alice.client.list_outbox().await.unwrap().into_iter().map(|item| item.what).collect();
    assert!(what.contains(&"hide_message".to_owned()), "{what:?}");

    town.server_starts().await;
    for device in [&alice, &elsewhere] {
        device.until("both are hidden", async || device.reads(direct).await == ["why second?"]).await;
        device.outbox_empties().await;
    }
    assert_eq!(bob.reads(direct).await, ["first", "second", "why second?"]);
    assert_eq!(alice.list().await.iter().find(|line| line.id == direct).unwrap().unread, 0);

    // Back on one device, back on all; deleted for everybody, there is nothing to hide.
    elsewhere.client.hide_message(direct, second, false).await.unwrap();
    alice.until("it is back", async || alice.reads(direct).await.contains(&"second".to_owned())).await;
}
