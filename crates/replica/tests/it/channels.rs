//! Groups and their channels: what opens with a group, and what closes with it.

use crate::support::{Local, Server, Stream, conversation_row, membership, mutation, parts, person, ready, refusal, texts};
use hearth_protocol::{
    body::Body,
    error::ErrorCode,
    ids::{ConversationId, GroupId, UserId},
    mutation::Part,
    mutations::{AddGroupMembers, CreateChannel, CreateGroup, MarkRead, RemoveGroupMember, SendMessage},
    rows::{
        ChannelRow, ConversationKind, ConversationRow, GroupMemberRow, GroupMembershipRow, GroupRow, MemberRole, MembershipRow, Person,
        ReadMarkerRow,
    },
    stream::StreamId,
    sync::{From, Head},
};
use hearth_replica::{Apply, At, ConversationItem, Filter, GroupPerson, OutboxState};

pub struct Team {
    pub replica: Local,
    pub server: Server,
    pub id: GroupId,
    pub group: Stream,
}

fn channel_row(group: GroupId, id: ConversationId, name: &str) -> ConversationRow {
    ConversationRow { group: Some(group), ..conversation_row(id, ConversationKind::Channel, name) }
}

pub fn belongs(group: GroupId, vis_ver: u64, left_at: Option<i64>) -> GroupMembershipRow {
    GroupMembershipRow { group, role: MemberRole::Member, joined_at: 4, left_at, gone: false, gone_name: String::new(), vis_ver }
}

pub fn member(person: &Person, role: MemberRole) -> GroupMemberRow {
    GroupMemberRow { person: person.clone(), role, joined_at: 4, left_at: None }
}

impl Team {
    /// Alice is in Bob's group; of its channels nothing is here yet.
    pub async fn founded() -> Self {
        let (replica, mut server) = ready().await;
        let id = GroupId::new();
        let mut group = Stream::new(StreamId::Group(id), server.epoch);
        group.commit(GroupRow { id, name: "Team".into(), about: String::new(), picture: None, created_at: 4, created_by: None });
        group.commit(member(&server.bob, MemberRole::Owner));
        group.commit(member(&server.alice, MemberRole::Member));
        let part = server.user.commit(belongs(id, 1, None));
        replica.apply(Apply { parts: vec![part], tails: vec![group.tail(0)], ..Apply::default() }).await.unwrap();
        Self { replica, server, id, group }
    }

    /// A public channel in which Bob wrote "one" to "three"; its row of the group is in the part.
    fn opens(&mut self, name: &str) -> (Stream, Part) {
        let conversation = ConversationId::new();
        let mut channel = Stream::new(StreamId::Conversation(conversation), self.server.epoch);
        channel.commit(channel_row(self.id, conversation, name));
        for text in ["one", "two", "three"] {
            channel.say(self.server.bob.user, text);
        }
        (channel, self.group.commit(ChannelRow { conversation, name: name.into(), topic: String::new(), closed: false }))
    }

    /// A public channel that is here.
    pub async fn has(&mut self, name: &str) -> (Stream, ConversationId) {
        let (channel, part) = self.opens(name);
        self.replica.apply(Apply { parts: vec![part], tails: vec![channel.tail(50)], ..Apply::default() }).await.unwrap();
        let conversation = channel.id.conversation().unwrap();
        (channel, conversation)
    }

    pub async fn lines(&self) -> Vec<ConversationItem> {
        self.replica.conversations(Filter::Groups, 10).await.unwrap()
    }

    async fn shown(&self, conversation: ConversationId) -> Vec<String> {
        texts(&self.replica.timeline(conversation, At::End, 10).await.unwrap())
    }

    async fn wants(&self, stream: StreamId) -> bool {
        let wants = self.replica.wants(None, 50, 50).await.unwrap();
        wants.iter().any(|want| want.stream == stream && matches!(want.from, From::Tail { .. }))
    }

