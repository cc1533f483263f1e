//! Groups that hold channels: who may change what, who sees what of it, and what closes when somebody goes.

use crate::{
    host::{Database, Host},
    person::{Person, message, messages, texts},
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    frame::ServerFrame,
    ids::{ConversationId, GroupId, MutationId, UserId},
    mutation::{Mutation, Part},
    mutations::{AddGroupMembers, CreateChannel, CreateGroup, Intent, RemoveGroupMember, SetChannelPrivate},
    rows::{GroupMembershipRow, MemberRole, RowData},
    stream::StreamId,
    sync::{From, Head, Page},
};
use std::collections::BTreeSet;

on_both_databases!(
    a_public_channel_is_everybodys_in_the_group,
    its_owner_decides_and_the_others_may_not,
    who_leaves_the_group_leaves_its_channels_and_may_come_back,
    a_push_that_still_waits_is_not_told_after_leaving_the_group,
    a_private_channel_is_its_members_and_never_in_the_group_stream,
    what_becomes_private_is_gone_for_those_outside,
    marks_and_unread_need_no_membership,
);

fn create(group: GroupId, name: &str) -> CreateGroup {
    CreateGroup { group, name: name.into(), about: "For all of us".into() }
}

pub fn channel(group: GroupId, name: &str) -> CreateChannel {
    CreateChannel {
        group,
        conversation: ConversationId::new(),
        name: name.into(),
        topic: String::new(),
        private: false,
        members: [].into(),
    }
}

pub fn private(group: GroupId, name: &str, members: &[&Person]) -> CreateChannel {
    CreateChannel { private: true, members: users(members), ..channel(group, name) }
}

fn users(people: &[&Person]) -> BTreeSet<UserId> {
    people.iter().map(|person| person.user).collect()
}

pub async fn ask(person: &Person, intent: impl Into<Intent>) -> Result<Vec<Part>, ApiError> {
    person.perform(MutationId::new(), intent.into()).await
}

pub async fn add(by: &Person, group: GroupId, people: &[&Person]) -> Result<Vec<Part>, ApiError> {
    ask(by, AddGroupMembers { group, people: users(people) }).await
}

pub async fn remove(by: &Person, group: GroupId, person: &Person) -> Result<Vec<Part>, ApiError> {
    ask(by, RemoveGroupMember { group, person: person.user }).await
}

/// Alice's group with these people.
pub async fn team(alice: &Person, people: &[&Person]) -> GroupId {
    let group = GroupId::new();
    ask(alice, create(group, "Team")).await.expect("a group");
    add(alice, group, people).await.expect("they are added");
    group
}

pub async fn opens(by: &Person, channel: CreateChannel) -> ConversationId {
    let conversation = channel.conversation;
    ask(by, channel).await.expect("a channel");
    conversation
}

/// A first copy's rows and version.
pub async fn copy(person: &Person, stream: StreamId) -> Option<(Vec<RowData>, u64)> {
    match person.page(stream, From::Tail { messages: 100 }, 1_000).await {
        Page::Tail { part, .. } => Some((part.rows.into_iter().map(|row| row.data).collect(), part.vis_ver)),
        Page::Gone { .. } => None,
        other => panic!("{other:?}"),
    }
}

/// The texts of a channel and their version; `None` where it is gone.
pub async fn reads(person: &Person, conversation: ConversationId) -> Option<(Vec<String>, u64)> {
    let Page::Tail { part, .. } = person.page(StreamId::Conversation(conversation), From::Tail { messages: 100 }, 1_000).await else {
        return None;
    };
    Some((texts(&messages(&part.rows)), part.vis_ver))
}

/// The channels that the group's stream lists, by name; tombstones without.
async fn listed(person: &Person, group: GroupId) -> BTreeSet<String> {
    let rows = copy(person, StreamId::Group(group)).await.expect("the group's stream").0;
    rows.into_iter().filter_map(|row| if let RowData::Channel(row) = row { Some(row.name) } else { None }).collect()
}

fn head_of(heads: &[Head], stream: StreamId) -> Option<&Head> {
    heads.iter().find(|head| head.stream == stream)
}

