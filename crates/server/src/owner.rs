//! What the server's owner does from its computer, beside the server, running or not: `hearthd admin`. A running server closes the
//! connections of whom it concerns within a second or two, and reads changed settings with its next heartbeat.

use crate::{
    address::Login,
    admin::{self, By},
    config::Config,
    installation::Installation,
    settings::Settings,
    store::login,
};
use hearth_protocol::{
    admin::{
        AuditPage, CreateServerInvite, ListPeople, PeopleListed, ResetMade, RoleMade, RoleWanted, RolesListed, ServerInviteMade,
        ServerInvites, ServerSettings, SettingsSeen,
    },
    error::ApiError,
    ids::{RoleId, ServerInviteId, UserId},
    role::Role,
};

/// The owner at work on an installation.
pub struct Owner<'a> {
    installation: &'a Installation,
    settings: Settings,
}

impl<'a> Owner<'a> {
    /// `config` is what the server is started with: what its command line says is fixed here as well.
    pub fn new(installation: &'a Installation, config: &Config) -> Self {
        Self { installation, settings: Settings::new(config) }
    }

    /// Whose username, or verified address, this is; `None` for nobody's.
    ///
    /// # Errors
    /// The database failed.
    pub async fn find(&self, username: &str) -> Result<Option<UserId>, ApiError> {
        let found = login::credentials(&mut *self.installation.store.snapshot().await?, &Login::of(username)).await?;
        Ok(found.map(|(account, _)| account.user))
    }

    /// # Errors
    /// The database failed.
    pub async fn people(&self, wanted: &ListPeople) -> Result<PeopleListed, ApiError> {
        admin::list_people(self.installation, By::Owner, wanted).await
    }

    /// # Errors
    /// `not_found` for a role that is gone; `role_in_use` for the last admin.
    pub async fn give_role(&self, user: UserId, role: Role) -> Result<(), ApiError> {
        admin::give_role(self.installation, By::Owner, user, role).await
    }

    /// # Errors
    /// `role_in_use` for the last admin.
    pub async fn deactivate(&self, user: UserId) -> Result<(), ApiError> {
        admin::deactivate(self.installation, By::Owner, user).await.map(|_| ())
    }

    /// # Errors
    /// The database failed.
    pub async fn reactivate(&self, user: UserId) -> Result<(), ApiError> {
        admin::reactivate(self.installation, By::Owner, user).await
    }

    /// A code for a new password, to be passed on.
    ///
    /// # Errors
    /// The database failed.
    pub async fn reset_password(&self, user: UserId) -> Result<ResetMade, ApiError> {
        admin::reset_password(self.installation, By::Owner, user).await
    }

    /// # Errors
    /// The database failed.
    pub async fn sign_out(&self, user: UserId) -> Result<(), ApiError> {
        admin::sign_out(self.installation, By::Owner, user).await.map(|_| ())
    }

    /// `false`: it was off. That they are who they say is for the owner to know.
    ///
    /// # Errors
    /// The database failed.
    pub async fn turn_off_two_step(&self, user: UserId) -> Result<bool, ApiError> {
        admin::turn_off_two_step(self.installation, By::Owner, user).await
    }

    /// # Errors
    /// The database failed.
    pub async fn roles(&self) -> Result<RolesListed, ApiError> {
        admin::list_roles(self.installation, By::Owner).await
    }

    /// # Errors
    /// `invalid_name`, `bad_request`.
    pub async fn create_role(&self, wanted: &RoleWanted) -> Result<RoleMade, ApiError> {
        admin::create_role(self.installation, By::Owner, wanted).await
    }

    /// # Errors
    /// As [`Owner::create_role`]; `not_found`.
    pub async fn change_role(&self, id: RoleId, wanted: &RoleWanted) -> Result<(), ApiError> {
        admin::change_role(self.installation, By::Owner, id, wanted).await
    }

    /// # Errors
    /// `role_in_use`, `not_found`.
    pub async fn delete_role(&self, id: RoleId) -> Result<(), ApiError> {
        admin::delete_role(self.installation, By::Owner, id).await
    }

    /// # Errors
    /// The database failed.
    pub async fn settings(&self) -> Result<SettingsSeen, ApiError> {
        admin::read_settings(self.installation, &self.settings, By::Owner).await
    }

    /// # Errors
    /// `bad_request` with words that say which one does not do; `setting_fixed`.
    pub async fn change_settings(&self, wanted: ServerSettings) -> Result<SettingsSeen, ApiError> {
        admin::change_settings(self.installation, &self.settings, By::Owner, wanted).await
    }

    /// # Errors
    /// The database failed.
    pub async fn invites(&self) -> Result<ServerInvites, ApiError> {
        admin::list_invites(self.installation, By::Owner).await
    }

    /// # Errors
    /// `bad_request` for bounds that are too wide.
    pub async fn create_invite(&self, wanted: &CreateServerInvite) -> Result<ServerInviteMade, ApiError> {
        admin::create_invite(self.installation, By::Owner, wanted).await
    }

    /// # Errors
    /// `not_found`.
    pub async fn revoke_invite(&self, id: ServerInviteId) -> Result<(), ApiError> {
        admin::revoke_invite(self.installation, By::Owner, id).await
    }

    /// # Errors
    /// The database failed.
    pub async fn audit_log(&self, before: Option<u64>) -> Result<AuditPage, ApiError> {
        admin::read_audit_log(self.installation, By::Owner, before).await
    }
}
