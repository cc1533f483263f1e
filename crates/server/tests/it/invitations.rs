//! Invitations into groups: who may send one, what both sides see, and what ends it.

use crate::{
    channels::{add, ask, channel, memberships, opens, reads, remove, team},
    friends::{self, block, invitations, unblock},
    host::{Database, Host, PASSWORD},
    links,
    person::Person,
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::{GroupId, InvitationId, MutationId, NotificationId, UserId},
    limits::{INVITATIONS_PENDING_MAX, NOTE_CHARS_MAX, NOTIFICATIONS_PER_CHANGE_MAX},
    mutation::{Mutation, Part},
    mutations::{AnswerInvitation, CreateGroup, DeleteGroup, Intent, InviteToGroup, ReadNotifications, SetGroupRole, WithdrawInvitation},
    rows::{InvitationKind, InvitationStatus, InvitedTo, MemberRole, NotificationKind, NotificationRow, RowData},
    stream::StreamId,
};
use std::collections::BTreeMap;

on_both_databases!(
    who_is_invited_sees_the_group_by_name_and_comes_in,
    an_invitation_can_be_declined_taken_back_and_sent_again,
    it_is_worth_what_its_sender_may_do,
    whoever_gets_in_another_way_is_asked_no_more,
    a_deleted_group_invites_nobody,
    a_block_ends_invitations_and_is_not_told,
    strange_invitations_are_refused,
    an_invitation_of_the_same_batch_is_known,
    who_is_asked_is_told_until_they_have_read_it,
    who_asks_is_told_of_a_yes_alone,
);

pub fn invitation(group: GroupId, from: &Person, to: UserId, note: &str) -> InviteToGroup {
    InviteToGroup { id: InvitationId::group(group, from.user, to), group, to, note: note.into() }
}

async fn invite(group: GroupId, from: &Person, to: &Person) {
    ask(from, invitation(group, from, to.user, "come along")).await.expect("they are invited");
}

async fn answer(person: &Person, group: GroupId, from: &Person, accept: bool) -> Result<Vec<Part>, ApiError> {
    ask(person, AnswerInvitation { id: InvitationId::group(group, from.user, person.user), accept }).await
}

/// What became of what somebody knows of, in the order of who asked.
async fn statuses(person: &Person) -> Vec<(String, InvitationStatus)> {
    let mut all: Vec<_> = invitations(person).await.into_iter().map(|row| (row.sender.username, row.status)).collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all
}

/// Whether somebody is in the group now.
async fn is_in(person: &Person, group: GroupId) -> bool {
    memberships(person).await.iter().any(|row| row.group == group && row.left_at.is_none())
}

async fn three(database: Database) -> (Host, [Person; 3], GroupId) {
    let host = Host::start(database).await;
    let people = [host.resident("alice").await, host.resident("bob").await, host.resident("carol").await];
    let group = team(&people[0], &[]).await;
    (host, people, group)
}

async fn who_is_invited_sees_the_group_by_name_and_comes_in(database: Database) {
    let (_host, [alice, bob, carol], group) = three(database).await;
    let general = opens(&alice, channel(group, "general")).await;
    let id = MutationId::new();
    let intent: Intent = invitation(group, &alice, bob.user, " come along ").into();
    let parts = alice.perform(id, intent.clone()).await.unwrap();
    assert!(parts.iter().all(|part| part.stream == StreamId::User(alice.user)), "the other stream is not theirs to see: {parts:?}");
    alice.perform(id, intent).await.unwrap();
    let row = invitations(&bob).await.remove(0);
    assert_eq!((row.kind, row.status, row.content.as_str()), (InvitationKind::Group, InvitationStatus::Pending, "come along"));
    assert_eq!(row.group, Some(InvitedTo { id: group, name: "Team".into() }));
    assert_eq!(invitations(&alice).await, [row]);
    assert_eq!(reads(&bob, general).await, None, "nothing of it is theirs to see before they answer");
    let (early, strange) = (answer(&alice, group, &alice, true).await, answer(&carol, group, &alice, true).await);
    assert_eq!((early.unwrap_err().code, strange.unwrap_err().code), (ErrorCode::NotFound, ErrorCode::NotFound));
    answer(&bob, group, &alice, true).await.unwrap();
    // An answer that comes late, from another device.
    answer(&bob, group, &alice, false).await.unwrap();
    assert!(is_in(&bob, group).await && reads(&bob, general).await.is_some());
    assert_eq!(memberships(&bob).await[0].role, MemberRole::Member);
    for person in [&alice, &bob] {
        assert_eq!(statuses(person).await, [("alice".into(), InvitationStatus::Accepted)]);
    }
    // Who is in it is not asked again.
    invite(group, &alice, &bob).await;
    assert_eq!(statuses(&bob).await, [("alice".into(), InvitationStatus::Accepted)]);
}