pub async fn memberships(person: &Person) -> Vec<GroupMembershipRow> {
    let rows = person.changes(StreamId::User(person.user), 0, 1_000).await.0.rows;
    rows.into_iter().filter_map(|row| if let RowData::GroupMembership(row) = row.data { Some(row) } else { None }).collect()
}

async fn a_public_channel_is_everybodys_in_the_group(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, dan) = (host.resident("alice").await, host.resident("bob").await, host.resident("dan").await);
    let group = team(&alice, &[]).await;
    let (plans, chat) = (opens(&alice, channel(group, "plans")).await, opens(&alice, channel(group, "chat")).await);
    alice.send(plans, "before Bob came").await;
    let mut socket = bob.socket().await;
    let watermark = bob.heads(None).await.watermark;
    let cursor = bob.changes(StreamId::User(bob.user), 0, 100).await.1;
    add(&alice, group, &[&bob]).await.unwrap();
    // Joining is one row of one's own, however many channels there are.
    let rows = bob.changes(StreamId::User(bob.user), cursor, 100).await.0.rows;
    assert!(matches!(&rows[..], [row] if matches!(&row.data, RowData::GroupMembership(row) if row.vis_ver == 1 && row.left_at.is_none())));
    assert_eq!(listed(&bob, group).await, ["chat".into(), "plans".into()].into());
    assert_eq!(reads(&bob, plans).await, Some((vec!["before Bob came".into()], 1)));
    assert_eq!(texts(&messages(&bob.history(plans, None, 10).await.unwrap().rows)), ["before Bob came"]);
    bob.send(chat, "hello").await;
    loop {
        if let ServerFrame::Rows(part) = socket.next().await.unwrap()
            && part.stream == StreamId::Conversation(chat)
        {
            assert_eq!((part.vis_ver, texts(&messages(&part.rows))), (1, vec!["hello".to_owned()]));
            break;
        }
    }
    let full = bob.heads(None).await.heads;
    for conversation in [plans, chat] {
        let head = head_of(&full, StreamId::Conversation(conversation)).expect("its head");
        assert_eq!((head.group, head.vis_ver, head.members_head), (Some(group), 1, None));
        assert!(head.last_message.is_some());
    }
    assert_eq!(head_of(&full, StreamId::Group(group)).unwrap().head, 4);
    let moved = bob.heads(Some(&watermark)).await;
    assert!(!moved.full);
    assert!(head_of(&moved.heads, StreamId::Group(group)).is_some() && head_of(&moved.heads, StreamId::Conversation(chat)).is_some());
    assert!(head_of(&moved.heads, StreamId::Conversation(plans)).is_none(), "it has not moved");
    // Nobody else: the same for what is not theirs and what is not there.
    for stream in [StreamId::Group(group), StreamId::Conversation(plans), StreamId::Members(plans), StreamId::Group(GroupId::new())] {
        assert_eq!(copy(&dan, stream).await, None);
    }
    assert_eq!(dan.try_send(plans, "let me in").await.unwrap_err(), ApiError::not_found());
}

