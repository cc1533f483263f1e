use super::{By, named};
use crate::{
    actions::{Command, bad_request},
    clock,
    commit::Request,
    installation::Installation,
    names,
    store::{
        role::{self, KeptRole},
        server_invite, setting,
    },
};
use hearth_protocol::{
    admin::{AuditAct, RoleListed, RoleMade, RoleWanted, RolesListed, SettingName},
    error::{ApiError, ErrorCode},
    ids::{MutationId, RoleId},
    limits,
    role::{Permission, Role},
};

/// The built-in ones first, then by name. Everybody who gives roles away sees them.
pub(crate) async fn list_roles(installation: &Installation, by: By) -> Result<RolesListed, ApiError> {
    let mut snapshot = installation.store.snapshot().await?;
    let mine = by.permissions(&mut snapshot).await?;
    let giving = [Permission::ManageRoles, Permission::ManagePeople, Permission::InviteToServer, Permission::ManageSettings];
    if !giving.into_iter().any(|permission| mine.has(permission)) {
        by.allowed(&mut snapshot, Permission::ManageRoles).await?;
    }
    let counts = role::counts(&mut snapshot).await?;
    let built_in = [Role::Admin, Role::Member, Role::Guest].map(|role| (role, String::new(), role.built_in().unwrap_or_default()));
    let made = role::all(&mut snapshot).await?.into_iter().map(|kept| (Role::Made(kept.id), kept.name, kept.permissions));
    let listed = |(role, name, permissions)| {
        let people = counts.iter().find(|(of, _)| *of == role).map_or(0, |(_, people)| u32::try_from(*people).unwrap_or(u32::MAX));
        RoleListed { role, name, permissions, people, within_reach: by.hands_out(mine, permissions).is_ok() }
    };
    Ok(RolesListed { roles: built_in.into_iter().chain(made).map(listed).collect() })
}

/// # Errors
/// `not_allowed` for permissions that one does not have; `invalid_name`; `bad_request` for a name that is taken.
pub(crate) async fn create_role(installation: &Installation, by: By, wanted: &RoleWanted) -> Result<RoleMade, ApiError> {
    let mut transaction = installation.store.write().await?;
    let mine = by.allowed(&mut transaction, Permission::ManageRoles).await?;
    by.hands_out(mine, wanted.permissions)?;
    if role::all(&mut transaction).await?.len() >= limits::ROLES_MAX {
        return Err(bad_request("There are 50 roles already. Delete one first."));
    }
    let kept = KeptRole { id: RoleId::new(), name: check_name(&wanted.name)?, permissions: wanted.permissions };
    if !role::put(&mut transaction, &kept, clock::now()).await? {
        return Err(name_taken());
    }
    by.note(&mut transaction, None, AuditAct::CreateRole { name: kept.name, permissions: kept.permissions }).await?;
    transaction.commit().await?;
    Ok(RoleMade { id: kept.id })
}

/// Changes what a role is called and allows, for everybody who has it.
///
/// # Errors
/// As [`create_role`], and `not_allowed` for a role that allows more than one's own.
pub(crate) async fn change_role(installation: &Installation, by: By, id: RoleId, wanted: &RoleWanted) -> Result<(), ApiError> {
    let mut transaction = installation.store.write().await?;
    let mine = by.allowed(&mut transaction, Permission::ManageRoles).await?;
    let (before, allowed) = named(&mut transaction, Role::Made(id)).await?;
    by.hands_out(mine, allowed)?;
    by.hands_out(mine, wanted.permissions)?;
    let kept = KeptRole { id, name: check_name(&wanted.name)?, permissions: wanted.permissions };
    if !role::put(&mut transaction, &kept, clock::now()).await? {
        return Err(name_taken());
    }
    let act = AuditAct::ChangeRole { before: before.name, name: kept.name, permissions: kept.permissions };
    by.note(&mut transaction, None, act).await?;
    transaction.commit().await?;
    // Those who have it are told; what they may do is decided by the role from the commit on.
    let request = Request { id: MutationId::new(), actor: by.actor(), after: None, command: Command::TellRole(id), at: None };
    installation.committer.perform(by.actor(), request).await.map(|_| ())
}

/// # Errors
/// `role_in_use` while somebody has it, or new people get it.
pub(crate) async fn delete_role(installation: &Installation, by: By, id: RoleId) -> Result<(), ApiError> {
    let role = Role::Made(id);
    let mut transaction = installation.store.write().await?;
    let mine = by.allowed(&mut transaction, Permission::ManageRoles).await?;
    let (before, allowed) = named(&mut transaction, role).await?;
    by.hands_out(mine, allowed)?;
    let people = role::holders(&mut transaction, role).await?.len();
    if people > 0 {
        let message = format!("{people} people have this role. Give them another one first.");
        return Err(ApiError::new(ErrorCode::RoleInUse, message));
    }
    let settings = setting::all(&mut transaction).await?;
    let as_default = serde_json::to_string(&role).unwrap_or_default();
    if settings.iter().any(|(name, value)| name == SettingName::DefaultRole.as_str() && *value == as_default) {
        return Err(ApiError::new(ErrorCode::RoleInUse, "New people get this role. Choose another one for them in the settings first."));
    }
    server_invite::delete_of_role(&mut transaction, role).await?;
    role::delete(&mut transaction, id).await?;
    by.note(&mut transaction, None, AuditAct::DeleteRole { name: before.name }).await?;
    Ok(transaction.commit().await?)
}

fn check_name(wanted: &str) -> Result<String, ApiError> {
    let name = names::visible(wanted);
    if name.is_empty() || name.chars().count() > limits::NAME_CHARS_MAX {
        return Err(ApiError::new(ErrorCode::InvalidName, "A role's name has 1 to 64 characters."));
    }
    Ok(name)
}

fn name_taken() -> ApiError {
    bad_request("There is a role of this name already. Choose another name.")
}
