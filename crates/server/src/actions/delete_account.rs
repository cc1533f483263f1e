use super::{Command, Context, Refusal, circle::forget, remove_member::heir, set_password::confirm_password};
use crate::{
    app::App,
    commit::{
        Request, View,
        change::{Change, Performed},
    },
    jobs::media::remove,
    store::{
        account::AccountRecord,
        media::{self, Whose},
        membership::Membership,
        rows::Record,
        session::Session,
    },
};
use hearth_protocol::{
    account::DeleteAccount,
    error::{ApiError, ErrorCode},
    ids::{ConversationId, GroupId, MutationId, UserId},
    role::Role,
    row::{Row, RowKey},
    rows::{
        AccountRow, ConversationKind, GroupMemberRow, GroupMembershipRow, MemberRole, MemberRow, MembershipRow, Person, RowData, RowKind,
    },
    rule::{Rule, holds},
    stream::StreamId,
};
use std::net::IpAddr;

/// Ends an account for good, for who knows its password: nobody can sign in to it from here on, and it is in no conversation any more.
/// What its person has written goes next, some hundreds of messages at a time.
pub(crate) async fn delete_account(app: &App, session: Session, request: DeleteAccount, address: IpAddr) -> Result<(), ApiError> {
    let user = confirm_password(app, session, request.password, address).await?.user;
    let picture = media::picture_of(&mut *app.store().snapshot().await?, Whose::Person(user)).await?;
    let request = Request { id: MutationId::new(), actor: user, after: None, command: Command::EndAccount, at: None };
    app.installation.committer.perform(user, request).await?;
    if let Some((_, key)) = picture {
        remove(app, key).await;
    }
    let sessions = app.fanout.sessions_of(user);
    app.fanout.revoke(|socket| sessions.contains(&socket));
    app.erasure.notify_one();
    Ok(())
}

/// Takes somebody out of everything, and their name off it. What was theirs alone goes with the account's row, in the same transaction.
pub(super) async fn end_account(view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
    let me = context.actor;
    let stream = StreamId::User(me);
    let row = view.row(stream, RowKey { kind: AccountRow::KIND.into(), id: String::new() }).await?;
    let Some(Row { data: RowData::Account(account), .. }) = row else { return Err(ApiError::not_found().into()) };
    if account.username.is_empty() {
        return Ok(Performed::default());
    }
    if account.role == Role::Admin && view.is_only_admin(me).await? {
        let message = "You are this server's only admin. Make somebody else an admin first, then delete your account.";
        return Err(ApiError::new(ErrorCode::OnlyOwner, message).into());
    }
    let (conversations, groups) = view.places_of(me).await?;
    refuse_only_owner(view, me, &groups).await?;
    let mut changes = Vec::new();
    for group in groups.into_iter().filter(|_| holds(Rule::LeaveWithAccount)) {
        leave_group(view, context, group, &mut changes).await?;
    }
    for conversation in conversations.into_iter().filter(|_| holds(Rule::LeaveWithAccount)) {
        leave(view, context, conversation, &mut changes).await?;
    }
    if holds(Rule::TiesEndWithAccount) {
        changes.extend(forget(view, context).await?);
    }
    changes.push(Change::new(stream, Record::Account(AccountRecord::Deleted { user: me, at: context.now })));
    view.note_profile(me);
    Ok(changes.into())
}

/// A group with others in it needs an owner.
async fn refuse_only_owner(view: &mut View<'_>, me: UserId, groups: &[GroupId]) -> Result<(), Refusal> {
    for group in groups {
        let Some(facts) = view.group(*group).await? else { continue };
        let owns = |user: UserId| facts.member(user).is_some_and(|member| member.role == MemberRole::Owner);
        let mut others = facts.present().filter(|(user, _)| *user != me).peekable();
        if owns(me) && others.peek().is_some() && !others.any(|(user, _)| owns(user)) {
            let message =
                "You are the only owner of a group that others are in. Hand it over or delete it first, then delete your account.";
            return Err(ApiError::new(ErrorCode::OnlyOwner, message).into());
        }
    }
    Ok(())
}

