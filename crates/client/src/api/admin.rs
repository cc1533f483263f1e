//! Administration.

use super::{Api, Failure, answer};
use hearth_protocol::{
    admin::{
        AuditPage, CreateServerInvite, GiveRole, ListPeople, PeopleListed, ResetMade, RoleMade, RoleWanted, RolesListed, ServerInviteMade,
        ServerInvites, ServerSettings, SettingsSeen,
    },
    ids::{RoleId, ServerInviteId, UserId},
    role::Role,
};
use reqwest::Method;
use serde::{
    Serialize,
    de::{DeserializeOwned, IgnoredAny},
};

/// What is done to somebody's account and answers nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountDeed {
    Deactivate,
    Reactivate,
    SignOut,
    TurnOffTwoStep,
}

impl Api {
    pub async fn admin_people(&self, wanted: &ListPeople) -> Result<PeopleListed, Failure> {
        answer(self.request(Method::GET, "/v1/admin/people").query(wanted).send().await).await
    }

    pub async fn give_role(&self, user: UserId, role: Role) -> Result<(), Failure> {
        self.post::<_, IgnoredAny>(&format!("/v1/admin/people/{user}/role"), &GiveRole { role }).await.map(|_| ())
    }

    pub async fn administer(&self, user: UserId, deed: AccountDeed) -> Result<(), Failure> {
        let verb = match deed {
            AccountDeed::Deactivate => "deactivate",
            AccountDeed::Reactivate => "reactivate",
            AccountDeed::SignOut => "sign-out",
            AccountDeed::TurnOffTwoStep => "two-step-off",
        };
        self.post::<_, IgnoredAny>(&format!("/v1/admin/people/{user}/{verb}"), &serde_json::json!({})).await.map(|_| ())
    }

    pub async fn make_reset(&self, user: UserId) -> Result<ResetMade, Failure> {
        self.post(&format!("/v1/admin/people/{user}/reset"), &serde_json::json!({})).await
    }

    pub async fn roles(&self) -> Result<RolesListed, Failure> {
        answer(self.request(Method::GET, "/v1/admin/roles").send().await).await
    }

    pub async fn create_role(&self, wanted: &RoleWanted) -> Result<RoleMade, Failure> {
        self.post("/v1/admin/roles", wanted).await
    }

    pub async fn change_role(&self, id: RoleId, wanted: &RoleWanted) -> Result<(), Failure> {
        self.put::<_, IgnoredAny>(&format!("/v1/admin/roles/{id}"), wanted).await.map(|_| ())
    }

    pub async fn delete_role(&self, id: RoleId) -> Result<(), Failure> {
        answer::<IgnoredAny>(self.request(Method::DELETE, &format!("/v1/admin/roles/{id}")).send().await).await.map(|_| ())
    }

    pub async fn settings(&self) -> Result<SettingsSeen, Failure> {
        answer(self.request(Method::GET, "/v1/admin/settings").send().await).await
    }

    pub async fn change_settings(&self, wanted: &ServerSettings) -> Result<SettingsSeen, Failure> {
        self.put("/v1/admin/settings", wanted).await
    }

    pub async fn server_invites(&self) -> Result<ServerInvites, Failure> {
        answer(self.request(Method::GET, "/v1/admin/invites").send().await).await
    }

    pub async fn create_server_invite(&self, wanted: &CreateServerInvite) -> Result<ServerInviteMade, Failure> {
        self.post("/v1/admin/invites", wanted).await
    }

    pub async fn revoke_server_invite(&self, id: ServerInviteId) -> Result<(), Failure> {
        self.post::<_, IgnoredAny>(&format!("/v1/admin/invites/{id}/revoke"), &serde_json::json!({})).await.map(|_| ())
    }

    pub async fn audit_log(&self, before: Option<u64>) -> Result<AuditPage, Failure> {
        answer(self.request(Method::GET, "/v1/admin/audit").query(&[("before", before)]).send().await).await
    }

    async fn put<Q: Serialize, A: DeserializeOwned>(&self, path: &str, request: &Q) -> Result<A, Failure> {
        answer(self.request(Method::PUT, path).json(request).send().await).await
    }
}
