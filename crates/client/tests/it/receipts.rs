//! Two ticks, and their colour: what has reached the other, and what they have read.

use hearth_client::view::{Connection, Delivery};
use hearth_testkit::Town;

#[tokio::test]
async fn a_message_is_sent_then_delivered_then_read() {
    let mut town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    alice.client.set_focus(Some(conversation), None, true).await.unwrap();
    let id = alice.says(bob.user(), "hello").await;
    alice.ticks(conversation, id, Delivery::Delivered).await;
    assert_eq!(alice.client.list_readers(conversation, id).await.unwrap()[0].read_at, None);
    bob.sees(conversation, "hello").await;
    bob.client.mark_read(conversation, 1).await.unwrap();
    alice.ticks(conversation, id, Delivery::Read).await;
    let readers = alice.client.list_readers(conversation, id).await.unwrap();
    assert_eq!(readers.iter().map(|reader| reader.person.name.as_str()).collect::<Vec<_>>(), ["Bob"]);
    assert!(readers[0].read_at.is_some());
    let line = alice.list().await.remove(0).last.unwrap();
    assert_eq!(line.state, Some(Delivery::Read));
    assert_eq!(bob.client.list_outbox().await.unwrap(), [], "reading is nothing that one waits for");
    town.server_stops().await;
}

#[tokio::test]
async fn what_was_read_offline_is_told_when_one_is_back() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    alice.client.set_focus(Some(conversation), None, true).await.unwrap();
    let id = alice.says(bob.user(), "read on a train").await;
    alice.ticks(conversation, id, Delivery::Delivered).await;
    bob.sees(conversation, "read on a train").await;
    town.wire().cut();
    bob.is(Connection::default()).await;
    bob.client.mark_read(conversation, 1).await.unwrap();
    let status = bob.client.boot().await.status;
    assert_eq!((status.outbox, status.unread), (0, 0));
    town.wire().heal();
    alice.ticks(conversation, id, Delivery::Read).await;
    bob.outbox_empties().await;
}

#[tokio::test]
async fn who_does_not_share_is_never_seen_to_read() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    bob.client.set_read_receipts(false).await.unwrap();
    assert!(!bob.client.read_receipts().await.unwrap());
    bob.outbox_empties().await;
    alice.client.set_focus(Some(conversation), None, true).await.unwrap();
    let id = alice.says(bob.user(), "psst").await;
    bob.sees(conversation, "psst").await;
    bob.client.mark_read(conversation, 1).await.unwrap();
    bob.outbox_empties().await;
    bob.client.set_read_receipts(true).await.unwrap();
    bob.outbox_empties().await;
    let second = alice.says(bob.user(), "and now").await;
    bob.sees(conversation, "and now").await;
    bob.client.mark_read(conversation, 2).await.unwrap();
    alice.ticks(conversation, second, Delivery::Read).await;
    // Were the first to be told, it would have been told before.
    alice.ticks(conversation, id, Delivery::Delivered).await;
    assert_eq!(alice.client.list_readers(conversation, id).await.unwrap()[0].read_at, None);
}
