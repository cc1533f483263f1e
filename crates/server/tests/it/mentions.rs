//! Whom a message names: who is told of it, and until when.

use crate::{
    channels::{channel, opens, private, team},
    host::{Database, Host},
    person::Person,
    socket::Socket,
};
use hearth_protocol::{
    body::Body,
    error::ErrorCode,
    ids::{ConversationId, MessageId, MutationId, UserId},
    limits,
    mutations::{BlockUser, DeleteMessage, EditMessage, SendMessage},
    rows::{NotificationKind, NotificationRow, RowData},
    stream::StreamId,
};

on_both_databases!(
    whoever_is_named_is_told_until_they_have_read_it,
    an_edit_tells_whom_it_names_and_takes_back_whom_it_names_no_more,
    what_is_deleted_tells_nobody_any_more,
    only_those_are_told_who_can_read_it_and_want_to,
    no_more_people_are_named_than_can_be_told,
    everyone_is_who_is_there_but_who_says_it,
    an_edit_calls_everyone_or_takes_it_back,
    an_edit_tells_nobody_of_what_was_said_before_they_came,
    among_many_the_owner_and_admins_call_everyone,
);

async fn mentions(person: &Person) -> Vec<NotificationRow> {
    let rows = person.changes(StreamId::User(person.user), 0, 1_000).await.0.rows;
    let of = |data| if let RowData::Notification(row) = data { Some(row) } else { None };
    rows.into_iter().filter_map(|row| of(row.data)).filter(|row| row.kind == NotificationKind::Mention).collect()
}

/// The next notification that is pushed.
async fn pushed(socket: &mut Socket, person: &Person) -> NotificationRow {
    loop {
        let rows = socket.rows(StreamId::User(person.user)).await.rows;
        if let Some(row) = rows.into_iter().find_map(|row| if let RowData::Notification(row) = row.data { Some(row) } else { None }) {
            return row;
        }
    }
}

/// Which of those messages tell somebody something.
async fn told(person: &Person) -> Vec<MessageId> {
    let mut rows = mentions(person).await;
    rows.retain(|row| row.read_at.is_none());
    rows.sort_by_key(|row| row.pos);
    rows.into_iter().map(|row| MutationId(row.id.0)).collect()
}

/// How many unread messages of a conversation name somebody.
async fn counted(person: &Person, conversation: ConversationId) -> u32 {
    let heads = person.heads(None).await.heads;
    let head = heads.iter().find(|head| head.stream == StreamId::Conversation(conversation)).expect("its head");
    head.unread.expect("a count").mentions
}

fn naming(text: &str, people: &[&Person]) -> Body {
    Body::naming(text, people.iter().map(|person| person.user).collect())
}

async fn says(by: &Person, conversation: ConversationId, body: Body) -> MessageId {
    let id = MutationId::new();
    by.perform(id, SendMessage::new(conversation, body).into()).await.unwrap();
    id
}

async fn whoever_is_named_is_told_until_they_have_read_it(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let group = team(&alice, &[&bob, &carol]).await;
    let public = opens(&alice, channel(group, "general")).await;
    let adhoc = alice.group("Walks", &[&bob, &carol], true).await;
    let mut socket = bob.socket().await;
    for conversation in [public, adhoc] {
        alice.send(conversation, "nobody").await;
        let first = says(&alice, conversation, naming("@Bob, and again @bob", &[&bob])).await;
        // Live, with the place that the message got.
        let row = pushed(&mut socket, &bob).await;
        assert_eq!((row.id.0, row.conversation, row.pos, row.sender), (first.0, Some(conversation), Some(2), Some(alice.user)));
        let second = says(&alice, conversation, naming("@bob @carol", &[&bob, &carol])).await;
        assert_eq!(pushed(&mut socket, &bob).await.id.0, second.0);
        let (to_bob, to_carol) = (told(&bob).await, told(&carol).await);
        assert!([first, second].iter().all(|message| to_bob.contains(message)), "{to_bob:?}");
        assert!(to_carol.contains(&second) && !to_carol.contains(&first), "{to_carol:?}");
        assert_eq!((counted(&bob, conversation).await, counted(&carol, conversation).await), (2, 1));
        assert_eq!(counted(&alice, conversation).await, 0);
        bob.mark_read(conversation, 2).await;
        assert_eq!(counted(&bob, conversation).await, 1, "as far as it is read");
        bob.mark_read(conversation, 3).await;
        assert_eq!(counted(&bob, conversation).await, 0);
    }
}

