//! Where a conversation goes on at a moment, whatever of it is here.

use crate::support::{Local, Server, local, mutation, parts, ready};
use hearth_protocol::{Millis, Pos, mutations::HideMessage, rows::RetentionRow};
use hearth_replica::{Apply, DatedPlace};

/// When the message at a place was sent.
fn sent(server: &Server, pos: Pos) -> Millis {
    server.direct.message(pos).created_at
}

/// The place that is found for a moment, and whether another one can be missing before it.
async fn found(replica: &Local, server: &Server, at: Millis) -> (Option<Pos>, bool) {
    found_of(replica, server, at, false).await
}

/// The same, `asides`: among what stands in threads alone, too.
async fn found_of(replica: &Local, server: &Server, at: Millis, asides: bool) -> (Option<Pos>, bool) {
    let DatedPlace { message, sure } = replica.dated(server.conversation(), at, asides).await.unwrap();
    let place = |id| (1..=server.direct.last_pos).find(|pos| server.direct.message(*pos).id == id).expect("a message of this conversation");
    (message.map(place), sure)
}

#[tokio::test]
async fn where_all_is_here_each_moment_has_its_first_message() {
    let (replica, mut server) = ready().await;
    assert_eq!(found(&replica, &server, 0).await, (None, true), "nothing was said");
    let frames = server.bob_says(12);
    replica.apply(parts(frames)).await.unwrap();
    for pos in 1..=12 {
        for (at, next) in [(sent(&server, pos), pos), (sent(&server, pos) - 1, pos), (sent(&server, pos) + 1, pos + 1)] {
            assert_eq!(found(&replica, &server, at).await, ((next <= 12).then_some(next), true), "{at}");
        }
    }
    for (at, first) in [(Millis::MIN, Some(1)), (0, Some(1)), (Millis::MAX, None)] {
        assert_eq!(found(&replica, &server, at).await, (first, true), "{at}");
    }
    // What is deleted, and what I have hidden, is not where one goes.
    let deleted = server.direct.delete(5);
    replica.apply(parts(vec![deleted])).await.unwrap();
    let (conversation, message) = (server.conversation(), server.direct.message(6).id);
    replica.enqueue(&mutation(HideMessage { conversation, message, on: true }.into()), 1).await.unwrap();
    assert_eq!(found(&replica, &server, sent(&server, 5)).await, (Some(7), true));
    // What waits in the outbox has no place yet.
    replica.enqueue(&server.send("mine"), 2).await.unwrap();
    assert_eq!(found(&replica, &server, Millis::MAX).await, (None, true));
}

#[tokio::test]
async fn what_stands_in_a_thread_alone_is_no_place_of_the_conversation() {
    let (replica, mut server) = ready().await;
    let mut frames = server.bob_says(3);
    let (bob, root) = (server.bob.user, server.direct.message(1).id);
    frames.push(server.direct.say_in_thread(bob, root, "aside", false));
    frames.push(server.direct.say_in_thread(bob, root, "for all", true));
    frames.push(server.direct.say_in_thread(bob, root, "aside again", false));
    replica.apply(parts(frames)).await.unwrap();
    for (pos, shown) in [(3, Some(3)), (4, Some(5)), (5, Some(5)), (6, None)] {
        let at = sent(&server, pos);
        assert_eq!(found(&replica, &server, at).await, (shown, true), "{pos}");
        assert_eq!(found_of(&replica, &server, at, true).await, (Some(pos), true), "{pos}");
    }
}

#[tokio::test]
async fn beside_a_hole_the_nearest_is_found_and_is_not_sure() {
    let (replica, mut server) = ready().await;
    server.bob_says(90);
    replica.apply(Apply { tails: vec![server.direct.tail(10)], ..Apply::default() }).await.unwrap();
    // Islands: 31..=40 and 51..=60, below the newest, 81..=90.
    let islands = vec![server.direct.history(41, 10), server.direct.history(61, 10)];
    replica.apply(Apply { history: islands, ..Apply::default() }).await.unwrap();
    for pos in 1..=90 {
        let next = (pos..=90).find(|pos| (31..=40).contains(pos) || (51..=60).contains(pos) || *pos > 80);
        // The first of an island: others may have been sent in its millisecond, and one that is not here may be later than the moment.
        let sure = next == Some(pos) && ![31, 51, 81].contains(&pos);
        assert_eq!(found(&replica, &server, sent(&server, pos)).await, (next, sure), "{pos}");
    }
    assert_eq!(found(&replica, &server, Millis::MAX).await, (None, true), "the end is here");
    // The page around a place makes it sure, and leaves the other holes.
    replica.apply(Apply { history: vec![server.direct.history(26, 10)], ..Apply::default() }).await.unwrap();
    assert_eq!(found(&replica, &server, sent(&server, 20)).await, (Some(20), true));
    assert_eq!(found(&replica, &server, sent(&server, 5)).await, (Some(16), false));
    assert_eq!(found(&replica, &server, sent(&server, 45)).await, (Some(51), false));
    assert_eq!(replica.incomplete(None, 4).await.unwrap(), [(server.conversation(), 81)], "history goes on where it was");
}

#[tokio::test]
async fn the_first_that_is_kept_is_sure_and_what_is_not_here_at_all_is_not() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(20);
    replica.apply(parts(frames)).await.unwrap();
    let at = sent(&server, 20);
    let kept = server.direct.commit(RetentionRow { pos: 11, at });
    replica.apply(parts(vec![kept])).await.unwrap();
    assert_eq!(found(&replica, &server, 0).await, (Some(11), true));

    // Of this conversation the head alone is known.
    let nothing = local().await;
    let server = Server::new();
    nothing.apply(Apply { tails: vec![server.user.tail(0)], ..Apply::default() }).await.unwrap();
    assert_eq!(found(&nothing, &server, 0).await, (None, false));
}
