//! Links by which people join a group.

use super::{
    reply::{Body, Done, InPath, Reply},
    session::SignedInAs,
};
use crate::{actions, app::App};
use axum::{Json, extract::State};
use hearth_protocol::{
    ids::{GroupId, InviteLinkId},
    invite::{CreateInviteLink, InviteFound, InviteLinkMade, InviteLinks, InviteSecret, InviteTaken},
};
use std::sync::Arc;

pub(super) async fn create(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    InPath(group): InPath<GroupId>,
    Body(wanted): Body<CreateInviteLink>,
) -> Reply<InviteLinkMade> {
    Ok(Json(actions::create_invite_link(&app, session, group, &wanted).await?))
}

pub(super) async fn list(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    InPath(group): InPath<GroupId>,
) -> Reply<InviteLinks> {
    Ok(Json(actions::list_invite_links(&app, session, group).await?))
}

pub(super) async fn revoke(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    InPath(link): InPath<InviteLinkId>,
) -> Reply<Done> {
    actions::revoke_invite_link(&app, session, link).await?;
    Ok(Json(Done {}))
}

pub(super) async fn look(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    Body(link): Body<InviteSecret>,
) -> Reply<InviteFound> {
    Ok(Json(actions::look_at_link(&app, session, &link.secret).await?))
}

pub(super) async fn join(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    Body(link): Body<InviteSecret>,
) -> Reply<InviteTaken> {
    Ok(Json(actions::join_by_link(&app, session, &link.secret).await?))
}