    pub async fn follows(&self, stream: StreamId) -> bool {
        self.replica.streams().await.unwrap().iter().any(|copy| copy.stream == stream)
    }
}

#[tokio::test]
async fn a_groups_channels_are_found_in_its_stream_and_listed_with_its_name() {
    let mut team = Team::founded().await;
    let (channel, listed) = team.opens("plans");
    let conversation = channel.id.conversation().unwrap();
    team.replica.apply(parts(vec![listed])).await.unwrap();
    assert!(team.wants(channel.id).await, "joining names no channel; the group's stream does");
    let line = &team.lines().await[0];
    assert_eq!((line.name.as_str(), line.kind, line.private), ("plans", ConversationKind::Channel, false));
    team.replica.apply(Apply { tails: vec![channel.tail(50)], ..Apply::default() }).await.unwrap();
    let line = &team.lines().await[0];
    assert_eq!((line.id, line.name.as_str(), line.unread), (conversation, "plans", 3));
    assert_eq!(line.group, Some((team.id, "Team".into())));
    // A mark needs no membership.
    let read = team.server.user.commit(ReadMarkerRow { conversation, pos: 2, at: 5 });
    team.replica.apply(parts(vec![read])).await.unwrap();
    assert_eq!(team.lines().await[0].unread, 1);
    // Who is in a public channel is who is in its group.
    let members: Vec<UserId> = team.replica.members(conversation).await.unwrap().into_iter().map(|row| row.person.user).collect();
    assert_eq!(members.len(), 2);
    assert!(members.contains(&team.server.bob.user));
    let groups = team.replica.groups().await.unwrap();
    assert_eq!((groups[0].id, groups[0].name.as_str(), groups[0].role), (team.id, "Team", MemberRole::Member));
}

#[tokio::test]
async fn leaving_a_group_takes_its_copies_and_what_was_typed_waits_for_me() {
    let mut team = Team::founded().await;
    let (mut channel, conversation) = team.has("plans").await;
    let secret = ConversationId::new();
    let mut private = Stream::new(StreamId::Conversation(secret), team.server.epoch);
    private.vis_ver = 2;
    private.commit(ConversationRow { private: true, ..channel_row(team.id, secret, "secret") });
    private.say(team.server.bob.user, "psst");
    let row = MembershipRow { kind: ConversationKind::Channel, group: Some(team.id), ..membership(secret, None) };
    let joined = team.server.user.commit(row);
    team.replica.apply(Apply { parts: vec![joined], tails: vec![private.tail(50)], ..Apply::default() }).await.unwrap();
    assert_eq!((team.shown(conversation).await.len(), team.shown(secret).await), (3, vec!["psst".to_owned()]));
    let typed = mutation(SendMessage::new(conversation, Body::text("typed offline")).into());
    let add = mutation(AddGroupMembers { group: team.id, people: [UserId::new()].into() }.into());
    let mark = mutation(MarkRead { conversation, pos: 2 }.into());
    for waiting in [&typed, &add, &mark] {
        team.replica.enqueue(waiting, 1).await.unwrap();
    }
    team.replica.save_draft(secret, "half a", None).await.unwrap();

    let left = team.server.user.commit(belongs(team.id, 2, Some(9)));
    let applied = team.replica.apply(parts(vec![left])).await.unwrap();
    assert!(applied.outbox_changed && applied.conversations.contains(&conversation) && applied.conversations.contains(&secret));
    assert!(team.lines().await.is_empty());
    assert_eq!(team.replica.search("psst", None, 10).await.unwrap().hits.len(), 0);
    for stream in [team.group.id, channel.id, private.id, StreamId::Members(secret)] {
        assert!(!team.follows(stream).await, "{stream}");
    }
    assert_eq!(team.replica.draft(secret).await.unwrap().as_deref(), Some("half a"));
    let outbox = team.replica.outbox().await.unwrap();
    assert_eq!(outbox.iter().map(|entry| entry.id).collect::<Vec<_>>(), [typed.id, add.id], "a mark means nothing any more");
    assert!(outbox.iter().all(|entry| entry.state == OutboxState::Failed));
    assert!(outbox.iter().all(|entry| entry.error.as_ref().unwrap().code == ErrorCode::NotAMember));

    // What was on its way of the old version changes nothing, heads included.
    let late = channel.say(team.server.bob.user, "four");
    let head = Head { group: Some(team.id), ..channel.full_head(4) };
    let heads = team.server.heads(vec![head], false).heads;
    let batch = Apply {
        heads,
        tails: vec![channel.tail(50), private.tail(50), team.group.tail(0)],
        parts: vec![late.clone()],
        history: vec![channel.history(4, 10)],
        ..Apply::default()
    };
    assert!(team.replica.apply(batch.clone()).await.unwrap().new_messages.is_empty());
    assert!(team.lines().await.is_empty() && team.replica.wants(None, 10, 50).await.unwrap().iter().all(|want| want.stream != channel.id));

    // Back: everything opens again, and what is late is still late.
    let back = team.server.user.commit(belongs(team.id, 3, None));
    team.replica.apply(parts(vec![back])).await.unwrap();
    team.replica.apply(Apply { heads: None, ..batch }).await.unwrap();
    assert!(team.lines().await.iter().all(|line| line.last.as_ref().is_none_or(|last| last.mine)));
    (team.group.vis_ver, channel.vis_ver, private.vis_ver) = (3, 3, 4);
    assert!(team.wants(team.group.id).await && team.wants(private.id).await);
    team.replica.apply(Apply { tails: vec![team.group.tail(0)], ..Apply::default() }).await.unwrap();
    assert!(team.wants(channel.id).await);
    team.replica.apply(Apply { tails: vec![channel.tail(50), private.tail(50)], ..Apply::default() }).await.unwrap();
    assert_eq!(team.shown(conversation).await, ["one", "two", "three", "four", "*typed offline"]);
    assert_eq!(team.shown(secret).await, ["psst"]);
}

