//! The conversation list, unread counts and people.

use crate::support::{Server, local, parts, person, ready};
use hearth_protocol::{
    ids::ConversationId,
    limits,
    rows::{MemberRole, MemberRow},
    stream::StreamId,
};
use hearth_replica::{Apply, Filter};

#[tokio::test]
async fn lines_have_names_last_messages_and_the_order_of_activity() {
    let (replica, mut server) = ready().await;
    let (mut group, joined) = server.group("Çoffee corner");
    let hello = server.direct.say(server.bob.user, "hello");
    let early = group.say(server.bob.user, "early");
    replica.apply(Apply { tails: vec![group.tail(50)], parts: vec![joined, hello, early], ..Apply::default() }).await.unwrap();
    for _ in 0..3 {
        server.direct.say(server.alice.user, "mine");
    }
    replica.apply(parts(vec![server.direct.part(2, server.direct.head)])).await.unwrap();
    let list = replica.conversations(Filter::All, 10).await.unwrap();
    assert_eq!(list.len(), 2);
    assert_eq!((list[0].peer.as_ref().unwrap().first_name.as_str(), list[0].unread), ("Bob", 1));
    assert!(list[0].last.as_ref().unwrap().mine);
    assert_eq!((list[1].name.as_str(), list[1].unread), ("Çoffee corner", 1));
    assert_eq!(list[1].last.as_ref().unwrap().sender_first_name.as_deref(), Some("Bob"));
    let ids = async |filter| replica.conversations(filter, 10).await.unwrap().into_iter().map(|item| item.id).collect::<Vec<_>>();
    let marker = server.read_to(4);
    replica.apply(parts(vec![marker])).await.unwrap();
    assert_eq!(ids(Filter::Unread).await, [list[1].id]);
    assert_eq!(ids(Filter::Direct).await, [list[0].id]);
    assert_eq!(ids(Filter::Groups).await, [list[1].id]);
    let found = async |query| replica.find_conversations(query, 10).await.unwrap().into_iter().map(|item| item.id).collect::<Vec<_>>();
    assert_eq!(found("coff").await, [list[1].id]);
    assert_eq!(found("corner cof").await, [list[1].id]);
    assert_eq!(found("bob").await, [list[0].id]);
    assert!(found("ner").await.is_empty() && found("").await.is_empty() && found("%").await.is_empty());
    assert_eq!(replica.conversations(Filter::All, 1).await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_server_counts_until_the_replica_can() {
    let replica = local().await;
    let mut server = Server::new();
    server.bob_says(200);
    let mut batch = server.heads(vec![server.user.head_of(), server.direct.full_head(200)], true);
    batch.tails = vec![server.user.tail(0), server.direct.tail(50)];
    replica.apply(batch).await.unwrap();
    let unread = async || replica.total_unread(1).await.unwrap();
    assert_eq!(unread().await, 200);
    let frame = server.bob_says(1);
    replica.apply(parts(frame)).await.unwrap();
    assert_eq!(unread().await, 201);
    // Everything after the marker is here: deleting one lowers the count.
    let marker = server.read_to(160);
    replica.apply(parts(vec![marker])).await.unwrap();
    assert_eq!(unread().await, 41);
    let gone = server.direct.delete(170);
    let mine = server.direct.say(server.alice.user, "mine");
    replica.apply(parts(vec![gone, mine])).await.unwrap();
    assert_eq!(unread().await, 40);
    // All is read here, and heads tell of more that is not here yet.
    let marker = server.read_to(server.direct.last_pos);
    replica.apply(parts(vec![marker])).await.unwrap();
    assert_eq!(unread().await, 0);
    server.bob_says(3);
    let mut head = server.direct.full_head(3);
    head.last_message = None;
    replica.apply(server.heads(vec![head], false)).await.unwrap();
    assert_eq!(unread().await, 3);
    replica.apply(parts(vec![server.direct.part(200, server.direct.head)])).await.unwrap();
    assert_eq!(unread().await, 3);
}

#[tokio::test]
async fn what_was_read_before_it_was_fetched_is_not_unread() {
    let replica = local().await;
    let mut server = Server::new();
    server.bob_says(80);
    let mut batch = server.heads(vec![server.user.head_of(), server.direct.full_head(80)], true);
    batch.tails.push(server.user.tail(0));
    replica.apply(batch).await.unwrap();
    assert_eq!(replica.total_unread(1).await.unwrap(), 80);
    replica.enqueue(&server.mark(80), 1).await.unwrap();
    assert_eq!(replica.total_unread(1).await.unwrap(), 0);
}

#[tokio::test]
async fn unread_is_capped_and_equals_brute_force() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(u64::from(limits::UNREAD_SHOWN_MAX) + 20);
    for chunk in frames.chunks(300) {
        replica.apply(parts(chunk.to_vec())).await.unwrap();
    }
    assert_eq!(replica.total_unread(1).await.unwrap(), limits::UNREAD_SHOWN_MAX);
    for pos in [1, 500, 1_000, 1_019, 1_020] {
        let marker = server.read_to(pos);
        replica.apply(parts(vec![marker])).await.unwrap();
        assert_eq!(u64::from(replica.total_unread(1).await.unwrap()), (1_020 - pos).min(1_000));
    }
}

#[tokio::test]
async fn people_are_found_by_the_beginnings_of_their_names() {
    let (replica, mut server) = ready().await;
    let (group, joined) = server.group("Team");
    let StreamId::Conversation(id) = group.id else { unreachable!() };
    let mut members = crate::support::Stream::new(StreamId::Members(id), server.epoch);
    let zoe = person("Zoë");
    for person in [&server.bob, &zoe] {
        members.commit(MemberRow { person: person.clone(), role: MemberRole::Member, joined_at: 1, left_at: None });
    }
    replica.apply(Apply { tails: vec![group.tail(0), members.tail(0)], parts: vec![joined], ..Apply::default() }).await.unwrap();
    let mut wang = person("小明");
    wang.last_name = "王".into();
    replica.remember_people(std::slice::from_ref(&wang), replica.names_told()).await.unwrap();
    let found =
        async |query: &str| replica.people(query, 10).await.unwrap().into_iter().map(|person| person.first_name).collect::<Vec<_>>();
    assert_eq!(found("zoe").await, ["Zoë"]);
    assert_eq!(found("exa zo").await, ["Zoë"]);
    assert_eq!(found("明").await, ["小明"]);
    assert!(found("oe").await.is_empty());
    assert_eq!(found("").await.len(), 4);
    assert_eq!(replica.person(zoe.user).await.unwrap(), Some(zoe));
    assert_eq!(replica.members(id).await.unwrap().len(), 2);
    assert!(replica.members(ConversationId::new()).await.unwrap().is_empty());
}

#[tokio::test]
async fn drafts_and_settings_stay() {
    let (replica, server) = ready().await;
    replica.save_draft(server.conversation(), "half", None).await.unwrap();
    let line = replica.conversation(server.conversation()).await.unwrap().unwrap();
    assert_eq!(line.draft.as_deref(), Some("half"));
    replica.save_draft(server.conversation(), "", None).await.unwrap();
    assert_eq!(replica.draft(server.conversation()).await.unwrap(), None);
    assert_eq!(replica.get_setting::<String>("theme").await.unwrap(), None);
    replica.set_setting("theme", "dark").await.unwrap();
    replica.set_setting("theme", "light").await.unwrap();
    assert_eq!(replica.get_setting::<String>("theme").await.unwrap().as_deref(), Some("light"));
}

#[tokio::test]
async fn who_signed_in_is_known_before_the_first_row() {
    let replica = local().await;
    let server = Server::new();
    replica.remember_me(&crate::support::account(&server.alice)).await.unwrap();
    assert_eq!(replica.me().await.unwrap().unwrap().user, server.alice.user);
    assert_eq!(replica.wants(None, 10, 50).await.unwrap()[0].stream, server.user.id);
    replica.apply(server.everything()).await.unwrap();
    assert_eq!(replica.me().await.unwrap().unwrap().user, server.alice.user);
}
