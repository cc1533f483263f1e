//! What people, groups and conversations look like, and who people say they are: chosen by one, seen by the other, offline as well, and
//! hidden again.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hearth_client::{
    NewChannel,
    view::{Connection, ProfileView},
};
use hearth_protocol::{
    ids::{ConversationId, GroupId, MediaId, UserId},
    limits::{ABOUT_CHARS_MAX, PICTURE_BYTES_MAX},
    profile::{PictureSize, PrivacyField, SeenBy},
};
use hearth_testkit::{Person, Town};
use std::{fs, path::Path};

/// A PNG of one pixel.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

async fn seen(viewer: &Person, user: UserId) -> Option<ProfileView> {
    viewer.client.list_profiles(vec![user]).await.unwrap().pop()
}

/// Waits until a viewer is told of a picture of somebody, or of none.
async fn sees(viewer: &Person, user: UserId, some: bool) -> Option<MediaId> {
    let picture = async || seen(viewer, user).await.and_then(|profile| profile.picture);
    viewer.until(&format!("{} is told of a picture: {some}", viewer.name), async || picture().await.is_some() == some).await;
    picture().await
}

async fn shows(viewer: &Person, picture: MediaId) -> Result<Vec<u8>, String> {
    let url = viewer.client.picture(picture, PictureSize::Small).await.map_err(|problem| problem.code)?;
    Ok(STANDARD.decode(url.strip_prefix("data:image/jpeg;base64,").unwrap()).unwrap())
}

/// Whether some file below a folder has these bytes in clear.
fn lies_in(folder: &Path, bytes: &[u8]) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() { lies_in(&path, bytes) } else { fs::read(path).unwrap().windows(bytes.len()).any(|window| window == bytes) }
    })
}

async fn acquainted(town: &Town) -> (Person, Person) {
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    alice.says(bob.user(), "hello").await;
    bob.sees(bob.direct(alice.user()), "hello").await;
    (alice, bob)
}

#[tokio::test]
async fn a_picture_is_seen_offline_as_well_and_goes_when_it_is_hidden() {
    let town = Town::founded().await;
    let (alice, bob) = acquainted(&town).await;
    alice.client.set_picture(PNG).await.unwrap();
    let picture = sees(&bob, alice.user(), true).await.unwrap();
    assert_eq!(sees(&alice, alice.user(), true).await, Some(picture), "she sees it herself");
    alice.until("she knows what she shows", async || alice.client.own_profile().await.unwrap().picture == Some(picture)).await;
    let bytes = shows(&bob, picture).await.unwrap();
    assert!(bytes.starts_with(b"\xff\xd8\xff"));
    assert!(!lies_in(&bob.profile_dir(), &bytes), "what is kept is encrypted");
    town.wire().cut();
    bob.is(Connection::default()).await;
    assert_eq!(shows(&bob, picture).await, Ok(bytes));
    assert_eq!(bob.client.picture(picture, PictureSize::Large).await.unwrap_err().code, "offline", "he never looked at it");
    for problem in [bob.client.set_picture(PNG).await, bob.client.remove_picture().await] {
        assert_eq!(problem.unwrap_err().code, "offline");
    }
    town.wire().heal();
    alice.is(Connection::Live).await;
    alice.client.set_privacy(PrivacyField::Picture, SeenBy::Nobody).await.unwrap();
    sees(&bob, alice.user(), false).await;
    let kept = bob.client.replica().unwrap().picture(picture, PictureSize::Small).await.unwrap();
    assert_eq!((kept, shows(&bob, picture).await), (None, Err("not_found".into())), "it is gone from his computer");
    assert!(shows(&alice, picture).await.is_ok());
    assert_eq!(alice.client.own_profile().await.unwrap().picture_to, SeenBy::Nobody);
}

