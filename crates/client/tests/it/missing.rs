//! What a search could not look through, and fetching it before its turn.

use hearth_protocol::{ids::ConversationId, limits::TAIL_MESSAGES};
use hearth_testkit::{Person, Town};

#[tokio::test]
async fn what_is_missing_is_fetched_before_its_turn_and_then_nothing_is() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let direct = alice.direct(bob.user());
    for number in 0..3 * TAIL_MESSAGES {
        alice.says(bob.user(), &format!("number {number}")).await;
    }
    alice.outbox_empties().await;
    let elsewhere = Person::arrives("Bob").await;
    elsewhere.signs_in(&town.link()).await;
    elsewhere.sees(direct, &format!("number {}", 3 * TAIL_MESSAGES - 1)).await;
    // However much of the history has come by now.
    elsewhere
        .until("nothing is missing", async || {
            let missing = elsewhere.client.find_missing("in:alice number").await.unwrap();
            let told = missing.conversations.iter().all(|one| one.conversation == direct && one.name == "Alice" && !one.holes.is_empty());
            assert!(told && missing.incomplete as usize == missing.conversations.len(), "{missing:?}");
            elsewhere.client.fetch_missing(&[direct]).await.unwrap();
            missing.incomplete == 0
        })
        .await;
    let whole = elsewhere.client.read_coverage(direct).await.unwrap();
    assert_eq!((whole.complete, whole.holes, whole.messages), (true, vec![], u64::from(3 * TAIL_MESSAGES)));
    assert_eq!(elsewhere.client.search_further("number", None).await.unwrap().hits, []);

    // Where nothing is missing, or nothing is mine, there is nothing to fetch.
    elsewhere.client.fetch_missing(&[direct, ConversationId::new()]).await.unwrap();
    town.server_stops().await;
    let missing = elsewhere.client.find_missing("number").await.unwrap();
    assert_eq!((missing.incomplete, missing.since, missing.conversations), (0, None, vec![]));
}
