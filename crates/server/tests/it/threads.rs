//! What is said in threads: where it counts, who follows it, and how far they have read it.

use crate::{
    host::{Database, Host},
    person::{Person, messages},
};
use hearth_protocol::{
    Pos,
    body::Body,
    error::{ApiError, ErrorCode},
    ids::{ConversationId, MessageId, MutationId},
    mutation::{Mutation, Part},
    mutations::{BlockUser, DeleteMessage, EditMessage, FollowThread, ReadThread, SendMessage},
    rows::{MessageRow, RowData, ThreadRow},
    stream::StreamId,
    sync::{From, Page},
};

on_both_databases!(
    what_is_said_in_a_thread_alone_does_not_count_in_the_conversation,
    a_thread_is_under_what_one_sees_and_what_is_of_none,
    whoever_takes_part_follows_and_has_read_what_was_there_before,
    of_two_people_both_follow,
    who_has_left_comes_back_by_writing_and_by_being_named_alone,
    who_is_named_later_follows_from_that_message_on,
    a_thread_is_read_forward_and_at_most_to_the_newest_message,
    what_is_said_in_a_thread_stays_there_when_it_is_edited_and_deleted,
    being_named_in_a_thread_is_read_with_the_thread,
    who_has_blocked_somebody_is_not_drawn_into_a_thread_by_them,
    everyone_is_drawn_into_a_thread_and_keeps_what_they_have_read_of_it,
    leaving_a_thread_tells_nobody_how_far_a_conversation_is_that_they_do_not_see,
    a_thread_is_over_with_its_root_until_somebody_says_more_in_it,
    who_is_out_of_a_conversation_is_in_none_of_its_threads,
    what_is_kept_no_longer_ends_threads_also_where_the_root_was_deleted_before,
    a_mention_in_a_thread_that_is_over_is_read_with_the_conversation,
);

async fn try_say(by: &Person, message: SendMessage) -> Result<MessageRow, ApiError> {
    let conversation = StreamId::Conversation(message.conversation);
    let parts = by.perform(MutationId::new(), message.into()).await?;
    let rows: Vec<_> = parts.into_iter().filter(|part| part.stream == conversation).flat_map(|part| part.rows).collect();
    Ok(messages(&rows).remove(0))
}

/// Says something in a thread alone.
async fn say(by: &Person, conversation: ConversationId, root: MessageId, text: &str) -> MessageRow {
    try_say(by, SendMessage::in_thread(conversation, root, Body::text(text))).await.expect("it is sent")
}

async fn follow(by: &Person, conversation: ConversationId, root: MessageId, on: bool) -> Result<Vec<Part>, ApiError> {
    by.perform(MutationId::new(), FollowThread { conversation, root, on }.into()).await
}

async fn read(by: &Person, conversation: ConversationId, root: MessageId, pos: Pos) -> Result<Vec<Part>, ApiError> {
    by.perform(MutationId::new(), ReadThread { conversation, root, pos }.into()).await
}

/// How somebody stands to a thread: whether they follow it, and how far they have read it; `None` also where that is over.
async fn stands(person: &Person, root: MessageId) -> Option<(bool, Pos)> {
    let rows = person.changes(StreamId::User(person.user), 0, 1_000).await.0.rows;
    let thread = |data| if let RowData::Thread(row) = data { Some(row) } else { None };
    let row: Option<ThreadRow> = rows.into_iter().filter_map(|row| thread(row.data)).find(|row| row.id == root);
    row.filter(|row| row.ended_at.is_none()).map(|row| (row.following, row.read))
}

async fn mentions(person: &Person, conversation: ConversationId) -> u32 {
    let heads = person.heads(None).await.heads;
    let head = heads.iter().find(|head| head.stream == StreamId::Conversation(conversation)).expect("its head");
    head.unread.expect("a count").mentions
}