#[tokio::test]
async fn gone_and_back_while_offline_swaps_every_copy() {
    let mut team = Team::founded().await;
    let (mut channel, conversation) = team.has("plans").await;
    // Only the newest state of the row is told.
    let back = team.server.user.commit(belongs(team.id, 3, None));
    team.replica.apply(parts(vec![back])).await.unwrap();
    assert!(team.wants(channel.id).await && team.wants(team.group.id).await);
    assert_eq!(team.shown(conversation).await.len(), 3, "the old copy stays readable");
    channel.vis_ver = 3;
    channel.say(team.server.bob.user, "welcome back");
    team.replica.apply(Apply { tails: vec![channel.tail(50)], ..Apply::default() }).await.unwrap();
    assert_eq!(team.shown(conversation).await.len(), 4);
}

#[tokio::test]
async fn a_channel_that_becomes_private_goes_or_stays_as_its_members_say() {
    for stays in [false, true] {
        let mut team = Team::founded().await;
        let (mut channel, conversation) = team.has("plans").await;
        let row = MembershipRow { kind: ConversationKind::Channel, group: Some(team.id), ..membership(conversation, None) };
        let membership = stays.then(|| team.server.user.commit(row));
        let closed = team.group.commit(ChannelRow { conversation, name: String::new(), topic: String::new(), closed: true });
        let late = channel.tail(50);
        team.replica.apply(parts(membership.into_iter().chain([closed]).collect())).await.unwrap();
        // The copy of the public version is late for both.
        team.replica.apply(Apply { tails: vec![late], ..Apply::default() }).await.unwrap();
        if !stays {
            assert!(team.lines().await.is_empty() && !team.follows(channel.id).await);
            assert_eq!(team.replica.search("three", None, 10).await.unwrap().hits.len(), 0);
            continue;
        }
        assert!(team.wants(channel.id).await);
        channel.vis_ver = 2;
        channel.commit(ConversationRow { private: true, ..channel_row(team.id, conversation, "plans") });
        team.replica.apply(Apply { tails: vec![channel.tail(50)], ..Apply::default() }).await.unwrap();
        let line = &team.lines().await[0];
        assert_eq!((line.name.as_str(), line.private, line.group.clone()), ("plans", true, Some((team.id, "Team".into()))));
        assert_eq!(team.shown(conversation).await, ["one", "two", "three"]);
    }
}

