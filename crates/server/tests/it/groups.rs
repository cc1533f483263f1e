//! Groups: who may change who is in one, and who sees what of it.

use crate::{
    host::{Database, Host},
    person::{Person, message, messages, texts},
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    frame::ServerFrame,
    ids::{ConversationId, MutationId},
    mutations::{CreateConversation, EditGroup, RemoveMember},
    rows::{MemberRole, RowData},
    stream::StreamId,
    sync::{From, Page},
};
use std::collections::BTreeMap;

on_both_databases!(
    roles_decide_who_changes_members,
    a_group_takes_nobodys_direct_conversation,
    a_name_cannot_turn_the_words_around_it,
    who_joins_sees_what_the_setting_says,
    who_comes_back_sees_two_windows_and_nothing_between,
    who_is_removed_gets_nothing_more,
    a_push_that_still_waits_is_not_told_after_the_removal,
    a_retry_after_the_removal_is_applied_without_rows,
);

/// Everybody's role who is in it, by user.
async fn roles(person: &Person, conversation: ConversationId) -> BTreeMap<hearth_protocol::ids::UserId, MemberRole> {
    let Page::Tail { part, .. } = person.page(StreamId::Members(conversation), From::Tail { messages: 0 }, 1_000).await else {
        panic!("not a tail");
    };
    let member = |row: &hearth_protocol::row::Row| match &row.data {
        RowData::Member(member) if member.left_at.is_none() => Some((member.person.user, member.role)),
        _ => None,
    };
    part.rows.iter().filter_map(member).collect()
}

/// The texts that somebody sees in a first copy, and in history read page by page; both are the same.
async fn sees(person: &Person, conversation: ConversationId) -> Vec<String> {
    let Page::Tail { part, from_pos } = person.page(StreamId::Conversation(conversation), From::Tail { messages: 1_000 }, 1_000).await
    else {
        panic!("not a tail");
    };
    assert_eq!(from_pos, 1, "there is nothing more to fetch");
    let tail = messages(&part.rows);
    let (changed, _) = person.changes_under(part.vis_ver, part.stream, 0, 1_000).await;
    let mut in_place = messages(&changed.rows);
    in_place.sort_by_key(|message| message.pos);
    assert_eq!(in_place, tail);
    let (mut before, mut read) = (None, Vec::new());
    loop {
        let page = person.history(conversation, before, 2).await.unwrap();
        assert_eq!(page.vis_ver, part.vis_ver);
        let mut older = messages(&page.rows);
        older.append(&mut read);
        read = older;
        if page.from_pos == 1 {
            break;
        }
        before = Some(page.from_pos);
    }
    assert_eq!(read, tail);
    texts(&tail)
}

async fn last_message(person: &Person, conversation: ConversationId) -> Option<String> {
    let heads = person.heads(None).await.heads;
    let head = heads.into_iter().find(|head| head.stream == StreamId::Conversation(conversation)).expect("its head");
    head.last_message.map(|row| texts(&messages(&[row])).remove(0))
}

async fn roles_decide_who_changes_members(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let (dan, group) = (host.resident("dan").await, alice.group("Climbing", &[&bob, &carol, &alice], true).await);
    assert_eq!(
        roles(&bob, group).await,
        [(alice.user, MemberRole::Owner), (bob.user, MemberRole::Member), (carol.user, MemberRole::Member)].into()
    );
    for refused in
        [bob.add(group, &dan).await, bob.remove(group, &carol).await, bob.remove(group, &alice).await, bob.remove(group, &dan).await]
    {
        assert_eq!(refused.unwrap_err().code, ErrorCode::NotAllowed);
    }
    let nobody = Person { user: hearth_protocol::ids::UserId::new(), ..dan.clone() };
    for refused in
        [dan.add(group, &dan).await, dan.remove(group, &bob).await, alice.remove(group, &dan).await, alice.add(group, &nobody).await]
    {
        assert_eq!(refused.unwrap_err(), ApiError::not_found());
    }
    // Twice is once.
    alice.add(group, &dan).await.unwrap();
    let again = alice.add(group, &dan).await.unwrap();
    assert!(matches!(again.as_slice(), [part] if part.prev == part.seq && part.rows.len() == 1), "{again:?}");
    alice.remove(group, &dan).await.unwrap();
    alice.remove(group, &dan).await.unwrap();
    // The owner goes: whoever has been there longest owns it now.
    alice.remove(group, &alice).await.unwrap();
    let heir = if bob.user < carol.user { (&bob, &carol) } else { (&carol, &bob) };
    assert_eq!(roles(heir.1, group).await, [(heir.0.user, MemberRole::Owner), (heir.1.user, MemberRole::Member)].into());
    heir.0.add(group, &dan).await.unwrap();
    for last in [heir.0, heir.1, &dan] {
        last.remove(group, last).await.unwrap();
    }
    let direct = alice.direct(&bob).await;
    for refused in [alice.add(direct, &carol).await, alice.remove(direct, &bob).await, alice.remove(direct, &alice).await] {
        assert_eq!(refused.unwrap_err().code, ErrorCode::BadRequest);
    }
}

