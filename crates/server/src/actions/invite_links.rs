use super::bad_request;
use crate::{
    app::App,
    authority::{Act, Object, authorize},
    clock, secret,
    store::{
        StoreError, group_member,
        invite_link::{self, KeptLink},
        session::Session,
    },
};
use hearth_protocol::{
    Millis,
    error::{ApiError, ErrorCode},
    ids::{GroupId, InviteLinkId},
    invite::{CreateInviteLink, InviteLink, InviteLinkMade, InviteLinks},
    limits,
    rows::MemberRole,
};
use sqlx::AnyConnection;

/// Makes a link into a group. Its secret is told this once: what is kept is a hash.
///
/// # Errors
/// `bad_request` for bounds that are too wide, and when there are many links already.
pub(crate) async fn create_invite_link(
    app: &App,
    session: Session,
    group: GroupId,
    wanted: &CreateInviteLink,
) -> Result<InviteLinkMade, ApiError> {
    app.rates().invite_link(session.user)?;
    let now = clock::now();
    let mut transaction = app.store().write().await?;
    let role = group_member::role(&mut transaction, group, session.user).await?;
    authorize(session.user, Act::CreateInviteLink(wanted.role), Object::Place { role })?;
    if !(1..=limits::INVITE_LINK_MS_MAX).contains(&wanted.lives_ms) || !(1..=limits::INVITE_LINK_USES_MAX).contains(&wanted.uses) {
        return Err(bad_request("A link is good for at most 90 days and 1,000 people."));
    }
    if invite_link::of_group(&mut transaction, group, now).await?.len() >= limits::INVITE_LINKS_MAX {
        return Err(bad_request("The group has 50 links already. Revoke one first."));
    }
    let link = InviteLink {
        id: InviteLinkId::new(),
        role: wanted.role,
        created_by: session.user,
        created_at: now,
        expires_at: now + wanted.lives_ms,
        uses_left: wanted.uses,
    };
    let secret = secret::token()?;
    invite_link::insert(&mut transaction, &KeptLink { group, link: link.clone() }, &secret::hash(&secret)).await?;
    transaction.commit().await?;
    Ok(InviteLinkMade { secret, link })
}

/// A group's links that somebody could still join by, for those who may revoke them.
pub(crate) async fn list_invite_links(app: &App, session: Session, group: GroupId) -> Result<InviteLinks, ApiError> {
    let mut snapshot = app.store().snapshot().await?;
    let role = group_member::role(&mut snapshot, group, session.user).await?;
    authorize(session.user, Act::ListInviteLinks, Object::Place { role })?;
    let (now, mut links) = (clock::now(), Vec::new());
    for kept in invite_link::of_group(&mut snapshot, group, now).await? {
        if is_good(&kept, now, role_of_maker(&mut snapshot, &kept).await?) {
            links.push(kept.link);
        }
    }
    Ok(InviteLinks { links })
}

/// Nobody joins by the link from here on. One that is revoked already is not there.
pub(crate) async fn revoke_invite_link(app: &App, session: Session, id: InviteLinkId) -> Result<(), ApiError> {
    let mut transaction = app.store().write().await?;
    let kept = invite_link::by_id(&mut transaction, id).await?.ok_or_else(ApiError::not_found)?;
    let role = group_member::role(&mut transaction, kept.group, session.user).await?;
    authorize(session.user, Act::RevokeInviteLink, Object::Place { role })?;
    invite_link::delete(&mut transaction, id).await?;
    Ok(transaction.commit().await?)
}

/// Whether somebody may join by it: it is worth what its maker may still do, so that who was taken out leaves no door behind.
pub(super) fn is_good(kept: &KeptLink, now: Millis, maker: Option<MemberRole>) -> bool {
    let InviteLink { role, created_by, expires_at, uses_left, .. } = kept.link;
    expires_at > now && uses_left > 0 && authorize(created_by, Act::CreateInviteLink(role), Object::Place { role: maker }).is_ok()
}

pub(super) async fn role_of_maker(connection: &mut AnyConnection, kept: &KeptLink) -> Result<Option<MemberRole>, StoreError> {
    group_member::role(connection, kept.group, kept.link.created_by).await
}

/// Whether a link's secret is one that somebody could have; the answer is the same for all that are not good.
pub(super) fn wrong_link() -> ApiError {
    let message = "This invitation link is not good any more, or never was. Ask whoever sent it for a new one.";
    ApiError::new(ErrorCode::WrongInviteLink, message)
}
