//! What becomes of a group: names, roles and its end, told by the server and waiting in the outbox.

use crate::{
    channels::{Team, belongs, people},
    support::{mutation, parts, refusal},
};
use hearth_protocol::{
    body::Body,
    error::ErrorCode,
    ids::MediaId,
    mutation::{Acked, Outcome},
    mutations::{DeleteGroup, EditGroup, HandOverGroup, Intent, SendMessage, SetGroupRole},
    profile::PictureSize,
    rows::{GroupMembershipRow, GroupRow, MemberRole},
};
use hearth_replica::{Apply, OutboxState};

#[tokio::test]
async fn another_name_shows_at_once_in_the_list_too_and_goes_when_it_is_refused() {
    let mut team = Team::founded().await;
    team.has("plans").await;
    let edit = |name: Option<&str>, about: Option<&str>| {
        mutation(EditGroup { group: team.id, name: name.map(Into::into), about: about.map(Into::into) }.into())
    };
    let (name, about) = (edit(Some("Crew"), None), edit(None, Some("Boats")));
    for waiting in [&name, &about] {
        team.replica.enqueue(waiting, 5).await.unwrap();
    }
    let group = team.replica.groups().await.unwrap().remove(0);
    assert_eq!((group.name.as_str(), group.about.as_str()), ("Crew", "Boats"));
    assert_eq!(team.lines().await[0].group, Some((team.id, "Crew".into())));
    // Somebody else's comes first: mine waits all the same, and is what it will be.
    let row = GroupRow { id: team.id, name: "Band".into(), about: "Music".into(), picture: None, created_at: 4, created_by: None };
    let told = team.group.commit(row);
    team.replica.apply(parts(vec![told])).await.unwrap();
    assert_eq!(team.replica.groups().await.unwrap()[0].name, "Crew");
    let applied = team.replica.apply(refusal(name.id, ErrorCode::NotAllowed)).await.unwrap();
    assert!(applied.groups);
    let group = team.replica.groups().await.unwrap().remove(0);
    assert_eq!((group.name.as_str(), group.about.as_str()), ("Band", "Boats"));
    assert_eq!(team.lines().await[0].group, Some((team.id, "Band".into())));
}

#[tokio::test]
async fn a_groups_picture_is_kept_as_long_as_the_group_names_it() {
    let mut team = Team::founded().await;
    team.has("plans").await;
    let (first, second) = (MediaId::new(), MediaId::new());
    let row = |picture| GroupRow { id: team.id, name: "Team".into(), about: String::new(), picture, created_at: 4, created_by: None };
    let (with_first, with_second) = (row(Some(first)), row(Some(second)));
    let kept = async |team: &Team, id| team.replica.picture(id, PictureSize::Small).await.unwrap();
    team.replica.keep_picture(first, PictureSize::Small, b"too early").await.unwrap();
    assert_eq!(kept(&team, first).await, None);
    let told = team.group.commit(with_first.clone());
    assert!(team.replica.apply(parts(vec![told])).await.unwrap().groups);
    assert_eq!(team.replica.groups().await.unwrap()[0].picture, Some(first));
    assert_eq!(team.lines().await[0].group_picture, Some(first));
    team.replica.keep_picture(first, PictureSize::Small, b"first").await.unwrap();
    let named = team.group.commit(GroupRow { name: "Crew".into(), ..with_first });
    team.replica.apply(parts(vec![named])).await.unwrap();
    assert_eq!(kept(&team, first).await.as_deref(), Some(&b"first"[..]), "another name leaves it");
    let told = team.group.commit(with_second);
    team.replica.apply(parts(vec![told])).await.unwrap();
    team.replica.keep_picture(second, PictureSize::Small, b"second").await.unwrap();
    assert_eq!((kept(&team, first).await, kept(&team, second).await.as_deref()), (None, Some(&b"second"[..])));
    let out = team.server.user.commit(belongs(team.id, 1, Some(9)));
    team.replica.apply(parts(vec![out])).await.unwrap();
    assert_eq!(kept(&team, second).await, None, "who is out of it keeps nothing of it");
}

