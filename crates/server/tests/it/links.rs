//! Links by which people join a group: what they are worth, to whom and for how long.

use crate::{
    channels::{add, ask, memberships, reads, remove, team},
    host::{Database, Host},
    person::Person,
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::{GroupId, InviteLinkId},
    invite::{CreateInviteLink, InviteFound, InviteLinkMade, InviteLinks, InviteSecret, InviteTaken},
    limits,
    mutations::{DeleteGroup, HandOverGroup, SetGroupRole},
    rows::MemberRole,
};
use hearth_server::Rate;
use serde_json::{Value, json};

on_both_databases!(
    a_link_leads_in_and_says_where_before,
    wrong_expired_used_up_and_revoked_look_the_same,
    the_last_use_is_given_once,
    a_link_is_worth_what_its_maker_may_do,
    bounds_are_kept,
    whoever_tries_many_secrets_waits,
    after_a_restored_backup_no_link_is_good,
);

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

pub async fn make(by: &Person, group: GroupId, role: MemberRole, uses: u32) -> Result<InviteLinkMade, ApiError> {
    make_for(by, group, CreateInviteLink { role, lives_ms: DAY_MS, uses }).await
}

async fn make_for(by: &Person, group: GroupId, wanted: CreateInviteLink) -> Result<InviteLinkMade, ApiError> {
    by.post(&format!("/v1/groups/{group}/links"), &wanted).await
}

pub async fn list(by: &Person, group: GroupId) -> Result<InviteLinks, ApiError> {
    by.get(&format!("/v1/groups/{group}/links")).await
}

pub async fn revoke(by: &Person, link: InviteLinkId) -> Result<(), ApiError> {
    by.post::<Value>(&format!("/v1/links/{link}/revoke"), &json!({})).await.map(drop)
}

pub async fn look(by: &Person, secret: &str) -> Result<InviteFound, ApiError> {
    by.post("/v1/links/look", &InviteSecret { secret: secret.into() }).await
}

pub async fn join(by: &Person, secret: &str) -> Result<InviteTaken, ApiError> {
    by.post("/v1/links/join", &InviteSecret { secret: secret.into() }).await
}

fn uses_left(links: &InviteLinks) -> Vec<u32> {
    links.links.iter().map(|link| link.uses_left).collect()
}

async fn a_link_leads_in_and_says_where_before(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let group = team(&alice, &[&carol]).await;
    let plans = crate::channels::opens(&alice, crate::channels::channel(group, "plans")).await;
    alice.send(plans, "before Bob came").await;
    let made = make(&alice, group, MemberRole::Member, 2).await.unwrap();
    assert_eq!(made.secret.len(), 43, "256 bits");
    let found = look(&bob, &made.secret).await.unwrap();
    let expected = InviteFound { group, name: "Team".into(), about: "For all of us".into(), people: 2, joined: false };
    assert_eq!(found, expected);
    assert_eq!(memberships(&bob).await, [], "looking is not joining");
    assert_eq!(join(&bob, &made.secret).await.unwrap().group, group);
    assert_eq!(reads(&bob, plans).await.unwrap().0, ["before Bob came"]);
    assert_eq!(memberships(&bob).await[0].role, MemberRole::Member);
    // An answer that was lost is asked for again, and uses nothing up.
    join(&bob, &made.secret).await.unwrap();
    join(&alice, &made.secret).await.unwrap();
    assert!(look(&bob, &made.secret).await.unwrap().joined);
    assert_eq!(uses_left(&list(&alice, group).await.unwrap()), [1]);
    // Who has left comes back by it.
    remove(&bob, group, &bob).await.unwrap();
    join(&bob, &made.secret).await.unwrap();
    assert_eq!(memberships(&bob).await[0].vis_ver, 3);
    assert_eq!(list(&alice, group).await.unwrap().links, [], "used up");
}

async fn wrong_expired_used_up_and_revoked_look_the_same(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let group = team(&alice, &[]).await;
    let short = make_for(&alice, group, CreateInviteLink { role: MemberRole::Member, lives_ms: 1, uses: 9 }).await.unwrap();
    let once = make(&alice, group, MemberRole::Member, 1).await.unwrap();
    let revoked = make(&alice, group, MemberRole::Member, 9).await.unwrap();
    join(&carol, &once.secret).await.unwrap();
    revoke(&alice, revoked.link.id).await.unwrap();
    assert_eq!(revoke(&alice, revoked.link.id).await.unwrap_err(), ApiError::not_found());
    while now() <= short.link.expires_at {
        tokio::task::yield_now().await;
    }
    let mut answers = Vec::new();
    for secret in ["", "x", &"x".repeat(43), &short.secret, &once.secret, &revoked.secret] {
        answers.push(look(&bob, secret).await.unwrap_err());
        answers.push(join(&bob, secret).await.unwrap_err());
    }
    assert_eq!(answers[0].code, ErrorCode::WrongInviteLink);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(list(&alice, group).await.unwrap().links, []);
    // A group that is deleted leaves no door.
    let good = make(&alice, group, MemberRole::Member, 9).await.unwrap();
    ask(&alice, DeleteGroup { group }).await.unwrap();
    assert_eq!(
        (look(&bob, &good.secret).await.unwrap_err(), join(&bob, &good.secret).await.unwrap_err()),
        (answers[0].clone(), answers[0].clone())
    );
    assert_eq!(memberships(&bob).await, []);
}

/// The computer's clock, which is the server's.
fn now() -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    i64::try_from(now.as_millis()).expect("milliseconds")
}

