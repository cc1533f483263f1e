use super::{
    Command, Context, Refusal, bad_request,
    invitations::arrived,
    invite_links::{is_good, role_of_maker, wrong_link},
    join::JoinGroup,
};
use crate::{
    app::App,
    clock,
    commit::{Request, View, change::Performed},
    secret,
    store::{group, group_member, invite_link, session::Session},
};
use hearth_protocol::{
    error::ApiError,
    ids::MutationId,
    invite::{InviteFound, InviteTaken},
    limits,
    row::RowKey,
    rows::{GroupMemberRow, RowKind},
    stream::StreamId,
};
use serde::Serialize;

/// Says where a link leads.
///
/// # Errors
/// `wrong_invite_link` for any that is not good, except to who is in its group already.
pub(crate) async fn look_at_link(app: &App, session: Session, secret: &str) -> Result<InviteFound, ApiError> {
    app.rates().invite_link(session.user)?;
    let mut snapshot = app.store().snapshot().await?;
    let kept = invite_link::by_secret(&mut snapshot, &secret::hash(secret)).await?.ok_or_else(wrong_link)?;
    let joined = group_member::role(&mut snapshot, kept.group, session.user).await?.is_some();
    if !joined && !is_good(&kept, clock::now(), role_of_maker(&mut snapshot, &kept).await?) {
        return Err(wrong_link());
    }
    let (name, about, people) = group::face(&mut snapshot, kept.group).await?.ok_or_else(wrong_link)?;
    Ok(InviteFound { group: kept.group, name, about, people: u32::try_from(people).unwrap_or(u32::MAX), joined })
}

/// Takes whoever asks into the group that a link leads to. Asked again by who is in it, nothing is used up.
///
/// # Errors
/// As [`look_at_link`].
pub(crate) async fn join_by_link(app: &App, session: Session, secret: &str) -> Result<InviteTaken, ApiError> {
    app.rates().invite_link(session.user)?;
    let hash = secret::hash(secret);
    let kept = invite_link::by_secret(&mut *app.store().snapshot().await?, &hash).await?.ok_or_else(wrong_link)?;
    let command = Command::JoinByLink(JoinByLink { hash });
    let request = Request { id: MutationId::new(), actor: session.user, after: None, command, at: None };
    app.installation.committer.perform(session.user, request).await?;
    Ok(InviteTaken { group: kept.group })
}

/// Somebody has the secret of which this is the hash.
#[derive(Serialize)]
pub(crate) struct JoinByLink {
    hash: [u8; 32],
}

pub(super) async fn perform_join(view: &mut View<'_>, context: &Context, command: &JoinByLink) -> Result<Performed, Refusal> {
    let (me, now) = (context.actor, context.now);
    let Some(kept) = view.invite_link(&command.hash).await? else { return Err(wrong_link().into()) };
    let group = kept.group;
    let maker = view.group_member(group, kept.link.created_by).await?.map(|member| member.role);
    let (present, standing) = view.group(group).await?.map_or((0, None), |facts| (facts.present().count(), facts.standing(me).cloned()));
    if standing.as_ref().is_some_and(|member| !member.left) {
        let key = RowKey { kind: GroupMemberRow::KIND.into(), id: me.to_string() };
        return Ok(Performed { existing: vec![(StreamId::Group(group), key)], ..Performed::default() });
    }
    if !is_good(&kept, now, maker) {
        return Err(wrong_link().into());
    }
    if present >= limits::GROUP_MEMBERS_MAX {
        return Err(bad_request("A group has at most 10,000 people.").into());
    }
    let Some(person) = view.person(me).await? else { return Err(ApiError::not_found().into()) };
    // Last: whoever is refused has used nothing up.
    if !view.use_invite_link(kept.link.id, now).await? {
        return Err(wrong_link().into());
    }
    let mut changes = arrived(view, context, group, &[me].into()).await?;
    changes.extend(JoinGroup { group, at: now }.changes(person, kept.link.role, standing));
    Ok(changes.into())
}