#[tokio::test]
async fn roles_that_wait_are_shown_as_such() {
    let mut team = Team::founded().await;
    let (alice, bob) = (team.server.alice.user, team.server.bob.user);
    let mine = GroupMembershipRow { role: MemberRole::Owner, ..belongs(team.id, 1, None) };
    let owner = team.server.user.commit(mine);
    let rows = [(&team.server.alice, MemberRole::Owner), (&team.server.bob, MemberRole::Member)];
    let rows: Vec<_> = rows.into_iter().map(|(person, role)| team.group.commit(crate::channels::member(person, role))).collect();
    team.replica.apply(parts([owner].into_iter().chain(rows).collect())).await.unwrap();
    assert_eq!(people(&team.replica, team.id).await, ["Alice owner", "Bob member"]);
    let admin = mutation(SetGroupRole { group: team.id, person: bob, role: MemberRole::Admin }.into());
    team.replica.enqueue(&admin, 5).await.unwrap();
    assert_eq!(people(&team.replica, team.id).await, ["Alice owner", "Bob admin?"]);
    let over = mutation(HandOverGroup { group: team.id, to: bob }.into());
    team.replica.enqueue(&over, 6).await.unwrap();
    assert_eq!(people(&team.replica, team.id).await, ["Alice admin?", "Bob owner?"]);
    assert_eq!(team.replica.groups().await.unwrap()[0].role, MemberRole::Admin, "what the owner alone may do is not offered any more");
    team.replica.apply(refusal(over.id, ErrorCode::NotFound)).await.unwrap();
    assert_eq!(people(&team.replica, team.id).await, ["Alice owner", "Bob admin?"]);
    // Handed over to myself, or to who is not there, is nothing.
    for to in [alice, hearth_protocol::ids::UserId::new()] {
        team.replica.enqueue(&mutation(HandOverGroup { group: team.id, to }.into()), 7).await.unwrap();
    }
    assert_eq!(people(&team.replica, team.id).await[0], "Alice owner");
}

#[tokio::test]
async fn a_deleted_group_takes_its_copies_and_what_was_typed_waits_with_the_reason() {
    let mut team = Team::founded().await;
    let (channel, conversation) = team.has("plans").await;
    let typed = mutation(SendMessage::new(conversation, Body::text("typed offline")).into());
    let edit = mutation(EditGroup { group: team.id, name: Some("Crew".into()), about: None }.into());
    for waiting in [&typed, &edit] {
        team.replica.enqueue(waiting, 1).await.unwrap();
    }
    team.replica.save_draft(conversation, "half a", None).await.unwrap();
    let gone = GroupMembershipRow { gone: true, ..belongs(team.id, 2, Some(9)) };
    let told = team.server.user.commit(gone);
    let applied = team.replica.apply(parts(vec![told])).await.unwrap();
    assert!(applied.groups && applied.outbox_changed);
    assert!(team.lines().await.is_empty() && team.replica.groups().await.unwrap().is_empty());
    assert!(!team.follows(team.group.id).await && !team.follows(channel.id).await);
    assert_eq!(team.replica.search("three", None, 10).await.unwrap().hits.len(), 0);
    assert_eq!(team.replica.draft(conversation).await.unwrap(), None, "nobody comes to that composer any more");
    let typed_last = team.replica.outbox().await.unwrap().pop().unwrap();
    assert!(matches!(&typed_last.intent, Intent::SendMessage(message) if message.body == Body::text("half a")), "{typed_last:?}");
    let failed = async || {
        let outbox = team.replica.outbox().await.unwrap();
        assert!(outbox.iter().all(|entry| entry.state == OutboxState::Failed), "{outbox:?}");
        outbox.iter().map(|entry| entry.error.as_ref().unwrap().code).collect::<Vec<_>>()
    };
    assert_eq!(failed().await, [ErrorCode::GroupIsGone; 3]);
    // Tried again, the server knows nothing of it; why is known here.
    for waiting in [&typed, &edit] {
        team.replica.retry(waiting.id).await.unwrap();
    }
    team.replica.claim(9, 10).await.unwrap();
    for waiting in [&typed, &edit] {
        team.replica.apply(refusal(waiting.id, ErrorCode::NotFound)).await.unwrap();
    }
    assert_eq!(failed().await, [ErrorCode::GroupIsGone; 3]);
}

#[tokio::test]
async fn my_own_deletion_is_shown_until_it_is_done_and_leaves_nothing_waiting() {
    let mut team = Team::founded().await;
    let (_, conversation) = team.has("plans").await;
    let delete = mutation(DeleteGroup { group: team.id }.into());
    team.replica.enqueue(&delete, 5).await.unwrap();
    assert!(team.replica.groups().await.unwrap()[0].deleting);
    assert_eq!(team.lines().await[0].id, conversation, "until the server has heard of it everything is there");
    team.replica.claim(9, 10).await.unwrap();
    // The push overtakes the answer.
    let told = team.server.user.commit(GroupMembershipRow { gone: true, ..belongs(team.id, 2, Some(9)) });
    team.replica.apply(parts(vec![told.clone()])).await.unwrap();
    let acked = Acked { id: delete.id, outcome: Outcome::Applied(vec![told]) };
    team.replica.apply(Apply { acked: vec![acked], ..Apply::default() }).await.unwrap();
    assert!(team.replica.outbox().await.unwrap().is_empty() && team.lines().await.is_empty());
}
