//! A server that is set back to a backup: what it had acknowledged is still here, and goes again.

use crate::support::{KEY, Local, Server, Stream, account, answer, local, membership, mutation, parts, person, ready, refusal, texts};
use hearth_protocol::{
    Millis,
    body::Body,
    error::ErrorCode,
    ids::{Epoch, MessageId, MutationId},
    limits::REPLAY_MS_MAX,
    mutation::{Mutation, Outcome, Part},
    mutations::{DeleteMessage, EditMessage, Intent, SendMessage, SetReadReceipts},
    rows::Person,
};
use hearth_replica::{Apply, At, Key, OutboxState, TakingBack, rescue};

/// The clocks of this computer and of the server, at the beginning.
const LOCAL: Millis = 1_000_000;
const SERVER: Millis = 5_000_000;

/// Takes a mutation and has it answered with these parts.
async fn done(replica: &Local, mutation: &Mutation, parts: Vec<Part>) {
    replica.enqueue(mutation, LOCAL).await.unwrap();
    replica.claim(LOCAL, 10).await.unwrap();
    acked(replica, mutation, parts).await;
}

async fn acked(replica: &Local, mutation: &Mutation, parts: Vec<Part>) {
    let batch = Apply { now_local: LOCAL, now_server: Some(SERVER), ..answer(mutation.id, Outcome::Applied(parts)) };
    replica.apply(batch).await.unwrap();
}

/// Alice says something, and it is acknowledged.
async fn said(replica: &Local, server: &mut Server, text: &str) -> Mutation {
    let sent = server.send(text);
    let part = server.direct.say_as(sent.id, server.alice.user, text);
    done(replica, &sent, vec![part]).await;
    sent
}

fn edit(server: &Server, message: MessageId, based_on: u32, text: &str) -> Mutation {
    let conversation = server.conversation();
    mutation(Intent::EditMessage(EditMessage { conversation, message, based_on, body: Body::text(text) }))
}

fn deletion(server: &Server, message: MessageId) -> Mutation {
    mutation(Intent::DeleteMessage(DeleteMessage { conversation: server.conversation(), message }))
}

/// The server is set back to these streams.
fn set_back(server: &mut Server, user: Stream, direct: Stream) {
    server.epoch = Epoch::new();
    (server.user, server.direct) = (user, direct);
    (server.user.epoch, server.direct.epoch) = (server.epoch, server.epoch);
}

async fn shown(replica: &Local, server: &Server) -> Vec<String> {
    texts(&replica.timeline(server.conversation(), At::End, 20).await.unwrap())
}

async fn waiting(replica: &Local) -> Vec<MutationId> {
    replica.outbox().await.unwrap().into_iter().map(|entry| entry.id).collect()
}

async fn claimed(replica: &Local, now: Millis) -> Vec<MutationId> {
    replica.claim(now, 10).await.unwrap().mutations.into_iter().map(|mutation| mutation.id).collect()
}