async fn a_group_takes_nobodys_direct_conversation(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, mallory) = (host.resident("alice").await, host.resident("bob").await, host.resident("mallory").await);
    let make = |conversation, name: &str| CreateConversation { conversation, name: name.into(), members: [].into(), shared_history: true };
    let theirs = make(ConversationId::direct(alice.user, bob.user), "Mine");
    for intent in [theirs, make(ConversationId::new(), " "), make(ConversationId::new(), &"x".repeat(129))] {
        assert_eq!(mallory.perform(MutationId::new(), intent.into()).await.unwrap_err().code, ErrorCode::BadRequest);
    }
    let taken = mallory.group("Taken", &[], true).await;
    assert_eq!(alice.perform(MutationId::new(), make(taken, "Too late").into()).await.unwrap_err().code, ErrorCode::BadRequest);
    alice.direct(&bob).await;
}

async fn a_name_cannot_turn_the_words_around_it(database: Database) {
    let host = Host::start(database).await;
    let alice = host.resident("alice").await;
    let turned = "\u{202e}Te\0am\u{2029} \u{2066}A\u{61c}";
    let conversation = alice.group(turned, &[], true).await;
    let group = crate::channels::team(&alice, &[]).await;
    let parts = crate::channels::ask(&alice, EditGroup { group, name: Some(turned.into()), about: None }).await.unwrap();
    let channel = crate::channels::opens(&alice, crate::channels::channel(group, turned)).await;
    let mut rows: Vec<RowData> = parts.into_iter().flat_map(|part| part.rows).map(|row| row.data).collect();
    for stream in [StreamId::Conversation(conversation), StreamId::Conversation(channel), StreamId::Group(group)] {
        rows.extend(crate::channels::copy(&alice, stream).await.expect("a copy").0);
    }
    let names: Vec<String> = rows
        .into_iter()
        .filter_map(|row| match row {
            RowData::Conversation(row) => Some(row.name),
            RowData::Group(row) => Some(row.name),
            RowData::Channel(row) => Some(row.name),
            _ => None,
        })
        .collect();
    assert!(names.len() == 5 && names.iter().all(|name| name == "Team A"), "{names:?}");
    for blank in ["\u{202e}", "\u{3164} \u{2800}"] {
        let unseen = EditGroup { group, name: Some(blank.into()), about: None };
        assert_eq!(crate::channels::ask(&alice, unseen).await.unwrap_err().code, ErrorCode::BadRequest);
    }
}

async fn who_joins_sees_what_the_setting_says(database: Database) {
    let host = Host::start(database).await;
    let (alice, carol) = (host.resident("alice").await, host.resident("carol").await);
    for shared in [true, false] {
        let group = alice.group("Readers", &[], shared).await;
        for text in ["one", "two", "three"] {
            alice.send(group, text).await;
        }
        alice.add(group, &carol).await.unwrap();
        let before: &[&str] = if shared { &["one", "two", "three"] } else { &[] };
        assert_eq!(sees(&carol, group).await, before);
        assert_eq!(
            (carol.unread(group).await as usize, last_message(&carol, group).await.as_deref()),
            (before.len(), before.last().copied())
        );
        alice.send(group, "four").await;
        assert_eq!(sees(&carol, group).await, [before, &["four"]].concat());
        assert_eq!(carol.unread(group).await as usize, before.len() + 1);
        assert_eq!(last_message(&carol, group).await.as_deref(), Some("four"));
        // That she was added has a place as well.
        carol.mark_read(group, 5).await;
        assert_eq!(carol.unread(group).await, 0);
    }
}

async fn who_comes_back_sees_two_windows_and_nothing_between(database: Database) {
    let host = Host::start(database).await;
    let (alice, carol) = (host.resident("alice").await, host.resident("carol").await);
    let group = alice.group("Readers", &[&carol], false).await;
    for text in ["one", "two"] {
        alice.send(group, text).await;
    }
    let cursor = carol.changes(StreamId::Conversation(group), 0, 1_000).await.1;
    carol.remove(group, &carol).await.unwrap();
    for text in ["secret", "more secrets"] {
        alice.send(group, text).await;
    }
    alice.add(group, &carol).await.unwrap();
    alice.send(group, "five").await;
    assert_eq!(sees(&carol, group).await, ["one", "two", "five"]);
    assert_eq!(carol.unread(group).await, 3);
    // The old copy is refused, and so is one of a version that is not theirs yet.
    let stream = StreamId::Conversation(group);
    for vis_ver in [1, 2, 4] {
        assert_eq!(carol.page(stream, From::Cursor { seq: cursor, vis_ver }, 10).await, Page::Reset { stream, vis_ver: 3 });
    }
    // After a restart it is read from the database again.
    let mut host = host;
    host.restart().await;
    let (alice, carol) = (alice.at(&host), carol.at(&host));
    alice.send(group, "six").await;
    assert_eq!(sees(&carol, group).await, ["one", "two", "five", "six"]);
    alice.remove(group, &carol).await.unwrap();
    alice.add(group, &carol).await.unwrap();
    assert_eq!(sees(&carol, group).await, ["one", "two", "five", "six"]);
}

