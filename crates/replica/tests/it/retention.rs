//! What the server has given up goes here too, and does not come back.

use crate::support::{Server, local, parts, places, ready, texts};
use hearth_protocol::{Pos, rows::RetentionRow};
use hearth_replica::{Apply, At, Edge, StreamState};

/// The server gives up everything below a place.
fn give_up(server: &mut Server, pos: Pos) -> hearth_protocol::mutation::Part {
    server.direct.rows.retain(|_, row| row.data.pos().is_none_or(|other| other >= pos));
    server.direct.commit(RetentionRow { pos, at: 7 })
}

async fn fresh(server: &Server) -> String {
    let fresh = local().await;
    fresh.apply(server.everything()).await.unwrap();
    fresh.dump().await.unwrap()
}

#[tokio::test]
async fn what_is_given_up_goes_with_its_words_and_stays_away() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(10);
    replica.apply(parts(frames.clone())).await.unwrap();
    let late_page = server.direct.history(9, 8);
    let conversation = server.conversation();
    assert_eq!(replica.total_unread(1).await.unwrap(), 10);
    let retention = give_up(&mut server, 6);
    assert!(replica.apply(parts(vec![retention])).await.unwrap().conversations.contains(&conversation));
    let shown = replica.timeline(conversation, At::End, 50).await.unwrap();
    assert_eq!((places(&shown), shown.before, shown.removed), ((6..=10).collect(), Edge::End, true));
    assert_eq!(replica.total_unread(1).await.unwrap(), 5);
    assert_eq!(replica.backfill_progress().await.unwrap().messages, 5);
    assert!(replica.search("\"message 3\"", None, 10).await.unwrap().hits.is_empty());
    assert_eq!(replica.search("\"message 7\"", None, 10).await.unwrap().hits.len(), 1);
    let late = Apply { parts: frames, history: vec![late_page], ..Apply::default() };
    replica.apply(late).await.unwrap();
    assert_eq!(places(&replica.timeline(conversation, At::End, 50).await.unwrap()), (6..=10).collect::<Vec<_>>());
    assert_eq!(replica.dump().await.unwrap(), fresh(&server).await);
    assert!(replica.incomplete(Some(conversation), 4).await.unwrap().is_empty());
    assert_eq!(replica.check().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn nothing_is_asked_for_below_what_is_kept() {
    let (_, mut server) = ready().await;
    server.bob_says(20);
    let replica = local().await;
    replica.apply(Apply { tails: vec![server.user.tail(0), server.direct.tail(3)], ..Apply::default() }).await.unwrap();
    let conversation = server.conversation();
    assert_eq!(replica.incomplete(None, 4).await.unwrap(), [(conversation, 18)]);
    let retention = give_up(&mut server, 10);
    replica.apply(parts(vec![retention])).await.unwrap();
    assert_eq!(replica.incomplete(None, 4).await.unwrap(), [(conversation, 18)], "what lies between is still to come");
    replica.apply(Apply { history: vec![server.direct.history(18, 8)], ..Apply::default() }).await.unwrap();
    assert_eq!(replica.incomplete(None, 4).await.unwrap(), []);
    let copy = replica.streams().await.unwrap().into_iter().find(|copy| copy.stream == server.direct.id).unwrap();
    assert_eq!(copy.state, StreamState::Complete);
    assert_eq!(replica.dump().await.unwrap(), fresh(&server).await);
    // All that was here may go while the rest was never here.
    let retention = give_up(&mut server, 19);
    replica.apply(parts(vec![retention])).await.unwrap();
    assert_eq!(replica.dump().await.unwrap(), fresh(&server).await);
}

#[tokio::test]
async fn a_conversation_goes_on_when_all_of_it_was_given_up() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(4);
    replica.apply(parts(frames)).await.unwrap();
    let retention = give_up(&mut server, 5);
    replica.apply(parts(vec![retention])).await.unwrap();
    let conversation = server.conversation();
    let shown = replica.timeline(conversation, At::Unread, 50).await.unwrap();
    assert_eq!((texts(&shown).len(), shown.before, shown.after, shown.unread, shown.removed), (0, Edge::End, Edge::End, 0, true));
    assert_eq!(replica.dump().await.unwrap(), fresh(&server).await);
    let frames = server.bob_says(1);
    replica.apply(parts(frames)).await.unwrap();
    assert_eq!(texts(&replica.timeline(conversation, At::End, 50).await.unwrap()), ["message 5"]);
    assert_eq!((replica.total_unread(1).await.unwrap(), replica.dump().await.unwrap()), (1, fresh(&server).await));
    // A new copy brings its own beginning.
    replica.reset_stream(server.direct.id, server.direct.tail(u64::MAX)).await.unwrap();
    assert_eq!(replica.dump().await.unwrap(), fresh(&server).await);
}