#[tokio::test]
async fn full_heads_without_a_group_take_all_of_it() {
    let mut team = Team::founded().await;
    let (channel, _) = team.has("plans").await;
    let heads = vec![team.server.user.head_of(), team.server.direct.head_of()];
    team.replica.apply(team.server.heads(heads, true)).await.unwrap();
    assert!(!team.follows(team.group.id).await && !team.follows(channel.id).await);
    assert!(team.lines().await.is_empty());
}

#[tokio::test]
async fn a_group_and_a_channel_made_offline_are_there_and_go_out_in_their_order() {
    let (replica, server) = ready().await;
    let (group, conversation) = (GroupId::new(), ConversationId::new());
    let found = mutation(CreateGroup { group, name: "Team".into(), about: String::new() }.into());
    let add = mutation(AddGroupMembers { group, people: [server.bob.user].into() }.into());
    let open = CreateChannel { group, conversation, name: "plans".into(), topic: String::new(), private: false, members: [].into() };
    let open = mutation(open.into());
    let hello = mutation(SendMessage::new(conversation, Body::text("hello")).into());
    for (at, waiting) in (5..).zip([&found, &add, &open, &hello]) {
        replica.enqueue(waiting, at).await.unwrap();
    }
    let list = replica.conversations(Filter::Groups, 10).await.unwrap();
    assert_eq!((list[0].id, list[0].name.as_str(), list[0].kind), (conversation, "plans", ConversationKind::Channel));
    assert_eq!(list[0].group, Some((group, "Team".into())));
    let groups = replica.groups().await.unwrap();
    assert_eq!((groups[0].name.as_str(), groups[0].role), ("Team", MemberRole::Owner));
    // Each waits for what it stands on.
    assert_eq!(replica.claim(9, 10).await.unwrap().mutations, std::slice::from_ref(&found));
    let acked = |id| hearth_protocol::mutation::Acked { id, outcome: hearth_protocol::mutation::Outcome::Applied(vec![]) };
    replica.apply(Apply { acked: vec![acked(found.id)], ..Apply::default() }).await.unwrap();
    assert_eq!(replica.claim(9, 10).await.unwrap().mutations, [add, open.clone()]);
    replica.apply(Apply { acked: vec![acked(open.id)], ..Apply::default() }).await.unwrap();
    assert_eq!(replica.claim(9, 10).await.unwrap().mutations, [hello]);
}

/// Who is in a group: name, role, and `?` for those who wait to be taken in.
pub async fn people(replica: &Local, group: GroupId) -> Vec<String> {
    let people = replica.people_in_group(group).await.unwrap();
    let word = |there: &GroupPerson| format!("{} {}{}", there.person.first_name, there.role.as_str(), if there.waiting { "?" } else { "" });
    let mut words: Vec<String> = people.iter().map(word).collect();
    words.sort();
    words
}

