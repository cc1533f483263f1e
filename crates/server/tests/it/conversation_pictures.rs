//! What conversations look like: who says so, where it is told, who is shown it, and what is left of it.

use crate::{
    channels::{ask, channel, copy, opens, private, team},
    deletions::delete,
    host::{Database, Host, PASSWORD},
    person::{Person, happened},
    pictures::{fetch, files, png, put_at, remove_at},
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::{ConversationId, MediaId},
    mutations::{DeleteConversation, DeleteGroup, EditConversation, SetChannelPrivate, SetMemberRole},
    rows::{ConversationRow, MemberRole, RowData},
    stream::StreamId,
    sync::{From, Page},
    system::SystemEvent,
};

on_both_databases!(
    a_conversations_picture_is_a_row_and_told_in_it,
    its_bytes_are_for_those_who_see_it,
    a_channels_picture_is_its_groups_to_choose,
    one_that_was_replaced_or_removed_is_gone,
    what_is_deleted_leaves_no_picture,
    it_stays_when_who_chose_it_is_gone,
);

fn path(conversation: ConversationId) -> String {
    format!("/v1/conversations/{conversation}/picture")
}

pub async fn show(person: &Person, conversation: ConversationId) -> Result<MediaId, ApiError> {
    put_at(person, &path(conversation), png([20, 60, 120])).await
}

pub async fn remove(person: &Person, conversation: ConversationId) -> Result<(), ApiError> {
    remove_at(person, &path(conversation)).await
}

/// The conversation as its stream tells it.
async fn told(person: &Person, conversation: ConversationId) -> ConversationRow {
    let rows = copy(person, StreamId::Conversation(conversation)).await.expect("a copy").0;
    rows.into_iter().find_map(|row| if let RowData::Conversation(row) = row { Some(row) } else { None }).expect("its row")
}

async fn events(person: &Person, conversation: ConversationId) -> Vec<SystemEvent> {
    let Page::Tail { part, .. } = person.page(StreamId::Conversation(conversation), From::Tail { messages: 100 }, 1_000).await else {
        panic!("not a tail");
    };
    happened(&part.rows)
}

async fn a_conversations_picture_is_a_row_and_told_in_it(database: Database) {
    let mut host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let talk = alice.group("Climbing", &[&bob], true).await;
    let mut socket = bob.socket().await;
    let picture = show(&alice, talk).await.unwrap();
    let pushed = socket.rows(StreamId::Conversation(talk)).await;
    assert!(pushed.rows.iter().any(|row| matches!(&row.data, RowData::Conversation(row) if row.picture == Some(picture))), "{pushed:?}");
    assert_eq!(happened(&pushed.rows), [SystemEvent::PictureSet { removed: false }], "in the same commit");
    assert_eq!(bob.unread(talk).await, 0, "it is nobody's word");
    ask(&alice, EditConversation { conversation: talk, name: Some("Walking".into()), topic: None }).await.unwrap();
    drop(socket);
    host.restart().await;
    let (alice, bob) = (alice.at(&host), bob.at(&host));
    let row = told(&bob, talk).await;
    assert_eq!((row.picture, row.name.as_str()), (Some(picture), "Walking"), "another name leaves the picture");
    remove(&alice, talk).await.unwrap();
    // Without one it is as it was: nothing is told.
    remove(&alice, talk).await.unwrap();
    let row = told(&bob, talk).await;
    assert_eq!((row.picture, row.name.as_str()), (None, "Walking"));
    let edited = SystemEvent::Edited { name: true, topic: false };
    let [set, removed] = [false, true].map(|removed| SystemEvent::PictureSet { removed });
    assert_eq!(events(&bob, talk).await, [set, edited, removed]);
}

async fn its_bytes_are_for_those_who_see_it(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let talk = alice.group("Climbing", &[&bob], true).await;
    let picture = show(&alice, talk).await.unwrap();
    assert!(fetch(&bob, picture).await.is_ok());
    let nothing = fetch(&carol, MediaId::new()).await.unwrap_err();
    assert_eq!(fetch(&carol, picture).await.unwrap_err(), nothing, "who is not in it sees no difference to none");
    alice.add(talk, &carol).await.unwrap();
    assert!(fetch(&carol, picture).await.is_ok());
    alice.remove(talk, &bob).await.unwrap();
    assert_eq!(fetch(&bob, picture).await.unwrap_err(), nothing, "nor does who was in it");
    let nowhere = show(&bob, ConversationId::new()).await.unwrap_err();
    assert_eq!((show(&bob, talk).await.unwrap_err(), remove(&bob, talk).await.unwrap_err()), (nowhere.clone(), nowhere));
    assert_eq!(show(&carol, talk).await.unwrap_err().code, ErrorCode::NotAllowed);
    ask(&alice, SetMemberRole { conversation: talk, member: carol.user, role: MemberRole::Admin }).await.unwrap();
    assert!(show(&carol, talk).await.is_ok(), "an admin may");
    let direct = alice.direct(&carol).await;
    assert_eq!(show(&alice, direct).await.unwrap_err().code, ErrorCode::BadRequest);
    assert_eq!(remove(&alice, direct).await.unwrap_err().code, ErrorCode::BadRequest);
    assert_eq!(files(&host).len(), 2, "nothing is kept of what was refused");
}