async fn an_edit_tells_whom_it_names_and_takes_back_whom_it_names_no_more(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let conversation = alice.group("Walks", &[&bob, &carol], true).await;
    let message = says(&alice, conversation, naming("ask @bob", &[&bob])).await;
    let edit = async |based_on, body| {
        alice.perform(MutationId::new(), EditMessage { conversation, message, based_on, body }.into()).await.unwrap();
    };
    edit(0, naming("ask @bob or @carol", &[&bob, &carol])).await;
    assert_eq!((told(&bob).await, told(&carol).await), (vec![message], vec![message]));
    let mine = mentions(&bob).await;
    edit(1, naming("ask @bob or @carol!", &[&bob, &carol])).await;
    assert_eq!(mentions(&bob).await, mine, "nothing new for whom it named before");
    edit(2, naming("ask @carol", &[&carol])).await;
    assert_eq!((told(&bob).await, told(&carol).await), (vec![], vec![message]));
    assert_eq!((counted(&bob, conversation).await, counted(&carol, conversation).await), (0, 1));
    edit(3, naming("ask @bob after all", &[&bob])).await;
    assert_eq!((told(&bob).await, told(&carol).await), (vec![message], vec![]));
}

async fn what_is_deleted_tells_nobody_any_more(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.group("Walks", &[&bob], true).await;
    let message = says(&alice, conversation, naming("ask @bob", &[&bob])).await;
    assert_eq!(told(&bob).await, [message]);
    alice.perform(MutationId::new(), DeleteMessage { conversation, message }.into()).await.unwrap();
    assert_eq!((told(&bob).await, counted(&bob, conversation).await), (vec![], 0));
}

async fn only_those_are_told_who_can_read_it_and_want_to(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let (dora, elin) = (host.resident("dora").await, host.resident("elin").await);
    let conversation = alice.group("Walks", &[&bob, &carol, &elin], true).await;
    alice.remove(conversation, &carol).await.unwrap();
    elin.perform(MutationId::new(), BlockUser { user: alice.user }.into()).await.unwrap();
    // Who left, who never was there, who has blocked her, who is nobody, and she herself; and who is named where nobody sees it.
    let mut people: std::collections::BTreeSet<UserId> = [&alice, &carol, &dora, &elin].map(|person| person.user).into();
    people.insert(UserId::new());
    says(&alice, conversation, Body::naming("@alice @carol @dora @elin", people)).await;
    says(&alice, conversation, naming("between the lines", &[&bob])).await;
    for person in [&alice, &bob, &carol, &dora, &elin] {
        assert_eq!(mentions(person).await, []);
    }
    // What is said to somebody alone they are told by itself.
    let direct = alice.direct(&bob).await;
    says(&alice, direct, naming("@bob!", &[&bob])).await;
    assert_eq!(mentions(&bob).await, []);
}

async fn no_more_people_are_named_than_can_be_told(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.group("Walks", &[&bob], true).await;
    let crowd = |count| Body::naming("all of you", (0..count).map(|_| UserId::new()).collect());
    let send = async |body| alice.perform(MutationId::new(), SendMessage::new(conversation, body).into()).await;
    send(crowd(limits::MENTIONS_PER_MESSAGE_MAX)).await.unwrap();
    let refused = send(crowd(limits::MENTIONS_PER_MESSAGE_MAX + 1)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::BadRequest);
    assert!(refused.message.contains("Name fewer"), "{refused:?}");
}

fn to_everyone(text: &str) -> Body {
    Body::text(text).calling_everyone()
}

async fn everyone_is_who_is_there_but_who_says_it(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let (dora, elin) = (host.resident("dora").await, host.resident("elin").await);
    let group = team(&alice, &[&bob, &carol, &dora]).await;
    let public = opens(&alice, channel(group, "general")).await;
    let secret = opens(&alice, private(group, "plans", &[&bob])).await;
    let adhoc = alice.group("Walks", &[&bob, &carol, &elin], true).await;
    alice.remove(adhoc, &elin).await.unwrap();
    let places = [
        (public, vec![&bob, &carol, &dora], vec![&elin]),
        (secret, vec![&bob], vec![&carol, &dora]),
        (adhoc, vec![&bob, &carol], vec![&dora, &elin]),
    ];
    for (conversation, told_there, not_told) in places {
        let message = says(&alice, conversation, to_everyone("look up, @Everyone")).await;
        for person in told_there {
            assert!(told(person).await.contains(&message), "{}", person.user);
            assert_eq!(counted(person, conversation).await, 1);
        }
        for person in not_told {
            assert!(!told(person).await.contains(&message), "{}", person.user);
        }
        assert_eq!(counted(&alice, conversation).await, 0);
        // Once, also who is named beside everyone.
        let both = says(&alice, conversation, naming("@bob and @everyone", &[&bob]).calling_everyone()).await;
        assert_eq!(mentions(&bob).await.iter().filter(|row| row.id.0 == both.0).count(), 1);
        let place = mentions(&bob).await.into_iter().find(|row| row.id.0 == both.0).and_then(|row| row.pos);
        bob.mark_read(conversation, place.expect("its place")).await;
        assert_eq!(counted(&bob, conversation).await, 0, "read with the conversation");
    }
    // Nobody is called where it cannot be seen, by somebody whom they have blocked, or by passing on what was said elsewhere.
    let before = told(&bob).await;
    says(&alice, adhoc, to_everyone("between the lines")).await;
    let forwarded = SendMessage { body: to_everyone("@everyone"), ..SendMessage::forwarding(adhoc, "@everyone") };
    let refused = alice.perform(MutationId::new(), forwarded.into()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::BadRequest);
    bob.perform(MutationId::new(), BlockUser { user: carol.user }.into()).await.unwrap();
    let message = says(&carol, adhoc, to_everyone("@everyone, listen")).await;
    assert_eq!(told(&bob).await, before);
    assert!(told(&alice).await.contains(&message));
    let direct = alice.direct(&bob).await;
    let refused = alice.perform(MutationId::new(), SendMessage::new(direct, to_everyone("@everyone")).into()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowed);
    assert!(refused.message.contains("without @everyone"), "{refused:?}");
}