async fn an_invitation_can_be_declined_taken_back_and_sent_again(database: Database) {
    let (_host, [alice, bob, _], group) = three(database).await;
    let id = InvitationId::group(group, alice.user, bob.user);
    invite(group, &alice, &bob).await;
    answer(&bob, group, &alice, false).await.unwrap();
    assert_eq!(statuses(&alice).await, [("alice".into(), InvitationStatus::Rejected)]);
    ask(&alice, invitation(group, &alice, bob.user, "please")).await.unwrap();
    let again = invitations(&bob).await;
    assert_eq!((again.len(), again[0].content.as_str(), again[0].status), (1, "please", InvitationStatus::Pending));
    let theirs = ask(&bob, WithdrawInvitation { id, group: Some(group) }).await;
    assert_eq!(theirs.unwrap_err().code, ErrorCode::NotAllowed);
    ask(&alice, WithdrawInvitation { id, group: Some(group) }).await.unwrap();
    answer(&bob, group, &alice, true).await.unwrap();
    assert_eq!(statuses(&bob).await, [("alice".into(), InvitationStatus::Withdrawn)]);
    assert!(!is_in(&bob, group).await, "it was taken back before");
    // Who left is invited like anybody else.
    add(&alice, group, &[&bob]).await.unwrap();
    remove(&bob, group, &bob).await.unwrap();
    invite(group, &alice, &bob).await;
    answer(&bob, group, &alice, true).await.unwrap();
    assert!(is_in(&bob, group).await);
}

async fn it_is_worth_what_its_sender_may_do(database: Database) {
    let (_host, [alice, bob, carol], group) = three(database).await;
    add(&alice, group, &[&bob]).await.unwrap();
    let by_a_member = ask(&bob, invitation(group, &bob, carol.user, "")).await;
    assert_eq!(by_a_member.unwrap_err().code, ErrorCode::NotAllowed);
    let role = |role| SetGroupRole { group, person: bob.user, role };
    ask(&alice, role(MemberRole::Admin)).await.unwrap();
    invite(group, &bob, &carol).await;
    ask(&alice, role(MemberRole::Member)).await.unwrap();
    assert_eq!(answer(&carol, group, &bob, true).await.unwrap_err().code, ErrorCode::NotAllowed);
    remove(&alice, group, &bob).await.unwrap();
    assert_eq!(answer(&carol, group, &bob, true).await.unwrap_err().code, ErrorCode::NotAllowed);
    assert!(!is_in(&carol, group).await);
    answer(&carol, group, &bob, false).await.unwrap();
    assert_eq!(statuses(&carol).await, [("bob".into(), InvitationStatus::Rejected)]);
}