async fn what_is_said_in_a_thread_alone_does_not_count_in_the_conversation(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let root = alice.send(conversation, "the trip").await;
    let aside = say(&alice, conversation, root.id, "by train?").await;
    assert_eq!((aside.thread_root, aside.in_conversation, aside.pos), (Some(root.id), false, root.pos + 1));
    assert_eq!(bob.unread(conversation).await, 1, "the root");
    let last = bob.heads(None).await.heads.into_iter().find_map(|head| head.last_message).expect("the last message");
    assert!(matches!(last.data, RowData::Message(row) if row == root), "what is said aside is not the last message");
    let both = SendMessage { in_conversation: true, ..SendMessage::in_thread(conversation, root.id, Body::text("by train")) };
    let both = try_say(&alice, both).await.unwrap();
    assert_eq!((both.thread_root, both.in_conversation), (Some(root.id), true));
    assert_eq!(bob.unread(conversation).await, 2);
    let last = bob.heads(None).await.heads.into_iter().find_map(|head| head.last_message).expect("the last message");
    assert!(matches!(last.data, RowData::Message(row) if row == both), "the conversation sees it");
    // It is a message of the conversation like any other for who fetches it.
    assert_eq!(bob.messages(conversation).await, [root.clone(), aside.clone(), both.clone()]);
    assert_eq!(messages(&bob.history(conversation, None, 10).await.unwrap().rows), [root, aside, both]);
    // Without a thread there is nothing that it could be shown besides.
    let plain = SendMessage { in_conversation: true, ..SendMessage::new(conversation, Body::text("and so")) };
    let plain = try_say(&alice, plain).await.unwrap();
    assert_eq!((plain.thread_root, plain.in_conversation), (None, false));
}

async fn a_thread_is_under_what_one_sees_and_what_is_of_none(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let (here, elsewhere) = (alice.group("Walks", &[&bob], false).await, alice.direct(&bob).await);
    let before = alice.send(here, "before she came").await.id;
    let other = alice.send(elsewhere, "elsewhere").await.id;
    alice.add(here, &carol).await.unwrap();
    let since = alice.send(here, "welcome").await.id;
    for (by, root) in [(&bob, other), (&bob, MutationId::new()), (&carol, before)] {
        let refused = try_say(by, SendMessage::in_thread(here, root, Body::text("what?"))).await.unwrap_err();
        assert_eq!(refused, ApiError::not_found());
        assert_eq!(follow(by, here, root, true).await.unwrap_err(), ApiError::not_found());
        assert_eq!(follow(by, here, root, false).await.unwrap_err(), ApiError::not_found());
    }
    let aside = say(&carol, here, since, "thanks").await.id;
    let deeper = try_say(&bob, SendMessage::in_thread(here, aside, Body::text("deeper"))).await.unwrap_err();
    assert_eq!(deeper.code, ErrorCode::BadRequest);
    assert_eq!(follow(&bob, here, aside, true).await.unwrap_err().code, ErrorCode::BadRequest);
    let forwarded = SendMessage { thread_root: Some(since), ..SendMessage::forwarding(here, "said elsewhere") };
    assert_eq!(try_say(&bob, forwarded).await.unwrap_err().code, ErrorCode::BadRequest);
    // What was written meanwhile is not lost.
    alice.delete((here, since)).await.unwrap();
    say(&bob, here, since, "oh").await;
    // Kept no longer: there is nothing to say it under.
    host.server().retain_now(i64::MAX).await.unwrap();
    let refused = try_say(&bob, SendMessage::in_thread(here, since, Body::text("still"))).await.unwrap_err();
    assert_eq!(refused, ApiError::not_found());
}

async fn whoever_takes_part_follows_and_has_read_what_was_there_before(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let conversation = alice.group("Walks", &[&bob, &carol], true).await;
    let root = alice.send(conversation, "who has the map?").await;
    let first = say(&bob, conversation, root.id, "I do").await;
    assert_eq!(stands(&alice, root.id).await, Some((true, first.pos - 1)), "it is her message: the first answer is new to her");
    assert_eq!(stands(&bob, root.id).await, Some((true, first.pos - 1)));
    assert_eq!(stands(&carol, root.id).await, None);
    let named = Body::naming("is it yours, @carol?", [carol.user].into());
    let second = try_say(&bob, SendMessage::in_thread(conversation, root.id, named)).await.unwrap();
    assert_eq!(stands(&carol, root.id).await, Some((true, second.pos - 1)), "what was said before she came is not new to her");
    assert_eq!(stands(&bob, root.id).await, Some((true, first.pos - 1)), "it is so already");
}

async fn of_two_people_both_follow(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let root = alice.send(conversation, "the trip").await;
    let aside = say(&alice, conversation, root.id, "by train?").await;
    for person in [&alice, &bob] {
        assert_eq!(stands(person, root.id).await, Some((true, aside.pos - 1)));
    }
}

