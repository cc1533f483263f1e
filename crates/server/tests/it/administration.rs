//! Administering people and roles: who may, what it does to whom it concerns, and what is written of it.

use crate::{
    codes::account,
    host::{Database, Host, PASSWORD, device},
    person::{Person, texts},
    profiles::profile,
    socket::Socket,
};
use hearth_protocol::{
    account::{DeactivateAccount, PeopleFound, SignIn},
    admin::{
        AuditAct, AuditEntry, AuditPage, GiveRole, PeopleListed, PersonListed, ResetMade, RoleListed, RoleMade, RoleWanted, RolesListed,
    },
    code::ResetPassword,
    devices::DevicesSeen,
    error::{ApiError, ErrorCode},
    frame::ServerFrame,
    ids::{ConversationId, DeviceId, GroupId, InvitationId, MutationId, RoleId},
    mutations::{CreateDirect, CreateGroup, RequestFriend},
    role::{Permission, Permissions, Role},
};
use hearth_server::{Installation, owner::Owner};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

on_both_databases!(
    a_role_that_was_made_allows_what_it_says_and_no_more,
    nobody_rises_above_those_who_let_them_in,
    the_last_admin_stays,
    two_admins_cannot_both_go,
    guests_begin_nothing,
    who_is_deactivated_is_out_at_once_and_comes_back_whole,
    one_deactivates_oneself_until_the_next_sign_in,
    nobody_new_reaches_who_is_deactivated,
    a_code_for_a_new_password_is_passed_on,
    everybody_is_listed_by_pages_and_words,
    every_act_is_in_the_audit_log,
    the_owner_administers_beside_the_server,
);

pub async fn people(by: &Person, query: &str) -> Result<PeopleListed, ApiError> {
    by.get(&format!("/v1/admin/people?{query}")).await
}

async fn listed(by: &Person, username: &str) -> PersonListed {
    let found = people(by, &format!("q={username}")).await.expect("a list").people;
    found.into_iter().find(|listed| listed.person.username == username).expect("somebody of this name")
}

pub async fn give(by: &Person, to: &Person, role: Role) -> Result<Value, ApiError> {
    by.post(&format!("/v1/admin/people/{}/role", to.user), &GiveRole { role }).await
}

async fn does(by: &Person, to: &Person, verb: &str) -> Result<Value, ApiError> {
    by.post(&format!("/v1/admin/people/{}/{verb}", to.user), &json!({})).await
}

pub async fn roles(by: &Person) -> Result<Vec<RoleListed>, ApiError> {
    by.get::<RolesListed>("/v1/admin/roles").await.map(|listed| listed.roles)
}

pub async fn make_role(by: &Person, name: &str, permissions: &[Permission]) -> Result<RoleId, ApiError> {
    let wanted = RoleWanted { name: name.into(), permissions: Permissions::of(permissions) };
    by.post::<RoleMade>("/v1/admin/roles", &wanted).await.map(|made| made.id)
}

async fn change_role(by: &Person, id: RoleId, name: &str, permissions: &[Permission]) -> Result<Value, ApiError> {
    by.put(&format!("/v1/admin/roles/{id}"), &RoleWanted { name: name.into(), permissions: Permissions::of(permissions) }).await
}

pub async fn delete_role(by: &Person, id: RoleId) -> Result<Value, ApiError> {
    crate::host::answer(by.http.delete(format!("{}/v1/admin/roles/{id}", by.base)).bearer_auth(&by.token)).await
}

pub async fn audit(by: &Person) -> Vec<AuditEntry> {
    by.get::<AuditPage>("/v1/admin/audit").await.expect("the log").entries
}

fn code<T>(answer: Result<T, ApiError>) -> Option<ErrorCode> {
    answer.err().map(|error| error.code)
}

/// The first is the admin.
async fn three(host: &Host) -> (Person, Person, Person) {
    (host.resident("ada").await, host.resident("bob").await, host.resident("carol").await)
}