async fn its_owner_decides_and_the_others_may_not(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let dan = host.resident("dan").await;
    let group = team(&alice, &[&bob, &carol]).await;
    let plans = opens(&alice, channel(group, "plans")).await;
    let close = SetChannelPrivate { conversation: plans, members: [].into() };
    for refused in [
        add(&bob, group, &[&dan]).await,
        remove(&bob, group, &carol).await,
        remove(&bob, group, &alice).await,
        ask(&bob, channel(group, "mine")).await,
        ask(&bob, close.clone()).await,
    ] {
        assert_eq!(refused.unwrap_err().code, ErrorCode::NotAllowed);
    }
    let nobody = Person { user: UserId::new(), ..dan.clone() };
    let nowhere = GroupId::new();
    for refused in [
        add(&dan, group, &[&dan]).await,
        add(&dan, nowhere, &[&dan]).await,
        remove(&dan, group, &bob).await,
        ask(&dan, channel(group, "mine")).await,
        ask(&dan, close).await,
        add(&alice, group, &[&nobody]).await,
        remove(&alice, group, &dan).await,
        ask(&alice, private(group, "secret", &[&dan])).await,
        ask(&alice, SetChannelPrivate { conversation: plans, members: users(&[&dan]) }).await,
    ] {
        assert_eq!(refused.unwrap_err(), ApiError::not_found());
    }
    let direct = alice.direct(&bob).await;
    let taken = CreateChannel { conversation: plans, ..channel(group, "again") };
    let derived = CreateChannel { conversation: ConversationId::direct(bob.user, carol.user), ..channel(group, "theirs") };
    let peopled = CreateChannel { members: users(&[&bob]), ..channel(group, "public") };
    for refused in [
        ask(&alice, create(group, "Again")).await,
        ask(&alice, create(GroupId::new(), " ")).await,
        ask(&alice, channel(group, &"x".repeat(129))).await,
        ask(&alice, taken).await,
        ask(&alice, derived).await,
        ask(&alice, peopled).await,
        ask(&alice, SetChannelPrivate { conversation: direct, members: [].into() }).await,
        alice.add(plans, &dan).await,
        alice.remove(plans, &bob).await,
    ] {
        assert_eq!(refused.unwrap_err().code, ErrorCode::BadRequest);
    }
    assert_eq!(remove(&alice, group, &alice).await.unwrap_err().code, ErrorCode::OnlyOwner);
    // Twice is once.
    let again = add(&alice, group, &[&bob]).await.unwrap();
    assert!(matches!(again.as_slice(), [part] if part.prev == part.seq && part.rows.len() == 1), "{again:?}");
    remove(&alice, group, &bob).await.unwrap();
    remove(&alice, group, &bob).await.unwrap();
    // The group's owner keeps its channels in order.
    let rude = carol.send(plans, "rude").await;
    alice.delete((plans, rude.id)).await.unwrap();
    assert_eq!(carol.delete((plans, alice.send(plans, "mine").await.id)).await.unwrap_err().code, ErrorCode::NotAllowed);
}

async fn who_leaves_the_group_leaves_its_channels_and_may_come_back(database: Database) {
    let host = Host::start(database).await;
    let (alice, carol) = (host.resident("alice").await, host.resident("carol").await);
    let group = team(&alice, &[&carol]).await;
    let (plans, secret) = (opens(&alice, channel(group, "plans")).await, opens(&alice, private(group, "secret", &[&carol])).await);
    let direct = alice.direct(&carol).await;
    alice.send(plans, "before").await;
    alice.send(secret, "psst").await;
    assert_eq!(reads(&carol, secret).await, Some((vec!["psst".into()], 2)));
    let mut socket = carol.socket().await;
    let watermark = carol.heads(None).await.watermark;
    let user_head = carol.changes(StreamId::User(carol.user), 0, 100).await.1;
    let left = remove(&carol, group, &carol).await.unwrap();
    assert!(matches!(left.as_slice(), [part] if part.stream == StreamId::User(carol.user) && part.rows.len() == 1), "{left:?}");
    for conversation in [plans, secret] {
        alice.send(conversation, "after").await;
    }
    alice.send(direct, "a fence").await;
    // One row, then nothing of all that.
    let mut streams = Vec::new();
    while streams.last() != Some(&StreamId::Conversation(direct)) {
        match socket.next().await.unwrap() {
            ServerFrame::Rows(part) => streams.push(part.stream),
            ServerFrame::Hint { stream, .. } => panic!("a hint of {stream}"),
            _ => {}
        }
    }
    assert_eq!(streams, [StreamId::User(carol.user), StreamId::Conversation(direct)]);
    assert_eq!(carol.changes(StreamId::User(carol.user), user_head, 100).await.0.rows.len(), 1);
    for stream in [StreamId::Group(group), StreamId::Conversation(plans), StreamId::Conversation(secret), StreamId::Members(secret)] {
        for from in [From::Cursor { seq: 0, vis_ver: 1 }, From::Cursor { seq: 0, vis_ver: 2 }, From::Tail { messages: 5 }] {
            assert_eq!(carol.page(stream, from, 10).await, Page::Gone { stream });
        }
    }
    for conversation in [plans, secret] {
        assert_eq!(carol.history(conversation, None, 10).await.unwrap_err(), ApiError::not_found());
        assert_eq!(carol.try_send(conversation, "still here?").await.unwrap_err(), ApiError::not_found());
    }
    for heads in [carol.heads(None).await, carol.heads(Some(&watermark)).await] {
        let mine = [StreamId::User(carol.user), StreamId::Conversation(direct)];
        assert!(heads.heads.iter().all(|head| mine.contains(&head.stream)), "{heads:?}");
    }
    // Back: everything opens again, under another version.
    add(&alice, group, &[&carol]).await.unwrap();
    assert!(matches!(&memberships(&carol).await[..], [row] if row.vis_ver == 3 && row.left_at.is_none() && row.role == MemberRole::Member));
    assert_eq!(reads(&carol, plans).await, Some((vec!["before".into(), "after".into()], 3)));
    assert_eq!(reads(&carol, secret).await, Some((vec!["psst".into(), "after".into()], 4)));
    let Page::Reset { vis_ver: 3, .. } = carol.page(StreamId::Conversation(plans), From::Cursor { seq: 1, vis_ver: 1 }, 10).await else {
        panic!("the old copy is refused");
    };
}

