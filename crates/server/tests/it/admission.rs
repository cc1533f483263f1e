//! Who may sign up, and the settings that say so.

use crate::{
    administration::{audit, give, make_role},
    codes::{account, confirm, with_mail},
    host::{Database, Host, sign_up},
    person::Person,
};
use hearth_protocol::{
    account::{EmailPolicy, ServerInfo, SignUp, SignedIn},
    admin::{
        AuditAct, CreateServerInvite, LimitName, Rate, ServerInviteMade, ServerInvites, ServerSettings, SettingName, SettingsSeen,
        SignUpPolicy,
    },
    code::{ChangeEmail, CodePurpose},
    error::{ApiError, ErrorCode},
    role::{Permission, Role},
};
use serde_json::{Value, json};

on_both_databases!(
    settings_hold_at_once_and_after_a_restart,
    settings_that_make_no_sense_change_nothing,
    what_the_command_line_says_stays,
    an_invitation_lets_in_as_many_as_it_says,
    an_invitation_is_worth_what_its_maker_may_do,
    who_is_taken_by_their_address_is_a_guest_until_it_is_verified,
);

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

async fn settings(by: &Person) -> SettingsSeen {
    by.get("/v1/admin/settings").await.expect("the settings")
}

async fn change(by: &Person, change: impl FnOnce(&mut ServerSettings)) -> Result<Value, ApiError> {
    let mut wanted = settings(by).await.settings;
    change(&mut wanted);
    by.put("/v1/admin/settings", &wanted).await
}

async fn invite(by: &Person, role: Role, uses: u32) -> Result<ServerInviteMade, ApiError> {
    by.post("/v1/admin/invites", &CreateServerInvite { role, lives_ms: DAY_MS, uses }).await
}

async fn arrive(host: &Host, username: &str, secret: Option<&str>) -> Result<SignedIn, ApiError> {
    host.sign_up(&SignUp { invite: secret.map(str::to_owned), ..sign_up(username) }).await
}

fn code<T>(answer: Result<T, ApiError>) -> Option<ErrorCode> {
    answer.err().map(|error| error.code)
}

async fn settings_hold_at_once_and_after_a_restart(database: Database) {
    let mut host = Host::start(database).await;
    let ada = host.resident("ada").await;
    let bob = host.resident("bob").await;
    assert_eq!(code(bob.get::<SettingsSeen>("/v1/admin/settings").await), Some(ErrorCode::NotAllowed));
    assert_eq!(code(bob.put("/v1/admin/settings", &settings(&ada).await.settings).await), Some(ErrorCode::NotAllowed));
    let reader = make_role(&ada, "Reader", &[Permission::FindPeople]).await.unwrap();
    change(&ada, |settings| {
        settings.name = " The Cellar ".into();
        settings.password_chars_min = 40;
        settings.default_role = Role::Made(reader);
        settings.limits.insert(LimitName::PeopleSearch, Rate::new(1, 1));
    })
    .await
    .unwrap();
    let info: ServerInfo = host.get("/v1/server").await.unwrap();
    assert_eq!((info.name.as_str(), info.password_chars_min), ("The Cellar", 40));
    assert_eq!(code(host.sign_up(&sign_up("carol")).await), Some(ErrorCode::WeakPassword));
    change(&ada, |settings| settings.password_chars_min = 10).await.unwrap();
    let carol = host.resident("carol").await;
    assert_eq!(account(&carol).await.role_name.as_deref(), Some("Reader"));
    carol.get::<Value>("/v1/people?q=a").await.expect("once");
    assert_eq!(code(carol.get::<Value>("/v1/people?q=a").await), Some(ErrorCode::RateLimited));
    host.restart().await;
    let ada = ada.at(&host);
    let kept = settings(&ada).await.settings;
    assert_eq!((kept.name.as_str(), kept.default_role), ("The Cellar", Role::Made(reader)));
    assert_eq!(kept.limits[&LimitName::PeopleSearch], Rate::new(1, 1));
    let before = audit(&ada).await.len();
    change(&ada, |_| {}).await.unwrap();
    assert_eq!(audit(&ada).await.len(), before, "nothing was changed");
    let AuditAct::ChangeSettings { changes } = &audit(&ada).await[0].act else { panic!("no change") };
    assert_eq!((changes[0].setting, changes[0].from.as_str(), changes[0].to.as_str()), (SettingName::PasswordCharsMin, "40", "10"));
}