async fn a_role_that_was_made_allows_what_it_says_and_no_more(database: Database) {
    let host = Host::start(database).await;
    let (ada, bob, carol) = three(&host).await;
    assert_eq!(code(people(&bob, "").await), Some(ErrorCode::NotAllowed));
    let helper = make_role(&ada, " Helper ", &[Permission::ManagePeople]).await.unwrap();
    assert_eq!(code(make_role(&ada, "HELPER", &[]).await), Some(ErrorCode::BadRequest), "a name is one role's");
    assert_eq!(code(make_role(&ada, "  ", &[]).await), Some(ErrorCode::InvalidName));
    give(&ada, &bob, Role::Made(helper)).await.unwrap();
    let row = account(&bob).await;
    assert_eq!((row.role, row.role_name.as_deref()), (Role::Made(helper), Some("Helper")));
    assert_eq!(row.permissions, Permissions::of(&[Permission::ManagePeople]));
    assert_eq!(people(&bob, "").await.unwrap().count, 3);
    // It does not allow what members may.
    assert_eq!(code(bob.get::<PeopleFound>("/v1/people?q=carol").await), Some(ErrorCode::NotAllowed));
    let direct = CreateDirect { conversation: ConversationId::direct(bob.user, carol.user), peer: carol.user };
    assert_eq!(code(bob.perform(MutationId::new(), direct.into()).await), Some(ErrorCode::NotAllowed));
    for (path, error) in [("/v1/admin/settings", ErrorCode::NotAllowed), ("/v1/admin/audit", ErrorCode::NotAllowed)] {
        assert_eq!(code(bob.get::<Value>(path).await), Some(error), "{path}");
    }

    change_role(&ada, helper, "Host", &[Permission::ManagePeople, Permission::StartConversations]).await.unwrap();
    let row = account(&bob).await;
    assert_eq!(row.role_name.as_deref(), Some("Host"), "who has it is told");
    assert!(row.permissions.has(Permission::StartConversations));
    bob.direct(&carol).await;
    change_role(&ada, helper, "Host", &[Permission::ManagePeople]).await.unwrap();
    let group = CreateGroup { group: GroupId::new(), name: "Bakers".into(), about: String::new() };
    assert_eq!(code(bob.perform(MutationId::new(), group.into()).await), Some(ErrorCode::NotAllowed));

    assert_eq!(code(delete_role(&ada, helper).await), Some(ErrorCode::RoleInUse));
    give(&ada, &bob, Role::Member).await.unwrap();
    delete_role(&ada, helper).await.unwrap();
    assert_eq!(code(delete_role(&ada, helper).await), Some(ErrorCode::NotFound));
    assert_eq!(code(give(&ada, &bob, Role::Made(helper)).await), Some(ErrorCode::NotFound));
    let row = account(&bob).await;
    assert_eq!((row.role, row.role_name), (Role::Member, None));
}

