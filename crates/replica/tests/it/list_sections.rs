//! The list in sections by group.

use crate::{
    channels::Team,
    support::{Local, mutation, parts, ready},
};
use hearth_protocol::{
    body::Body,
    ids::{ConversationId, GroupId, MediaId, NotificationId},
    limits::FOR_EVER,
    mutations::{ArrangeConversation, CreateChannel, CreateGroup, EditGroup, SendMessage},
    rows::{Arrangement, ArrangementRow, GroupRow, NotificationKind, NotificationRow, ReadMarkerRow, ThreadRow},
};
use hearth_replica::{Filter, Order, Section};

async fn sections(replica: &Local, folded: &[Option<GroupId>], limit: u32) -> Vec<Section> {
    replica.sections(Filter::Current, Order::Newest, folded, limit, 1).await.unwrap()
}

/// Name, conversations in it, those that are shown, and what is unread.
fn told(sections: &[Section]) -> Vec<(String, u32, Vec<String>, u32)> {
    let name = |section: &Section| section.group.as_ref().map_or_else(|| "-".to_owned(), |(_, name)| name.clone());
    let shown = |section: &Section| -> Vec<String> {
        section.items.iter().map(|item| item.peer.as_ref().map_or_else(|| item.name.clone(), |peer| peer.first_name.clone())).collect()
    };
    sections.iter().map(|section| (name(section), section.count, shown(section), section.unread)).collect()
}

fn section(name: &str, count: u32, shown: &[&str], unread: u32) -> (String, u32, Vec<String>, u32) {
    (name.to_owned(), count, shown.iter().map(|name| (*name).to_owned()).collect(), unread)
}

/// Alice is in Bob's group, which has two channels with three messages each; he wrote to her as well.
async fn world() -> (Team, ConversationId, ConversationId) {
    let mut team = Team::founded().await;
    let (plans, tools) = (team.has("plans").await.1, team.has("tools").await.1);
    let hello = team.server.bob_says(1);
    team.replica.apply(parts(hello)).await.unwrap();
    (team, plans, tools)
}

#[tokio::test]
async fn what_is_of_no_group_comes_first_then_the_groups_by_name() {
    let (team, ..) = world().await;
    let group = GroupId::new();
    let found = mutation(CreateGroup { group, name: "Astronomers".into(), about: String::new() }.into());
    let conversation = ConversationId::new();
    let open = CreateChannel { group, conversation, name: "evenings".into(), topic: String::new(), private: false, members: [].into() };
    for waiting in [found, mutation(open.into()), mutation(SendMessage::new(conversation, Body::text("hello")).into())] {
        team.replica.enqueue(&waiting, 5).await.unwrap();
    }
    let now = sections(&team.replica, &[], 10).await;
    let mut team_lines: Vec<&str> = now[2].items.iter().map(|item| item.name.as_str()).collect();
    team_lines.sort_unstable();
    assert_eq!(team_lines, ["plans", "tools"]);
    assert_eq!(told(&now[..2]), [section("-", 1, &["Bob"], 1), section("Astronomers", 1, &["evenings"], 0)], "also what waits");
    assert_eq!((now[2].group.clone(), now[2].count, now[2].unread), (Some((team.id, "Team".into())), 2, 6));
    // By the name that it will have, before the server knows of it.
    let rename = mutation(EditGroup { group: team.id, name: Some("A band".into()), about: None }.into());
    team.replica.enqueue(&rename, 6).await.unwrap();
    let names: Vec<_> = sections(&team.replica, &[], 10).await.iter().map(|section| section.group.clone().map(|(_, name)| name)).collect();
    assert_eq!(names, [None, Some("A band".into()), Some("Astronomers".into())]);
}

#[tokio::test]
async fn of_what_is_folded_only_the_head_is_told() {
    let (mut team, plans, _) = world().await;
    let picture = MediaId::new();
    let row = GroupRow { id: team.id, name: "Team".into(), about: String::new(), picture: Some(picture), created_at: 4, created_by: None };
    let shown = team.group.commit(row);
    team.replica.apply(parts(vec![shown])).await.unwrap();
    let folded = sections(&team.replica, &[Some(team.id)], 10).await;
    assert_eq!(told(&folded), [section("-", 1, &["Bob"], 1), section("Team", 2, &[], 6)]);
    assert_eq!(folded[1].group_picture, Some(picture));
    assert_eq!(told(&sections(&team.replica, &[None, Some(team.id)], 10).await), [section("-", 1, &[], 1), section("Team", 2, &[], 6)]);
    let open = sections(&team.replica, &[None, Some(GroupId::new())], 10).await;
    assert_eq!((told(&open[..1]), open[1].items.len()), (vec![section("-", 1, &[], 1)], 2));
    // A limit is one of the lines that are shown, from the top.
    let few = sections(&team.replica, &[], 2).await;
    assert_eq!((few[0].items.len(), few[1].items.len(), few[1].count), (1, 1, 2));
    let one = sections(&team.replica, &[None], 1).await;
    assert_eq!((one[0].items.len(), one[1].items.len()), (0, 1));
    // Each in the order of the list.
    let pin = mutation(ArrangeConversation { conversation: plans, change: Arrangement::Pinned(true) }.into());
    team.replica.enqueue(&pin, 70).await.unwrap();
    assert_eq!(told(&sections(&team.replica, &[None], 10).await)[1], section("Team", 2, &["plans", "tools"], 6));
}

