//! Administering the server. All of it needs the server, which decides; what I may is known offline as well.

use super::{Client, people::person_view, server::needs_server};
use crate::{
    api::AccountDeed,
    view::{AdminPeoplePage, AdminPersonView, AuditEntryView, AuditPageView, NewServerInvite, Problem, ServerInviteView, Standing},
};
use hearth_protocol::{
    admin::{
        AuditEntry, CreateServerInvite, ListPeople, PersonListed, ResetMade, RoleListed, RoleWanted, ServerInvite, ServerSettings,
        SettingsSeen,
    },
    ids::{RoleId, ServerInviteId, UserId},
    invite::SignUpLink,
    role::Role,
};

impl Client {
    /// How I stand to the server, as it said last.
    pub async fn standing(&self) -> Result<Standing, Problem> {
        let session = self.session()?;
        let account = session.checked(session.replica.me().await)?.ok_or_else(|| Problem::internal("the account is not here"))?;
        Ok(Standing {
            role: account.role,
            role_name: account.role_name,
            permissions: account.permissions.iter().collect(),
            role_waits: account.role_waits,
            created_at: account.created_at,
        })
    }

    /// A page of the accounts, by username.
    ///
    /// # Errors
    /// `offline`; `not_allowed`. So for everything here.
    pub async fn admin_people(&self, wanted: &ListPeople) -> Result<AdminPeoplePage, Problem> {
        let page = self.server()?.admin_people(wanted).await.map_err(needs_server)?;
        Ok(AdminPeoplePage { people: page.people.into_iter().map(person_listed).collect(), next: page.next, count: page.count })
    }

    /// # Errors
    /// `role_in_use` for the last admin.
    pub async fn give_role(&self, user: UserId, role: Role) -> Result<(), Problem> {
        self.server()?.give_role(user, role).await.map_err(needs_server)
    }

    /// # Errors
    /// `role_in_use` for the last admin.
    pub async fn administer(&self, user: UserId, deed: AccountDeed) -> Result<(), Problem> {
        self.server()?.administer(user, deed).await.map_err(needs_server)
    }

    pub async fn make_reset(&self, user: UserId) -> Result<ResetMade, Problem> {
        self.server()?.make_reset(user).await.map_err(needs_server)
    }

    pub async fn roles(&self) -> Result<Vec<RoleListed>, Problem> {
        Ok(self.server()?.roles().await.map_err(needs_server)?.roles)
    }

    /// # Errors
    /// `invalid_name`, `bad_request`.
    pub async fn create_role(&self, wanted: &RoleWanted) -> Result<RoleId, Problem> {
        Ok(self.server()?.create_role(wanted).await.map_err(needs_server)?.id)
    }

    /// # Errors
    /// As [`Client::create_role`].
    pub async fn change_role(&self, id: RoleId, wanted: &RoleWanted) -> Result<(), Problem> {
        self.server()?.change_role(id, wanted).await.map_err(needs_server)
    }

    /// # Errors
    /// `role_in_use`.
    pub async fn delete_role(&self, id: RoleId) -> Result<(), Problem> {
        self.server()?.delete_role(id).await.map_err(needs_server)
    }

    pub async fn server_settings(&self) -> Result<SettingsSeen, Problem> {
        self.server()?.settings().await.map_err(needs_server)
    }

    /// # Errors
    /// `bad_request` with words, `setting_fixed`.
    pub async fn change_server_settings(&self, wanted: &ServerSettings) -> Result<SettingsSeen, Problem> {
        self.server()?.change_settings(wanted).await.map_err(needs_server)
    }

    /// Those that are good, the newest first.
    pub async fn server_invites(&self) -> Result<Vec<ServerInviteView>, Problem> {
        let listed = self.server()?.server_invites().await.map_err(needs_server)?;
        Ok(listed.invites.into_iter().map(invite_view).collect())
    }

    /// Makes an invitation to sign up, for so long and so many. The link is in the answer and nowhere else.
    ///
    /// # Errors
    /// `bad_request` for bounds that are too wide.
    pub async fn create_server_invite(&self, wanted: &CreateServerInvite) -> Result<NewServerInvite, Problem> {
        let server = self.share_link()?;
        let made = self.server()?.create_server_invite(wanted).await.map_err(needs_server)?;
        let link = SignUpLink { server, secret: made.secret }.to_string();
        Ok(NewServerInvite { link, invite: invite_view(made.invite) })
    }

    pub async fn revoke_server_invite(&self, id: ServerInviteId) -> Result<(), Problem> {
        self.server()?.revoke_server_invite(id).await.map_err(needs_server)
    }

    /// What was done before entry `before`, the newest first.
    pub async fn audit_log(&self, before: Option<u64>) -> Result<AuditPageView, Problem> {
        let page = self.server()?.audit_log(before).await.map_err(needs_server)?;
        Ok(AuditPageView { entries: page.entries.into_iter().map(entry_view).collect(), next: page.next })
    }
}

fn person_listed(listed: PersonListed) -> AdminPersonView {
    let (email, email_verified) = match listed.email {
        Some(email) => (Some(email.address), email.verified_at.is_some()),
        None => (None, false),
    };
    AdminPersonView {
        person: person_view(&listed.person),
        role: listed.role,
        role_name: listed.role_name,
        email,
        email_verified,
        created_at: listed.created_at,
        last_seen: listed.last_seen,
        deactivated: listed.deactivated,
        two_step: listed.two_step,
        devices: listed.devices,
        within_reach: listed.within_reach,
    }
}

fn invite_view(invite: ServerInvite) -> ServerInviteView {
    let ServerInvite { id, role, created_by, created_at, expires_at, uses_left } = invite;
    ServerInviteView { id, role, made_by: created_by.as_ref().map(person_view), created_at, expires_at, uses_left }
}

fn entry_view(entry: AuditEntry) -> AuditEntryView {
    let AuditEntry { n, at, actor, subject, act } = entry;
    AuditEntryView { n, at, actor: actor.as_ref().map(person_view), subject: subject.as_ref().map(person_view), act }
}
