//! What becomes of a group: its name, who may do what in it, who owns it, and its end.

use crate::{
    channels::{add, ask, channel, copy, memberships, opens, private, reads, remove, team},
    host::{Database, Host},
    person::{Person, message},
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    frame::ServerFrame,
    ids::{GroupId, MutationId, UserId},
    mutation::Mutation,
    mutations::{CreateChannel, CreateGroup, DeleteGroup, EditGroup, HandOverGroup, Intent, SetGroupRole},
    rows::{GroupRow, MemberRole, NotificationKind, RowData},
    stream::StreamId,
    sync::{From, Page},
};
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _};
use std::collections::BTreeMap;

on_both_databases!(
    what_is_changed_of_a_group_leaves_the_rest,
    the_owner_makes_admins_and_unmakes_them,
    a_group_is_handed_over_and_has_one_owner,
    a_deleted_group_is_gone_for_everybody,
    a_push_that_still_waits_is_not_told_after_the_deletion,
    what_was_said_in_a_deleted_group_is_removed,
);

async fn facts(person: &Person, group: GroupId) -> GroupRow {
    let rows = copy(person, StreamId::Group(group)).await.expect("the group's stream").0;
    rows.into_iter().find_map(|row| if let RowData::Group(row) = row { Some(row) } else { None }).expect("its row")
}

/// What those are who are in it.
async fn roles(person: &Person, group: GroupId) -> BTreeMap<UserId, MemberRole> {
    let rows = copy(person, StreamId::Group(group)).await.expect("the group's stream").0;
    let member = |row| match row {
        RowData::GroupMember(row) if row.left_at.is_none() => Some((row.person.user, row.role)),
        _ => None,
    };
    rows.into_iter().filter_map(member).collect()
}

fn edit(group: GroupId, name: Option<&str>, about: Option<&str>) -> EditGroup {
    EditGroup { group, name: name.map(Into::into), about: about.map(Into::into) }
}

fn role(group: GroupId, person: &Person, role: MemberRole) -> SetGroupRole {
    SetGroupRole { group, person: person.user, role }
}

async fn what_is_changed_of_a_group_leaves_the_rest(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let group = team(&alice, &[&bob]).await;
    let before = facts(&bob, group).await;
    assert_eq!(before.created_by, Some(alice.user), "who made it is told, and stays whoever changes it");
    ask(&alice, role(group, &bob, MemberRole::Admin)).await.unwrap();
    // Two who change different things at the same time.
    ask(&alice, edit(group, Some("Crew"), None)).await.unwrap();
    ask(&bob, edit(group, None, Some("Boats"))).await.unwrap();
    let after = facts(&alice, group).await;
    assert_eq!(after, GroupRow { name: "Crew".into(), about: "Boats".into(), ..before });
    let again = ask(&bob, edit(group, Some("Crew"), Some("Boats"))).await.unwrap();
    assert!(matches!(again.as_slice(), [part] if part.prev == part.seq), "nothing moves: {again:?}");
    for wrong in [edit(group, Some(" "), None), edit(group, Some(&"x".repeat(129)), None), edit(group, None, Some(&"x".repeat(513)))] {
        assert_eq!(ask(&alice, wrong).await.unwrap_err().code, ErrorCode::BadRequest);
    }
    ask(&alice, edit(group, None, Some(""))).await.unwrap();
    assert_eq!(facts(&bob, group).await.about, "");
}