#[tokio::test]
async fn another_picture_takes_the_place_of_the_first_and_none_is_none() {
    let town = Town::founded().await;
    let (alice, bob) = acquainted(&town).await;
    alice.client.set_picture(PNG).await.unwrap();
    let first = sees(&bob, alice.user(), true).await.unwrap();
    shows(&bob, first).await.unwrap();
    alice.client.set_picture(PNG).await.unwrap();
    bob.until("Bob is told of the other", async || sees(&bob, alice.user(), true).await != Some(first)).await;
    assert_eq!(shows(&bob, first).await, Err("not_found".into()));
    alice.client.remove_picture().await.unwrap();
    sees(&bob, alice.user(), false).await;
    let large = format!("{}{PNG}", "AAAA".repeat(PICTURE_BYTES_MAX / 3 + 1));
    for (image, code) in [("not base64!", "invalid_picture"), ("PHN2Zz48L3N2Zz4=", "invalid_picture"), (large.as_str(), "too_large")] {
        assert_eq!(alice.client.set_picture(image).await.unwrap_err().code, code);
    }
}

/// What somebody is told that a group looks like; `None` also for who is not in it.
async fn group_picture(viewer: &Person, group: GroupId) -> Option<MediaId> {
    viewer.client.list_groups().await.unwrap().into_iter().find(|mine| mine.id == group).and_then(|mine| mine.picture)
}

#[tokio::test]
async fn a_groups_picture_is_for_those_in_it_and_seen_offline_as_well() {
    let town = Town::founded().await;
    let (alice, bob) = acquainted(&town).await;
    let group = alice.client.create_group("Team", "").await.unwrap();
    alice.client.add_group_members(group, vec![bob.user()]).await.unwrap();
    let plans = NewChannel { group, name: "plans".into(), topic: String::new(), private: false, members: vec![] };
    let plans = alice.client.create_channel(plans).await.unwrap();
    alice.outbox_empties().await;
    alice.client.set_group_picture(group, PNG).await.unwrap();
    bob.until("Bob is told of it", async || group_picture(&bob, group).await.is_some()).await;
    let first = group_picture(&bob, group).await.unwrap();
    let in_list = async || bob.list().await.into_iter().find(|line| line.id == plans).and_then(|line| line.group?.picture);
    bob.until("its channels show it", async || in_list().await == Some(first)).await;
    let bytes = shows(&bob, first).await.unwrap();
    assert!(bytes.starts_with(b"\xff\xd8\xff") && !lies_in(&bob.profile_dir(), &bytes));
    assert_eq!(bob.client.set_group_picture(group, PNG).await.unwrap_err().code, "not_allowed");
    assert_eq!(bob.client.remove_group_picture(group).await.unwrap_err().code, "not_allowed");
    town.wire().cut();
    bob.is(Connection::default()).await;
    assert_eq!((group_picture(&bob, group).await, shows(&bob, first).await), (Some(first), Ok(bytes)));
    assert_eq!(alice.client.set_group_picture(group, PNG).await.unwrap_err().code, "offline");
    town.wire().heal();
    alice.is(Connection::Live).await;
    alice.client.set_group_picture(group, PNG).await.unwrap();
    bob.until("Bob is told of another one", async || group_picture(&bob, group).await.is_some_and(|now| now != first)).await;
    assert_eq!(shows(&bob, first).await, Err("not_found".into()));
    let second = group_picture(&bob, group).await.unwrap();
    shows(&bob, second).await.unwrap();
    alice.client.remove_group_member(group, bob.user()).await.unwrap();
    bob.until("Bob is out", async || bob.client.list_groups().await.unwrap().is_empty()).await;
    let kept = bob.client.replica().unwrap().picture(second, PictureSize::Small).await.unwrap();
    assert_eq!((kept, shows(&bob, second).await), (None, Err("not_found".into())), "it is gone from his computer");
    alice.client.remove_group_picture(group).await.unwrap();
    alice.until("there is none", async || group_picture(&alice, group).await.is_none()).await;
}

/// What somebody's list says that a conversation itself looks like.
async fn place_picture(viewer: &Person, conversation: ConversationId) -> Option<MediaId> {
    viewer.list().await.into_iter().find(|line| line.id == conversation).and_then(|line| line.picture)
}

async fn is_listed(viewer: &Person, conversation: ConversationId) -> bool {
    viewer.list().await.iter().any(|line| line.id == conversation)
}