fn limit(settings: &mut ServerSettings, rate: Rate) {
    settings.limits.insert(LimitName::Pictures, rate);
}

async fn settings_that_make_no_sense_change_nothing(database: Database) {
    let host = Host::start(database).await;
    let ada = host.resident("ada").await;
    let before = settings(&ada).await;
    type Change = fn(&mut ServerSettings);
    let nonsense: [(Change, ErrorCode); 9] = [
        (|settings| settings.name = " \u{202e} ".into(), ErrorCode::BadRequest),
        (|settings| settings.mail_domains = vec!["example.org".into(), "not a domain".into()], ErrorCode::InvalidEmail),
        (
            |settings| {
                settings.mail_domains = vec!["example.org".into()];
                settings.email = EmailPolicy::Off;
            },
            ErrorCode::BadRequest,
        ),
        (|settings| settings.password_chars_min = 5, ErrorCode::BadRequest),
        (|settings| settings.default_role = Role::Admin, ErrorCode::BadRequest),
        (|settings| settings.default_role = Role::Made(hearth_protocol::ids::RoleId::new()), ErrorCode::NotFound),
        (|settings| settings.retention_days = Some(0), ErrorCode::BadRequest),
        (|settings| limit(settings, Rate::new(0, 1)), ErrorCode::BadRequest),
        (|settings| limit(settings, Rate::new(1, u32::MAX)), ErrorCode::BadRequest),
    ];
    for (nth, (make, error)) in nonsense.into_iter().enumerate() {
        let tried = change(&ada, |settings| {
            settings.sign_up = SignUpPolicy::Closed;
            make(settings);
        });
        assert_eq!(code(tried.await), Some(error), "number {nth}");
    }
    assert_eq!(settings(&ada).await, before);
}

async fn what_the_command_line_says_stays(database: Database) {
    let host = Host::start_with(database, |config| {
        config.name = "Fixed".into();
        config.fixed.insert(SettingName::Name);
    })
    .await;
    let ada = host.resident("ada").await;
    assert_eq!(settings(&ada).await.fixed, [SettingName::Name]);
    assert_eq!(code(change(&ada, |settings| settings.name = "Other".into()).await), Some(ErrorCode::SettingFixed));
    change(&ada, |settings| settings.sign_up = SignUpPolicy::Closed).await.unwrap();
    assert_eq!(code(arrive(&host, "bob", None).await), Some(ErrorCode::SignUpClosed));
}

async fn an_invitation_lets_in_as_many_as_it_says(database: Database) {
    let host = Host::start(database).await;
    let ada = host.resident("ada").await;
    change(&ada, |settings| settings.sign_up = SignUpPolicy::Invited).await.unwrap();
    assert_eq!(host.get::<ServerInfo>("/v1/server").await.unwrap().sign_up, SignUpPolicy::Invited);
    let made = invite(&ada, Role::Guest, 2).await.unwrap();
    assert_eq!(made.secret.len(), 43, "256 bits");
    let secret = Some(made.secret.as_str());
    assert_eq!(code(arrive(&host, "bob", None).await), Some(ErrorCode::InviteRequired));
    assert_eq!(code(arrive(&host, "bob", Some(&"x".repeat(43))).await), Some(ErrorCode::InviteRequired));
    assert_eq!(arrive(&host, "bob", secret).await.unwrap().account.role, Role::Guest);
    assert_eq!(code(arrive(&host, "bob", secret).await), Some(ErrorCode::UsernameTaken), "who is refused has used nothing up");
    // The last one, by two at once.
    let (one, other) = tokio::join!(arrive(&host, "carol", secret), arrive(&host, "dave", secret));
    let codes = [code(one), code(other)];
    assert!(codes.contains(&None) && codes.contains(&Some(ErrorCode::InviteRequired)), "{codes:?}");
    assert_eq!(ada.get::<ServerInvites>("/v1/admin/invites").await.unwrap().invites, []);

    let made = invite(&ada, Role::Member, 5).await.unwrap();
    let listed = ada.get::<ServerInvites>("/v1/admin/invites").await.unwrap().invites;
    assert_eq!(listed, std::slice::from_ref(&made.invite));
    ada.post::<Value>(&format!("/v1/admin/invites/{}/revoke", made.invite.id), &json!({})).await.unwrap();
    assert_eq!(code(arrive(&host, "erin", Some(&made.secret)).await), Some(ErrorCode::InviteRequired));
    let again: Result<Value, _> = ada.post(&format!("/v1/admin/invites/{}/revoke", made.invite.id), &json!({})).await;
    assert_eq!(code(again), Some(ErrorCode::NotFound));
    for wrong in [(Role::Member, 0, DAY_MS), (Role::Member, 1, 0), (Role::Member, 1, 91 * DAY_MS), (Role::Admin, 1, DAY_MS)] {
        let wanted = CreateServerInvite { role: wrong.0, uses: wrong.1, lives_ms: wrong.2 };
        assert_eq!(code(ada.post::<ServerInviteMade>("/v1/admin/invites", &wanted).await), Some(ErrorCode::BadRequest), "{wanted:?}");
    }
}