#[tokio::test]
async fn what_was_acknowledged_goes_again_in_its_place_and_shows_once() {
    let (replica, mut server) = ready().await;
    let first = said(&replica, &mut server, "in the backup").await;
    let backup = (server.user.clone(), server.direct.clone());
    let second = said(&replica, &mut server, "after it").await;
    let third = said(&replica, &mut server, "after it too").await;
    let fourth = server.send("not sent yet");
    replica.enqueue(&fourth, LOCAL).await.unwrap();
    assert_eq!(waiting(&replica).await, [fourth.id], "what is kept is nothing that waits");
    assert_eq!(replica.outbox_count().await.unwrap().all, 1);
    assert!(!replica.welcome(server.epoch, LOCAL, SERVER).await.unwrap().outbox_changed);

    set_back(&mut server, backup.0, backup.1);
    let applied = replica.welcome(server.epoch, LOCAL + 1, SERVER + 1).await.unwrap();
    assert!(applied.outbox_changed && applied.conversations.contains(&server.conversation()));
    let ids = [first.id, second.id, third.id, fourth.id];
    assert_eq!(waiting(&replica).await, ids);
    assert_eq!(shown(&replica, &server).await, ["in the backup", "after it", "after it too", "*not sent yet"]);
    let heads = server.heads(vec![server.user.head_of(), server.direct.head_of()], true);
    replica.apply(heads).await.unwrap();
    replica.apply(server.everything()).await.unwrap();
    assert_eq!(shown(&replica, &server).await, ["in the backup", "*after it", "*after it too", "*not sent yet"]);
    assert_eq!(waiting(&replica).await, ids, "and only once");

    // One after the other, whatever the server knows already.
    assert_eq!(claimed(&replica, LOCAL + 1).await, [first.id]);
    assert_eq!(claimed(&replica, LOCAL + 1).await, Vec::<MutationId>::new());
    let known = server.direct.part(server.direct.head - 1, server.direct.head);
    acked(&replica, &first, vec![known]).await;
    for (mutation, text) in [(&second, "after it"), (&third, "after it too")] {
        assert_eq!(claimed(&replica, LOCAL + 1).await, [mutation.id]);
        let part = server.direct.say_as(mutation.id, server.alice.user, text);
        acked(&replica, mutation, vec![part]).await;
    }
    assert_eq!(claimed(&replica, LOCAL + 1).await, [fourth.id]);
    assert_eq!(shown(&replica, &server).await, ["in the backup", "after it", "after it too", "*not sent yet"]);

    // And all of it once more.
    let backup = (server.user.clone(), server.direct.clone());
    set_back(&mut server, backup.0, backup.1);
    replica.welcome(server.epoch, LOCAL + 2, SERVER + 2).await.unwrap();
    assert_eq!(waiting(&replica).await, ids);
}

#[tokio::test]
async fn after_a_week_by_both_clocks_it_is_forgotten() {
    for (local, server_time, kept) in [
        (REPLAY_MS_MAX + 1, REPLAY_MS_MAX + 1, false),
        (REPLAY_MS_MAX * 500, 1, true),
        (-REPLAY_MS_MAX * 500, 1, true),
        (1, REPLAY_MS_MAX * 500, true),
        (-REPLAY_MS_MAX * 500, REPLAY_MS_MAX + 1, false),
    ] {
        let (replica, mut server) = ready().await;
        let sent = said(&replica, &mut server, "hi").await;
        replica.welcome(server.epoch, LOCAL + local, SERVER + server_time).await.unwrap();
        replica.welcome(Epoch::new(), LOCAL, SERVER).await.unwrap();
        let expected = if kept { vec![sent.id] } else { vec![] };
        assert_eq!(waiting(&replica).await, expected, "{local} {server_time}");
    }
}

#[tokio::test]
async fn marks_settings_and_what_was_deleted_stay_away() {
    let (replica, mut server) = ready().await;
    let kept = said(&replica, &mut server, "kept").await;
    let gone = said(&replica, &mut server, "gone").await;
    said(&replica, &mut server, "deleted elsewhere").await;
    let changed = edit(&server, gone.id, 0, "changed");
    let part = server.direct.edit(2, "changed");
    done(&replica, &changed, vec![part]).await;
    let deleted = deletion(&server, gone.id);
    let part = server.direct.delete(2);
    done(&replica, &deleted, vec![part]).await;
    let part = server.direct.delete(3);
    replica.apply(parts(vec![part])).await.unwrap();
    done(&replica, &mutation(Intent::SetReadReceipts(SetReadReceipts { on: false })), vec![]).await;
    let marker = server.mark(1);
    let part = server.read_to(1);
    done(&replica, &marker, vec![part]).await;
    // Its tombstone comes with the answer.
    let late = server.send("deleted before the answer");
    server.direct.say_as(late.id, server.alice.user, "deleted before the answer");
    let part = server.direct.delete(4);
    done(&replica, &late, vec![Part { prev: part.prev - 1, ..part }]).await;

    replica.welcome(Epoch::new(), LOCAL, SERVER).await.unwrap();
    assert_eq!(waiting(&replica).await, [kept.id, deleted.id]);
    assert_eq!(replica.outbox_count().await.unwrap().all, 1, "nobody waits for what they deleted long ago");
}