async fn who_has_left_comes_back_by_writing_and_by_being_named_alone(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.group("Walks", &[&bob], true).await;
    let root = alice.send(conversation, "who has the map?").await;
    follow(&alice, conversation, root.id, false).await.unwrap();
    assert_eq!(stands(&alice, root.id).await, Some((false, root.pos)));
    say(&bob, conversation, root.id, "I do").await;
    assert_eq!(stands(&alice, root.id).await, Some((false, root.pos)), "she has left before anybody said anything");
    let named = Body::naming("here, @alice", [alice.user].into());
    let told = try_say(&bob, SendMessage::in_thread(conversation, root.id, named)).await.unwrap();
    assert_eq!(stands(&alice, root.id).await, Some((true, told.pos - 1)));
    follow(&alice, conversation, root.id, false).await.unwrap();
    let back = say(&alice, conversation, root.id, "thanks").await;
    assert_eq!(stands(&alice, root.id).await, Some((true, back.pos - 1)));
    // By hand, from here on; and it is so already.
    follow(&alice, conversation, root.id, false).await.unwrap();
    let later = say(&bob, conversation, root.id, "you are welcome").await;
    follow(&alice, conversation, root.id, true).await.unwrap();
    assert_eq!(stands(&alice, root.id).await, Some((true, later.pos)));
    let head = alice.changes(StreamId::User(alice.user), 0, 1_000).await.1;
    follow(&alice, conversation, root.id, true).await.unwrap();
    assert_eq!(alice.changes(StreamId::User(alice.user), 0, 1_000).await.1, head);
}

async fn who_is_named_later_follows_from_that_message_on(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.group("Walks", &[&bob], true).await;
    let root = alice.send(conversation, "who has the map?").await;
    let aside = say(&alice, conversation, root.id, "you?").await;
    say(&alice, conversation, root.id, "I mean it").await;
    assert_eq!(stands(&bob, root.id).await, None);
    let body = Body::naming("you, @bob?", [bob.user].into());
    let edit = EditMessage { conversation, message: aside.id, based_on: 0, body };
    alice.perform(MutationId::new(), edit.into()).await.unwrap();
    assert_eq!(stands(&bob, root.id).await, Some((true, aside.pos - 1)));
}

async fn a_thread_is_read_forward_and_at_most_to_the_newest_message(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let conversation = alice.group("Walks", &[&bob, &carol], true).await;
    let root = alice.send(conversation, "who has the map?").await;
    let first = say(&bob, conversation, root.id, "I do").await;
    let second = say(&bob, conversation, root.id, "and the tent").await;
    read(&alice, conversation, root.id, first.pos).await.unwrap();
    assert_eq!(stands(&alice, root.id).await, Some((true, first.pos)));
    read(&alice, conversation, root.id, second.pos + 100).await.unwrap();
    assert_eq!(stands(&alice, root.id).await, Some((true, second.pos)));
    read(&alice, conversation, root.id, first.pos).await.unwrap();
    assert_eq!(stands(&alice, root.id).await, Some((true, second.pos)), "it never goes back");
    // Who does not follow it has nothing to mark; nor is anything elsewhere of it.
    read(&carol, conversation, root.id, second.pos).await.unwrap();
    assert_eq!(stands(&carol, root.id).await, None);
    let elsewhere = alice.direct(&bob).await;
    say(&bob, conversation, root.id, "and the stove").await;
    read(&alice, elsewhere, root.id, second.pos + 1).await.unwrap();
    assert_eq!(stands(&alice, root.id).await, Some((true, second.pos)));
}

async fn what_is_said_in_a_thread_stays_there_when_it_is_edited_and_deleted(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let root = alice.send(conversation, "the trip").await.id;
    let aside = say(&alice, conversation, root, "by train?").await.id;
    let of = async |id| {
        let row = bob.messages(conversation).await.into_iter().find(|row| row.id == id).expect("the message");
        (row.thread_root, row.in_conversation)
    };
    alice.edit((conversation, aside), 0, "by boat?").await.unwrap();
    assert_eq!(of(aside).await, (Some(root), false));
    alice.delete((conversation, aside)).await.unwrap();
    assert_eq!(of(aside).await, (Some(root), false));
    assert_eq!(bob.unread(conversation).await, 1);
}

async fn being_named_in_a_thread_is_read_with_the_thread(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.group("Walks", &[&bob], true).await;
    let root = alice.send(conversation, "who has the map?").await;
    let named = || Body::naming("you, @bob?", [bob.user].into());
    let aside = try_say(&alice, SendMessage::in_thread(conversation, root.id, named())).await.unwrap();
    assert_eq!(mentions(&bob, conversation).await, 1);
    bob.mark_read(conversation, aside.pos).await;
    assert_eq!(mentions(&bob, conversation).await, 1, "the conversation was read, not the thread");
    read(&bob, conversation, root.id, aside.pos).await.unwrap();
    assert_eq!(mentions(&bob, conversation).await, 0);
    // What the conversation sees is read with it.
    let both = SendMessage { in_conversation: true, ..SendMessage::in_thread(conversation, root.id, named()) };
    let both = try_say(&alice, both).await.unwrap();
    assert_eq!(mentions(&bob, conversation).await, 1);
    bob.mark_read(conversation, both.pos).await;
    assert_eq!(mentions(&bob, conversation).await, 0);
}

