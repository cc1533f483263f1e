//! Stars and pins: from the server, and laid over it while they wait.

use crate::support::{Local, Server, answer, local, mutation, parts, ready, refusal};
use hearth_protocol::{
    Pos,
    error::ErrorCode,
    ids::{ConversationId, MessageId},
    mutation::{Mutation, Outcome},
    mutations::{BlockUser, DeleteMessage, PinMessage, Star},
    rows::{MembershipRow, PinRow, RetentionRow, StarRow},
};
use hearth_replica::{Apply, At, Failure, Item, Marked};

fn star(conversation: ConversationId, message: MessageId, on: bool) -> Mutation {
    mutation(Star { conversation, message, on }.into())
}

fn pin(conversation: ConversationId, message: MessageId, on: bool) -> Mutation {
    mutation(PinMessage { conversation, message, on }.into())
}

fn star_row(server: &Server, pos: Pos, at: i64) -> StarRow {
    StarRow { id: server.direct.message(pos).id, conversation: server.conversation(), pos, at, ended_at: None }
}

fn pin_row(server: &Server, pos: Pos, at: i64) -> PinRow {
    PinRow { id: server.direct.message(pos).id, pos, by: server.bob.user, at, ended_at: None }
}

fn ids(marked: &[Marked]) -> Vec<MessageId> {
    marked.iter().map(|marked| marked.message).collect()
}

/// The places of a window's messages that have a star, and of those that are pinned.
async fn shown(replica: &Local, server: &Server) -> (Vec<Pos>, Vec<Pos>) {
    let rows = replica.timeline(server.conversation(), At::End, 50).await.unwrap();
    let place = |item: &Item| if let Item::Row(row) = item { row.pos } else { 0 };
    let of = |wanted: fn(&hearth_replica::TimelineMessage) -> bool| {
        rows.messages.iter().filter(|message| wanted(message)).map(|message| place(&message.item)).collect()
    };
    (of(|message| message.starred), of(|message| message.pinned))
}

#[tokio::test]
async fn a_star_shows_while_it_waits_and_once_the_server_has_it() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(3);
    replica.apply(parts(frames)).await.unwrap();
    let (conversation, first, third) = (server.conversation(), server.direct.message(1).id, server.direct.message(3).id);
    let mine = star(conversation, first, true);
    replica.enqueue(&mine, 70).await.unwrap();
    assert_eq!(shown(&replica, &server).await, (vec![1], vec![]));
    let [waiting] = &replica.starred(10).await.unwrap()[..] else { panic!("one star") };
    assert_eq!((waiting.message, waiting.at, waiting.said.as_ref().unwrap().row.pos), (first, 70, 1));
    let row = star_row(&server, 1, 2_000);
    let row = server.user.commit(row);
    replica.apply(answer(mine.id, Outcome::Applied(vec![row]))).await.unwrap();
    // Another device has starred a later one.
    let row = star_row(&server, 3, 3_000);
    let row = server.user.commit(row);
    let applied = replica.apply(parts(vec![row])).await.unwrap();
    assert!(applied.conversations.contains(&conversation), "the window shows it at once");
    assert_eq!(ids(&replica.starred(10).await.unwrap()), [third, first]);
    assert_eq!(ids(&replica.starred(1).await.unwrap()), [third]);
    replica.enqueue(&star(conversation, third, false), 80).await.unwrap();
    assert_eq!(shown(&replica, &server).await, (vec![1], vec![]));
    assert_eq!(ids(&replica.starred(10).await.unwrap()), [first]);
    // What is taken off and put on again keeps neither of the two when the last one was refused.
    let again = star(conversation, third, true);
    replica.enqueue(&again, 81).await.unwrap();
    assert_eq!(shown(&replica, &server).await, (vec![1, 3], vec![]));
    replica.failed(again.id, &hearth_protocol::error::ApiError::new(ErrorCode::BadRequest, "No."), Failure::Permanent).await.unwrap();
    assert_eq!(shown(&replica, &server).await, (vec![1], vec![]));
}

#[tokio::test]
async fn a_star_on_what_is_not_here_says_so_and_one_on_what_is_gone_is_not_shown() {
    let (_, mut server) = ready().await;
    server.bob_says(20);
    let replica = local().await;
    let rows = [star_row(&server, 2, 1), star_row(&server, 19, 2), star_row(&server, 20, 3)];
    rows.into_iter().for_each(|row| drop(server.user.commit(row)));
    replica.apply(Apply { tails: vec![server.user.tail(0), server.direct.tail(3)], ..Apply::default() }).await.unwrap();
    let starred = replica.starred(10).await.unwrap();
    assert_eq!(starred.iter().map(|marked| marked.said.is_some()).collect::<Vec<_>>(), [true, true, false]);
    let history = server.direct.history(18, 17);
    replica.apply(Apply { history: vec![history], ..Apply::default() }).await.unwrap();
    assert!(replica.starred(10).await.unwrap().iter().all(|marked| marked.said.is_some()));
    // Deleted by me, which waits; and by Bob, of which my own stream has not told yet.
    let (conversation, message) = (server.conversation(), server.direct.message(20).id);
    replica.enqueue(&mutation(DeleteMessage { conversation, message }.into()), 90).await.unwrap();
    assert_eq!(ids(&replica.starred(10).await.unwrap()), [server.direct.message(19).id, server.direct.message(2).id]);
    let gone = server.direct.delete(19);
    replica.apply(parts(vec![gone])).await.unwrap();
    assert_eq!(ids(&replica.starred(10).await.unwrap()), [server.direct.message(2).id]);
    assert_eq!(shown(&replica, &server).await.0, [2], "what is deleted shows no star");
    let retention = server.direct.commit(RetentionRow { pos: 3, at: 7 });
    replica.apply(parts(vec![retention])).await.unwrap();
    assert_eq!(replica.starred(10).await.unwrap(), []);
}

