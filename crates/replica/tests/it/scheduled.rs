//! What waits for its time: from the server, with what of mine waits in the outbox laid over it.

use crate::support::{KEY, Local, Server, answer, local, mutation, parts, ready, refusal};
use hearth_protocol::{
    Millis,
    body::Body,
    error::ErrorCode,
    ids::{ConversationId, Epoch, MessageId, MutationId},
    limits::REPLAY_MS_MAX,
    mutation::{Mutation, Outcome},
    mutations::{CancelScheduled, ChangeScheduled, Intent, ScheduleMessage},
    row::Row,
    rows::{RowData, ScheduledRow, ScheduledState},
};
use hearth_replica::{Apply, At, Discarded, Key, OutboxState, Replica, TakingBack};

const NOW: Millis = 1_000_000;
const LATER: Millis = 5_000_000;

fn schedule(server: &Server, text: &str, send_at: Millis) -> Mutation {
    let conversation = server.conversation();
    mutation(ScheduleMessage { conversation, body: Body::text(text), reply_to: None, send_at }.into())
}

fn change(server: &Server, message: MessageId, based_on: u32, text: &str) -> Mutation {
    let (conversation, body) = (server.conversation(), Some(Body::text(text)));
    mutation(ChangeScheduled { conversation, message, based_on, body, send_at: None }.into())
}

fn at_another_time(server: &Server, message: MessageId, based_on: u32, send_at: Millis) -> Mutation {
    let conversation = server.conversation();
    mutation(ChangeScheduled { conversation, message, based_on, body: None, send_at: Some(send_at) }.into())
}

fn cancel(server: &Server, message: MessageId) -> Mutation {
    mutation(CancelScheduled { conversation: server.conversation(), message }.into())
}

fn row(server: &Server, id: MessageId, text: &str, revision: u32) -> ScheduledRow {
    ScheduledRow {
        id,
        conversation: server.conversation(),
        body: Some(Body::text(text)),
        reply_to: None,
        send_at: LATER,
        revision,
        created_at: NOW,
        state: ScheduledState::Waiting,
        reason: None,
    }
}

/// What is shown: the text, when it goes out, and whether the server has it.
async fn shown(replica: &Replica) -> Vec<(String, Millis, bool)> {
    let scheduled = replica.scheduled(None).await.unwrap();
    scheduled.into_iter().map(|one| (one.row.body.unwrap().searchable().unwrap().to_owned(), one.row.send_at, !one.only_here)).collect()
}

async fn waiting(replica: &Replica) -> Vec<(MutationId, OutboxState)> {
    replica.outbox().await.unwrap().into_iter().map(|entry| (entry.id, entry.state)).collect()
}

/// The server takes it, and says so in a row.
async fn accepted(replica: &Local, server: &mut Server, made: &Mutation, row: ScheduledRow) {
    let part = server.user.commit(row);
    let batch = Apply { now_local: NOW, now_server: Some(NOW), ..answer(made.id, Outcome::Applied(vec![part])) };
    replica.apply(batch).await.unwrap();
}

#[tokio::test]
async fn it_shows_while_it_waits_for_the_server_and_once_that_has_it_until_it_is_sent() {
    let (replica, mut server) = ready().await;
    replica.save_draft(server.conversation(), "happy birthday", None).await.unwrap();
    let made = schedule(&server, "happy birthday", LATER);
    replica.enqueue(&made, NOW).await.unwrap();
    assert_eq!(replica.draft(server.conversation()).await.unwrap(), None, "the draft went with it");
    assert_eq!(shown(&replica).await, [(String::from("happy birthday"), LATER, false)]);
    assert!(replica.timeline(server.conversation(), At::End, 9).await.unwrap().messages.is_empty(), "nobody has said it yet");
    replica.claim(NOW, 9).await.unwrap();
    let waits = row(&server, made.id, "happy birthday", 0);
    accepted(&replica, &mut server, &made, waits.clone()).await;
    assert_eq!((shown(&replica).await, waiting(&replica).await), (vec![(String::from("happy birthday"), LATER, true)], vec![]));
    assert!(replica.scheduled(Some(ConversationId::new())).await.unwrap().is_empty());
    // It could not be sent: it stays, with the reason.
    let failed = ScheduledRow { state: ScheduledState::Failed, reason: Some(ErrorCode::NotFound), revision: 1, ..waits };
    let part = server.user.commit(failed.clone());
    let applied = replica.apply(parts(vec![part])).await.unwrap();
    assert!(applied.conversations.contains(&server.conversation()), "the window hears of it");
    assert_eq!(replica.scheduled(None).await.unwrap()[0].row.reason, Some(ErrorCode::NotFound));
    let part = server.user.commit(failed.ended(ScheduledState::Sent));
    replica.apply(parts(vec![part])).await.unwrap();
    assert_eq!(shown(&replica).await, []);
}

