//! What a conversation looks like: kept for as long as its row names it.

use crate::{
    channels::Team,
    support::{conversation_row, parts, ready},
};
use hearth_protocol::{
    ids::{ConversationId, MediaId},
    profile::PictureSize,
    rows::{ConversationKind, ConversationRow, GroupRow},
};
use hearth_replica::{Apply, Replica};

async fn kept(replica: &Replica, id: MediaId) -> Option<Vec<u8>> {
    replica.picture(id, PictureSize::Small).await.unwrap()
}

async fn shown(replica: &Replica, conversation: ConversationId) -> (String, Option<MediaId>) {
    let line = replica.conversation(conversation).await.unwrap().unwrap();
    (line.name, line.picture)
}

#[tokio::test]
async fn a_conversations_picture_is_kept_as_long_as_its_row_names_it() {
    let (replica, mut server) = ready().await;
    let (mut walks, joined) = server.group("Walks");
    replica.apply(Apply { tails: vec![walks.tail(50)], parts: vec![joined], ..Apply::default() }).await.unwrap();
    let id = walks.id.conversation().unwrap();
    let (first, second) = (MediaId::new(), MediaId::new());
    let row = |name: &str, picture| ConversationRow { picture, ..conversation_row(id, ConversationKind::Group, name) };
    assert_eq!(shown(&replica, id).await, ("Walks".into(), None));
    replica.keep_picture(first, PictureSize::Small, b"too early").await.unwrap();
    assert_eq!(kept(&replica, first).await, None);
    let part = walks.commit(row("Walks", Some(first)));
    let applied = replica.apply(parts(vec![part])).await.unwrap();
    assert!(applied.conversations.contains(&id), "its line looks different");
    assert_eq!(shown(&replica, id).await, ("Walks".into(), Some(first)));
    replica.keep_picture(first, PictureSize::Small, b"first").await.unwrap();
    let part = walks.commit(row("Hikes", Some(first)));
    replica.apply(parts(vec![part])).await.unwrap();
    assert_eq!(shown(&replica, id).await, ("Hikes".into(), Some(first)));
    assert_eq!(kept(&replica, first).await.as_deref(), Some(&b"first"[..]), "another name leaves it");
    let part = walks.commit(row("Hikes", Some(second)));
    replica.apply(parts(vec![part])).await.unwrap();
    replica.keep_picture(second, PictureSize::Small, b"second").await.unwrap();
    assert_eq!((kept(&replica, first).await, kept(&replica, second).await.as_deref()), (None, Some(&b"second"[..])));
    // A new copy brings the same row.
    replica.apply(Apply { resets: vec![walks.id], ..Apply::default() }).await.unwrap();
    replica.apply(Apply { tails: vec![walks.tail(50)], ..Apply::default() }).await.unwrap();
    assert_eq!(shown(&replica, id).await, ("Hikes".into(), Some(second)));
    let part = walks.commit(row("Hikes", None));
    replica.apply(parts(vec![part])).await.unwrap();
    assert_eq!((shown(&replica, id).await, kept(&replica, second).await), (("Hikes".into(), None), None));
}

#[tokio::test]
async fn who_sees_the_conversation_no_more_keeps_nothing_of_it() {
    let (replica, mut server) = ready().await;
    let (mut walks, joined) = server.group("Walks");
    let (id, picture) = (walks.id.conversation().unwrap(), MediaId::new());
    walks.commit(ConversationRow { picture: Some(picture), ..conversation_row(id, ConversationKind::Group, "Walks") });
    replica.apply(Apply { tails: vec![walks.tail(50)], parts: vec![joined], ..Apply::default() }).await.unwrap();
    replica.keep_picture(picture, PictureSize::Small, b"walks").await.unwrap();
    assert!(kept(&replica, picture).await.is_some());
    replica.apply(Apply { gone: vec![walks.id], ..Apply::default() }).await.unwrap();
    assert_eq!(kept(&replica, picture).await, None);
}

#[tokio::test]
async fn a_channel_has_its_own_beside_that_of_its_group() {
    let mut team = Team::founded().await;
    let (mut plans, id) = team.has("plans").await;
    let (own, of_group) = (MediaId::new(), MediaId::new());
    let told = team.group.commit(GroupRow {
        id: team.id,
        name: "Team".into(),
        about: String::new(),
        picture: Some(of_group),
        created_at: 4,
        created_by: None,
    });
    team.replica.apply(parts(vec![told])).await.unwrap();
    let pictures = async |team: &Team| {
        let line = team.lines().await.remove(0);
        (line.picture, line.group_picture)
    };
    assert_eq!(pictures(&team).await, (None, Some(of_group)));
    let row = conversation_row(id, ConversationKind::Channel, "plans");
    let told = plans.commit(ConversationRow { group: Some(team.id), picture: Some(own), ..row });
    team.replica.apply(parts(vec![told])).await.unwrap();
    assert_eq!(pictures(&team).await, (Some(own), Some(of_group)));
}
