use super::{By, named};
use crate::{
    actions::bad_request,
    clock,
    installation::Installation,
    secret,
    store::{StoreError, account, role, server_invite},
};
use hearth_protocol::{
    Millis,
    admin::{AuditAct, CreateServerInvite, ServerInvite, ServerInviteMade, ServerInvites},
    error::{ApiError, ErrorCode},
    ids::ServerInviteId,
    limits,
    role::{Permission, Permissions, Role},
    rows::Person,
};
use sqlx::AnyConnection;

/// Makes an invitation to sign up. Its secret is told this once: what is kept is a hash.
///
/// # Errors
/// `not_allowed` for a role that allows more than one's own; `bad_request` for bounds that are too wide, and when there are many already.
pub(crate) async fn create_invite(installation: &Installation, by: By, wanted: &CreateServerInvite) -> Result<ServerInviteMade, ApiError> {
    let now = clock::now();
    let mut transaction = installation.store.write().await?;
    let mine = by.allowed(&mut transaction, Permission::InviteToServer).await?;
    let (role, given) = named(&mut transaction, wanted.role).await?;
    by.hands_out(mine, given)?;
    if wanted.role == Role::Admin {
        return Err(bad_request("Nobody signs up as an admin. Give the role to somebody who is here."));
    }
    if !(1..=limits::INVITE_LINK_MS_MAX).contains(&wanted.lives_ms) || !(1..=limits::INVITE_LINK_USES_MAX).contains(&wanted.uses) {
        return Err(bad_request("An invitation is good for at most 90 days and 1,000 people."));
    }
    if server_invite::good(&mut transaction, now).await?.len() >= limits::SERVER_INVITES_MAX {
        return Err(bad_request("There are 500 invitations already. Revoke one first."));
    }
    let invite = ServerInvite {
        id: ServerInviteId::new(),
        role: wanted.role,
        created_by: match by.user() {
            Some(user) => Some(account::known(&mut transaction, user).await?.map_or(Person::deleted(user), |(person, _)| person)),
            None => None,
        },
        created_at: now,
        expires_at: now + wanted.lives_ms,
        uses_left: wanted.uses,
    };
    let secret = secret::token()?;
    server_invite::insert(&mut transaction, &invite, by.user(), &secret::hash(&secret)).await?;
    by.note(&mut transaction, None, AuditAct::CreateInvite { role, uses: wanted.uses }).await?;
    transaction.commit().await?;
    Ok(ServerInviteMade { secret, invite })
}

/// Those by which somebody could still sign up.
pub(crate) async fn list_invites(installation: &Installation, by: By) -> Result<ServerInvites, ApiError> {
    let mut snapshot = installation.store.snapshot().await?;
    by.allowed(&mut snapshot, Permission::InviteToServer).await?;
    let mut invites = Vec::new();
    for invite in server_invite::good(&mut snapshot, clock::now()).await? {
        if is_good(&mut snapshot, &invite).await? {
            invites.push(invite);
        }
    }
    Ok(ServerInvites { invites })
}

/// Nobody signs up by it from here on. Whoever may make such an invitation may revoke it.
pub(crate) async fn revoke_invite(installation: &Installation, by: By, id: ServerInviteId) -> Result<(), ApiError> {
    let mut transaction = installation.store.write().await?;
    by.allowed(&mut transaction, Permission::InviteToServer).await?;
    if !server_invite::delete(&mut transaction, id).await? {
        return Err(ApiError::not_found());
    }
    by.note(&mut transaction, None, AuditAct::RevokeInvite).await?;
    Ok(transaction.commit().await?)
}

/// The invitation of a secret that somebody brings who signs up.
///
/// # Errors
/// `invite_required` for any that is not good.
pub(crate) async fn good_invite(connection: &mut AnyConnection, secret: &str, now: Millis) -> Result<ServerInvite, ApiError> {
    let invite = server_invite::by_secret(connection, &secret::hash(secret), now).await?.ok_or_else(wrong_invite)?;
    if is_good(connection, &invite).await? { Ok(invite) } else { Err(wrong_invite()) }
}

/// An invitation is worth what its maker may still do: who is deactivated leaves no door behind.
async fn is_good(connection: &mut AnyConnection, invite: &ServerInvite) -> Result<bool, StoreError> {
    let Some((_, given)) = role::described(connection, invite.role).await? else { return Ok(false) };
    let maker = match &invite.created_by {
        None => Permissions::ALL,
        Some(maker) => role::standing(connection, maker.user).await?.map_or(Permissions::NONE, role::Standing::in_use),
    };
    Ok(maker.has(Permission::InviteToServer) && maker.cover(given))
}

pub(crate) fn wrong_invite() -> ApiError {
    let message = "This invitation is not good any more, or never was. Ask whoever sent it for a new one.";
    ApiError::new(ErrorCode::InviteRequired, message)
}
