//! When what is missing here was written: of a conversation, and of what a search looks through.

use crate::support::{Local, Server, parts, ready, typed_now};
use hearth_protocol::{Millis, Pos};
use hearth_replica::{Apply, Missing, Period};

fn sent(server: &Server, pos: Pos) -> Millis {
    server.direct.message(pos).created_at
}

/// From the message at a place to the one at another.
fn period(server: &Server, from: Option<Pos>, to: Pos) -> Period {
    Period { from: from.map(|pos| sent(server, pos)), to: Some(sent(server, to)) }
}

async fn missing(replica: &Local, typed: &str) -> Missing {
    replica.missing(&typed_now(typed), 5).await.unwrap()
}

/// Of 90 messages 31 to 40, 51 to 60 and the newest ten are here.
async fn islands() -> (Local, Server) {
    let (replica, mut server) = ready().await;
    server.bob_says(90);
    replica.apply(Apply { tails: vec![server.direct.tail(10)], ..Apply::default() }).await.unwrap();
    let islands = vec![server.direct.history(41, 10), server.direct.history(61, 10)];
    replica.apply(Apply { history: islands, ..Apply::default() }).await.unwrap();
    (replica, server)
}

#[tokio::test]
async fn each_hole_is_told_by_the_messages_beside_it() {
    let (replica, server) = islands().await;
    let conversation = server.conversation();
    let now = replica.coverage(conversation).await.unwrap();
    let holes = [period(&server, Some(60), 81), period(&server, Some(40), 51), period(&server, None, 31)];
    assert_eq!((now.complete, now.holes.as_slice(), now.since), (false, holes.as_slice(), Some(sent(&server, 81))));
    assert_eq!(replica.newest_hole(conversation).await.unwrap(), Some((61, 81)));
    // A page that fills a part of it leaves the rest; one that fills it leaves the others.
    for (page, hole, count) in [(server.direct.history(81, 5), (61, 76), 3), (server.direct.history(76, 15), (41, 51), 2)] {
        replica.apply(Apply { history: vec![page], ..Apply::default() }).await.unwrap();
        assert_eq!(replica.newest_hole(conversation).await.unwrap(), Some(hole));
        assert_eq!(replica.coverage(conversation).await.unwrap().holes.len(), count);
    }
    replica.apply(Apply { history: vec![server.direct.history(51, 50)], ..Apply::default() }).await.unwrap();
    let whole = replica.coverage(conversation).await.unwrap();
    assert_eq!((whole.complete, whole.holes, replica.newest_hole(conversation).await.unwrap()), (true, vec![], None));
}

#[tokio::test]
async fn the_oldest_of_many_holes_are_told_as_one() {
    let (replica, mut server) = ready().await;
    server.bob_says(90);
    replica.apply(Apply { tails: vec![server.direct.tail(1)], ..Apply::default() }).await.unwrap();
    let islands = (1..=10).map(|number| server.direct.history(8 * number + 1, 1)).collect();
    replica.apply(Apply { history: islands, ..Apply::default() }).await.unwrap();
    let holes = replica.coverage(server.conversation()).await.unwrap().holes;
    assert_eq!(holes.len(), 6);
    assert_eq!(holes[0], period(&server, Some(80), 90));
    assert_eq!(holes[5], period(&server, None, 48), "down to where nothing is known");
}

#[tokio::test]
async fn a_search_is_told_what_is_missing_where_and_when_it_looks() {
    let (replica, mut server) = islands().await;
    let holes = vec![period(&server, Some(60), 81), period(&server, Some(40), 51), period(&server, None, 31)];
    for typed in ["", "message ", "in:bob message ", "on:1970-01-01 "] {
        let found = missing(&replica, typed).await;
        assert_eq!((found.incomplete, found.since), (1, Some(sent(&server, 81))), "{typed:?}");
        let [one] = found.conversations.as_slice() else { panic!("{typed:?}") };
        assert_eq!((one.conversation, &one.holes, one.peer.as_ref()), (server.conversation(), &holes, Some(&server.bob)));
    }
    for typed in ["-in:bob message ", "in:nowhere ", "after:1970-01-01 ", "before:1960-01-01 after:1950-01-01 "] {
        let found = missing(&replica, typed).await;
        let wanted = if typed.starts_with("before") { (1, Some(sent(&server, 31))) } else { (0, None) };
        assert_eq!((found.incomplete, found.since), wanted, "{typed:?}: nothing is known of what is older than all that is here");
    }
    // Of one of which nothing is here all can be missing, also the newest.
    let (group, part) = server.group("Walks");
    replica.apply(parts(vec![part])).await.unwrap();
    let found = missing(&replica, "message ").await;
    assert_eq!((found.incomplete, found.since), (2, None));
    let first = &found.conversations[0];
    assert_eq!((Some(first.conversation), first.holes.as_slice()), (group.id.conversation(), [Period { from: None, to: None }].as_slice()));
    assert_eq!(replica.newest_hole(first.conversation).await.unwrap(), None, "it comes as a whole");
    assert_eq!(replica.missing(&typed_now("message "), 1).await.unwrap().conversations.len(), 1);
}

#[tokio::test]
async fn each_conversation_has_its_own_holes_however_many_there_are() {
    let (replica, mut server) = islands().await;
    let direct = [period(&server, Some(60), 81), period(&server, Some(40), 51), period(&server, None, 31)];
    let mut holes = vec![(server.conversation(), direct.to_vec())];
    for number in 1..=20 {
        let (mut group, part) = server.group(&format!("Walk {number}"));
        for _ in 0..30 + number {
            group.say(server.bob.user, "message");
        }
        // Of every third one nothing is here, of every third one a piece in the middle as well.
        let here = number % 3 > 0;
        let tails = if here { vec![group.tail(3)] } else { vec![] };
        replica.apply(Apply { parts: vec![part], tails, ..Apply::default() }).await.unwrap();
        let island = (number % 3 > 1).then(|| group.history(11, 5));
        replica.apply(Apply { history: island.into_iter().collect(), ..Apply::default() }).await.unwrap();
        let at = |pos: Pos| Some(group.message(pos).created_at);
        let (first, unknown) = (at(28 + number), Period { from: None, to: None });
        let of = match number % 3 {
            0 => vec![unknown],
            1 => vec![Period { from: None, to: first }],
            _ => vec![Period { from: at(10), to: first }, Period { from: None, to: at(6) }],
        };
        holes.push((group.id.conversation().unwrap(), of));
    }
    let found = replica.missing(&typed_now("message "), 50).await.unwrap();
    assert_eq!(found.incomplete, 21);
    for (conversation, of) in holes {
        let one = found.conversations.iter().find(|one| one.conversation == conversation).unwrap();
        assert_eq!(one.holes, of);
        let told = replica.coverage(conversation).await.unwrap();
        assert_eq!((told.complete, told.holes), (false, of));
    }
}

#[tokio::test]
async fn where_all_is_here_nothing_is_missing() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(3);
    replica.apply(parts(frames)).await.unwrap();
    assert_eq!(missing(&replica, "message ").await, Missing::default());
}