async fn who_is_removed_gets_nothing_more(database: Database) {
    let host = Host::start(database).await;
    let (alice, carol) = (host.resident("alice").await, host.resident("carol").await);
    let (group, direct) = (alice.group("Readers", &[&carol], true).await, alice.direct(&carol).await);
    alice.send(group, "before").await;
    let mut socket = carol.socket().await;
    let watermark = carol.heads(None).await.watermark;
    alice.remove(group, &carol).await.unwrap();
    alice.send(group, "after").await;
    alice.send(direct, "a fence").await;
    // Pushes keep the order of commits.
    let mut removed = false;
    loop {
        let frame = socket.next().await.unwrap();
        let (ServerFrame::Rows(hearth_protocol::mutation::Part { stream, .. }) | ServerFrame::Hint { stream, .. }) = &frame else {
            continue;
        };
        if *stream == StreamId::Conversation(direct) {
            break;
        }
        let ServerFrame::Rows(part) = &frame else { panic!("{frame:?}") };
        assert_eq!(part.stream, StreamId::User(carol.user));
        let row = part.rows.iter().find_map(|row| if let RowData::Membership(row) = &row.data { Some(row) } else { None }).unwrap();
        assert!(row.conversation == group && row.left_at.is_some() && row.vis_ver == 2);
        removed = true;
    }
    assert!(removed);
    for stream in [StreamId::Conversation(group), StreamId::Members(group)] {
        for from in [From::Cursor { seq: 0, vis_ver: 1 }, From::Cursor { seq: 0, vis_ver: 2 }, From::Tail { messages: 5 }] {
            assert_eq!(carol.page(stream, from, 10).await, Page::Gone { stream });
        }
    }
    assert_eq!(carol.history(group, None, 10).await.unwrap_err(), ApiError::not_found());
    assert_eq!(carol.try_send(group, "still here?").await.unwrap_err(), ApiError::not_found());
    for heads in [carol.heads(None).await, carol.heads(Some(&watermark)).await] {
        assert!(heads.heads.iter().all(|head| head.stream.conversation() != Some(group)), "{heads:?}");
    }
    assert_eq!(texts(&alice.messages(group).await), ["before", "after"]);
}

async fn a_push_that_still_waits_is_not_told_after_the_removal(database: Database) {
    let host = Host::start(database).await;
    let (alice, carol) = (host.resident("alice").await, host.resident("carol").await);
    let (group, direct) = (alice.group("Readers", &[&carol], true).await, alice.direct(&carol).await);
    let mut socket = carol.socket().await;
    // All in one batch: message, removal, message.
    let remove = RemoveMember { conversation: group, member: carol.user };
    host.faults().hold_commits(true);
    let intents = [message(group, "just before"), remove.into(), message(group, "just after"), message(direct, "a fence")];
    let batch = intents.into_iter().map(|intent| hearth_protocol::mutation::Mutation::new(MutationId::new(), intent)).collect();
    let (acked, ()) = tokio::join!(alice.try_mutate(batch), async { host.faults().hold_commits(false) });
    assert_eq!(acked.unwrap().len(), 4);
    let mut streams = Vec::new();
    while !streams.contains(&StreamId::Conversation(direct)) {
        if let ServerFrame::Rows(part) = socket.next().await.unwrap() {
            streams.push(part.stream);
        }
    }
    streams.retain(|stream| stream.conversation() == Some(group));
    assert_eq!(streams, []);
}

async fn a_retry_after_the_removal_is_applied_without_rows(database: Database) {
    let host = Host::start(database).await;
    let (alice, carol) = (host.resident("alice").await, host.resident("carol").await);
    let group = alice.group("Readers", &[&carol], true).await;
    let (id, leaving) = (MutationId::new(), MutationId::new());
    carol.perform(id, message(group, "mine")).await.unwrap();
    let leave = RemoveMember { conversation: group, member: carol.user };
    let left = carol.perform(leaving, leave.clone().into()).await.unwrap();
    assert!(matches!(left.as_slice(), [part] if part.stream == StreamId::User(carol.user)), "{left:?}");
    assert_eq!(carol.perform(id, message(group, "mine")).await.unwrap(), []);
    assert_eq!(carol.perform(leaving, leave.into()).await.unwrap(), left);
    assert_eq!(texts(&alice.messages(group).await), ["mine"]);
}
