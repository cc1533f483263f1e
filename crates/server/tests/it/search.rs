//! Searching on the server: what a message must be, in what each viewer sees, and how far one request goes.

use crate::{
    channels::ask,
    friends::block,
    host::{Database, Host},
    person::Person,
};
use hearth_protocol::{
    admin::Rate,
    body::Body,
    error::ErrorCode,
    ids::{ConversationId, MessageId},
    limits::{SEARCH_PLACES_MAX, SEARCH_TERMS_MAX},
    mutations::{HideMessage, PinMessage, React, SendMessage, Star},
    rows::RowData,
    search::{SearchMark, SearchPlace, SearchRequest, SearchWanted, SearchWords},
};
use std::collections::BTreeSet;

on_both_databases!(
    a_message_is_found_by_all_that_it_must_be,
    what_stands_beside_a_message_is_asked_for_each_viewer,
    only_what_one_sees_is_found,
    pages_have_each_hit_once_and_go_on_where_they_ended,
    an_answer_ends_after_much_text_and_the_next_ones_find_the_rest,
    what_is_too_much_is_refused,
);

fn words(of: &[&str], prefix: bool) -> SearchWords {
    SearchWords { words: of.iter().map(|word| (*word).to_owned()).collect(), prefix }
}

fn said(of: &[&str]) -> SearchWanted {
    SearchWanted { words: of.iter().map(|word| words(&[word], false)).collect(), ..SearchWanted::default() }
}

fn marked(mark: SearchMark, is: bool) -> SearchWanted {
    let (marks, no_marks) = if is { ([mark].into(), BTreeSet::new()) } else { (BTreeSet::new(), [mark].into()) };
    SearchWanted { marks, no_marks, ..SearchWanted::default() }
}

fn everywhere(conversations: &[ConversationId]) -> Vec<SearchPlace> {
    conversations.iter().map(|conversation| SearchPlace { conversation: *conversation, before_pos: None }).collect()
}

/// The texts that are found, in their order, page after page of so many hits.
async fn found(reader: &Person, conversations: &[ConversationId], wanted: SearchWanted, limit: u32) -> Vec<String> {
    let mut places = everywhere(conversations);
    let mut texts = vec![];
    loop {
        let answer = reader.search(&SearchRequest { places: places.clone(), wanted: wanted.clone(), limit }).await.unwrap();
        assert!(answer.hits.len() <= limit as usize);
        for hit in answer.hits {
            let RowData::Message(row) = hit.message.data else { panic!("no message") };
            texts.push(row.body.and_then(|body| body.searchable().map(str::to_owned)).expect("words"));
        }
        let Some(next) = answer.next else { return texts };
        let at = places.iter().position(|place| place.conversation == next.conversation).expect("one of those that were asked for");
        places.drain(..at);
        places[0] = next;
    }
}

async fn a_message_is_found_by_all_that_it_must_be(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let talk = alice.direct(&bob).await;
    let mut rows = vec![];
    for (by, text) in [
        (&alice, "The drive belt is old"),
        (&bob, "Crème brûlée at Élodie's"),
        (&alice, "belt, drive: a new one"),
        (&bob, "see https://example.org/belt"),
        (&alice, "drive belts"),
        (&bob, "我明天去东京出差"),
    ] {
        rows.push(by.send(talk, text).await);
    }
    let look = async |wanted: SearchWanted| found(&alice, &[talk], wanted, 10).await;
    assert_eq!(look(said(&["belt", "drive"])).await, ["belt, drive: a new one", "The drive belt is old"]);
    let phrase = SearchWanted { words: vec![words(&["drive", "belt"], true)], ..SearchWanted::default() };
    assert_eq!(look(phrase).await, ["drive belts", "The drive belt is old"]);
    assert_eq!(look(said(&["creme"])).await, ["Crème brûlée at Élodie's"], "folded as the index folds");
    assert_eq!(look(said(&["东京"])).await, ["我明天去东京出差"]);
    let without = SearchWanted { no_words: vec![words(&["belt"], true), words(&["creme"], false)], ..SearchWanted::default() };
    assert_eq!(look(without).await, ["我明天去东京出差"]);
    let by_bob = SearchWanted { senders: Some([bob.user].into()), ..said(&["belt"]) };
    assert_eq!(look(by_bob).await, ["see https://example.org/belt"]);
    let not_by_bob = SearchWanted { no_senders: [bob.user].into(), ..SearchWanted::default() };
    assert_eq!(look(not_by_bob).await.len(), 3);
    let nobody = SearchWanted { senders: Some(BTreeSet::new()), ..SearchWanted::default() };
    assert!(look(nobody).await.is_empty());
    assert_eq!(look(marked(SearchMark::Link, true)).await, ["see https://example.org/belt"]);
    assert_eq!(look(marked(SearchMark::Link, false)).await.len(), 5);
    assert!(look(marked(SearchMark::LinkAlone, true)).await.is_empty(), "it says more than the link");
    assert_eq!(look(marked(SearchMark::LinkAlone, false)).await.len(), 6);

    // Moments, each with those of its millisecond.
    let (from, until) = (rows[2].created_at, rows[4].created_at);
    let inside = |at: i64| from <= at && at < until;
    let expected = |keep: &dyn Fn(i64) -> bool| rows.iter().filter(|row| keep(row.created_at)).count();
    let between = SearchWanted { from: Some(from), until: Some(until), ..SearchWanted::default() };
    assert_eq!(look(between).await.len(), expected(&inside));
    let not_between = SearchWanted { not_between: vec![(from, until)], ..SearchWanted::default() };
    assert_eq!(look(not_between).await.len(), expected(&|at| !inside(at)));
    let late = SearchWanted { from: Some(i64::MAX), ..SearchWanted::default() };
    assert!(look(late).await.is_empty());

    alice.delete((talk, rows[2].id)).await.unwrap();
    alice.edit((talk, rows[4].id), 0, "a chain").await.unwrap();
    assert_eq!(look(said(&["drive"])).await, ["The drive belt is old"], "what is deleted is not found, what is edited as it is now");
    assert_eq!(look(said(&["chain"])).await, ["a chain"]);
}