#[tokio::test]
async fn whose_account_a_backup_brings_back_has_their_name_again() {
    let (replica, mut server) = ready().await;
    let (bob, conversation) = (server.bob.clone(), server.conversation());
    let backup = (server.user.clone(), server.direct.clone());
    let older = server.user.part(0, 2);
    let gone = server.user.commit(membership(conversation, Some(&Person::deleted(bob.user))));
    replica.apply(parts(vec![gone])).await.unwrap();
    replica.apply(parts(vec![older])).await.unwrap();
    assert!(replica.person(bob.user).await.unwrap().unwrap().is_deleted(), "no older row gives a name back");

    set_back(&mut server, backup.0, backup.1);
    replica.welcome(server.epoch, LOCAL, SERVER).await.unwrap();
    replica.apply(server.everything()).await.unwrap();
    assert_eq!(replica.person(bob.user).await.unwrap(), Some(bob));
}

#[tokio::test]
async fn what_an_edit_gives_is_shown_once() {
    let (replica, mut server) = ready().await;
    said(&replica, &mut server, "one").await;
    let message = server.direct.message(1).id;
    let backup = (server.user.clone(), server.direct.clone());
    for (based_on, text) in [(0, "two"), (1, "three")] {
        let part = server.direct.edit(1, text);
        done(&replica, &edit(&server, message, based_on, text), vec![part]).await;
    }
    let revision = async || match &replica.timeline(server.conversation(), At::End, 5).await.unwrap().messages[0].item {
        hearth_replica::Item::Row(row) => row.revision,
        hearth_replica::Item::Outbox(_) => panic!("it has a row"),
    };
    replica.welcome(Epoch::new(), LOCAL, SERVER).await.unwrap();
    assert_eq!((shown(&replica, &server).await, revision().await), (vec!["three".to_owned()], 2));

    let (mut again, epoch) = (Server::new(), replica.epoch().await.unwrap().unwrap());
    (again.user, again.direct) = backup;
    (again.user.epoch, again.direct.epoch) = (epoch, epoch);
    replica.apply(again.everything()).await.unwrap();
    assert_eq!((shown(&replica, &server).await, revision().await), (vec!["three".to_owned()], 2), "as it will be again");
}

#[tokio::test]
async fn what_it_needs_may_come_for_a_week() {
    let (replica, mut server) = ready().await;
    let part = server.bob_says(1).remove(0);
    replica.apply(parts(vec![part])).await.unwrap();
    let theirs = server.direct.message(1).id;
    let part = server.direct.delete(1);
    let deleted = deletion(&server, theirs);
    done(&replica, &deleted, vec![part]).await;
    let sent = said(&replica, &mut server, "hi").await;

    let refused = async |id, now_local| {
        replica.apply(Apply { now_local, now_server: Some(SERVER), ..refusal(id, ErrorCode::NotFound) }).await.unwrap();
    };
    let state = async || replica.outbox().await.unwrap().into_iter().map(|entry| (entry.id, entry.state)).collect::<Vec<_>>();
    replica.welcome(Epoch::new(), LOCAL, SERVER).await.unwrap();
    assert_eq!(claimed(&replica, LOCAL).await, [deleted.id]);
    refused(deleted.id, LOCAL).await;
    // Bob's message may come again, and holds up nothing of mine.
    assert_eq!(claimed(&replica, LOCAL).await, [sent.id]);
    refused(sent.id, LOCAL).await;
    assert_eq!(state().await, [(deleted.id, OutboxState::Queued), (sent.id, OutboxState::Queued)]);
    let behind = server.send("behind");
    replica.enqueue(&behind, LOCAL).await.unwrap();
    assert_eq!(claimed(&replica, LOCAL).await, Vec::<MutationId>::new(), "its conversation is not there either");
    assert_eq!(claimed(&replica, LOCAL + 1_500).await, [deleted.id]);
    refused(deleted.id, LOCAL + 1_500).await;
    assert_eq!(claimed(&replica, LOCAL + 1_500).await, [sent.id]);

    // After a week nobody sends it any more.
    refused(sent.id, LOCAL + REPLAY_MS_MAX).await;
    refused(deleted.id, LOCAL + REPLAY_MS_MAX).await;
    assert_eq!(state().await, [(sent.id, OutboxState::Failed), (behind.id, OutboxState::Queued)]);
}