async fn who_has_blocked_somebody_is_not_drawn_into_a_thread_by_them(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.group("Walks", &[&bob], true).await;
    let root = alice.send(conversation, "who has the map?").await;
    alice.perform(MutationId::new(), BlockUser { user: bob.user }.into()).await.unwrap();
    let named = Body::naming("I do, @alice", [alice.user].into());
    try_say(&bob, SendMessage::in_thread(conversation, root.id, named)).await.unwrap();
    assert_eq!(stands(&alice, root.id).await, None);
    assert_eq!(mentions(&alice, conversation).await, 0);
}

async fn leaving_a_thread_tells_nobody_how_far_a_conversation_is_that_they_do_not_see(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let (walks, theirs) = (alice.group("Walks", &[&bob], true).await, alice.direct(&carol).await);
    let root = alice.send(walks, "who has the map?").await;
    let aside = say(&bob, walks, root.id, "I do").await;
    assert_eq!(stands(&bob, root.id).await, Some((true, aside.pos - 1)));
    for number in 0..20 {
        alice.send(theirs, &number.to_string()).await;
    }
    // An outsider names another conversation with a thread that is theirs.
    assert_eq!(follow(&bob, theirs, root.id, false).await.unwrap_err(), ApiError::not_found());
    assert_eq!(follow(&bob, theirs, root.id, true).await.unwrap_err(), ApiError::not_found());
    assert_eq!(stands(&bob, root.id).await, Some((true, aside.pos - 1)));
    // Somebody who was removed leaves it, and learns nothing of what was said since.
    alice.remove(walks, &bob).await.unwrap();
    alice.send(walks, "without him").await;
    let head = bob.changes(StreamId::User(bob.user), 0, 1_000).await.1;
    follow(&bob, walks, root.id, false).await.unwrap();
    assert_eq!((stands(&bob, root.id).await, bob.changes(StreamId::User(bob.user), 0, 1_000).await.1), (None, head));
}

async fn a_thread_is_over_with_its_root_until_somebody_says_more_in_it(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let conversation = alice.group("Walks", &[&bob, &carol], true).await;
    let (root, other) = (alice.send(conversation, "who has the map?").await, alice.send(conversation, "who has the tent?").await);
    for root in [root.id, other.id] {
        say(&bob, conversation, root, "I do").await;
    }
    follow(&carol, conversation, root.id, false).await.unwrap();
    let told = alice.delete((conversation, root.id)).await.unwrap();
    assert!(told.iter().all(|part| part.stream != StreamId::User(bob.user)), "nobody is told who follows it");
    for person in [&alice, &bob, &carol] {
        assert_eq!(stands(person, root.id).await, None);
    }
    assert!(stands(&alice, other.id).await.is_some() && stands(&bob, other.id).await.is_some(), "another one is not over");
    // What is said in it nevertheless draws in as ever; who had left it has left nothing any more.
    let more = say(&bob, conversation, root.id, "oh").await;
    assert_eq!([stands(&alice, root.id).await, stands(&bob, root.id).await], [Some((true, more.pos - 1)); 2]);
    assert_eq!(stands(&carol, root.id).await, None);
    follow(&carol, conversation, root.id, true).await.unwrap();
    assert_eq!(stands(&carol, root.id).await, Some((true, more.pos)));
    // So it is for who begins to follow it just before.
    let deleted = Mutation::new(MutationId::new(), DeleteMessage { conversation, message: other.id });
    let followed = Mutation::new(MutationId::new(), FollowThread { conversation, root: other.id, on: true });
    carol.try_mutate(vec![followed]).await.unwrap();
    alice.try_mutate(vec![deleted]).await.unwrap();
    assert_eq!(stands(&carol, other.id).await, None);
}