async fn nobody_rises_above_those_who_let_them_in(database: Database) {
    let host = Host::start(database).await;
    let (ada, bob, carol) = three(&host).await;
    let helper = make_role(&ada, "Helper", &[Permission::ManagePeople, Permission::ManageRoles]).await.unwrap();
    give(&ada, &bob, Role::Made(helper)).await.unwrap();
    assert_eq!(code(give(&bob, &carol, Role::Guest).await), Some(ErrorCode::NotAllowed), "members may what bob may not");
    assert_eq!(code(give(&bob, &bob, Role::Admin).await), Some(ErrorCode::NotAllowed));
    assert_eq!(code(does(&bob, &ada, "deactivate").await), Some(ErrorCode::NotAllowed));
    assert_eq!(code(does(&bob, &ada, "reset").await), Some(ErrorCode::NotAllowed));
    assert_eq!(code(change_role(&bob, helper, "Helper", Permission::EVERY).await), Some(ErrorCode::NotAllowed));
    assert_eq!(code(make_role(&bob, "Queen", &[Permission::ManageSettings]).await), Some(ErrorCode::NotAllowed));
    assert!(!listed(&bob, "ada").await.within_reach && !listed(&bob, "bob").await.within_reach);
    assert!(!listed(&ada, "ada").await.within_reach && listed(&ada, "bob").await.within_reach);
    give(&ada, &carol, Role::Guest).await.unwrap();
    assert!(listed(&bob, "carol").await.within_reach);
    give(&bob, &carol, Role::Made(helper)).await.unwrap();
    assert_eq!(code(give(&bob, &carol, Role::Admin).await), Some(ErrorCode::NotAllowed));
    let reach: Vec<_> = roles(&bob).await.unwrap().into_iter().map(|listed| (listed.role, listed.within_reach)).collect();
    assert_eq!(reach, [(Role::Admin, false), (Role::Member, false), (Role::Guest, true), (Role::Made(helper), true)]);
    // Nobody acts on themselves by mistake, and a role that was taken away takes its might with it at once.
    assert_eq!(code(does(&ada, &ada, "sign-out").await), Some(ErrorCode::NotAllowed));
    give(&ada, &bob, Role::Member).await.unwrap();
    assert_eq!(code(give(&bob, &carol, Role::Guest).await), Some(ErrorCode::NotAllowed));
}

async fn the_last_admin_stays(database: Database) {
    let host = Host::start(database).await;
    let ada = host.resident("ada").await;
    let beside = Installation::open(&host.config).await.unwrap();
    let owner = Owner::new(&beside, &host.config);
    assert_eq!(code(owner.give_role(ada.user, Role::Member).await), Some(ErrorCode::RoleInUse), "nobody else is here yet");
    let bob = host.resident("bob").await;
    assert_eq!(code(owner.give_role(ada.user, Role::Member).await), Some(ErrorCode::RoleInUse));
    assert_eq!(code(owner.deactivate(ada.user).await), Some(ErrorCode::RoleInUse));
    let wish = DeactivateAccount { password: PASSWORD.into() };
    assert_eq!(code(ada.post::<Value>("/v1/account/deactivate", &wish).await), Some(ErrorCode::RoleInUse));
    give(&ada, &bob, Role::Admin).await.unwrap();
    // Now there are two; an admin who is deactivated does not count.
    give(&bob, &ada, Role::Member).await.unwrap();
    assert_eq!(code(owner.give_role(bob.user, Role::Member).await), Some(ErrorCode::RoleInUse));
    drop(owner);
    beside.close().await;
}

async fn two_admins_cannot_both_go(database: Database) {
    let host = Host::start(database).await;
    let (ada, bob, _) = three(&host).await;
    give(&ada, &bob, Role::Admin).await.unwrap();
    let (one, other) = tokio::join!(give(&ada, &bob, Role::Member), give(&bob, &ada, Role::Member));
    assert_eq!([one.is_ok(), other.is_ok()].iter().filter(|done| **done).count(), 1, "{one:?} {other:?}");
    let by = if one.is_ok() { &ada } else { &bob };
    assert_eq!(roles(by).await.unwrap()[0].people, 1);
}

async fn guests_begin_nothing(database: Database) {
    let host = Host::start(database).await;
    let (ada, bob, carol) = three(&host).await;
    let known = bob.direct(&carol).await;
    give(&ada, &bob, Role::Guest).await.unwrap();
    assert_eq!(code(bob.get::<PeopleFound>("/v1/people?q=ada").await), Some(ErrorCode::NotAllowed));
    let direct = CreateDirect { conversation: ConversationId::direct(bob.user, ada.user), peer: ada.user };
    assert_eq!(code(bob.perform(MutationId::new(), direct.into()).await), Some(ErrorCode::NotAllowed));
    let group = CreateGroup { group: GroupId::new(), name: "Bakers".into(), about: String::new() };
    assert_eq!(code(bob.perform(MutationId::new(), group.into()).await), Some(ErrorCode::NotAllowed));
    // Where they are, and where others take them, they are like everybody.
    bob.send(known, "still here").await;
    bob.direct(&carol).await;
    let taken = ada.group("Cellar", &[&bob], true).await;
    bob.send(taken, "thank you").await;
}

