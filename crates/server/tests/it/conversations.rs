//! Conversations are edited, their members get roles, and what happens to them is told in them.

use crate::{
    channels::{self, ask, channel, copy, opens, private, team},
    deletions,
    host::{Database, Host, PASSWORD},
    person::{Person, happened, texts},
};
use hearth_protocol::{
    Millis,
    body::Body,
    error::{ApiError, ErrorCode},
    ids::{ConversationId, GroupId, MessageId, MutationId, UserId},
    limits,
    mutations::{DeleteMessage, EditConversation, EditMessage, Intent, PinMessage, React, SendMessage, SetMemberRole, Star},
    rows::{MemberRole, RowData},
    stream::StreamId,
    sync::{From, Page},
    system::SystemEvent,
};

on_both_databases!(
    a_conversation_gets_another_name_and_topic,
    when_it_was_made_and_by_whom_is_told_and_stays,
    a_public_channel_is_called_the_same_in_its_groups_list,
    what_does_not_fit_is_refused,
    the_owner_makes_admins,
    what_happens_is_told_in_the_same_commit,
    nothing_can_be_done_to_what_happened,
    what_happened_is_nobodys_unread_and_no_last_message,
    who_comes_later_reads_that_they_came_and_who_is_out_nothing,
    nobody_writes_what_happened_themselves,
    what_somebody_did_stays_when_their_account_goes,
);

fn edit(conversation: ConversationId, name: Option<&str>, topic: Option<&str>) -> EditConversation {
    EditConversation { conversation, name: name.map(Into::into), topic: topic.map(Into::into) }
}

async fn called(person: &Person, conversation: ConversationId) -> (String, String) {
    let rows = copy(person, StreamId::Conversation(conversation)).await.expect("a copy").0;
    rows.into_iter().find_map(|row| if let RowData::Conversation(row) = row { Some((row.name, row.topic)) } else { None }).expect("its row")
}

/// When it was made, and by whom.
async fn made(person: &Person, conversation: ConversationId) -> (Millis, Option<UserId>) {
    let rows = copy(person, StreamId::Conversation(conversation)).await.expect("a copy").0;
    let row = rows.into_iter().find_map(|row| if let RowData::Conversation(row) = row { Some(row) } else { None }).expect("its row");
    (row.created_at, row.created_by)
}

async fn events(person: &Person, conversation: ConversationId) -> Vec<SystemEvent> {
    let Page::Tail { part, .. } = person.page(StreamId::Conversation(conversation), From::Tail { messages: 100 }, 1_000).await else {
        panic!("not a tail");
    };
    happened(&part.rows)
}

/// The newest of what happened, as a message.
async fn newest(person: &Person, conversation: ConversationId) -> MessageId {
    let page = person.history(conversation, None, 100).await.expect("a page");
    let mut told = page.rows.iter().filter_map(|row| if let RowData::Message(row) = &row.data { Some(row) } else { None });
    told.rfind(|row| row.body.as_ref().is_some_and(Body::is_system)).expect("something happened").id
}

async fn a_conversation_gets_another_name_and_topic(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.group("Climbing", &[&bob], true).await;
    ask(&alice, edit(conversation, Some(" Walking \u{202e}"), None)).await.unwrap();
    ask(&alice, edit(conversation, None, Some("On Sundays"))).await.unwrap();
    assert_eq!(called(&bob, conversation).await, ("Walking".into(), "On Sundays".into()), "the one does not undo the other");
    // As it is already: nothing changes, and nothing is told.
    let same = ask(&alice, edit(conversation, Some("Walking"), Some("On Sundays"))).await.unwrap();
    assert!(matches!(same.as_slice(), [part] if part.prev == part.seq && part.rows.len() == 1), "{same:?}");
    ask(&alice, edit(conversation, None, Some(""))).await.unwrap();
    assert_eq!(called(&bob, conversation).await, ("Walking".into(), String::new()));
    let [name, topic] = [SystemEvent::Edited { name: true, topic: false }, SystemEvent::Edited { name: false, topic: true }];
    assert_eq!(events(&bob, conversation).await, [name, topic.clone(), topic]);
}