async fn the_owner_makes_admins_and_unmakes_them(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let group = team(&alice, &[&bob, &carol]).await;
    let plans = opens(&alice, channel(group, "plans")).await;
    let theirs = carol.send(plans, "mine").await;
    let cursor = bob.changes(StreamId::User(bob.user), 0, 100).await.1;
    ask(&alice, role(group, &bob, MemberRole::Admin)).await.unwrap();
    let rows = bob.changes(StreamId::User(bob.user), cursor, 100).await.0.rows;
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    assert!(
        matches!(&row.data, RowData::GroupMembership(row) if row.role == MemberRole::Admin && row.vis_ver == 1 && row.left_at.is_none())
    );
    assert_eq!(roles(&carol, group).await[&bob.user], MemberRole::Admin);
    // What an admin may do in the group's channels follows.
    bob.delete((plans, theirs.id)).await.unwrap();
    opens(&bob, channel(group, "boats")).await;
    let again = ask(&alice, role(group, &bob, MemberRole::Admin)).await.unwrap();
    assert!(matches!(again.as_slice(), [part] if part.prev == part.seq && part.rows.len() == 1), "{again:?}");
    for wrong in [role(group, &carol, MemberRole::Owner), role(group, &alice, MemberRole::Member)] {
        assert_eq!(ask(&alice, wrong).await.unwrap_err().code, ErrorCode::BadRequest);
    }
    ask(&alice, role(group, &bob, MemberRole::Member)).await.unwrap();
    assert_eq!(ask(&bob, channel(group, "more")).await.unwrap_err().code, ErrorCode::NotAllowed);
    // Somebody who has left meanwhile.
    remove(&carol, group, &carol).await.unwrap();
    assert_eq!(ask(&alice, role(group, &carol, MemberRole::Admin)).await.unwrap_err().code, ErrorCode::NotFound);
    // Who comes back is what they were not.
    ask(&alice, role(group, &bob, MemberRole::Admin)).await.unwrap();
    remove(&bob, group, &bob).await.unwrap();
    add(&alice, group, &[&bob]).await.unwrap();
    assert_eq!(roles(&alice, group).await[&bob.user], MemberRole::Member);
}

async fn a_group_is_handed_over_and_has_one_owner(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let group = team(&alice, &[&bob, &carol]).await;
    assert_eq!(remove(&alice, group, &alice).await.unwrap_err().code, ErrorCode::OnlyOwner);
    // Two of Alice's devices at once, to different people: the first one does.
    host.faults().hold_commits(true);
    let (first, second) = (HandOverGroup { group, to: bob.user }, HandOverGroup { group, to: carol.user });
    let batch = vec![Mutation::new(MutationId::new(), first), Mutation::new(MutationId::new(), second)];
    let (acked, ()) = tokio::join!(alice.try_mutate(batch), async { host.faults().hold_commits(false) });
    let outcomes: Vec<bool> =
        acked.unwrap().iter().map(|acked| matches!(acked.outcome, hearth_protocol::mutation::Outcome::Applied(_))).collect();
    assert_eq!(outcomes, [true, false]);
    let now = [(alice.user, MemberRole::Admin), (bob.user, MemberRole::Owner), (carol.user, MemberRole::Member)];
    assert_eq!(roles(&carol, group).await, now.into());
    let again = ask(&bob, HandOverGroup { group, to: bob.user }).await.unwrap();
    assert!(matches!(again.as_slice(), [part] if part.prev == part.seq), "{again:?}");
    // Now Alice may go, and Bob takes her out or not.
    remove(&alice, group, &alice).await.unwrap();
    assert_eq!(ask(&bob, HandOverGroup { group, to: alice.user }).await.unwrap_err().code, ErrorCode::NotFound);
    assert_eq!(memberships(&bob).await[0].role, MemberRole::Owner);
    let mut host = host;
    host.restart().await;
    assert_eq!(roles(&carol.at(&host), group).await[&bob.user], MemberRole::Owner, "it is in the database");
}