/// The words with which a socket is closed.
async fn last_word(socket: &mut Socket) -> ApiError {
    socket
        .until(|frame| match frame {
            ServerFrame::Bye { error, .. } => error,
            _ => None,
        })
        .await
}

async fn who_is_deactivated_is_out_at_once_and_comes_back_whole(database: Database) {
    let host = Host::start(database).await;
    let (ada, bob, carol) = three(&host).await;
    let conversation = carol.direct(&bob).await;
    carol.send(conversation, "before").await;
    assert!(profile(&carol, &bob).await.is_none_or(|profile| !profile.deactivated));
    let mut socket = bob.socket().await;
    let asked = Instant::now();
    does(&ada, &bob, "deactivate").await.unwrap();
    assert_eq!(last_word(&mut socket).await.code, ErrorCode::Deactivated);
    assert!(asked.elapsed() < Duration::from_secs(1));
    assert_eq!(code(bob.get::<DevicesSeen>("/v1/devices").await), Some(ErrorCode::Deactivated), "the same over HTTP");
    assert_eq!(code(host.sign_in("bob", PASSWORD).await), Some(ErrorCode::Deactivated));
    assert_eq!(code(host.sign_in("bob", "not this one").await), Some(ErrorCode::WrongCredentials), "only who knows the password is told");
    let shown = listed(&ada, "bob").await;
    assert!(shown.deactivated.is_some_and(|deactivated| !deactivated.by_oneself));
    assert_eq!(shown.devices, 0);
    assert!(profile(&carol, &bob).await.unwrap().deactivated, "those who know them are told");
    carol.send(conversation, "meanwhile").await;

    does(&ada, &bob, "reactivate").await.unwrap();
    let bob = host.returning("bob").await;
    assert_eq!(texts(&bob.messages(conversation).await), ["before", "meanwhile"]);
    assert!(!profile(&carol, &bob).await.unwrap().deactivated);
}

async fn one_deactivates_oneself_until_the_next_sign_in(database: Database) {
    let mut host = Host::start(database).await;
    let (ada, bob, _) = three(&host).await;
    let wish = |password: &str| DeactivateAccount { password: password.into() };
    assert_eq!(code(bob.post::<Value>("/v1/account/deactivate", &wish("wrong")).await), Some(ErrorCode::WrongCredentials));
    let other = host.returning("bob").await;
    let mut socket = other.socket().await;
    bob.post::<Value>("/v1/account/deactivate", &wish(PASSWORD)).await.unwrap();
    assert_eq!(last_word(&mut socket).await.code, ErrorCode::Deactivated);
    assert!(listed(&ada, "bob").await.deactivated.unwrap().by_oneself);
    host.restart().await;
    let ada = ada.at(&host);
    let bob = host.returning("bob").await;
    assert_eq!(listed(&ada, "bob").await.deactivated, None);
    assert_eq!(account(&bob).await.deactivated, None);
    // An admin's word is not undone that way, neither when it comes on top.
    bob.post::<Value>("/v1/account/deactivate", &wish(PASSWORD)).await.unwrap();
    does(&ada, &bob, "reactivate").await.unwrap();
    does(&ada, &bob, "deactivate").await.unwrap();
    assert_eq!(code(host.sign_in("bob", PASSWORD).await), Some(ErrorCode::Deactivated));
    let acts: Vec<_> = audit(&ada).await.into_iter().map(|entry| entry.act).collect();
    assert_eq!(acts, [AuditAct::Deactivate, AuditAct::Reactivate, AuditAct::Found], "what people do to their own is no administration");
}