async fn an_invitation_is_worth_what_its_maker_may_do(database: Database) {
    let host = Host::start(database).await;
    let (ada, bob) = (host.resident("ada").await, host.resident("bob").await);
    assert_eq!(code(invite(&bob, Role::Guest, 1).await), Some(ErrorCode::NotAllowed));
    let inviter = make_role(&ada, "Inviter", &[Permission::InviteToServer]).await.unwrap();
    give(&ada, &bob, Role::Made(inviter)).await.unwrap();
    assert_eq!(code(invite(&bob, Role::Member, 1).await), Some(ErrorCode::NotAllowed), "members may more than bob");
    let made = invite(&bob, Role::Guest, 3).await.unwrap();
    change(&ada, |settings| settings.sign_up = SignUpPolicy::Invited).await.unwrap();
    arrive(&host, "carol", Some(&made.secret)).await.expect("good");
    give(&ada, &bob, Role::Member).await.unwrap();
    assert_eq!(code(arrive(&host, "dave", Some(&made.secret)).await), Some(ErrorCode::InviteRequired));
    assert_eq!(ada.get::<ServerInvites>("/v1/admin/invites").await.unwrap().invites, []);
    give(&ada, &bob, Role::Made(inviter)).await.unwrap();
    arrive(&host, "dave", Some(&made.secret)).await.expect("good again");
    ada.post::<Value>(&format!("/v1/admin/people/{}/deactivate", bob.user), &json!({})).await.unwrap();
    assert_eq!(code(arrive(&host, "erin", Some(&made.secret)).await), Some(ErrorCode::InviteRequired));
}

async fn who_is_taken_by_their_address_is_a_guest_until_it_is_verified(database: Database) {
    let (host, mut postbox) = with_mail(database).await;
    let ada = host.resident("ada").await;
    change(&ada, |settings| settings.mail_domains = vec!["@Example.ORG".into()]).await.unwrap();
    assert_eq!(settings(&ada).await.settings.mail_domains, ["example.org"]);
    let with = |username: &str, address: Option<&str>| SignUp { email: address.map(str::to_owned), ..sign_up(username) };
    for address in [None, Some("bob@example.net"), Some("bob@badexample.org")] {
        assert_eq!(code(host.sign_up(&with("bob", address)).await), Some(ErrorCode::InvalidEmail), "{address:?}");
    }
    let request = with("bob", Some("bob@mail.example.org"));
    let bob = Person::new(&host, host.sign_up(&request).await.unwrap(), request.device.id);
    let row = account(&bob).await;
    assert_eq!((row.role, row.role_waits), (Role::Guest, Some(Role::Member)));
    assert_eq!(code(bob.get::<Value>("/v1/people?q=ada").await), Some(ErrorCode::NotAllowed));
    let other = ChangeEmail { password: crate::host::PASSWORD.into(), email: "bob@example.net".into() };
    assert_eq!(code(bob.post::<Value>("/v1/email", &other).await), Some(ErrorCode::InvalidEmail));
    let letter = postbox.letter_to("bob@mail.example.org").await;
    confirm(&bob, CodePurpose::VerifyEmail, &letter.code()).await.unwrap();
    let row = account(&bob).await;
    assert_eq!((row.role, row.role_waits), (Role::Member, None));
    bob.get::<Value>("/v1/people?q=ada").await.expect("a member now");
    // Whom somebody has invited is let in by that.
    let made = invite(&ada, Role::Member, 1).await.unwrap();
    assert_eq!(arrive(&host, "carol", Some(&made.secret)).await.unwrap().account.role, Role::Member);
}