async fn what_stands_beside_a_message_is_asked_for_each_viewer(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let talk = alice.direct(&bob).await;
    let mut ids: Vec<MessageId> = vec![];
    for text in ["one", "two", "three", "four"] {
        ids.push(alice.send(talk, text).await.id);
    }
    ask(&bob, Star { conversation: talk, message: ids[0], on: true }).await.unwrap();
    ask(&alice, PinMessage { conversation: talk, message: ids[1], on: true }).await.unwrap();
    ask(&bob, React { conversation: talk, message: ids[2], emoji: "👍".into(), on: true }).await.unwrap();
    bob.mark_read(talk, 2).await;
    let look = async |reader: &Person, wanted: SearchWanted| found(reader, &[talk], wanted, 10).await;
    assert_eq!(look(&bob, marked(SearchMark::Starred, true)).await, ["one"]);
    assert!(look(&alice, marked(SearchMark::Starred, true)).await.is_empty(), "another one's star is nobody else's");
    assert_eq!(look(&bob, marked(SearchMark::Starred, false)).await, ["four", "three", "two"]);
    for reader in [&alice, &bob] {
        assert_eq!(look(reader, marked(SearchMark::Pinned, true)).await, ["two"]);
        assert_eq!(look(reader, marked(SearchMark::Reaction, true)).await, ["three"]);
    }
    assert_eq!(look(&bob, marked(SearchMark::Unread, true)).await, ["four", "three"]);
    assert!(look(&alice, marked(SearchMark::Unread, true)).await.is_empty(), "what is one's own is read");
    ask(&bob, React { conversation: talk, message: ids[2], emoji: "👍".into(), on: false }).await.unwrap();
    assert!(look(&alice, marked(SearchMark::Reaction, true)).await.is_empty());

    // Hidden is hidden for one, and until it is shown again.
    ask(&bob, HideMessage { conversation: talk, message: ids[3], on: true }).await.unwrap();
    assert_eq!(look(&bob, SearchWanted::default()).await, ["three", "two", "one"]);
    assert_eq!(look(&alice, SearchWanted::default()).await, ["four", "three", "two", "one"]);
    ask(&bob, HideMessage { conversation: talk, message: ids[3], on: false }).await.unwrap();
    assert_eq!(look(&bob, said(&["four"])).await, ["four"]);

    // What is said in a thread alone is read with the thread, as the replica has it.
    ask(&alice, SendMessage::in_thread(talk, ids[1], Body::text("aside"))).await.unwrap();
    assert_eq!(look(&bob, said(&["aside"])).await, ["aside"]);
    assert_eq!(look(&bob, marked(SearchMark::Unread, true)).await, ["four", "three"]);
    assert_eq!(look(&bob, marked(SearchMark::Unread, false)).await, ["aside", "two", "one"]);
}