async fn nobody_new_reaches_who_is_deactivated(database: Database) {
    let host = Host::start(database).await;
    let (ada, bob, carol) = three(&host).await;
    does(&ada, &bob, "deactivate").await.unwrap();
    assert_eq!(carol.get::<PeopleFound>("/v1/people?q=bob").await.unwrap().people, []);
    let direct = CreateDirect { conversation: ConversationId::direct(carol.user, bob.user), peer: bob.user };
    assert_eq!(code(carol.perform(MutationId::new(), direct.into()).await), Some(ErrorCode::NotFound));
    let friend = RequestFriend { id: InvitationId::friend(carol.user, bob.user), to: bob.user, note: String::new() };
    assert_eq!(code(carol.perform(MutationId::new(), friend.into()).await), Some(ErrorCode::NotFound));
    does(&ada, &bob, "reactivate").await.unwrap();
    carol.direct(&bob).await;
}

async fn a_code_for_a_new_password_is_passed_on(database: Database) {
    let host = Host::start(database).await;
    let (ada, bob, _) = three(&host).await;
    let made: ResetMade = ada.post(&format!("/v1/admin/people/{}/reset", bob.user), &json!({})).await.unwrap();
    assert!(!made.mailed, "there is no mail server here");
    bob.get::<DevicesSeen>("/v1/devices").await.expect("nothing has changed yet");
    let password = "a much longer secret".to_owned();
    let reset = ResetPassword { username: "bob".into(), code: made.code, password: password.clone(), device: DeviceId::new() };
    host.post::<Value>("/v1/password/reset", &reset).await.unwrap();
    assert_eq!(code(host.post::<Value>("/v1/password/reset", &reset).await), Some(ErrorCode::WrongCode), "once");
    assert_eq!(code(bob.get::<DevicesSeen>("/v1/devices").await), Some(ErrorCode::Unauthorized), "it may have been somebody else");
    assert!(host.sign_in("bob", &password).await.is_ok());
    let device = device();
    let request = SignIn { username: "bob".into(), password: password.clone(), device: device.clone() };
    let bob = Person::new(&host, host.post("/v1/sign-in", &request).await.unwrap(), device.id);
    let mut socket = bob.socket().await;
    does(&ada, &bob, "sign-out").await.unwrap();
    assert_eq!(socket.end().await, ServerFrame::Revoked);
    assert!(host.sign_in("bob", &password).await.is_ok(), "and in again");
    let missing: Result<Value, _> = ada.post(&format!("/v1/admin/people/{}/reset", hearth_protocol::ids::UserId::new()), &json!({})).await;
    assert_eq!(code(missing), Some(ErrorCode::NotFound));
}

async fn everybody_is_listed_by_pages_and_words(database: Database) {
    let host = Host::start(database).await;
    let ada = host.resident("ada").await;
    let beside = Installation::open(&host.config).await.unwrap();
    for n in 0..60 {
        host.resident(&format!("guest{n:02}")).await;
    }
    beside.close().await;
    let first = people(&ada, "").await.unwrap();
    assert_eq!((first.people.len(), first.count), (50, 61));
    let next = first.next.expect("more");
    let second = people(&ada, &format!("after={next}")).await.unwrap();
    assert_eq!((second.people.len(), second.next), (11, None));
    let mut names: Vec<_> = first.people.iter().chain(&second.people).map(|listed| listed.person.username.clone()).collect();
    assert!(names.is_sorted());
    names.dedup();
    assert_eq!(names.len(), 61);
    assert_eq!(people(&ada, "q=GUEST0").await.unwrap().count, 10);
    assert_eq!(people(&ada, "q=100%25").await.unwrap().count, 0, "a sign of the database's own is a sign like others");
    let guest = host.returning("guest07").await;
    does(&ada, &guest, "deactivate").await.unwrap();
    assert_eq!(people(&ada, "state=deactivated").await.unwrap().count, 1);
    assert_eq!(people(&ada, "state=active").await.unwrap().count, 60);
}

