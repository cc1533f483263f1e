//! What I have hidden for myself: from the server, and laid over it while it waits.

use crate::support::{Local, Server, answer, local, mutation, parts, ready, refusal};
use hearth_protocol::body::Body;
use hearth_protocol::{
    Pos,
    error::ErrorCode,
    ids::{ConversationId, MessageId},
    mutation::{Mutation, Outcome},
    mutations::{HideMessage, SendMessage, Star},
    rows::{HiddenRow, RowData},
};
use hearth_replica::{At, Error, Item, Quoted};

fn hide(conversation: ConversationId, message: MessageId, on: bool) -> Mutation {
    mutation(HideMessage { conversation, message, on }.into())
}

fn row(server: &Server, pos: Pos, at: i64) -> HiddenRow {
    HiddenRow { id: server.direct.message(pos).id, conversation: server.conversation(), pos, at, ended_at: None }
}

async fn places(replica: &Local, server: &Server) -> Vec<Pos> {
    let rows = replica.timeline(server.conversation(), At::End, 50).await.unwrap();
    rows.messages.iter().filter_map(|message| if let Item::Row(row) = &message.item { Some(row.pos) } else { None }).collect()
}

async fn last(replica: &Local, server: &Server) -> Option<MessageId> {
    replica.conversation(server.conversation()).await.unwrap().unwrap().last.map(|last| last.id)
}

#[tokio::test]
async fn what_is_hidden_is_nowhere_while_it_waits_and_once_the_server_has_it() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(3);
    replica.apply(parts(frames)).await.unwrap();
    let (conversation, second, third) = (server.conversation(), server.direct.message(2).id, server.direct.message(3).id);
    let mine = hide(conversation, third, true);
    replica.enqueue(&mine, 70).await.unwrap();
    assert_eq!((places(&replica, &server).await, last(&replica, &server).await), (vec![1, 2], Some(second)));
    let committed = row(&server, 3, 2_000);
    let committed = server.user.commit(committed);
    replica.apply(answer(mine.id, Outcome::Applied(vec![committed]))).await.unwrap();
    assert_eq!((places(&replica, &server).await, last(&replica, &server).await), (vec![1, 2], Some(second)));
    assert!(matches!(replica.timeline(conversation, At::Message(third), 9).await, Err(Error::NoSuchMessage)));
    // Another device hides another one; a star on it is not listed.
    replica.enqueue(&mutation(Star { conversation, message: second, on: true }.into()), 71).await.unwrap();
    assert_eq!(replica.starred(9).await.unwrap().len(), 1);
    let committed = row(&server, 2, 3_000);
    let committed = server.user.commit(committed);
    let applied = replica.apply(parts(vec![committed])).await.unwrap();
    assert!(applied.conversations.contains(&conversation), "the window shows it at once");
    assert_eq!((places(&replica, &server).await, replica.starred(9).await.unwrap()), (vec![1], vec![]));
    // Shown again; what was refused shows nothing.
    let again = hide(conversation, third, false);
    replica.enqueue(&again, 72).await.unwrap();
    assert_eq!((places(&replica, &server).await, last(&replica, &server).await), (vec![1, 3], Some(third)));
    replica.apply(refusal(again.id, ErrorCode::BadRequest)).await.unwrap();
    assert_eq!(places(&replica, &server).await, [1]);
}

#[tokio::test]
async fn what_was_hidden_and_taken_back_before_it_went_does_not_go() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(1);
    replica.apply(parts(frames)).await.unwrap();
    let (conversation, message) = (server.conversation(), server.direct.message(1).id);
    replica.enqueue(&hide(conversation, message, true), 70).await.unwrap();
    replica.enqueue(&hide(conversation, message, false), 71).await.unwrap();
    assert_eq!((replica.outbox().await.unwrap(), places(&replica, &server).await), (vec![], vec![1]));
    replica.enqueue(&hide(conversation, message, false), 72).await.unwrap();
    assert_eq!(replica.outbox().await.unwrap(), [], "it is shown already");
}

#[tokio::test]
async fn a_quote_of_it_says_so_and_counts_stay_as_they_are() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(3);
    replica.apply(parts(frames)).await.unwrap();
    let conversation = server.conversation();
    let unread = async || replica.conversation(conversation).await.unwrap().unwrap().unread;
    assert_eq!(unread().await, 3);
    for pos in [2, 3] {
        replica.enqueue(&hide(conversation, server.direct.message(pos).id, true), 70).await.unwrap();
    }
    assert_eq!(unread().await, 3, "what is hidden is as read as it was");
    let reply = SendMessage { reply_to: Some(server.direct.message(2).id), ..SendMessage::new(conversation, Body::text("no")) };
    replica.enqueue(&mutation(reply.into()), 71).await.unwrap();
    let rows = replica.timeline(conversation, At::End, 50).await.unwrap();
    assert_eq!(rows.messages.last().unwrap().quote.as_ref().unwrap().of, Quoted::Hidden);
    // Whoever reads the last that is shown has read what is hidden after it.
    assert_eq!((replica.read_through(conversation, 1).await.unwrap(), replica.read_through(conversation, 0).await.unwrap()), (3, 0));
    assert_eq!(replica.unread_place(conversation, None).await.unwrap(), Some(1));
}

#[tokio::test]
async fn whichever_way_they_come_the_copy_is_the_same() {
    let (replica, mut server) = ready().await;
    let mut frames = server.bob_says(3);
    let rows = (row(&server, 1, 10), row(&server, 2, 11));
    frames.push(server.user.commit(rows.0.clone()));
    frames.push(server.user.commit(rows.1));
    frames.push(server.user.commit(HiddenRow { ended_at: Some(13), ..rows.0 }));
    for frame in frames.into_iter().rev() {
        replica.apply(parts(vec![frame])).await.unwrap();
    }
    let fresh = local().await;
    fresh.apply(server.everything()).await.unwrap();
    assert_eq!(replica.dump().await.unwrap(), fresh.dump().await.unwrap());
    assert_eq!((places(&replica, &server).await, places(&fresh, &server).await), (vec![1, 3], vec![1, 3]));
    // Once the server has forgotten what ended, it makes no difference.
    server.user.rows.retain(|_, row| !matches!(&row.data, RowData::Hidden(row) if row.ended_at.is_some()));
    let later = local().await;
    later.apply(server.everything()).await.unwrap();
    assert_eq!(later.dump().await.unwrap(), fresh.dump().await.unwrap());
}

#[tokio::test]
async fn what_ended_before_the_first_copy_came_is_not_there() {
    let (replica, mut server) = (local().await, Server::new());
    server.bob_says(2);
    let hidden = server.user.commit(row(&server, 1, 10));
    replica.apply(parts(vec![hidden])).await.unwrap();
    // It was shown again, which the server has forgotten by now.
    server.user.rows.retain(|_, row| !matches!(&row.data, RowData::Hidden(_)));
    replica.apply(server.everything()).await.unwrap();
    assert_eq!(places(&replica, &server).await, [1, 2]);
}