async fn when_it_was_made_and_by_whom_is_told_and_stays(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let group = team(&alice, &[&bob]).await;
    let talk = alice.group("Climbing", &[&bob], true).await;
    let (direct, plans) = (alice.direct(&bob).await, opens(&alice, channel(group, "plans")).await);
    for conversation in [talk, direct, plans] {
        let (at, by) = made(&bob, conversation).await;
        assert!(at > 0);
        assert_eq!(by, Some(alice.user));
    }
    let before = made(&bob, talk).await;
    ask(&alice, SetMemberRole { conversation: talk, member: bob.user, role: MemberRole::Admin }).await.unwrap();
    ask(&bob, edit(talk, Some("Walking"), None)).await.unwrap();
    assert_eq!(made(&bob, talk).await, before, "whoever changes it did not make it");
}

async fn a_public_channel_is_called_the_same_in_its_groups_list(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let group = team(&alice, &[&bob]).await;
    let (plans, secret) = (opens(&alice, channel(group, "plans")).await, opens(&alice, private(group, "secret", &[])).await);
    for conversation in [plans, secret] {
        ask(&alice, edit(conversation, Some("done"), Some("what is done"))).await.unwrap();
        assert_eq!(called(&alice, conversation).await, ("done".into(), "what is done".into()));
    }
    let listed = copy(&bob, StreamId::Group(group)).await.expect("the group").0;
    let listed: Vec<_> = listed.into_iter().filter_map(|row| if let RowData::Channel(row) = row { Some(row) } else { None }).collect();
    assert!(matches!(&listed[..], [row] if row.conversation == plans && row.name == "done" && row.topic == "what is done"), "{listed:?}");
    // Once it is private the group lists nothing of it, whatever it is called.
    ask(&alice, hearth_protocol::mutations::SetChannelPrivate { conversation: plans, members: [].into() }).await.unwrap();
    ask(&alice, edit(plans, Some("hidden"), None)).await.unwrap();
    let listed = copy(&bob, StreamId::Group(group)).await.expect("the group").0;
    assert!(listed.iter().all(|row| !matches!(row, RowData::Channel(row) if !row.closed || !row.name.is_empty())), "{listed:?}");
}

async fn what_does_not_fit_is_refused(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.group("Climbing", &[], true).await;
    let (long, endless) = ("x".repeat(limits::CONVERSATION_NAME_CHARS_MAX + 1), "x".repeat(limits::TOPIC_CHARS_MAX + 1));
    for (name, topic) in
        [(Some(" "), None), (Some("\u{3164}"), None), (Some(long.as_str()), None), (None, Some(endless.as_str())), (None, Some("a\0b"))]
    {
        let refused = ask(&alice, edit(conversation, name, topic)).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::BadRequest, "{name:?} {topic:?}");
    }
    assert_eq!(called(&alice, conversation).await, ("Climbing".into(), String::new()));
    let direct = alice.direct(&bob).await;
    assert_eq!(ask(&alice, edit(direct, Some("Us"), None)).await.unwrap_err().code, ErrorCode::BadRequest);
    assert_eq!(ask(&bob, edit(conversation, Some("Mine"), None)).await.unwrap_err(), ApiError::not_found());
}

async fn role_of(person: &Person, conversation: ConversationId, user: UserId) -> Option<MemberRole> {
    let rows = copy(person, StreamId::Members(conversation)).await.expect("members").0;
    rows.into_iter().find_map(|row| match row {
        RowData::Member(row) if row.person.user == user && row.left_at.is_none() => Some(row.role),
        _ => None,
    })
}

async fn the_owner_makes_admins(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let (dan, eve) = (host.resident("dan").await, host.resident("eve").await);
    let conversation = alice.group("Climbing", &[&bob, &carol], true).await;
    let set = |member: &Person, role| SetMemberRole { conversation, member: member.user, role };
    ask(&alice, set(&bob, MemberRole::Admin)).await.unwrap();
    let same = ask(&alice, set(&bob, MemberRole::Admin)).await.unwrap();
    assert!(matches!(same.as_slice(), [part] if part.prev == part.seq && part.rows.len() == 1), "{same:?}");
    assert_eq!(role_of(&carol, conversation, bob.user).await, Some(MemberRole::Admin));
    // An admin adds, removes members and edits; roles are the owner's.
    bob.add(conversation, &dan).await.unwrap();
    bob.remove(conversation, &dan).await.unwrap();
    ask(&bob, edit(conversation, None, Some("higher"))).await.unwrap();
    assert_eq!(bob.remove(conversation, &alice).await.unwrap_err().code, ErrorCode::NotAllowed);
    assert_eq!(ask(&bob, set(&carol, MemberRole::Admin)).await.unwrap_err().code, ErrorCode::NotAllowed);
    for refused in [set(&bob, MemberRole::Owner), set(&alice, MemberRole::Member)] {
        assert_eq!(ask(&alice, refused).await.unwrap_err().code, ErrorCode::BadRequest);
    }
    for nobody in [&dan, &eve] {
        assert_eq!(ask(&alice, set(nobody, MemberRole::Admin)).await.unwrap_err(), ApiError::not_found(), "left, or was never there");
    }
    // The owner goes: the admin owns it, however long others have been there. Who comes back is what everybody is at first.
    alice.remove(conversation, &alice).await.unwrap();
    assert_eq!(role_of(&carol, conversation, bob.user).await, Some(MemberRole::Owner));
    assert_eq!(events(&carol, conversation).await.last(), Some(&SystemEvent::Left { heir: Some(bob.user) }));
    bob.add(conversation, &alice).await.unwrap();
    assert_eq!(role_of(&carol, conversation, alice.user).await, Some(MemberRole::Member));
}