async fn a_channels_picture_is_its_groups_to_choose(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let group = team(&alice, &[&bob, &carol]).await;
    let (plans, secret) = (opens(&alice, channel(group, "plans")).await, opens(&alice, private(group, "secret", &[&bob])).await);
    let (open, hidden) = (show(&alice, plans).await.unwrap(), show(&alice, secret).await.unwrap());
    assert_eq!(show(&bob, plans).await.unwrap_err().code, ErrorCode::NotAllowed);
    assert!(fetch(&bob, open).await.is_ok() && fetch(&bob, hidden).await.is_ok() && fetch(&carol, open).await.is_ok());
    assert_eq!(fetch(&carol, hidden).await.unwrap_err().0, 404);
    assert_eq!(show(&carol, secret).await.unwrap_err(), ApiError::not_found());
    ask(&alice, SetChannelPrivate { conversation: plans, members: [bob.user].into() }).await.unwrap();
    assert_eq!(told(&bob, plans).await.picture, Some(open), "it stays what it looks like");
    assert_eq!(fetch(&carol, open).await.unwrap_err().0, 404);
}

async fn one_that_was_replaced_or_removed_is_gone(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let talk = alice.group("Climbing", &[&bob], true).await;
    let first = show(&alice, talk).await.unwrap();
    let second = show(&alice, talk).await.unwrap();
    assert_eq!((fetch(&bob, first).await.unwrap_err().0, fetch(&bob, second).await.is_ok(), files(&host).len()), (404, true, 2));
    assert_eq!(put_at(&alice, &path(talk), b"<svg/>".to_vec()).await.unwrap_err().code, ErrorCode::InvalidPicture);
    assert_eq!(told(&bob, talk).await.picture, Some(second));
    host.server().sweep_media_now().await.unwrap();
    assert!(fetch(&bob, second).await.is_ok(), "what is shown is not swept away");
    remove(&alice, talk).await.unwrap();
    assert_eq!((told(&bob, talk).await.picture, fetch(&alice, second).await.unwrap_err().0, files(&host)), (None, 404, vec![]));
}

async fn what_is_deleted_leaves_no_picture(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let (talk, kept) = (alice.group("Climbing", &[&bob], true).await, alice.group("Walking", &[&bob], true).await);
    let group = team(&alice, &[&bob]).await;
    let plans = opens(&alice, channel(group, "plans")).await;
    let [of_talk, of_kept, of_plans] =
        [show(&alice, talk).await.unwrap(), show(&alice, kept).await.unwrap(), show(&alice, plans).await.unwrap()];
    ask(&alice, DeleteConversation { conversation: talk }).await.unwrap();
    ask(&alice, DeleteGroup { group }).await.unwrap();
    for person in [&alice, &bob] {
        assert_eq!((fetch(person, of_talk).await.unwrap_err().0, fetch(person, of_plans).await.unwrap_err().0), (404, 404));
    }
    host.server().sweep_media_now().await.unwrap();
    assert_eq!(files(&host).len(), 2);
    assert!(fetch(&bob, of_kept).await.is_ok(), "that of another one stays");
}

async fn it_stays_when_who_chose_it_is_gone(database: Database) {
    let host = Host::start(database).await;
    let (_admin, alice, bob) = (host.resident("ada").await, host.resident("alice").await, host.resident("bob").await);
    let talk = bob.group("Climbing", &[&alice], true).await;
    ask(&bob, SetMemberRole { conversation: talk, member: alice.user, role: MemberRole::Admin }).await.unwrap();
    let picture = show(&alice, talk).await.unwrap();
    delete(&alice, PASSWORD).await.unwrap();
    host.server().sweep_media_now().await.unwrap();
    assert!(fetch(&bob, picture).await.is_ok());
}