#[tokio::test]
async fn changes_are_laid_over_it_and_a_refused_one_keeps_its_text() {
    let (replica, mut server) = ready().await;
    let made = schedule(&server, "at noon", LATER);
    replica.enqueue(&made, NOW).await.unwrap();
    replica.claim(NOW, 9).await.unwrap();
    let waits = row(&server, made.id, "at noon", 0);
    accepted(&replica, &mut server, &made, waits.clone()).await;
    let (text, time) = (change(&server, made.id, 0, "at one"), at_another_time(&server, made.id, 1, 0));
    for entry in [&text, &time] {
        replica.enqueue(entry, NOW + 7).await.unwrap();
    }
    assert_eq!(shown(&replica).await, [(String::from("at one"), NOW + 7, true)], "what is to go at once has no time of its own");
    assert_eq!(replica.scheduled(None).await.unwrap()[0].row.revision, 2);
    // The row of the first comes by a push before its answer: it is not counted twice.
    let part = server.user.commit(row(&server, made.id, "at one", 1));
    replica.apply(parts(vec![part])).await.unwrap();
    assert_eq!(replica.scheduled(None).await.unwrap()[0].row.revision, 2);
    replica.claim(NOW + 8, 9).await.unwrap();
    replica.apply(refusal(time.id, ErrorCode::EditConflict)).await.unwrap();
    assert_eq!(shown(&replica).await, [(String::from("at one"), LATER, true)]);
    replica.apply(refusal(text.id, ErrorCode::EditConflict)).await.unwrap();
    assert_eq!(replica.discard(text.id, TakingBack::Edit, false).await.unwrap(), Discarded::Gone(text.intent));
    assert_eq!(replica.draft(server.conversation()).await.unwrap().as_deref(), Some("at one"), "what was typed comes back");
}

#[tokio::test]
async fn what_never_went_out_is_scheduled_otherwise_or_not_at_all() {
    let (local, server) = ready().await;
    let (kept, dropped) = (schedule(&server, "at noon", LATER), schedule(&server, "never", LATER + 1));
    for made in [&kept, &dropped] {
        local.enqueue(made, NOW).await.unwrap();
    }
    local.enqueue(&change(&server, kept.id, 0, "at one"), NOW).await.unwrap();
    local.enqueue(&at_another_time(&server, kept.id, 1, LATER + 60_000), NOW).await.unwrap();
    local.enqueue(&cancel(&server, dropped.id), NOW).await.unwrap();
    assert_eq!(waiting(&local).await, [(kept.id, OutboxState::Queued)], "there is nothing else to tell the server");
    local.replica.clone().close().await;
    let replica = Replica::open(&local.folder.path().join("replica.db"), &Key::from_bytes(KEY)).await.unwrap();
    assert_eq!(shown(&replica).await, [(String::from("at one"), LATER + 60_000, false)]);
    let sent = replica.claim(NOW, 9).await.unwrap().mutations;
    let Intent::ScheduleMessage(message) = &sent[0].intent else { panic!("it is scheduled") };
    assert_eq!((message.body.clone(), message.send_at), (Body::text("at one"), LATER + 60_000));
    // Now it may have arrived: what is done to it is told.
    replica.enqueue(&cancel(&server, kept.id), NOW).await.unwrap();
    assert_eq!((waiting(&replica).await.len(), shown(&replica).await), (2, vec![]));
    replica.close().await;
}