async fn leave_group(view: &mut View<'_>, context: &Context, group: GroupId, changes: &mut Vec<Change>) -> Result<(), Refusal> {
    let (me, key) = (context.actor, RowKey { kind: GroupMemberRow::KIND.into(), id: context.actor.to_string() });
    let Some(Row { data: RowData::GroupMember(row), .. }) = view.row(StreamId::Group(group), key).await? else { return Ok(()) };
    let standing = view.group(group).await?.and_then(|facts| facts.standing(me)).cloned();
    let left_at = row.left_at.or(Some(context.now));
    if let Some(standing) = standing.filter(|standing| !standing.left) {
        let GroupMemberRow { role, joined_at, .. } = row;
        let membership =
            GroupMembershipRow { group, role, joined_at, left_at, gone: false, gone_name: String::new(), vis_ver: standing.vis_ver + 1 };
        changes.push(Change::new(StreamId::User(me), Record::GroupMembership(membership)));
    }
    let row = GroupMemberRow { person: Person::deleted(me), left_at, ..row };
    changes.push(Change::new(StreamId::Group(group), Record::GroupMember(row)));
    Ok(())
}

async fn leave(view: &mut View<'_>, context: &Context, id: ConversationId, changes: &mut Vec<Change>) -> Result<(), Refusal> {
    let (me, key) = (context.actor, RowKey { kind: MemberRow::KIND.into(), id: context.actor.to_string() });
    let Some(Row { data: RowData::Member(row), .. }) = view.row(StreamId::Members(id), key).await? else { return Ok(()) };
    let Some(facts) = view.conversation(id).await? else { return Ok(()) };
    let (kind, home, end, standing) = (facts.kind, facts.home, facts.last_pos + 1, facts.standing(me).cloned());
    let peers: Vec<UserId> =
        if kind == ConversationKind::Direct { facts.present().map(|(user, _)| user).filter(|user| *user != me).collect() } else { vec![] };
    let left_at = row.left_at.or(Some(context.now));
    if let Some(standing) = standing.filter(|standing| !standing.left) {
        let mut windows = standing.windows;
        windows.close(end);
        let row = MembershipRow {
            conversation: id,
            kind,
            group: home.map(|home| home.group),
            peer: None,
            joined_at: standing.joined_at,
            left_at,
            vis_ver: standing.vis_ver + 1,
        };
        changes.push(Change::new(StreamId::User(me), Record::Membership(Membership { row, windows })));
        if kind != ConversationKind::Direct && standing.role == MemberRole::Owner {
            changes.extend(heir(view, id, me).await?);
        }
    }
    for peer in peers {
        changes.extend(alone(view, id, peer, me).await?);
    }
    let row = MemberRow { person: Person::deleted(me), left_at, ..row };
    changes.push(Change::new(StreamId::Members(id), Record::Member(row)));
    Ok(())
}

/// The other side of a direct conversation keeps it; the list names who is gone as gone.
async fn alone(view: &mut View<'_>, id: ConversationId, peer: UserId, gone: UserId) -> Result<Option<Change>, Refusal> {
    let key = RowKey { kind: MembershipRow::KIND.into(), id: id.to_string() };
    let Some(Row { data: RowData::Membership(row), .. }) = view.row(StreamId::User(peer), key).await? else { return Ok(None) };
    let Some(windows) = view.conversation(id).await?.and_then(|facts| facts.standing(peer)).map(|standing| standing.windows.clone()) else {
        return Ok(None);
    };
    let row = MembershipRow { peer: Some(Person::deleted(gone)), ..row };
    Ok(Some(Change::new(StreamId::User(peer), Record::Membership(Membership { row, windows }))))
}