async fn a_deleted_group_is_gone_for_everybody(database: Database) {
    let mut host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let group = team(&alice, &[&bob, &carol]).await;
    let (plans, secret) = (opens(&alice, channel(group, "plans")).await, opens(&alice, private(group, "secret", &[&bob])).await);
    bob.send(plans, "hello").await;
    remove(&carol, group, &carol).await.unwrap();
    let mut socket = bob.socket().await;
    let id = MutationId::new();
    let told = alice.perform(id, DeleteGroup { group }.into()).await.unwrap();
    assert!(matches!(told.as_slice(), [part] if part.stream == StreamId::User(alice.user)), "{told:?}");
    assert_eq!(alice.perform(id, DeleteGroup { group }.into()).await.unwrap(), told, "a retry says the same");
    let part = socket.rows(StreamId::User(bob.user)).await;
    assert!(
        matches!(&part.rows[0].data, RowData::GroupMembership(row) if row.left_at.is_some() && row.gone && row.gone_name == "Team" && row.vis_ver == 2),
        "{part:?}"
    );
    // Whoever was in it is told, but who has done it and who had left.
    for (person, wanted) in [(&alice, vec![]), (&bob, vec![(NotificationKind::GroupDeleted, false)]), (&carol, vec![])] {
        assert_eq!(crate::invitations::told(person).await, wanted);
    }
    let left = &memberships(&carol).await[0];
    assert!(!left.gone && left.left_at.is_some(), "she had left before, and hears nothing");
    for restarted in [false, true] {
        if restarted {
            host.restart().await;
        }
        let (alice, bob) = (alice.at(&host), bob.at(&host));
        for stream in [StreamId::Group(group), StreamId::Conversation(plans), StreamId::Conversation(secret), StreamId::Members(secret)] {
            for person in [&alice, &bob] {
                assert_eq!(person.page(stream, From::Tail { messages: 5 }, 10).await, Page::Gone { stream });
            }
        }
        assert_eq!(bob.try_send(plans, "still there?").await.unwrap_err(), ApiError::not_found());
        assert_eq!(bob.history(plans, None, 5).await.unwrap_err(), ApiError::not_found());
        for refused in [
            ask(&alice, DeleteGroup { group }).await,
            ask(&alice, edit(group, Some("Back"), None)).await,
            add(&alice, group, &[&bob]).await,
            ask(&alice, channel(group, "more")).await,
            ask(&bob, HandOverGroup { group, to: bob.user }).await,
        ] {
            assert_eq!(refused.unwrap_err(), ApiError::not_found());
        }
        let taken = CreateGroup { group, name: "Mine now".into(), about: String::new() };
        assert_eq!(ask(&bob, taken).await.unwrap_err().code, ErrorCode::BadRequest);
        let heads = bob.heads(None).await.heads;
        assert!(heads.iter().all(|head| matches!(head.stream, StreamId::User(_))), "{heads:?}");
    }
}

async fn a_push_that_still_waits_is_not_told_after_the_deletion(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let group = team(&alice, &[&bob]).await;
    let (plans, direct) = (opens(&alice, channel(group, "plans")).await, alice.direct(&bob).await);
    let mut socket = bob.socket().await;
    host.faults().hold_commits(true);
    let intents: [Intent; 3] = [message(plans, "just before"), DeleteGroup { group }.into(), message(direct, "a fence")];
    let batch = intents.into_iter().map(|intent| Mutation::new(MutationId::new(), intent)).collect();
    let (acked, ()) = tokio::join!(alice.try_mutate(batch), async { host.faults().hold_commits(false) });
    assert_eq!(acked.unwrap().len(), 3);
    let mut streams = Vec::new();
    while !streams.contains(&StreamId::Conversation(direct)) {
        if let ServerFrame::Rows(part) = socket.next().await.unwrap() {
            streams.push(part.stream);
        }
    }
    assert_eq!(streams, [StreamId::User(bob.user), StreamId::Conversation(direct)]);
}

async fn what_was_said_in_a_deleted_group_is_removed(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let (group, kept) = (team(&alice, &[&bob]).await, team(&alice, &[&bob]).await);
    let (plans, secret) = (opens(&alice, channel(group, "plans")).await, opens(&alice, private(group, "secret", &[&bob])).await);
    let other = opens(&alice, channel(kept, "other")).await;
    for conversation in [plans, secret, other] {
        for number in 0..3 {
            alice.send(conversation, &format!("a canary {number}")).await;
        }
    }
    ask(&alice, DeleteGroup { group }).await.unwrap();
    for _ in 0..2 {
        host.server().purge_groups_now().await.unwrap();
        assert_eq!(count(&host, "SELECT COUNT(*) FROM message").await, 3);
        let named = "SELECT COUNT(*) FROM conversation WHERE name IN ('plans', 'secret')";
        assert_eq!(count(&host, named).await + count(&host, &named.replace("conversation", "channel")).await, 0);
        assert_eq!(reads(&bob, other).await.unwrap().0.len(), 3);
    }
    assert_eq!(ask(&alice, channel(kept, "more")).await.map(drop), Ok(()));
    let taken = CreateChannel { conversation: plans, ..channel(kept, "taken") };
    assert_eq!(ask(&alice, taken).await.unwrap_err().code, ErrorCode::BadRequest, "ids are not given again");
}

/// What a counting statement says of the database's tables.
pub async fn count(host: &Host, sql: &str) -> i64 {
    sqlx::any::install_default_drivers();
    let file = || format!("sqlite://{}", host.config.data_dir.join("hearth.db").display());
    let url = host.config.database_url.clone().unwrap_or_else(file);
    let mut connection = AnyConnection::connect(&url).await.unwrap();
    let count = sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    count
}
