//! Search with filters over two replicas, without a server too: each by its own clock, names, stars and markers.

use hearth_client::{
    NewChannel,
    view::{Connection, QueryProblem, SearchFilterName, SearchOrder, SearchPage},
};
use hearth_testkit::{Person, Town};

async fn search(person: &Person, typed: &str) -> SearchPage {
    person.client.search(typed, SearchOrder::Newest, None).await.unwrap()
}

async fn found(person: &Person, typed: &str) -> Vec<String> {
    let text = |hit: hearth_client::view::SearchHit| hit.snippet.into_iter().map(|part| part.text).collect();
    search(person, typed).await.hits.into_iter().map(text).collect()
}

#[tokio::test]
async fn what_two_people_search_offline_is_each_ones_own() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let direct = alice.direct(bob.user());
    let lamp = alice.says(bob.user(), "the lamp is yours: https://example.org/lamp").await;
    bob.sees(direct, "the lamp is yours: https://example.org/lamp").await;
    let oil = bob.says(alice.user(), "and the oil for the lamp?").await;
    alice.sees(direct, "and the oil for the lamp?").await;
    bob.client.mark_read(direct, None).await.unwrap();
    bob.outbox_empties().await;

    town.server_stops().await;
    for person in [&alice, &bob] {
        person.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    }
    alice.client.star(direct, lamp, true).await.unwrap();
    bob.client.star(direct, oil, true).await.unwrap();
    bob.client.pin_message(direct, lamp, true).await.unwrap();
    let (yours, and) = ("the lamp is yours: https://example.org/lamp", "and the oil for the lamp?");
    for (typed, alices, bobs) in [
        ("lamp ", vec![and, yours], vec![and, yours]),
        ("from:me ", vec![yours], vec![and]),
        ("lamp from:alice ", vec![yours], vec![yours]),
        ("lamp -from:@alice ", vec![and], vec![and]),
        ("is:starred ", vec![yours], vec![and]),
        ("is:pinned ", vec![], vec![yours]),
        ("is:unread ", vec![and], vec![]),
        ("in:bob ", vec![and, yours], vec![]),
        ("in:alice has:link ", vec![], vec![yours]),
        ("after:2000-01-01 ", vec![and, yours], vec![and, yours]),
        ("before:2000-01-01 ", vec![], vec![]),
        ("-before:2000-01-01 oil", vec![and], vec![and]),
    ] {
        assert_eq!(found(&alice, typed).await, alices, "alice {typed}");
        assert_eq!(found(&bob, typed).await, bobs, "bob {typed}");
    }

    // What was pinned offline is found by the other as soon as it has come, what was starred is not.
    town.server_starts().await;
    alice.until("the pin is there", async || found(&alice, "is:pinned ").await == [yours]).await;
    bob.outbox_empties().await;
    assert_eq!(found(&alice, "is:starred ").await, [yours]);
}

#[tokio::test]
async fn what_is_typed_is_told_as_it_was_understood() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    alice.says(bob.user(), "hello").await;
    bob.sees(bob.direct(alice.user()), "hello").await;
    let page = search(&bob, "👩 -from:alice in:attic before:2026-1-31 on:soon is:").await;
    let parts: Vec<_> = page.parts.iter().map(|part| (part.from, part.to, part.filter, part.problem)).collect();
    let expected = [
        (0, 2, None, None),
        (3, 14, Some(SearchFilterName::From), None),
        (15, 23, Some(SearchFilterName::In), Some(QueryProblem::NoConversation)),
        (24, 40, Some(SearchFilterName::Before), None),
        (41, 48, Some(SearchFilterName::On), Some(QueryProblem::NoDate)),
        (49, 52, Some(SearchFilterName::Is), None),
    ];
    assert_eq!(parts, expected);
    assert!(page.parts[1].without && page.parts[1].names == ["Alice"] && page.parts[1].more == 0, "{:?}", page.parts[1]);
    assert_eq!((page.parts[3].day.as_deref(), page.parts[5].unfinished), (Some("2026-01-31"), true));
    // Names stand above messages where words alone are looked for.
    let page = search(&bob, "alic").await;
    assert_eq!((page.people.len(), page.conversations.len()), (0, 1), "with whom one has a conversation stands there once");
    town.resident("Carol").await;
    bob.client.search_people("carol").await.unwrap();
    assert_eq!(search(&bob, "car").await.people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["Carol"]);
    let page = search(&bob, "alic has:link").await;
    assert_eq!((page.people.len(), page.conversations.len()), (0, 0));
    assert!(search(&bob, "bob").await.people.is_empty(), "nobody looks for themselves");
    assert!(search(&bob, "  ").await.people.is_empty());
}

#[tokio::test]
async fn people_and_conversations_are_suggested_and_topics_found() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    alice.says(bob.user(), "hello").await;
    bob.sees(bob.direct(alice.user()), "hello").await;
    let group = bob.client.create_group("Night watch", "").await.unwrap();
    let channel = NewChannel { group, name: "lamps".into(), topic: "Oil and wicks".into(), private: false, members: vec![] };
    let channel = bob.client.create_channel(channel).await.unwrap();
    bob.outbox_empties().await;
    bob.until("its topic is there", async || bob.list().await.iter().any(|line| line.id == channel && !line.topic.is_empty())).await;
    town.server_stops().await;
    let page = search(&bob, "wick").await;
    assert_eq!(page.conversations.iter().map(|item| item.id).collect::<Vec<_>>(), [channel]);

    let suggested = async |typed: &str| {
        let caret = u32::try_from(typed.encode_utf16().count()).unwrap();
        let found = bob.client.suggest_filters(typed, caret).await.unwrap();
        (found.from, found.items.into_iter().map(|item| item.text).collect::<Vec<_>>())
    };
    assert_eq!(suggested("👩 from:a").await, (3, vec!["from:@alice ".into()]));
    assert_eq!(suggested("in:lam").await, (0, vec!["in:lamps ".into()]));
    assert_eq!(suggested("in:ali").await, (0, vec!["in:@alice ".into()]));
    assert_eq!(suggested("is:u").await, (0, vec!["is:unread ".into()]));
    assert!(suggested("lamp").await.1.is_empty());
}
