//! Administration as those have it whom it concerns: what their app knows, shows and keeps.

use hearth_client::{
    SignUpForm,
    api::AccountDeed,
    view::{Connection, Delivery, Phase, SignInReason, Standing},
};
use hearth_protocol::{
    Millis,
    admin::{CreateServerInvite, ListPeople, RoleWanted, SignUpPolicy},
    role::{Permission, Permissions, Role},
};
use hearth_testkit::{Person, Town};
use zeroize::Zeroizing;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// The admin, and somebody else.
async fn two(town: &Town) -> (Person, Person) {
    (town.resident("Alice").await, town.resident("Bob").await)
}

async fn stands(person: &Person, wanted: Standing) {
    person.until(&format!("{} is {wanted:?}", person.name), async || person.client.standing().await.unwrap() == wanted).await;
}

/// Since when they have their account, as the server told it.
async fn since(person: &Person) -> Millis {
    person.client.standing().await.unwrap().created_at
}

async fn is_told(person: &Person, wanted: SignInReason) {
    let told = async || matches!(person.client.phase(), Phase::SignIn { returning: Some(_), reason: Some(reason), .. } if reason == wanted);
    person.until(&format!("{} is told {wanted:?}", person.name), told).await;
}

async fn comes_back(person: &Person) {
    person.client.sign_in(&person.name.to_lowercase(), person.password()).await.unwrap();
    person.is(Connection::Live).await;
}

#[tokio::test]
async fn a_role_reaches_its_person_and_is_known_without_a_network() {
    let mut town = Town::founded().await;
    let (alice, mut bob) = two(&town).await;
    let member = [Permission::FindPeople, Permission::StartConversations, Permission::CreateGroups];
    stands(
        &bob,
        Standing { role: Role::Member, role_name: None, permissions: member.to_vec(), role_waits: None, created_at: since(&bob).await },
    )
    .await;
    let wanted = RoleWanted { name: "Helper".into(), permissions: Permissions::of(&[Permission::ManagePeople]) };
    let helper = alice.client.create_role(&wanted).await.unwrap();
    alice.client.give_role(bob.user(), Role::Made(helper)).await.unwrap();
    let created_at = since(&bob).await;
    let standing = |name: &str| Standing {
        role: Role::Made(helper),
        role_name: Some(name.into()),
        permissions: vec![Permission::ManagePeople],
        role_waits: None,
        created_at,
    };
    stands(&bob, standing("Helper")).await;
    alice.client.change_role(helper, &RoleWanted { name: "Host".into(), ..wanted }).await.unwrap();
    stands(&bob, standing("Host")).await;
    let listed = bob.client.admin_people(&ListPeople::default()).await.unwrap();
    let reach: Vec<_> = listed.people.iter().map(|listed| (listed.person.username.as_str(), listed.within_reach)).collect();
    assert_eq!(reach, [("alice", false), ("bob", false)]);
    assert_eq!(listed.people[1].created_at, created_at);
    // What it does not allow is refused with words, and stays where it was tried.
    bob.client.start_direct(alice.user()).await.unwrap();
    bob.until("it is refused", async || {
        bob.client
            .list_outbox()
            .await
            .unwrap()
            .iter()
            .any(|item| matches!(&item.state, Delivery::Failed { problem } if problem.code == "not_allowed"))
    })
    .await;
    town.server_stops().await;
    bob.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    bob.restarts().await;
    stands(&bob, standing("Host")).await;
    assert_eq!(bob.client.admin_people(&ListPeople::default()).await.unwrap_err().code, "offline");
}