async fn who_is_out_of_a_conversation_is_in_none_of_its_threads(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let (walks, cakes) = (alice.group("Walks", &[&bob], true).await, alice.group("Cakes", &[&bob], true).await);
    let (map, apples) = (alice.send(walks, "who has the map?").await, alice.send(cakes, "who has apples?").await);
    let first = say(&bob, walks, map.id, "I do").await;
    let kept = say(&bob, cakes, apples.id, "I do").await;
    bob.remove(walks, &bob).await.unwrap();
    assert_eq!(stands(&bob, map.id).await, None);
    assert_eq!(stands(&bob, apples.id).await, Some((true, kept.pos - 1)));
    assert_eq!(stands(&alice, map.id).await, Some((true, first.pos - 1)));
    say(&alice, walks, map.id, "bring it").await;
    alice.add(walks, &bob).await.unwrap();
    assert_eq!(stands(&bob, map.id).await, None, "let in again, he begins anew");
    let more = say(&bob, walks, map.id, "I shall").await;
    assert_eq!(stands(&bob, map.id).await, Some((true, more.pos - 1)));
}

async fn what_is_kept_no_longer_ends_threads_also_where_the_root_was_deleted_before(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let (kept, deleted) = (alice.send(conversation, "the trip").await.id, alice.send(conversation, "the cake").await.id);
    say(&bob, conversation, kept, "by train?").await;
    alice.delete((conversation, deleted)).await.unwrap();
    say(&bob, conversation, deleted, "with apples").await;
    for root in [kept, deleted] {
        assert!(stands(&alice, root).await.is_some() && stands(&bob, root).await.is_some());
    }
    host.server().retain_now(i64::MAX).await.unwrap();
    for root in [kept, deleted] {
        assert_eq!([stands(&alice, root).await, stands(&bob, root).await], [None, None]);
    }
    // What is over is purged with the tombstones, and older cursors are reset.
    host.server().purge_tombstones_now().await.unwrap();
    let Page::Tail { part, .. } = bob.page(StreamId::User(bob.user), From::Tail { messages: 0 }, 1_000).await else { panic!("no copy") };
    assert!(part.rows.iter().all(|row| !matches!(row.data, RowData::Thread(_))));
}

async fn a_mention_in_a_thread_that_is_over_is_read_with_the_conversation(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.group("Walks", &[&bob], true).await;
    let root = alice.send(conversation, "who has the map?").await;
    let named = Body::naming("you, @bob?", [bob.user].into());
    let aside = try_say(&alice, SendMessage::in_thread(conversation, root.id, named)).await.unwrap();
    alice.delete((conversation, root.id)).await.unwrap();
    assert_eq!(mentions(&bob, conversation).await, 1);
    read(&bob, conversation, root.id, aside.pos).await.unwrap();
    assert_eq!(mentions(&bob, conversation).await, 1, "there is no thread of his any more");
    bob.mark_read(conversation, aside.pos).await;
    assert_eq!(mentions(&bob, conversation).await, 0);
}

async fn everyone_is_drawn_into_a_thread_and_keeps_what_they_have_read_of_it(database: Database) {
    let host = Host::start(database).await;
    let alice = host.resident("alice").await;
    let mut people = vec![];
    for number in 0..12 {
        people.push(host.resident(&format!("walker{number}")).await);
    }
    let conversation = alice.group("Walks", &people.iter().collect::<Vec<_>>(), true).await;
    let root = alice.send(conversation, "who has the map?").await;
    let first = say(&people[0], conversation, root.id, "I do").await;
    follow(&people[1], conversation, root.id, true).await.unwrap();
    follow(&people[2], conversation, root.id, true).await.unwrap();
    follow(&people[2], conversation, root.id, false).await.unwrap();
    say(&people[0], conversation, root.id, "and the tent").await;
    let all = || Body::text("@everyone, on Friday").calling_everyone();
    let called = try_say(&people[0], SendMessage::in_thread(conversation, root.id, all())).await.unwrap();
    let since = |pos: Pos| Some((true, pos - 1));
    for (person, stand) in [(&alice, since(first.pos)), (&people[0], since(first.pos)), (&people[1], Some((true, first.pos)))] {
        assert_eq!(stands(person, root.id).await, stand, "it was so already");
    }
    for person in &people[2..] {
        assert_eq!(stands(person, root.id).await, since(called.pos));
    }
    // In one batch with what came before it, too: nobody is drawn in twice.
    let again = MutationId::new();
    let leave = FollowThread { conversation, root: root.id, on: false };
    let call = SendMessage::in_thread(conversation, root.id, all());
    let mutations = vec![Mutation::new(MutationId::new(), leave), Mutation::new(again, call)];
    people[3].try_mutate(mutations).await.unwrap();
    let newest = alice.history(conversation, None, 1).await.unwrap();
    let newest = messages(&newest.rows).remove(0);
    assert_eq!((newest.id, stands(&people[3], root.id).await), (again, since(newest.pos)));
    assert_eq!(stands(&people[4], root.id).await, since(called.pos));
}