#[tokio::test]
async fn a_conversation_that_one_is_out_of_is_for_an_admin() {
    let (replica, mut server) = ready().await;
    let sent = said(&replica, &mut server, "hi").await;
    replica.welcome(Epoch::new(), LOCAL, SERVER).await.unwrap();
    let epoch = replica.epoch().await.unwrap().unwrap();
    (server.user.epoch, server.direct.epoch) = (epoch, epoch);
    server.user.commit(hearth_protocol::rows::MembershipRow { left_at: Some(9), ..membership(server.conversation(), Some(&server.bob)) });
    replica.apply(Apply { tails: vec![server.user.tail(0)], ..Apply::default() }).await.unwrap();
    let entry = replica.outbox().await.unwrap().remove(0);
    assert_eq!((entry.id, entry.state, entry.error.unwrap().code), (sent.id, OutboxState::Failed, ErrorCode::NotAMember));
    // It may have been in the backup: taking it back asks the server.
    let discarded = replica.discard(sent.id, TakingBack::Discard, false).await.unwrap();
    assert_eq!(discarded, hearth_replica::Discarded::TakingBack);
}

#[tokio::test]
async fn a_conversation_that_was_begun_after_the_backup_begins_again_before_its_messages() {
    let (replica, mut server) = ready().await;
    let carol = person("Carol");
    let create = server.start_direct(carol.user);
    let Intent::CreateDirect(direct) = create.intent.clone() else { unreachable!() };
    let conversation = direct.conversation;
    let part = server.user.commit(membership(conversation, Some(&carol)));
    done(&replica, &create, vec![part]).await;
    let say = |text: &str| mutation(Intent::SendMessage(SendMessage::new(conversation, Body::text(text))));
    let (hello, later) = (say("hello"), say("later"));
    done(&replica, &hello, vec![]).await;
    replica.enqueue(&later, LOCAL).await.unwrap();

    replica.welcome(Epoch::new(), LOCAL, SERVER).await.unwrap();
    let needs: Vec<_> = replica.outbox().await.unwrap().into_iter().map(|entry| (entry.id, entry.after)).collect();
    assert_eq!(needs, [(create.id, vec![]), (hello.id, vec![create.id]), (later.id, vec![create.id])]);
    assert_eq!(claimed(&replica, LOCAL).await, [create.id]);
}

#[tokio::test]
async fn a_damaged_file_gives_it_back_in_its_place() {
    let (old, mut server) = ready().await;
    let first = server.send("first, and waits");
    old.enqueue(&first, LOCAL).await.unwrap();
    let second = said(&old, &mut server, "second, and was acknowledged").await;
    old.replica.clone().close().await;
    let rescued = rescue(&old.folder.path().join("replica.db"), &Key::from_bytes(KEY)).await;
    assert!(rescued.whole);
    assert_eq!(rescued.unsent(), 1);

    let new = local().await;
    new.remember_me(&account(&server.alice)).await.unwrap();
    new.restore(&rescued).await.unwrap();
    new.restore(&rescued).await.unwrap();
    assert_eq!(waiting(&new).await, [first.id]);
    let third = server.send("third");
    new.enqueue(&third, LOCAL).await.unwrap();
    new.welcome(server.epoch, LOCAL, SERVER).await.unwrap();
    assert_eq!(waiting(&new).await, [first.id, third.id], "the server that took it is still the same");
    new.welcome(Epoch::new(), LOCAL, SERVER).await.unwrap();
    assert_eq!(waiting(&new).await, [first.id, second.id, third.id]);
    new.restore(&rescued).await.unwrap();
    assert_eq!(waiting(&new).await, [first.id, second.id, third.id]);
}