#[tokio::test]
async fn after_a_restored_backup_what_waits_is_scheduled_again_and_what_was_given_up_is_not() {
    let (replica, mut server) = ready().await;
    replica.welcome(server.epoch, NOW, NOW).await.unwrap();
    let before = (server.user.clone(), server.direct.clone());
    let (kept, given_up) = (schedule(&server, "at noon", LATER), schedule(&server, "never", LATER));
    for (made, text) in [(&kept, "at noon"), (&given_up, "never")] {
        replica.enqueue(made, NOW).await.unwrap();
        replica.claim(NOW, 9).await.unwrap();
        let waits = row(&server, made.id, text, 0);
        accepted(&replica, &mut server, made, waits).await;
    }
    let end = cancel(&server, given_up.id);
    replica.enqueue(&end, NOW).await.unwrap();
    replica.claim(NOW, 9).await.unwrap();
    let ended = row(&server, given_up.id, "never", 0).ended(ScheduledState::Cancelled);
    accepted(&replica, &mut server, &end, ended).await;
    assert_eq!(waiting(&replica).await, []);

    server.epoch = Epoch::new();
    (server.user, server.direct) = before;
    (server.user.epoch, server.direct.epoch) = (server.epoch, server.epoch);
    replica.welcome(server.epoch, NOW, NOW).await.unwrap();
    let ids: Vec<MutationId> = waiting(&replica).await.into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, [kept.id, end.id], "an older backup may have what was given up, waiting");
    // There it is not: nothing is left to tell.
    replica.claim(NOW, 9).await.unwrap();
    replica.apply(Apply { now_local: NOW + REPLAY_MS_MAX + 1, ..refusal(end.id, ErrorCode::NotFound) }).await.unwrap();
    assert_eq!(waiting(&replica).await.into_iter().map(|(id, _)| id).collect::<Vec<_>>(), [kept.id]);
}

#[tokio::test]
async fn what_was_given_up_before_its_answer_came_is_not_scheduled_again() {
    let (replica, mut server) = ready().await;
    replica.welcome(server.epoch, NOW, NOW).await.unwrap();
    let made = schedule(&server, "never", LATER);
    let changed = change(&server, made.id, 0, "never ever");
    for mutation in [&made, &changed] {
        replica.enqueue(mutation, NOW).await.unwrap();
        replica.claim(NOW, 9).await.unwrap();
    }
    // Another device gives it up, and that comes first.
    let ended = server.user.commit(row(&server, made.id, "never ever", 1).ended(ScheduledState::Cancelled));
    replica.apply(parts(vec![ended])).await.unwrap();
    for mutation in [&made, &changed] {
        replica.apply(answer(mutation.id, Outcome::Applied(vec![]))).await.unwrap();
    }
    assert_eq!(waiting(&replica).await, []);
    replica.welcome(Epoch::new(), NOW, NOW).await.unwrap();
    assert_eq!(waiting(&replica).await, []);
}

#[tokio::test]
async fn a_first_copy_brings_what_waits() {
    let (_, mut server) = ready().await;
    let (waits, sent) = (MessageId::new(), MessageId::new());
    server.user.commit(row(&server, waits, "at noon", 3));
    server.user.commit(row(&server, sent, "said", 0).ended(ScheduledState::Sent));
    let replica = local().await;
    replica.apply(server.everything()).await.unwrap();
    assert_eq!(shown(&replica).await, [(String::from("at noon"), LATER, true)]);
    assert_eq!(replica.scheduled(None).await.unwrap()[0].row.revision, 3);
    // Once the server has forgotten what was sent, it makes no difference.
    let of = |row: &Row| if let RowData::Scheduled(row) = &row.data { Some(row.id) } else { None };
    server.user.rows.retain(|_, row| of(row) != Some(sent));
    let later = local().await;
    later.apply(server.everything()).await.unwrap();
    assert_eq!(later.dump().await.unwrap(), replica.dump().await.unwrap());
}

#[tokio::test]
async fn what_was_sent_before_the_first_copy_came_waits_no_longer() {
    let (replica, mut server) = (local().await, Server::new());
    let waits = server.user.commit(row(&server, MessageId::new(), "at noon", 0));
    replica.apply(parts(vec![waits])).await.unwrap();
    // It was sent, and the server has forgotten by now that it had been scheduled.
    server.user.rows.retain(|_, row| !matches!(&row.data, RowData::Scheduled(_)));
    replica.apply(server.everything()).await.unwrap();
    assert_eq!(shown(&replica).await, []);
}
