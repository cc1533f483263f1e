//! Administration as the page sees it. What needs no words of the client's comes as the server tells it.

use super::PersonView;
use hearth_protocol::{
    Millis,
    admin::AuditAct,
    ids::ServerInviteId,
    role::{Permission, Role},
    rows::Deactivated,
};
use serde::Serialize;
use ts_rs::TS;

/// How I stand to the server, as this computer knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Standing {
    pub role: Role,
    /// Of a role that an admin made.
    pub role_name: Option<String>,
    pub permissions: Vec<Permission>,
    /// What I become when my address is verified.
    pub role_waits: Option<Role>,
    /// Since when I have an account there.
    #[ts(type = "number")]
    pub created_at: Millis,
}

/// An account, for those who manage people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct AdminPersonView {
    pub person: PersonView,
    pub role: Role,
    /// Of a role that an admin made.
    pub role_name: Option<String>,
    pub email: Option<String>,
    pub email_verified: bool,
    #[ts(type = "number")]
    pub created_at: Millis,
    #[ts(type = "number | null")]
    pub last_seen: Option<Millis>,
    pub deactivated: Option<Deactivated>,
    pub two_step: bool,
    /// Signed-in devices.
    pub devices: u32,
    /// Whether I may act on this account.
    pub within_reach: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct AdminPeoplePage {
    pub people: Vec<AdminPersonView>,
    /// What `after` is for the next page; null on the last one.
    pub next: Option<String>,
    /// How many there are in all.
    #[ts(type = "number")]
    pub count: u64,
}

/// An invitation to sign up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ServerInviteView {
    pub id: ServerInviteId,
    pub role: Role,
    /// Null: the owner at the server's computer.
    pub made_by: Option<PersonView>,
    #[ts(type = "number")]
    pub created_at: Millis,
    #[ts(type = "number")]
    pub expires_at: Millis,
    pub uses_left: u32,
}

/// A new one with its link, which is told this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct NewServerInvite {
    pub link: String,
    pub invite: ServerInviteView,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct AuditEntryView {
    #[ts(type = "number")]
    pub n: u64,
    #[ts(type = "number")]
    pub at: Millis,
    /// Null: the owner at the server's computer.
    pub actor: Option<PersonView>,
    pub subject: Option<PersonView>,
    pub act: AuditAct,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct AuditPageView {
    pub entries: Vec<AuditEntryView>,
    /// What `before` is for the next page; null on the last one.
    #[ts(type = "number | null")]
    pub next: Option<u64>,
}