#[tokio::test]
async fn who_is_deactivated_keeps_everything_and_finds_it_again() {
    let mut town = Town::founded().await;
    let (alice, bob) = two(&town).await;
    bob.says(alice.user(), "before").await;
    let conversation = bob.direct(alice.user());
    alice.sees(conversation, "before").await;
    town.server_stops().await;
    bob.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    bob.says(alice.user(), "written on a train").await;
    town.server_starts().await;
    alice.is(Connection::Live).await;
    alice.sees(conversation, "written on a train").await;
    bob.outbox_empties().await;

    alice.client.administer(bob.user(), AccountDeed::Deactivate).await.unwrap();
    is_told(&bob, SignInReason::Deactivated).await;
    assert!(bob.profile_dir().join("replica.db").exists());
    let refused = bob.client.sign_in("bob", bob.password()).await.unwrap_err();
    assert_eq!(refused.code, "deactivated");
    // Nobody is signed in there who could say it.
    let listed = alice.client.admin_people(&ListPeople { q: "bob".into(), ..ListPeople::default() }).await.unwrap();
    let user = listed.people[0].person.user;
    alice.until("alice is told", async || alice.client.list_profiles(vec![user]).await.unwrap()[0].deactivated).await;
    alice.says(user, "for when you are back").await;
    alice.client.administer(user, AccountDeed::Reactivate).await.unwrap();
    comes_back(&bob).await;
    bob.sees(conversation, "for when you are back").await;
    alice.until("alice is told of that too", async || !alice.client.list_profiles(vec![user]).await.unwrap()[0].deactivated).await;
}

#[tokio::test]
async fn ones_own_account_waits_until_the_next_sign_in() {
    let town = Town::founded().await;
    let (alice, mut bob) = two(&town).await;
    let wrong = bob.client.deactivate_account(Zeroizing::new("not my password".into())).await.unwrap_err();
    assert_eq!(wrong.code, "wrong_credentials");
    assert_eq!(alice.client.deactivate_account(alice.password()).await.unwrap_err().code, "role_in_use", "the only admin");
    bob.says(alice.user(), "goodbye").await;
    bob.outbox_empties().await;
    bob.client.deactivate_account(bob.password()).await.unwrap();
    is_told(&bob, SignInReason::Deactivated).await;
    bob.restarts().await;
    is_told(&bob, SignInReason::Deactivated).await;
    comes_back(&bob).await;
    let conversation = bob.direct(alice.user());
    bob.sees(conversation, "goodbye").await;
    let listed = alice.client.admin_people(&ListPeople { q: "bob".into(), ..ListPeople::default() }).await.unwrap();
    assert_eq!(listed.people[0].deactivated, None);
}

#[tokio::test]
async fn an_invitation_leads_to_its_server_and_lets_in() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let mut settings = alice.client.server_settings().await.unwrap().settings;
    settings.sign_up = SignUpPolicy::Invited;
    assert_eq!(alice.client.change_server_settings(&settings).await.unwrap().settings, settings);
    let made = alice.client.create_server_invite(&CreateServerInvite { role: Role::Guest, lives_ms: DAY_MS, uses: 1 }).await.unwrap();
    assert!(made.link.starts_with("hearth://sign-up/"), "{}", made.link);

    let bob = Person::arrives("Bob").await;
    let without = bob.client.connect(&town.link()).await.unwrap();
    assert_eq!((without.accounts.sign_up, without.invite), (SignUpPolicy::Invited, None));
    assert_eq!(bob.sign_up_problem("bob", "bob keeps a secret", None).await.code, "invite_required");
    let server = bob.client.connect(&made.link).await.unwrap();
    let secret = server.invite.expect("the link's secret");
    let form = |invite: &str| SignUpForm {
        username: "bob".into(),
        first_name: "Bob".into(),
        last_name: String::new(),
        password: bob.password(),
        email: None,
        set_up_code: None,
        invite: Some(invite.into()),
    };
    assert_eq!(bob.client.sign_up(form("not one")).await.unwrap_err().code, "invite_required");
    bob.client.sign_up(form(&secret)).await.unwrap();
    stands(&bob, Standing { role: Role::Guest, role_name: None, permissions: vec![], role_waits: None, created_at: since(&bob).await })
        .await;
    assert_eq!(alice.client.server_invites().await.unwrap(), []);
    let acts = alice.client.audit_log(None).await.unwrap();
    assert_eq!(acts.entries.len(), 3, "founded, settings, invitation: {acts:?}");
    assert!(acts.entries.iter().all(|entry| entry.actor.as_ref().is_some_and(|actor| actor.username == "alice")));
}