async fn whoever_gets_in_another_way_is_asked_no_more(database: Database) {
    let (host, [alice, bob, carol], group) = three(database).await;
    let (dan, erin) = (host.resident("dan").await, host.resident("erin").await);
    add(&alice, group, &[&bob]).await.unwrap();
    ask(&alice, SetGroupRole { group, person: bob.user, role: MemberRole::Admin }).await.unwrap();
    for person in [&carol, &dan, &erin] {
        invite(group, &alice, person).await;
        invite(group, &bob, person).await;
    }
    answer(&carol, group, &bob, true).await.unwrap();
    add(&alice, group, &[&dan]).await.unwrap();
    let link = links::make(&alice, group, MemberRole::Member, 10).await.unwrap();
    links::join(&erin, &link.secret).await.unwrap();
    for person in [&carol, &dan, &erin] {
        let accepted = |name: &str| (name.to_owned(), InvitationStatus::Accepted);
        assert_eq!(statuses(person).await, [accepted("alice"), accepted("bob")]);
        assert!(is_in(person, group).await);
    }
    assert!(statuses(&alice).await.iter().all(|(_, status)| *status == InvitationStatus::Accepted));
}

async fn a_deleted_group_invites_nobody(database: Database) {
    let (_host, [alice, bob, carol], group) = three(database).await;
    let other = team(&alice, &[]).await;
    invite(group, &alice, &bob).await;
    invite(group, &alice, &carol).await;
    answer(&carol, group, &alice, false).await.unwrap();
    invite(other, &alice, &bob).await;
    ask(&alice, DeleteGroup { group }).await.unwrap();
    let of_bob = invitations(&bob).await.into_iter().map(|row| (row.group.unwrap().id, row.status));
    let of_bob: BTreeMap<GroupId, InvitationStatus> = of_bob.collect();
    assert_eq!((of_bob[&group], of_bob[&other]), (InvitationStatus::Withdrawn, InvitationStatus::Pending));
    assert_eq!(statuses(&carol).await, [("alice".into(), InvitationStatus::Rejected)]);
    answer(&bob, group, &alice, true).await.unwrap();
    assert!(!is_in(&bob, group).await);
}

async fn a_block_ends_invitations_and_is_not_told(database: Database) {
    let (_host, [alice, bob, carol], group) = three(database).await;
    let bobs = team(&bob, &[]).await;
    invite(group, &alice, &bob).await;
    invite(bobs, &bob, &alice).await;
    invite(bobs, &bob, &carol).await;
    block(&alice, &bob).await;
    let (withdrawn, rejected, pending) = (InvitationStatus::Withdrawn, InvitationStatus::Rejected, InvitationStatus::Pending);
    assert_eq!(statuses(&alice).await, [("alice".into(), withdrawn), ("bob".into(), rejected)]);
    let of_bob: Vec<_> = statuses(&bob).await;
    assert_eq!(of_bob, [("alice".into(), withdrawn), ("bob".into(), pending), ("bob".into(), pending)], "what Bob asks looks as before");
    // Whoever is blocked goes on asking, and nothing arrives.
    invite(team(&bob, &[]).await, &bob, &alice).await;
    assert_eq!(statuses(&alice).await.len(), 2);
    let by_who_blocks = ask(&alice, invitation(group, &alice, bob.user, "")).await;
    assert_eq!(by_who_blocks.unwrap_err().code, ErrorCode::NotAllowed);
    unblock(&alice, &bob).await;
    invite(bobs, &bob, &alice).await;
    assert_eq!(statuses(&alice).await, [("alice".into(), withdrawn), ("bob".into(), pending)]);
    answer(&alice, bobs, &bob, true).await.unwrap();
    assert!(is_in(&alice, bobs).await);
}

