//! What happened to a conversation is shown and nothing else: not unread, not the last message, no news, not found.

use crate::support::{Stream, conversation_row, parts, person, ready};
use hearth_protocol::{
    body::Body,
    ids::{MessageId, UserId},
    mutation::{Mutation, Part},
    mutations::{AddMembers, ArrangeConversation, EditConversation, Intent, RemoveMember, SetMemberRole},
    rows::{Arrangement, ConversationKind, ConversationRow, MemberRole, MemberRow, MessageRow, Person},
    stream::StreamId,
    system::SystemEvent,
};
use hearth_replica::{Apply, At, Filter, Item, Made};

fn told(stream: &mut Stream, sender: UserId, body: Body) -> Part {
    stream.last_pos += 1;
    let (pos, created_at) = (stream.last_pos, 2_000_000_000);
    let row = MessageRow {
        id: MessageId::new(),
        pos,
        sender,
        body: Some(body),
        created_at,
        edited_at: None,
        revision: 0,
        reply_to: None,
        forwarded: false,
        thread_root: None,
        in_conversation: false,
    };
    stream.commit(row)
}

fn left() -> Body {
    Body::System(SystemEvent::Left { heir: None })
}

/// Of a kind that only a later build knows.
fn later() -> Body {
    serde_json::from_str(r#"{"v":1,"kind":"system","event":"moved","to":"elsewhere"}"#).unwrap()
}

#[tokio::test]
async fn what_happened_moves_nothing_in_the_list() {
    let (replica, mut server) = ready().await;
    let (mut group, joined) = server.group("Walks");
    let hello = group.say(server.bob.user, "hello");
    replica.apply(Apply { tails: vec![group.tail(50)], parts: vec![joined, hello], ..Apply::default() }).await.unwrap();
    let before = replica.conversation(group.id.conversation().unwrap()).await.unwrap().unwrap();
    assert_eq!((before.unread, before.last.as_ref().and_then(|last| last.pos)), (1, Some(1)));
    for body in [left(), later()] {
        let frame = told(&mut group, server.bob.user, body);
        let applied = replica.apply(parts(vec![frame])).await.unwrap();
        assert_eq!(applied.new_messages, [], "it is no news");
        assert!(applied.conversations.contains(&before.id), "but the timeline shows it");
    }
    assert_eq!(replica.conversation(before.id).await.unwrap().unwrap(), before);
    let shown = replica.timeline(before.id, At::End, 10).await.unwrap();
    let bodies: Vec<Body> =
        shown.messages.iter().filter_map(|one| if let Item::Row(row) = &one.item { row.body.clone() } else { None }).collect();
    assert_eq!(bodies, [Body::text("hello"), left(), later()]);
    for word in ["left", "system", "moved", "elsewhere"] {
        assert_eq!(replica.search(word, None, 10).await.unwrap().hits.len(), 0, "{word}");
    }
    // Nothing is to be marked as unread but what somebody said.
    assert_eq!(replica.unread_place(before.id, None).await.unwrap(), Some(1));
    let counts = replica.count_unread().await.unwrap();
    assert!(counts.iter().all(|count| count.line == count.counted), "{counts:?}");
}

#[tokio::test]
async fn what_is_archived_stays_so_and_a_conversation_of_nothing_said_has_no_last_message() {
    let (replica, mut server) = ready().await;
    let (mut group, joined) = server.group("Walks");
    let conversation = group.id.conversation().unwrap();
    let first = told(&mut group, server.bob.user, left());
    replica.apply(Apply { tails: vec![group.tail(50)], parts: vec![joined, first], ..Apply::default() }).await.unwrap();
    let line = replica.conversation(conversation).await.unwrap().unwrap();
    assert_eq!((line.unread, line.last), (0, None));
    let archive = ArrangeConversation { conversation, change: Arrangement::Archived(Some(1)) };
    replica.enqueue(&Mutation::new(MessageId::new(), archive), 1).await.unwrap();
    let more = told(&mut group, server.bob.user, left());
    replica.apply(parts(vec![more])).await.unwrap();
    assert!(replica.conversation(conversation).await.unwrap().unwrap().archived, "only what somebody says brings it back");
    let hello = group.say(server.bob.user, "hello");
    replica.apply(parts(vec![hello])).await.unwrap();
    assert!(!replica.conversation(conversation).await.unwrap().unwrap().archived);
}

#[tokio::test]
async fn who_it_is_about_is_named() {
    let (replica, mut server) = ready().await;
    let (mut group, joined) = server.group("Walks");
    let conversation = group.id.conversation().unwrap();
    let (carol, stranger) = (person("Carol"), UserId::new());
    replica.remember_people(std::slice::from_ref(&carol), replica.names_told()).await.unwrap();
    let added = Body::System(SystemEvent::Added { people: [carol.user, stranger].into() });
    let frame = told(&mut group, server.bob.user, added);
    replica.apply(Apply { tails: vec![group.tail(50)], parts: vec![joined, frame], ..Apply::default() }).await.unwrap();
    let shown = replica.timeline(conversation, At::End, 10).await.unwrap();
    assert_eq!(shown.messages.last().unwrap().named, [carol]);
}

#[tokio::test]
async fn what_waits_shows_over_what_the_server_said() {
    let (replica, mut server) = ready().await;
    let (group, joined) = server.group("Walks");
    let conversation = group.id.conversation().unwrap();
    let mut members = Stream::new(StreamId::Members(conversation), server.epoch);
    let (carol, dan) = (person("Carol"), person("Dan"));
    for (who, role) in [(&server.alice, MemberRole::Owner), (&server.bob, MemberRole::Member), (&carol, MemberRole::Member)] {
        members.commit(MemberRow { person: who.clone(), role, joined_at: 4, left_at: None });
    }
    replica.apply(Apply { tails: vec![group.tail(50), members.tail(0)], parts: vec![joined], ..Apply::default() }).await.unwrap();
    replica.remember_people(std::slice::from_ref(&dan), replica.names_told()).await.unwrap();
    let wants = async |intent: Intent| replica.enqueue(&Mutation::new(MessageId::new(), intent), 1).await.unwrap();
    wants(EditConversation { conversation, name: Some("Runs".into()), topic: None }.into()).await;
    wants(EditConversation { conversation, name: None, topic: Some("faster".into()) }.into()).await;
    wants(EditConversation { conversation, name: Some("Races".into()), topic: None }.into()).await;
    let line = replica.conversations(Filter::All, 10).await.unwrap().into_iter().find(|line| line.id == conversation).unwrap();
    assert_eq!((line.name.as_str(), line.topic.as_str()), ("Races", "faster"), "the last word counts, each for itself");
    wants(SetMemberRole { conversation, member: server.bob.user, role: MemberRole::Admin }.into()).await;
    wants(RemoveMember { conversation, member: carol.user }.into()).await;
    wants(AddMembers { conversation, members: [dan.user].into() }.into()).await;
    let people = replica.people_in(conversation, None).await.unwrap();
    let since = |user: UserId| people.iter().find(|one| one.person.user == user).and_then(|one| one.joined_at);
    assert_eq!((since(server.bob.user), since(dan.user)), (Some(4), None), "who waits to come in is not in it since anything");
    let mut there: Vec<_> = people.into_iter().map(|one| (one.person.first_name, one.role, one.waiting)).collect();
    there.sort();
    let expected = [("Alice", MemberRole::Owner, false), ("Bob", MemberRole::Admin, true), ("Dan", MemberRole::Member, true)];
    assert_eq!(there, expected.map(|(name, role, waiting)| (name.to_owned(), role, waiting)));
}

#[tokio::test]
async fn when_it_was_made_and_by_whom_is_known_as_far_as_it_is_told() {
    let (replica, mut server) = ready().await;
    let (mut group, joined) = server.group("Walks");
    let id = group.id.conversation().unwrap();
    assert_eq!(replica.made(id).await.unwrap(), None, "its own row is not here");
    replica.apply(Apply { tails: vec![group.tail(50)], parts: vec![joined], ..Apply::default() }).await.unwrap();
    assert_eq!(replica.made(id).await.unwrap(), Some(Made { at: 3, by: None }), "an older server does not say who");
    let (carol, stranger) = (person("Carol"), UserId::new());
    replica.remember_people(std::slice::from_ref(&carol), replica.names_told()).await.unwrap();
    for (user, by) in [(stranger, None), (carol.user, Some(carol.clone()))] {
        let row = ConversationRow { created_by: Some(user), ..conversation_row(id, ConversationKind::Group, "Walks") };
        let told = group.commit(row);
        replica.apply(parts(vec![told])).await.unwrap();
        assert_eq!(replica.made(id).await.unwrap(), Some(Made { at: 3, by }));
    }
    // Nobody's name is shown whose account is gone.
    let mut members = Stream::new(StreamId::Members(id), server.epoch);
    members.commit(MemberRow { person: Person::deleted(carol.user), role: MemberRole::Member, joined_at: 4, left_at: Some(5) });
    replica.apply(Apply { tails: vec![members.tail(0)], ..Apply::default() }).await.unwrap();
    assert_eq!(replica.made(id).await.unwrap(), Some(Made { at: 3, by: None }));
}