#[tokio::test]
async fn who_waits_to_be_taken_in_is_there_and_a_private_channel_for_them_goes_after_them() {
    let (replica, server) = ready().await;
    let (carol, dave) = (person("Carol"), person("Dave"));
    replica.remember_people(&[carol.clone(), dave.clone()], replica.names_told()).await.unwrap();
    let group = GroupId::new();
    let found = mutation(CreateGroup { group, name: "Team".into(), about: String::new() }.into());
    let add = |person: &Person| mutation(AddGroupMembers { group, people: [person.user].into() }.into());
    let (add_bob, add_carol, add_dave) = (add(&server.bob), add(&carol), add(&dave));
    let open = |members: &[UserId]| {
        let (conversation, members) = (ConversationId::new(), members.iter().copied().collect());
        mutation(CreateChannel { group, conversation, name: "secret".into(), topic: String::new(), private: true, members }.into())
    };
    for waiting in [&found, &add_bob, &add_carol, &add_dave] {
        replica.enqueue(waiting, 5).await.unwrap();
    }
    assert_eq!(people(&replica, group).await, ["Alice owner", "Bob member?", "Carol member?", "Dave member?"]);
    assert!(people(&replica, GroupId::new()).await.is_empty());
    let (for_both, for_me) = (open(&[server.bob.user, carol.user]), open(&[]));
    let out = mutation(RemoveGroupMember { group, person: dave.user }.into());
    for waiting in [&for_both, &for_me, &out] {
        replica.enqueue(waiting, 6).await.unwrap();
    }
    assert_eq!(people(&replica, group).await, ["Alice owner", "Bob member?", "Carol member?"]);
    let outbox = replica.outbox().await.unwrap();
    let after = |id| &outbox.iter().find(|entry| entry.id == id).unwrap().after;
    assert_eq!(*after(for_both.id), [found.id, add_bob.id, add_carol.id], "Dave is none of its business");
    assert_eq!(*after(for_me.id), [found.id]);
    // Refused: they are not there, and hold up nothing that is made from now on.
    replica.apply(refusal(add_carol.id, ErrorCode::BadRequest)).await.unwrap();
    assert_eq!(people(&replica, group).await, ["Alice owner", "Bob member?"]);
}

#[tokio::test]
async fn leaving_shows_at_once_and_what_changes_in_a_group_is_told() {
    let mut team = Team::founded().await;
    assert_eq!(people(&team.replica, team.id).await, ["Alice member", "Bob owner"]);
    let row = member(&person("Carol"), MemberRole::Admin);
    let joined = team.group.commit(row.clone());
    assert!(team.replica.apply(parts(vec![joined.clone()])).await.unwrap().groups);
    assert!(!team.replica.apply(parts(vec![joined])).await.unwrap().groups, "nothing new");
    let left = team.group.commit(GroupMemberRow { left_at: Some(9), ..row });
    assert!(team.replica.apply(parts(vec![left])).await.unwrap().groups);
    let leave = mutation(RemoveGroupMember { group: team.id, person: team.server.alice.user }.into());
    team.replica.enqueue(&leave, 5).await.unwrap();
    assert_eq!(people(&team.replica, team.id).await, ["Bob owner"]);
    assert!(team.replica.groups().await.unwrap()[0].leaving);
    let applied = team.replica.apply(refusal(leave.id, ErrorCode::OnlyOwner)).await.unwrap();
    assert!(applied.groups && !team.replica.groups().await.unwrap()[0].leaving);
    assert_eq!(people(&team.replica, team.id).await, ["Alice member", "Bob owner"]);
}

#[tokio::test]
async fn what_has_come_of_a_public_channel_is_told_to_nobody() {
    let mut team = Team::founded().await;
    let (mut channel, _) = team.has("plans").await;
    let four = channel.say(team.server.bob.user, "four");
    team.replica.apply(parts(vec![four])).await.unwrap();
    team.replica.tell_delivered(10_000).await.unwrap();
    assert!(team.replica.claim(10_000, 10).await.unwrap().mutations.is_empty());
    let frames = team.server.bob_says(1);
    team.replica.apply(parts(frames)).await.unwrap();
    team.replica.tell_delivered(20_000).await.unwrap();
    assert_eq!(team.replica.claim(20_000, 10).await.unwrap().mutations.len(), 1, "between two people it is");
}