async fn strange_invitations_are_refused(database: Database) {
    let (_host, [alice, bob, carol], group) = three(database).await;
    for note in ["x".repeat(NOTE_CHARS_MAX + 1), "\u{7}".into()] {
        let refused = ask(&alice, invitation(group, &alice, bob.user, &note)).await;
        assert_eq!(refused.unwrap_err().code, ErrorCode::BadRequest);
    }
    for wrong in [
        invitation(group, &alice, alice.user, ""),
        InviteToGroup { id: InvitationId::new(), ..invitation(group, &alice, bob.user, "") },
        InviteToGroup { to: carol.user, ..invitation(group, &alice, bob.user, "") },
    ] {
        assert_eq!(ask(&alice, wrong).await.unwrap_err().code, ErrorCode::BadRequest);
    }
    let to_nobody = ask(&alice, invitation(group, &alice, UserId::new(), "")).await;
    assert_eq!(to_nobody.unwrap_err().code, ErrorCode::NotFound);
    let into_nothing = ask(&alice, invitation(GroupId::new(), &alice, bob.user, "")).await;
    assert_eq!(into_nothing.unwrap_err().code, ErrorCode::NotFound);
    // Who asks into many groups is asked to wait for answers; a commit's worth at a time.
    let groups: Vec<GroupId> = (0..INVITATIONS_PENDING_MAX).map(|_| GroupId::new()).collect();
    for some in groups.chunks(50) {
        let both = some.iter().flat_map(|group| {
            let made = CreateGroup { group: *group, name: "Many".into(), about: String::new() };
            [made.into(), invitation(*group, &alice, bob.user, "").into()]
        });
        let mutations: Vec<Mutation> = both.map(|intent: Intent| Mutation::new(MutationId::new(), intent)).collect();
        alice.try_mutate(mutations).await.unwrap();
    }
    let one_more = ask(&alice, invitation(group, &alice, bob.user, "")).await;
    assert_eq!(one_more.unwrap_err().code, ErrorCode::BadRequest);
    answer(&bob, groups[0], &alice, false).await.unwrap();
    invite(group, &alice, &bob).await;
}

async fn an_invitation_of_the_same_batch_is_known(database: Database) {
    let (_host, [alice, bob, carol], group) = three(database).await;
    let id = InvitationId::group(group, alice.user, bob.user);
    let intents: [Intent; 5] = [
        invitation(group, &alice, bob.user, "").into(),
        invitation(group, &alice, carol.user, "").into(),
        WithdrawInvitation { id, group: Some(group) }.into(),
        invitation(group, &alice, bob.user, "again").into(),
        DeleteGroup { group }.into(),
    ];
    let mutations = intents.map(|intent| Mutation::new(MutationId::new(), intent)).to_vec();
    alice.try_mutate(mutations).await.unwrap();
    for person in [&bob, &carol] {
        assert_eq!(statuses(person).await, [("alice".into(), InvitationStatus::Withdrawn)]);
    }
    // Who goes for good leaves no name behind in what others were asked, not even of a moment ago.
    let group = team(&bob, &[]).await;
    invite(group, &bob, &carol).await;
    bob.post::<serde_json::Value>("/v1/account/delete", &serde_json::json!({ "password": PASSWORD })).await.unwrap();
    let row = invitations(&carol).await.into_iter().find(|row| row.sender.user == bob.user).unwrap();
    assert!(row.sender.is_deleted() && row.content.is_empty() && row.status == InvitationStatus::Withdrawn, "{row:?}");
}

/// What somebody is told of, and whether they have read it.
pub async fn told(person: &Person) -> Vec<(NotificationKind, bool)> {
    let rows = person.changes(StreamId::User(person.user), 0, 1_000).await.0.rows;
    let mut told: Vec<NotificationRow> =
        rows.into_iter().filter_map(|row| if let RowData::Notification(row) = row.data { Some(row) } else { None }).collect();
    told.sort_by_key(|row| row.kind.as_str());
    told.into_iter().map(|row| (row.kind, row.read_at.is_some())).collect()
}

