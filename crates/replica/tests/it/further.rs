//! What the server is asked of a query while not everything is here, and what is told of its answer.

use crate::support::{Local, Server, mutation, ready, typed_now};
use hearth_protocol::{
    Pos,
    mutations::{BlockUser, HideMessage},
    row::Row,
    search::{SearchFound, SearchMark, SearchPlace, SearchWords},
};
use hearth_replica::{Apply, Further};
use std::collections::BTreeSet;

async fn asked(replica: &Local, typed: &str, from: Option<SearchPlace>) -> Option<Further> {
    replica.further(&typed_now(typed), from).await.unwrap()
}

/// The row of a place, as the server finds it.
fn hit(server: &Server, pos: Pos) -> SearchFound {
    let row = server.direct.message(pos);
    SearchFound { conversation: server.conversation(), message: Row::new(pos, row) }
}

async fn told(replica: &Local, server: &Server, places: &[Pos]) -> Vec<String> {
    let found = places.iter().map(|pos| hit(server, *pos)).collect();
    let hits = replica.found_further(&typed_now("message "), found).await.unwrap();
    hits.into_iter().map(|hit| hit.snippet.into_iter().map(|part| part.text).collect()).collect()
}

#[tokio::test]
async fn only_what_is_missing_is_asked_for() {
    let (replica, mut server) = ready().await;
    let conversation = server.conversation();
    assert_eq!(asked(&replica, "lamp ", None).await, None, "everything is here");
    server.bob_says(90);
    replica.apply(Apply { tails: vec![server.direct.tail(10)], ..Apply::default() }).await.unwrap();
    let place = |before_pos| SearchPlace { conversation, before_pos: Some(before_pos) };
    let further = asked(&replica, "lamp \"oil can\" -rust", None).await.unwrap();
    assert_eq!((further.request.places, further.behind), (vec![place(81)], None));
    let words = |of: &[&str], prefix| SearchWords { words: of.iter().map(|word| (*word).to_owned()).collect(), prefix };
    let wanted = further.request.wanted;
    assert_eq!(wanted.words, [words(&["lamp"], false), words(&["oil", "can"], false)]);
    assert_eq!(wanted.no_words, [words(&["rust"], false)]);
    // From where an answer ended, and not again what has come meanwhile.
    for (from, before) in [(40, 40), (81, 81), (90, 81)] {
        assert_eq!(asked(&replica, "lamp ", Some(place(from))).await.unwrap().request.places, [place(before)]);
    }
    // Names, days and marks go as what they mean.
    let wanted = asked(&replica, "from:bob -from:alice on:1970-01-02 -is:pinned has:link ", None).await.unwrap().request.wanted;
    assert_eq!((wanted.senders, wanted.no_senders), (Some([server.bob.user].into()), [server.alice.user].into()));
    assert_eq!((wanted.from, wanted.until), (Some(86_400_000), Some(2 * 86_400_000)));
    assert_eq!((wanted.marks, wanted.no_marks), ([SearchMark::Link].into(), [SearchMark::Pinned].into()));
    assert!(asked(&replica, "in:bob lamp ", None).await.is_some());
    for nothing in ["", "from:", "in:nowhere lamp ", "-in:bob lamp "] {
        assert_eq!(asked(&replica, nothing, None).await, None, "{nothing:?}");
    }
    replica.apply(Apply { history: vec![server.direct.history(81, 80)], ..Apply::default() }).await.unwrap();
    assert_eq!(asked(&replica, "lamp ", None).await, None, "everything has come");
}

#[tokio::test]
async fn the_server_is_asked_of_the_conversation_that_is_called_so() {
    let (replica, mut server) = ready().await;
    let mut conversations = vec![];
    for name in ["Lab", "Old Lab"] {
        let (mut stream, part) = server.group(name);
        for number in 1..=9 {
            stream.say(server.bob.user, &format!("message {number}"));
        }
        replica.apply(Apply { parts: vec![part], tails: vec![stream.tail(2)], ..Apply::default() }).await.unwrap();
        conversations.push(stream.id.conversation().unwrap());
    }
    let places = async |typed: &str| {
        let places = asked(&replica, typed, None).await.unwrap().request.places;
        places.into_iter().map(|place| place.conversation).collect::<BTreeSet<_>>()
    };
    assert_eq!(places("in:lab lamp ").await, [conversations[0]].into());
    assert_eq!(places("in:\"old lab\" lamp ").await, [conversations[1]].into());
    assert_eq!(places("in:la lamp ").await, conversations.into_iter().collect());
}

#[tokio::test]
async fn what_is_here_hidden_or_of_somebody_blocked_is_not_told_of_an_answer() {
    let (replica, mut server) = ready().await;
    server.bob_says(20);
    replica.apply(Apply { tails: vec![server.direct.tail(5)], ..Apply::default() }).await.unwrap();
    assert_eq!(told(&replica, &server, &[20, 10, 9, 8]).await, ["message 10", "message 9", "message 8"]);
    let (conversation, message) = (server.conversation(), server.direct.message(9).id);
    replica.enqueue(&mutation(HideMessage { conversation, message, on: true }.into()), 1).await.unwrap();
    assert_eq!(told(&replica, &server, &[10, 9, 8]).await, ["message 10", "message 8"]);
    // A page that came between the question and the answer.
    replica.apply(Apply { history: vec![server.direct.history(9, 1)], ..Apply::default() }).await.unwrap();
    assert_eq!(told(&replica, &server, &[10, 8]).await, ["message 10"]);
    replica.enqueue(&mutation(BlockUser { user: server.bob.user }.into()), 2).await.unwrap();
    assert!(told(&replica, &server, &[10]).await.is_empty());
}