async fn an_edit_calls_everyone_or_takes_it_back(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let dora = host.resident("dora").await;
    let conversation = alice.group("Walks", &[&bob, &carol], true).await;
    let message = says(&alice, conversation, naming("ask @bob", &[&bob])).await;
    let edit = async |based_on, body| {
        alice.perform(MutationId::new(), EditMessage { conversation, message, based_on, body }.into()).await.unwrap();
    };
    let mine = mentions(&bob).await;
    edit(0, naming("ask @bob or @everyone", &[&bob]).calling_everyone()).await;
    assert_eq!(mentions(&bob).await, mine, "nothing new for whom it named before");
    assert_eq!(told(&carol).await, [message]);
    // Who comes later was not called, and an edit that still calls everyone does not begin with it.
    alice.add(conversation, &dora).await.unwrap();
    edit(1, to_everyone("ask @everyone!")).await;
    assert_eq!((told(&bob).await, told(&carol).await, told(&dora).await), (vec![message], vec![message], vec![]));
    edit(2, naming("ask @carol", &[&carol])).await;
    assert_eq!((told(&bob).await, told(&carol).await), (vec![], vec![message]));
    edit(3, to_everyone("@everyone after all")).await;
    assert_eq!((told(&bob).await, told(&dora).await), (vec![message], vec![message]));
    alice.perform(MutationId::new(), DeleteMessage { conversation, message }.into()).await.unwrap();
    for person in [&bob, &carol, &dora] {
        assert_eq!((told(person).await, counted(person, conversation).await), (vec![], 0));
    }
}

async fn an_edit_tells_nobody_of_what_was_said_before_they_came(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, dora) = (host.resident("alice").await, host.resident("bob").await, host.resident("dora").await);
    let conversation = alice.group("Walks", &[&bob], false).await;
    let message = says(&alice, conversation, Body::text("who comes along?")).await;
    alice.add(conversation, &dora).await.unwrap();
    let edit = async |based_on, body| {
        alice.perform(MutationId::new(), EditMessage { conversation, message, based_on, body }.into()).await.unwrap();
    };
    edit(0, naming("does @dora come along, @bob?", &[&bob, &dora])).await;
    edit(1, to_everyone("does @everyone come along?")).await;
    assert_eq!((told(&bob).await, told(&dora).await, counted(&dora, conversation).await), (vec![message], vec![], 0));
    let now = says(&alice, conversation, naming("and @dora?", &[&dora])).await;
    assert_eq!((told(&dora).await, counted(&dora, conversation).await), (vec![now], 1));
}

async fn among_many_the_owner_and_admins_call_everyone(database: Database) {
    let host = Host::start(database).await;
    let alice = host.resident("alice").await;
    let mut crowd = vec![];
    for number in 1..limits::EVERYONE_MEMBERS_MAX {
        crowd.push(host.resident(&format!("crowd{number}")).await);
    }
    let last = host.resident("last").await;
    let everybody: Vec<&Person> = crowd.iter().collect();
    let conversation = alice.group("Square", &everybody, true).await;
    let (bob, carol) = (&crowd[0], &crowd[1]);
    let early = says(bob, conversation, to_everyone("we are few, @everyone")).await;
    alice.add(conversation, &last).await.unwrap();
    let send = async |body| bob.perform(MutationId::new(), SendMessage::new(conversation, body).into()).await;
    let refused = send(to_everyone("@everyone")).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowed);
    assert!(refused.message.contains("Name those it is for"), "{refused:?}");
    send(Body::text("@everyone is a word")).await.unwrap();
    // What called them stays, and is not begun by an edit.
    let edit = async |message, based_on| {
        let edit = EditMessage { conversation, message, based_on, body: to_everyone("we were few, @everyone") };
        bob.perform(MutationId::new(), edit.into()).await
    };
    edit(early, 0).await.unwrap();
    let plain = says(bob, conversation, Body::text("we are many")).await;
    assert_eq!(edit(plain, 0).await.unwrap_err().code, ErrorCode::NotAllowed);
    let called = says(&alice, conversation, to_everyone("@everyone, home")).await;
    assert!(told(&last).await.contains(&called) && told(carol).await.contains(&called));
}