async fn who_is_asked_is_told_until_they_have_read_it(database: Database) {
    let (_host, [alice, bob, carol], group) = three(database).await;
    friends::ask(&alice, &bob).await;
    invite(group, &alice, &bob).await;
    let (friend, into) = (NotificationKind::FriendRequest, NotificationKind::GroupInvitation);
    assert_eq!(told(&bob).await, [(friend, false), (into, false)]);
    assert_eq!(told(&alice).await, [], "who asks is told nothing before there is an answer");
    let read = |ids: &[InvitationId]| ReadNotifications { ids: ids.iter().map(|id| NotificationId(id.0)).collect() };
    let ids = [InvitationId::friend(alice.user, bob.user), InvitationId::group(group, alice.user, bob.user)];
    // Only who was told can read it.
    ask(&carol, read(&ids)).await.unwrap();
    assert_eq!(told(&bob).await, [(friend, false), (into, false)]);
    ask(&bob, read(&ids[..1])).await.unwrap();
    assert_eq!(told(&bob).await, [(friend, true), (into, false)]);
    let again = ask(&bob, read(&ids[..1])).await.unwrap();
    assert!(again.iter().all(|part| part.prev == part.seq), "nothing moves: {again:?}");
    // An answer leaves nothing to be told, and asked anew it is told anew.
    answer(&bob, group, &alice, false).await.unwrap();
    assert_eq!(told(&bob).await, [(friend, true), (into, true)]);
    invite(group, &alice, &bob).await;
    assert_eq!(told(&bob).await, [(friend, true), (into, false)]);
    ask(&alice, WithdrawInvitation { id: ids[1], group: Some(group) }).await.unwrap();
    assert_eq!(told(&bob).await, [(friend, true), (into, true)]);
    // Whom one has blocked tells one nothing.
    block(&bob, &alice).await;
    friends::ask(&alice, &bob).await;
    assert_eq!(told(&bob).await, [(friend, true), (into, true)]);
    let too_many = ReadNotifications { ids: (0..=NOTIFICATIONS_PER_CHANGE_MAX).map(|_| NotificationId::new()).collect() };
    assert_eq!(ask(&bob, too_many).await.unwrap_err().code, ErrorCode::BadRequest);
}

async fn who_asks_is_told_of_a_yes_alone(database: Database) {
    let (host, [alice, bob, carol], group) = three(database).await;
    let (contact, inside) = (NotificationKind::RequestAccepted, NotificationKind::InvitationAccepted);
    for person in [&bob, &carol] {
        friends::ask(&alice, person).await;
        invite(group, &alice, person).await;
    }
    friends::answer(&carol, &alice, false).await.unwrap();
    answer(&carol, group, &alice, false).await.unwrap();
    assert_eq!(told(&alice).await, [], "a no is not told");
    friends::answer(&bob, &alice, true).await.unwrap();
    answer(&bob, group, &alice, true).await.unwrap();
    assert_eq!(told(&alice).await, [(inside, false), (contact, false)]);
    let ids = [InvitationId::friend(alice.user, bob.user), InvitationId::group(group, alice.user, bob.user)];
    ask(&alice, ReadNotifications { ids: ids.iter().map(|id| NotificationId(id.0)).collect() }).await.unwrap();
    assert_eq!(told(&alice).await, [(inside, true), (contact, true)]);
    // Who asks somebody who asks them already has said yes by that.
    friends::ask(&alice, &carol).await;
    friends::ask(&carol, &alice).await;
    assert_eq!(told(&alice).await, [(inside, true), (contact, true), (contact, false)]);
    // Whom one takes in oneself one is not told of; whoever else had asked them is.
    let dan = host.resident("dan").await;
    ask(&alice, SetGroupRole { group, person: bob.user, role: MemberRole::Admin }).await.unwrap();
    invite(group, &alice, &dan).await;
    invite(group, &bob, &dan).await;
    add(&alice, group, &[&dan]).await.unwrap();
    assert_eq!(told(&alice).await.len(), 3);
    assert_eq!(told(&bob).await.into_iter().filter(|one| one.0 == inside).collect::<Vec<_>>(), [(inside, false)]);
    // Who goes for good brings back nothing that was read.
    bob.post::<serde_json::Value>("/v1/account/delete", &serde_json::json!({ "password": PASSWORD })).await.unwrap();
    assert_eq!(told(&alice).await, [(inside, true), (contact, true), (contact, false)]);
}