async fn the_last_use_is_given_once(database: Database) {
    let host = Host::start(database).await;
    let alice = host.resident("alice").await;
    let group = team(&alice, &[]).await;
    let made = make(&alice, group, MemberRole::Member, 2).await.unwrap();
    let mut guests = Vec::new();
    for name in ["bob", "carol", "dan", "eve"] {
        guests.push(host.resident(name).await);
    }
    // All in one batch.
    host.faults().hold_commits(true);
    let tries = futures::future::join_all(guests.iter().map(|guest| join(guest, &made.secret)));
    let (answers, ()) = tokio::join!(tries, async { host.faults().hold_commits(false) });
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 2, "{answers:?}");
    assert_eq!(look(&alice, &made.secret).await.unwrap().people, 3);
}

async fn a_link_is_worth_what_its_maker_may_do(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let group = team(&alice, &[&bob]).await;
    ask(&alice, SetGroupRole { group, person: bob.user, role: MemberRole::Admin }).await.unwrap();
    let for_admins = make(&alice, group, MemberRole::Admin, 9).await.unwrap();
    let by_bob = make(&bob, group, MemberRole::Member, 9).await.unwrap();
    assert_eq!(make(&alice, group, MemberRole::Owner, 9).await.unwrap_err().code, ErrorCode::NotAllowed);
    // The owner becomes an admin: what only the owner may give is given no more.
    ask(&alice, HandOverGroup { group, to: bob.user }).await.unwrap();
    assert_eq!(join(&carol, &for_admins.secret).await.unwrap_err().code, ErrorCode::WrongInviteLink);
    assert_eq!(list(&alice, group).await.unwrap().links, std::slice::from_ref(&by_bob.link));
    let for_admins = make(&bob, group, MemberRole::Admin, 9).await.unwrap();
    join(&carol, &for_admins.secret).await.unwrap();
    assert_eq!(memberships(&carol).await[0].role, MemberRole::Admin);
    remove(&carol, group, &carol).await.unwrap();
    // An admin is a member again: their links end with that, and with their leaving.
    let by_alice = make(&alice, group, MemberRole::Member, 9).await.unwrap();
    look(&carol, &by_alice.secret).await.unwrap();
    ask(&bob, SetGroupRole { group, person: alice.user, role: MemberRole::Member }).await.unwrap();
    assert_eq!(look(&carol, &by_alice.secret).await.unwrap_err().code, ErrorCode::WrongInviteLink);
    ask(&bob, SetGroupRole { group, person: alice.user, role: MemberRole::Admin }).await.unwrap();
    look(&carol, &by_alice.secret).await.unwrap();
    remove(&bob, group, &alice).await.unwrap();
    assert_eq!(join(&carol, &by_alice.secret).await.unwrap_err().code, ErrorCode::WrongInviteLink);
    add(&bob, group, &[&alice]).await.unwrap();
    assert_eq!(join(&carol, &by_alice.secret).await.unwrap_err().code, ErrorCode::WrongInviteLink);
}

async fn bounds_are_kept(database: Database) {
    let host = Host::start(database).await;
    let alice = host.resident("alice").await;
    let group = team(&alice, &[]).await;
    let wanted = |lives_ms, uses| CreateInviteLink { role: MemberRole::Member, lives_ms, uses };
    for wrong in [
        wanted(0, 1),
        wanted(-1, 1),
        wanted(i64::MAX, 1),
        wanted(limits::INVITE_LINK_MS_MAX + 1, 1),
        wanted(DAY_MS, 0),
        wanted(DAY_MS, limits::INVITE_LINK_USES_MAX + 1),
    ] {
        assert_eq!(make_for(&alice, group, wrong).await.unwrap_err().code, ErrorCode::BadRequest);
    }
    for _ in 0..limits::INVITE_LINKS_MAX {
        make(&alice, group, MemberRole::Member, 1).await.unwrap();
    }
    assert_eq!(make(&alice, group, MemberRole::Member, 1).await.unwrap_err().code, ErrorCode::BadRequest);
    let links = list(&alice, group).await.unwrap().links;
    assert!(links.len() == limits::INVITE_LINKS_MAX && links.is_sorted_by(|a, b| a.created_at >= b.created_at));
}

async fn whoever_tries_many_secrets_waits(database: Database) {
    let host = Host::start_with(database, |config| config.limits.invite_links = Rate::new(3, 1)).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let group = team(&alice, &[]).await;
    let made = make(&alice, group, MemberRole::Member, 9).await.unwrap();
    for _ in 0..2 {
        assert_eq!(look(&bob, "a guess").await.unwrap_err().code, ErrorCode::WrongInviteLink);
    }
    assert_eq!(join(&bob, "a guess").await.unwrap_err().code, ErrorCode::WrongInviteLink);
    for refused in [look(&bob, &made.secret).await.map(drop), join(&bob, &made.secret).await.map(drop)] {
        assert_eq!(refused.unwrap_err().code, ErrorCode::RateLimited, "also with a good one");
    }
    look(&alice, &made.secret).await.unwrap();
}

async fn after_a_restored_backup_no_link_is_good(database: Database) {
    let mut host = Host::start(database).await;
    let (alice, _) = (host.resident("alice").await, host.resident("bob").await);
    let group = team(&alice, &[]).await;
    let made = make(&alice, group, MemberRole::Member, 9).await.unwrap();
    host.restart().await;
    look(&alice.at(&host), &made.secret).await.unwrap();
    host.stop().await;
    // A witness that saw more than the database has.
    let path = host.config.data_dir.join("epoch");
    let mut witness: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    witness["n"] = json!(1_000_000);
    std::fs::write(&path, witness.to_string()).unwrap();
    host.run().await;
    let bob = host.returning("bob").await;
    assert_eq!(look(&bob, &made.secret).await.unwrap_err().code, ErrorCode::WrongInviteLink);
}