async fn a_push_that_still_waits_is_not_told_after_leaving_the_group(database: Database) {
    let host = Host::start(database).await;
    let (alice, carol) = (host.resident("alice").await, host.resident("carol").await);
    let group = team(&alice, &[&carol]).await;
    let (plans, secret) = (opens(&alice, channel(group, "plans")).await, opens(&alice, private(group, "secret", &[&carol])).await);
    let direct = alice.direct(&carol).await;
    let mut socket = carol.socket().await;
    let leave = RemoveGroupMember { group, person: carol.user };
    host.faults().hold_commits(true);
    let intents = [
        message(plans, "just before"),
        message(secret, "just before"),
        leave.into(),
        message(plans, "just after"),
        message(secret, "just after"),
        message(direct, "a fence"),
    ];
    let batch = intents.into_iter().map(|intent| Mutation::new(MutationId::new(), intent)).collect();
    let (acked, ()) = tokio::join!(alice.try_mutate(batch), async { host.faults().hold_commits(false) });
    assert_eq!(acked.unwrap().len(), 6);
    let mut streams = Vec::new();
    while streams.last() != Some(&StreamId::Conversation(direct)) {
        if let ServerFrame::Rows(part) = socket.next().await.unwrap() {
            streams.push(part.stream);
        }
    }
    streams.retain(|stream| *stream != StreamId::User(carol.user) && *stream != StreamId::Conversation(direct));
    assert_eq!(streams, []);
}

async fn a_private_channel_is_its_members_and_never_in_the_group_stream(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let dan = host.resident("dan").await;
    let group = team(&alice, &[&bob, &carol]).await;
    let secret = opens(&alice, private(group, "secret", &[&bob])).await;
    alice.send(secret, "psst").await;
    assert_eq!(listed(&alice, group).await, [].into());
    assert_eq!(reads(&bob, secret).await, Some((vec!["psst".into()], 2)));
    assert_eq!(reads(&carol, secret).await, None);
    assert_eq!(head_of(&carol.heads(None).await.heads, StreamId::Conversation(secret)), None);
    let heads = bob.heads(None).await.heads;
    let head = head_of(&heads, StreamId::Conversation(secret)).unwrap();
    assert_eq!((head.group, head.vis_ver, head.members_head, head.unread.unwrap().count), (Some(group), 2, Some(1), 1));
    // Its members change as a group conversation's do, but nobody from outside the group gets in.
    assert_eq!(bob.add(secret, &carol).await.unwrap_err().code, ErrorCode::NotAllowed);
    assert_eq!(alice.add(secret, &dan).await.unwrap_err(), ApiError::not_found());
    alice.add(secret, &carol).await.unwrap();
    assert_eq!(reads(&carol, secret).await, Some((vec!["psst".into()], 2)));
    alice.remove(secret, &carol).await.unwrap();
    assert_eq!(reads(&carol, secret).await, None);
    carol.try_send(secret, "hello?").await.unwrap_err();
    // Bob is out of the group when its owner leaves the channel: he does not inherit it.
    remove(&alice, group, &bob).await.unwrap();
    alice.add(secret, &carol).await.unwrap();
    alice.remove(secret, &alice).await.unwrap();
    let members = copy(&carol, StreamId::Members(secret)).await.unwrap().0;
    let owner = members.iter().find_map(|row| match row {
        RowData::Member(row) if row.role == MemberRole::Owner && row.left_at.is_none() => Some(row.person.user),
        _ => None,
    });
    assert_eq!(owner, Some(carol.user));
}

