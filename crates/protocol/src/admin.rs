//! Administering a server: its people, roles, settings and invitations, and what was done in that. JSON beside sync, for those whose role
//! allows it; the owner does the same with `hearthd admin`.

use crate::{
    Millis,
    account::EmailPolicy,
    ids::{RoleId, ServerInviteId},
    role::{Permissions, Role},
    rows::{Deactivated, Email, Person},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// `GET /v1/admin/people`: everybody with an account, by username.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListPeople {
    /// Words that start usernames, names or addresses; empty for everybody.
    #[serde(default)]
    pub q: String,
    #[serde(default)]
    pub state: PeopleState,
    /// `next` of the page before.
    #[serde(default)]
    pub after: Option<String>,
}

/// Which accounts are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum PeopleState {
    #[default]
    All,
    Active,
    Deactivated,
}

/// A page of them, at most `limits::ADMIN_PAGE` long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleListed {
    pub people: Vec<PersonListed>,
    /// Where the next page begins; null on the last one.
    pub next: Option<String>,
    /// How many fit in all.
    pub count: u64,
}

/// An account as those see it who manage people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonListed {
    #[serde(flatten)]
    pub person: Person,
    pub role: Role,
    /// Of a role that was made.
    pub role_name: Option<String>,
    pub email: Option<Email>,
    pub created_at: Millis,
    pub last_seen: Option<Millis>,
    pub deactivated: Option<Deactivated>,
    pub two_step: bool,
    /// Signed-in devices.
    pub devices: u32,
    /// Whether whoever asks may act on this account: not on one whose role allows more than one's own, and not on one's own.
    pub within_reach: bool,
}

/// `POST /v1/admin/people/{id}/role`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiveRole {
    pub role: Role,
}

/// The answer to `POST /v1/admin/people/{id}/reset`: told once, to be passed on to its person. A new password ends their sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ResetMade {
    /// What the app's page for forgotten passwords asks for.
    pub code: String,
    /// ms
    #[ts(type = "number")]
    pub expires_at: Millis,
    /// Whether it went to the person's verified address as well.
    pub mailed: bool,
}

/// The answer to `GET /v1/admin/roles`: the built-in ones first, then by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RolesListed {
    pub roles: Vec<RoleListed>,
}

/// A role and who has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RoleListed {
    pub role: Role,
    /// Empty for the built-in ones, which each app names in its language.
    pub name: String,
    pub permissions: Permissions,
    pub people: u32,
    /// Whether whoever asks may give, change and delete it: it allows no more than their own.
    pub within_reach: bool,
}

/// `POST /v1/admin/roles` for a new one, `PUT /v1/admin/roles/{id}` to change one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleWanted {
    pub name: String,
    pub permissions: Permissions,
}

/// The answer to a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleMade {
    pub id: RoleId,
}

/// What the people who manage a server decide about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ServerSettings {
    /// What people see as the server's name.
    pub name: String,
    pub sign_up: SignUpPolicy,
    /// Addresses of new people have one of these domains, or one below it; empty: any.
    pub mail_domains: Vec<String>,
    pub email: EmailPolicy,
    /// Characters that a new password has at least.
    pub password_chars_min: u32,
    /// What new people are who bring no invitation that says otherwise. Never admins.
    pub default_role: Role,
    /// Messages are kept for so many days; null: for ever.
    pub retention_days: Option<u32>,
    /// How often somebody may do what costs.
    pub limits: BTreeMap<LimitName, Rate>,
}

/// Who may sign up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SignUpPolicy {
    #[default]
    Open,
    /// Who brings an invitation.
    Invited,
    Closed,
}

/// So many at once, then so many a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Rate {
    pub burst: u32,
    pub per_minute: u32,
}

impl Rate {
    /// The most that either may be: no limit that anybody would notice.
    pub const MAX: Self = Self::new(1_000_000, 60_000_000);

    pub const fn new(burst: u32, per_minute: u32) -> Self {
        Self { burst, per_minute }
    }

    pub const fn unlimited() -> Self {
        Self::MAX
    }
}

