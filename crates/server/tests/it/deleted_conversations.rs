//! Conversations that are deleted for everybody: who may, who is told, and what is left.

use crate::{
    channels::{ask, channel, copy, opens, private, remove, team},
    host::{Database, Host},
    person::Person,
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::{ConversationId, MutationId},
    limits,
    mutation::{Mutation, Outcome},
    mutations::{DeleteConversation, HideMessage, SetMemberRole, Star},
    rows::{MemberRole, MembershipRow, NotificationKind, RowData},
    stream::StreamId,
};

on_both_databases!(
    a_conversation_is_deleted_by_its_owner_and_gone_for_everybody,
    a_public_channel_is_deleted_by_who_manages_its_group,
    of_a_private_channel_nobody_outside_the_group_is_told,
    what_was_said_in_it_is_removed,
    a_deleted_channel_makes_room_for_another,
);

async fn deletes(person: &Person, conversation: ConversationId) -> Result<(), ApiError> {
    ask(person, DeleteConversation { conversation }).await.map(drop)
}

async fn membership(person: &Person, conversation: ConversationId) -> Option<MembershipRow> {
    let (part, _) = person.changes(StreamId::User(person.user), 0, 1_000).await;
    let of = |row| if let RowData::Membership(row) = row { Some(row) } else { None };
    part.rows.into_iter().filter_map(|row| of(row.data)).find(|row| row.conversation == conversation)
}

async fn told(person: &Person) -> Vec<NotificationKind> {
    crate::invitations::told(person).await.into_iter().map(|(kind, _)| kind).collect()
}

async fn a_conversation_is_deleted_by_its_owner_and_gone_for_everybody(database: Database) {
    let mut host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let talk = alice.group("Runs", &[&bob, &carol], true).await;
    bob.send(talk, "hello").await;
    alice.remove(talk, &carol).await.unwrap();
    ask(&alice, SetMemberRole { conversation: talk, member: bob.user, role: MemberRole::Admin }).await.unwrap();
    let direct = alice.direct(&bob).await;
    assert_eq!(deletes(&bob, talk).await.unwrap_err().code, ErrorCode::NotAllowed, "an admin does not own it");
    assert_eq!(deletes(&carol, talk).await.unwrap_err(), ApiError::not_found());
    assert_eq!(deletes(&alice, direct).await.unwrap_err().code, ErrorCode::BadRequest, "a direct one is nobody's");

    let mut socket = bob.socket().await;
    let id = MutationId::new();
    let answer = alice.perform(id, DeleteConversation { conversation: talk }.into()).await.unwrap();
    assert!(answer.iter().all(|part| part.stream == StreamId::User(alice.user)), "{answer:?}");
    assert_eq!(alice.perform(id, DeleteConversation { conversation: talk }.into()).await.unwrap(), answer, "a retry says the same");
    let part = socket.rows(StreamId::User(bob.user)).await;
    assert!(part.rows.iter().any(|row| matches!(&row.data, RowData::Membership(row) if row.gone)), "{part:?}");
    for restarted in [false, true] {
        if restarted {
            host.restart().await;
        }
        for person in [&alice.at(&host), &bob.at(&host)] {
            let row = membership(person, talk).await.unwrap();
            assert!(row.gone && row.left_at.is_some() && row.gone_name == "Runs", "{row:?}");
            assert!(copy(person, StreamId::Conversation(talk)).await.is_none());
            assert_eq!(person.try_send(talk, "still there?").await.unwrap_err(), ApiError::not_found());
            assert_eq!(deletes(person, talk).await.unwrap_err(), ApiError::not_found());
        }
    }
    let (alice, bob, carol) = (alice.at(&host), bob.at(&host), carol.at(&host));
    assert!(!membership(&carol, talk).await.unwrap().gone, "she had left before, and hears nothing");
    assert_eq!(alice.add(talk, &carol).await.unwrap_err(), ApiError::not_found());
    assert!(!told(&alice).await.contains(&NotificationKind::ConversationDeleted));
    assert!(told(&bob).await.contains(&NotificationKind::ConversationDeleted));
    assert!(!told(&carol).await.contains(&NotificationKind::ConversationDeleted));
    assert_eq!(bob.send(direct, "what happened?").await.pos, 1, "other conversations go on");
}