#[tokio::test]
async fn pins_come_with_the_first_copy_and_go_with_it() {
    let (_, mut server) = ready().await;
    server.bob_says(20);
    let replica = local().await;
    for (pos, at) in [(2, 50), (20, 40)] {
        let row = pin_row(&server, pos, at);
        server.direct.commit(row);
    }
    replica.apply(Apply { tails: vec![server.user.tail(0), server.direct.tail(3)], ..Apply::default() }).await.unwrap();
    let conversation = server.conversation();
    let pins = replica.pins(conversation).await.unwrap();
    assert_eq!(ids(&pins), [server.direct.message(2).id, server.direct.message(20).id], "what was pinned last is first");
    assert_eq!(pins.iter().map(|pin| pin.said.is_some()).collect::<Vec<_>>(), [false, true]);
    assert_eq!(pins[0].by.as_ref().map(|by| by.user), Some(server.bob.user));
    assert_eq!(shown(&replica, &server).await.1, [20]);
    let ended = PinRow { ended_at: Some(60), ..pin_row(&server, 20, 40) };
    let (late, ended) = (server.direct.part(server.direct.head - 1, server.direct.head), server.direct.commit(ended));
    replica.apply(parts(vec![ended])).await.unwrap();
    replica.apply(parts(vec![late])).await.unwrap();
    assert_eq!(ids(&replica.pins(conversation).await.unwrap()), [server.direct.message(2).id], "an older row does not bring it back");
    server.direct.rows.retain(|_, row| row.data.pos().is_none_or(|pos| pos >= 5));
    let retention = server.direct.commit(RetentionRow { pos: 5, at: 7 });
    replica.apply(parts(vec![retention])).await.unwrap();
    assert_eq!(replica.pins(conversation).await.unwrap(), []);
    let row = pin_row(&server, 20, 70);
    let row = server.direct.commit(row);
    replica.apply(parts(vec![row])).await.unwrap();
    let left = MembershipRow { left_at: Some(9), ..crate::support::membership(conversation, Some(&server.bob)) };
    let left = server.user.commit(left);
    replica.apply(parts(vec![left])).await.unwrap();
    assert_eq!(replica.pins(conversation).await.unwrap(), []);
}

#[tokio::test]
async fn a_pin_of_mine_shows_while_it_waits_and_not_when_it_was_refused() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(2);
    replica.apply(parts(frames)).await.unwrap();
    let (conversation, message) = (server.conversation(), server.direct.message(2).id);
    let mine = pin(conversation, message, true);
    replica.enqueue(&mine, 70).await.unwrap();
    let [waiting] = &replica.pins(conversation).await.unwrap()[..] else { panic!("one pin") };
    assert_eq!((waiting.at, waiting.by.as_ref().map(|by| by.user)), (70, Some(server.alice.user)));
    assert_eq!(shown(&replica, &server).await.1, [2]);
    replica.enqueue(&pin(conversation, message, false), 71).await.unwrap();
    assert_eq!(replica.pins(conversation).await.unwrap(), []);
    let third = pin(conversation, server.direct.message(1).id, true);
    replica.enqueue(&third, 72).await.unwrap();
    replica.apply(refusal(third.id, ErrorCode::NotAllowed)).await.unwrap();
    assert_eq!(replica.pins(conversation).await.unwrap(), []);
    // Whom I block is not read, only named.
    replica.enqueue(&pin(conversation, message, true), 73).await.unwrap();
    replica.enqueue(&mutation(BlockUser { user: server.bob.user }.into()), 74).await.unwrap();
    assert!(replica.pins(conversation).await.unwrap()[0].said.as_ref().unwrap().blocked);
}

#[tokio::test]
async fn whichever_way_they_come_the_copy_is_the_same() {
    let (replica, mut server) = ready().await;
    let mut frames = server.bob_says(3);
    let rows = (star_row(&server, 1, 10), pin_row(&server, 2, 11), pin_row(&server, 3, 12));
    frames.push(server.user.commit(rows.0.clone()));
    frames.push(server.direct.commit(rows.1));
    frames.push(server.direct.commit(rows.2.clone()));
    frames.push(server.user.commit(StarRow { ended_at: Some(13), ..rows.0 }));
    frames.push(server.direct.commit(PinRow { ended_at: Some(14), ..rows.2 }));
    for frame in frames.into_iter().rev() {
        replica.apply(parts(vec![frame])).await.unwrap();
    }
    let fresh = local().await;
    fresh.apply(server.everything()).await.unwrap();
    assert_eq!(replica.dump().await.unwrap(), fresh.dump().await.unwrap());
    assert_eq!(
        (ids(&replica.starred(9).await.unwrap()), ids(&replica.pins(server.conversation()).await.unwrap())),
        (vec![], vec![server.direct.message(2).id])
    );
}

#[tokio::test]
async fn what_is_taken_off_or_gone_makes_the_list_of_stars_no_shorter() {
    let (replica, mut server) = ready().await;
    let mut frames = server.bob_says(5);
    for pos in 1..=5 {
        let row = star_row(&server, pos, 1_000 * i64::try_from(pos).unwrap());
        frames.push(server.user.commit(row));
    }
    frames.push(server.direct.delete(4));
    replica.apply(parts(frames)).await.unwrap();
    let messages: Vec<MessageId> = (1..=5).map(|pos| server.direct.message(pos).id).collect();
    replica.enqueue(&star(server.conversation(), messages[4], false), 70).await.unwrap();
    assert_eq!(ids(&replica.starred(2).await.unwrap()), [messages[2], messages[1]]);
    assert_eq!(replica.starred(4).await.unwrap().len(), 3, "there are no others");
}