/// What a [`Rate`] limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LimitName {
    /// Trying passwords and codes for one account.
    SignInPerAccount,
    /// The same from one address.
    SignInPerAddress,
    /// The same by one device.
    SignInPerDevice,
    /// New accounts from one address.
    SignUpPerAddress,
    /// Codes asked for by one person.
    CodesPerAccount,
    /// Searches for people by one person.
    PeopleSearch,
    /// Links and invitations that one person makes or tries.
    InviteLinks,
    /// Pictures that one person uploads.
    Pictures,
}

impl LimitName {
    pub const EVERY: &'static [Self] = &[
        Self::SignInPerAccount,
        Self::SignInPerAddress,
        Self::SignInPerDevice,
        Self::SignUpPerAddress,
        Self::CodesPerAccount,
        Self::PeopleSearch,
        Self::InviteLinks,
        Self::Pictures,
    ];
}

/// The answer to `GET /v1/admin/settings`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SettingsSeen {
    pub settings: ServerSettings,
    /// Those that the command line says, so that nobody changes them here.
    pub fixed: Vec<SettingName>,
}

/// A field of [`ServerSettings`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SettingName {
    Name,
    SignUp,
    MailDomains,
    Email,
    PasswordCharsMin,
    DefaultRole,
    RetentionDays,
    Limits,
}

impl SettingName {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::SignUp => "sign_up",
            Self::MailDomains => "mail_domains",
            Self::Email => "email",
            Self::PasswordCharsMin => "password_chars_min",
            Self::DefaultRole => "default_role",
            Self::RetentionDays => "retention_days",
            Self::Limits => "limits",
        }
    }
}

/// `POST /v1/admin/invites`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateServerInvite {
    pub role: Role,
    /// How long it is good, up to `limits::INVITE_LINK_MS_MAX`.
    pub lives_ms: i64,
    /// How many may sign up by it, up to `limits::INVITE_LINK_USES_MAX`.
    pub uses: u32,
}

/// The answer: the one time that the secret is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerInviteMade {
    pub secret: String,
    pub invite: ServerInvite,
}

/// An invitation to sign up that is good, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerInvite {
    pub id: ServerInviteId,
    pub role: Role,
    /// Who made it; null for the owner at the server's computer.
    pub created_by: Option<Person>,
    pub created_at: Millis,
    pub expires_at: Millis,
    pub uses_left: u32,
}

/// The answer to `GET /v1/admin/invites`: those that are good, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerInvites {
    pub invites: Vec<ServerInvite>,
}

/// `GET /v1/admin/audit?before=`: what was done, the newest first, at most `limits::ADMIN_PAGE` of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    pub entries: Vec<AuditEntry>,
    /// `before` of the next page; null on the last one.
    pub next: Option<u64>,
}

/// An administrative act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Counts from 1.
    pub n: u64,
    pub at: Millis,
    /// Who did it; null for the owner at the server's computer.
    pub actor: Option<Person>,
    /// Whom it concerns.
    pub subject: Option<Person>,
    pub act: AuditAct,
}

/// What was done. Words from a newer server are `unknown`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AuditAct {
    /// The first admin founded the server.
    Found,
    GiveRole {
        from: RoleNamed,
        to: RoleNamed,
    },
    Deactivate,
    Reactivate,
    /// A code for a new password was made.
    MakeReset,
    SignOutEverywhere,
    TurnOffTwoStep,
    CreateRole {
        name: String,
        permissions: Permissions,
    },
    ChangeRole {
        before: String,
        name: String,
        permissions: Permissions,
    },
    DeleteRole {
        name: String,
    },
    ChangeSettings {
        changes: Vec<SettingChange>,
    },
    CreateInvite {
        role: RoleNamed,
        uses: u32,
    },
    RevokeInvite,
    #[serde(other)]
    Unknown,
}

/// A role as it was called then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RoleNamed {
    pub role: Role,
    /// Empty for the built-in ones.
    pub name: String,
}

/// A setting that became another; both as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SettingChange {
    pub setting: SettingName,
    pub from: String,
    pub to: String,
}
