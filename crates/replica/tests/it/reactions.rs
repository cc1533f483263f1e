//! What stands on messages: shown with them, before the server knows of mine, and gone with them.

use crate::support::{Local, Server, answer, local, mutation, parts, ready, refusal, texts};
use hearth_protocol::{
    error::ErrorCode,
    mutation::{Mutation, Outcome},
    mutations::React,
    rows::{ReactionRow, RowData},
};
use hearth_replica::{Apply, At, OutboxState};

/// What stands on each message of the end: emoji, how many, and `*` where one of them is mine.
async fn shown(replica: &Local, server: &Server) -> Vec<Vec<String>> {
    let rows = replica.timeline(server.conversation(), At::End, 100).await.unwrap();
    let words =
        |reaction: &hearth_replica::Reaction| format!("{}{}{}", reaction.emoji, reaction.count, if reaction.mine { "*" } else { "" });
    rows.messages.iter().map(|message| message.reactions.iter().map(words).collect()).collect()
}

fn react(server: &Server, pos: u64, emoji: &str, on: bool) -> Mutation {
    mutation(React { conversation: server.conversation(), message: server.direct.message(pos).id, emoji: emoji.into(), on }.into())
}

#[tokio::test]
async fn it_is_counted_named_and_in_the_order_in_which_it_came() {
    let (replica, mut server) = ready().await;
    let (alice, bob) = (server.alice.user, server.bob.user);
    let mut came = server.bob_says(2);
    came.extend([
        server.direct.react(1, bob, "🔥", true),
        server.direct.react(1, bob, "👍", true),
        server.direct.react(1, alice, "👍", true),
    ]);
    let applied = replica.apply(parts(came)).await.unwrap();
    assert!(applied.conversations.contains(&server.conversation()));
    assert_eq!(applied.new_messages.len(), 2, "nothing of it is news");
    assert_eq!(shown(&replica, &server).await, [vec!["🔥1".to_owned(), "👍2*".into()], vec![]]);
    let rows = replica.timeline(server.conversation(), At::End, 100).await.unwrap();
    assert_eq!(rows.messages[0].reactions[1].who, [server.bob.clone()], "who else, by name");
    let first = server.direct.message(1).id;
    let everybody = replica.reactions(server.conversation(), first).await.unwrap();
    assert_eq!(everybody, [("🔥".to_owned(), vec![server.bob.clone()]), ("👍".into(), vec![server.bob.clone(), server.alice.clone()])]);
    let back = server.direct.react(1, bob, "🔥", false);
    replica.apply(parts(vec![back])).await.unwrap();
    assert_eq!(shown(&replica, &server).await, [vec!["👍2*".to_owned()], vec![]]);
}

#[tokio::test]
async fn mine_shows_at_once_and_deciding_otherwise_before_it_went_sends_nothing() {
    let (replica, mut server) = ready().await;
    let said = server.bob_says(1);
    replica.apply(parts(said)).await.unwrap();
    replica.enqueue(&react(&server, 1, "👍", true), 10).await.unwrap();
    assert_eq!(shown(&replica, &server).await, [["👍1*"]]);
    let me = replica.reactions(server.conversation(), server.direct.message(1).id).await.unwrap();
    assert_eq!(me, [("👍".to_owned(), vec![server.alice.clone()])]);
    replica.enqueue(&react(&server, 1, "👍", false), 11).await.unwrap();
    assert_eq!((shown(&replica, &server).await, replica.outbox().await.unwrap()), (vec![vec![]], vec![]));

    // What is under way is not called back, but followed by its opposite.
    let on = react(&server, 1, "👍", true);
    replica.enqueue(&on, 12).await.unwrap();
    replica.claim(13, 10).await.unwrap();
    replica.enqueue(&react(&server, 1, "👍", false), 14).await.unwrap();
    replica.enqueue(&react(&server, 1, "👍", true), 15).await.unwrap();
    assert_eq!(replica.outbox().await.unwrap().len(), 1, "it is on its way as it is wanted");
    replica.enqueue(&react(&server, 1, "👍", false), 16).await.unwrap();
    assert_eq!((shown(&replica, &server).await, replica.outbox().await.unwrap().len()), (vec![vec![]], 2));
    let stands = server.direct.react(1, server.alice.user, "👍", true);
    replica.apply(answer(on.id, Outcome::Applied(vec![stands]))).await.unwrap();
    assert_eq!(shown(&replica, &server).await, [Vec::<String>::new()], "the other one waits still");
    assert_eq!(replica.claim(17, 10).await.unwrap().mutations.len(), 1);
}