async fn a_public_channel_is_deleted_by_who_manages_its_group(database: Database) {
    let mut host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let group = team(&alice, &[&bob]).await;
    let (plans, other) = (opens(&alice, channel(group, "plans")).await, opens(&alice, channel(group, "other")).await);
    bob.send(plans, "hello").await;
    assert_eq!(deletes(&bob, plans).await.unwrap_err().code, ErrorCode::NotAllowed);
    deletes(&alice, plans).await.unwrap();
    for restarted in [false, true] {
        if restarted {
            host.restart().await;
        }
        for person in [&alice.at(&host), &bob.at(&host)] {
            assert!(membership(person, plans).await.unwrap().gone);
            assert_eq!(person.try_send(plans, "still there?").await.unwrap_err(), ApiError::not_found());
            let rows = copy(person, StreamId::Group(group)).await.unwrap().0;
            let closed =
                |row: &RowData| matches!(row, RowData::Channel(row) if row.conversation == plans && row.closed && row.name.is_empty());
            assert!(rows.iter().any(closed), "{rows:?}");
        }
    }
    let bob = bob.at(&host);
    bob.send(other, "the group goes on").await;
    assert!(told(&bob).await.contains(&NotificationKind::ConversationDeleted));
}

async fn of_a_private_channel_nobody_outside_the_group_is_told(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let group = team(&alice, &[&bob, &carol]).await;
    let secret = opens(&alice, private(group, "secret", &[&bob, &carol])).await;
    remove(&alice, group, &carol).await.unwrap();
    deletes(&alice, secret).await.unwrap();
    assert!(membership(&bob, secret).await.unwrap().gone);
    let hers = membership(&carol, secret).await.unwrap();
    assert!(!hers.gone && hers.gone_name.is_empty(), "{hers:?}");
    assert!(!told(&carol).await.contains(&NotificationKind::ConversationDeleted));
}

async fn what_was_said_in_it_is_removed(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let talk = alice.group("Runs", &[&bob], true).await;
    let said = alice.send(talk, "hello").await;
    let (conversation, message) = (talk, said.id);
    ask(&bob, Star { conversation, message, on: true }).await.unwrap();
    ask(&bob, HideMessage { conversation, message, on: true }).await.unwrap();
    deletes(&alice, talk).await.unwrap();
    host.server().purge_groups_now().await.unwrap();
    let (part, _) = bob.changes(StreamId::User(bob.user), 0, 1_000).await;
    let ended = |row: &RowData| match row {
        RowData::Star(row) => Some(row.ended_at.is_some()),
        RowData::Hidden(row) => Some(row.ended_at.is_some()),
        _ => None,
    };
    assert_eq!(part.rows.iter().filter_map(|row| ended(&row.data)).collect::<Vec<_>>(), [true, true]);
}

async fn a_deleted_channel_makes_room_for_another(database: Database) {
    let mut host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let group = team(&alice, &[&bob]).await;
    let mut last = None;
    for first in (0..limits::CHANNELS_PER_GROUP_MAX).step_by(limits::MUTATIONS_PER_BATCH_MAX) {
        let channels = (first..first + limits::MUTATIONS_PER_BATCH_MAX).map(|n| channel(group, &format!("channel {n}")));
        let channels: Vec<_> = channels.inspect(|channel| last = Some(channel.conversation)).collect();
        let made = channels.into_iter().map(|channel| Mutation::new(MutationId::new(), channel)).collect();
        let made = alice.try_mutate(made).await.unwrap();
        assert!(made.iter().all(|acked| matches!(acked.outcome, Outcome::Applied(_))), "{made:?}");
    }
    let mut last = last.expect("a channel");
    for restarted in [false, true] {
        let alice = alice.at(&host);
        let refused = ask(&alice, channel(group, "one more")).await.unwrap_err();
        assert!(refused.message.contains("2,000"), "{refused:?}");
        deletes(&alice, last).await.unwrap();
        if restarted {
            host.restart().await;
        }
        last = opens(&alice.at(&host), channel(group, "one more")).await;
    }
}
