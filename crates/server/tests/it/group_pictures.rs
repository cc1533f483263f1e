//! What groups look like: who says so, who is shown it, and what is left of it.

use crate::{
    channels::team,
    deletions::delete,
    host::{Database, Host, PASSWORD},
    person::Person,
    pictures::{fetch, files, png, put_at, remove_at},
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::{GroupId, MediaId, MutationId},
    mutations::{DeleteGroup, EditGroup, HandOverGroup, RemoveGroupMember},
    rows::{GroupRow, RowData},
    stream::StreamId,
};

on_both_databases!(
    a_groups_picture_is_a_row_and_its_bytes_are_for_those_in_it,
    one_that_was_replaced_or_removed_is_gone,
    a_deleted_group_leaves_no_picture,
    it_stays_when_who_chose_it_is_gone,
);

fn path(group: GroupId) -> String {
    format!("/v1/groups/{group}/picture")
}

pub async fn show(person: &Person, group: GroupId) -> Result<MediaId, ApiError> {
    put_at(person, &path(group), png([20, 120, 60])).await
}

pub async fn remove(person: &Person, group: GroupId) -> Result<(), ApiError> {
    remove_at(person, &path(group)).await
}

/// The group as its stream tells it.
async fn told(person: &Person, group: GroupId) -> GroupRow {
    let rows = person.changes(StreamId::Group(group), 0, 100).await.0.rows;
    rows.into_iter().find_map(|row| if let RowData::Group(row) = row.data { Some(row) } else { None }).expect("the group")
}

async fn a_groups_picture_is_a_row_and_its_bytes_are_for_those_in_it(database: Database) {
    let mut host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let group = team(&alice, &[&bob]).await;
    let mut socket = bob.socket().await;
    let picture = show(&alice, group).await.unwrap();
    let pushed = socket.rows(StreamId::Group(group)).await;
    assert!(pushed.rows.iter().any(|row| matches!(&row.data, RowData::Group(row) if row.picture == Some(picture))), "{pushed:?}");
    let named = EditGroup { group, name: Some("Crew".into()), about: None };
    alice.perform(MutationId::new(), named.into()).await.unwrap();
    assert_eq!((told(&bob, group).await.picture, told(&bob, group).await.name.as_str()), (Some(picture), "Crew"));
    drop(socket);
    host.restart().await;
    let (alice, bob, carol) = (alice.at(&host), bob.at(&host), carol.at(&host));
    assert!(fetch(&bob, picture).await.is_ok());
    let nothing = fetch(&carol, MediaId::new()).await.unwrap_err();
    assert_eq!(fetch(&carol, picture).await.unwrap_err(), nothing, "who is not in it sees no difference to none");
    alice.perform(MutationId::new(), RemoveGroupMember { group, person: bob.user }.into()).await.unwrap();
    assert_eq!(fetch(&bob, picture).await.unwrap_err(), nothing, "nor does who was in it");
    assert_eq!(show(&carol, group).await.unwrap_err().code, show(&carol, GroupId::new()).await.unwrap_err().code);
    assert_eq!(files(&host).len(), 2, "nothing is kept of what was refused");
}

async fn one_that_was_replaced_or_removed_is_gone(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let group = team(&alice, &[&bob]).await;
    let first = show(&alice, group).await.unwrap();
    assert_eq!(show(&bob, group).await.unwrap_err().code, ErrorCode::NotAllowed);
    let second = show(&alice, group).await.unwrap();
    assert_eq!((fetch(&bob, first).await.unwrap_err().0, fetch(&bob, second).await.is_ok(), files(&host).len()), (404, true, 2));
    assert_eq!(put_at(&alice, &path(group), b"<svg/>".to_vec()).await.unwrap_err().code, ErrorCode::InvalidPicture);
    assert_eq!(remove(&bob, group).await.unwrap_err().code, ErrorCode::NotAllowed);
    assert_eq!(told(&bob, group).await.picture, Some(second));
    remove(&alice, group).await.unwrap();
    remove(&alice, group).await.unwrap();
    assert_eq!((told(&bob, group).await.picture, fetch(&alice, second).await.unwrap_err().0, files(&host)), (None, 404, vec![]));
}

async fn a_deleted_group_leaves_no_picture(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let (group, kept) = (team(&alice, &[&bob]).await, team(&alice, &[&bob]).await);
    let (picture, other) = (show(&alice, group).await.unwrap(), show(&alice, kept).await.unwrap());
    alice.perform(MutationId::new(), DeleteGroup { group }.into()).await.unwrap();
    assert_eq!((fetch(&alice, picture).await.unwrap_err().0, fetch(&bob, picture).await.unwrap_err().0), (404, 404));
    host.server().sweep_media_now().await.unwrap();
    assert_eq!(files(&host).len(), 2);
    assert!(fetch(&bob, other).await.is_ok(), "that of another group stays");
}

async fn it_stays_when_who_chose_it_is_gone(database: Database) {
    let host = Host::start(database).await;
    let (_admin, alice, bob) = (host.resident("ada").await, host.resident("alice").await, host.resident("bob").await);
    let group = team(&alice, &[&bob]).await;
    let picture = show(&alice, group).await.unwrap();
    alice.perform(MutationId::new(), HandOverGroup { group, to: bob.user }.into()).await.unwrap();
    delete(&alice, PASSWORD).await.unwrap();
    host.server().sweep_media_now().await.unwrap();
    assert!(fetch(&bob, picture).await.is_ok());
}