async fn what_happens_is_told_in_the_same_commit(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let conversation = alice.group("Climbing", &[&bob], true).await;
    let stream = StreamId::Conversation(conversation);
    let mut socket = bob.socket().await;
    let id = MutationId::new();
    let parts = alice.perform(id, edit(conversation, Some("Walking"), Some("slowly")).into()).await.unwrap();
    let pushed = socket.rows(stream).await;
    assert_eq!(parts, std::slice::from_ref(&pushed), "one part, one seq");
    assert!(pushed.rows.iter().all(|row| row.seq == pushed.seq), "{pushed:?}");
    let told: Vec<_> = pushed.rows.iter().filter_map(|row| if let RowData::Message(row) = &row.data { Some(row) } else { None }).collect();
    assert!(matches!(&told[..], [row] if row.id == id && row.sender == alice.user && row.pos == 1 && row.revision == 0), "{told:?}");
    // The same again is answered the same, and told once.
    assert_eq!(alice.perform(id, edit(conversation, Some("Walking"), Some("slowly")).into()).await.unwrap(), parts);
    alice.add(conversation, &carol).await.unwrap();
    alice.add(conversation, &carol).await.unwrap();
    ask(&alice, SetMemberRole { conversation, member: bob.user, role: MemberRole::Admin }).await.unwrap();
    alice.remove(conversation, &carol).await.unwrap();
    alice.remove(conversation, &carol).await.unwrap();
    bob.remove(conversation, &bob).await.unwrap();
    let expected = [
        SystemEvent::Edited { name: true, topic: true },
        SystemEvent::Added { people: [carol.user].into() },
        SystemEvent::RoleSet { person: bob.user, role: MemberRole::Admin },
        SystemEvent::Removed { person: carol.user, heir: None },
        SystemEvent::Left { heir: None },
    ];
    assert_eq!(events(&alice, conversation).await, expected);
    // Places are dense, with what is said between.
    assert_eq!(alice.send(conversation, "alone").await.pos, 6);
}

async fn nothing_can_be_done_to_what_happened(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.group("Climbing", &[&bob], true).await;
    ask(&alice, edit(conversation, Some("Walking"), None)).await.unwrap();
    let message = newest(&alice, conversation).await;
    let before = alice.changes(StreamId::Conversation(conversation), 0, 100).await;
    let intents: [Intent; 7] = [
        EditMessage { conversation, message, based_on: 0, body: Body::text("mine") }.into(),
        DeleteMessage { conversation, message }.into(),
        React { conversation, message, emoji: "👍".into(), on: true }.into(),
        React { conversation, message, emoji: "👍".into(), on: false }.into(),
        SendMessage { reply_to: Some(message), ..SendMessage::new(conversation, Body::text("why?")) }.into(),
        Star { conversation, message, on: true }.into(),
        PinMessage { conversation, message, on: true }.into(),
    ];
    for intent in intents {
        for person in [&alice, &bob] {
            let refused = person.perform(MutationId::new(), intent.clone()).await.unwrap_err();
            assert_eq!(refused.code, ErrorCode::BadRequest, "{intent:?}");
        }
    }
    assert_eq!(alice.changes(StreamId::Conversation(conversation), 0, 100).await, before);
    let eve = host.resident("eve").await;
    let refused = eve.perform(MutationId::new(), DeleteMessage { conversation, message }.into()).await.unwrap_err();
    assert_eq!(refused, ApiError::not_found(), "whoever does not see it does not learn what it is");
}

