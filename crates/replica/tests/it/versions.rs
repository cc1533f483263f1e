//! What messages said before they were edited: here once it was looked up, and no longer than the message.

use crate::support::{KEY, Local, Server, answer, local, mutation, parts, ready, refusal};
use hearth_protocol::{
    body::Body,
    error::ErrorCode,
    ids::MessageId,
    mutation::{Mutation, Outcome},
    mutations::EditMessage,
    rows::{MessageRow, RetentionRow},
    versions::MessageVersion,
};
use hearth_replica::{Apply, Key, Replica};

fn version(revision: u32, text: &str) -> MessageVersion {
    MessageVersion { revision, body: Body::text(text), edited_at: (revision > 0).then_some(i64::from(revision)) }
}

/// Bob has written "one" and made it "two"; what it was is looked up.
async fn edited() -> (Local, Server, MessageId) {
    let (replica, mut server) = ready().await;
    let said = server.direct.say(server.bob.user, "one");
    let changed = server.direct.edit(1, "two");
    replica.apply(parts(vec![said, changed])).await.unwrap();
    let id = server.direct.message(1).id;
    let found = replica.versions(server.conversation(), id).await.unwrap().unwrap();
    assert!(found.kept.is_empty() && !found.is_whole(), "nobody has looked it up yet");
    replica.keep_versions(server.conversation(), id, &[version(0, "one"), version(1, "two")]).await.unwrap();
    (replica, server, id)
}

async fn texts(replica: &Replica, server: &Server, id: MessageId) -> Vec<String> {
    let found = replica.versions(server.conversation(), id).await.unwrap().unwrap();
    found.kept.iter().map(|version| version.body.searchable().unwrap().to_owned()).collect()
}

fn edit(server: &Server, message: MessageId, based_on: u32, text: &str) -> Mutation {
    mutation(EditMessage { conversation: server.conversation(), message, based_on, body: Body::text(text) }.into())
}

#[tokio::test]
async fn what_was_looked_up_is_here_after_a_restart() {
    let (replica, server, id) = edited().await;
    assert!(replica.versions(server.conversation(), id).await.unwrap().unwrap().is_whole());
    let Local { folder, replica } = replica;
    replica.close().await;
    let again = Replica::open(&folder.path().join("replica.db"), &Key::from_bytes(KEY)).await.unwrap();
    assert_eq!(texts(&again, &server, id).await, ["one", "two"]);
    let all = again.all_versions().await.unwrap();
    assert!(all.iter().all(|(conversation, message, _)| (*conversation, *message) == (server.conversation(), id)) && all.len() == 2);
}

#[tokio::test]
async fn the_next_edit_needs_no_asking_and_the_one_after_it_does() {
    let (replica, mut server, id) = edited().await;
    replica.apply(parts(vec![server.direct.edit(1, "three")])).await.unwrap();
    let found = replica.versions(server.conversation(), id).await.unwrap().unwrap();
    assert!(found.is_whole() && found.row.revision == 2, "the row itself is the version that is missing");
    replica.apply(parts(vec![server.direct.edit(1, "four")])).await.unwrap();
    assert!(!replica.versions(server.conversation(), id).await.unwrap().unwrap().is_whole());
    let asked: Vec<MessageVersion> = (0..4).zip(["one", "two", "three", "four"]).map(|(n, text)| version(n, text)).collect();
    replica.keep_versions(server.conversation(), id, &asked).await.unwrap();
    assert_eq!(texts(&replica, &server, id).await, ["one", "two", "three", "four"]);
    // Set back to a backup, the server has another second version.
    let row = server.direct.message(1);
    let other = server.direct.commit(MessageRow { body: Some(Body::text("another")), ..row });
    replica.apply(parts(vec![other])).await.unwrap();
    assert!(!replica.versions(server.conversation(), id).await.unwrap().unwrap().is_whole(), "what is here is not what was");
}

#[tokio::test]
async fn an_edit_that_waits_is_the_last_one_until_it_is_refused() {
    let (replica, mut server) = ready().await;
    let said = server.direct.say(server.alice.user, "one");
    replica.apply(parts(vec![said])).await.unwrap();
    let id = server.direct.message(1).id;
    let change = edit(&server, id, 0, "two");
    replica.enqueue(&change, 70).await.unwrap();
    let found = replica.versions(server.conversation(), id).await.unwrap().unwrap();
    assert_eq!((found.row.revision, found.waits, found.kept.len()), (0, Some(Body::text("two")), 0));
    replica.apply(refusal(change.id, ErrorCode::NotAllowed)).await.unwrap();
    assert_eq!(replica.versions(server.conversation(), id).await.unwrap().unwrap().waits, None);
    let change = edit(&server, id, 0, "three");
    replica.enqueue(&change, 71).await.unwrap();
    let frame = server.direct.edit(1, "three");
    replica.apply(answer(change.id, Outcome::Applied(vec![frame]))).await.unwrap();
    let found = replica.versions(server.conversation(), id).await.unwrap().unwrap();
    assert_eq!((found.row.revision, found.waits), (1, None));
}

#[tokio::test]
async fn it_goes_when_the_message_is_deleted_and_is_not_kept_afterwards() {
    let (replica, mut server, id) = edited().await;
    replica.apply(parts(vec![server.direct.delete(1)])).await.unwrap();
    assert_eq!(replica.all_versions().await.unwrap(), []);
    assert!(texts(&replica, &server, id).await.is_empty());
    // An answer that comes after the deletion.
    replica.keep_versions(server.conversation(), id, &[version(0, "one")]).await.unwrap();
    replica.keep_versions(server.conversation(), MessageId::new(), &[version(0, "one")]).await.unwrap();
    assert_eq!(replica.all_versions().await.unwrap(), []);
}

#[tokio::test]
async fn it_goes_with_what_the_server_gives_up_and_with_the_conversation() {
    let (replica, mut server, id) = edited().await;
    replica.apply(parts(vec![server.direct.say(server.bob.user, "later")])).await.unwrap();
    server.direct.rows.retain(|_, row| row.data.pos().is_none_or(|pos| pos > 1));
    replica.apply(parts(vec![server.direct.commit(RetentionRow { pos: 2, at: 7 })])).await.unwrap();
    assert_eq!(replica.versions(server.conversation(), id).await.unwrap(), None);
    assert_eq!(replica.all_versions().await.unwrap(), []);

    let (replica, server, id) = edited().await;
    replica.apply(Apply { gone: vec![server.direct.id], ..Apply::default() }).await.unwrap();
    assert_eq!(replica.versions(server.conversation(), id).await.unwrap(), None, "it is no conversation of mine any more");
    assert_eq!(replica.all_versions().await.unwrap(), []);
}

#[tokio::test]
async fn two_replicas_are_equal_whatever_was_looked_up_on_one() {
    let (replica, server, _) = edited().await;
    let fresh = local().await;
    fresh.apply(Apply { tails: server.everything().tails, ..Apply::default() }).await.unwrap();
    assert_eq!(replica.dump().await.unwrap(), fresh.dump().await.unwrap());
}