async fn what_becomes_private_is_gone_for_those_outside(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let group = team(&alice, &[&bob, &carol]).await;
    let plans = opens(&alice, channel(group, "plans")).await;
    let direct = alice.direct(&carol).await;
    alice.send(plans, "for all of us").await;
    let (group_head, watermark) = (carol.changes(StreamId::Group(group), 0, 100).await.1, carol.heads(None).await.watermark);
    let mut socket = carol.socket().await;
    host.faults().hold_commits(true);
    let close = SetChannelPrivate { conversation: plans, members: users(&[&bob]) };
    let intents = [message(plans, "just before"), close.clone().into(), message(plans, "for Bob"), message(direct, "a fence")];
    let batch = intents.into_iter().map(|intent| Mutation::new(MutationId::new(), intent)).collect();
    let (acked, ()) = tokio::join!(alice.try_mutate(batch), async { host.faults().hold_commits(false) });
    assert_eq!(acked.unwrap().len(), 4);
    let mut streams = Vec::new();
    while !streams.contains(&StreamId::Conversation(direct)) || !streams.contains(&StreamId::Group(group)) {
        if let ServerFrame::Rows(part) = socket.next().await.unwrap() {
            streams.push(part.stream);
        }
    }
    assert!(!streams.contains(&StreamId::Conversation(plans)), "{streams:?}");
    let everything = ["for all of us".to_owned(), "just before".into(), "for Bob".into()];
    assert_eq!(reads(&bob, plans).await, Some((everything.to_vec(), 2)));
    assert_eq!(reads(&alice, plans).await.unwrap().1, 2);
    assert_eq!(reads(&carol, plans).await, None);
    assert!(head_of(&carol.heads(Some(&watermark)).await.heads, StreamId::Conversation(plans)).is_none());
    let changed = carol.changes(StreamId::Group(group), group_head, 100).await.0.rows;
    let [row] = &changed[..] else { panic!("{changed:?}") };
    assert!(matches!(&row.data, RowData::Channel(row) if row.closed && row.name.is_empty() && row.conversation == plans));
    // Once is enough; and whoever comes later finds nothing of it.
    ask(&alice, close.clone()).await.unwrap();
    assert_eq!(ask(&carol, close).await.unwrap_err(), ApiError::not_found());
    remove(&alice, group, &carol).await.unwrap();
    add(&alice, group, &[&carol]).await.unwrap();
    assert_eq!((listed(&carol, group).await, reads(&carol, plans).await), ([String::new()].into(), None));
}

async fn marks_and_unread_need_no_membership(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let group = team(&alice, &[&bob]).await;
    let plans = opens(&alice, channel(group, "plans")).await;
    for text in ["one", "two", "three"] {
        alice.send(plans, text).await;
    }
    assert_eq!((bob.unread(plans).await, alice.unread(plans).await), (3, 0));
    let parts = bob.mark_read(plans, 2).await;
    assert!(matches!(&parts[..], [part] if part.stream == StreamId::User(bob.user)));
    assert_eq!(bob.unread(plans).await, 1);
    bob.send(plans, "four").await;
    assert_eq!((bob.unread(plans).await, alice.unread(plans).await), (1, 1));
}