async fn every_act_is_in_the_audit_log(database: Database) {
    let host = Host::start(database).await;
    let (ada, bob, carol) = three(&host).await;
    let helper = make_role(&ada, "Helper", &[]).await.unwrap();
    change_role(&ada, helper, "Host", &[]).await.unwrap();
    give(&ada, &bob, Role::Made(helper)).await.unwrap();
    give(&ada, &bob, Role::Made(helper)).await.unwrap();
    does(&ada, &bob, "reset").await.unwrap();
    does(&ada, &bob, "sign-out").await.unwrap();
    does(&ada, &bob, "two-step-off").await.unwrap();
    assert_eq!(code(give(&carol, &bob, Role::Admin).await), Some(ErrorCode::NotAllowed));
    give(&ada, &bob, Role::Member).await.unwrap();
    delete_role(&ada, helper).await.unwrap();
    let entries = audit(&ada).await;
    let words: Vec<_> =
        entries.iter().map(|entry| serde_json::to_value(&entry.act).unwrap()["kind"].as_str().unwrap().to_owned()).collect();
    assert_eq!(
        words,
        ["delete_role", "give_role", "sign_out_everywhere", "make_reset", "give_role", "change_role", "create_role", "found"],
        "what changes nothing and what is refused is not there"
    );
    let numbers: Vec<_> = entries.iter().map(|entry| entry.n).collect();
    assert_eq!(numbers, [8, 7, 6, 5, 4, 3, 2, 1]);
    let given = &entries[4];
    assert_eq!((given.actor.as_ref().unwrap().user, given.subject.as_ref().unwrap().user), (ada.user, bob.user));
    let AuditAct::GiveRole { from, to } = &given.act else { panic!("{given:?}") };
    assert_eq!((from.role, to.role, to.name.as_str()), (Role::Member, Role::Made(helper), "Host"));
    for n in 0..60 {
        give(&ada, &bob, if n % 2 == 0 { Role::Guest } else { Role::Member }).await.unwrap();
    }
    let page: AuditPage = ada.get("/v1/admin/audit").await.unwrap();
    let rest: AuditPage = ada.get(&format!("/v1/admin/audit?before={}", page.next.unwrap())).await.unwrap();
    assert_eq!((page.entries.len(), rest.entries.len(), rest.next), (50, 18, None));
    let bob = host.returning("bob").await;
    assert_eq!(code(bob.get::<AuditPage>("/v1/admin/audit").await), Some(ErrorCode::NotAllowed));
}

async fn the_owner_administers_beside_the_server(database: Database) {
    let host = Host::start(database).await;
    let (ada, bob, _) = three(&host).await;
    let mut socket = bob.socket().await;
    let beside = Installation::open(&host.config).await.unwrap();
    let owner = Owner::new(&beside, &host.config);
    let found = owner.find("BOB").await.unwrap().unwrap();
    owner.deactivate(found).await.unwrap();
    assert_eq!(last_word(&mut socket).await.code, ErrorCode::Deactivated, "the server that runs hears of it");
    owner.reactivate(found).await.unwrap();
    let again = host.returning("bob").await;
    owner.give_role(found, Role::Guest).await.unwrap();
    assert_eq!(account(&again).await.role, Role::Guest);
    assert_eq!(code(again.get::<PeopleFound>("/v1/people?q=ada").await), Some(ErrorCode::NotAllowed));
    let direct = CreateDirect { conversation: ConversationId::direct(bob.user, ada.user), peer: ada.user };
    assert_eq!(
        code(again.perform(MutationId::new(), direct.into()).await),
        Some(ErrorCode::NotAllowed),
        "what it knew by heart is outdated"
    );
    let mut settings = owner.settings().await.unwrap().settings;
    settings.name = "The Cellar".into();
    owner.change_settings(settings).await.unwrap();
    let by = audit(&ada).await.into_iter().take(4).map(|entry| entry.actor).collect::<Vec<_>>();
    assert_eq!(by, [None, None, None, None], "the owner has no account");
    drop(owner);
    beside.close().await;
    // With the next heartbeat.
    let info = loop {
        let info: hearth_protocol::account::ServerInfo = host.get("/v1/server").await.unwrap();
        if info.name == "The Cellar" {
            break info;
        }
        tokio::task::yield_now().await;
    };
    assert!(!info.needs_set_up);
}