async fn what_happened_is_nobodys_unread_and_no_last_message(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let group: GroupId = team(&alice, &[&bob]).await;
    let plans = opens(&alice, channel(group, "plans")).await;
    for conversation in [alice.group("Climbing", &[&bob], true).await, plans] {
        let last = async |person: &Person| {
            let heads = person.heads(None).await.heads;
            heads.into_iter().find(|head| head.stream == StreamId::Conversation(conversation)).expect("its head").last_message
        };
        ask(&alice, edit(conversation, Some("Walking"), None)).await.unwrap();
        assert_eq!((bob.unread(conversation).await, last(&bob).await), (0, None));
        let said = alice.send(conversation, "hello").await;
        ask(&alice, edit(conversation, Some("Running"), None)).await.unwrap();
        assert_eq!(bob.unread(conversation).await, 1);
        assert!(matches!(last(&bob).await.map(|row| row.data), Some(RowData::Message(row)) if row.id == said.id));
    }
    let conversation = alice.group("Three", &[&bob], true).await;
    alice.add(conversation, &carol).await.unwrap();
    ask(&alice, SetMemberRole { conversation, member: carol.user, role: MemberRole::Admin }).await.unwrap();
    assert_eq!(carol.unread(conversation).await, 0);
    let inbox = carol.changes(StreamId::User(carol.user), 0, 100).await.0.rows;
    assert!(!inbox.iter().any(|row| matches!(row.data, RowData::Notification(_))), "nobody is told of it");
}

async fn who_comes_later_reads_that_they_came_and_who_is_out_nothing(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.group("Readers", &[], false).await;
    ask(&alice, edit(conversation, Some("Writers"), None)).await.unwrap();
    alice.add(conversation, &bob).await.unwrap();
    let came = SystemEvent::Added { people: [bob.user].into() };
    assert_eq!(events(&bob, conversation).await, std::slice::from_ref(&came));
    let mut socket = bob.socket().await;
    let direct = alice.direct(&bob).await;
    alice.remove(conversation, &bob).await.unwrap();
    alice.send(direct, "a fence").await;
    loop {
        let told = socket.next().await.expect("a frame");
        let hearth_protocol::frame::ServerFrame::Rows(part) = told else { continue };
        assert_ne!(part.stream, StreamId::Conversation(conversation), "that they are out is told on their own stream");
        if part.stream == StreamId::Conversation(direct) {
            break;
        }
    }
    // Back, they see what they saw, that they came again, and nothing of what was between.
    alice.add(conversation, &bob).await.unwrap();
    assert_eq!(events(&bob, conversation).await, [came.clone(), came]);
}

async fn nobody_writes_what_happened_themselves(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.group("Climbing", &[&bob], true).await;
    let said = alice.send(conversation, "hello").await;
    let left = || Body::System(SystemEvent::Left { heir: None });
    let unknown: Body = serde_json::from_str(r#"{"v":1,"kind":"system","event":"exploded"}"#).unwrap();
    for body in [left(), unknown] {
        let send = SendMessage::new(conversation, body.clone());
        assert_eq!(ask(&bob, send).await.unwrap_err().code, ErrorCode::BadRequest);
        let edit = EditMessage { conversation, message: said.id, based_on: 0, body };
        assert_eq!(ask(&alice, edit).await.unwrap_err().code, ErrorCode::BadRequest);
    }
    assert_eq!(texts(&bob.messages(conversation).await), ["hello"]);
}

async fn what_somebody_did_stays_when_their_account_goes(database: Database) {
    let host = Host::start(database).await;
    let (_admin, alice, bob) = (host.resident("ada").await, host.resident("alice").await, host.resident("bob").await);
    let conversation = bob.group("Climbing", &[&alice], true).await;
    ask(&bob, edit(conversation, Some("Walking"), None)).await.unwrap();
    bob.send(conversation, "so it is").await;
    let mut socket = alice.socket().await;
    deletions::delete(&bob, PASSWORD).await.unwrap();
    while alice.messages(conversation).await.iter().any(|message| message.body.is_some()) {
        socket.rows(StreamId::Conversation(conversation)).await;
    }
    assert_eq!(events(&alice, conversation).await, [SystemEvent::Edited { name: true, topic: false }], "it holds no word of theirs");
    assert_eq!(role_of(&alice, conversation, alice.user).await, Some(MemberRole::Owner));
    assert_eq!(channels::copy(&alice, StreamId::Conversation(conversation)).await.expect("a copy").1, 1);
}