#[tokio::test]
async fn what_is_muted_or_put_away_does_not_count_and_a_filter_says_what_is_in_it() {
    let (mut team, plans, tools) = world().await;
    let muted = team.server.user.commit(ArrangementRow { muted_until: Some(FOR_EVER), ..ArrangementRow::new(plans) });
    team.replica.apply(parts(vec![muted])).await.unwrap();
    let now = sections(&team.replica, &[None], 10).await;
    assert_eq!((now[1].count, now[1].unread), (2, 3));
    let away = team.server.user.commit(ArrangementRow { archived_to: Some(3), ..ArrangementRow::new(tools) });
    team.replica.apply(parts(vec![away])).await.unwrap();
    assert_eq!(told(&sections(&team.replica, &[None], 10).await), [section("-", 1, &[], 1), section("Team", 1, &["plans"], 0)]);
    let by = async |filter| told(&team.replica.sections(filter, Order::Newest, &[], 10, 1).await.unwrap());
    assert_eq!(by(Filter::Archived).await, [section("Team", 1, &["tools"], 3)]);
    assert_eq!(by(Filter::Direct).await, [section("-", 1, &["Bob"], 1)]);
    assert_eq!(by(Filter::Groups).await, [section("Team", 1, &["plans"], 0)]);
}

#[tokio::test]
async fn what_names_me_is_counted_at_the_head() {
    let (mut team, plans, _) = world().await;
    assert_eq!(sections(&team.replica, &[], 10).await[1].mentions, 0);
    let row = NotificationRow {
        conversation: Some(plans),
        pos: Some(2),
        sender: Some(team.server.bob.user),
        ..NotificationRow::new(NotificationId(plans.0), NotificationKind::Mention, 5)
    };
    let named = team.server.user.commit(row);
    team.replica.apply(parts(vec![named])).await.unwrap();
    assert_eq!(sections(&team.replica, &[Some(team.id)], 10).await[1].mentions, 1);
}

#[tokio::test]
async fn what_names_me_in_a_thread_is_counted_at_the_head_where_all_else_is_read() {
    let mut team = Team::founded().await;
    let (mut plans, conversation) = team.has("plans").await;
    let bob = team.server.bob.user;
    let root = plans.message(1).id;
    let said = plans.say_in_thread(bob, root, "you?", false);
    let aside = plans.message(4);
    let row = NotificationRow {
        conversation: Some(conversation),
        pos: Some(aside.pos),
        thread_root: Some(root),
        sender: Some(bob),
        ..NotificationRow::new(NotificationId(aside.id.0), NotificationKind::Mention, 5)
    };
    let frames = vec![
        said,
        team.server.user.commit(ReadMarkerRow { conversation, pos: aside.pos, at: 5 }),
        team.server.user.commit(ThreadRow { id: root, conversation, pos: 3, read: 3, following: true, at: 5, ended_at: None }),
        team.server.user.commit(row),
    ];
    team.replica.apply(parts(frames)).await.unwrap();
    let head = |sections: &[Section]| {
        let section = sections.iter().find(|section| section.group.is_some()).unwrap();
        (section.unread, section.mentions, section.asides)
    };
    assert_eq!(head(&sections(&team.replica, &[Some(team.id)], 10).await), (0, 1, 1));
    // Of what is muted a mention counts still, and nothing else.
    let muted = team.server.user.commit(ArrangementRow { muted_until: Some(FOR_EVER), ..ArrangementRow::new(conversation) });
    team.replica.apply(parts(vec![muted])).await.unwrap();
    assert_eq!(head(&sections(&team.replica, &[], 10).await), (0, 1, 0));
    let read =
        team.server.user.commit(ThreadRow { id: root, conversation, pos: 3, read: aside.pos, following: true, at: 6, ended_at: None });
    team.replica.apply(parts(vec![read])).await.unwrap();
    assert_eq!(head(&sections(&team.replica, &[], 10).await), (0, 0, 0));
}

#[tokio::test]
async fn nobody_has_no_sections() {
    let (replica, _) = ready().await;
    assert_eq!(replica.sections(Filter::Groups, Order::Newest, &[], 10, 1).await.unwrap(), []);
}