#[tokio::test]
async fn a_conversations_picture_is_told_in_it_and_seen_offline_as_well() {
    let town = Town::founded().await;
    let (alice, bob) = acquainted(&town).await;
    let talk = alice.client.create_conversation("Walks", vec![bob.user()]).await.unwrap();
    let elsewhere = Person::arrives("Alice").await;
    elsewhere.signs_in(&town.link()).await;
    alice.outbox_empties().await;
    for person in [&bob, &elsewhere] {
        person.until("it is listed", async || is_listed(person, talk).await).await;
    }
    alice.client.set_conversation_picture(talk, PNG).await.unwrap();
    for person in [&alice, &bob, &elsewhere] {
        person.until("the list shows it", async || place_picture(person, talk).await.is_some()).await;
        person.sees(talk, "(chose a picture)").await;
    }
    let first = place_picture(&bob, talk).await.unwrap();
    let bytes = shows(&bob, first).await.unwrap();
    assert!(bytes.starts_with(b"\xff\xd8\xff") && !lies_in(&bob.profile_dir(), &bytes));
    assert_eq!(bob.client.set_conversation_picture(talk, PNG).await.unwrap_err().code, "not_allowed");
    assert_eq!(bob.client.remove_conversation_picture(talk).await.unwrap_err().code, "not_allowed");
    town.wire().cut();
    bob.is(Connection::default()).await;
    alice.is(Connection::default()).await;
    assert_eq!((place_picture(&bob, talk).await, shows(&bob, first).await), (Some(first), Ok(bytes)));
    for problem in [alice.client.set_conversation_picture(talk, PNG).await, alice.client.remove_conversation_picture(talk).await] {
        assert_eq!(problem.unwrap_err().code, "offline");
    }
    // Another name that waits meanwhile and another picture from elsewhere do not undo each other.
    alice.client.edit_conversation(talk, Some("Hikes"), None).await.unwrap();
    town.wire().heal();
    elsewhere.is(Connection::Live).await;
    elsewhere.client.set_conversation_picture(talk, PNG).await.unwrap();
    alice.outbox_empties().await;
    for person in [&alice, &bob, &elsewhere] {
        person
            .until("both are there", async || {
                let line = person.list().await.into_iter().find(|line| line.id == talk).unwrap();
                line.name == "Hikes" && line.picture.is_some_and(|picture| picture != first)
            })
            .await;
    }
    assert_eq!(shows(&bob, first).await, Err("not_found".into()));
    alice.client.remove_conversation_picture(talk).await.unwrap();
    bob.sees(talk, "(removed the picture)").await;
    bob.until("there is none", async || place_picture(&bob, talk).await.is_none()).await;
}

#[tokio::test]
async fn the_picture_of_a_conversation_that_is_deleted_goes_from_every_computer() {
    let town = Town::founded().await;
    let (alice, bob) = acquainted(&town).await;
    let talk = alice.client.create_conversation("Walks", vec![bob.user()]).await.unwrap();
    alice.outbox_empties().await;
    alice.client.set_conversation_picture(talk, PNG).await.unwrap();
    bob.until("Bob is told of it", async || place_picture(&bob, talk).await.is_some()).await;
    let picture = place_picture(&bob, talk).await.unwrap();
    shows(&bob, picture).await.unwrap();
    alice.client.delete_conversation(talk).await.unwrap();
    bob.until("it is gone", async || !is_listed(&bob, talk).await).await;
    let kept = bob.client.replica().unwrap().picture(picture, PictureSize::Small).await.unwrap();
    assert_eq!((kept, shows(&bob, picture).await), (None, Err("not_found".into())));
}

#[tokio::test]
async fn who_somebody_is_can_be_said_offline() {
    let town = Town::founded().await;
    let (alice, bob) = acquainted(&town).await;
    town.wire().cut();
    alice.is(Connection::default()).await;
    alice.client.set_about(" Baker.\nUp at four.\n").await.unwrap();
    assert_eq!(alice.client.own_profile().await.unwrap().about, "Baker.\nUp at four.");
    for text in ["x".repeat(ABOUT_CHARS_MAX + 1), "nul\0".into()] {
        assert_eq!(alice.client.set_about(&text).await.unwrap_err().code, "bad_request");
    }
    town.wire().heal();
    let about = async || seen(&bob, alice.user()).await.map(|profile| profile.about).unwrap_or_default();
    bob.until("Bob reads who she is", async || about().await == "Baker.\nUp at four.").await;
    alice.outbox_empties().await;
    alice.client.set_about("").await.unwrap();
    bob.until("Bob reads nothing more", async || about().await.is_empty()).await;
}
