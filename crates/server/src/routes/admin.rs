//! Administration through the app. The acts themselves are in `admin`; here sockets are closed and letters written that go with them.

use super::{
    reply::{Body, Done, InPath, InQuery, Reply},
    session::SignedInAs,
};
use crate::{
    actions,
    admin::{self, By},
    app::App,
};
use axum::{Json, extract::State};
use hearth_protocol::{
    admin::{
        AuditPage, CreateServerInvite, GiveRole, ListPeople, PeopleListed, ResetMade, RoleMade, RoleWanted, RolesListed, ServerInviteMade,
        ServerInvites, ServerSettings, SettingsSeen,
    },
    ids::{RoleId, ServerInviteId, UserId},
};
use serde::Deserialize;
use std::sync::Arc;

type Asked = State<Arc<App>>;

pub(super) async fn list_people(
    State(app): Asked,
    SignedInAs(session): SignedInAs,
    InQuery(wanted): InQuery<ListPeople>,
) -> Reply<PeopleListed> {
    Ok(Json(admin::list_people(&app.installation, By::Person(session.user), &wanted).await?))
}

pub(super) async fn give_role(
    State(app): Asked,
    SignedInAs(session): SignedInAs,
    InPath(user): InPath<UserId>,
    Body(given): Body<GiveRole>,
) -> Reply<Done> {
    admin::give_role(&app.installation, By::Person(session.user), user, given.role).await?;
    Ok(Json(Done {}))
}

pub(super) async fn deactivate(State(app): Asked, SignedInAs(session): SignedInAs, InPath(user): InPath<UserId>) -> Reply<Done> {
    let ended = admin::deactivate(&app.installation, By::Person(session.user), user).await?;
    actions::close_sockets(&app, &ended);
    Ok(Json(Done {}))
}

pub(super) async fn reactivate(State(app): Asked, SignedInAs(session): SignedInAs, InPath(user): InPath<UserId>) -> Reply<Done> {
    admin::reactivate(&app.installation, By::Person(session.user), user).await?;
    Ok(Json(Done {}))
}

pub(super) async fn reset_password(State(app): Asked, SignedInAs(session): SignedInAs, InPath(user): InPath<UserId>) -> Reply<ResetMade> {
    let made = admin::reset_password(&app.installation, By::Person(session.user), user).await?;
    let mailed = actions::mail_reset_code(&app, user, &made.code).await?;
    Ok(Json(ResetMade { mailed, ..made }))
}

pub(super) async fn sign_out(State(app): Asked, SignedInAs(session): SignedInAs, InPath(user): InPath<UserId>) -> Reply<Done> {
    let ended = admin::sign_out(&app.installation, By::Person(session.user), user).await?;
    actions::close_sockets(&app, &ended);
    Ok(Json(Done {}))
}

pub(super) async fn turn_off_two_step(State(app): Asked, SignedInAs(session): SignedInAs, InPath(user): InPath<UserId>) -> Reply<Done> {
    if admin::turn_off_two_step(&app.installation, By::Person(session.user), user).await? {
        actions::tell_two_step_off(&app, user).await?;
    }
    Ok(Json(Done {}))
}

pub(super) async fn list_roles(State(app): Asked, SignedInAs(session): SignedInAs) -> Reply<RolesListed> {
    Ok(Json(admin::list_roles(&app.installation, By::Person(session.user)).await?))
}

pub(super) async fn create_role(State(app): Asked, SignedInAs(session): SignedInAs, Body(wanted): Body<RoleWanted>) -> Reply<RoleMade> {
    Ok(Json(admin::create_role(&app.installation, By::Person(session.user), &wanted).await?))
}

pub(super) async fn change_role(
    State(app): Asked,
    SignedInAs(session): SignedInAs,
    InPath(role): InPath<RoleId>,
    Body(wanted): Body<RoleWanted>,
) -> Reply<Done> {
    admin::change_role(&app.installation, By::Person(session.user), role, &wanted).await?;
    Ok(Json(Done {}))
}

pub(super) async fn delete_role(State(app): Asked, SignedInAs(session): SignedInAs, InPath(role): InPath<RoleId>) -> Reply<Done> {
    admin::delete_role(&app.installation, By::Person(session.user), role).await?;
    Ok(Json(Done {}))
}

pub(super) async fn read_settings(State(app): Asked, SignedInAs(session): SignedInAs) -> Reply<SettingsSeen> {
    Ok(Json(admin::read_settings(&app.installation, &app.settings, By::Person(session.user)).await?))
}

pub(super) async fn change_settings(
    State(app): Asked,
    SignedInAs(session): SignedInAs,
    Body(wanted): Body<ServerSettings>,
) -> Reply<SettingsSeen> {
    Ok(Json(admin::change_settings(&app.installation, &app.settings, By::Person(session.user), wanted).await?))
}

pub(super) async fn list_invites(State(app): Asked, SignedInAs(session): SignedInAs) -> Reply<ServerInvites> {
    Ok(Json(admin::list_invites(&app.installation, By::Person(session.user)).await?))
}

pub(super) async fn create_invite(
    State(app): Asked,
    SignedInAs(session): SignedInAs,
    Body(wanted): Body<CreateServerInvite>,
) -> Reply<ServerInviteMade> {
    app.rates().invite_link(session.user)?;
    Ok(Json(admin::create_invite(&app.installation, By::Person(session.user), &wanted).await?))
}

pub(super) async fn revoke_invite(
    State(app): Asked,
    SignedInAs(session): SignedInAs,
    InPath(invite): InPath<ServerInviteId>,
) -> Reply<Done> {
    admin::revoke_invite(&app.installation, By::Person(session.user), invite).await?;
    Ok(Json(Done {}))
}

/// Where a page of the audit log begins.
#[derive(Deserialize)]
pub(super) struct Before {
    before: Option<u64>,
}

pub(super) async fn read_audit_log(
    State(app): Asked,
    SignedInAs(session): SignedInAs,
    InQuery(wanted): InQuery<Before>,
) -> Reply<AuditPage> {
    Ok(Json(admin::read_audit_log(&app.installation, By::Person(session.user), wanted.before).await?))
}