#[tokio::test]
async fn what_is_refused_waits_for_the_person_and_holds_nothing_up() {
    let (replica, mut server) = ready().await;
    let said = server.bob_says(1);
    replica.apply(parts(said)).await.unwrap();
    let (on, text) = (react(&server, 1, "👍", true), server.send("after it"));
    replica.enqueue(&on, 10).await.unwrap();
    replica.enqueue(&text, 11).await.unwrap();
    replica.claim(12, 10).await.unwrap();
    replica.apply(refusal(on.id, ErrorCode::BadRequest)).await.unwrap();
    replica.requeue_in_flight().await.unwrap();
    assert_eq!(shown(&replica, &server).await[0], Vec::<String>::new(), "it does not stand there");
    let states: Vec<OutboxState> = replica.outbox().await.unwrap().iter().map(|entry| entry.state).collect();
    assert_eq!(states, [OutboxState::Failed, OutboxState::Queued]);
    let goes = replica.claim(13, 10).await.unwrap().mutations;
    assert_eq!(goes.iter().map(|mutation| mutation.id).collect::<Vec<_>>(), [text.id]);
    replica.enqueue(&react(&server, 1, "👍", true), 14).await.unwrap();
    assert_eq!(replica.outbox().await.unwrap().len(), 2, "the new one stands for it");
}

#[tokio::test]
async fn what_comes_before_its_message_waits_for_it_out_of_sight() {
    let (replica, mut server) = ready().await;
    server.bob_says(10);
    server.direct.react(2, server.bob.user, "🎉", true);
    replica.reset_stream(server.direct.id, server.direct.tail(3)).await.unwrap();
    let late = server.direct.react(2, server.alice.user, "🎉", true);
    replica.apply(parts(vec![late])).await.unwrap();
    assert!(!replica.dump().await.unwrap().contains("🎉"));
    let page = server.direct.history(8, 10);
    replica.apply(Apply { history: vec![page], ..Apply::default() }).await.unwrap();
    assert_eq!(shown(&replica, &server).await[1], ["🎉2*"]);
}

#[tokio::test]
async fn it_goes_with_the_message_and_with_what_is_too_old() {
    let (replica, mut server) = ready().await;
    let bob = server.bob.user;
    let mut came = server.bob_says(2);
    let stands = server.direct.react(1, bob, "👍", true);
    came.extend([stands.clone(), server.direct.react(2, bob, "🔥", true)]);
    replica.apply(parts(came)).await.unwrap();
    let gone = server.direct.delete(1);
    replica.apply(parts(vec![gone])).await.unwrap();
    replica.apply(parts(vec![stands])).await.unwrap();
    assert_eq!(shown(&replica, &server).await, [vec![], vec!["🔥1".to_owned()]]);
    let left = replica.messages_before(server.conversation(), 10, 10).await.unwrap();
    let left: Vec<&ReactionRow> =
        left.iter().filter_map(|row| if let RowData::Reaction(row) = &row.data { Some(row) } else { None }).collect();
    assert_eq!(left.len(), 1, "{left:?}");
    let kept = server.direct.commit(hearth_protocol::rows::RetentionRow { pos: 3, at: 9 });
    replica.apply(parts(vec![kept])).await.unwrap();
    assert!(!replica.dump().await.unwrap().contains("🔥"));
}

/// Whatever the old copy had stays readable until the new one says what stands there.
#[tokio::test]
async fn a_new_copy_replaces_it_page_by_page() {
    let (replica, mut server) = ready().await;
    let bob = server.bob.user;
    let mut came = server.bob_says(6);
    came.extend([
        server.direct.react(1, bob, "👍", true),
        server.direct.react(2, bob, "🔥", true),
        server.direct.react(6, bob, "👀", true),
    ]);
    replica.apply(parts(came)).await.unwrap();
    server.direct.react(1, bob, "👍", false);
    server.direct.react(6, bob, "👀", false);
    server.direct.react(2, server.alice.user, "🔥", true);
    // What was taken back is purged on the server meanwhile.
    server.direct.rows.retain(|_, row| !matches!(&row.data, RowData::Reaction(row) if row.at.is_none()));
    replica.reset_stream(server.direct.id, server.direct.tail(2)).await.unwrap();
    let old = shown(&replica, &server).await;
    assert_eq!((old[0].clone(), old[1].clone(), old[5].clone()), (vec!["👍1".to_owned()], vec!["🔥1".into()], vec![]));
    replica.apply(Apply { history: vec![server.direct.history(5, 10)], ..Apply::default() }).await.unwrap();
    let new = shown(&replica, &server).await;
    assert_eq!((new[0].clone(), new[1].clone()), (vec![], vec!["🔥2*".to_owned()]));
    let rows = replica.timeline(server.conversation(), At::End, 100).await.unwrap();
    assert_eq!(texts(&rows).len(), 6);
}

#[tokio::test]
async fn what_was_taken_back_before_the_first_copy_came_is_not_there() {
    let (replica, mut server) = (local().await, Server::new());
    server.bob_says(2);
    replica.apply(Apply { tails: vec![server.user.tail(0)], ..Apply::default() }).await.unwrap();
    let live = server.direct.react(1, server.bob.user, "👍", true);
    replica.apply(parts(vec![live])).await.unwrap();
    server.direct.react(1, server.bob.user, "👍", false);
    // Copies and pages tell what stands there, not what did.
    server.direct.rows.retain(|_, row| !matches!(&row.data, RowData::Reaction(_)));
    replica.apply(Apply { tails: vec![server.direct.tail(50)], ..Apply::default() }).await.unwrap();
    assert_eq!(shown(&replica, &server).await, vec![Vec::<String>::new(); 2]);
}