async fn only_what_one_sees_is_found(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let (talk, theirs) = (alice.group("Walks", &[&bob], false).await, alice.direct(&bob).await);
    alice.send(talk, "the secret of before").await;
    alice.send(theirs, "a secret of two").await;
    alice.add(talk, &carol).await.unwrap();
    alice.send(talk, "the secret of now").await;
    bob.send(talk, "a secret of Bob").await;
    let all = [talk, theirs, ConversationId::new()];
    let secret = || said(&["secret"]);
    assert_eq!(found(&carol, &all, secret(), 10).await, ["a secret of Bob", "the secret of now"]);
    assert_eq!(found(&alice, &all, secret(), 10).await.len(), 4);
    // What is not hers, and what never was, are one answer.
    let asked = |conversation| SearchRequest { places: everywhere(&[conversation]), wanted: secret(), limit: 10 };
    assert_eq!(carol.search(&asked(theirs)).await, carol.search(&asked(ConversationId::new())).await);
    block(&carol, &bob).await;
    assert_eq!(found(&carol, &all, secret(), 10).await, ["the secret of now"]);
    alice.remove(talk, &carol).await.unwrap();
    assert!(found(&carol, &all, secret(), 10).await.is_empty());
    alice.add(talk, &carol).await.unwrap();
    alice.send(talk, "the secret of later").await;
    assert_eq!(found(&carol, &all, secret(), 10).await, ["the secret of later", "the secret of now"]);
}

async fn pages_have_each_hit_once_and_go_on_where_they_ended(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let (talk, direct) = (alice.group("Walks", &[&bob], true).await, alice.direct(&bob).await);
    let mut expected = vec![];
    for conversation in [direct, talk] {
        for number in 0..9 {
            let text = format!("{number} {}", if number % 3 == 0 { "chaff" } else { "corn" });
            alice.send(conversation, &text).await;
            if number % 3 != 0 {
                expected.insert(0, text);
            }
        }
    }
    for limit in [1, 2, 3, 5, 6, 7, 11, 12, 50] {
        assert_eq!(found(&bob, &[talk, direct], said(&["corn"]), limit).await, expected, "{limit} at a time");
    }
    // From a place on, and never more than the most.
    let places = vec![SearchPlace { conversation: direct, before_pos: Some(3) }];
    let answer = bob.search(&SearchRequest { places, wanted: said(&["corn"]), limit: u32::MAX }).await.unwrap();
    assert_eq!((answer.hits.len(), answer.next), (1, None));
}

async fn an_answer_ends_after_much_text_and_the_next_ones_find_the_rest(database: Database) {
    let host = Host::start_with(database, |config| config.limits.costs = Rate::new(1_000_000, 1_000_000)).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let (talk, direct) = (alice.group("Walks", &[&bob], true).await, alice.direct(&bob).await);
    alice.send(direct, "corn elsewhere").await;
    // Two million bytes are the newest eighty of these.
    let much = "яя ".repeat(5_000);
    for number in 0..100 {
        let word = if number % 40 == 0 { "corn" } else { "chaff" };
        alice.send(talk, &format!("{word} {number} {much}")).await;
    }
    let first = bob.search(&SearchRequest { places: everywhere(&[talk, direct]), wanted: said(&["corn"]), limit: 50 }).await.unwrap();
    let next = first.next.expect("it goes on");
    assert_eq!((first.hits.len(), next.conversation), (2, talk));
    assert!(next.before_pos.is_some_and(|pos| pos > 1), "{next:?}");
    let all = found(&bob, &[talk, direct], said(&["corn"]), 50).await;
    let begins: Vec<String> = all.iter().map(|text| text.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(begins, ["corn 80", "corn 40", "corn 0", "corn elsewhere"]);
    // It is known to say nothing but a link without being read to its end.
    assert!(found(&bob, &[talk], marked(SearchMark::LinkAlone, true), 50).await.is_empty());
}

async fn what_is_too_much_is_refused(database: Database) {
    let host = Host::start(database).await;
    let alice = host.resident("alice").await;
    let many = vec![words(&["a"], false); SEARCH_TERMS_MAX + 1];
    let requests = [
        SearchRequest { places: everywhere(&vec![ConversationId::new(); SEARCH_PLACES_MAX + 1]), ..SearchRequest::default() },
        SearchRequest { wanted: SearchWanted { words: many.clone(), ..SearchWanted::default() }, ..SearchRequest::default() },
        SearchRequest { wanted: SearchWanted { no_words: many, ..SearchWanted::default() }, ..SearchRequest::default() },
        SearchRequest { wanted: SearchWanted { words: vec![words(&[], true)], ..SearchWanted::default() }, ..SearchRequest::default() },
        SearchRequest {
            wanted: SearchWanted { words: vec![words(&["a"; 33], true)], ..SearchWanted::default() },
            ..SearchRequest::default()
        },
    ];
    for request in requests {
        assert_eq!(alice.search(&request).await.unwrap_err().code, ErrorCode::BadRequest, "{:?}", request.wanted);
    }
    let nothing = alice.search(&SearchRequest::default()).await.unwrap();
    assert_eq!((nothing.hits, nothing.next), (vec![], None));
}
